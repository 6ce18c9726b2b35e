/** The office's inbox: everything that needs somebody. */
import { z } from 'zod';
import { id, instant, list, money, paging, prose, ref, text } from './wire.ts';

/** What has happened. A program that does not know a kind still has `text`, `tone` and the things it is about. */
export const inboxKind = z.enum([
  'estimateApproved', 'changesRequested', 'estimateDeclined',
  'paymentReceived', 'paymentFailed', 'paymentOverpaid', 'paymentDisputed', 'refundFailed', 'stripeDisconnected',
  'noticeFailed', 'handoffsFailing', 'notMe', 'glyphsMissing',
]);
export type InboxKind = z.infer<typeof inboxKind>;

/** Kinds as people look for them: what customers decided and wrote, money, and what did not arrive. */
export const inboxTopic = z.enum(['decisions', 'payments', 'delivery']);
export type InboxTopic = z.infer<typeof inboxTopic>;

const named = z.object({ id: z.string(), name: z.string() });

/** Something that needs somebody in the office. */
export const inboxItem = z.object({
  id: id('item'),
  kind: inboxKind,
  /** How it stands out: good news, something to answer, something that failed. */
  tone: z.enum(['ok', 'warn', 'bad', 'plain']),
  /** One sentence in the account's language, made of what is on file. */
  text: z.string(),
  /** What the customer wrote with it. */
  words: z.string().nullable(),
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  job: z.object({ id: z.string(), number: z.string(), service: z.string() }).nullable(),
  /** The document it is about. */
  document: z.object({ kind: z.enum(['job', 'estimate', 'invoice']), id: z.string(), number: z.string().nullable() }).nullable(),
  amount: money.nullable(),
  createdAt: instant,
  /** For its place in the list: when it came, or when it came back from its snooze. */
  at: instant,
  /** When somebody of the office opened it first; unread until then, and again when it comes back. */
  readAt: instant.nullable(),
  /** Who of the staff looks after it. */
  assignee: named.nullable(),
  /** Out of sight until then. */
  snoozedUntil: instant.nullable(),
  doneAt: instant.nullable(),
});
export type InboxItem = z.infer<typeof inboxItem>;
export const inboxItems = list(inboxItem);

/** `open`: neither done nor snoozed. `assignee`: `me`, `none`, or a member of the staff. */
export const inboxQuery = z.strictObject({
  ...paging.shape,
  state: z.enum(['open', 'snoozed', 'done']).default('open'),
  unread: z.enum(['true']).optional(),
  topic: inboxTopic.optional(),
  assignee: ref.optional(),
  customerId: ref.optional(),
  q: text(100).optional(),
});
/** How many are open, unread among them, the caller's own, and snoozed; each counted up to 1000. */
export const inboxCounts = z.object({ open: z.int(), unread: z.int(), mine: z.int(), snoozed: z.int() });
export type InboxCounts = z.infer<typeof inboxCounts>;

/** An item with what was answered, and whom an answer reaches. */
export const inboxItemView = inboxItem.extend({
  answers: z.array(z.object({ id: z.string(), by: z.string(), body: z.string(), channels: z.array(z.enum(['email', 'sms'])), createdAt: instant })),
  /** Who answers go to, and the ways there are; null where there is nobody to answer. */
  recipient: z.object({ contactId: z.string(), name: z.string(), channels: z.array(z.enum(['email', 'sms'])) }).nullable(),
});
export type InboxItemView = z.infer<typeof inboxItemView>;

/** `assigneeId`: a member of the staff, or null for nobody. `snoozedUntil`: within a year; null brings it back. */
export const inboxChange = z.strictObject({ read: z.boolean(), assigneeId: ref.nullable(), snoozedUntil: instant.nullable(), done: z.boolean() }).partial();
export type InboxChange = z.infer<typeof inboxChange>;
/** Sent as an e-mail or a text message, with a link back to what it is about. */
export const inboxAnswer = z.strictObject({
  text: prose(4000).refine((value) => value.trim().length > 0, 'must not be empty'),
  channels: z.array(z.enum(['email', 'sms'])).min(1).max(2),
});
export type InboxAnswer = z.infer<typeof inboxAnswer>;

/**
 * One line of `GET /v1/office/events`, a stream of JSON lines (application/x-ndjson): something of the account has changed,
 * and whoever shows it reads it again. `alive` comes every 20 seconds, so that a dead connection is noticed.
 */
export const officeEvent = z.object({
  what: z.enum(['alive', 'inbox', 'customer', 'job', 'estimate', 'invoice', 'payment', 'notice', 'link', 'account']),
  id: z.string().nullable(),
});
export type OfficeEvent = z.infer<typeof officeEvent>;
/** `seconds`: the stream ends after so many, for callers that cannot wait longer. */
export const officeEventsQuery = z.strictObject({ seconds: z.coerce.number().int().min(0).max(86_400).optional() });
