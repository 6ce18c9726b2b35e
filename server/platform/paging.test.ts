import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Scope } from '../database/scope.ts';
import { makeAccount, openTestDatabase, soak, type TestDatabase } from '../testing.ts';
import { newId, now } from './ids.ts';
import { fromCursor, pageOf, toCursor } from './paging.ts';
import { Problem } from './problems.ts';

let database: TestDatabase;
let acme: Scope;
const ids: string[] = [];
before(async () => {
  database = await openTestDatabase();
  acme = await makeAccount(database);
  for (let i = 0; i < 30; i++) ids.unshift(await item(acme));
  await item(await makeAccount(database, 'verde'));
});
after(() => database.close());

async function item(scope: Scope): Promise<string> {
  const id = newId('inboxItem');
  await scope.insert('inbox_items', { id, kind: 'notMe', data: '{}', customer_id: null, created_at: now(), done_at: null }).execute();
  return id;
}
const page = (cursor?: string, limit?: number) => pageOf(acme.from('inbox_items').select('inbox_items.id'), 'inbox_items.id', { cursor, limit }, (row) => row.id);
const isRefusal = (error: unknown) => error instanceof Problem && error.code === 'invalid_request' && error.errors?.[0]?.path === '/cursor';

/** What people and programs send: nonsense, other lists' cursors, other JSON, and text that databases choke on. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.base64String(),
  fc.json().map((json) => Buffer.from(json).toString('base64url')),
  fc.array(fc.string({ unit: 'binary' })).map((parts) => toCursor(...parts)),
  fc.constantFrom('', '0', 'null', '../../etc/passwd', "' or 1=1 --", toCursor('\0'), toCursor('\ud800'), toCursor("'; drop table jobs; --"), toCursor('a', 'b'), toCursor(), `${'W10'.repeat(60)}`),
);

test('pages of any size hold every item once, newest first, and nothing of another account', async () => {
  for (const limit of [1, 7, 10, 29, 30, 31, undefined]) {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await page(cursor, limit);
      assert.ok(items.length > 0 && items.length <= (limit ?? 25));
      found.push(...items);
      cursor = nextCursor ?? undefined;
    } while (cursor);
    assert.deepEqual(found, ids, `limit ${limit}`);
  }
});

test('a cursor holds its place while items come and go', async () => {
  const { nextCursor } = await page(undefined, 10);
  const newer = await item(acme);
  const { items } = await page(nextCursor!, 10);
  assert.deepEqual(items, ids.slice(10, 20));
  await acme.delete('inbox_items').where('id', '=', newer).execute();
});

test('what was put into a cursor comes out of it', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }).filter((part) => !/\p{Cc}/u.test(part)), { minLength: 1, maxLength: 3 }), (parts) => assert.deepEqual(fromCursor(toCursor(...parts), parts.length), parts)),
  );
});

test('a cursor that is none of ours is refused, never an error of the database', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (cursor) => {
      // An empty cursor is none.
      if (!cursor) return;
      try {
        const { items } = await page(cursor);
        assert.ok(items.every((id) => ids.includes(id)));
      } catch (error) {
        assert.ok(isRefusal(error), String(error));
      }
    }),
    { numRuns: soak(3000) },
  );
});
