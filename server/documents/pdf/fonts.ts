/**
 * The fonts of PDFs, read once in each worker. Noto Sans has Latin, Cyrillic, Greek and the currency signs. Other scripts come
 * with packages that an operator may install beside this program, such as `npm install @expo-google-fonts/noto-sans-jp`; each is
 * opened only when a character needs it. Nothing has to be configured.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';

/** Packages that are looked for, in this order. Where several have a character, the first one draws it. */
export const optionalFontPackages = [
  'noto-sans-hebrew', 'noto-sans-arabic', 'noto-sans-devanagari', 'noto-sans-bengali', 'noto-sans-thai', 'noto-sans-lao', 'noto-sans-khmer',
  'noto-sans-jp', 'noto-sans-kr', 'noto-sans-sc', 'noto-sans-tc', 'noto-sans-hk', 'noto-emoji',
].map((name) => `@expo-google-fonts/${name}`);

/** What is used here of a font file that pdfkit has read. */
interface FontFile {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** One font file under the name by which documents know it. */
export interface Face {
  name: string;
  file: FontFile;
  /** Whether it is Noto Sans itself. */
  main: boolean;
}

/** A package, and what was opened of it; null for what it has not. */
interface Family {
  name: string;
  regular?: Face | null;
  bold?: Face | null;
}

/** Where a package is, or undefined when it is not installed. */
export type FindPackage = (name: string) => string | undefined;

export class Fonts {
  readonly #find: FindPackage;
  readonly #families: Family[] = ['@expo-google-fonts/noto-sans', ...optionalFontPackages].map((name) => ({ name }));
  /** Which family draws a character; null when none does. */
  readonly #familyOf = new Map<number, Family | null>();

  constructor(find: FindPackage = findInstalled) {
    this.#find = find;
  }

  /** The font that draws a character, or undefined when none can. */
  faceOf(codePoint: number, bold: boolean): Face | undefined {
    let family = this.#familyOf.get(codePoint);
    if (family === undefined) {
      family = this.#families.find((each) => this.#face(each, false)?.file.hasGlyphForCodePoint(codePoint)) ?? null;
      this.#familyOf.set(codePoint, family);
    }
    return family ? this.#face(family, bold) : undefined;
  }

  #face(family: Family, bold: boolean): Face | undefined {
    const weight = bold ? 'bold' : 'regular';
    if (family[weight] === undefined) family[weight] = this.#open(family, bold) ?? null;
    return family[weight] ?? undefined;
  }

  #open(family: Family, bold: boolean): Face | undefined {
    const folder = this.#find(family.name);
    const path = folder && (bold ? (fileIn(folder, '700Bold') ?? fileIn(folder, '400Regular')) : fileIn(folder, '400Regular'));
    return path ? { name: `${family.name} ${bold ? 700 : 400}`, file: read(path), main: family === this.#families[0] } : undefined;
  }
}

const require = createRequire(import.meta.url);

function findInstalled(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** These packages keep each weight in a folder of its own, upright and italic apart. */
function fileIn(folder: string, weight: string): string | undefined {
  try {
    const file = readdirSync(join(folder, weight)).find((each) => each.endsWith('.ttf'));
    return file && join(folder, weight, file);
  } catch {
    return undefined;
  }
}

/** pdfkit reads the file; what it read is kept for all documents to come, which spares each of them the tables of the font. */
function read(path: string): FontFile {
  const document = new PDFDocument({ autoFirstPage: false, font: '' });
  document.font(path);
  return (document as unknown as { _font: { font: FontFile } })._font.font;
}
