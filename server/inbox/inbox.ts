/** What somebody in the office must see: listed, counted, read, looked after, put off. */
import { sql, type SelectQueryBuilder, type Selectable } from 'kysely';
import { decodeTime } from 'ulid';
import type { z } from 'zod';
import { trustPages } from '../access/handoffs.ts';
import type { inboxChange, InboxCounts, InboxItem, InboxKind, inboxQuery } from '../contract/inbox.ts';
import type { Database, InboxItemsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import type { Actor } from '../platform/actor.ts';
import { positionOf, type InboxFacts } from '../platform/attention.ts';
import { after, newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { enqueue } from '../platform/outbox.ts';
import { fromCursor, PAGE_SIZE, toCursor } from '../platform/paging.ts';
import { invalidField, notFound } from '../platform/problems.ts';
import { containing, searchable } from '../platform/text.ts';
import { inboxText } from './texts.ts';

export type ItemRow = Selectable<InboxItemsTable>;

/** Counts go no further, so that they cost the same however full the inbox is. */
const MOST_COUNTED = 1000;
/** Seconds ahead that something can be put off. */
const LONGEST_SNOOZE = 366 * 24 * 3600;

const tones: Record<InboxKind, InboxItem['tone']> = {
  estimateApproved: 'ok', paymentReceived: 'ok',
  changesRequested: 'warn', paymentOverpaid: 'warn', handoffsFailing: 'warn', notMe: 'warn',
  estimateDeclined: 'bad', paymentFailed: 'bad', paymentDisputed: 'bad', refundFailed: 'bad', stripeDisconnected: 'bad', noticeFailed: 'bad',
  glyphsMissing: 'plain',
};

/** Newest first: by when it came, or came back. */
export async function listInbox(scope: Scope, actor: Actor, query: z.output<typeof inboxQuery>): Promise<{ items: InboxItem[]; nextCursor: string | null }> {
  const { limit = PAGE_SIZE, cursor } = query;
  let rows = scope.from('inbox_items').selectAll().where('state', '=', query.state);
  if (query.unread) rows = rows.where('read_at', 'is', null);
  if (query.topic) rows = rows.where('topic', '=', query.topic);
  if (query.customerId) rows = rows.where('customer_id', '=', query.customerId);
  if (query.assignee !== undefined) rows = query.assignee === 'none' ? rows.where('assignee_id', 'is', null) : rows.where('assignee_id', '=', assigneeOf(actor, query.assignee));
  for (const word of searchable(query.q).split(' ').filter(Boolean).slice(0, 8)) rows = rows.where(sql<boolean>`search_text like ${containing(word)} escape '\\'`);
  if (cursor) rows = rows.where('position', '<', fromCursor(cursor, 1)[0]!);
  const found = await rows.orderBy('position', 'desc').limit(limit + 1).execute();
  const page = found.slice(0, limit);
  return { items: await viewItems(scope, page), nextCursor: found.length > limit ? toCursor(page.at(-1)!.position) : null };
}

function assigneeOf(actor: Actor, asked: string): string {
  if (asked !== 'me') return asked;
  if (actor.kind !== 'staff') throw invalidField('/assignee', 'an API key is nobody of the staff');
  return actor.staffId;
}

export async function countInbox(scope: Scope, actor: Actor): Promise<InboxCounts> {
  const count = async (rows: SelectQueryBuilder<Database, 'inbox_items', object>) => {
    const { counted } = await scope.db.selectFrom(rows.select('id').limit(MOST_COUNTED).as('some')).select((row) => row.fn.countAll<number>().as('counted')).executeTakeFirstOrThrow();
    return Number(counted);
  };
  const open = scope.from('inbox_items').where('state', '=', 'open');
  return {
    open: await count(open), unread: await count(open.where('read_at', 'is', null)), mine: actor.kind === 'staff' ? await count(open.where('assignee_id', '=', actor.staffId)) : 0,
    snoozed: await count(scope.from('inbox_items').where('state', '=', 'snoozed')),
  };
}

/** @throws {Problem} `not_found`. */
export async function itemRow(scope: Scope, id: string): Promise<ItemRow> {
  const row = await scope.from('inbox_items').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

export const viewItem = async (scope: Scope, row: ItemRow): Promise<InboxItem> => (await viewItems(scope, [row]))[0]!;

/** Reads it, gives it to somebody, puts it off, is done with it. What is as it was already stays as it is. */
export const changeItem = (scope: Scope, id: string, change: z.output<typeof inboxChange>): Promise<InboxItem> =>
  scope.transaction(async (trx) => {
    const query = trx.from('inbox_items').selectAll().where('id', '=', id);
    const row = await (trx.engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
    if (!row) throw notFound();
    const next = { ...row };
    if (change.read !== undefined) next.read_at = change.read ? (row.read_at ?? now()) : null;
    if (change.assigneeId !== undefined) next.assignee_id = change.assigneeId === null ? null : await ofStaff(trx, change.assigneeId);
    if (change.done !== undefined) next.done_at = change.done ? (row.done_at ?? now()) : null;
    if (change.snoozedUntil !== undefined) next.snoozed_until = change.snoozedUntil === null ? null : untilOf(change.snoozedUntil);
    if (next.done_at !== null && change.snoozedUntil) throw invalidField('/snoozedUntil', 'what is done comes back by itself no more');
    if (next.done_at !== null) next.snoozed_until = null;
    next.state = next.done_at !== null ? 'done' : next.snoozed_until !== null ? 'snoozed' : 'open';
    // Back by hand: whoever fetched it finds it where new things are.
    if (row.state === 'snoozed' && next.state === 'open') next.position = positionOf(newId('inboxItem'));
    if (row.kind === 'handoffsFailing' && next.done_at !== null && row.done_at === null) {
      // Looked after: people are led to the page again, and three more failures tell again.
      next.cause = null;
      await trustPages(trx);
    }
    const { account_id: _account, id: _id, ...columns } = next;
    if (Object.entries(columns).every(([column, value]) => row[column as keyof ItemRow] === value)) return viewItem(trx, row);
    await trx.update('inbox_items').set(columns).where('id', '=', id).execute();
    if (next.state === 'snoozed' && next.snoozed_until !== row.snoozed_until)
      await enqueue(trx, 'inboxWake', { itemId: id, until: next.snoozed_until }, (Date.parse(next.snoozed_until!) - Date.now()) / 1000);
    await announce(trx, 'inbox', id);
    return viewItem(trx, next);
  });

/** Foreign is absent. */
async function ofStaff(scope: Scope, id: string): Promise<string> {
  if (!(await scope.from('staff').select('id').where('id', '=', id).executeTakeFirst())) throw invalidField('/assigneeId', 'nobody of the staff');
  return id;
}

function untilOf(moment: string): string {
  const time = Date.parse(moment);
  if (time <= Date.now()) throw invalidField('/snoozedUntil', 'is past already');
  if (time > Date.parse(after(LONGEST_SNOOZE))) throw invalidField('/snoozedUntil', 'is more than a year ahead');
  return new Date(time).toISOString();
}

/** Back from its snooze: unread, and where new things are; unless the snooze was changed meanwhile. */
export const wakeItem = (scope: Scope, id: string, until: string): Promise<void> =>
  scope.transaction(async (trx) => {
    const woken = await trx
      .update('inbox_items')
      .set({ state: 'open', snoozed_until: null, read_at: null, position: positionOf(newId('inboxItem')) })
      .where('id', '=', id)
      .where('state', '=', 'snoozed')
      .where('snoozed_until', '=', until)
      .executeTakeFirst();
    if (woken.numUpdatedRows) await announce(trx, 'inbox', id);
  });

/** With the names of whom and what they are about, each looked up once. */
async function viewItems(scope: Scope, rows: ItemRow[]): Promise<InboxItem[]> {
  const ids = (column: 'customer_id' | 'job_id' | 'assignee_id') => [...new Set(rows.map((row) => row[column]).filter((id) => id !== null))];
  const named = async (table: 'customers' | 'staff', wanted: string[]) =>
    new Map(wanted.length ? (await scope.from(table as 'staff').select(['id', 'name']).where('id', 'in', wanted).execute()).map((row) => [row.id, row.name]) : []);
  const customers = await named('customers', ids('customer_id'));
  const staff = await named('staff', ids('assignee_id'));
  const jobIds = ids('job_id');
  const jobs = new Map(jobIds.length ? (await scope.from('jobs').select(['id', 'number', 'service']).where('id', 'in', jobIds).execute()).map((row) => [row.id, row]) : []);
  return rows.map((row): InboxItem => {
    const data = JSON.parse(row.data) as Partial<InboxFacts>;
    const assignee = staff.get(row.assignee_id ?? '');
    // A customer who was deleted since leads nowhere.
    const customer = customers.get(row.customer_id ?? '');
    return {
      id: row.id, kind: row.kind, tone: tones[row.kind], text: inboxText(row.kind, data, scope.account), words: data.words ?? null,
      customerId: customer === undefined ? null : row.customer_id, customerName: customer ?? null, job: jobs.get(row.job_id ?? '') ?? null,
      document: data.document ? { ...data.document, number: oneNumber(data.number) } : null, amount: data.total ?? null, createdAt: row.created_at, at: arrivalOf(row), readAt: row.read_at,
      assignee: row.assignee_id !== null && assignee !== undefined ? { id: row.assignee_id, name: assignee } : null, snoozedUntil: row.snoozed_until, doneAt: row.done_at,
    };
  });
}

/** Of a payment of several documents, the item names none of them. */
const oneNumber = (number: string | undefined): string | null => (number && !number.includes(', ') ? number : null);

/** An item that came back has another place than its own. */
const arrivalOf = ({ id, position, created_at: made }: ItemRow): string => (position && position !== positionOf(id) ? new Date(decodeTime(position)).toISOString() : made);
