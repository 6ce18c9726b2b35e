/**
 * The paper: pages with a running head and a numbered foot, a place to go on writing, and the tags that say what is a heading, a
 * table or a decoration to those who do not look. Only text, lines and pictures are put down: no links, no scripts, no attachments.
 */
import PDFDocument from 'pdfkit';
import type { Fonts } from './fonts.ts';
import type { Formats } from './formats.ts';
import { colors, margin, paperOf, readable, washOf } from './paper.ts';
import { harmless, lineHeight, Pen, type Line, type Style } from './text.ts';
import type { Branding, PdfLanguage } from './task.ts';
import type { Words } from './words.ts';

export interface SheetOptions {
  title: string;
  language: PdfLanguage;
  country: string;
  branding: Branding;
  /** The document's own moment, so that the same document is the same file. */
  createdAt: Date;
  words: Words;
  formats: Formats;
  fonts: Fonts;
}

/** What a tag may carry, some of which pdfkit's types do not know. */
export interface TagOptions extends PDFKit.Mixins.StructureElementOptions {
  scope?: 'Column' | 'Row';
  bbox?: [left: number, top: number, right: number, bottom: number];
}

export type Tag = PDFKit.PDFStructureElement;

export class Sheet {
  readonly document: PDFKit.PDFDocument;
  readonly pen: Pen;
  readonly words: Words;
  readonly formats: Formats;
  readonly language: PdfLanguage;
  readonly branding: Branding;
  /** For words, for a coloured line, and for a ground. */
  readonly accent: { words: string; line: string; wash: string };
  readonly left = margin.side;
  readonly right: number;
  readonly bottom: number;
  y = 0;
  /** What stands at the right of the head of each following page. */
  runningHead = '';
  /** Drawn again on top of a page that a table goes on in. */
  onNewPage: (() => void) | undefined;
  readonly #tags: Tag[];

  constructor({ title, language, country, branding, createdAt, words, formats, fonts }: SheetOptions) {
    const size = paperOf(country);
    this.document = new PDFDocument({
      size, margin: 0, autoFirstPage: false, bufferPages: true, font: '', pdfVersion: '1.7', tagged: true, lang: language, displayTitle: true,
      info: { Title: infoText(title), Author: infoText(branding.name), Creator: 'Customer Center', CreationDate: createdAt },
    });
    this.pen = new Pen(this.document, fonts);
    this.words = words;
    this.formats = formats;
    this.language = language;
    this.branding = branding;
    this.accent = { words: readable(branding.accent), line: branding.accent, wash: washOf(readable(branding.accent)) };
    this.right = size[0] - margin.side;
    this.bottom = size[1] - margin.bottom;
    this.#tags = [this.document.struct('Document')];
    this.document.addStructure(this.#tags[0]!);
  }

  get width(): number {
    return this.right - this.left;
  }

  /** What a following page has room for. */
  get capacity(): number {
    return this.bottom - margin.top;
  }

  /** The first page of a document, with the accent on its upper edge. */
  firstPage(): void {
    this.onNewPage = undefined;
    this.document.addPage();
    this.decoration(() => this.document.rect(0, 0, this.document.page.width, 5).fill(this.accent.line));
    this.y = margin.first;
  }

  nextPage(): void {
    this.document.addPage();
    const style = { size: 8.5, color: colors.soft };
    this.decoration(() => {
      this.#sides(this.branding.name, this.runningHead, 38, style);
      this.document.moveTo(this.left, 56).lineTo(this.right, 56).lineWidth(0.5).stroke(colors.line);
    }, 'Pagination');
    this.y = margin.top;
    this.onNewPage?.();
  }

  /** Goes on where there is room for so much; a following page's head may already stand there. */
  need(height: number): void {
    if (this.y + height > this.bottom && this.y > margin.top + 40) this.nextPage();
  }

  /** All that is drawn meanwhile lies under one tag. */
  within<T>(type: string, work: () => T, options: TagOptions = {}): T {
    const tag = this.tag(type, options);
    this.#tags.push(tag);
    const result = work();
    this.#tags.pop();
    tag.end();
    return result;
  }

  /** A tag whose content comes in parts, a page each; end it when all is there. */
  tag(type: string, options: TagOptions = {}, parent = this.#tags.at(-1)!): Tag {
    const tag = this.document.struct(type, options);
    parent.add(tag);
    return tag;
  }

  /** One part of a tag's content on this page. */
  content(tag: Tag, type: string, draw: () => void): void {
    tag.add(this.document.markStructureContent(type));
    draw();
    this.document.endMarkedContent();
  }

  /** What only pleases the eye. */
  decoration(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.document.markContent('Artifact', { type });
    draw();
    this.document.endMarkedContent();
  }

  line(line: Line, x: number, y: number, style: Style, align: 'left' | 'right' = 'left', width = 0): void {
    this.pen.draw(line, align === 'right' ? x + width - line.width : x, y, style);
  }

  /** Flowing text over as many pages as it takes; every paragraph a tag of its own. */
  prose(text: string, style: Style, { type = 'P', x = this.left, width = this.right - x, lang }: { type?: string; x?: number; width?: number; lang?: string | undefined } = {}): void {
    for (const paragraph of harmless(text).split(/\n+/)) {
      if (!paragraph.trim()) continue;
      const tag = this.tag(type, lang ? { lang } : {});
      let rest = this.pen.lines(paragraph, width, style);
      while (rest.length > 0) {
        this.need(lineHeight(style));
        const fitting = Math.max(1, Math.floor((this.bottom - this.y) / lineHeight(style)));
        this.content(tag, type, () => {
          for (const line of rest.slice(0, fitting)) {
            this.line(line, x, this.y, style);
            this.y += lineHeight(style);
          }
        });
        rest = rest.slice(fitting);
      }
      tag.end();
      this.y += style.size * 0.35;
    }
  }

  heading(text: string, { space = 22, keep = 60 } = {}): void {
    this.y += space;
    this.need(keep);
    this.prose(text, { size: 11.5, bold: true, color: colors.ink }, { type: 'H2' });
    this.y += 3;
  }

  rule(x = this.left, right = this.right, color: string = colors.line, width = 0.6): void {
    this.decoration(() => this.document.moveTo(x, this.y).lineTo(right, this.y).lineWidth(width).stroke(color));
  }

  /** The file, and what no font could draw. */
  async finish(): Promise<{ bytes: Uint8Array; missing: string[] }> {
    this.#numberPages();
    this.#tags[0]!.end();
    const chunks: Uint8Array[] = [];
    const ended = new Promise((resolve, reject) => this.document.on('data', (chunk: Uint8Array) => chunks.push(chunk)).on('end', resolve).on('error', reject));
    this.document.end();
    await ended;
    return { bytes: new Uint8Array(Buffer.concat(chunks)), missing: [...this.pen.missing] };
  }

  #numberPages(): void {
    const style = { size: 8.5, color: colors.soft };
    const { start, count } = this.document.bufferedPageRange();
    const contact = [this.branding.name, this.branding.phone, this.branding.email].filter(Boolean).join('  ·  ');
    for (let page = start; page < start + count; page += 1) {
      this.document.switchToPage(page);
      const number = this.words.page(this.formats.number(String(page - start + 1)), this.formats.number(String(count)));
      this.decoration(() => this.#sides(contact, number, this.bottom + 26, style), 'Pagination');
    }
  }

  /** One line, something at either side; the left one gives way. */
  #sides(left: string, right: string, y: number, style: Style): void {
    const [end] = this.pen.lines(right, this.width * 0.62, style);
    const [begin] = this.pen.lines(left, this.width - end!.width - 24, style);
    this.line(begin!, this.left, y, style);
    this.line(end!, this.left, y, style, 'right', this.width);
  }
}

/**
 * A title or name for the properties of the file. pdfkit writes the same value into the information dictionary, where these bytes
 * become UTF-16, and into the XML of the metadata, where it escapes nothing and so must find it escaped.
 */
class InfoText extends Uint8Array {
  readonly #xml: string;

  static get [Symbol.species](): Uint8ArrayConstructor {
    return Uint8Array;
  }

  constructor(text: string) {
    super(Buffer.from(`\ufeff${text}`, 'utf16le').swap16());
    this.#xml = text.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`);
  }

  override toString(): string {
    return this.#xml;
  }
}

function infoText(text: string): string {
  return new InfoText(harmless(text).replace(/\n/g, ' ').replace(/[\ufffe\uffff]/g, '')) as unknown as string;
}
