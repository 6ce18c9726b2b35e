import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { emptyTestDatabase, openTestDatabase, soak, testEngine } from '../testing.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { startChild } from './testing/child.ts';

/** Everything that migrations make, in words that two databases can be compared by. */
async function shapeOf({ db }: OpenDatabase): Promise<string[]> {
  const { rows } =
    testEngine === 'sqlite'
      ? await sql<{ line: string }>`select coalesce(sql, name) as line from sqlite_master order by name`.execute(db)
      : await sql<{ line: string }>`
          select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as line from information_schema.columns where table_schema = 'public'
          union all select indexdef from pg_indexes where schemaname = 'public'
          union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
          order by 1`.execute(db);
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return [...rows.map((row) => row.line), ...applied.rows.map((row) => row.name)];
}

test(`a first start killed at ${soak(50)} moments is completed by the next one`, async () => {
  const started = performance.now();
  const whole = await openTestDatabase();
  const takes = Math.ceil(performance.now() - started);
  const shape = await shapeOf(whole);
  await whole.close();
  assert.ok(shape.length > 40);
  for (let i = 0; i < soak(50); i++) {
    const { url, remove } = await emptyTestDatabase();
    const child = startChild('opener.ts', { url, exclusive: true });
    await child.loaded;
    child.go();
    await sleep(randomInt(takes));
    await child.kill();
    const next = await openDatabase(url, { exclusive: true });
    assert.deepEqual(await shapeOf(next), shape);
    await next.close();
    await remove();
  }
});
