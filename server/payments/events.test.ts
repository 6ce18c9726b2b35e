import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { makeAccount } from '../testing.ts';
import { connect, intentOf, openPayments, secrets, type PayWorld } from './testing.ts';

let world: PayWorld;
before(async () => {
  world = await openPayments({ webhooks: true, account: { partial_payments: 1 }, settings: { LOG_LEVEL: 'silent' } });
});
beforeEach(() => world.unlimited());
after(() => world.close());

const url = '/v1/webhooks/stripe/connect';
const signed = (payload: string, { secret = secrets.connect, at = Math.floor(Date.now() / 1000), scheme = 'v1' } = {}) => `t=${at},${scheme}=${createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')}`;
const post = (payload: string, signature: string | undefined, path = url) =>
  world.app.inject({ method: 'POST', url: path, headers: { 'content-type': 'application/json', ...(signature ? { 'stripe-signature': signature } : {}) }, payload });
const events = async () => Number((await world.database.db.selectFrom('stripe_events').select((row) => row.fn.countAll().as('n')).executeTakeFirstOrThrow()).n);
/** An event as Stripe would tell it, of a payment that there is. */
const event = (type: string, object: object, more: object = {}) =>
  JSON.stringify({ id: `evt_${Math.random().toString(36).slice(2)}`, object: 'event', api_version: '2026-10-28.endive', created: Math.floor(Date.now() / 1000), livemode: false, type, account: world.stripeAccount, data: { object }, ...more });

async function begun(amount = 5000) {
  const [invoice, payer] = [await world.invoice(amount), await world.payer()];
  const started = await payer.start([invoice.id]);
  return { invoice, payer, started, intent: intentOf(started.clientSecret) };
}

test('case 13: nobody comes back from paying, and the event settles it', async () => {
  const { invoice, payer, started } = await begun();
  payer.confirm(started);
  await world.quiet();
  assert.equal(await world.status(invoice.id), 'paid');
  await world.agree();
});

test('case 10: an event before our note of the PaymentIntent, and before its own answer, is not lost', async () => {
  const { invoice, payer, started, intent } = await begun();
  await world.scope.update('payment_attempts').set({ payment_intent_id: null }).where('id', '=', started.payment.id).execute();
  payer.confirm(started);
  await world.quiet();
  assert.deepEqual([await world.status(invoice.id), (await world.online())[0]!.paymentIntent], ['paid', intent]);
  await world.agree();
});

test('case 11: told twice, at once, and again after an hour, it counts once', async () => {
  const { invoice, payer, started } = await begun();
  world.sandbox.control.hold();
  payer.confirm(started);
  await world.sandbox.control.release({ duplicate: true });
  await world.quiet();
  const count = await events();
  for (let times = 0; times < 3; times++) await world.sandbox.control.redeliver();
  await Promise.all([world.sandbox.control.redeliver(), world.sandbox.control.redeliver()]);
  await world.quiet();
  assert.equal(await events(), count);
  const rows = await world.scope.from('payments').select('amount').where('attempt_id', '=', started.payment.id).execute();
  assert.deepEqual([rows.length, await world.due(invoice.id)], [1, 0]);
  const receipts = await world.scope.from('notices').select('id').where('attempt_id', '=', started.payment.id).where('kind', '=', 'receipt').execute();
  assert.equal(receipts.length, 1, 'one receipt');
  await world.agree();
});

test('case 12: events in reverse end as in order', async () => {
  const { invoice, payer, started, intent } = await begun(6000);
  world.sandbox.control.hold();
  payer.confirm(started);
  world.sandbox.control.refund(intent, 1000);
  await world.sandbox.control.release({ order: 'reversed' });
  await world.quiet();
  assert.deepEqual([await world.status(invoice.id), await world.due(invoice.id), (await world.online())[0]!.refunded.amount], ['partlyPaid', 1000, 1000]);
  await world.agree();
});

test('case 14: forged, old, altered, rewritten and too large events are refused, and nothing is written', async () => {
  const before = await events();
  const body = event('payment_intent.succeeded', { id: 'pi_forged', object: 'payment_intent' });
  const old = Math.floor(Date.now() / 1000) - 600;
  const refused: [string, string, string | undefined][] = [
    ['no signature', body, undefined], ['nonsense', body, 'hello'], ['another secret', body, signed(body, { secret: 'whsec_forged' })], ['the other endpoint’s secret', body, signed(body, { secret: secrets.own })],
    ['too old', body, signed(body, { at: old })], ['v0 only', body, signed(body, { scheme: 'v0' })], ['altered', body.replace('forged', 'f0rged'), signed(body)],
    ['written again', JSON.stringify(JSON.parse(body), null, 1), signed(body)], ['empty', '', signed('')],
  ];
  for (const [name, payload, signature] of refused) assert.equal((await post(payload, signature)).statusCode, 400, name);
  const large = event('payment_intent.succeeded', { id: 'x'.repeat(1024 * 1024 + 1), object: 'payment_intent' });
  assert.equal((await post(large, signed(large))).statusCode, 413);
  assert.equal((await post(body, signed(body), '/v1/webhooks/stripe')).statusCode, 400, 'an event of the other endpoint');
  assert.equal(await events(), before);
  // While a secret is being replaced, Stripe signs with both.
  const both = event('payment_intent.succeeded', { id: 'pi_unknown', object: 'payment_intent' });
  assert.equal((await post(both, `${signed(both, { secret: 'whsec_new' })},${signed(both).split(',')[1]!}`)).statusCode, 200);
});

test('case 15: unknown types and accounts, and tests told to a live account, are taken and ignored', async () => {
  const before = await events();
  const ignored = [
    event('product.created', { id: 'prod_1', object: 'product' }), event('payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' }, { account: 'acct_unknown' }),
    event('payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' }, { livemode: true }), event('payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' }, { account: undefined }),
  ];
  for (const body of ignored) assert.equal((await post(body, signed(body))).statusCode, 200);
  assert.equal(await events(), before);
});

test('case 16: a payment of one account that names another one’s is not booked, and the operator is told', async () => {
  const other = await makeAccount(world.database, 'verde');
  const foreign = world.sandbox.control.connect();
  await connect(other, foreign);
  const { invoice, started } = await begun();
  const { client } = world.services.stripe!;
  const forged = await client.paymentIntents.create(
    { amount: 5000, currency: 'usd', automatic_payment_methods: { enabled: true }, metadata: { account: world.scope.accountId, attempt: started.payment.id, invoice: invoice.id } },
    { stripeAccount: foreign, idempotencyKey: 'forged-0001' },
  );
  world.errors.length = 0;
  world.sandbox.control.confirm(forged.id, 'pm_card_visa', { account: foreign });
  await world.quiet();
  assert.equal(await world.status(invoice.id), 'sent');
  assert.ok(world.errors.some((message) => message.includes('names an account')), world.errors.join());
  // In the account itself: another payment that says it is this attempt.
  const twin = await client.paymentIntents.create(
    { amount: 100, currency: 'usd', automatic_payment_methods: { enabled: true }, metadata: { account: world.scope.accountId, attempt: started.payment.id, invoice: invoice.id } },
    { stripeAccount: world.stripeAccount, idempotencyKey: 'forged-0002' },
  );
  world.sandbox.control.confirm(twin.id, 'pm_card_visa', { account: world.stripeAccount });
  await world.quiet();
  assert.equal(await world.status(invoice.id), 'sent');
  assert.equal(world.sandbox.control.intents(world.stripeAccount).find((intent) => intent.id === twin.id)!.status, 'succeeded', 'the contractor’s other business is none of ours');
});

test('a webhook says nothing secret in the log, and no session or key is asked for', async () => {
  const body = event('payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' });
  const answer = await post(body, signed(body));
  assert.deepEqual([answer.statusCode, answer.body], [200, '']);
});
