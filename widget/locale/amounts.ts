/** Amounts of money as people type them, in minor units: text to integer and back, with no float between. */

/** How many decimals a currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

const signOf = (tag: string, type: 'decimal' | 'group', otherwise: string): string =>
  new Intl.NumberFormat(tag).formatToParts(12_345.5).find((part) => part.type === type)?.value ?? otherwise;

/**
 * `1,234.50` → 123450 where the decimal sign is a point. Undefined for what is no amount there: another sign, more decimals than
 * the currency has, groups of another size. A wrong guess would be somebody's money.
 */
export function parseAmount(typed: string, tag: string, currency: string): number | undefined {
  const decimals = decimalsOf(currency);
  const text = typed.normalize('NFKC').replace(/[\s\p{Sc}]|^\p{L}+|\p{L}+$/gu, '');
  const [whole = '', fraction = '', ...more] = text.split(signOf(tag, 'decimal', '.'));
  const group = signOf(tag, 'group', ',').normalize('NFKC').trim();
  const parts = group ? whole.split(group) : [whole];
  const grouped = parts.length === 1 || parts.every((part, at) => (at ? part.length === 3 : /^.{1,3}$/.test(part)));
  const digits = parts.join('') + fraction.padEnd(decimals, '0');
  return grouped && more.length === 0 && whole !== '' && fraction.length <= decimals && /^\d{1,12}$/.test(digits) ? Number(digits) : undefined;
}

/** 123450 → `1234.50`, as it would be typed. */
export function amountText(amount: number, tag: string, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(amount).padStart(decimals + 1, '0');
  return decimals ? digits.slice(0, -decimals) + signOf(tag, 'decimal', '.') + digits.slice(-decimals) : digits;
}
