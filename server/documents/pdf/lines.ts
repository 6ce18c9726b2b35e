/** The table of a document's lines: what it is, how much of it, at which price; choices with what is chosen. */
import type { EstimateLine } from '../../contract/estimates.ts';
import type { InvoiceContent } from '../../contract/invoices.ts';
import { colors } from './paper.ts';
import { body, label, soft, strong } from './parts.ts';
import { columnsOf, drawRow, layRow, table, widthFor, type Block, type Cell, type Column } from './rows.ts';
import type { Sheet } from './sheet.ts';
import { lineHeight } from './text.ts';

type PlainLine = InvoiceContent['lines'][number];

/** Lines under one heading; `choice` says how they are chosen. */
export interface Part {
  title: string | null;
  choice: 'one' | 'any' | null;
  lines: { line: PlainLine; chosen: boolean }[];
}

/** What always counts, then each group, then what may be added. */
export function partsOf(sheet: Sheet, lines: EstimateLine[], groups: { key: string; name: string }[], isChosen: (line: EstimateLine) => boolean): Part[] {
  const marked = (some: EstimateLine[]) => some.map((line) => ({ line, chosen: isChosen(line) }));
  const fixed = lines.filter((line) => !line.optional && line.group === null);
  const optional = lines.filter((line) => line.optional && line.group === null);
  const parts: Part[] = [
    { title: null, choice: null, lines: marked(fixed) },
    ...groups.map(({ key, name }): Part => ({ title: sheet.words.group(name), choice: 'one', lines: marked(lines.filter(({ group }) => group === key)) })),
    { title: sheet.words.optional, choice: 'any', lines: marked(optional) },
  ];
  return parts.filter((part) => part.lines.length > 0);
}

/** Room for the sign of a choice. */
const SIGN = 20;

export function linesTable(sheet: Sheet, parts: Part[], { currency, lang }: { currency: string; lang: string | undefined }): void {
  const { words, formats } = sheet;
  const all = parts.flatMap((part) => part.lines.map(({ line }) => line));
  const money = (amount: number) => formats.money(amount, currency);
  const quantity = (line: PlainLine) => [formats.number(line.quantity), line.unit].filter(Boolean).join(' ');
  const discounted = all.some(({ discount }) => discount !== 0);
  const width = (texts: string[], title: string, most: number) => widthFor(sheet, [...texts, title], body, 44, most);
  const columns: Column[] = [
    { title: words.description, width: 0 },
    { title: words.quantity, width: width(all.map(quantity), words.quantity, 84), align: 'right' },
    { title: words.price, width: width(all.map(({ unitPrice }) => money(unitPrice)), words.price, 96), align: 'right' },
    ...(discounted ? [{ title: words.discount, width: width(all.map(({ discount }) => money(-discount)), words.discount, 84), align: 'right' as const }] : []),
    { title: words.amount, width: width([...all.map(({ total }) => money(total)), ...(parts.some(({ choice }) => choice) ? [words.notChosen] : [])], words.amount, 100), align: 'right' },
  ];
  const placed = columnsOf(sheet, columns);

  const cellsOf = ({ line, chosen }: Part['lines'][number], choice: Part['choice']): Cell[] => {
    const text = choice && !chosen ? { ...body, color: colors.soft } : body;
    const blocks: Block[] = [{ text: line.description, style: text }];
    if (line.details) blocks.push({ text: line.details, style: soft, gap: 2 });
    const word: Block = { text: chosen ? words.chosen : words.notChosen, style: { ...label, bold: chosen, color: chosen ? sheet.accent.words : colors.soft }, gap: 2 };
    const off: Block[] = line.discount === 0 ? [] : [{ text: money(-line.discount), style: text }];
    if (line.discountPercent !== null && off.length > 0) off.push({ text: formats.percent(line.discountPercent), style: label, gap: 2 });
    const values: Block[][] = [
      [{ text: quantity(line), style: text }],
      [{ text: money(line.unitPrice), style: text }],
      ...(discounted ? [off] : []),
      [{ text: money(line.total), style: choice && chosen ? strong : text }, ...(choice ? [word] : [])],
    ];
    const [first, ...others] = placed;
    const indent = choice ? SIGN : 0;
    return [
      {
        x: first!.x + indent, width: first!.width - indent, type: 'TD', lang, blocks,
        ...(choice && { sign: (x: number, y: number) => sign(sheet, choice, chosen, x - SIGN, y) }),
      },
      ...others.map(({ x, width: columnWidth, align = 'left' }, index): Cell => ({ x, width: columnWidth, align, type: 'TD', blocks: values[index]! })),
    ];
  };

  table(sheet, placed, () => {
    for (const part of parts) {
      const rows = part.lines.map((line) => layRow(sheet, cellsOf(line, part.choice), 6));
      if (part.title !== null || parts.length > 1) partTitle(sheet, part.title ?? words.included, placed, rows[0]!.height, lang, part.choice === 'one');
      for (const laid of rows) sheet.within('TR', () => drawRow(sheet, laid, { rule: colors.line }));
    }
  });
}

/** A heading within the table, a row of its own that stays with the first line under it. */
function partTitle(sheet: Sheet, title: string, columns: { x: number; width: number }[], next: number, lang: string | undefined, named: boolean): void {
  const height = lineHeight(strong) + 16 + Math.min(next, 160);
  if (sheet.y + height > sheet.bottom) sheet.nextPage();
  const cells = columns.map(({ x, width }, index): Cell =>
    index === 0
      ? { x, width: sheet.width, type: 'TH', scope: 'Row', lang: named ? lang : undefined, blocks: [{ text: title, style: strong }] }
      : { x, width, type: 'TD', blocks: [] },
  );
  sheet.y += 5;
  sheet.within('TR', () => drawRow(sheet, layRow(sheet, cells, 5), { rule: colors.line }));
}

/** A ring or a square, filled and ticked when chosen. The word beside it says the same. */
function sign(sheet: Sheet, choice: 'one' | 'any', chosen: boolean, x: number, y: number): void {
  const { document } = sheet;
  const [size, top] = [10, y + 2];
  const color = chosen ? sheet.accent.words : '#8b96a3';
  document.lineWidth(1);
  if (choice === 'one') {
    document.circle(x + size / 2, top + size / 2, size / 2 - 0.5).stroke(color);
    if (chosen) document.circle(x + size / 2, top + size / 2, size / 2 - 2.5).fill(color);
    return;
  }
  document.roundedRect(x + 0.5, top + 0.5, size - 1, size - 1, 2);
  if (!chosen) document.stroke(color);
  else {
    document.fillAndStroke(color, color);
    document.lineWidth(1.3).moveTo(x + 2.6, top + 5.2).lineTo(x + 4.4, top + 7).lineTo(x + 7.6, top + 3.2).stroke(colors.white);
  }
}
