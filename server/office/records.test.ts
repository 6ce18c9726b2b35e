import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { records, type RecordName } from '../contract/records.ts';
import type { Scope } from '../database/scope.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let office: ReturnType<typeof officeOf>;
let elsewhere: ReturnType<typeof officeOf>;

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  office = officeOf(harness.app, await makeApiKey(acme, ['read', 'write']));
  elsewhere = officeOf(harness.app, await makeApiKey(await makeAccount(harness.database, 'verde'), ['read', 'write']));
});
after(() => harness.close());

/** A customer with everything a job can have, made over HTTP. */
async function makeWorld(call = office) {
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await call('POST', path, body);
    assert.equal(answer.status, 201, answer.text);
    return answer.body.id;
  };
  const customers = await made('customers', { name: 'María Ferrer' });
  const contacts = await made('contacts', { customerId: customers, name: 'María', email: 'maria@Example.com', mobile: '+14045550142' });
  const addresses = await made('addresses', { customerId: customers, line1: '12 Peachtree Street', city: 'Atlanta' });
  const jobs = await made('jobs', { customerId: customers, contactId: contacts, addressId: addresses, service: 'Water heater' });
  const visits = await made('visits', { jobId: jobs, date: '2026-03-02' });
  const charges = await made('charges', { jobId: jobs, description: 'Labor', quantity: '1.5', unitPrice: 9500 });
  const notes = await made('notes', { jobId: jobs, body: 'The gate code is 4711.' });
  const payments = await made('payments', { jobId: jobs, receivedOn: '2026-03-03', method: 'check', amount: 5000 });
  return { customers, contacts, addresses, jobs, visits, charges, notes, payments } satisfies Record<RecordName, string>;
}

const names = Object.keys(records) as RecordName[];

test('every kind of record is made, read, changed and listed, in the shapes of the contract', async () => {
  const world = await makeWorld();
  for (const name of names) {
    const read = await office('GET', `${name}/${world[name]}`);
    assert.equal(read.status, 200);
    assert.deepEqual(records[name].record.parse(read.body), read.body, name);
    assert.equal(read.headers['etag'], `"${read.body.updatedAt}"`);
    const listed = await office('GET', `${name}?limit=1`);
    assert.deepEqual(listed.body.items, [read.body], name);
    const same = await office('PATCH', `${name}/${world[name]}`, {});
    assert.deepEqual(same.body, read.body, 'a change of nothing changes nothing');
  }
});

test('a change keeps every field that it does not name, also those with a default', async () => {
  const { body: made } = await office('POST', 'contacts', {
    customerId: (await makeWorld()).customers, name: 'Jo', email: 'jo@example.com', canPay: false, notifyBySms: true, language: 'es',
  });
  const { body: changed } = await office('PATCH', `contacts/${made.id}`, { name: 'Joanna' });
  assert.deepEqual({ ...changed, updatedAt: '' }, { ...made, name: 'Joanna', updatedAt: '' });
  assert.ok(changed.updatedAt > made.updatedAt);
});

test('a job’s totals follow its charges and payments', async () => {
  const world = await makeWorld();
  const job = async () => (await office('GET', `jobs/${world.jobs}`)).body;
  assert.deepEqual([(await job()).total, (await job()).balance], [{ amount: 14250, currency: 'USD' }, { amount: 9250, currency: 'USD' }]);
  await office('PATCH', `jobs/${world.jobs}`, { tax: 750 });
  await office('PATCH', `charges/${world.charges}`, { quantity: '2' });
  assert.equal((await office('GET', `charges/${world.charges}`)).body.total, 19000);
  assert.equal((await job()).total.amount, 19750);
  await office('DELETE', `payments/${world.payments}`);
  assert.equal((await job()).balance.amount, 19750);
  assert.equal((await office('DELETE', `charges/${world.charges}`)).status, 204);
  assert.equal((await job()).total.amount, 750);
});

test('money given back is a negative payment', async () => {
  const { jobs } = await makeWorld();
  const { status, body } = await office('POST', 'payments', { jobId: jobs, receivedOn: '2026-03-04', method: 'check', amount: -2000 });
  assert.deepEqual([status, body.amount, (await office('GET', `payments/${body.id}`)).body.amount], [201, -2000, -2000]);
  assert.equal((await office('GET', `jobs/${jobs}`)).body.balance.amount, 11250);
});

test('a charge or payment that moves to another job is counted there and no longer here', async () => {
  const [here, there] = [await makeWorld(), await makeWorld()];
  await office('PATCH', `charges/${here.charges}`, { jobId: there.jobs });
  await office('PATCH', `payments/${here.payments}`, { jobId: there.jobs });
  const total = async (id: string) => (await office('GET', `jobs/${id}`)).body;
  assert.deepEqual([(await total(here.jobs)).balance.amount, (await total(there.jobs)).total.amount, (await total(there.jobs)).balance.amount], [0, 28500, 18500]);
  const { body } = await office('GET', `payments?customerId=${there.customers}`);
  assert.equal(body.items.length, 2, 'the payment follows its job to the other customer');
});

test('a total given by a source stands until the charge changes', async () => {
  const { jobs } = await makeWorld();
  const { body: charge } = await office('POST', 'charges', { jobId: jobs, description: 'Pipe', quantity: '0.333', unitPrice: 1000, total: 334 });
  assert.equal(charge.total, 334);
  assert.equal((await office('PATCH', `charges/${charge.id}`, { description: 'Pipes' })).body.total, 334);
  assert.equal((await office('PATCH', `charges/${charge.id}`, { discount: 3 })).body.total, 330);
});

test('moments are kept in one form, whatever precision they came in', async () => {
  const { jobs } = await makeWorld();
  const { body } = await office('POST', 'visits', { jobId: jobs, startsAt: '2026-05-01T13:00:00Z', endsAt: '2026-05-01T15:30:00.5Z', arrivalWindowMinutes: 60 });
  assert.deepEqual([body.startsAt, body.endsAt], ['2026-05-01T13:00:00.000Z', '2026-05-01T15:30:00.500Z']);
});

test('a foreign id answers byte for byte like one that never was', async () => {
  const theirs = await makeWorld(elsewhere);
  for (const name of names) {
    const absent = theirs[name].slice(0, -4) + '0000';
    for (const [method, body] of [['GET'], ['PATCH', {}], ['DELETE']] as const) {
      const [foreign, none] = [await office(method, `${name}/${theirs[name]}`, body), await office(method, `${name}/${absent}`, body)];
      assert.equal(foreign.status, 404);
      assert.equal(foreign.text, none.text);
    }
  }
  const wishes: [RecordName, object, string, RecordName][] = [
    ['customers', { name: 'x' }, 'parentId', 'customers'],
    ['contacts', { name: 'x' }, 'customerId', 'customers'],
    ['addresses', { line1: 'x' }, 'customerId', 'customers'],
    ['jobs', { service: 'x' }, 'customerId', 'customers'],
    ['jobs', { service: 'x', customerId: (await makeWorld()).customers }, 'addressId', 'addresses'],
    ['jobs', { service: 'x', customerId: (await makeWorld()).customers }, 'contactId', 'contacts'],
    ['visits', { date: '2026-01-01' }, 'jobId', 'jobs'],
    ['charges', { description: 'x', unitPrice: 1 }, 'jobId', 'jobs'],
    ['notes', { body: 'x' }, 'jobId', 'jobs'],
    ['payments', { receivedOn: '2026-01-01', method: 'cash', amount: 1 }, 'jobId', 'jobs'],
  ];
  for (const [name, body, field, to] of wishes) {
    const foreign = await office('POST', name, { ...body, [field]: theirs[to] });
    const none = await office('POST', name, { ...body, [field]: theirs[to].slice(0, -4) + '0000' });
    assert.equal(foreign.status, 400, foreign.text);
    assert.equal(foreign.body.errors[0].path, `/${field}`);
    assert.equal(foreign.text, none.text);
  }
  assert.deepEqual((await elsewhere('GET', 'jobs')).body.items.map((job: { id: string }) => job.id), [theirs.jobs]);
});

test('whatever is wrong with a field is told with its path', async () => {
  const world = await makeWorld();
  const [customerId, jobId] = [world.customers, world.jobs];
  const cases: [RecordName, object, string][] = [
    ['customers', {}, '/name'],
    ['customers', { name: ' ' }, '/name'],
    ['customers', { name: 'x', nmae: 'y' }, '/nmae'],
    ['customers', { name: 'x', company: 'yes' }, '/company'],
    ['contacts', { customerId, name: 'x', email: 'not an address' }, '/email'],
    ['contacts', { customerId, name: 'x', mobile: '555-0142' }, '/mobile'],
    ['contacts', { customerId, name: 'x\u0000' }, '/name'],
    ['addresses', { customerId, line1: 'x', country: 'usa' }, '/country'],
    ['jobs', { customerId, service: 'x', status: 'done' }, '/status'],
    ['jobs', { customerId, service: 'x', tax: 1.5 }, '/tax'],
    ['jobs', { customerId, service: 'x', completedAt: '2026-01-01' }, '/completedAt'],
    ['visits', { jobId }, '/startsAt'],
    ['visits', { jobId, date: '2026-02-30' }, '/date'],
    ['visits', { jobId, date: '2026-02-03', startsAt: '2026-02-03T10:00:00Z' }, '/date'],
    ['visits', { jobId, date: '2026-02-03', endsAt: '2026-02-03T10:00:00Z' }, '/endsAt'],
    ['visits', { jobId, date: '2026-02-03', arrivalWindowMinutes: 60 }, '/arrivalWindowMinutes'],
    ['visits', { jobId, startsAt: '2026-02-03T10:00:00Z', endsAt: '2026-02-03T09:59:59.999Z' }, '/endsAt'],
    ['charges', { jobId, description: 'x', unitPrice: 1, quantity: '1,5' }, '/quantity'],
    ['charges', { jobId, description: 'x', unitPrice: 1, quantity: 2 }, '/quantity'],
    ['charges', { jobId, description: 'x', unitPrice: 1e15 }, '/unitPrice'],
    ['charges', { jobId, description: 'x', unitPrice: 999_999_999_999, quantity: '2' }, '/quantity'],
    ['charges', { jobId, description: 'x', unitPrice: 1, discount: -1 }, '/discount'],
    ['notes', { jobId, body: '\n ' }, '/body'],
    ['payments', { jobId, receivedOn: '2026-01-01', method: 'gold', amount: 1 }, '/method'],
    ['payments', { jobId, receivedOn: '2026-01-01', method: 'cash', amount: 0 }, '/amount'],
    ['jobs', { customerId, service: 'x', externalId: 'a b' }, '/externalId'],
  ];
  for (const [name, body, path] of cases) {
    const { status, body: problem } = await office('POST', name, body);
    assert.equal(status, 400, `${name} ${JSON.stringify(body)}`);
    assert.equal(problem.code, 'invalid_request');
    assert.deepEqual(problem.errors.map((error: { path: string }) => error.path), [path], JSON.stringify(problem));
  }
  for (const query of ['custmerId=x', 'limit=0', 'limit=101', 'cursor=%7B%7D', 'jobId=x']) {
    const { status, body: problem } = await office('GET', `customers?${query}`);
    assert.equal(status, 400, query);
    assert.equal(problem.errors[0].path, `/${query.split('=')[0]}`);
  }
});

test('an address or contact of a job is its customer’s own, or of the customer above', async () => {
  const parent = await makeWorld();
  const other = await makeWorld();
  const { body: below } = await office('POST', 'customers', { name: 'Unit 4', parentId: parent.customers });
  const job = await office('POST', 'jobs', { customerId: below.id, addressId: parent.addresses, contactId: parent.contacts, service: 'x' });
  assert.equal(job.status, 201, job.text);
  for (const [field, id] of [['addressId', other.addresses], ['contactId', other.contacts]] as const) {
    const refused = await office('PATCH', `jobs/${job.body.id}`, { [field]: id });
    assert.deepEqual([refused.status, refused.body.errors[0].path], [400, `/${field}`]);
  }
  // Nor can it get there by moving what the job refers to.
  assert.equal((await office('PATCH', `customers/${below.id}`, { parentId: other.customers })).status, 409);
  assert.equal((await office('PATCH', `contacts/${parent.contacts}`, { customerId: other.customers })).status, 409);
  assert.equal((await office('PATCH', `addresses/${parent.addresses}`, { customerId: other.customers })).status, 409);
  assert.equal((await office('PATCH', `jobs/${parent.jobs}`, { customerId: other.customers })).body.errors[0].path, '/addressId');
});

test('sub-customers go one level deep', async () => {
  const { body: top } = await office('POST', 'customers', { name: 'Management' });
  const { body: below } = await office('POST', 'customers', { name: 'Unit 1', parentId: top.id });
  for (const [id, parentId] of [[undefined, below.id], [top.id, top.id], [top.id, (await makeWorld()).customers]] as const) {
    const refused = await (id ? office('PATCH', `customers/${id}`, { parentId }) : office('POST', 'customers', { name: 'x', parentId }));
    assert.deepEqual([refused.status, refused.body.errors[0].path], [400, '/parentId']);
  }
  assert.deepEqual((await office('GET', `customers?parentId=${top.id}`)).body.items, [below]);
});

test('what others refer to is not deleted, and the reason is said', async () => {
  const world = await makeWorld();
  const reasons = { customers: ['contact', 'address', 'job', 'payment'], contacts: ['job'], addresses: ['job'], jobs: ['visit', 'charge', 'note', 'payment'] };
  for (const [name, kinds] of Object.entries(reasons) as [keyof typeof reasons, string[]][]) {
    const refused = await office('DELETE', `${name}/${world[name]}`);
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, new RegExp(`It still has 1 × ${kinds[0]}`));
    assert.deepEqual(refused.body.items, kinds.map((kind) => ({ kind, count: 1 })), 'a program can say it in its own words');
  }
  for (const name of ['visits', 'charges', 'notes', 'payments', 'jobs', 'contacts', 'addresses', 'customers'] as const) {
    assert.equal((await office('DELETE', `${name}/${world[name]}`)).status, 204, name);
    assert.equal((await office('DELETE', `${name}/${world[name]}`)).status, 404, name);
  }
});

test('the links and sessions of a deleted contact end with it', async () => {
  const { body: contact } = await office('POST', 'contacts', { customerId: (await makeWorld()).customers, name: 'Gone' });
  const links = officeOf(harness.app, await makeApiKey(acme, ['read', 'links']));
  const { body: link } = await links('POST', 'access-links', { contactId: contact.id });
  await office('DELETE', `contacts/${contact.id}`);
  const row = await acme.from('links').select('revoked_at').where('id', '=', link.id).executeTakeFirstOrThrow();
  assert.ok(row.revoked_at);
});

test('with If-Match nobody writes over a change they have not seen', async () => {
  const { customers: id } = await makeWorld();
  const first = (await office('GET', `customers/${id}`)).headers['etag'] as string;
  const second = await office('PATCH', `customers/${id}`, { name: 'B' }, { 'if-match': first });
  assert.equal(second.status, 200);
  assert.notEqual(second.headers['etag'], first);
  assert.equal((await office('PATCH', `customers/${id}`, { name: 'C' }, { 'if-match': first })).body.code, 'stale');
  assert.equal((await office('PATCH', `customers/${id}`, { name: 'C' }, { 'if-match': 'W/x' })).body.errors[0].path, 'If-Match');
  assert.equal((await office('GET', `customers/${id}`)).body.name, 'B');
});

test('a repeated POST with one Idempotency-Key makes one record', async () => {
  const key = { 'idempotency-key': 'sync-4711-again' };
  const [first, again] = [await office('POST', 'customers', { name: 'Once' }, key), await office('POST', 'customers', { name: 'Once' }, key)];
  assert.deepEqual([first.status, again.status], [201, 201]);
  assert.deepEqual(again.body, first.body);
});

test('reading takes the read scope and writing the write scope', async () => {
  const world = await makeWorld();
  const [reader, writer] = [officeOf(harness.app, await makeApiKey(acme, ['read'])), officeOf(harness.app, await makeApiKey(acme, ['write']))];
  assert.equal((await reader('GET', `jobs/${world.jobs}`)).status, 200);
  assert.equal((await writer('GET', `jobs/${world.jobs}`)).body.code, 'forbidden');
  assert.equal((await writer('PATCH', `jobs/${world.jobs}`, { service: 'y' })).status, 200);
  for (const [method, path] of [['POST', 'jobs'], ['PATCH', `jobs/${world.jobs}`], ['PUT', 'jobs/by-external-id/x'], ['DELETE', `notes/${world.notes}`]] as const)
    assert.equal((await reader(method, path, method === 'DELETE' ? undefined : { customerId: world.customers, service: 'z' })).body.code, 'forbidden');
});
