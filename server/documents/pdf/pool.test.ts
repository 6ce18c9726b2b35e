import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { Pool, PoolFull } from './pool.ts';

/** Says the number of its thread, or does what it is told. */
const code = `
const { parentPort, threadId } = require('node:worker_threads');
parentPort.on('message', (task) => {
  if (task === 'crash') setTimeout(() => { throw new Error('crashed') });
  else if (task === 'exit') process.exit(3);
  else if (task === 'loop') for (;;);
  else if (task === 'fail') parentPort.postMessage({ error: 'failed' });
  else setTimeout(() => parentPort.postMessage({ result: threadId }), task);
});`;

const pools: Pool<unknown, number>[] = [];
function open(options: Partial<ConstructorParameters<typeof Pool>[0]> = {}): Pool<unknown, number> {
  const pool = new Pool<unknown, number>({ start: () => new Worker(code, { eval: true }), most: 1, mostWaiting: 50, timeoutMs: 20_000, ...options });
  pools.push(pool);
  return pool;
}
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.end())));

test('a worker takes one task after the other; another is started while all are busy, but no more than may be', async () => {
  const pool = open({ most: 2 });
  const first = await pool.run(0);
  assert.equal(await pool.run(0), first);
  const threads = await Promise.all([pool.run(30), pool.run(30), pool.run(30), pool.run(30)]);
  assert.equal(new Set(threads).size, 2);
});

test('what a worker cannot do is told to whoever asked, and the worker goes on', async () => {
  const pool = open();
  const thread = await pool.run(0);
  await assert.rejects(pool.run('fail'), /failed/);
  await assert.rejects(pool.run(() => 'not data'), { name: 'DataCloneError' });
  assert.equal(await pool.run(0), thread);
});

for (const [how, message] of [['crash', /crashed/], ['exit', /ended with code 3/]] as const)
  test(`a worker that dies (${how}) fails its own task; the next one gets a new worker`, async () => {
    const pool = open();
    const thread = await pool.run(0);
    const [died, next] = await Promise.allSettled([pool.run(how), pool.run(0)]);
    assert.match(String((died as PromiseRejectedResult).reason), message);
    assert.notEqual((next as PromiseFulfilledResult<number>).value, thread);
  });

test('a worker that was killed from outside is replaced', async () => {
  const workers: Worker[] = [];
  const pool = open({ start: () => workers[workers.push(new Worker(code, { eval: true })) - 1]! });
  const [killed] = await Promise.allSettled([pool.run('loop'), new Promise((resolve) => setTimeout(resolve, 50)).then(() => workers[0]!.terminate())]);
  assert.equal(killed.status, 'rejected');
  assert.equal(await pool.run(0), workers[1]!.threadId);
});

test('a task that takes too long is given up, together with its worker', async () => {
  const pool = open({ timeoutMs: 1500 });
  await assert.rejects(pool.run('loop'), /longer than 1500 ms/);
  assert.ok(await pool.run(0));
});

test('only so many tasks wait; the next one is refused at once and the others are done', async () => {
  const pool = open({ mostWaiting: 3 });
  const accepted = [20, 0, 0, 0].map((task) => pool.run(task));
  await assert.rejects(pool.run(0), PoolFull);
  assert.equal((await Promise.all(accepted)).length, 4);
  assert.ok(await pool.run(0), 'there is room again');
});

test('ending rejects what runs and what waits; a later task starts anew', async () => {
  const pool = open();
  const tasks = [pool.run('loop'), pool.run(0)];
  const [outcomes] = await Promise.all([Promise.allSettled(tasks), pool.end()]);
  for (const outcome of outcomes) assert.match(String((outcome as PromiseRejectedResult).reason), /were ended/);
  assert.ok(await pool.run(0));
});
