/** Identifiers and the clock. */
import { monotonicFactory } from 'ulid';

const ulid = monotonicFactory();

/** What each kind of record's id begins with. */
export const prefixes = {
  account: 'acct', page: 'page', staff: 'staff', apiKey: 'key', customer: 'cust', contact: 'cont', address: 'addr', job: 'job',
  visit: 'vis', charge: 'chg', estimate: 'est', invoice: 'inv', decision: 'dec', remark: 'rem', allocation: 'alo', transfer: 'trf', message: 'msg', note: 'note', payment: 'pay', link: 'link', signInRequest: 'sir', session: 'sess',
  notice: 'ntc', inboxItem: 'item', outbox: 'out', stripeConnection: 'scn', attempt: 'att', refund: 'rfd', dispute: 'dsp',
} as const;

/** A new id, `<prefix>_<ULID>`, increasing within this process. */
export const newId = (kind: keyof typeof prefixes): string => `${prefixes[kind]}_${ulid()}`;

/** Now, UTC ISO 8601 with milliseconds: the form of every stored time, so that text order is time order. */
export const now = (): string => new Date().toISOString();

/** `seconds` after now (or `from`), in the stored form. */
export const after = (seconds: number, from = Date.now()): string => new Date(from + seconds * 1000).toISOString();
