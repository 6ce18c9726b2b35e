import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase, testEngine } from '../testing.ts';
import { tellPlanner } from './planner.ts';

if (testEngine === 'sqlite')
  test('what one customer or job has is looked up, and not sought through the whole account', async () => {
    const database = await openTestDatabase();
    const plan = async (query: string) => (await sql<{ detail: string }>`${sql.raw(`explain query plan ${query}`)}`.execute(database.db)).rows.map((row) => row.detail).join('\n');
    for (const [table, column, order] of [
      ['jobs', 'customer_id', 'created_at desc, id'], ['estimates', 'customer_id', 'created_at desc, id'], ['invoices', 'customer_id', 'created_at desc, id'], ['invoices', 'job_id', 'created_at desc, id'],
      ['payments', 'customer_id', 'id'], ['messages', 'customer_id', 'id'], ['contacts', 'customer_id', 'id'], ['addresses', 'customer_id', 'id'], ['customers', 'parent_id', 'name_key'],
    ] as const)
      assert.match(await plan(`select * from ${table} where account_id = 'a' and ${column} = 'c' order by ${order} desc limit 26`), new RegExp(`\\(account_id=\\? AND ${column}=\\?\\)`), `${table} by ${column}`);
    assert.match(await plan(`select id from invoices where account_id = 'a' and number >= '1' and number < '2' order by number limit 100`), /number>\? AND number<\?/);
    // Said once, it is not written again.
    const changes = async () => (await sql<{ n: number }>`select total_changes() as n`.execute(database.db)).rows[0]!.n;
    const before = await changes();
    await tellPlanner(database.db);
    assert.equal(await changes(), before);
    await database.close();
  });
else test('PostgreSQL looks at its tables by itself', () => assert.equal(testEngine, 'postgres'));
