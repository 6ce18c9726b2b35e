/** How the screens about customers say things: when somebody was there last, how a job or document stands, why something cannot go. */
import { html, type TemplateResult } from 'lit';
import type { ApiError } from '../../data/errors.ts';
import type { Address, Keeper } from '../../data/office-customers.ts';
import type { OfficeDocumentRow, OfficeJobRow } from '../../../server/contract/office.ts';
import '../../locale/en-jobs.ts';
import type { Formats } from '../../locale/formats.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { moment } from '../ago.ts';
import '../locale/en-customers.ts';
import '../locale/en-documents.ts';

/** Under which the list remembers what was looked for, for the way back from a customer. */
export const listDraft = 'customers list';

/** A moment as people tell it, “2 days ago” or a date, with the whole moment one touch away. */
export const when = (formats: Formats, at: string): TemplateResult => html`<time datetime=${at} title=${moment(formats, at)}>${whenWords(formats, at)}</time>`;

/** The same without the mark-up. */
export function whenWords(formats: Formats, at: string): string {
  const relative = formats.relative(at);
  return relative === formats.relative(new Date(formats.now()).toISOString()) ? `${relative}, ${formats.time(at)}` : (relative ?? formats.date(at, 'medium'));
}

/** Whether a contact has ever come in, and when last. */
export const seenWords = (formats: Formats, at: string | null): string =>
  at === null ? formats.localizer.t('customer.neverIn') : formats.localizer.t('customer.lastIn', { when: whenWords(formats, at) });

/** An address in one line. */
export const addressLine = ({ line1, line2, city, region, postalCode }: Address): string => [line1, line2, city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');

type Tone = 'ok' | 'warn' | 'bad' | 'plain';
export const tinted = (tone: Tone, words: string): TemplateResult => html`<span class="pill ${tone}">${words}</span>`;

export function jobPill(t: Localizer, { status, waitsFor }: OfficeJobRow): TemplateResult {
  if (waitsFor) return tinted('warn', t.t(waitsFor === 'payment' ? 'customer.waitsPayment' : 'customer.waitsEstimate'));
  return tinted(status === 'complete' ? 'ok' : 'plain', t.t(`status.${status}`));
}

const tones: Partial<Record<OfficeDocumentRow['status'], Tone>> = { approved: 'ok', paid: 'ok', sent: 'warn', changesRequested: 'warn', declined: 'bad', overdue: 'bad' };
export const documentPill = (t: Localizer, { status }: OfficeDocumentRow): TemplateResult => tinted(tones[status] ?? 'plain', t.t(`docs.s.${status}`));

/** Why it could not be deleted: what still refers to it, else what the code says. */
export function refusal(t: Localizer, error: ApiError): string {
  const kept = (error.items as Keeper[]).filter(({ kind }) => kind in keepers);
  if (error.code !== 'conflict' || kept.length === 0) return t.problem(error.code);
  const list = new Intl.ListFormat(t.tag).format(kept.map(({ kind, count }) => t.plural(keepers[kind as keyof typeof keepers], count)));
  return t.t('customer.kept', { what: list });
}
const keepers = {
  customer: 'customer.n.customer', contact: 'customer.n.contact', address: 'customer.n.address', job: 'customer.n.job', estimate: 'customer.n.estimate', invoice: 'customer.n.invoice', payment: 'customer.n.payment',
  message: 'customer.n.message',
} as const satisfies Partial<Record<Keeper['kind'], string>>;

const systems: [pattern: RegExp, name: string][] = [
  [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'Mac'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux'],
]; // prettier-ignore
const browsers: [pattern: RegExp, name: string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'], [/OPR\/|Opera/, 'Opera'], [/SamsungBrowser/, 'Samsung Internet'], [/Firefox\/|FxiOS/, 'Firefox'], [/Chrome\/|CriOS/, 'Chrome'], [/Safari\//, 'Safari'],
]; // prettier-ignore

/** What a browser calls itself, as people call it: “Safari on iPhone”. */
export function browserWords(t: Localizer, userAgent: string): string {
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [browser, system] = [named(browsers), named(systems)];
  if (browser && system) return t.t('access.browserOn', { browser, system });
  return browser ?? system ?? t.t('access.browser');
}

/** A website without what everybody skips; null where none is known. */
export function hostOf(origin: string | null): string | null {
  return origin !== null && URL.canParse(origin) ? new URL(origin).host : origin;
}
