/** Decimal text to integers. No float is involved: 0.1 + 0.2 has no place in somebody's bill. */

/** Beyond this a sum of many amounts could leave the safe integers. */
const LARGEST = 999_999_999_999n;

export interface Scaled {
  value: number;
  /** False when the text had more decimals than fit and was rounded, half away from zero. */
  exact: boolean;
}

/** `text` times 10^`decimals` as an integer, or null when it is not a plain decimal number of a sane size. */
export function scaled(text: string, decimals: number): Scaled | null {
  const match = /^([+-]?)(\d{0,18})(?:\.(\d{0,30}))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (!whole && !fraction) return null;
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  const rest = fraction.slice(decimals);
  const size = BigInt(whole + kept) + (rest >= '5' ? 1n : 0n);
  if (size > LARGEST) return null;
  const value = Number(size);
  return { value: sign === '-' && value !== 0 ? -value : value, exact: !/[1-9]/.test(rest) };
}

/** How many decimals the minor unit of a currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyDigits(currency: string): number {
  // Asked for every amount of an export, and dear to find out.
  const known = digits.get(currency) ?? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digits.set(currency, known);
  return known;
}
const digits = new Map<string, number>();

/** The reverse of `scaled`, for people. */
export function decimalText(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${value < 0 ? '-' : ''}${whole}${decimals ? `.${digits.slice(-decimals)}` : ''}`;
}
