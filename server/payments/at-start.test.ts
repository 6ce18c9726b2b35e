/** What the operator's keys decide at start: whose they are, of which mode, and who is offered Pay. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OperatorError } from '../database/open.ts';
import type { Services } from '../platform/services.ts';
import { connectAtStart } from './at-start.ts';
import { during } from './testing/connecting.ts';

const own = { STRIPE_OWN_ACCOUNT: 'mine', STRIPE_CLIENT_ID: '', STRIPE_CONNECT_WEBHOOK_SECRET: '' };
const reads = (services: Services, more: Partial<NonNullable<Services['stripe']>>): Services => ({ ...services, stripe: { ...services.stripe!, ...more } });

test('the operator’s own key pays one account, without anybody connecting anything', () =>
  during(own, async (world) => {
    await assert.rejects(connectAtStart(world.services), (error) => error instanceof OperatorError && /STRIPE_OWN_ACCOUNT names the account mine, which does not exist/.test(error.message));
    const mine = await world.contractor('mine');
    const other = await world.contractor('other');
    world.services.accounts.forget(mine.scope.accountId);
    const line = await connectAtStart(world.services);
    assert.match(line ?? '', /^Stripe \(test mode\): mine is paid on the account “Sandbox”\.$/);
    const { mode, status, stripeAccount, chargesEnabled, oauth } = await mine.see();
    assert.deepEqual({ mode, status, stripeAccount, chargesEnabled, oauth }, { mode: 'own', status: 'active', stripeAccount: null, chargesEnabled: true, oauth: false });
    assert.equal(await mine.takesPayments(), true);
    // Starting again changes nothing.
    await connectAtStart(world.services);
    assert.equal((await mine.rows()).length, 1);
    await world.work();
    assert.deepEqual(world.asked('POST /v1/payment_method_domains').map(({ account, body }) => [account, body['domain_name']]), [[null, 'center.example'], [null, 'www.mine.example']]);
    for (const way of ['stripe/onboarding', 'stripe/oauth']) {
      assert.equal((await mine.office('POST', way)).status, 409);
      assert.equal((await other.office('POST', way)).status, 409);
    }
    assert.equal((await mine.office('DELETE', 'stripe')).status, 409);
    assert.deepEqual(await other.see().then(({ mode, status }) => ({ mode, status })), { mode: 'off', status: 'none' });
  }));

test('a start while Stripe is away leaves everything as it was', () =>
  during(own, async (world) => {
    const mine = await world.contractor('mine');
    await connectAtStart(world.services);
    world.sandbox.control.fault({ on: 'GET /v1/account', kind: '500', times: 3 });
    assert.match((await connectAtStart(world.services)) ?? '', /Stripe cannot be reached/);
    assert.equal(await mine.takesPayments(), true);
  }));

test('a key of the other mode is one sentence that says what to do', () =>
  during({}, async (world) => {
    const { onboard, takesPayments } = await world.contractor('modes');
    await onboard();
    await assert.rejects(
      connectAtStart(reads(world.services, { livemode: true })),
      (error) => error instanceof OperatorError && /STRIPE_SECRET_KEY is a live key, but the account modes is connected in test mode/.test(error.message),
    );
    assert.equal(await takesPayments(), true);
    await connectAtStart(world.services);
    assert.equal(await takesPayments(), true);
  }));

test('a key that Stripe refuses is one sentence', () =>
  during({ ...own, STRIPE_SECRET_KEY: 'sk_test_of_nobody' }, async (world) => {
    await world.contractor('mine');
    await assert.rejects(connectAtStart(world.services), (error) => error instanceof OperatorError && /STRIPE_SECRET_KEY is refused by Stripe/.test(error.message));
  }));

test('without keys nobody is offered Pay; with them again, those who could charge are', () =>
  during({}, async (world) => {
    const { onboard, takesPayments, see } = await world.contractor('keys');
    await onboard();
    await connectAtStart({ ...world.services, stripe: undefined });
    assert.equal(await takesPayments(), false);
    assert.equal((await see()).status, 'active');
    await connectAtStart(world.services);
    assert.equal(await takesPayments(), true);
  }));

test('an own connection ends with its setting; its payments stay', () =>
  during(own, async (world) => {
    const mine = await world.contractor('mine');
    await connectAtStart(world.services);
    await connectAtStart(reads(world.services, { ownAccount: null }));
    assert.deepEqual((await mine.rows()).map(({ mode, status }) => ({ mode, status })), [{ mode: 'own', status: 'disconnected' }]);
    assert.equal(await mine.takesPayments(), false);
  }));
