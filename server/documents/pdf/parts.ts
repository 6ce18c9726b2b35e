/** What the documents have in common: letterhead, title, facts, totals, terms. */
import { colors } from './paper.ts';
import { logoOf } from './pictures.ts';
import { drawRow, layRow, row, type Block, type Cell } from './rows.ts';
import type { Sheet } from './sheet.ts';
import { lineHeight, type Style } from './text.ts';

export const body: Style = { size: 9.5, color: colors.ink };
export const soft: Style = { size: 9, color: colors.soft };
export const label: Style = { size: 8.5, color: colors.soft };
export const strong: Style = { size: 9.5, bold: true, color: colors.ink };

const LOGO: [number, number] = [200, 54];

/** The logo, or the name in the accent; how to reach them at the right. */
export function letterhead(sheet: Sheet): void {
  const { branding, accent } = sheet;
  const logo = logoOf(branding);
  const top = sheet.y;
  const half = sheet.width / 2;
  const contact: Block[] = [branding.phone, branding.email].filter((text) => text !== null).map((text) => ({ text, style: soft }));
  let height: number = 0;
  if (logo) {
    const bbox: [number, number, number, number] = [sheet.left, top, sheet.left + LOGO[0], top + LOGO[1]];
    const tag = sheet.tag('Figure', { alt: sheet.words.logo(branding.name), bbox });
    sheet.content(tag, 'Figure', () => sheet.document.image(logo, sheet.left, top, { fit: LOGO }));
    tag.end();
    height = LOGO[1];
    contact.unshift({ text: branding.name, style: strong });
  }
  const name: Block[] = logo ? [] : [{ text: branding.name, style: { size: 17, bold: true, color: accent.words } }];
  row(sheet, [
    { x: sheet.left, width: half - 20, blocks: name },
    { x: sheet.left + half, width: half, align: 'right', blocks: contact },
  ]);
  sheet.y = Math.max(sheet.y, top + height) + 24;
}

/** “Estimate 1042” with what it is about below, and a word at the right for a state that matters. */
export function titleOf(sheet: Sheet, title: string, about: string | null, state?: string, lang?: string): void {
  const style: Style = { size: 22, bold: true, color: colors.ink };
  const top = sheet.y;
  const room = state ? badge(sheet, state, top + 6) + 16 : 0;
  sheet.prose(title, style, { type: 'H1', width: sheet.width - room });
  if (about) {
    sheet.y -= 4;
    sheet.prose(about, { size: 12, color: colors.soft }, { lang, width: sheet.width - room });
  }
  sheet.y += 10;
}

/** Draws a word on a ground at the right margin; says how wide it is. */
function badge(sheet: Sheet, text: string, y: number): number {
  const style: Style = { size: 9.5, bold: true, color: sheet.accent.words };
  const [line] = sheet.pen.lines(text, sheet.width / 3, style);
  const width = line!.width + 20;
  sheet.decoration(() => sheet.document.roundedRect(sheet.right - width, y, width, 22, 11).fill(sheet.accent.wash));
  const tag = sheet.tag('P');
  sheet.content(tag, 'P', () => sheet.line(line!, sheet.right - width + 10, y + 4, style));
  tag.end();
  return width;
}

export interface Fact {
  label: string;
  value: string | null;
}

/** Three columns: who it is for, where, and the dates and numbers. */
export function facts(sheet: Sheet, blocks: { label: string; lines: (string | null)[] }[], pairs: Fact[]): void {
  const gap = 24;
  const width = (sheet.width - 2 * gap) / 3;
  const cells: Cell[] = blocks.map(({ label: title, lines }, index) => ({
    x: sheet.left + index * (width + gap),
    width,
    blocks: [{ text: title, style: label }, ...written(lines, index === 0)],
  }));
  const top = sheet.y;
  const page = sheet.document.bufferedPageRange().count;
  row(sheet, cells);
  const below = { y: sheet.y, page: sheet.document.bufferedPageRange().count };
  // Beside the two blocks, unless those were so long that they went on on another page.
  if (below.page === page) sheet.y = top;
  const x = sheet.left + 2 * (width + gap);
  sheet.within('Table', () => {
    for (const { label: title, value } of pairs) {
      if (!value) continue;
      const name = Math.min(width * 0.62, sheet.pen.width(title, label) + 8);
      const cells: Cell[] = [
        { x, width: name, type: 'TH', scope: 'Row', blocks: [{ text: title, style: { ...label, size: 9 } }] },
        { x: x + name, width: width - name, align: 'right', type: 'TD', blocks: [{ text: value, style: { ...body, size: 9 } }] },
      ];
      sheet.within('TR', () => row(sheet, cells));
      sheet.y += 3;
    }
  });
  if (sheet.document.bufferedPageRange().count === below.page) sheet.y = Math.max(sheet.y, below.y);
  sheet.y += 22;
}

/** The first of them stands out where it is a name. */
function written(lines: (string | null)[], named: boolean): Block[] {
  return lines.filter((text) => text !== null && text !== '').map((text, index) => ({ text: text!, style: named && index === 0 ? strong : body, gap: index === 0 ? 2 : 0 }));
}

/** Words of the office on a ground of their own. */
export function callout(sheet: Sheet, title: string, text: string, lang: string): void {
  const laid = layRow(sheet, [{ x: sheet.left + 14, width: sheet.width - 28, lang, blocks: [{ text: title, style: { ...label, bold: true } }, { text, style: body, gap: 2 }] }], 11);
  drawRow(sheet, laid, { ground: sheet.accent.wash });
  sheet.y += 20;
}

export interface Sum {
  label: string;
  value: string;
  /** `total` is what the sums come to, `due` what is asked for, `soft` an explanation. */
  look?: 'total' | 'due' | 'soft';
}

const SUMS = 250;

/** The sums at the right, kept together. */
export function sums(sheet: Sheet, list: Sum[]): void {
  const widest = Math.max(...list.map(({ value, look }) => sheet.pen.width(value, styleOf(sheet, look))));
  const value = Math.min(widest + 1, SUMS * 0.6);
  const x = sheet.right - SUMS;
  // The ground of what is due reaches over both edges, so that all amounts stand under those of the lines.
  const over = 12;
  const rows = list.map((sum) => {
    const style = styleOf(sheet, sum.look);
    const cells: Cell[] = [
      { x, width: SUMS - value - 12, type: 'TH', scope: 'Row', blocks: [{ text: sum.label, style }] },
      { x: sheet.right - value, width: value, align: 'right', type: 'TD', blocks: [{ text: sum.value, style }] },
    ];
    return { look: sum.look, laid: layRow(sheet, cells, sum.look === 'due' ? 8 : sum.look === 'total' ? 6 : 3) };
  });
  const height = rows.reduce((total, { laid }) => total + laid.height, 16);
  sheet.need(height <= sheet.capacity ? height : 80);
  sheet.y += 8;
  sheet.within('Table', () => {
    for (const { look, laid } of rows) {
      sheet.need(laid.height + 8);
      if (look === 'total') {
        sheet.y += 3;
        sheet.rule(x, sheet.right, colors.ink, 0.8);
      }
      if (look === 'due') {
        sheet.y += 5;
        const top = sheet.y;
        sheet.decoration(() => sheet.document.roundedRect(x - over, top, SUMS + 2 * over, laid.height, 5).fill(sheet.accent.wash));
      }
      sheet.within('TR', () => drawRow(sheet, laid));
    }
  });
}

function styleOf(sheet: Sheet, look: Sum['look']): Style {
  if (look === 'total') return { size: 12, bold: true, color: colors.ink };
  if (look === 'due') return { size: 12, bold: true, color: sheet.accent.words };
  return look === 'soft' ? soft : body;
}

/** A heading and what the contractor wrote under it. */
export function section(sheet: Sheet, title: string, text: string, { lang, before }: { lang?: string; before?: string } = {}): void {
  sheet.heading(title, { space: 24, keep: 24 + 3 * lineHeight(soft) });
  if (before) sheet.prose(before, { ...soft, bold: true });
  sheet.prose(text, { ...soft, color: colors.ink }, { lang });
}

/** A frozen document's tag of language, or undefined when the labels are in the same. */
export function langOf(sheet: Sheet, locale: string): string | undefined {
  return /^[A-Za-z0-9-]{2,35}$/.test(locale) && locale.split('-')[0] !== sheet.language ? locale : undefined;
}
