/** Comparable forms of what people type. */
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** Lower case, no accents, single spaces: what `search_text` columns and search words are compared in. */
export const searchable = (...parts: (string | null | undefined)[]): string =>
  parts
    .filter(Boolean)
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** A `like` pattern that finds `words` anywhere, taken literally; escape character `\`. */
export const containing = (words: string): string => `%${searchable(words).replace(/[\\%_]/g, '\\$&')}%`;

/** The key under which an e-mail address is looked up: NFKC, lower case. */
export const emailKey = (address: string): string => address.normalize('NFKC').trim().toLowerCase();

/** E.164 of a number as people write it in `country`, or null when it is not a possible number. */
export function toE164(written: string, country: string): string | null {
  const parsed = parsePhoneNumberFromString(written, country as CountryCode);
  return parsed?.isPossible() ? parsed.number : null;
}

/** `m•••a@example.com`, `•••• 0142`: enough to recognise one's own address, too little to learn it. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) return `•••• ${address.slice(-4)}`;
  const local = address.slice(0, at);
  const shown = local.length > 2 ? `${local[0]}•••${local.at(-1)}` : `${local[0] ?? ''}•••`;
  return shown + address.slice(at);
}

/** A number as people of `country` write it: without the prefix at home, with it elsewhere. */
export function writtenPhone(number: string, country: string): string {
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return number;
  return parsed.country === country ? parsed.formatNational() : parsed.formatInternational();
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** For HTML text and quoted attributes alike. */
export const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (character) => entities[character]!);
