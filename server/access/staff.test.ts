/** How the office's people get in: by a link of a message, back to the page that asked, and how long they stay. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addStaff } from '../account/staff.ts';
import { addPage } from '../account/pages.ts';
import type { Scope } from '../database/scope.ts';
import { outboxWorker } from '../platform/outbox.ts';
import { linkToken } from '../platform/secrets.ts';
import { makeAccount, openTestApp } from '../testing.ts';
import { TestBrowser, type Asked } from '../testing-browser.ts';
import { accessJobs, housekeep } from './jobs.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
const office = 'http://localhost:8080/office?account=acme';
before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  await addPage(acme, { url: 'https://www.acme.example/team/office' });
});
after(() => harness.close());

let people = 0;
const someone = async (role: 'owner' | 'clerk' = 'clerk'): Promise<string> => (await addStaff(acme, { name: 'Tina', email: `tina${++people}@acme.example`, role })).email;
async function linkOf({ request }: Asked): Promise<string> {
  await outboxWorker(harness.database, { ...accessJobs(harness.services), notice: async () => undefined }, { error: () => undefined }).drain();
  const { id } = await acme.from('links').select('id').where('request_id', '=', request.id).executeTakeFirstOrThrow();
  return linkToken(harness.services.derive, id);
}
/** Asks on a page, and clicks in the message. */
async function asks(browser: TestBrowser, email: string, pageUrl?: string) {
  const asked = await browser.askSignIn(email, { audience: 'staff', ...(pageUrl ? { pageUrl } : {}) });
  const { handoff, url } = (await browser.knock(await linkOf(asked))).json<{ handoff: string; url: string }>();
  return { asked, handoff, url };
}

test('a sign-in comes back to the office that asked: ours, or one on a listed page', async () => {
  const own = new TestBrowser(harness.app, 'acme', 'http://localhost:8080');
  const wanted = {
    'http://localhost:8080/office': office,
    'https://www.acme.example/team/office': 'https://www.acme.example/team/office',
    // The customers’ page is no office, and what is not listed is nobody’s.
    'https://www.acme.example/somewhere': office,
    'https://evil.example/office': office,
  };
  for (const [pageUrl, url] of Object.entries(wanted)) assert.equal((await asks(own, await someone(), pageUrl)).url, url, pageUrl);
  assert.equal((await asks(own, await someone())).url, office);
});

test('a page that is taken from the list meanwhile leads to our office', async () => {
  const page = await addPage(acme, { url: 'https://www.acme.example/gone' });
  const browser = new TestBrowser(harness.app);
  const asked = await browser.askSignIn(await someone(), { audience: 'staff', pageUrl: page.url });
  const token = await linkOf(asked);
  await acme.delete('pages').where('id', '=', page.id).execute();
  assert.equal((await browser.knock(token)).json<{ url: string }>().url, office);
});

test('the office embedded in a listed page works there, and its session is renewed like a customer’s', async () => {
  const browser = new TestBrowser(harness.app);
  const { asked, handoff } = await asks(browser, await someone(), 'https://www.acme.example/team/office');
  assert.equal((await browser.exchange(handoff, asked.verifier)).statusCode, 200);
  const first = browser.tokens!;
  assert.equal(first.kind, 'staff');
  assert.equal((await browser.send('GET', '/v1/office/session')).json<{ role: string }>().role, 'clerk');
  assert.equal((await browser.refresh()).statusCode, 200);
  assert.notEqual(browser.tokens!.accessToken, first.accessToken);
  assert.equal((await browser.send('GET', '/v1/office/account')).statusCode, 200);
});

test('a member of the staff who does not arrive says nothing of the customers’ page', async () => {
  for (let times = 0; times < 4; times++) await asks(new TestBrowser(harness.app), await someone(), 'https://www.acme.example/team/office');
  await acme.update('handoffs').set({ expires_at: '2020-01-01T00:00:00.000Z' }).execute();
  await housekeep(harness.services);
  const row = await harness.services.db.selectFrom('accounts').select('failed_handoffs').where('id', '=', acme.accountId).executeTakeFirstOrThrow();
  assert.equal(row.failed_handoffs, 0);
});

test('a clerk reads everything that the office’s screens show, and sets nothing of the account', async () => {
  const browser = new TestBrowser(harness.app);
  const { asked, handoff } = await asks(browser, await someone());
  await browser.exchange(handoff, asked.verifier);
  for (const path of ['account', 'pages', 'sightings', 'staff', 'numbering', 'inbox', 'notices', 'links', 'sessions', 'customers', 'estimates', 'invoices', 'online-payments', 'session'])
    assert.equal((await browser.send('GET', `/v1/office/${path}`)).statusCode, 200, path);
  for (const [method, path, body] of [['PATCH', 'account', { name: 'Mine' }], ['PATCH', 'numbering', { job: 500 }], ['POST', 'pages', { url: 'https://x.example' }], ['POST', 'staff', { name: 'x', email: 'x@x.example', role: 'owner' }], ['GET', 'api-keys', undefined]] as const)
    assert.equal((await browser.send(method, `/v1/office/${path}`, body)).statusCode, 403, path);
});
