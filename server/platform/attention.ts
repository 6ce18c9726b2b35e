/** Puts something before the office, in the transaction of its cause. What it says and what becomes of it is the inbox's (`server/inbox`). */
import type { InboxKind, InboxTopic } from '../contract/inbox.ts';
import type { Money } from '../contract/wire.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from './ids.ts';
import { announce } from './live.ts';
import { searchable } from './text.ts';

/** What is kept with an item. */
export interface InboxFacts {
  document: { kind: 'job' | 'estimate' | 'invoice'; id: string };
  /** Of the document; of a payment of several, all of theirs. */
  number: string;
  /** The customer's name on file. */
  customer: string;
  version: number;
  /** Who did it, as they signed. */
  by?: string;
  /** The contact who did it, to whom an answer goes. */
  contactId?: string | null;
  /** What the customer wrote with it: for the office's eyes, never part of the text. */
  words?: string | null;
  total?: Money;
  /** Characters of its PDF that no font has. */
  missing?: number;
  /** Of a message that did not arrive: where it went, and to whom on file. */
  to?: string | null;
  person?: string | null;
}

export interface NewItem {
  kind: InboxKind;
  customerId: string | null;
  jobId?: string | null;
  data: Partial<InboxFacts>;
  /** What it is made for once; a second item of the same cause is not made. */
  cause?: string;
}

const topics: Record<InboxKind, InboxTopic> = {
  estimateApproved: 'decisions', changesRequested: 'decisions', estimateDeclined: 'decisions',
  paymentReceived: 'payments', paymentFailed: 'payments', paymentOverpaid: 'payments', paymentDisputed: 'payments', refundFailed: 'payments', stripeDisconnected: 'payments',
  noticeFailed: 'delivery', handoffsFailing: 'delivery', notMe: 'delivery', glyphsMissing: 'delivery',
};

export async function addInboxItem(scope: Scope, { kind, customerId, jobId = null, data, cause }: NewItem): Promise<void> {
  const id = newId('inboxItem');
  const made = await scope
    .insert('inbox_items', {
      id, kind, data: JSON.stringify(data), customer_id: customerId, job_id: jobId, position: positionOf(id), topic: topics[kind], cause: cause ?? null,
      search_text: searchable(data.customer, data.number, data.by, data.person, data.to, data.words), created_at: now(), done_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows) await announce(scope, 'inbox', id);
}

/** The place of what has come, or come back, now: an id's ULID, which grows with time. */
export const positionOf = (id: string): string => id.slice(id.indexOf('_') + 1);
