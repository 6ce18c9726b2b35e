/** What has happened, in a few words of the reader's language. Kinds that this program does not know speak by their own text and tone. */
import type { InboxItem, InboxKind } from '../../../server/contract/inbox.ts';
import { html, nothing, type TemplateResult } from 'lit';
import { moment } from '../ago.ts';
import type { Formats } from '../../locale/formats.ts';
import type { Localizer } from '../../locale/localizer.ts';
import type { Key } from '../../locale/messages.ts';
import '../locale/en-inbox.ts';

/** Sentences that name the document by its number. */
const numbered = {
  estimateApproved: 'inbox.estimateApproved', changesRequested: 'inbox.changesRequested', estimateDeclined: 'inbox.estimateDeclined',
  paymentReceived: 'inbox.paymentReceived', paymentFailed: 'inbox.paymentFailed', paymentOverpaid: 'inbox.paymentOverpaid', paymentDisputed: 'inbox.paymentDisputed',
  refundFailed: 'inbox.refundFailed',
} as const satisfies Partial<Record<InboxKind, Key>>;
const notDelivered = { estimate: 'inbox.estimateNotDelivered', invoice: 'inbox.invoiceNotDelivered', job: 'inbox.jobNotDelivered' } as const;

const words: Record<InboxKind, Key> = {
  estimateApproved: 'inbox.word.approved', changesRequested: 'inbox.word.changes', estimateDeclined: 'inbox.word.declined', paymentReceived: 'inbox.word.paid',
  paymentFailed: 'inbox.word.paymentFailed', paymentOverpaid: 'inbox.word.overpaid', paymentDisputed: 'inbox.word.disputed', refundFailed: 'inbox.word.refundFailed',
  stripeDisconnected: 'inbox.word.stripe', noticeFailed: 'inbox.word.notDelivered', handoffsFailing: 'inbox.word.links', notMe: 'inbox.word.notMe', glyphsMissing: 'inbox.word.glyphs',
};
const tones = { ok: 'inbox.word.ok', warn: 'inbox.word.warn', bad: 'inbox.word.bad', plain: undefined } as const;

const has = <T extends object>(of: T, key: PropertyKey): key is keyof T => Object.hasOwn(of, key);

/** “Approved estimate 1038”. Under the customer's name; the server's whole sentence where there is none, or where it says more. */
export function phrase(t: Localizer, { kind, text, customerName, document }: InboxItem): { words: string; ours: boolean } {
  const number = document?.number;
  if (customerName && number) {
    if (has(numbered, kind)) return { words: t.t(numbered[kind], { number }), ours: true };
    if (kind === 'noticeFailed') return { words: t.t(notDelivered[document.kind], { number }), ours: true };
  }
  if (customerName && kind === 'paymentReceived') return { words: t.t('inbox.paymentReceivedAny'), ours: true };
  return { words: text, ours: false };
}

/** A state in a word, by its kind or at least by its tone. */
export const wordOf = (t: Localizer, { kind, tone }: InboxItem): string => {
  const key = has(words, kind) ? words[kind] : tones[tone];
  return key ? t.t(key as 'inbox.word.ok') : '';
};

/** Who or what it is about, as a row and a heading name it. */
export const subjectOf = (t: Localizer, item: InboxItem): string => item.customerName ?? (wordOf(t, item) || t.t('inbox.title'));

/** The state's pill, and how much it is about. In a row one of them is enough: the sentence beside it says the other. */
export function pills(t: Localizer, formats: Formats, item: InboxItem, which: 'one' | 'both' | 'amount'): TemplateResult {
  const { tone, amount } = item;
  const word = which === 'both' || (which === 'one' && !amount && item.customerName !== null) ? wordOf(t, item) : '';
  return html`${word ? html`<span class="pill ${tone}">${word}</span>` : nothing} ${amount ? html`<span class="pill ${which === 'one' ? tone : 'plain'}">${formats.money(amount)}</span>` : nothing}`;
}

/** “Nov 30 at 8 AM”. */
export const untilText = (t: Localizer, formats: Formats, at: string): string => t.t('inbox.at', { day: formats.date(at, 'short'), time: formats.time(at) });

/** That it is done, or put off; nothing while it is open. */
export function standing(t: Localizer, formats: Formats, { doneAt, snoozedUntil }: InboxItem): string {
  if (doneAt) return t.t('inbox.doneAt', { at: moment(formats, doneAt) });
  return snoozedUntil ? t.t('inbox.snoozedUntil', { at: untilText(t, formats, snoozedUntil) }) : '';
}

/** “OO” of Olga Owner. */
export const initials = (name: string): string => {
  const parts = name.split(/\s+/).filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : ''].map((part) => [...(part ?? '')][0] ?? '').join('').toUpperCase();
};
