/** Reads PDFs in tests: with poppler and qpdf where they are installed, and the essentials by itself. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { inflateSync } from 'node:zlib';

type Program = 'pdftotext' | 'pdfinfo' | 'qpdf';
const found = new Map<Program, boolean>();

function has(program: Program): boolean {
  if (!found.has(program)) found.set(program, !spawnSync(program, ['--version']).error);
  return found.get(program)!;
}

/** What a program says about a file, or null, with a word to the reader of the tests, where it is not installed. */
function ask(t: TestContext, program: Program, pdf: Buffer, args: (file: string) => string[]): string | null {
  if (!has(program)) {
    t.diagnostic(`${program} is not installed: what it would say is not checked`);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    return execFileSync(program, args(file), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text as it is read, with single spaces. */
export const textOf = (t: TestContext, pdf: Buffer): string | null =>
  ask(t, 'pdftotext', pdf, (file) => ['-layout', file, '-'])?.replace(/[\s\u00a0\u202f]+/g, ' ') ?? null;

/** `Tagged`, `Title`, `Page size` … */
export function infoOf(t: TestContext, pdf: Buffer): Record<string, string> | null {
  const said = ask(t, 'pdfinfo', pdf, (file) => [file]);
  return said === null ? null : Object.fromEntries(said.split('\n').map((line) => /^(.*?):\s*(.*)$/.exec(line)?.slice(1) ?? ['', ''])) as Record<string, string>;
}

/** The tags as indented lines, text between quotation marks. */
export const tagsOf = (t: TestContext, pdf: Buffer): string | null => ask(t, 'pdfinfo', pdf, (file) => ['-struct-text', file]);

/** Throws where the file is not sound. */
export const checkSound = (t: TestContext, pdf: Buffer): unknown => ask(t, 'qpdf', pdf, (file) => ['--check', file]);

/** Everything but text and streams: the dictionaries, in which links, scripts and attachments would be. */
export function skeletonOf(pdf: Buffer): string {
  return pdf.toString('latin1').replace(/\bstream\r?\n[\s\S]*?\nendstream/g, 'stream').replace(/\((?:\\[\s\S]|[^\\()])*\)/g, '()');
}

export const pagesOf = (pdf: Buffer): number => skeletonOf(pdf).match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

/** The contents of the pages, unpacked. Throws where one is broken. */
export function contentsOf(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const objects = new Map([...text.matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]));
  const ids = [...text.matchAll(/\/Contents (\d+) 0 R/g)].map(([, id]) => id!);
  return ids.map((id) => inflateSync(Buffer.from(/stream\n([\s\S]*)\nendstream/.exec(objects.get(id)!)![1]!, 'latin1')).toString('latin1')).join('\n');
}
