import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { makeStaffLink } from '../access/links.ts';
import { makeKey, revokeKey } from '../account/keys.ts';
import { addStaff } from '../account/staff.ts';
import { servicesOf } from '../app.ts';
import { officeEvent, type OfficeEvent } from '../contract/inbox.ts';
import type { Scope } from '../database/scope.ts';
import { addInboxItem } from '../platform/attention.ts';
import { newId } from '../platform/ids.ts';
import { announce, liveStreams, MOST_STREAMS } from '../platform/live.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp, testEngine } from '../testing.ts';
import { TestBrowser } from '../testing-browser.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let key: string;
let origin: string;

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  key = await makeApiKey(acme, ['read', 'write', 'settings', 'links']);
  origin = await harness.app.listen({ host: '127.0.0.1', port: 0 });
});
after(() => harness.close());

/** A stream as a program reads it. */
class Events {
  readonly seen: OfficeEvent[] = [];
  readonly ended: Promise<void>;
  readonly #controller: AbortController;

  private constructor(body: ReadableStream<Uint8Array>, controller: AbortController) {
    this.#controller = controller;
    this.ended = this.#read(body).catch(() => undefined);
  }
  static async open(headers: Record<string, string>, query = ''): Promise<Events> {
    const controller = new AbortController();
    const answer = await fetch(`${origin}/v1/office/events${query}`, { headers, signal: controller.signal });
    assert.equal(answer.status, 200);
    assert.deepEqual(
      ['content-type', 'cache-control', 'x-accel-buffering'].map((name) => answer.headers.get(name)),
      ['application/x-ndjson', 'no-store', 'no'],
    );
    const events = new Events(answer.body!, controller);
    await events.until(() => events.seen.length > 0);
    return events;
  }
  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    for await (const bytes of body) {
      text += Buffer.from(bytes).toString();
      const lines = text.split('\n');
      text = lines.pop()!;
      for (const line of lines) this.seen.push(officeEvent.parse(JSON.parse(line)));
    }
  }
  async until(isTrue: () => boolean): Promise<void> {
    for (const end = Date.now() + 8000; !isTrue(); await sleep(5)) assert.ok(Date.now() < end, `saw only ${JSON.stringify(this.seen)}`);
  }
  heard(what: string, id: string | null): boolean {
    return this.seen.some((event) => event.what === what && event.id === id);
  }
  leave(): void {
    this.#controller.abort();
  }
}
const withKey = (secret = key) => ({ authorization: `Bearer ${secret}` });
const item = (scope: Scope) => scope.transaction((trx) => addInboxItem(trx, { kind: 'stripeDisconnected', customerId: null, data: {} }));
const idOf = async (scope: Scope) => (await scope.from('inbox_items').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).id;

/** Somebody of the staff, signed in, and how their browser asks for the stream. */
async function signedIn(role: 'owner' | 'clerk' = 'clerk') {
  const { id } = await addStaff(acme, { name: role, email: `${newId('staff')}@acme.example`, role });
  const browser = new TestBrowser(harness.app, 'acme');
  await browser.open(await makeStaffLink(acme, harness.services, id));
  const { accessToken } = browser.tokens!;
  const headers = () => ({
    authorization: `DPoP ${accessToken}`, origin: 'https://www.acme.example',
    dpop: browser.proof('GET', '/v1/office/events', accessToken, { nonce: harness.services.proofs.nonce() }),
  });
  const session = await acme.from('sessions').select('id').where('staff_id', '=', id).executeTakeFirstOrThrow();
  return { id, browser, headers, sessionId: session.id };
}
const within = async (promise: Promise<unknown>, ms: number, what: string) =>
  assert.ok(await Promise.race([promise.then(() => true), sleep(ms).then(() => false)]), `${what} took longer than ${ms} ms`);

test('a stream says at once that it lives, then what changes in its own account, and nothing of another’s', async () => {
  const verde = await makeAccount(harness.database, 'verde');
  const theirs = await makeApiKey(verde, ['read']);
  const [events, others] = [await Events.open(withKey()), await Events.open(withKey(theirs))];
  assert.deepEqual(events.seen, [{ what: 'alive', id: null }]);
  await item(acme);
  const id = await idOf(acme);
  await events.until(() => events.heard('inbox', id));
  const office = officeOf(harness.app, key);
  const customer = (await office('POST', 'customers', { name: 'Pine Street Dental' })).body.id;
  const contact = (await office('POST', 'contacts', { customerId: customer, name: 'Maria', email: 'maria@pine.example' })).body.id;
  const job = (await office('POST', 'jobs', { customerId: customer, service: 'Water heater' })).body.id;
  await office('POST', 'charges', { jobId: job, description: 'Tank', unitPrice: 100 });
  const estimate = (await office('POST', 'estimates', { jobId: job, lines: [{ description: 'Tank', unitPrice: 100 }] })).body.id;
  const sent = (await office('POST', `estimates/${estimate}/send`, { contactId: contact })).body;
  const invoice = (await office('POST', 'invoices', { jobId: job, lines: [{ description: 'Tank', unitPrice: 100 }] })).body.id;
  await office('POST', `invoices/${invoice}/send`, { contactId: contact });
  events.seen.length = 0;
  const payment = (await office('POST', 'payments', { jobId: job, receivedOn: '2025-11-20', method: 'cash', amount: 100 })).body.id;
  await events.until(() => events.heard('payment', payment) && events.heard('invoice', invoice));
  events.seen.length = 0;
  const reader = new TestBrowser(harness.app, 'acme');
  await reader.open(sent.links[0].url);
  await events.until(() => events.heard('link', sent.links[0].linkId));
  const document = (reader.tokens as { destination: string }).destination;
  assert.equal(document, `/estimates/${estimate}`);
  await reader.send('POST', `${reader.path}/documents/${sent.links[0].linkId}/opened`, { version: 1 });
  await events.until(() => events.heard('estimate', estimate));
  await office('PATCH', 'account', { phone: '+14045550143' });
  await office('PATCH', `inbox/${id}`, { read: true });
  await events.until(() => events.heard('account', null) && events.heard('inbox', id));
  await office('DELETE', `links/${sent.links[0].linkId}`);
  await events.until(() => events.heard('link', sent.links[0].linkId));
  assert.deepEqual(others.seen, [{ what: 'alive', id: null }]);
  assert.ok(events.seen.every((event) => event.what !== ('ended' as string)), 'what ends is for the server alone');
  for (const each of [events, others]) each.leave();
});

test('what a transaction takes back, and what an import writes in bulk, is told to nobody', async () => {
  const events = await Events.open(withKey());
  await assert.rejects(acme.transaction(async (trx) => {
    await announce(trx, 'customer', 'taken-back');
    throw new Error('no');
  }), /no/);
  await acme.quietly().transaction((trx) => trx.transaction((inner) => announce(inner, 'customer', 'in-bulk')));
  await acme.transaction((trx) => trx.transaction(async (inner) => {
    await announce(inner, 'customer', 'told');
    await announce(trx, 'customer', 'told');
  }));
  await events.until(() => events.heard('customer', 'told'));
  assert.deepEqual(events.seen.slice(1), [{ what: 'customer', id: 'told' }], 'once, though it was said twice');
  events.leave();
});

test('another process on the same database is heard', async () => {
  const events = await Events.open(withKey());
  const second = await harness.database.reopen();
  const worker = servicesOf({ config: harness.config, database: second });
  const scope = (await worker.accounts.scopeById(acme.accountId))!;
  await item(scope);
  const id = await idOf(acme);
  await events.until(() => events.heard('inbox', id));
  events.leave();
  await second.close();
});

test('a stream ends at once with its session or key, however that ends', async () => {
  const owner = await signedIn('owner');
  const made = await makeKey(acme, { name: 'Other', scopes: ['read'] });
  const ways: [string, () => Promise<Record<string, string>>, () => Promise<unknown>][] = [];
  const [left, revoked, everywhere, removed, renamed] = [await signedIn(), await signedIn(), await signedIn(), await signedIn(), await signedIn()];
  ways.push(['signing out', async () => left.headers(), () => left.browser.send('POST', '/v1/office/session/end')]);
  ways.push(['the owner ends it', async () => revoked.headers(), () => owner.browser.send('DELETE', `/v1/office/sessions/${revoked.sessionId}`)]);
  ways.push(['signing out everywhere', async () => everywhere.headers(), () => everywhere.browser.send('POST', '/v1/office/session/end-all')]);
  ways.push(['somebody is removed', async () => removed.headers(), () => owner.browser.send('DELETE', `/v1/office/staff/${removed.id}`)]);
  ways.push(['an address changes', async () => renamed.headers(), () => owner.browser.send('PATCH', `/v1/office/staff/${renamed.id}`, { email: 'else@acme.example' })]);
  ways.push(['a key is revoked', async () => withKey(made.secret), () => revokeKey(acme, made.id)]);
  const stays = await Events.open(owner.headers());
  for (const [what, headers, end] of ways) {
    const events = await Events.open(await headers());
    await end();
    await within(events.ended, 1000, what);
  }
  await item(acme);
  const id = await idOf(acme);
  await stays.until(() => stays.heard('inbox', id));
  stays.leave();
});

test('a stream ends at once with the website that shows it, and with somebody who has many links', async () => {
  const owner = await signedIn('owner');
  const office = officeOf(harness.app, key);
  const shop = 'https://shop.acme.example';
  const page = (await office('POST', 'pages', { url: `${shop}/office` })).body.id;
  const stays = await Events.open(owner.headers());
  for (const leave of [() => office('PATCH', `pages/${page}`, { url: 'https://other.acme.example' }), () => office('DELETE', `pages/${page}`)]) {
    await office('PATCH', `pages/${page}`, { url: `${shop}/office` });
    const events = await Events.open({ ...withKey(), origin: shop });
    await leave();
    await within(events.ended, 1000, 'ending');
  }
  const { id, headers } = await signedIn();
  for (let link = 0; link < 250; link++) await makeStaffLink(acme, harness.services, id);
  const events = await Events.open(headers());
  await owner.browser.send('DELETE', `/v1/office/staff/${id}`);
  await within(events.ended, 1000, 'ending');
  await item(acme);
  const last = await idOf(acme);
  await stays.until(() => stays.heard('inbox', last));
  stays.leave();
});

test('a stream that was ended elsewhere ends with the next sign of life', async () => {
  const staff = await signedIn();
  const live = liveStreams(harness.database, 40);
  const isOpen = async () => (await acme.from('sessions').select('id').where('id', '=', staff.sessionId).where('revoked_at', 'is', null).executeTakeFirst()) !== undefined;
  const stream = await live.open({ accountId: acme.accountId, who: staff.id, mayWatch: isOpen });
  const lines: string[] = [];
  const ended = new Promise<void>((resolve) => stream.on('data', (line: Buffer) => lines.push(String(line))).on('end', resolve));
  await sleep(150);
  assert.ok(lines.length >= 3, `${lines.length} signs of life`);
  await acme.update('sessions').set({ revoked_at: '2025-01-01T00:00:00.000Z' }).where('id', '=', staff.sessionId).execute();
  await within(ended, 1000, 'ending');
  assert.ok((await live.open({ accountId: acme.accountId, who: staff.id, mayWatch: isOpen })).on('data', () => undefined));
  await live.close();
});

test('one person has twenty streams at once, another as many of their own', async () => {
  const live = liveStreams(harness.database);
  const watcher = { accountId: acme.accountId, who: 'one', mayWatch: async () => true };
  const streams = await Promise.all(Array.from({ length: MOST_STREAMS }, () => live.open(watcher)));
  await assert.rejects(live.open(watcher), { code: 'too_many_requests' });
  assert.ok(await live.open({ ...watcher, who: 'another' }));
  streams[0]!.destroy();
  await sleep(10);
  assert.ok(await live.open(watcher));
  await live.close();
  await assert.rejects(live.open(watcher), { code: 'unavailable' });
});

test('whoever does not read is let go instead of being waited for', async () => {
  const live = liveStreams(harness.database);
  const stream = await live.open({ accountId: acme.accountId, who: 'slow', mayWatch: async () => true });
  const errors: unknown[] = [];
  stream.on('error', (error) => errors.push(error));
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  for (let round = 0; round < 20; round++)
    await acme.transaction(async (trx) => {
      for (let index = 0; index < 150; index++) await announce(trx, 'customer', newId('customer'));
    });
  await within(closed, 3000, 'letting go');
  assert.ok(stream.readableLength < 100_000);
  await live.close();
});

test('a stream ends when it was asked to, when its reader goes, and is no request for somebody without rights', async () => {
  const started = Date.now();
  const short = await Events.open(withKey(), '?seconds=0');
  await within(short.ended, 1000, 'ending');
  assert.ok(Date.now() - started < 2000);
  for (const query of ['?seconds=-1', '?seconds=x', '?else=1']) assert.equal((await fetch(`${origin}/v1/office/events${query}`, { headers: withKey() })).status, 400, query);
  for (const [headers, status] of [[{}, 401], [withKey(await makeApiKey(acme, ['write'])), 403], [{ ...withKey(), origin: 'https://evil.example' }, 403]] as const)
    assert.equal((await fetch(`${origin}/v1/office/events`, { headers })).status, status);
  assert.equal((await fetch(`${origin}/v1/office/events`, { method: 'HEAD', headers: withKey() })).status, 404);
  // Readers that vanish leave nothing behind: each time there is room for the next.
  for (let round = 0; round < MOST_STREAMS + 5; round++) {
    const events = await Events.open(withKey());
    events.leave();
    await events.ended;
    await sleep(2);
  }
});

test('the server ends with its streams, also with one whose reader has stopped reading', async () => {
  const own = await openTestApp();
  const scope = await makeAccount(own.database, 'acme');
  const secret = await makeApiKey(scope, ['read']);
  const url = new URL(await own.app.listen({ host: '127.0.0.1', port: 0 }));
  const answer = await fetch(`${url.origin}/v1/office/events`, { headers: withKey(secret) });
  const reading = answer.text();
  const socket = connect(Number(url.port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(`GET /v1/office/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secret}\r\n\r\n`);
  await sleep(100);
  await within(own.close(), 4000, 'closing');
  assert.match(await reading, /^\{"what":"alive","id":null\}\n/);
  socket.destroy();
});

if (testEngine === 'postgres')
  test('when the database’s news are lost streams end, and the next ones hear again', async () => {
    const events = await Events.open(withKey());
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'customer-center listens'`.execute(harness.database.db);
    await within(events.ended, 2000, 'ending');
    const again = await Events.open(withKey());
    await item(acme);
    const id = await idOf(acme);
    await again.until(() => again.heard('inbox', id));
    again.leave();
  });

