/** The office sees the center as a contact does, and leaves no trace of it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { makeAccount, makeApiKey, openTestApp, testEngine } from '../testing.ts';
import { TestBrowser } from '../testing-browser.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { linkUrl } from '../platform/secrets.ts';
import { makeLink, makeStaffLink } from './links.ts';
import { makeWorld, type World } from './testing/matrix-world.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let world: World;
let foreign: World;
let clerk: TestBrowser;
let owner: TestBrowser;
let customer: TestBrowser;

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  world = await makeWorld(acme);
  foreign = await makeWorld(await makeAccount(harness.database, 'verde'));
  // A payment that its payer has to prove at the bank: they are asked for it at Stripe, and asking is counted.
  await acme.update('payment_attempts').set({ verify: 1, state: 'processing', payment_intent_id: 'pi_test' }).where('id', '=', world.id.attempt).execute();
  await acme.insert('messages', { id: newId('message'), customer_id: world.id.customer, job_id: null, author: 'customer', name: 'Somebody', contact_id: null, body: 'Hello', event: null, document_kind: null, document_id: null, created_at: now(), staff_id: null, channels: null, inbox_item_id: null }).execute();
  clerk = await staff(acme, 'clerk');
  owner = await staff(acme, 'owner');
  customer = new TestBrowser(harness.app, 'acme');
  const { token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: world.id.contact });
  await customer.open(linkUrl(harness.config.PUBLIC_URL, 'acme', token));
});
after(() => harness.close());

async function staff(scope: Scope, role: 'owner' | 'clerk'): Promise<TestBrowser> {
  const id = newId('staff');
  await scope.insert('staff', { id, name: 'Sam', email: `${id}@example.com`, email_key: `${id}@example.com`.toLowerCase(), role, created_at: now() }).execute();
  const browser = new TestBrowser(harness.app, scope.account.slug);
  const url = await makeStaffLink(scope, harness.services, id);
  assert.equal((await browser.open(url)).statusCode, 200);
  return browser;
}

/** Everything that the center reads of a customer. A route that comes later is among it by itself. */
function readings(of: World): string[] {
  const things: Record<string, string> = { account: 'acme', customer: of.id.customer, job: of.id.job, estimate: of.id.estimate, invoice: of.id.invoice, payment: of.id.attempt };
  const queries: Record<string, string> = { jobs: '?when=past', invoices: '?state=all', statement: '?from=2025-01-01&to=2027-01-01' };
  return harness.app.declaredRoutes
    .filter(({ method, url, access }) => method === 'GET' && (access === 'customer' || access === 'session') && !url.endsWith('/cards'))
    .map(({ url }) => {
      const path = url.replace(/(\w+)s\/:id|:(\w+)/g, (found, kind: string | undefined, name: string | undefined) => {
        const id = things[kind ?? name!];
        assert.ok(id, `${url} names something this test does not know: ${found}`);
        return kind ? `${kind}s/${id}` : id;
      });
      return path + (queries[path.split('/').at(-1)!] ?? '');
    });
}
const asContact = (browser: TestBrowser, path: string, contactId = world.id.contact, method: 'GET' | 'POST' = 'GET', body?: object) =>
  browser.send(method, path, body, { headers: { 'view-as': contactId, 'idempotency-key': newId('outbox') } });

/** Every row of every table, but what is the member of the staff's own. */
async function everything(): Promise<Record<string, string[]>> {
  const { rows } =
    testEngine === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`.execute(harness.database.db)
      : await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(harness.database.db);
  const tables: Record<string, string[]> = {};
  for (const { name } of rows) {
    if (name === 'proofs') continue;
    const found = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(harness.database.db);
    tables[name] = found.rows.map((row) => JSON.stringify(name === 'sessions' && row['kind'] === 'staff' ? { ...row, last_seen_at: null } : row)).sort();
  }
  return tables;
}

test('a clerk reads word for word what the contact reads', async () => {
  const paths = readings(world);
  assert.ok(paths.length >= 9, paths.join('\n'));
  for (const path of paths) {
    const [seen, own] = [await asContact(clerk, path), await customer.send('GET', path)];
    assert.deepEqual([seen.statusCode, own.statusCode], [200, 200], `${path} ${seen.body} ${own.body}`);
    assert.equal(seen.body, own.body, path);
  }
  assert.equal((await asContact(clerk, '/v1/accounts/acme')).statusCode, 200, 'the card is everybody’s');
});

test('reading all of it changes no fact in the database', async () => {
  await customer.get('/session');
  await harness.services.db.deleteFrom('rate_buckets').execute();
  const facts = await everything();
  assert.ok(Object.keys(facts).length > 30 && facts['sessions']!.length >= 2);
  for (const path of readings(world)) for (const browser of [clerk, owner]) assert.equal((await asContact(browser, path)).statusCode, 200, path);
  const then = await everything();
  for (const table of Object.keys(facts)) assert.deepEqual(then[table], facts[table], table);
});

test('nothing is written, downloaded or opened by anybody who only looks', async () => {
  const facts = await everything();
  const params: Record<string, string> = { account: 'acme', customer: world.id.customer, job: world.id.job, estimate: world.id.estimate, invoice: world.id.invoice, payment: world.id.attempt, document: world.id.share };
  for (const { method, url, access } of harness.app.declaredRoutes) {
    const looks = method === 'GET' && ['customer', 'session', 'anyone'].includes(access) && !url.endsWith('/cards');
    if (looks || access === 'operator') continue;
    const path = url.replace(/:(\w+)/g, (_, name: string) => params[name] ?? world.id.customer);
    const answer = await clerk.send(method as 'POST', path, method === 'GET' || method === 'DELETE' ? undefined : {}, { headers: { 'view-as': world.id.contact, 'idempotency-key': newId('outbox'), 'if-match': '"1-matrix"' } });
    assert.equal(answer.statusCode, 404, `${method} ${url}: ${answer.body}`);
  }
  const head = await harness.app.inject({ method: 'HEAD', url: `/v1/accounts/acme/customers/${world.id.customer}/history`, headers: { 'view-as': world.id.contact } });
  assert.equal(head.statusCode, 404);
  assert.deepEqual(await everything(), facts);
});

test('a contact of another account, one that does not exist and no contact at all are alike', async () => {
  const path = `/v1/accounts/acme/customers/${world.id.customer}/history`;
  const absent = await asContact(clerk, path, newId('contact'));
  assert.equal(absent.statusCode, 404);
  for (const id of [foreign.id.contact, world.id.customer, '', 'cont_', "' or 1=1", `${world.id.contact},${world.id.contact}`]) {
    const answer = await asContact(clerk, path, id);
    assert.deepEqual([answer.statusCode, answer.body], [404, absent.body], id);
  }
});

test('only the staff of this account may look', async () => {
  const path = `/v1/accounts/acme/customers/${world.id.customer}/history`;
  const headers = { 'view-as': world.id.contact };
  const key = await makeApiKey(acme, ['read', 'write', 'links', 'settings']);
  assert.equal((await harness.app.inject({ method: 'GET', url: path, headers: { ...headers, authorization: `Bearer ${key}` } })).statusCode, 401, 'no program');
  assert.equal((await harness.app.inject({ method: 'GET', url: path, headers })).statusCode, 401, 'nobody');
  assert.equal((await asContact(customer, path)).statusCode, 404, 'no customer, not even as themselves');
  const stranger = await staff(foreign.scope!, 'owner');
  assert.equal((await stranger.send('GET', path, undefined, { headers: { ...headers, origin: 'https://www.acme.example' } })).statusCode, 401, 'nobody of another account');
  assert.equal((await clerk.send('GET', path)).statusCode, 404, 'and without saying as whom there is nothing to see');
});

test('the office sees no further than the contact does', async () => {
  const lower = await world.fresh('customer');
  const contactId = newId('contact');
  await acme.insert('contacts', { id: contactId, customer_id: lower, name: 'Lower', email: 'lower@example.com', email_key: 'lower@example.com', mobile: null, language: 'es', can_approve: 0, can_pay: 0, notify_by_email: 1, notify_by_sms: 0, search_text: '', external_id: null, created_at: now(), updated_at: now() }).execute();
  for (const path of readings(world).filter((each) => each.includes(world.id.customer))) assert.equal((await asContact(clerk, path, contactId)).statusCode, 404, path);
  const session = (await asContact(clerk, '/v1/accounts/acme/session', contactId)).json() as { name: string; language: string; canPay: boolean; customers: { id: string }[] };
  assert.deepEqual([session.name, session.language, session.canPay, session.customers.map((each) => each.id)], ['Lower', 'es', false, [lower]]);
});

test('a browser may send the header across origins', async () => {
  const answer = await harness.app.inject({
    method: 'OPTIONS', url: `/v1/accounts/acme/customers/all/history`,
    headers: { origin: 'https://www.acme.example', 'access-control-request-method': 'GET', 'access-control-request-headers': 'view-as,dpop,authorization' },
  });
  assert.match(String(answer.headers['access-control-allow-headers']), /View-As/);
});
