/** Rows of cells: tables, and what stands side by side. A row stays whole unless it is taller than a page. */
import { colors } from './paper.ts';
import type { Sheet, Tag, TagOptions } from './sheet.ts';
import { harmless, lineHeight, type Line, type Style } from './text.ts';

export interface Block {
  text: string;
  style: Style;
  /** Above it, in points. */
  gap?: number;
}

export interface Cell {
  x: number;
  width: number;
  align?: 'left' | 'right';
  /** Its tag, where it is one of a table. */
  type?: 'TD' | 'TH';
  scope?: 'Column' | 'Row';
  lang?: string | undefined;
  blocks: Block[];
  /** A sign at the left of the first line. */
  sign?: (x: number, y: number) => void;
}

export interface RowOptions {
  /** Above and below the content. */
  padding?: number;
  /** A line below it. */
  rule?: string | undefined;
  /** A ground behind it; only for rows that are not taller than a page. */
  ground?: string;
}

interface LaidLine {
  line: Line;
  style: Style;
  /** From the top of the cell. */
  top: number;
  /** Which paragraph of the cell it belongs to. */
  paragraph: number;
}
interface LaidCell {
  cell: Cell;
  lines: LaidLine[];
  paragraphs: number;
  height: number;
}
/** A row that has been measured. */
export interface LaidRow {
  cells: LaidCell[];
  height: number;
  padding: number;
}

export function layRow(sheet: Sheet, cells: Cell[], padding = 0): LaidRow {
  const laid = cells.map((cell) => {
    const lines: LaidLine[] = [];
    let top = 0;
    let paragraphs = 0;
    for (const { text, style, gap = 0 } of cell.blocks) {
      if (lines.length > 0) top += gap;
      for (const paragraph of harmless(text).split('\n')) {
        for (const line of sheet.pen.lines(paragraph, cell.width, style)) {
          lines.push({ line, style, top, paragraph: paragraphs });
          top += lineHeight(style);
        }
        paragraphs += 1;
      }
    }
    return { cell, lines, paragraphs, height: top };
  });
  return { cells: laid, height: Math.max(0, ...laid.map(({ height }) => height)) + 2 * padding, padding };
}

/** Draws a measured row and goes on below it. */
export function drawRow(sheet: Sheet, row: LaidRow, { rule, ground }: Omit<RowOptions, 'padding'> = {}): void {
  const { padding } = row;
  const fits = () => row.height <= sheet.bottom - sheet.y;
  if (!fits() && (row.height <= sheet.capacity - 40 || sheet.bottom - sheet.y < 80)) sheet.nextPage();
  if (ground && fits()) sheet.decoration(() => sheet.document.rect(sheet.left, sheet.y, sheet.width, row.height).fill(ground));
  const tags = row.cells.map((laid) => tagsOf(sheet, laid));
  const done = row.cells.map(() => 0);
  // A part a page; nearly always there is one.
  for (let first = true; ; first = false) {
    if (!first) sheet.nextPage();
    const room = sheet.bottom - sheet.y - 2 * padding;
    const used = row.cells.map((laid, index) => drawPart(sheet, laid, tags[index]!, { from: done[index]!, room, y: sheet.y + padding, first, done, index }));
    sheet.y += Math.max(0, ...used) + 2 * padding;
    if (row.cells.every(({ lines }, index) => done[index]! >= lines.length)) break;
  }
  for (const { cell } of tags) cell.end();
  if (rule) sheet.rule(sheet.left, sheet.right, rule);
}

/** Measures and draws. */
export const row = (sheet: Sheet, cells: Cell[], { padding = 0, ...options }: RowOptions = {}): void => drawRow(sheet, layRow(sheet, cells, padding), options);

interface Part {
  from: number;
  room: number;
  y: number;
  first: boolean;
  done: number[];
  index: number;
}

/** As many lines of a cell as there is room for, at least one on a new page; says how tall they are. */
function drawPart(sheet: Sheet, { cell, lines }: LaidCell, { paragraphs, type }: CellTags, { from, room, y, first, done, index }: Part): number {
  const start = lines[from]?.top ?? 0;
  let to = from;
  while (to < lines.length && (lines[to]!.top + lineHeight(lines[to]!.style) - start <= room || (to === from && !first))) to += 1;
  if (first && cell.sign) sheet.decoration(() => cell.sign!(cell.x, y));
  for (const [paragraph, part] of Map.groupBy(lines.slice(from, to), (line) => line.paragraph))
    sheet.content(paragraphs[paragraph]!, type, () => {
      for (const { line, style, top } of part) sheet.line(line, cell.x, y + top - start, style, cell.align, cell.width);
    });
  done[index] = to;
  const last = lines[to - 1];
  return to > from && last ? last.top + lineHeight(last.style) - start : 0;
}

interface CellTags {
  cell: Tag;
  paragraphs: Tag[];
  type: string;
}

/** A cell's tag, and one for each paragraph where there are several: without them, what is heard would run into one. */
function tagsOf(sheet: Sheet, { cell: { type, scope, lang }, paragraphs }: LaidCell): CellTags {
  const options: TagOptions = { ...(scope && { scope }), ...(lang && { lang }) };
  const cell = sheet.tag(type ?? 'Div', options);
  if (paragraphs === 1 && type) return { cell, paragraphs: [cell], type };
  return { cell, paragraphs: Array.from({ length: paragraphs }, () => sheet.tag('P', {}, cell)), type: 'P' };
}

export interface Column {
  title: string;
  width: number;
  align?: 'left' | 'right';
}

const GUTTER = 14;

/** Where each column begins. The one without a width gets what the others leave. */
export function columnsOf(sheet: Sheet, columns: Column[]): (Column & { x: number })[] {
  const others = columns.reduce((sum, { width }) => sum + width, GUTTER * (columns.length - 1));
  let x = sheet.left;
  return columns.map((column) => {
    const placed = { ...column, width: column.width || sheet.width - others, x };
    x += placed.width + GUTTER;
    return placed;
  });
}

const headStyle: Style = { size: 8.5, bold: true, color: colors.soft };

/**
 * A table whose head stands on every page that it goes on in; only the first one is content, the others are decoration.
 * `body` draws the rows.
 */
export function table(sheet: Sheet, columns: (Column & { x: number })[], body: () => void): void {
  const height = lineHeight(headStyle) + 12;
  sheet.need(height + 70);
  sheet.within('Table', () => {
    sheet.within('THead', () =>
      sheet.within('TR', () =>
        row(
          sheet,
          columns.map(({ title, ...place }) => ({ ...place, type: 'TH', scope: 'Column', blocks: [{ text: title, style: headStyle }] })),
          { padding: 6, rule: colors.ink },
        ),
      ),
    );
    const before = sheet.onNewPage;
    sheet.onNewPage = () => {
      sheet.decoration(() => {
        for (const { title, x, width, align } of columns) {
          const [line] = sheet.pen.lines(title, width, headStyle);
          sheet.line(line!, x, sheet.y + 6, headStyle, align, width);
        }
        sheet.document.moveTo(sheet.left, sheet.y + height).lineTo(sheet.right, sheet.y + height).lineWidth(0.6).stroke(colors.ink);
      }, 'Pagination');
      sheet.y += height;
    };
    sheet.within('TBody', body);
    sheet.onNewPage = before;
  });
}

/** How wide a column must be for its longest cell, within bounds. */
export function widthFor(sheet: Sheet, texts: Iterable<string>, style: Style, least: number, most: number): number {
  let width = least;
  for (const text of texts) width = Math.max(width, sheet.pen.width(text, style));
  return Math.min(most, Math.ceil(width + 0.5));
}
