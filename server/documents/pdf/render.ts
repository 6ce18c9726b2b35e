/** From a task to a file. Runs in a worker; nothing here reads anything but fonts. */
import { drawCertificate } from './certificate.ts';
import { drawEstimate } from './estimate.ts';
import { Fonts } from './fonts.ts';
import { Formats } from './formats.ts';
import { drawInvoice } from './invoice.ts';
import { drawReceipt } from './receipt.ts';
import { Sheet } from './sheet.ts';
import { drawStatement } from './statement.ts';
import type { PdfTask } from './task.ts';
import { wordsOf, type Words } from './words.ts';

let installed: Fonts | undefined;

export async function renderPdf(task: PdfTask, fonts: Fonts = (installed ??= new Fonts())): Promise<{ bytes: Uint8Array; missing: string[] }> {
  const words = wordsOf(task.language);
  const country = task.kind === 'statement' || task.kind === 'receipt' ? task.country : task.content.country;
  const sheet = new Sheet({
    title: titleOf(task, words),
    language: task.language,
    country,
    branding: task.branding,
    createdAt: new Date(momentOf(task)),
    words,
    formats: new Formats(task.language, country),
    fonts,
  });
  draw(sheet, task);
  return sheet.finish();
}

function draw(sheet: Sheet, task: PdfTask): void {
  switch (task.kind) {
    case 'estimate':
      return drawEstimate(sheet, task);
    case 'invoice':
      return drawInvoice(sheet, task);
    case 'certificate':
      return drawCertificate(sheet, task);
    case 'statement':
      return drawStatement(sheet, task.statement);
    case 'receipt':
      return drawReceipt(sheet, task);
  }
}

/** What the window of a reader is called. */
function titleOf(task: PdfTask, words: Words): string {
  switch (task.kind) {
    case 'estimate':
      return `${words.estimate} ${task.content.number}: ${task.content.title}`;
    case 'invoice':
      return `${words[task.content.kind]} ${task.content.number}: ${task.content.title}`;
    case 'certificate':
      return `${words.certificate[task.evidence.decision]}: ${words.estimate} ${task.evidence.number}`;
    case 'statement':
      return `${words.statement}: ${task.statement.from} – ${task.statement.to}`;
    case 'receipt':
      return `${words.receipt} ${task.receipt.receiptNumber}`;
  }
}

/** The document's own date, so that drawing it again makes the same file. */
function momentOf(task: PdfTask): string {
  if (task.kind === 'certificate') return task.evidence.at;
  const day = task.kind === 'statement' ? task.statement.issuedOn : task.kind === 'receipt' ? task.receipt.paidOn : task.content.issuedOn;
  return `${day}T12:00:00Z`;
}
