import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';
import type { CustomerRow } from '../contract/office.ts';
import type { Scope } from '../database/scope.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let scope: Scope;
let office: ReturnType<typeof officeOf>;

const make = async (name: string, { contact, address, number }: { contact?: object; address?: object; number?: string } = {}): Promise<string> => {
  const { body } = await office('POST', 'customers', { name, ...(number ? { number } : {}) });
  if (contact) await office('POST', 'contacts', { customerId: body.id, ...contact });
  if (address) await office('POST', 'addresses', { customerId: body.id, line1: '1 Way', ...address });
  return body.id;
};
const rows = async (q: string, more = ''): Promise<CustomerRow[]> => (await office('GET', `customer-rows?q=${encodeURIComponent(q)}${more}`)).body.items;
const names = async (q: string): Promise<string[]> => (await rows(q)).map((row) => row.name);

before(async () => {
  harness = await openTestApp();
  scope = await makeAccount(harness.database, 'acme');
  office = officeOf(harness.app, await makeApiKey(scope, ['read', 'write']));
  await make('José Pérez', { contact: { name: 'José Pérez', email: 'jose.perez@correo.example', mobile: '+14045550142' }, address: { line1: '118 Peachtree Street NE', city: 'Atlanta', region: 'GA', postalCode: '30309' }, number: 'C-1042' });
  await make('Fionnuala O’Brien', { contact: { name: 'Fionnuala O’Brien', email: 'fob@example.com', mobile: '+442079460958' }, address: { line1: '7 Larch Lane', city: 'Decatur' } });
  await make('Johnson', { address: { line1: '5 Pine Street', city: 'Decatur' } });
  await make('Maria Johnson');
  await make('Johnsonville Dental');
  await make('Jonson & Sons');
  await make('Muñoz-Peña');
  const other = officeOf(harness.app, await makeApiKey(await makeAccount(harness.database, 'verde'), ['read', 'write']));
  await other('POST', 'customers', { name: 'José Pérez Johnson' });
});
after(() => harness.close());

test('without accents, apostrophes and capitals, by the beginning of any word, in any order', async () => {
  for (const q of ['Perez', 'PÉREZ', 'per', 'perez jose', 'jose p', 'Jose\u0301']) assert.deepEqual(await names(q), ['José Pérez'], q);
  for (const q of ['OBrien', 'o’brien', "O'BRI", 'o brien']) assert.deepEqual(await names(q), ['Fionnuala O’Brien'], q);
  for (const q of ['munoz', 'pena', 'munoz-pena', 'munozpena', 'Muñoz Peña']) assert.deepEqual(await names(q), ['Muñoz-Peña'], q);
});

test('one slip of the finger is forgiven: a letter missing, doubled, wrong or swapped', async () => {
  for (const q of ['pere', 'peres', 'preez', 'perrez', 'eprez', 'jose prez', 'peachtre', 'peechtree', 'atlnata']) assert.deepEqual(await names(q), ['José Pérez'], q);
  for (const q of ['fionuala', 'fionnualla', 'obrein']) assert.deepEqual(await names(q), ['Fionnuala O’Brien'], q);
  assert.deepEqual(await names('pxrxz'), [], 'two slips are another word');
  assert.deepEqual(await names('jse'), [], 'three letters are too few to guess from');
});

test('exact words come before beginnings, beginnings before slips, then by name', async () => {
  assert.deepEqual(await names('johnson'), ['Johnson', 'Maria Johnson', 'Johnsonville Dental', 'Jonson & Sons']);
  assert.deepEqual(await names('jonson'), ['Jonson & Sons', 'Johnson', 'Maria Johnson']);
  assert.deepEqual(await names('jonson maria'), ['Maria Johnson'], 'also when somebody else is really called that');
  assert.deepEqual(await names('johnson decatur'), ['Johnson']);
});

test('a phone number is found however it is written and wherever it is begun', async () => {
  for (const q of ['(404) 555-0142', '404.555.0142', '+1 404 555 0142', '5550142', '404555', '404-555', 'perez 404 555 0142']) assert.deepEqual(await names(q), ['José Pérez'], q);
  for (const q of ['020 7946 0958', '+44 20 7946 0958', '4420794']) assert.deepEqual(await names(q), ['Fionnuala O’Brien'], q);
});

test('by number, house, postal code, e-mail address and its domain', async () => {
  for (const q of ['c-1042', 'C1042', '1042', '118 peachtree', '118 30309', '30309', 'jose.perez@correo', 'correo.example', 'JOSE.PEREZ@CORREO.EXAMPLE']) assert.deepEqual(await names(q), ['José Pérez'], q);
  assert.deepEqual(await names('118 decatur'), [], 'every word counts');
});

test('words that mean nothing find nothing, and what a database could take for its own is only letters', async () => {
  for (const q of ['%', '_', '\\', '—', "' or 1=1 --", 'zzzz', '“', '\u{1f600}', 'a'.repeat(100), 'x '.repeat(50).trim(), '💧'.repeat(50)]) {
    const answer = await office('GET', `customer-rows?q=${encodeURIComponent(q)}`);
    assert.deepEqual([answer.status, answer.body.items], [200, []], q);
  }
  for (const bad of ['q=%00', `q=${'a'.repeat(101)}`, 'q=a&q=b', 'limit=0', 'limit=101', 'cursor=x&q=jo', `cursor=${Buffer.from('["9s0","",""]').toString('base64url')}&q=jo`, `cursor=${Buffer.from('["1t0","",""]').toString('base64url')}&q=jo`, 'cursor=x', 'what=1'])
    assert.equal((await office('GET', `customer-rows?${bad}`)).status, 400, bad);
});

test('what changes is found by what it is now, and what is gone is not found', async () => {
  const id = await make('Wallingford Dental', { contact: { name: 'Ottoline Grey', email: 'ottoline@grey.example', mobile: '+14045550777' }, address: { line1: '9 Quince Court' } });
  const { body: contacts } = await office('GET', `contacts?customerId=${id}`);
  const { body: addresses } = await office('GET', `addresses?customerId=${id}`);
  for (const q of ['walingford', 'ottoline', '5550777', 'quince']) assert.deepEqual(await names(q), ['Wallingford Dental'], q);
  await office('PATCH', `customers/${id}`, { name: 'Brightwater Clinic' });
  await office('PATCH', `contacts/${contacts.items[0].id}`, { name: 'Ottoline Black', mobile: null });
  await office('PATCH', `addresses/${addresses.items[0].id}`, { line1: '9 Medlar Court' });
  for (const q of ['wallingford', 'walingford', '5550777', 'quince', 'quinse']) assert.deepEqual(await names(q), [], q);
  for (const q of ['brightwatr', 'otoline black', 'medlar court', 'ottoline@grey']) assert.deepEqual(await names(q), ['Brightwater Clinic'], q);
  // A word that two rows have stays while one of them has it.
  await office('POST', 'contacts', { customerId: id, name: 'Ottoline Second' });
  await office('DELETE', `contacts/${contacts.items[0].id}`);
  assert.deepEqual(await names('ottoline'), ['Brightwater Clinic']);
  // Moved to somebody else, it is found there.
  const elsewhere = await make('Elsewhere');
  await office('PATCH', `addresses/${addresses.items[0].id}`, { customerId: elsewhere });
  assert.deepEqual(await names('medlar'), ['Elsewhere']);
  await office('DELETE', `addresses/${addresses.items[0].id}`);
  for (const contact of (await office('GET', `contacts?customerId=${id}`)).body.items) await office('DELETE', `contacts/${contact.id}`);
  assert.equal((await office('DELETE', `customers/${id}`)).status, 204);
  for (const q of ['brightwater', 'brightwatr', 'ottoline', 'medlar']) assert.deepEqual(await names(q), [], q);
  const left = await scope.from('search_typos').select('word').where('word', 'in', ['brightwater', 'ottoline', 'medlar', 'wallingford']).execute();
  assert.deepEqual(left, [], 'words of somebody who is gone are forgotten');
});

test('a search is read page by page, each match once and in order, whatever is made meanwhile', async () => {
  for (let index = 0; index < 30; index++) await make(`Paginated ${String.fromCharCode(97 + (index % 26))}${index}`);
  await make('Paginate');
  await make('Paginatid Slip');
  const whole = (await rows('paginated', '&limit=100')).map((row) => row.name);
  assert.equal(whole.length, 32);
  assert.deepEqual(whole.slice(-2), ['Paginate', 'Paginatid Slip']);
  for (const limit of [1, 7, 31]) {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await office('GET', `customer-rows?q=paginated&limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...body.items.map((row: CustomerRow) => row.name));
      cursor = body.nextCursor;
    }
    // Where a page is full of the words themselves, slips are not looked for.
    assert.deepEqual(seen, limit < 30 ? whole.slice(0, 30) : whole, String(limit));
  }
});

test('the list goes from A to Z, without case and accents, page by page', async () => {
  await make('Ärger');
  await make('aardvark');
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await office('GET', `customer-rows?limit=7${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.items.map((row: CustomerRow) => row.name));
    cursor = body.nextCursor;
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.equal(seen.length, Number((await scope.from('customers').select((row) => row.fn.countAll().as('count')).executeTakeFirstOrThrow()).count));
  const key = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  assert.deepEqual(seen, seen.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)));
  assert.deepEqual(seen.slice(0, 2), ['aardvark', 'Ärger']);
});
