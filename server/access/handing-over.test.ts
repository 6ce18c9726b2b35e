/** A session goes on at the hosted page: handed over once, opening the same, and ending no later. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Exchanged, SessionView } from '../contract/access.ts';
import { openEstimates } from '../estimates/testing.ts';
import { TestBrowser } from '../testing-browser.ts';
import { housekeep } from './jobs.ts';

let world: Awaited<ReturnType<typeof openEstimates>>;
before(async () => void (world = await openEstimates()));
after(() => world.close());

/** The browser at our own page, which is another one: keys do not leave the origin that made them. */
const hosted = () => new TestBrowser(world.app, 'acme', 'http://localhost:8080');
const signedIn = async (): Promise<TestBrowser> => {
  const { url } = (await world.office('POST', 'access-links', { contactId: world.contact })).body as { url: string };
  const browser = new TestBrowser(world.app);
  await browser.open(url);
  return browser;
};
const handOver = async (browser: TestBrowser, body: object = {}): Promise<string> => {
  const answer = await browser.send('POST', `${browser.path}/handoffs`, body);
  assert.equal(answer.statusCode, 201, answer.body);
  const { url } = answer.json<{ url: string }>();
  assert.match(url, /^http:\/\/localhost:8080\/c\/acme#cc=[\w-]{43}$/);
  return url.split('#cc=')[1]!;
};
const whoIs = async (browser: TestBrowser): Promise<SessionView> => (await browser.get('/session')).json();

test('the same person arrives at the hosted page, where they were', async () => {
  const browser = await signedIn();
  const there = hosted();
  const arrived = await there.exchange(await handOver(browser, { destination: '/pay/inv_1/inv_2' }));
  assert.equal(arrived.statusCode, 200, arrived.body);
  const tokens = arrived.json<Exchanged>();
  assert.ok('destination' in tokens && tokens.destination === '/pay/inv_1/inv_2' && tokens.kind === 'customer');
  assert.deepEqual(await whoIs(there), await whoIs(browser));
});

test('the holder of a document link arrives with that document alone', async () => {
  const { reader } = await world.sent();
  const there = hosted();
  const arrived = (await there.exchange(await handOver(reader.browser))).json<Exchanged>();
  assert.ok('kind' in arrived && arrived.kind === 'document' && arrived.destination?.startsWith('/estimates/'));
  assert.deepEqual(await whoIs(there), await whoIs(reader.browser));
  assert.equal((await there.get('/customers/all/history')).statusCode, 404);
});

test('it is good once; a thief who repeats it ends what it opened', async () => {
  const browser = await signedIn();
  const handoff = await handOver(browser);
  const there = hosted();
  const first = (await there.exchange(handoff)).json<Exchanged>();
  // An answer that was lost is repeated for the same browser.
  assert.equal('accessToken' in first && (await there.exchange(handoff)).json<Exchanged & { refreshToken: string }>().refreshToken, 'refreshToken' in first && first.refreshToken);
  assert.equal((await hosted().exchange(handoff)).statusCode, 400);
  assert.equal((await there.get('/session')).statusCode, 401);
  assert.equal((await browser.get('/session')).statusCode, 200);
});

test('it opens nothing after the session has ended, nor when it is too old', async () => {
  const browser = await signedIn();
  const handoff = await handOver(browser);
  await browser.send('POST', `${browser.path}/session/end`);
  assert.equal((await hosted().exchange(handoff)).statusCode, 400);
  const late = await signedIn();
  const old = await handOver(late);
  await world.scope.update('handoffs').set({ expires_at: '2020-01-01T00:00:00.000Z' }).where('from_session', 'is not', null).execute();
  assert.equal((await hosted().exchange(old)).statusCode, 400);
});

test('it ends with its link and with “sign out everywhere”, and no later than the first session would have', async () => {
  const { reader } = await world.sent();
  const document = hosted();
  await document.exchange(await handOver(reader.browser));
  await world.office('DELETE', `links/${(await whoIs(reader.browser)).document!.id}`);
  assert.equal((await document.get('/session')).statusCode, 401);

  const browser = await signedIn();
  const there = hosted();
  await there.exchange(await handOver(browser));
  const ends = await world.scope.from('sessions').select('expires_at').where('jkt', 'in', [browser.jkt, there.jkt]).execute();
  assert.equal(ends.length, 2);
  assert.equal(ends[0]!.expires_at, ends[1]!.expires_at);
  await browser.send('POST', `${browser.path}/session/end-all`);
  assert.equal((await there.get('/session')).statusCode, 401);
});

test('nobody without a session gets one, and one that nobody exchanges says nothing of the main page', async () => {
  const visitor = new TestBrowser(world.app);
  assert.equal((await visitor.send('POST', `${visitor.path}/handoffs`, {})).statusCode, 401);
  const browser = await signedIn();
  for (const destination of ['https://evil.example', '//evil.example', 'jobs']) assert.equal((await browser.send('POST', `${browser.path}/handoffs`, { destination })).statusCode, 400, destination);
  for (let lost = 0; lost < 4; lost++) await handOver(browser);
  await world.scope.update('handoffs').set({ expires_at: '2020-01-01T00:00:00.000Z' }).where('spent_at', 'is', null).execute();
  await housekeep(world.services);
  const { failed_handoffs: failed } = await world.services.db.selectFrom('accounts').select('failed_handoffs').where('id', '=', world.scope.accountId).executeTakeFirstOrThrow();
  assert.equal(failed, 0);
});
