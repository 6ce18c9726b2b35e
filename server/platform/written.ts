/** Money and days as people of one language and country write them. */
import type { Money } from '../contract/wire.ts';

/** The tag for `Intl`: somebody's language, in the account's country, whose money and calendar these are. */
export const writtenIn = (language: string, country: string): string => `${language}-${country}`;

/**
 * Exact to the last minor unit: the decimal is written as text, so that no float ever holds it.
 * @param currencyDisplay `code` for places that cannot show every sign.
 */
export function writtenMoney({ amount, currency }: Money, tag: string, currencyDisplay: 'symbol' | 'code' = 'symbol'): string {
  const format = new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return format.format(`${amount < 0 ? '-' : ''}${whole}${decimals ? `.${digits.slice(-decimals)}` : ''}` as `${number}`);
}

/** “December 14, 2025”. Noon, so that the day stays that day. */
export const writtenDay = (day: string, tag: string): string =>
  new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
