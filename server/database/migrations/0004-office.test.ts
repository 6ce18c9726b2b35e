import assert from 'node:assert/strict';
import { test } from 'node:test';
import Sqlite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import pg from 'pg';
import { countInbox, listInbox } from '../../inbox/inbox.ts';
import { inboxQuery } from '../../contract/inbox.ts';
import { addInboxItem } from '../../platform/attention.ts';
import { newId, now } from '../../platform/ids.ts';
import { emptyTestDatabase, testEngine } from '../../testing.ts';
import { openDatabase } from '../open.ts';
import { scopeOf, type AccountRow } from '../scope.ts';
import { migrations } from './index.ts';

/** A database as an earlier release left it, at the migration named. */
async function openAt(url: string, last: string): Promise<Kysely<Record<string, Record<string, unknown>>>> {
  const db = new Kysely<Record<string, Record<string, unknown>>>({
    dialect: testEngine === 'postgres' ? new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) : new SqliteDialect({ database: new Sqlite(url.slice('sqlite:'.length)) }),
  });
  const until = Object.entries(migrations).filter(([name]) => name <= last).map(([name, up]): [string, Migration] => [name, { up: (migrating) => up(migrating, testEngine) }]);
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => Object.fromEntries(until) } }).migrateToLatest();
  assert.ifError(error);
  return db;
}

test('items of an earlier release keep their place, their state and what they are about, and are not told of again', async () => {
  const { url, remove } = await emptyTestDatabase();
  const old = await openAt(url, '0003-payments');
  const account = { id: newId('account'), slug: 'acme', name: 'Acme', accent: '#000000', country: 'US', time_zone: 'America/New_York', locale: 'en', currency: 'USD', marketing: 1, booking_published: 0, failed_handoffs: 0, created_at: now() };
  await old.insertInto('accounts').values(account).execute();
  const invoice = newId('invoice');
  const add = async (kind: string, data: object, done_at: string | null = null) => {
    const id = newId('inboxItem');
    await old.insertInto('inbox_items').values({ account_id: account.id, id, kind, data: JSON.stringify(data), customer_id: null, created_at: now(), done_at }).execute();
    return id;
  };
  const link = newId('link');
  const [first, again, missing, failing, done] = [
    await add('notMe', { linkId: link }), await add('notMe', { linkId: link }), await add('glyphsMissing', { document: { kind: 'invoice', id: invoice }, number: '1003', customer: 'Piñe Street', version: 2, missing: 1 }),
    await add('handoffsFailing', {}), await add('paymentReceived', { document: { kind: 'invoice', id: invoice }, number: '1003', customer: 'Pine Street', words: null, version: 1 }, now()),
  ];
  await old.destroy();

  const database = await openDatabase(url);
  const scope = scopeOf(database.db, database.engine, account as unknown as AccountRow);
  const nobody = { kind: 'nobody' } as const;
  const ids = async (query: object) => (await listInbox(scope, nobody, inboxQuery.parse(query))).items.map((item) => item.id);
  assert.deepEqual(await ids({}), [failing, missing, again, first]);
  assert.deepEqual([await ids({ state: 'done' }), await ids({ topic: 'delivery', unread: 'true' }), await ids({ q: 'PINE 1003' })], [[done], [failing, missing, again, first], [missing]]);
  for (const cause of [`notMe:${link}`, `glyphsMissing:${invoice}:2`, 'handoffsFailing']) await scope.transaction((trx) => addInboxItem(trx, { kind: 'notMe', customerId: null, data: {}, cause }));
  assert.deepEqual(await countInbox(scope, nobody), { open: 4, unread: 4, mine: 0, snoozed: 0 });
  await database.close();
  await remove();
});
