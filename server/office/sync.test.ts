import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Scope } from '../database/scope.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp, soak } from '../testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let office: ReturnType<typeof officeOf>;
let customerId: string;

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  office = officeOf(harness.app, await makeApiKey(acme, ['read', 'write']));
  customerId = (await office('POST', 'customers', { name: 'Sync' })).body.id;
});
after(() => harness.close());

const together = <R>(count: number, work: (index: number) => Promise<R>): Promise<R[]> => Promise.all(Array.from({ length: count }, (_, index) => work(index)));

test('a PUT by externalId makes the record, and replaces it from then on', async () => {
  const path = 'jobs/by-external-id/servicetitan%2F42';
  const made = await office('PUT', path, { customerId, service: 'Boiler', technician: 'Al', number: '7001' });
  assert.deepEqual([made.status, made.body.externalId, made.body.number], [201, 'servicetitan/42', '7001']);
  const replaced = await office('PUT', path, { customerId, service: 'Boiler and pump' });
  assert.equal(replaced.status, 200);
  assert.deepEqual([replaced.body.id, replaced.body.service, replaced.body.technician, replaced.body.number], [made.body.id, 'Boiler and pump', null, '7001']);
  const { body: listed } = await office('GET', 'jobs?externalId=servicetitan%2F42');
  assert.deepEqual(listed.items, [replaced.body]);
});

test('a sync that repeats itself changes nothing, not even the version', async () => {
  const { body: job } = await office('POST', 'jobs', { customerId, service: 'x' });
  const bodies = {
    customers: { name: 'Same' }, visits: { jobId: job.id, startsAt: '2026-05-01T13:00:00Z' }, charges: { jobId: job.id, description: 'x', unitPrice: 3, quantity: '0.50' },
    payments: { jobId: job.id, receivedOn: '2026-01-01', method: 'cash', amount: 1 },
  };
  for (const [name, body] of Object.entries(bodies)) {
    const first = await office('PUT', `${name}/by-external-id/same`, body);
    const second = await office('PUT', `${name}/by-external-id/same`, body);
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.deepEqual(second.body, first.body, name);
  }
});

test('parallel upserts of one externalId make one row', async () => {
  for (let round = 0; round < soak(50); round++) {
    const answers = await together(8, (index) => office('PUT', `customers/by-external-id/race-${round}`, { name: `Racer ${index}` }));
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 200, 200, 200, 200, 200, 200, 201]);
    assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
  }
  const { count } = await acme.from('customers').select((eb) => eb.fn.countAll<number>().as('count')).where('external_id', 'like', 'race-%').executeTakeFirstOrThrow();
  assert.equal(Number(count), soak(50));
});

test('of parallel POSTs with one externalId or one number, one wins and the others are told which field', async () => {
  for (const [field, body] of [['externalId', { service: 'x', externalId: 'post-race' }], ['number', { service: 'x', number: 'post-race' }]] as const) {
    const answers = await together(6, () => office('POST', 'jobs', { customerId, ...body }));
    const refused = answers.filter((answer) => answer.status !== 201);
    assert.equal(refused.length, 5);
    for (const { body: problem } of refused) assert.deepEqual([problem.code, problem.errors[0].path], ['already_exists', `/${field}`]);
  }
});

test('numbers are never given twice, and go on above those that were brought along', async () => {
  const answers = await together(soak(200), (index) => office('POST', 'jobs', { customerId, service: 'x', ...(index % 5 === 0 ? { number: String(9000 + index * 2) } : {}) }));
  for (const answer of answers) assert.ok([201, 409].includes(answer.status), answer.text);
  const made = answers.filter((answer) => answer.status === 201).map((answer) => answer.body.number);
  assert.equal(new Set(made).size, made.length);
  await office('POST', 'jobs', { customerId, service: 'x', number: '0012000' });
  assert.equal((await office('POST', 'jobs', { customerId, service: 'x' })).body.number, '12001');
  const taken = await office('POST', 'jobs', { customerId, service: 'x', number: '12001' });
  assert.deepEqual([taken.status, taken.body.errors[0].path], [409, '/number']);
});

test('parallel charges and payments on one job are all in its totals', async () => {
  const { body: job } = await office('POST', 'jobs', { customerId, service: 'x' });
  const count = soak(100);
  const answers = await together(count, (index) =>
    index % 2 === 0
      ? office('POST', 'charges', { jobId: job.id, description: 'x', unitPrice: 100 })
      : office('POST', 'payments', { jobId: job.id, receivedOn: '2026-01-01', method: 'cash', amount: 10 }),
  );
  for (const answer of answers) assert.equal(answer.status, 201, answer.text);
  const { body } = await office('GET', `jobs/${job.id}`);
  assert.deepEqual([body.total.amount, body.balance.amount], [(count / 2) * 100, (count / 2) * 90]);
});

test('two customers that make each other their parent at once do not both succeed', async () => {
  for (let round = 0; round < soak(30); round++) {
    const [a, b] = await together(2, async (index) => (await office('POST', 'customers', { name: `Pair ${index}` })).body.id as string);
    const statuses = (await Promise.all([office('PATCH', `customers/${a!}`, { parentId: b! }), office('PATCH', `customers/${b!}`, { parentId: a! })])).map((answer) => answer.status);
    assert.deepEqual(statuses.sort(), [200, 400]);
  }
});

test('a job’s place in the history follows its visits', async () => {
  const { body: job } = await office('POST', 'jobs', { customerId, service: 'x', status: 'complete', completedAt: '2025-01-05T10:00:00Z' });
  const row = () => acme.from('jobs').select(['occurs_at', 'open', 'waits_for']).where('id', '=', job.id).executeTakeFirstOrThrow();
  assert.deepEqual(await row(), { occurs_at: '2025-01-05T10:00:00.000Z', open: 0, waits_for: null });
  const { body: visit } = await office('POST', 'visits', { jobId: job.id, date: '2025-01-04' });
  assert.equal((await row()).occurs_at, '2025-01-04T17:00:00.000Z', 'noon in the account’s zone');
  await office('POST', 'charges', { jobId: job.id, description: 'x', unitPrice: 100 });
  await office('PATCH', `jobs/${job.id}`, { invoicedOn: '2025-01-06' });
  assert.equal((await row()).waits_for, 'payment');
  await office('DELETE', `visits/${visit.id}`);
  assert.equal((await row()).occurs_at, '2025-01-05T10:00:00.000Z');
});
