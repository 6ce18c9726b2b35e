import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let office: ReturnType<typeof officeOf>;

before(async () => {
  harness = await openTestApp();
  office = officeOf(harness.app, await makeApiKey(await makeAccount(harness.database, 'acme'), ['read', 'write']));
  const { body: customer } = await office('POST', 'customers', { name: 'José Muñoz-Peña' });
  const { body: address } = await office('POST', 'addresses', { customerId: customer.id, line1: '100% Main Street', city: 'Decatur' });
  await office('POST', 'contacts', { customerId: customer.id, name: 'Zoë Ångström', email: 'zoe@example.com', mobile: '+14045550142' });
  await office('POST', 'jobs', { customerId: customer.id, addressId: address.id, service: 'Réparation', number: 'A-17' });
  await office('POST', 'customers', { name: 'Somebody Else' });
});
after(() => harness.close());

const found = async (name: string, q: string): Promise<number> => (await office('GET', `${name}?q=${encodeURIComponent(q)}`)).body.items.length;

test('search finds without accents and with them, in any case and order of words', async () => {
  for (const q of ['jose munoz', 'MUÑOZ JOSÉ', 'pena', 'Jose\u0301']) assert.equal(await found('customers', q), 1, q);
  for (const q of ['zoe angstrom', 'Zoë', 'zoe@example']) assert.equal(await found('contacts', q), 1, q);
  assert.equal(await found('customers', 'jose somebody'), 0, 'every word counts');
  assert.equal(await found('customers', ''), 2);
});

test('a customer is found by a contact or an address, a job by its customer or address', async () => {
  for (const q of ['angstrom', 'decatur']) assert.equal(await found('customers', q), 1, q);
  for (const q of ['reparation', 'a-17', 'muñoz', 'main decatur', 'reparation pena']) assert.equal(await found('jobs', q), 1, q);
});

test('a phone number is found however it is written', async () => {
  for (const q of ['(404) 555-0142', '404.555.0142', '+1 404 555 0142', '5550142']) {
    assert.equal(await found('contacts', q), 1, q);
    assert.equal(await found('customers', q), 1, q);
  }
});

test('what the pattern language of the database would mean is taken literally', async () => {
  assert.equal(await found('addresses', '100%'), 1);
  for (const q of ['1_0', '%', '_', '\\', "' or 1=1 --"]) assert.equal(await found('addresses', q), q === '%' ? 1 : 0, q);
});

test('a list is read page by page to its end, each record once, newest first', async () => {
  const { body: customer } = await office('POST', 'customers', { name: 'Pages' });
  const made: string[] = [];
  for (let index = 0; index < 7; index++) made.push((await office('POST', 'jobs', { customerId: customer.id, service: `Job ${index}` })).body.id);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await office('GET', `jobs?customerId=${customer.id}&limit=3${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.items.map((job: { id: string }) => job.id));
    cursor = body.nextCursor;
  }
  assert.deepEqual(seen, made.reverse());
});
