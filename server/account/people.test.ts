import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeStaffLink } from '../access/links.ts';
import { apiKeyMade } from '../contract/account.ts';
import type { Scope } from '../database/scope.ts';
import { TestBrowser } from '../testing-browser.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';
import { addStaff } from './staff.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let ownerId: string;
let owner: TestBrowser;
let clerk: TestBrowser;

async function signIn(scope: Scope, role: 'owner' | 'clerk', email: string): Promise<[string, TestBrowser]> {
  const { id } = await addStaff(scope, { name: role, email, role });
  const browser = new TestBrowser(harness.app, scope.account.slug);
  assert.equal((await browser.open(await makeStaffLink(scope, harness.services, id))).statusCode, 200);
  return [id, browser];
}

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  [ownerId, owner] = await signIn(acme, 'owner', 'olga@acme.example');
  [, clerk] = await signIn(acme, 'clerk', 'carl@acme.example');
});
after(() => harness.close());

const json = (answer: { json(): unknown }) => answer.json() as { id: string; code: string; detail: string; errors: { path: string }[]; items: { id: string; name: string }[]; secret: string };

test('only an owner adds, changes and removes people', async () => {
  const body = { name: 'New', email: 'new@acme.example', role: 'clerk' };
  const keys = officeOf(harness.app, await makeApiKey(acme, ['read', 'write', 'links', 'settings']));
  assert.equal((await keys('POST', 'staff', body)).body.code, 'forbidden');
  assert.equal(json(await clerk.send('POST', '/v1/office/staff', body)).code, 'forbidden');
  const made = await owner.send('POST', '/v1/office/staff', body);
  assert.equal(made.statusCode, 201, made.body);
  const { id } = json(made);
  assert.equal(json(await clerk.send('GET', '/v1/office/staff')).items.length, 3);
  assert.equal(json(await clerk.send('DELETE', `/v1/office/staff/${id}`)).code, 'forbidden');
  assert.equal(json(await owner.send('PATCH', `/v1/office/staff/${id}`, { name: 'Newer', role: 'owner' })).id, id);
  assert.equal((await owner.send('DELETE', `/v1/office/staff/${id}`)).statusCode, 204);
  assert.equal((await owner.send('DELETE', `/v1/office/staff/${id}`)).statusCode, 404);
});

test('one address belongs to one person of the staff, in any case', async () => {
  const taken = json(await owner.send('POST', '/v1/office/staff', { name: 'x', email: 'OLGA@Acme.example', role: 'clerk' }));
  assert.deepEqual([taken.code, taken.errors[0]!.path], ['already_exists', '/email']);
  for (const [field, value] of [['email', 'x'], ['role', 'boss'], ['name', '']] as const)
    assert.equal(json(await owner.send('POST', '/v1/office/staff', { name: 'x', email: 'x@acme.example', role: 'clerk', [field]: value })).errors[0]!.path, `/${field}`);
});

test('the last owner can neither be removed nor made a clerk', async () => {
  assert.deepEqual([json(await owner.send('DELETE', `/v1/office/staff/${ownerId}`)).code, json(await owner.send('PATCH', `/v1/office/staff/${ownerId}`, { role: 'clerk' })).code], ['conflict', 'conflict']);
  const verde = await makeAccount(harness.database, 'verde');
  const [[first, one], [second, two]] = [await signIn(verde, 'owner', 'a@verde.example'), await signIn(verde, 'owner', 'b@verde.example')];
  // Each removes the other at the same moment.
  await Promise.all([one.send('DELETE', `/v1/office/staff/${second}`), two.send('DELETE', `/v1/office/staff/${first}`)]);
  const left = await verde.from('staff').select('id').where('role', '=', 'owner').execute();
  assert.equal(left.length, 1);
});

test('whoever is removed, or whose address changes, is out at once', async () => {
  for (const change of [undefined, { email: 'moved@acme.example' }]) {
    const [id, browser] = await signIn(acme, 'clerk', `leaving-${change ? 1 : 2}@acme.example`);
    const link = await makeStaffLink(acme, harness.services, id);
    assert.equal((await browser.send('GET', '/v1/office/staff')).statusCode, 200);
    await owner.send(change ? 'PATCH' : 'DELETE', `/v1/office/staff/${id}`, change);
    assert.equal((await browser.send('GET', '/v1/office/staff')).statusCode, 401);
    assert.equal((await new TestBrowser(harness.app, 'acme').open(link)).statusCode, 404);
  }
});

test('a key does what its scopes say, until it is revoked', async () => {
  const made = json(await owner.send('POST', '/v1/office/api-keys', { name: 'Sync', scopes: ['write', 'read', 'read'] }));
  const view = apiKeyMade.parse(made);
  assert.deepEqual(view.scopes, ['read', 'write']);
  assert.match(view.secret, new RegExp(`^cck_${acme.accountId}_[\\w-]{43}$`));
  const sync = officeOf(harness.app, view.secret);
  assert.equal((await sync('GET', 'jobs')).status, 200);
  assert.equal((await sync('PATCH', 'account', {})).body.code, 'forbidden');
  const listed = await owner.send('GET', '/v1/office/api-keys');
  assert.ok(!listed.body.includes(view.secret) && listed.body.includes(view.id));
  assert.equal((await owner.send('DELETE', `/v1/office/api-keys/${view.id}`)).statusCode, 204);
  assert.equal((await sync('GET', 'jobs')).status, 401);
  assert.ok(!(await owner.send('GET', '/v1/office/api-keys')).body.includes(view.id));
  assert.equal((await owner.send('DELETE', `/v1/office/api-keys/${view.id}`)).statusCode, 404);
});

test('a revoked key, one of another account and one that never was are refused alike', async () => {
  const elsewhere = await makeAccount(harness.database, 'azul');
  const revoked = json(await owner.send('POST', '/v1/office/api-keys', { name: 'x', scopes: ['read'] }));
  await owner.send('DELETE', `/v1/office/api-keys/${revoked.id}`);
  const theirs = (await makeApiKey(elsewhere, ['read'])).replace(elsewhere.accountId, acme.accountId);
  const never = `cck_${acme.accountId}_${'A'.repeat(43)}`;
  const answers = await Promise.all([revoked.secret, theirs, never, never.replace(acme.accountId, `acct_${'0'.repeat(26)}`), 'x', ''].map((secret) => officeOf(harness.app, secret)('GET', 'jobs')));
  for (const answer of answers) assert.deepEqual([answer.status, answer.text], [401, answers[0]!.text]);
});

test('nobody hands on a right that is not theirs', async () => {
  const settings = officeOf(harness.app, await makeApiKey(acme, ['read', 'settings']));
  assert.equal((await settings('POST', 'api-keys', { name: 'x', scopes: ['read', 'write'] })).body.code, 'forbidden');
  assert.equal((await settings('POST', 'api-keys', { name: 'x', scopes: ['read'] })).status, 201);
  for (const body of [{ name: 'x', scopes: [] }, { name: 'x', scopes: ['all'] }, { name: 'x' }])
    assert.match((await settings('POST', 'api-keys', body)).body.errors[0].path, /^\/scopes/);
  assert.equal(json(await clerk.send('POST', '/v1/office/api-keys', { name: 'x', scopes: ['read'] })).code, 'forbidden');
});
