import assert from 'node:assert/strict';
import { after, afterEach, before, mock, test } from 'node:test';
import fc from 'fast-check';
import { openTestDatabase, soak, type TestDatabase } from '../testing.ts';
import { limitKey, networkOf, take, takeOrRefuse } from './limits.ts';
import { Problem } from './problems.ts';
import { deriveWith } from './secrets.ts';

let database: TestDatabase;
let names = 0;
const bucket = (burst: number, perHour: number) => ({ key: `test:${++names}`, burst, perHour });
const HOUR = 3_600_000;

before(async () => void (database = await openTestDatabase()));
after(() => database.close());
afterEach(() => mock.timers.reset());

test('at once, as many as the burst get through, however many ask in parallel', async () => {
  const limit = bucket(10, 0);
  const taken = await Promise.all(Array.from({ length: 60 }, () => take(database.db, [limit])));
  assert.equal(taken.filter(Boolean).length, 10);
});

test('in any order of askings and pauses, never more than burst and refill', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const step = fc.record({ wait: fc.integer({ min: 0, max: 2 * HOUR }), asks: fc.integer({ min: 1, max: 12 }) });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 40 }), fc.array(step, { minLength: 1, maxLength: 6 }), async (burst, perHour, steps) => {
      const limit = bucket(burst, perHour);
      let model = burst;
      for (const { wait, asks } of steps) {
        mock.timers.tick(wait);
        model = Math.min(burst, model + (wait * perHour) / HOUR);
        const taken = (await Promise.all(Array.from({ length: asks }, () => take(database.db, [limit])))).filter(Boolean).length;
        // A millionth of a token either way is the arithmetic of the two engines.
        assert.ok(taken <= model + 1e-6, `${taken} of ${model}`);
        assert.ok(taken >= Math.min(asks, Math.floor(model - 1e-6)), `only ${taken} of ${model}`);
        model -= taken;
      }
    }),
    { numRuns: soak(200) },
  );
});

test('whoever keeps asking while empty is not kept out longer', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const limit = bucket(1, 60);
  assert.equal(await take(database.db, [limit]), true);
  for (let second = 1; second < 60; second++) {
    mock.timers.tick(1000);
    assert.equal(await take(database.db, [limit]), false, `after ${second} s`);
  }
  mock.timers.tick(1001);
  assert.equal(await take(database.db, [limit]), true);
});

test('a restart resets nothing, and two processes share one budget', async () => {
  const limit = bucket(5, 0);
  for (let i = 0; i < 3; i++) assert.equal(await take(database.db, [limit]), true);
  const other = await database.reopen();
  const taken = await Promise.all([database, other, database, other].map(({ db }) => take(db, [limit])));
  assert.equal(taken.filter(Boolean).length, 2);
  await other.close();
});

test('buckets are independent: an empty one refuses, and spares those after it', async () => {
  const [empty, full] = [bucket(1, 0), bucket(1, 0)];
  await take(database.db, [empty]);
  await assert.rejects(takeOrRefuse(database.db, [empty, full]), (error) => error instanceof Problem && error.code === 'too_many_requests' && Number(error.headers['retry-after']) > 0);
  assert.equal(await take(database.db, [full]), true);
});

test('a clock set back gives nothing away and locks nobody out for good', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const limit = bucket(2, 60);
  await take(database.db, [limit]);
  mock.timers.setTime(Date.now() - HOUR);
  const taken = [await take(database.db, [limit]), await take(database.db, [limit]), await take(database.db, [limit])];
  assert.ok(taken.filter(Boolean).length <= 1);
  mock.timers.tick(2 * HOUR);
  assert.equal(await take(database.db, [limit]), true);
});

test('an IPv6 household is one network, however its addresses are written', () => {
  for (const ip of ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::', '2001:db8:1:2:0:0:0:9']) assert.equal(networkOf(ip), '2001:db8:1:2::/64', ip);
  assert.notEqual(networkOf('2001:db8:1:3::1'), networkOf('2001:db8:1:2::1'));
  assert.equal(networkOf('::1'), '0:0:0:0::/64');
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64');
  assert.equal(networkOf('203.0.113.9'), '203.0.113.9');
  assert.equal(networkOf('::ffff:203.0.113.9'), '203.0.113.9', 'an IPv4 caller on an IPv6 socket');
});

test('two addresses share a network exactly when their first 64 bits agree', () => {
  const groups = fc.array(fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16)), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(groups, groups, groups, (net, host, other) => {
      assert.equal(networkOf([...net, ...host].join(':')), networkOf([...net, ...other].join(':')));
      if (net.join() !== other.join()) assert.notEqual(networkOf([...net, ...host].join(':')), networkOf([...other, ...host].join(':')));
    }),
  );
});

test('a bucket’s name does not hold the address it is about', () => {
  const key = limitKey(deriveWith('a server key of at least thirty-two characters'), 'mail', 'maria@example.com');
  assert.match(key, /^mail:[\w-]{24}$/);
  assert.notEqual(key, limitKey(deriveWith('another server key of thirty-two characters'), 'mail', 'maria@example.com'));
});
