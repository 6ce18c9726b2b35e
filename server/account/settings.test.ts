/** Settings that two people may change at once, where the widget was seen, and where numbers go on. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { numbering } from '../contract/office.ts';
import type { Scope } from '../database/scope.ts';
import { after as later } from '../platform/ids.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let office: ReturnType<typeof officeOf>;
before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  office = officeOf(harness.app, await makeApiKey(acme, ['read', 'write', 'settings']));
});
after(() => harness.close());

test('of two who change the settings at once, the second sees that they were changed', async () => {
  const { body, headers } = await office('GET', 'account');
  assert.equal(headers['etag'], `"${body.updatedAt}"`);
  const seen = { 'if-match': String(headers['etag']) };
  const first = await office('PATCH', 'account', { phone: '+14045550100' }, seen);
  assert.equal(first.status, 200);
  assert.equal(first.headers['etag'], `"${first.body.updatedAt}"`);
  assert.ok(first.body.updatedAt > body.updatedAt);
  const second = await office('PATCH', 'account', { phone: '+14045550101' }, seen);
  assert.deepEqual([second.status, second.body.code], [412, 'stale']);
  assert.equal((await office('GET', 'account')).body.phone, '+14045550100');
  assert.equal((await office('PATCH', 'account', { phone: '+14045550102' })).status, 200, 'a program that does not say what it saw just writes');
  // Two at the same moment: one of them is told.
  const now = String((await office('GET', 'account')).headers['etag']);
  const both = await Promise.all(['Acme One', 'Acme Two'].map((name) => office('PATCH', 'account', { name }, { 'if-match': now })));
  assert.deepEqual(both.map((answer) => answer.status).sort(), [200, 412]);
  assert.equal((await office('PATCH', 'account', { name: 'x' }, { 'if-match': 'nonsense' })).status, 400);
});

test('a logo is a change of the settings too', async () => {
  const before = String((await office('GET', 'account')).headers['etag']);
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const put = await office('PUT', 'account/logo', png, { 'content-type': 'image/png' });
  assert.equal(put.status, 200, put.text);
  assert.notEqual(put.headers['etag'], before);
  assert.equal((await office('PATCH', 'account', { marketing: false }, { 'if-match': before })).status, 412);
  await office('DELETE', 'account/logo');
  assert.notEqual((await office('GET', 'account')).headers['etag'], put.headers['etag']);
});

test('a page says when the widget was asked for on its website last', async () => {
  const pages = async () => (await office('GET', 'pages')).body.items as { id: string; url: string; lastSeenAt: string | null }[];
  const card = (origin?: string) => harness.app.inject({ method: 'GET', url: '/v1/accounts/acme', headers: origin ? { origin } : {} });
  assert.deepEqual((await pages()).map((page) => page.lastSeenAt), [null]);
  // Neither our own pages nor websites that are not listed count.
  for (const origin of [undefined, 'http://localhost:8080', 'https://elsewhere.example']) assert.equal((await card(origin)).statusCode, 200);
  assert.deepEqual((await pages()).map((page) => page.lastSeenAt), [null]);
  await card('https://www.acme.example');
  const [seen] = await pages();
  assert.ok(seen!.lastSeenAt! > later(-60));
  // Once an hour is enough.
  await acme.update('pages').set({ last_seen_at: '2026-01-01T00:00:00.000Z' }).execute();
  await card('https://www.acme.example');
  assert.equal((await pages())[0]!.lastSeenAt, '2026-01-01T00:00:00.000Z');
  // What is known of a website is known of its other pages; another website was not seen yet.
  assert.equal((await office('POST', 'pages', { url: 'https://www.acme.example/other' })).body.lastSeenAt, '2026-01-01T00:00:00.000Z');
  const other = (await office('POST', 'pages', { url: 'https://shop.acme.example/' })).body;
  assert.equal(other.lastSeenAt, null);
  assert.equal((await office('PATCH', `pages/${seen!.id}`, { url: 'https://new.acme.example/' })).body.lastSeenAt, null);
});

test('numbers go on where the office says, and never where some were given out', async () => {
  const fresh = officeOf(harness.app, await makeApiKey(await makeAccount(harness.database, 'numbers'), ['read', 'write', 'settings']));
  assert.deepEqual((await fresh('GET', 'numbering')).body, { estimate: 1, invoice: 1, job: 1, customer: 1 });
  const set = await fresh('PATCH', 'numbering', { customer: 2001, invoice: 5000 });
  assert.deepEqual([set.status, numbering.parse(set.body)], [200, { estimate: 1, invoice: 5000, job: 1, customer: 2001 }]);
  const customer = (await fresh('POST', 'customers', { name: 'First' })).body;
  assert.equal(customer.number, '2001');
  assert.equal((await fresh('POST', 'customers', { name: 'Second' })).body.number, '2002');
  const refused = await fresh('PATCH', 'numbering', { job: 10, customer: 2002 });
  assert.deepEqual([refused.status, refused.body.errors[0].path], [400, '/customer']);
  assert.deepEqual((await fresh('GET', 'numbering')).body, { estimate: 1, invoice: 5000, job: 1, customer: 2003 }, 'nothing of what was refused is set');
  assert.equal((await fresh('PATCH', 'numbering', { customer: 2003 })).status, 200);
  // A number that was brought along counts as given out.
  await fresh('POST', 'jobs', { customerId: customer.id, service: 'x', number: '700' });
  assert.equal((await fresh('GET', 'numbering')).body.job, 701);
  for (const wrong of [{ job: 0 }, { job: 1.5 }, { job: '9' }, { job: 1_000_000_000 }, { credit: 5 }]) assert.equal((await fresh('PATCH', 'numbering', wrong)).status, 400, JSON.stringify(wrong));
});
