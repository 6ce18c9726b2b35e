/** Money and days as people of one language and country write them. */
import type { Money } from '../contract/wire.ts';

/** The tag for `Intl`: somebody's language, in the account's country, whose money and calendar these are. */
export const writtenIn = (language: string, country: string): string => `${language}-${country}`;

/**
 * Exact to the last minor unit: the decimal is handed over as text, so that no float ever holds it.
 * @param currencyDisplay `code` for places that cannot show every sign.
 */
export function writtenMoney({ amount, currency }: Money, tag: string, currencyDisplay: 'symbol' | 'code' = 'symbol'): string {
  const format = new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay });
  return format.format(decimalOfMoney(amount, currency) as `${number}`);
}

/** “December 14, 2025”. Noon, so that the day stays that day. */
export const writtenDay = (day: string, tag: string): string =>
  new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));

const decimals = new Map<string, number>();

/** Decimals that people write in this currency. */
export function placesOf(currency: string): number {
  let places = decimals.get(currency);
  if (places === undefined) {
    places = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    decimals.set(currency, places);
  }
  return places;
}

/** Minor units as plain decimal text: −1250 in USD is `-12.50`. */
export function decimalOfMoney(amount: number | bigint, currency: string): string {
  const places = placesOf(currency);
  const digits = String(amount < 0 ? -amount : amount).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${amount < 0 ? '-' : ''}${places ? `${whole}.${digits.slice(-places)}` : whole}`;
}
