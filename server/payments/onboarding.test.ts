/** Onboarding: a Stripe account is made once, and only what Stripe says of it turns Pay on. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeApiKey, officeOf } from '../testing.ts';
import type { InvoiceView } from '../contract/invoices.ts';
import { makeJob, sent } from '../invoices/testing.ts';
import { TestBrowser } from '../testing-browser.ts';
import { refreshConnection } from './connecting.ts';
import { connectionOf } from './connections.ts';
import { openConnecting, publicUrl, type World } from './testing/connecting.ts';

let world: World;
before(async () => void (world = await openConnecting()));
after(() => world.close());

test('a contractor gets a Stripe account, of which only the id is kept', async () => {
  const { see, forward, rows, scope } = await world.contractor('first');
  assert.deepEqual((await see()).status, 'none');
  const url = await forward('onboarding');
  assert.ok(url.startsWith(world.sandbox.url), url);
  const [request] = world.asked('POST /v1/accounts');
  assert.deepEqual(request?.body, { type: 'standard', country: 'US', email: 'office@acme.example', metadata: { account: scope.accountId } });
  const [row] = await rows();
  assert.equal(request?.headers['idempotency-key'], `account:${row!.id}`);
  assert.match(row!.stripe_account_id ?? '', /^acct_/);
  assert.deepEqual(await see().then(({ status, chargesEnabled, oauth, mode, livemode }) => ({ status, chargesEnabled, oauth, mode, livemode })), {
    status: 'onboarding', chargesEnabled: false, oauth: true, mode: 'connect', livemode: false,
  });
});

test('however often and however fast it is begun, there is one account at Stripe', async () => {
  const { office, rows } = await world.contractor('often');
  const before = world.asked('POST /v1/accounts').length;
  const answers = await Promise.all([1, 2, 3, 4].map(() => office('POST', 'stripe/onboarding')));
  assert.ok(answers.some(({ status }) => status === 200), answers.map(({ text }) => text).join());
  assert.equal((await office('POST', 'stripe/onboarding')).status, 200);
  assert.equal((await rows()).length, 1);
  assert.equal(new Set(world.asked('POST /v1/accounts').slice(before).map(({ headers }) => headers['idempotency-key'])).size, 1);
});

test('an answer that was lost is asked for again under the same key', async () => {
  const { office, rows } = await world.contractor('lost');
  world.sandbox.control.fault({ on: 'POST /v1/accounts', kind: 'drop-after', times: 3 });
  const failed = await office('POST', 'stripe/onboarding');
  assert.equal(failed.status, 503, failed.text);
  const [row] = await rows();
  assert.equal(row!.stripe_account_id, null);
  assert.equal((await office('POST', 'stripe/onboarding')).status, 200);
  const made = world.asked('POST /v1/accounts').filter(({ headers }) => headers['idempotency-key'] === `account:${row!.id}`);
  assert.ok(made.length > 3, `${made.length} requests`);
  assert.equal((await rows()).length, 1);
});

test('case 32: an abandoned onboarding leaves Pay off and is taken up again by its refresh address', async () => {
  const { forward, see, takesPayments } = await world.contractor('abandoned');
  const url = await forward('onboarding');
  // The link works once; opened again, Stripe sends the person back for a fresh one.
  assert.equal(await world.at(url), '');
  const refresh = await world.at(url);
  assert.ok(refresh.startsWith(`${publicUrl}/connect/stripe/refresh/`), refresh);
  const again = await world.page(refresh);
  assert.equal(again.status, 303);
  assert.ok(again.location.startsWith(world.sandbox.url) && again.location !== url);
  assert.equal(again.headers['cache-control'], 'no-store');
  assert.equal(await takesPayments(), false);
  // It may be needed more than once, and ends in the same place.
  const third = await world.page(refresh);
  const back = await world.at(`${third.location}/finish`);
  const done = await world.page(back);
  assert.equal(done.status, 200);
  assert.match(done.text, /Stripe is connected/);
  assert.equal((await see()).status, 'active');
  assert.equal(await takesPayments(), true);
});

test('case 32: coming back proves nothing: the page says what Stripe says, and what it still wants', async () => {
  const { forward, see, takesPayments } = await world.contractor('back');
  const back = await world.at(`${await forward('onboarding')}/leave`);
  const page = await world.page(back);
  assert.match(page.text, /Stripe still needs something/);
  for (const wanted of ['your bank account', 'your business', 'your consent']) assert.ok(page.text.includes(wanted), wanted);
  assert.match(page.text, /href="\/connect\/stripe\/refresh\/acct_/);
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
  assert.equal(await takesPayments(), false);
  assert.match((await world.page(back, { 'accept-language': 'es-MX,es;q=0.9' })).text, /<html lang="es">[^]*A Stripe todavía le falta algo/);
  // Stripe's mind may change in between, without anybody coming back.
  world.sandbox.control.completeOnboarding((await see()).stripeAccount!);
  assert.match((await world.page(back)).text, /Stripe is connected/);
  world.sandbox.control.suspend((await see()).stripeAccount!);
  assert.match((await world.page(back)).text, /Stripe still needs something/);
  assert.equal((await see()).status, 'restricted');
  assert.equal(await takesPayments(), false);
});

test('while Stripe is away, the way back waits, and the office sees what was known', async () => {
  const { forward, see, forget, onboard } = await world.contractor('away');
  await onboard();
  const back = await world.at(`${await forward('onboarding')}/leave`);
  await forget();
  world.sandbox.control.fault({ on: 'GET /v1/accounts/:id', kind: '500', times: 4 });
  const page = await world.page(back);
  assert.equal(page.status, 503);
  assert.match(page.text, /Stripe cannot be reached[^]*Try again/);
  const { status, chargesEnabled, checkedAt } = await see();
  assert.deepEqual({ status, chargesEnabled, checkedAt }, { status: 'active', chargesEnabled: true, checkedAt: '2020-01-01T00:00:00.000Z' });
  assert.notEqual((await see()).checkedAt, '2020-01-01T00:00:00.000Z');
});

test('the office is shown what Stripe said within the last minute without asking again', async () => {
  const { see, onboard, forget } = await world.contractor('minute');
  const account = await onboard();
  const looks = () => world.asked(`GET /v1/accounts/${account}`).length;
  const before = looks();
  await see();
  assert.equal(looks(), before);
  await forget();
  await see();
  assert.equal(looks(), before + 1);
});

test('Pay appears on invoices while Stripe charges for the account, and not a moment longer than it is known', async () => {
  const { scope, onboard, office } = await world.contractor('flips');
  const { jobId, contactId } = await makeJob(scope, { charges: [10_000] });
  const { id } = await sent(scope, { jobId, fromCharges: 'rest' });
  const browser = new TestBrowser(world.app, 'flips', undefined, publicUrl);
  await browser.open(((await office('POST', 'access-links', { contactId })).body as { url: string }).url);
  const offered = async () => ((await browser.get(`/customers/all/invoices/${id}`)).json() as InvoiceView).onlinePayment;
  assert.equal(await offered(), false);
  const account = await onboard();
  assert.equal(await offered(), true);
  world.sandbox.control.suspend(account);
  await refreshConnection(world.services, scope, (await connectionOf(scope))!);
  assert.equal(await offered(), false);
  world.sandbox.control.completeOnboarding(account);
  await refreshConnection(world.services, scope, (await connectionOf(scope))!);
  assert.equal(await offered(), true);
});

test('a token of nobody, of somebody who lost the right, or that is too old opens the same page as no address at all', async () => {
  const { scope } = await world.contractor('tokens');
  const key = await makeApiKey(scope, ['settings']);
  const url = ((await officeOf(world.app, key)('POST', 'stripe/onboarding')).body as { url: string }).url;
  const back = await world.at(`${url}/leave`);
  assert.equal((await world.page(back)).status, 200);
  const none = await world.page('/c/no-such-account');
  const same = async (address: string) => {
    const page = await world.page(address);
    assert.equal(page.status, 404);
    assert.equal(page.text, none.text);
    return page;
  };
  for (const step of ['refresh', 'return']) {
    await same(`/connect/stripe/${step}/none`);
    await same(`/connect/stripe/${step}/${scope.accountId}.${'A'.repeat(43)}`);
  }
  const other = await world.contractor('tokens-other');
  await same(back.replace(scope.accountId, other.scope.accountId));
  // A token is for one purpose: onboarding's is no state of OAuth.
  assert.match((await world.page(`/connect/stripe/oauth?code=ac_x&state=${back.split('/').at(-1)!}`)).text, /used already or is too old/);
  await scope.update('stripe_states').set({ expires_at: '2020-01-01T00:00:00.000Z' }).execute();
  await same(back);
  await scope.update('stripe_states').set({ expires_at: '2999-01-01T00:00:00.000Z' }).execute();
  await scope.update('api_keys').set({ revoked_at: '2020-01-01T00:00:00.000Z' }).execute();
  await same(back);
});

test('after an account was disconnected at Stripe, onboarding begins with a new one', async () => {
  const { onboard, forward, rows } = await world.contractor('anew');
  const account = await onboard();
  world.sandbox.control.deauthorize(account);
  await forward('onboarding');
  const [before, now] = await rows();
  assert.deepEqual([before!.status, before!.stripe_account_id, now!.status], ['disconnected', account, 'onboarding']);
  assert.notEqual(now!.stripe_account_id, account);
});
