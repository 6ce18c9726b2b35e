import assert from 'node:assert/strict';
import { test } from 'node:test';
import Sqlite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import pg from 'pg';
import { emptyTestDatabase, testEngine } from '../../testing.ts';
import { indexCustomers } from '../../work/customer-words.ts';
import { openDatabase } from '../open.ts';
import { accountColumns, scopeOf } from '../scope.ts';
import { migrations } from './index.ts';

const raw = (url: string) =>
  new Kysely<unknown>({
    dialect: testEngine === 'sqlite' ? new SqliteDialect({ database: new Sqlite(url.slice('sqlite:'.length)) }) : new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
  });

test('customers of an earlier release are found by their words after it, in every account', async () => {
  const { url, remove } = await emptyTestDatabase();
  const before = raw(url);
  const at = '2026-01-01T00:00:00.000Z';
  try {
    if (testEngine === 'sqlite') await sql`pragma synchronous = off`.execute(before);
    for (const name of ['0001-first-journey', '0002-documents', '0003-payments']) await migrations[name]!(before, testEngine);
    await sql`create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null)`.execute(before);
    for (const name of ['0001-first-journey', '0002-documents', '0003-payments']) await sql`insert into kysely_migration (name, timestamp) values (${name}, ${at})`.execute(before);
    for (const account of ['acct_a', 'acct_b']) {
      await sql`insert into accounts (id, slug, name, accent, country, time_zone, locale, currency, marketing, booking_published, failed_handoffs, created_at)
        values (${account}, ${account}, 'Acme', '#000000', 'US', 'America/New_York', 'en', 'USD', 0, 0, 0, ${at})`.execute(before);
      // More than are read at once.
      for (let index = 0; index < 620; index++) {
        const id = `cust_${String(index).padStart(4, '0')}`;
        await sql`insert into customers (account_id, id, created_at, updated_at, number, name, company, active, search_text) values (${account}, ${id}, ${at}, ${at}, ${String(index)}, ${`Émile Person${index}`}, 0, 1, '')`.execute(before);
        if (index % 3 === 0)
          await sql`insert into contacts (account_id, id, created_at, updated_at, customer_id, name, email, mobile, can_approve, can_pay, notify_by_email, notify_by_sms, search_text)
            values (${account}, ${`cont_${id}`}, ${at}, ${at}, ${id}, 'Zoë Ångström', ${`zoe${index}@example.com`}, '+14045550142', 1, 1, 1, 0, '')`.execute(before);
        if (index % 4 === 0)
          await sql`insert into addresses (account_id, id, created_at, updated_at, customer_id, line1, city, region, postal_code, country, search_text)
            values (${account}, ${`addr_${id}`}, ${at}, ${at}, ${id}, ${`${index} Peachtree Street`}, 'Atlanta', 'GA', '30309', 'US', '')`.execute(before);
      }
    }
    await before.destroy();
    const opened = await openDatabase(url);
    try {
      for (const id of ['acct_a', 'acct_b']) {
        const account = await opened.db.selectFrom('accounts').select(accountColumns).where('id', '=', id).executeTakeFirstOrThrow();
        const scope = scopeOf(opened.db, opened.engine, account);
        const kept = async () => [
          await scope.from('customer_words').select(['customer_id', 'word']).orderBy('customer_id').orderBy('word').execute(), await scope.from('search_typos').select(['typo', 'word']).orderBy('typo').orderBy('word').execute(),
        ];
        const filled = await kept();
        assert.ok(filled[0]!.length > 620 * 3 && filled[1]!.length > 20);
        await scope.delete('customer_words').execute();
        await scope.delete('search_typos').execute();
        await indexCustomers(scope, (await scope.from('customers').select('id').execute()).map((row) => row.id));
        assert.deepEqual(filled, await kept());
        assert.equal((await scope.from('customers').select('name_key').where('id', '=', 'cust_0619').executeTakeFirstOrThrow()).name_key, 'emile person619');
      }
    } finally {
      await opened.close();
    }
  } finally {
    await remove();
  }
});
