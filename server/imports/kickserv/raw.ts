/** A record of an export file before anything is made of it: field names with underscores, values as text or null. */
import { createReadStream } from 'node:fs';
import { OperatorError } from '../../database/open.ts';

export type Fields = Record<string, string | null>;

export interface RawRecord {
  /** Its place in the file, from 1. */
  position: number;
  fields: Fields;
  /** Names of fields that had to be cut. */
  cut: string[];
  /** Why it is no record at all. */
  problem?: string;
}

export interface RawBatch {
  bytes: number;
  records: RawRecord[];
}

/** Longer values are cut; a page of terms has a few thousand characters. */
export const LONGEST_VALUE = 250_000;
const MOST_FIELDS = 1000;
/** An export is a list of flat records; anything this deep is something else. */
export const DEEPEST = 32;
/** A parser may not collect more than this before it has something to say: it would have to keep it in memory. */
export const LONGEST_SILENCE = 16 * 1024 * 1024;

/** A file that cannot be read to its end. Nothing of the export is applied then. */
export class BrokenFile extends OperatorError {
  constructor(name: string, place: string, problem: string) {
    super(`${name} is broken ${place}: ${problem}. Nothing was imported; export the file again.`);
  }
}

/** Collects the fields of one record. `custom-*` fields are the contractor's own and of no use here. */
export class FieldCollector {
  readonly fields: Fields = Object.create(null) as Fields;
  readonly cut: string[] = [];
  #count = 0;

  set(name: string, value: string | null): void {
    const field = name.replace(/-/g, '_').toLowerCase();
    if (field.startsWith('custom_') || ++this.#count > MOST_FIELDS) return;
    if (value !== null && value.length > LONGEST_VALUE) this.cut.push(field);
    this.fields[field] = value === null ? null : storable(value.slice(0, LONGEST_VALUE));
  }
}

/** Databases refuse NUL and halves of surrogate pairs; other control characters only serve to deceive. */
const storable = (value: string): string =>
  value.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');

/** The file as text, piece by piece. Bytes that are not UTF-8 become `�`, which the adapter reports. */
export async function* textOf(path: string, name: string): AsyncGenerator<{ text: string; bytes: number }> {
  const decoder = new TextDecoder('utf-8');
  let first = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 64 * 1024 }) as AsyncIterable<Buffer>) {
    if (first && /^(fffe|feff)/.test(chunk.toString('hex', 0, 2)))
      throw new BrokenFile(name, 'at its beginning', 'it is UTF-16; it must be UTF-8');
    first = false;
    yield { text: decoder.decode(chunk, { stream: true }), bytes: chunk.length };
  }
  yield { text: decoder.decode(), bytes: 0 };
}
