/** Text on its way into headers and text messages. */

/** Controls, line separators, invisible and direction-changing characters: they forge headers or names. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]+/gu;

/** One line, single spaces, at most `length` characters. */
export function oneLine(value: string, length = 100): string {
  const line = value.replace(unseen, ' ').replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('').trimEnd()}…`;
}

/** The lines of a longer text, each cleaned likewise; one empty line at most between them. */
export const cleanLines = (value: string): string => value.split(/\r?\n/).map((line) => oneLine(line, Infinity)).join('\n').replace(/\n{3,}/g, '\n\n').trim();

/**
 * A name for the From header. What looks like an address in a name is how phishing looks, and filters treat it so:
 * it loses its `@` and brackets.
 */
export const senderName = (name: string): string => oneLine(name.replace(/[@＠﹫]/g, ' at ').replace(/[<>]/g, ' ').replaceAll('"', '’'), 70);

/** Exactly one plain mailbox: no list, no display name, no comment, no quoting. */
export const isPlainAddress = (value: string): boolean =>
  value.length <= 254 && /^[^\s@<>(),;:"\\[\]\p{C}]+@[^\s@<>(),;:"\\[\]\p{C}]+$/u.test(value);

/** The alphabet of plain text messages (GSM 03.38); one other character more than halves what fits. */
const gsm = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
/** These count twice. */
const gsmExtended = new Set('^{}\\[~]|€');
const plainer: Record<string, string> = { '’': "'", '‘': "'", '“': '"', '”': '"', '–': '-', '—': '-', '…': '...', '·': '-', '•': '-' };

/** Typographic marks and accents become plain; scripts that have no plain form stay as they are. */
export const toGsm = (value: string): string =>
  [...value]
    .map((character) => {
      if (gsm.has(character) || gsmExtended.has(character)) return character;
      if (plainer[character]) return plainer[character];
      const bare = character.normalize('NFKD').replace(/\p{M}/gu, '');
      return [...bare].every((part) => gsm.has(part)) ? bare : character;
    })
    .join('');

/** How many of a message's 160 places a text takes, or undefined when it is not plain. */
export function gsmLength(value: string): number | undefined {
  let length = 0;
  for (const character of value) {
    if (gsm.has(character)) length += 1;
    else if (gsmExtended.has(character)) length += 2;
    else return undefined;
  }
  return length;
}
