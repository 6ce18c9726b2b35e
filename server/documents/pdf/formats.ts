/** Money, numbers and dates in the document's language, as the account's country writes them. Nothing here is ever a float. */
import { decimalOfMoney } from '../../platform/written.ts';
import type { PdfLanguage } from './task.ts';

/** Noon, so that a day stays that day in whatever zone it is written. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

export class Formats {
  readonly #tag: string;
  readonly #made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

  constructor(language: PdfLanguage, country: string) {
    this.#tag = /^[A-Z]{2}$/.test(country) ? `${language}-${country}` : language;
  }

  /** Exact to the last minor unit: the decimal is handed over as text. */
  money(amount: number, currency: string): string {
    return this.#number(`money ${currency}`, { style: 'currency', currency }).format(decimalOfMoney(amount, currency) as `${number}`);
  }

  /** A decimal number given as text, such as a quantity. */
  number(value: string): string {
    return this.#number('number', { maximumFractionDigits: 3 }).format(value as `${number}`);
  }

  /** `8.25` → 8.25% */
  percent(value: string): string {
    return this.#number('percent', { style: 'unit', unit: 'percent', maximumFractionDigits: 3 }).format(value as `${number}`);
  }

  /** A calendar day in words. */
  date(day: string): string {
    return this.#date('date', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(noon(day));
  }

  /** The same in fewer letters, for tables. */
  shortDate(day: string): string {
    return this.#date('short', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(noon(day));
  }

  /** A moment to the second, with the zone that it is told in. */
  moment(instant: string, timeZone: string): string {
    const options = { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'long' } as const;
    return this.#date(`moment ${timeZone}`, { ...options, timeZone }).format(new Date(instant));
  }

  #number(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return this.#get(name, () => new Intl.NumberFormat(this.#tag, options));
  }

  #date(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.#get(name, () => new Intl.DateTimeFormat(this.#tag, options));
  }

  #get<T extends Intl.NumberFormat | Intl.DateTimeFormat>(name: string, make: () => T): T {
    let format = this.#made.get(name) as T | undefined;
    if (!format) this.#made.set(name, (format = make()));
    return format;
  }
}
