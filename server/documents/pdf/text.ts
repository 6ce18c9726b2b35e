/**
 * Text on a page: made harmless, cut into runs of one font each, broken into lines, drawn. pdfkit breaks lines too, but only in
 * one font and never inside a word; here every text fits its column, whatever it is.
 */
import type { Face, Fonts } from './fonts.ts';

export interface Style {
  size: number;
  bold?: boolean;
  color: string;
}

/** A part of a line in one font; without a face, characters that no font has. */
interface Run {
  face: Face | undefined;
  text: string;
}

export interface Line {
  text: string;
  /** In points, without a space at the end. */
  width: number;
}

/** Height of a line, and where its baseline is, in font sizes. */
const LINE = 1.42;
const BASELINE = 1.08;
/** Width of the box for a character that no font has, and how many of these are reported. */
const BOX = 0.62;
const MOST_MISSING = 50;

export const lineHeight = ({ size }: Style): number => size * LINE;

/**
 * Text as it may be drawn. Without what reorders other text (bidirectional controls), without other control characters and
 * halves of characters, and with no more marks on a letter than any language puts there, lest they cover the lines above.
 */
export function harmless(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u206a-\u206f\ufeff\ufff9-\ufffb]/g, '')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\p{Mn}{3})\p{Mn}+/gu, '$1');
}

/** Words of these scripts stand together without spaces. */
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
const rightToLeft = /^[^\p{L}]*[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}]/u;
const ignorable = /\p{Default_Ignorable_Code_Point}/u;
const mark = /\p{M}/u;
const words = new Intl.Segmenter('und', { granularity: 'word' });
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

export class Pen {
  readonly missing = new Set<string>();
  readonly #document: PDFKit.PDFDocument;
  readonly #fonts: Fonts;
  readonly #registered = new Set<string>();
  /** Width of a piece at size 1. */
  readonly #widths = new Map<string, number>();

  constructor(document: PDFKit.PDFDocument, fonts: Fonts) {
    this.#document = document;
    this.#fonts = fonts;
  }

  /** The lines of a text in a column. Empty lines stay. */
  lines(text: string, width: number, style: Style): Line[] {
    return harmless(text).split('\n').flatMap((paragraph) => this.#break(paragraph.trim(), width, style));
  }

  /** In points, on one line. */
  width(text: string, style: Style): number {
    return this.#width(harmless(text), style);
  }

  /** Draws a line with its upper left corner at x, y; says where it ends. */
  draw({ text }: Line, x: number, y: number, { size, bold = false, color }: Style): void {
    const base = y + size * BASELINE;
    this.#document.fillColor(color).strokeColor(color);
    for (const run of this.#runs(text, bold)) {
      if (run.face) {
        this.#use(run.face).fontSize(size).text(run.text, x, base, { lineBreak: false, baseline: 'alphabetic' });
        x += this.#document.widthOfString(run.text);
      } else x = this.#boxes(run.text, x, base, size);
    }
  }

  #break(paragraph: string, width: number, style: Style): Line[] {
    const lines: Line[] = [];
    const space = this.#width(' ', style);
    let line: string[] = [];
    // With and without a space at the end.
    let [used, visible] = [0, 0];
    const add = (piece: string, wide: number) => {
      line.push(piece);
      visible = used + wide - (piece.endsWith(' ') ? space : 0);
      used += wide;
    };
    const end = () => {
      lines.push({ text: inReadingOrder(line).join(''), width: visible });
      line = [];
      [used, visible] = [0, 0];
    };
    for (const piece of pieces(paragraph)) {
      const wide = this.#width(piece, style);
      const seen = wide - (piece.endsWith(' ') ? space : 0);
      if (used + seen > width && line.length > 0) end();
      if (seen <= width) {
        add(piece, wide);
        continue;
      }
      // Wider than the column: as much as fits, then the next line.
      for (const { segment } of graphemes.segment(piece)) {
        const part = this.#width(segment, style);
        if (used + part > width && line.length > 0) end();
        add(segment, part);
      }
    }
    if (line.length > 0 || lines.length === 0) end();
    return lines;
  }

  #width(text: string, { size, bold = false }: Style): number {
    // By words, so that those that come again are measured once.
    let width = 0;
    for (const word of text.match(/[^ ]* |[^ ]+$/g) ?? []) {
      const key = `${bold ? 'b' : 'r'}${word}`;
      let one = this.#widths.get(key);
      if (one === undefined) this.#widths.set(key, (one = this.#measure(word, bold)));
      width += one;
    }
    return width * size;
  }

  #measure(text: string, bold: boolean): number {
    let width = 0;
    for (const run of this.#runs(text, bold))
      width += run.face ? this.#use(run.face).fontSize(1).widthOfString(run.text) : BOX * [...run.text].length;
    return width;
  }

  /** Parts of one font each. A mark stays with its letter where that letter's font has it. */
  #runs(text: string, bold: boolean): Run[] {
    const runs: Run[] = [];
    for (const character of text) {
      const code = character.codePointAt(0)!;
      const last = runs.at(-1);
      if (code > 0x7f && ignorable.test(character)) {
        // Joins letters of other scripts; says nothing in those of Noto Sans, where it would be a visible nothing.
        if (last?.face && !last.face.main && last.face.file.hasGlyphForCodePoint(code)) last.text += character;
        continue;
      }
      const stays = code > 0x7f && last?.face && mark.test(character) && last.face.file.hasGlyphForCodePoint(code);
      const face = stays ? last.face : this.#fonts.faceOf(code, bold);
      if (!face && this.missing.size < MOST_MISSING) this.missing.add(character);
      if (last && last.face === face) last.text += character;
      else runs.push({ face, text: character });
    }
    return runs;
  }

  #use(face: Face): PDFKit.PDFDocument {
    if (!this.#registered.has(face.name)) {
      this.#document.registerFont(face.name, face.file as never);
      this.#registered.add(face.name);
    }
    return this.#document.font(face.name);
  }

  /** A box for each character; the tag keeps the characters themselves for programs that go by it. */
  #boxes(text: string, x: number, base: number, size: number): number {
    const boxes: string[] = [];
    for (const _ of text) {
      boxes.push([x + size * 0.08, base - size * 0.7, size * (BOX - 0.16), size * 0.7].map((value) => value.toFixed(2)).join(' '));
      x += size * BOX;
    }
    this.#document.markContent('Span', { actual: text }).lineWidth(size * 0.06).addContent(`${boxes.join(' re ')} re S`).endMarkedContent();
    return x;
  }
}

/** What a line may be broken between, each piece with the space behind it. */
function* pieces(paragraph: string): Generator<string> {
  for (const word of paragraph.match(/[^ ]+ ?/g) ?? []) {
    if (unspaced.test(word)) yield* wordsOfUnspaced(word);
    else yield* word.split(/(?<=[\p{L}\p{N}][-–—/])(?=\p{L})/u);
  }
}

/** Closing punctuation stays with the word before it, opening punctuation with the one behind. */
function* wordsOfUnspaced(text: string): Generator<string> {
  let piece = '';
  for (const { segment } of words.segment(text)) {
    if (piece && !/^[\p{Pe}\p{Pf}\p{Po}\p{M}ー々 ]/u.test(segment) && !/[\p{Ps}\p{Pi}]$/u.test(piece)) {
      yield piece;
      piece = '';
    }
    piece += segment;
  }
  if (piece) yield piece;
}

/** Neighbouring words of scripts that run to the left, and numbers between them, stand in their order from right to left. */
function inReadingOrder(line: string[]): string[] {
  if (!line.some((piece) => rightToLeft.test(piece))) return line;
  const ordered: string[] = [];
  let turned: string[] = [];
  let numbers: string[] = [];
  const flush = () => {
    ordered.push(...turned, ...numbers);
    [turned, numbers] = [[], []];
  };
  for (const piece of line) {
    const spaced = `${piece.trimEnd()} `;
    if (rightToLeft.test(piece)) {
      turned.unshift(spaced, ...numbers.reverse());
      numbers = [];
    } else if (turned.length > 0 && !/\p{L}/u.test(piece)) numbers.push(spaced);
    else {
      flush();
      ordered.push(piece);
    }
  }
  flush();
  return ordered;
}
