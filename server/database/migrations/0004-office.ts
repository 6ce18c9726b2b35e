/** The office's screens: an inbox that a page of costs the same however full it is, answers, notices about answers. */
import { sql, type Kysely } from 'kysely';
import { searchable } from '../../platform/text.ts';
import type { Engine } from '../open.ts';
import { createSearch } from './0004-office-search.ts';
import { addColumns, createIndexes } from './create.ts';

const columns = {
  inbox_items: [
    `position text not null default ''`, `state text not null default 'open'`, `topic text not null default ''`, 'cause text', 'job_id text', 'read_at text', 'assignee_id text',
    'snoozed_until text', `search_text text not null default ''`,
  ],
  messages: ['staff_id text', 'channels text', 'inbox_item_id text'],
  notices: ['message_id text', 'note text'],
  accounts: [`updated_at text not null default ''`],
  pages: ['last_seen_at text'],
};

const topics = `case when kind in ('estimateApproved', 'changesRequested', 'estimateDeclined') then 'decisions'
  when kind in ('handoffsFailing', 'notMe', 'glyphsMissing') then 'delivery' else 'payments' end`;

/** Something that is in a JSON column, as text. */
const inJson = (engine: Engine, ...path: string[]): string =>
  engine === 'postgres' ? `(data::json #>> '{${path.join(',')}}')` : `cast(json_extract(data, '$.${path.join('.')}') as text)`;

const indexes = [
  // Equality first, then the place: each list begins where it is wanted, and counts stop at their thousand.
  'index inbox_items_state on inbox_items (account_id, state, position)',
  // PostgreSQL does not follow the order of an index behind “is null”: what is nobody's and what nobody has read have their own.
  'index inbox_items_unread on inbox_items (account_id, state, position) where read_at is null',
  'index inbox_items_unassigned on inbox_items (account_id, state, position) where assignee_id is null',
  'index inbox_items_assignee on inbox_items (account_id, state, assignee_id, position)',
  'index inbox_items_topic on inbox_items (account_id, state, topic, position)',
  'index inbox_items_customer on inbox_items (account_id, customer_id, state, position)',
  // Of one cause somebody is told once.
  'unique index inbox_items_cause on inbox_items (account_id, cause) where cause is not null',
  'index messages_inbox_item on messages (account_id, inbox_item_id) where inbox_item_id is not null',
];

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await addColumns(db, engine, columns);
  await sql.raw('update accounts set updated_at = created_at').execute(db);
  const id = inJson(engine, 'document', 'id');
  for (const change of [
    `position = substr(id, 6), state = case when done_at is null then 'open' else 'done' end, topic = ${topics}, read_at = done_at`,
    `cause = 'notMe:' || ${inJson(engine, 'linkId')} where kind = 'notMe'`,
    `cause = 'glyphsMissing:' || ${id} || ':' || ${inJson(engine, 'version')} where kind = 'glyphsMissing'`,
    `cause = 'handoffsFailing' where kind = 'handoffsFailing' and done_at is null`,
    `job_id = (select job_id from estimates where estimates.account_id = inbox_items.account_id and estimates.id = ${id})`,
    `job_id = (select job_id from invoices where invoices.account_id = inbox_items.account_id and invoices.id = ${id}) where job_id is null`,
    `cause = null where cause is not null and (account_id, id) not in (select account_id, min(id) from inbox_items where cause is not null group by account_id, cause)`,
  ])
    await sql.raw(`update inbox_items set ${change}`).execute(db);
  await fillSearch(db);
  await createIndexes(db, indexes);
  await createSearch(db, engine);
}

/** What items are found by, as new ones have it. */
async function fillSearch(db: Kysely<unknown>): Promise<void> {
  for (let last = { account_id: '', id: '' }; ; ) {
    const { rows } = await sql<{ account_id: string; id: string; data: string }>`
      select account_id, id, data from inbox_items where (account_id, id) > (${last.account_id}, ${last.id}) order by account_id, id limit 500`.execute(db);
    if (rows.length === 0) return;
    for (const row of rows) {
      const { customer, number, by, words } = JSON.parse(row.data) as Record<'customer' | 'number' | 'by' | 'words', string | null | undefined>;
      await sql`update inbox_items set search_text = ${searchable(customer, number, by, words)} where account_id = ${row.account_id} and id = ${row.id}`.execute(db);
    }
    last = rows.at(-1)!;
  }
}
