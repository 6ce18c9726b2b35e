import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, mock, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '../database/scope.ts';
import { makeAccount, openTestDatabase, soak, testEngine, type TestDatabase } from '../testing.ts';
import { enqueue, outboxWorker, PermanentFailure, type OutboxHandler } from './outbox.ts';

let database: TestDatabase;
let acme: Scope;
let verde: Scope;
/** What was logged of failures. */
let logged: string[];
const log = { error: (_: object, message: string) => void logged.push(message) };
const worker = (handlers: Record<string, OutboxHandler>, on: TestDatabase = database) => outboxWorker(on, handlers, log);

before(async () => {
  database = await openTestDatabase();
  acme = await makeAccount(database, 'acme');
  verde = await makeAccount(database, 'verde');
});
after(() => database.close());
beforeEach(async () => {
  logged = [];
  await database.db.deleteFrom('outbox').execute();
});
afterEach(() => mock.timers.reset());

const rows = () => database.db.selectFrom('outbox').selectAll().orderBy('id').execute();
const startClock = () => mock.timers.enable({ apis: ['Date'], now: Date.now() });

test('a job of a cause that was rolled back never was', async () => {
  await assert.rejects(
    acme.transaction(async (trx) => {
      await enqueue(trx, 'mail', {});
      throw new Error('the cause failed');
    }),
  );
  assert.equal(await worker({ mail: async () => assert.fail('sent') }).drain(), 0);
});

test(`a worker killed before, in or after its work loses none of ${soak(100)} jobs, and another takes over when the lease ends`, async () => {
  startClock();
  const done = new Map<unknown, number>();
  const count = (payload: Record<string, unknown>) => void done.set(payload['n'], (done.get(payload['n']) ?? 0) + 1);
  const JOBS = soak(100);
  let kills = 0;
  for (const step of ['before', 'after'] as const) {
    for (let n = 0; n < JOBS; n++) await enqueue(acme, 'mail', { n: `${step}-${n}` });
    // Dead from here: its promise never ends, and its leases stay.
    await new Promise<void>((resolve) => {
      const handler: OutboxHandler = (_job, payload) => {
        if (step === 'after') count(payload);
        resolve();
        return new Promise(() => undefined);
      };
      void worker({ mail: handler }).drain();
    });
    kills += 1;
    const held = (await rows()).filter((row) => row.leased_until && !row.done_at);
    const leased = new Set(held.map((row) => row.id));
    mock.timers.setTime(Date.parse(held[0]!.leased_until!) - 1000);
    await worker({ mail: async (job, payload) => (assert.ok(!leased.has(job.id), 'taken before its lease ended'), count(payload)) }).drain();
    mock.timers.tick(2000);
  }
  await worker({ mail: async (_job, payload) => count(payload) }).drain();
  assert.equal(done.size, 2 * JOBS);
  assert.ok([...done.values()].reduce((sum, times) => sum + times, 0) <= 2 * JOBS + kills, 'repeated at most once a kill');
  assert.deepEqual((await rows()).filter((row) => !row.done_at), []);
});

test('two workers share the work: each job is done once', async () => {
  const second = testEngine === 'postgres' ? { ...database, ...(await database.reopen()) } : undefined;
  const done: unknown[] = [];
  const mail: OutboxHandler = async (_job, { n }) => {
    await sleep(1);
    done.push(n);
  };
  for (let n = 0; n < 60; n++) await enqueue(acme, 'mail', { n });
  for (let turn = 0; turn < 5; turn++) await Promise.all([worker({ mail }).drain(), worker({ mail }, second).drain()]);
  assert.deepEqual(done.toSorted((a, b) => Number(a) - Number(b)), Array.from({ length: 60 }, (_, n) => n));
  await second?.close();
});

test('a failure is tried again later and later, and given up after twelve times', async () => {
  startClock();
  await enqueue(acme, 'mail', {});
  const pauses: number[] = [];
  for (let attempt = 1; attempt <= 12; attempt++) {
    const time = Date.now();
    assert.equal(await worker({ mail: () => Promise.reject(new Error('no connection to the mail server')) }).drain(), 1, `attempt ${attempt}`);
    const [row] = await rows();
    if (attempt === 12) break;
    assert.equal(row!.done_at, null);
    const pause = Date.parse(row!.run_at) - time;
    pauses.push(Math.round(pause / 1000));
    mock.timers.tick(pause - 1);
    assert.equal(await worker({}).drain(), 0, 'not before its time');
    mock.timers.tick(2);
  }
  assert.deepEqual(pauses, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
  const [row] = await rows();
  assert.ok(row!.done_at);
  assert.match(row!.error!, /no connection/);
  assert.equal(logged.at(-1), 'a job failed for good');
});

test('what cannot succeed is not tried again, and holds up nothing', async () => {
  const done: unknown[] = [];
  await enqueue(acme, 'mail', { n: 1 });
  await enqueue(acme, 'unheard of', {});
  await enqueue(acme, 'mail', { n: 2 });
  const mail: OutboxHandler = async (_job, { n }) => {
    if (n === 1) throw new PermanentFailure('no such address');
    done.push(n);
  };
  await worker({ mail }).drain();
  assert.deepEqual(done, [2]);
  assert.equal((await rows()).filter((row) => row.done_at).length, 3);
});

test('a noisy account does not hold up the others', async () => {
  const order: string[] = [];
  for (let n = 0; n < soak(2000); n++) await enqueue(acme, 'mail', { account: 'acme' });
  await enqueue(verde, 'mail', { account: 'verde' });
  await worker({ mail: async (_job, { account }) => void order.push(String(account)) }).drain();
  assert.equal(order.length, soak(2000) + 1);
  assert.ok(order.indexOf('verde') < 20, `verde came ${order.indexOf('verde') + 1}th`);
});

test('a job waits for its time', async () => {
  startClock();
  await enqueue(acme, 'mail', {}, 3600);
  const mail: OutboxHandler = async () => undefined;
  assert.equal(await worker({ mail }).drain(), 0);
  mock.timers.tick(3_600_001);
  assert.equal(await worker({ mail }).drain(), 1);
});

test('a running worker is told of new work at once, and stops when it is told to', async () => {
  let done = 0;
  const running = outboxWorker(database, { mail: async () => void done++ }, log, 60_000);
  running.start();
  await sleep(50);
  await acme.transaction((trx) => enqueue(trx, 'mail', {}));
  for (let tries = 0; done === 0 && tries < 100; tries++) await sleep(20);
  assert.equal(done, 1);
  await running.stop();
  await enqueue(acme, 'mail', {});
  await sleep(100);
  assert.equal(done, 1);
});
