import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { accessJobs } from '../access/jobs.ts';
import { buildApp, servicesOf } from '../app.ts';
import { outboxWorker } from '../platform/outbox.ts';
import { makeAccount, makeApiKey, openTestDatabase, soak, testConfig, testEngine, type TestDatabase } from '../testing.ts';
import type { OpenDatabase } from './open.ts';
import { startChild, type Child } from './testing/child.ts';
import { brokenInvariants } from './testing/invariants.ts';
import type { WriterSettings } from './testing/writer.ts';

const KILLS = soak(200);
/** What the killed processes were answered: kind of record, id, and for a sign-in who asked. */
const acknowledged: [kind: string, id: string, name?: string][] = [];
let database: TestDatabase;
let apiKey: string;

before(async () => {
  database = await openTestDatabase();
  apiKey = await makeApiKey(await makeAccount(database), ['read', 'write']);
  await writeAndKill();
});
after(() => database.close());

/** Lives of a server, each cut short. The next one loads its modules while this one writes. */
async function writeAndKill(): Promise<void> {
  const load = (life: number) => startChild('writer.ts', { url: database.url, apiKey, life, writers: 8 } satisfies WriterSettings);
  let next: Child = load(0);
  for (let life = 1; life <= KILLS; life++) {
    const child = next;
    child.go();
    next = load(life);
    // Some die while they start: opening, mending what the one before left, building the app.
    if (life % 5) await child.said(randomInt(2, 150));
    await sleep(randomInt(life % 5 ? 10 : 300));
    assert.equal(child.process.exitCode, null, child.errors());
    await child.kill();
    for (const line of child.lines.filter((each) => each !== 'ready')) acknowledged.push(line.split(' ') as [string, string]);
  }
  await next.kill();
  if (testEngine === 'postgres') await othersGone(database);
}

/** A killed client's statement may still be running at the server. */
async function othersGone({ db }: OpenDatabase): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`.execute(db);
    if (rows[0]!.n === 0) return;
    await sleep(50);
  }
}

test(`no acknowledged write is lost in ${KILLS} kills -9`, async () => {
  assert.ok(acknowledged.length > 3 * KILLS, `only ${acknowledged.length} writes were acknowledged: the test says little`);
  for (const table of ['customers', 'contacts', 'jobs', 'charges', 'visits', 'sign_in_requests'] as const) {
    const stored = new Set((await database.db.selectFrom(table).select('id').execute()).map((row) => row.id));
    const lost = acknowledged.filter(([kind, id]) => kind === table && !stored.has(id));
    assert.deepEqual(lost, [], table);
  }
});

test('no half effect is left: causes and notices, records and sums, keys and answers belong together', async () => {
  assert.deepEqual(await brokenInvariants(database.db), []);
});

test('the database is sound', async () => {
  if (testEngine === 'sqlite') {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(database.db);
    assert.deepEqual(rows, [{ integrity_check: 'ok' }]);
    assert.deepEqual((await sql`pragma foreign_key_check`.execute(database.db)).rows, []);
    return;
  }
  // Every index against its table, row by row.
  await sql`create extension if not exists amcheck`.execute(database.db);
  await sql`select bt_index_check(c.oid, true) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'i' and n.nspname = 'public'`.execute(database.db);
});

test('after the last kill everything goes on: what was asked is sent, and a repeated key gets its first answer', async () => {
  const asked = acknowledged.filter(([kind]) => kind === 'sign_in_requests').slice(-20);
  assert.ok(asked.length > 0);
  const config = testConfig();
  const services = servicesOf({ config, database });
  const app = await buildApp({ config, database }, services);
  // The last life may have asked as often as its network may: repeating counts too, and limits have their own test.
  await database.db.deleteFrom('rate_buckets').execute();
  for (const [, id, name] of asked) {
    const answer = await app.inject({
      method: 'POST', url: '/v1/accounts/acme/sign-in-requests', headers: { 'idempotency-key': `sign-in-${name}` },
      payload: { address: `${name}@example.com`, challenge: 'A'.repeat(43) },
    });
    assert.equal(answer.json().id, id, answer.body);
  }
  await app.close();

  // Leases of the dead run out by themselves; the test does not wait for them.
  await database.db.updateTable('outbox').set({ leased_until: null }).where('done_at', 'is', null).execute();
  const sent = new Set<unknown>();
  const send = async (_job: object, { noticeId }: Record<string, unknown>) => void sent.add(noticeId);
  await outboxWorker(database, { ...accessJobs(services), notice: send }, { error: (_, message) => assert.fail(message) }).drain();
  const waiting = await database.db.selectFrom('notices').select('id').where('status', '=', 'queued').execute();
  assert.deepEqual(waiting.filter(({ id }) => !sent.has(id)), []);
  const unasked = await sql<{ n: number }>`select count(*) as n from sign_in_requests r where not exists (select 1 from links l where l.account_id = r.account_id and l.request_id = r.id)`.execute(database.db);
  assert.equal(unasked.rows[0]!.n, 0);
  assert.deepEqual(await brokenInvariants(database.db), []);
});
