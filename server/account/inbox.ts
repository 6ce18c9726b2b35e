/** What somebody in the office must see. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { inboxItem, inboxQuery } from '../contract/account.ts';
import type { InboxItemsTable } from '../database/schema.ts';
import { trustPages } from '../access/handoffs.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { pageOf } from '../platform/paging.ts';
import { notFound } from '../platform/problems.ts';

type Item = z.input<typeof inboxItem>;

const texts: Record<Item['kind'], string> = {
  handoffsFailing:
    'People open their links but do not arrive on your main page. They are led to the hosted page for now. Check that the widget is still on that page.',
  notMe: 'Somebody who received a link from you says that it is not for them. Look whether the address is right.',
};

export const listInbox = (scope: Scope, query: z.output<typeof inboxQuery>) =>
  pageOf(scope.from('inbox_items').selectAll().where('done_at', query.done === 'true' ? 'is not' : 'is', null), 'id', query, viewItem);

/** Doing it twice is the same as once. */
export async function markDone(scope: Scope, id: string): Promise<Item> {
  await scope.update('inbox_items').set({ done_at: now() }).where('id', '=', id).where('done_at', 'is', null).execute();
  const row = await scope.from('inbox_items').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  // Looked after: people are led to the page again, and three more failures would tell again.
  if (row.kind === 'handoffsFailing') await trustPages(scope);
  return viewItem(row);
}

const viewItem = (row: Selectable<InboxItemsTable>): Item => ({
  id: row.id, kind: row.kind, text: texts[row.kind], customerId: row.customer_id, createdAt: row.created_at, doneAt: row.done_at,
});
