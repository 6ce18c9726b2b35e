/** What somebody in the office must see. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { inboxItem, inboxQuery } from '../contract/account.ts';
import type { InboxItemsTable } from '../database/schema.ts';
import { trustPages } from '../access/handoffs.ts';
import type { AccountRow, Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { pageOf } from '../platform/paging.ts';
import { notFound } from '../platform/problems.ts';
import { inboxText, type InboxFacts } from './inbox-texts.ts';

type Item = z.input<typeof inboxItem>;

interface NewItem {
  kind: Exclude<InboxItemsTable['kind'], 'handoffsFailing' | 'notMe' | 'glyphsMissing'>;
  customerId: string | null;
  data: Partial<InboxFacts>;
}

/** Puts an item before the office, in the transaction of its cause. */
export async function addInboxItem(scope: Scope, item: NewItem): Promise<void> {
  await scope
    .insert('inbox_items', { id: newId('inboxItem'), kind: item.kind, data: JSON.stringify(item.data), customer_id: item.customerId, created_at: now(), done_at: null })
    .execute();
}

export const listInbox = (scope: Scope, query: z.output<typeof inboxQuery>) =>
  pageOf(scope.from('inbox_items').selectAll().where('done_at', query.done === 'true' ? 'is not' : 'is', null), 'id', query, (row) => viewItem(row, scope.account));

/** Doing it twice is the same as once. */
export async function markDone(scope: Scope, id: string): Promise<Item> {
  await scope.update('inbox_items').set({ done_at: now() }).where('id', '=', id).where('done_at', 'is', null).execute();
  const row = await scope.from('inbox_items').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  // Looked after: people are led to the page again, and three more failures would tell again.
  if (row.kind === 'handoffsFailing') await trustPages(scope);
  return viewItem(row, scope.account);
}

function viewItem(row: Selectable<InboxItemsTable>, account: AccountRow): Item {
  const data = JSON.parse(row.data) as Partial<InboxFacts>;
  return {
    id: row.id, kind: row.kind, text: inboxText(row.kind, data, account), customerId: row.customer_id, words: data.words ?? null, document: data.document ?? null,
    createdAt: row.created_at, doneAt: row.done_at,
  };
}
