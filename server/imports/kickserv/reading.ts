/** Reads one Kickserv record's fields and remembers what had to be mended on the way. */
import { currencyDigits, scaled } from '../decimals.ts';
import { momentOf, type Moment } from '../moments.ts';
import type { Issue, RecordKind, SourceAccount } from '../records.ts';
import type { Fields, RawRecord } from './raw.ts';

/** This record cannot be imported; the reason is for the report. */
export class Unusable extends Error {
  readonly detail: string | undefined;
  constructor(reason: string, detail?: string) {
    super(reason);
    this.detail = detail;
  }
}

export class Reading {
  readonly issues: Issue[] = [];
  readonly fields: Fields;
  readonly account: SourceAccount;
  readonly #kind: RecordKind;
  /** Several things of a record may be told by one and the same date. */
  readonly #moments = new Map<string, Moment>();

  constructor(kind: RecordKind, raw: RawRecord, account: SourceAccount) {
    this.#kind = kind;
    this.fields = raw.fields;
    this.account = account;
    for (const field of raw.cut) this.mended('a very long text was cut', field);
    if (Object.values(raw.fields).some((value) => value?.includes('\ufffd')))
      this.mended('characters that are not UTF-8 were replaced by “�”');
  }

  /** The trimmed text, or null for nil, missing and empty alike. */
  text(...names: string[]): string | null {
    for (const name of names) {
      const value = this.fields[name]?.trim();
      if (value) return value;
    }
    return null;
  }

  /** One line of at most `max` characters. */
  line(max: number, ...names: string[]): string | null {
    return this.fitLine(this.text(...names), max);
  }

  fitLine(value: string | null, max: number): string | null {
    const line = value?.replace(/\s+/g, ' ').trim();
    return line ? this.#fit(line, max) : null;
  }

  /** Several lines of at most `max` characters. */
  prose(max: number, ...names: string[]): string | null {
    return this.fitProse(this.text(...names), max);
  }

  fitProse(value: string | null, max: number): string | null {
    return value && this.#fit(value.replace(/\r\n?/g, '\n'), max);
  }

  /** @throws {Unusable} */
  id(name = 'id'): string {
    const value = this.text(name);
    if (!value) throw new Unusable(name === 'id' ? 'it has no id' : `it has no ${name.replace(/_/g, '-')}`);
    if (!/^[\w.-]{1,60}$/.test(value)) throw new Unusable(`its ${name.replace(/_/g, '-')} is not an id`, value.slice(0, 80));
    return value;
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.text(name)?.toLowerCase();
    return value ? value === 'true' || value === '1' : otherwise;
  }

  /** @throws {Unusable} */
  money(...names: string[]): number | null {
    return this.#number('amount', currencyDigits(this.account.currency), names);
  }

  /** @throws {Unusable} */
  thousandths(...names: string[]): number | null {
    return this.#number('quantity', 3, names);
  }

  /** @throws {Unusable} */
  moment(...names: string[]): Moment | null {
    const name = names.find((each) => this.text(each));
    const value = name && this.text(name);
    if (!name || !value) return null;
    const moment = this.#moments.get(value) ?? momentOf(value, this.account.timeZone);
    if (!moment) throw new Unusable('a date is not a date', `${name}: ${value.slice(0, 80)}`);
    this.#moments.set(value, moment);
    return moment;
  }

  mended(reason: string, detail?: string): void {
    this.#issue('mended', reason, detail);
  }

  noted(reason: string, detail?: string): void {
    this.#issue('noted', reason, detail);
  }

  #number(what: string, decimals: number, names: string[]): number | null {
    const name = names.find((each) => this.text(each));
    const value = name && this.text(name);
    if (!name || !value) return null;
    const number = scaled(value, decimals);
    if (!number) throw new Unusable(`its ${what} is not a number`, `${name}: ${value.slice(0, 80)}`);
    if (!number.exact) this.mended(`its ${what} had too many decimals and was rounded`, `${name}: ${value}`);
    return number.value;
  }

  #fit(value: string, max: number): string {
    if (value.length <= max) return value;
    this.mended('a text was cut to the length we keep', `${value.length} of ${max} characters`);
    return `${value.slice(0, max - 1).toWellFormed().replace(/\ufffd$/, '').trimEnd()}…`;
  }

  #issue(outcome: Issue['outcome'], reason: string, detail?: string): void {
    this.issues.push({
      outcome, kind: this.#kind, id: this.text('id'), reason, ...(detail === undefined ? {} : { detail }), record: this.fields,
    });
  }
}
