import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { isTaken, stepOf } from '../platform/currencies.ts';
import { feeOf, fromStripe, limitsOf, toStripe } from './amounts.ts';
import { openPayments } from './testing.ts';

test('case 28: minor units go to Stripe and back exactly, in currencies of 0, 2 and 3 decimals and those that Stripe counts in hundredths', () => {
  const pairs: [string, number, number][] = [['USD', 1999, 1999], ['JPY', 1999, 1999], ['KWD', 12_340, 12_340], ['UGX', 5000, 500_000], ['ISK', 700, 70_000], ['HUF', 17_500, 1_750_000], ['COP', 40_000, 4_000_000], ['EUR', 0, 0]];
  for (const [currency, ours, stripes] of pairs) {
    assert.equal(toStripe(ours, currency), stripes, currency);
    assert.equal(fromStripe(stripes, currency), ours, currency);
  }
  assert.throws(() => fromStripe(150, 'UGX'), RangeError);
  assert.deepEqual([stepOf('KWD'), stepOf('USD'), limitsOf('HUF').least, limitsOf('USD')], [10, 1, 175, { least: 50, most: 99_999_999 }]);
  assert.deepEqual([isTaken('USD'), isTaken('LYD')], [true, false], 'what cannot be told exactly is not taken');
});

test('case 28: what Stripe does not take to the last digit has no button, and is refused as such', async () => {
  const world = await openPayments({ account: { currency: 'KWD', ask_tip: 1, partial_payments: 1 } });
  try {
    const [odd, even, payer] = [await world.invoice(12_345), await world.invoice(12_340), await world.payer()];
    assert.deepEqual([(await payer.see(odd.id)).onlinePayment, (await payer.see(even.id)).onlinePayment], [false, true]);
    const { items } = (await payer.call('GET', '/invoices?state=open')).body as { items: { id: string; onlinePayment: boolean }[] };
    assert.deepEqual(new Map(items.map((item) => [item.id, item.onlinePayment])), new Map([[odd.id, false], [even.id, true]]));
    for (const amount of [12_345, 5000]) assert.equal((await payer.ask([{ id: odd.id, amount }])).code, 'not_payable');
    assert.equal((await payer.ask([{ id: even.id, amount: 1235 }], { tip: 5 })).status, 400, 'a part that would leave what cannot be paid');
    assert.equal((await payer.pay([{ id: even.id, amount: 1230 }], 'pm_card_visa', { tip: 10 })).state, 'succeeded');
  } finally {
    await world.close();
  }
});

test('case 33: a fee is a whole number of minor units, rounded down, and never more than the amount', () => {
  assert.deepEqual([feeOf(10_000, 250), feeOf(333, 250), feeOf(1, 9999), feeOf(500, 20_000)], [250, 8, 0, 500]);
});

for (const [currency, amount] of [['JPY', 4999], ['KWD', 12_340], ['UGX', 5000]] as const)
  test(`case 28: an invoice in ${currency} is charged, refunded in part and read back to the unit`, async () => {
    const world = await openPayments({ account: { currency } });
    try {
      const [invoice, payer] = [await world.invoice(amount), await world.payer()];
      const paid = await payer.pay([invoice.id]);
      assert.deepEqual(paid.amount, { amount, currency });
      assert.equal(world.sandbox.control.intents(world.stripeAccount)[0]!.amount, toStripe(amount, currency));
      await world.office('POST', `online-payments/${paid.id}/refunds`, { amount: 1000 });
      assert.deepEqual([await world.due(invoice.id), (await world.online())[0]!.refunded.amount], [1000, 1000]);
    } finally {
      await world.close();
    }
  });

test('case 33: the operator’s fee goes with payments of connected accounts, and back with their refunds; never with one’s own key', async () => {
  const world = await openPayments({ settings: { STRIPE_FEE_PERCENT: '2.5' } });
  try {
    const [invoice, payer] = [await world.invoice(10_000), await world.payer()];
    const paid = await payer.pay([invoice.id]);
    await world.office('POST', `online-payments/${paid.id}/refunds`, { amount: 4000 });
    const sent = (path: string) => world.sandbox.control.log().find((request) => request.method === 'POST' && request.path === path)!;
    assert.equal(String((sent('/v1/payment_intents').body as { application_fee_amount: unknown }).application_fee_amount), '250');
    assert.equal(sent('/v1/payment_intents').account, world.stripeAccount);
    assert.equal(String((sent('/v1/refunds').body as { refund_application_fee: unknown }).refund_application_fee), 'true');
  } finally {
    await world.close();
  }
});

const base = { PUBLIC_URL: 'https://center.example.com', SECRET_KEY: 'Zk9-f3Lq8Vw2Tn5Xc7Rb1Ym4Hd6Jp0Ga' };
const [secret, publishable] = ['sk_test_1a2b3c', 'pk_test_1a2b3c'];

test('case 34: a live key together with a sandbox’s address is refused at start', () => {
  const settings = { ...base, STRIPE_SECRET_KEY: 'sk_live_1a2b3c', STRIPE_PUBLISHABLE_KEY: 'pk_live_1a2b3c', STRIPE_CONNECT_WEBHOOK_SECRET: 'whsec_1' };
  assert.throws(() => readConfig({ ...settings, STRIPE_API_BASE: 'http://127.0.0.1:4104' }), /STRIPE_API_BASE is for sandboxes/);
  assert.doesNotThrow(() => readConfig(settings));
});

test('Stripe’s settings are all there, of one mode, or none is', () => {
  assert.throws(() => readConfig({ ...base, STRIPE_SECRET_KEY: secret }), /must be set together/);
  assert.throws(() => readConfig({ ...base, STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: 'pk_live_1a2b3c', STRIPE_CONNECT_WEBHOOK_SECRET: 'whsec_1' }), /of the same mode/);
  assert.throws(() => readConfig({ ...base, STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: publishable }), /STRIPE_CONNECT_WEBHOOK_SECRET is missing/);
  assert.throws(() => readConfig({ ...base, STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: publishable, STRIPE_OWN_ACCOUNT: 'acme' }), /STRIPE_WEBHOOK_SECRET is missing/);
  assert.throws(() => readConfig({ ...base, STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: publishable, STRIPE_OWN_ACCOUNT: 'acme', STRIPE_WEBHOOK_SECRET: 'whsec_1', STRIPE_FEE_PERCENT: '1' }), /STRIPE_FEE_PERCENT/);
  assert.doesNotThrow(() => readConfig({ ...base, STRIPE_SECRET_KEY: 'rk_test_1a2b3c', STRIPE_PUBLISHABLE_KEY: publishable, STRIPE_OWN_ACCOUNT: 'acme', STRIPE_WEBHOOK_SECRET: 'whsec_1' }));
  assert.equal(readConfig(base).STRIPE_SECRET_KEY, undefined);
});
