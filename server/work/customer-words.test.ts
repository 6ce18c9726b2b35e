import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeAccount, openTestDatabase, type TestDatabase } from '../testing.ts';
import type { Scope } from '../database/scope.ts';
import { customer, importFolder, newFolder, sampleFolder, writeExport } from '../imports/testing.ts';
import { indexCustomers } from './customer-words.ts';
import { changeRecord, createRecord, deleteRecord } from './records.ts';

let database: TestDatabase;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

/** What is kept of the words, in one order. */
async function kept(scope: Scope): Promise<string[]> {
  const words = await scope.from('customer_words').select(['customer_id', 'word']).execute();
  const typos = await scope.from('search_typos').select(['typo', 'word']).execute();
  return [...words.map((row) => `${row.customer_id} ${row.word}`), ...typos.map((row) => `${row.typo} > ${row.word}`)].sort();
}

/** What would be kept, were it all made anew now. */
async function anew(scope: Scope): Promise<string[]> {
  await scope.delete('customer_words').execute();
  await scope.delete('search_typos').execute();
  await indexCustomers(scope, (await scope.from('customers').select('id').execute()).map((row) => row.id));
  return kept(scope);
}

const person = (customerId: string, name: string, more: object = {}) =>
  ({ customerId, name, email: null, mobile: null, language: null, canApprove: true, canPay: true, notifyByEmail: true, notifyBySms: false, ...more });
const place = (customerId: string, line1: string, more: object = {}) => ({ customerId, name: null, line1, line2: null, city: 'Decatur', region: 'GA', postalCode: '30030', country: 'US', ...more });

test('after any change the words are those of what is on file', async () => {
  const scope = await makeAccount(database, 'changes');
  const make = async (name: string): Promise<string> => (await createRecord(scope, 'customers', { name, company: false, parentId: null, billingAddress: null, active: true })).id;
  const steps: ((state: { customers: string[]; contacts: string[]; addresses: string[] }) => Promise<unknown>)[] = [
    async (state) => state.customers.push(await make('Maria O’Brien'), await make('Maria Lopez')),
    async (state) => state.contacts.push((await createRecord(scope, 'contacts', person(state.customers[0]!, 'Maria O’Brien', { email: 'maria@obrien.example', mobile: '+14045550142' }) as never)).id),
    async (state) => state.contacts.push((await createRecord(scope, 'contacts', person(state.customers[1]!, 'Maria Lopez', { mobile: '+14045550142' }) as never)).id),
    async (state) => state.addresses.push((await createRecord(scope, 'addresses', place(state.customers[0]!, '118 Peachtree Street') as never)).id),
    async (state) => state.addresses.push((await createRecord(scope, 'addresses', place(state.customers[0]!, '120 Peachtree Street') as never)).id),
    (state) => changeRecord(scope, 'contacts', state.contacts[0]!, { name: 'Mary O’Brien', mobile: null }),
    (state) => changeRecord(scope, 'addresses', state.addresses[0]!, { customerId: state.customers[1]! }),
    (state) => changeRecord(scope, 'customers', state.customers[1]!, { name: 'Peachtree Dental', number: 'B-7', billingAddress: '9 Elm\nDecatur' }),
    (state) => deleteRecord(scope, 'addresses', state.addresses[1]!),
    (state) => deleteRecord(scope, 'contacts', state.contacts[1]!),
    (state) => deleteRecord(scope, 'addresses', state.addresses[0]!),
    (state) => deleteRecord(scope, 'customers', state.customers[1]!),
  ];
  const state = { customers: [], contacts: [], addresses: [] };
  for (const [index, step] of steps.entries()) {
    await step(state);
    const is = await kept(scope);
    assert.ok(is.length > 0);
    assert.deepEqual(is, await anew(scope), `after step ${index}`);
  }
});

test('an import keeps them too, also where it changes what an earlier one has brought', async () => {
  const scope = await makeAccount(database, 'imports');
  await importFolder(scope, sampleFolder);
  const first = await kept(scope);
  assert.ok(first.length > 100);
  assert.deepEqual(first, await anew(scope));
  const folder = newFolder();
  try {
    writeExport(folder.path, { customers: [customer(9001, { name: 'Wallingford Dental', first_name: 'Ottoline' }), customer(9002)] });
    await importFolder(scope, folder.path);
    assert.deepEqual(await kept(scope), await anew(scope));
    assert.ok((await kept(scope)).some((line) => line.endsWith(' wallingford')));
    writeExport(folder.path, { customers: [customer(9001, { name: 'Brightwater Clinic', service_address: '7 Larch Lane' }), customer(9002)] });
    await importFolder(scope, folder.path);
    const last = await kept(scope);
    assert.deepEqual(last, await anew(scope));
    assert.ok(!last.some((line) => line.endsWith('wallingford')) && last.some((line) => line.endsWith(' brightwater')));
  } finally {
    folder.remove();
  }
});

test('a record that is not written leaves no words behind', async () => {
  const scope = await makeAccount(database, 'failures');
  await createRecord(scope, 'customers', { name: 'Kept', number: '7', company: false, parentId: null, billingAddress: null, active: true });
  const is = await kept(scope);
  await assert.rejects(createRecord(scope, 'customers', { name: 'Taken', number: '7', company: false, parentId: null, billingAddress: null, active: true }));
  assert.deepEqual(await kept(scope), is);
});
