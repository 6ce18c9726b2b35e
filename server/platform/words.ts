/** Words that people are found by, and what is left of them when a finger slips. */
import { searchable } from './text.ts';

/** Longer ones are cut, in what is kept and in what is looked for alike. */
const LONGEST = 60;
/** A word too short for its own letters to tell it from its neighbours is never taken for a slip. */
const SHORTEST = 4;
const apostrophes = /['’‘ʼ`´]/g;
const others = /[^\p{L}\p{N}]+/u;
/** `example.com`, but neither `J.R.` nor the end of a sentence. */
const domain = /^[\p{L}\p{N}-]{2,}(\.[\p{L}\p{N}-]{2,})+$/u;

const cut = (word: string): string => [...word].slice(0, LONGEST).join('');

/** For the order of a list of names: without case and accents, and short enough for a cursor. */
export const nameKey = (name: string): string => [...searchable(name)].slice(0, 80).join('');

/** What a record is found by. */
export interface Findable {
  texts?: (string | null)[];
  emails?: (string | null)[];
  /** E.164. */
  phones?: (string | null)[];
}

/** Every word once: “O’Brien” as obrien, “Muñoz-Peña” as munoz, pena and munozpena; numbers also by the digits that people say. */
export function wordsOf({ texts = [], emails = [], phones = [] }: Findable): string[] {
  const words = new Set<string>();
  for (const text of texts) for (const word of textWords(text ?? '')) words.add(word);
  for (const email of emails) for (const word of emailWords(email ?? '')) words.add(word);
  for (const phone of phones) for (const word of phoneWords(phone ?? '')) words.add(word);
  words.delete('');
  return [...words].map(cut);
}

function textWords(text: string): string[] {
  const chunks = searchable(text).replace(apostrophes, '').split(' ');
  return chunks.flatMap((chunk) => {
    const parts = chunk.split(others).filter(Boolean);
    return parts.length > 1 ? [...parts, parts.join('')] : parts;
  });
}

function emailWords(email: string): string[] {
  const whole = searchable(email).replace(apostrophes, '');
  const at = whole.lastIndexOf('@');
  return at < 0 ? [] : [whole, whole.slice(at + 1), ...whole.slice(0, at).split(others)];
}

function phoneWords(phone: string): string[] {
  const digits = phone.replace(/\D/g, '');
  return [digits, digits.slice(-10), digits.slice(-7)];
}

/** Most words of one search; more are not looked at. */
const MOST_TERMS = 6;
const phoneRun = /\+?\(?\d[\d ()./-]{4,}\d/g;

/**
 * The words of a search, in the ways it can be meant: first with digits that may be a phone number as one, however it is written,
 * then with every number for itself.
 */
export function readingsOf(q: string): string[][] {
  const plain = searchable(q).replace(apostrophes, '');
  const phones: string[] = [];
  const rest = plain.replace(phoneRun, (run) => {
    const digits = run.replace(/\D/g, '');
    if (digits.length < 6) return run;
    // The zero that some countries put before a number at home is not part of it.
    phones.push(digits.replace(/^0+/, ''));
    return ' ';
  });
  const readings = [termsOf(plain)];
  if (phones.length) readings.unshift(unique([...phones, ...termsOf(rest)]));
  return readings.filter((terms, index) => terms.length > 0 && (index === 0 || terms.join(' ') !== readings[0]!.join(' ')));
}

const unique = (words: string[]): string[] => [...new Set(words.filter(Boolean).map(cut))].slice(0, MOST_TERMS);

function termsOf(text: string): string[] {
  return unique(
    text.split(' ').flatMap((chunk) => {
      const bare = chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}@]+$/gu, '');
      return bare.includes('@') || domain.test(bare) ? [bare] : chunk.split(others);
    }),
  );
}

/** Whether slips of this word are looked for: letters only, and enough of them. */
export const canSlip = (word: string): boolean => /^\p{L}+$/u.test(word) && [...word].length >= SHORTEST && word.length < LONGEST;

/** The word, and what is left of it without one of its letters: of two words that differ by one slip, one of these is the same. */
export function typosOf(word: string): string[] {
  const letters = [...word];
  return [...new Set([word, ...letters.map((_, index) => letters.toSpliced(index, 1).join(''))])];
}

/** Whether one slip makes one word of the other: a letter too many, too few, a wrong one, or two that changed places. */
export function isSlip(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]];
  let [from, ofA, ofB] = [0, a.length, b.length];
  while (from < ofA && from < ofB && a[from] === b[from]) from++;
  while (ofA > from && ofB > from && a[ofA - 1] === b[ofB - 1]) [ofA, ofB] = [ofA - 1, ofB - 1];
  const [left, right] = [ofA - from, ofB - from];
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[from] === b[from + 1] && a[from + 1] === b[from];
}
