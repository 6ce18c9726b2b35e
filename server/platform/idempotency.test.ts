import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyRequest } from 'fastify';
import { scopeOf, type Scope } from '../database/scope.ts';
import type { OpenDatabase } from '../database/open.ts';
import { makeAccount, openTestDatabase, soak, testEngine, type TestDatabase } from '../testing.ts';
import type { Actor } from './actor.ts';
import { answerOnce } from './idempotency.ts';
import { newId, now } from './ids.ts';
import { Problem } from './problems.ts';

let database: TestDatabase;
let acme: Scope;
before(async () => {
  database = await openTestDatabase();
  acme = await makeAccount(database);
});
after(() => database.close());

interface Call {
  key?: string | undefined;
  body?: unknown;
  url?: string;
  ifMatch?: string;
  actor?: Actor;
  ip?: string;
  scope?: Scope;
}
const keyOf = (keyId: string): Actor => ({ kind: 'key', keyId, scopes: ['write'] });

/** A request with an effect that can be counted: one inbox item each time it is really done. */
function send({ key, body = { wish: 1 }, url = '/v1/wishes', ifMatch, actor = keyOf('key_1'), ip = '203.0.113.9', scope = acme }: Call, work = wish, need: 'required' | 'optional' = 'required') {
  const headers = { ...(key === undefined ? {} : { 'idempotency-key': key }), ...(ifMatch ? { 'if-match': ifMatch } : {}) };
  return answerOnce({ headers, method: 'POST', url, body, actor, ip, scope } as unknown as FastifyRequest, need, (trx) => work(trx, key ?? ''));
}
async function wish(scope: Scope, key: string) {
  const id = newId('inboxItem');
  await scope.insert('inbox_items', { id, kind: 'notMe', data: key, customer_id: null, created_at: now(), done_at: null }).execute();
  return { id, key, list: [1, null, { text: '“ü”' }] };
}
const effects = async (key: string) => (await acme.from('inbox_items').select('id').where('data', '=', key).execute()).length;
const isProblem = (code: string) => (error: unknown) => error instanceof Problem && error.code === code;

const KEYS = soak(500);
test(`of ten parallel repetitions of each of ${KEYS} keys one has its effect, and all get the same answer, also after a restart`, async () => {
  // PostgreSQL serves many processes; half of the repetitions come through another one.
  const second: OpenDatabase = testEngine === 'postgres' ? await database.reopen() : database;
  const scopes = [acme, scopeOf(second.db, second.engine, acme.account)];
  const first = new Map<string, unknown>();
  for (let from = 0; from < KEYS; from += 10) {
    const keys = Array.from({ length: 10 }, (_, index) => `key-number-${from + index}`);
    const calls = Array.from({ length: 10 }, (_, turn) => keys.map(async (key) => [key, await send({ key, scope: scopes[turn % 2]! })] as const)).flat();
    for (const [key, answer] of await Promise.all(calls)) {
      if (!first.has(key)) first.set(key, answer);
      assert.deepEqual(answer, first.get(key));
    }
  }
  if (second !== database) await second.close();
  const restarted = await database.reopen();
  const scope = scopeOf(restarted.db, restarted.engine, acme.account);
  for (const [key, answer] of first) assert.deepEqual(await send({ key, scope }), answer);
  await restarted.close();
  const made = await acme.from('inbox_items').select('data').where('data', 'like', 'key-number-%').execute();
  assert.equal(made.length, KEYS);
});

test('a failure is not kept: the next try with the same key has its effect', async () => {
  const failing = async (scope: Scope, key: string) => {
    await wish(scope, key);
    throw new Problem('unavailable');
  };
  await assert.rejects(send({ key: 'fails-first' }, failing as typeof wish), isProblem('unavailable'));
  assert.equal(await effects('fails-first'), 0, 'the effect went with the failure');
  assert.equal(((await send({ key: 'fails-first' })) as { key: string }).key, 'fails-first');
  assert.equal(await effects('fails-first'), 1);
});

test('the same key with another request is refused: body, address and version count', async () => {
  const key = 'one-request-only';
  await send({ key, ifMatch: '"1"' });
  for (const other of [{ key, ifMatch: '"1"', body: { wish: 2 } }, { key, ifMatch: '"1"', url: '/v1/others' }, { key, ifMatch: '"2"' }, { key }])
    await assert.rejects(send(other), isProblem('key_reused'));
  assert.equal(await effects(key), 1);
});

test('keys of different callers do not meet', async () => {
  const key = 'everybody-uses-this';
  const nobody: Actor = { kind: 'nobody' };
  const answers = await Promise.all([send({ key }), send({ key, actor: keyOf('key_2') }), send({ key, actor: nobody }), send({ key, actor: nobody, ip: '203.0.113.10' })]);
  assert.equal(new Set(answers.map((answer) => (answer as { id: string }).id)).size, 4);
  const verde = await makeAccount(database, 'verde');
  assert.notDeepEqual(await send({ key, scope: verde }), answers[0]);
});

test('a missing key is refused where it is required, a wrong one everywhere', async () => {
  await assert.rejects(send({}), isProblem('invalid_request'));
  for (const key of ['', 'short', 'x'.repeat(101), 'with a space', 'ümlaut-key', 'line\nbreak']) for (const need of ['required', 'optional'] as const) await assert.rejects(send({ key }, wish, need), isProblem('invalid_request'), key);
  const [one, two] = [await send({}, wish, 'optional'), await send({}, wish, 'optional')];
  assert.notDeepEqual(one, two);
});
