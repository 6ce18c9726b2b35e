/** Connecting an existing account: whatever is wrong with the way back, nothing is stored. And disconnecting, from either side. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '../platform/ids.ts';
import { loseConnection } from './connecting.ts';
import { connectionOf } from './connections.ts';
import { during, everythingStored, openConnecting, publicUrl, type World } from './testing/connecting.ts';

let world: World;
before(async () => void (world = await openConnecting()));
after(() => world.close());

const stateOf = (url: string) => new URL(url).searchParams.get('state')!;
const callback = (query: Record<string, string>, headers?: Record<string, string>) => world.page(`/connect/stripe/oauth?${new URLSearchParams(query).toString()}`, headers);

test('an existing account is connected by consent, and nothing but its id is stored', async () => {
  const { forward, see, scope, takesPayments } = await world.contractor('consent');
  const url = new URL(await forward('oauth'));
  assert.equal(url.origin, world.sandbox.url);
  assert.deepEqual([...url.searchParams.keys()], ['response_type', 'client_id', 'scope', 'redirect_uri', 'state']);
  assert.equal(url.searchParams.get('redirect_uri'), `${publicUrl}/connect/stripe/oauth`);
  const back = await world.at(url.href);
  const page = await world.page(back);
  assert.equal(page.status, 200, page.text);
  assert.match(page.text, /Stripe is connected/);
  const { status, stripeAccount, connectedAt } = await see();
  assert.equal(status, 'active');
  assert.match(stripeAccount!, /^acct_/);
  assert.ok(connectedAt);
  assert.equal(await takesPayments(), true);
  const stored = await everythingStored(scope);
  for (const secret of ['never_stored', 'sk_test', 'rt_', 'pk_test', stateOf(url.href).split('.')[1]!]) assert.ok(!stored.includes(secret), secret);
});

test('case 31: a state that is wrong, missing, too old or used stores nothing and says so', async () => {
  const { forward, rows, scope } = await world.contractor('states');
  const good = stateOf(await forward('oauth'));
  const code = () => world.sandbox.control.oauthCode();
  const refused = async (query: Record<string, string>) => {
    const page = await callback(query);
    assert.equal(page.status, 400);
    assert.match(page.text, /Stripe was not connected/);
    assert.deepEqual(await rows(), []);
  };
  const tried = () => world.asked('POST /oauth/token').length;
  const before = tried();
  await refused({ code: code() });
  await refused({ code: code(), state: '' });
  await refused({ code: code(), state: 'x'.repeat(43) });
  await refused({ code: code(), state: `${scope.accountId}.${'A'.repeat(43)}` });
  await refused({ code: code(), state: `${newId('account')}.${good.split('.')[1]!}` });
  const other = await world.contractor('states-other');
  await refused({ code: code(), state: `${other.scope.accountId}.${good.split('.')[1]!}` });
  await scope.update('stripe_states').set({ expires_at: '2020-01-01T00:00:00.000Z' }).execute();
  await refused({ code: code(), state: good });
  const twice = await world.page(`/connect/stripe/oauth?state=${good}&state=${good}&code=${code()}`);
  assert.equal(twice.status, 400);
  // None of them got as far as Stripe.
  assert.equal(tried(), before);
  const used = stateOf(await forward('oauth'));
  await refused({ state: used });
  await refused({ code: code(), state: used });
  assert.equal(tried(), before);
});

test('case 31: a state is spent once, also by two browsers at once', async () => {
  const { forward, rows } = await world.contractor('once');
  const state = stateOf(await forward('oauth'));
  const pages = await Promise.all([1, 2, 3].map(() => callback({ state, code: world.sandbox.control.oauthCode() })));
  assert.deepEqual(pages.map(({ status }) => status).sort(), [200, 400, 400]);
  assert.equal((await rows()).length, 1);
});

test('case 31: a code that was used already, or never given, is refused and nothing is stored', async () => {
  const first = await world.contractor('code-first');
  const code = world.sandbox.control.oauthCode();
  assert.equal((await callback({ code, state: stateOf(await first.forward('oauth')) })).status, 200);
  const { forward, rows } = await world.contractor('code-second');
  for (const bad of [code, 'ac_never']) {
    const page = await callback({ code: bad, state: stateOf(await forward('oauth')) });
    assert.equal(page.status, 400);
    assert.match(page.text, /used already or is too old/);
  }
  assert.deepEqual(await rows(), []);
});

test('a code is traded once, even when Stripe answers with an error', async () => {
  const { forward, rows } = await world.contractor('traded');
  const before = world.asked('POST /oauth/token').length;
  world.sandbox.control.fault({ on: 'POST /oauth/token', kind: '500' });
  const page = await callback({ code: world.sandbox.control.oauthCode(), state: stateOf(await forward('oauth')) });
  assert.equal(page.status, 503);
  assert.match(page.text, /Stripe cannot be reached/);
  assert.equal(world.asked('POST /oauth/token').length, before + 1);
  assert.deepEqual(await rows(), []);
});

test('case 31: denied consent is said in the reader’s language, and the state is spent', async () => {
  const { forward, rows } = await world.contractor('denied');
  const state = stateOf(await forward('oauth'));
  const page = await callback({ error: 'access_denied', error_description: '<b>The user denied your request</b>', state }, { 'accept-language': 'es' });
  assert.equal(page.status, 200);
  assert.match(page.text, /Usted no permitió la conexión/);
  assert.ok(!page.text.includes('The user denied'));
  assert.equal((await callback({ state, code: world.sandbox.control.oauthCode() })).status, 400);
  assert.deepEqual(await rows(), []);
});

test('case 31: an account at Stripe belongs to one account here, also when two try at once', async () => {
  const one = await world.contractor('taken-one');
  const two = await world.contractor('taken-two');
  const account = await one.onboard();
  const page = await callback({ code: world.sandbox.control.oauthCode(account), state: stateOf(await two.forward('oauth')) });
  assert.equal(page.status, 400);
  assert.match(page.text, /connected to another account here/);
  assert.deepEqual(await two.rows(), []);
  // The first one's connection is untouched.
  assert.equal((await one.see()).status, 'active');
  const three = await world.contractor('taken-three');
  const existing = world.sandbox.control.connect();
  const states = [stateOf(await two.forward('oauth')), stateOf(await three.forward('oauth'))];
  const pages = await Promise.all(states.map((state) => callback({ code: world.sandbox.control.oauthCode(existing), state })));
  assert.deepEqual(pages.map(({ status }) => status).sort(), [200, 400]);
  assert.equal([...(await two.rows()), ...(await three.rows())].length, 1);
});

test('a connected account is not pushed aside by another; an onboarding that nobody finished is', async () => {
  const { office, forward, rows, see } = await world.contractor('aside');
  const begun = stateOf(await forward('oauth'));
  await forward('onboarding');
  const page = await callback({ code: world.sandbox.control.oauthCode(), state: begun });
  assert.equal(page.status, 200);
  assert.deepEqual((await rows()).map(({ status }) => status), ['disconnected', 'active']);
  const refused = await office('POST', 'stripe/oauth');
  assert.equal(refused.status, 409);
  assert.equal((refused.body as { code: string }).code, 'conflict');
  assert.equal((await see()).status, 'active');

  const late = await world.contractor('late');
  const state = stateOf(await late.forward('oauth'));
  const account = await late.onboard();
  const tried = await callback({ code: world.sandbox.control.oauthCode(), state });
  assert.match(tried.text, /Another Stripe account is connected already/);
  assert.equal((await late.see()).stripeAccount, account);
});

test('without OAuth there is a plain refusal, and onboarding all the same', async () => {
  await during({ STRIPE_CLIENT_ID: '' }, async (plain) => {
    const { office, see } = await plain.contractor('plain');
    assert.equal((await see()).oauth, false);
    assert.equal((await office('POST', 'stripe/oauth')).status, 409);
    assert.equal((await office('POST', 'stripe/onboarding')).status, 200);
  });
});

test('disconnecting hides Pay at once, keeps the history, and tells Stripe even if it was away', async () => {
  const { office, onboard, see, rows, takesPayments, forward } = await world.contractor('leaves');
  const account = await onboard();
  await world.work();
  world.sandbox.control.fault({ on: 'POST /oauth/deauthorize', kind: '500', times: 3 });
  assert.equal((await office('DELETE', 'stripe')).status, 204);
  assert.equal(await takesPayments(), false);
  const { status, stripeAccount, chargesEnabled } = await see();
  assert.deepEqual({ status, stripeAccount, chargesEnabled }, { status: 'disconnected', stripeAccount: account, chargesEnabled: false });
  assert.ok((await rows())[0]?.disconnected_at);
  assert.equal((await office('DELETE', 'stripe')).status, 404);
  await world.work();
  await world.services.db.updateTable('outbox').set({ run_at: '2020-01-01T00:00:00.000Z' }).where('done_at', 'is', null).execute();
  await world.work();
  assert.deepEqual(world.asked('POST /oauth/deauthorize').at(-1)?.body, { client_id: 'ca_sandbox', stripe_user_id: account });
  assert.equal(world.asked('POST /oauth/deauthorize').at(-1)?.status, 200);
  // It can begin anew; what was before stays.
  await world.at(`${await forward('onboarding')}/finish`);
  assert.deepEqual((await rows()).map((row) => row.status), ['disconnected', 'onboarding']);
});

test('an account that was connected again meanwhile keeps its right', async () => {
  const { office, forward, see } = await world.contractor('returns');
  const account = world.sandbox.control.connect();
  const connect = async () => callback({ code: world.sandbox.control.oauthCode(account), state: stateOf(await forward('oauth')) });
  await connect();
  const before = world.asked('POST /oauth/deauthorize').length;
  await office('DELETE', 'stripe');
  await connect();
  await world.work();
  assert.equal(world.asked('POST /oauth/deauthorize').length, before);
  assert.equal((await see()).status, 'active');
});

test('disconnected at Stripe: Pay goes, the history stays, and the office is told once', async () => {
  const { onboard, see, forget, takesPayments, office, scope } = await world.contractor('revoked');
  const account = await onboard();
  const before = (await connectionOf(scope))!;
  world.sandbox.control.deauthorize(account);
  await forget();
  assert.equal((await see()).status, 'disconnected');
  assert.equal(await takesPayments(), false);
  // The event tells the same.
  await loseConnection(world.services, scope, before);
  const { items } = (await office('GET', 'inbox')).body as { items: { kind: string; text: string }[] };
  assert.deepEqual(items.map(({ kind }) => kind), ['stripeDisconnected']);
  assert.match(items[0]!.text, /no longer connected/);
});
