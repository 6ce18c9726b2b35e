import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { Stripe } from 'stripe';
import { startSandbox, type Sandbox } from './server.ts';

let sandbox: Sandbox;
let stripe: Stripe;
let receiver: Server;
const secrets = { own: 'whsec_sandbox_own', connect: 'whsec_sandbox_connect' };
/** What arrived, by address; the receiver refuses as many as it is told. */
let posts: { path: string; event: Stripe.Event }[] = [];
let refusals = 0;

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  stripe = sdk();
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (refusals-- > 0) return void response.writeHead(503).end();
      const secret = request.url === '/own' ? secrets.own : secrets.connect;
      posts.push({ path: request.url!, event: stripe.webhooks.constructEvent(body, request.headers['stripe-signature'] as string, secret) });
      response.writeHead(200).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => receiver.once('listening', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  sandbox.control.webhook({ url: `${url}/own`, secret: secrets.own, connect: false });
  sandbox.control.webhook({ url: `${url}/connect`, secret: secrets.connect, connect: true });
});
after(async () => {
  await sandbox.close();
  receiver.close();
  receiver.closeAllConnections();
});
beforeEach(async () => {
  await sandbox.control.reset();
  posts = [];
  refusals = 0;
});

const sdk = (key = sandbox.keys.secret, retries = 2) => new Stripe(key, { host: '127.0.0.1', port: sandbox.port, protocol: 'http', maxNetworkRetries: retries, telemetry: false });
let lastKey = 0;
const keyed = (stripeAccount?: string) => ({ idempotencyKey: `test:${++lastKey}`, ...(stripeAccount ? { stripeAccount } : {}) });
const pay = (amount = 12_500, more: Partial<Stripe.PaymentIntentCreateParams> = {}, account?: string) =>
  stripe.paymentIntents.create({ amount, currency: 'usd', metadata: { invoice: 'inv_1' }, ...more }, keyed(account));
const code = (wanted: string) => (error: unknown) => assert.equal((error as Stripe.errors.StripeError).code, wanted) === undefined;
const says = (words: RegExp) => (error: unknown) => assert.match((error as Error).message, words) === undefined;

test('a payment is created, confirmed as in the browser, and read again with its charge', async () => {
  const created = await pay();
  assert.deepEqual([created.status, created.amount, created.livemode, created.metadata], ['requires_payment_method', 12_500, false, { invoice: 'inv_1' }]);
  assert.equal(sandbox.control.confirm(created.id, 'pm_card_visa').status, 'succeeded');
  const paid = await stripe.paymentIntents.retrieve(created.id, { expand: ['latest_charge', 'payment_method'] });
  const charge = paid.latest_charge as Stripe.Charge;
  assert.deepEqual([paid.amount_received, charge.amount, charge.status, charge.payment_method_details?.card?.last4], [12_500, 12_500, 'succeeded', '4242']);
  assert.equal((paid.payment_method as Stripe.PaymentMethod).card?.brand, 'visa');
  assert.equal((await stripe.charges.retrieve(charge.id)).payment_intent, created.id);
  assert.equal((await fetch(charge.receipt_url!)).status, 200);
});

test('a retried request is one payment, and another request under the same key is refused', async () => {
  const options = { idempotencyKey: 'attempt:1' };
  const first = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd' }, options);
  const second = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd' }, options);
  assert.equal(second.id, first.id);
  assert.equal(second.lastResponse.headers['idempotent-replayed'], 'true');
  await assert.rejects(stripe.paymentIntents.create({ amount: 5001, currency: 'usd' }, options), (error: Stripe.errors.StripeError) => error.type === 'StripeIdempotencyError');
  assert.equal(sandbox.control.intents().length, 1);
});

test('what is lost on the way is one payment all the same', async () => {
  for (const kind of ['drop-before', 'drop-after', '500'] as const) {
    sandbox.control.fault({ on: 'POST /v1/payment_intents', kind });
    const { id } = await pay();
    assert.equal(sandbox.control.intents().filter((intent) => intent.id === id).length, 1, kind);
  }
  assert.equal(sandbox.control.intents().length, 3);
  sandbox.control.fault({ on: 'POST /v1/payment_intents', kind: '429' });
  await assert.rejects(pay(), (error: Stripe.errors.StripeError) => error.type === 'StripeRateLimitError');
  assert.equal(sandbox.control.intents().length, 3);
});

test('while a request is being worked on its key is in use', async () => {
  sandbox.control.fault({ on: 'POST /v1/payment_intents', kind: 'slow', milliseconds: 300 });
  const once = sdk(undefined, 0);
  const create = () => once.paymentIntents.create({ amount: 5000, currency: 'usd' }, { idempotencyKey: 'slow:1' });
  const results = await Promise.allSettled([create(), create()]);
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal((await create()).id, sandbox.control.intents()[0]!.id);
});

test('what Stripe does not know is refused, and so is what we must not forget', async () => {
  const form = (body: string, headers: Record<string, string> = {}, path = '/v1/payment_intents') =>
    fetch(sandbox.url + path, { method: 'POST', body, headers: { authorization: `Bearer ${sandbox.keys.secret}`, 'stripe-version': '2026-10-28.endive', 'idempotency-key': `form:${++lastKey}`, ...headers } })
      .then(async (response) => ({ status: response.status, error: ((await response.json()) as { error?: Record<string, string> }).error }));
  assert.equal((await form('amount=500&currency=usd&colour=red')).error?.['code'], 'parameter_unknown');
  assert.equal((await form('amount=500&currency=usd&automatic_payment_methods[enable]=true')).error?.['param'], 'automatic_payment_methods[enable]');
  assert.equal((await form('amount=500&currency=usd&payment_method_types[]=card')).error?.['code'], 'payment_method_types_no_longer_supported');
  assert.equal((await form('amount=10.5&currency=usd')).error?.['code'], 'parameter_invalid_integer');
  assert.equal((await form('amount=49&currency=usd')).error?.['code'], 'amount_too_small');
  assert.equal((await form('amount=5005&currency=kwd')).error?.['code'], 'invalid_charge_amount');
  assert.equal((await form('currency=usd')).error?.['code'], 'parameter_missing');
  assert.match((await form('amount=500&currency=usd', { 'idempotency-key': '' })).error!['message']!, /Idempotency-Key/);
  assert.match((await form('amount=500&currency=usd', { 'stripe-version': '' })).error!['message']!, /Stripe-Version/);
  assert.equal((await form('amount=500&currency=usd', { authorization: 'Bearer sk_live_never' })).status, 401);
  const unknown = await form('', {}, '/v1/unheard_of');
  assert.deepEqual([unknown.status, typeof unknown.error], [404, 'object']);
  await assert.rejects(stripe.paymentIntents.create({ amount: 500, currency: 'usd' }), says(/Idempotency-Key/));
  await assert.rejects(stripe.paymentIntents.retrieve((await pay()).id, { expand: ['colour'] }), says(/cannot be expanded/));
});

test('each account has its own store, and one that is not connected is refused', async () => {
  const acme = sandbox.control.connect();
  const verde = sandbox.control.connect();
  const { id } = await pay(500, {}, acme);
  assert.equal((await stripe.paymentIntents.retrieve(id, {}, { stripeAccount: acme })).id, id);
  await assert.rejects(stripe.paymentIntents.retrieve(id, {}, { stripeAccount: verde }), code('resource_missing'));
  await assert.rejects(stripe.paymentIntents.retrieve(id), code('resource_missing'));
  await assert.rejects(pay(500, {}, 'acct_unheardof'), code('account_invalid'));
  assert.equal((await stripe.accounts.retrieveCurrent({}, { stripeAccount: acme })).id, acme);
});

test('a declined card says why, and the same payment goes on with another', async () => {
  const { id } = await pay();
  for (const [card, why] of [['pm_card_chargeDeclined', 'generic_decline'], ['4000000000009995', 'insufficient_funds'], ['4000000000000069', 'expired_card'], ['4000000000000127', 'incorrect_cvc']] as const) {
    const declined = sandbox.control.confirm(id, card);
    assert.deepEqual([declined.status, declined.last_payment_error?.decline_code], ['requires_payment_method', why]);
  }
  const charge = (await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] })).latest_charge as Stripe.Charge;
  assert.equal(charge.status, 'failed');
  assert.equal(sandbox.control.confirm(id, 'pm_card_visa').status, 'succeeded');
  assert.deepEqual(sandbox.control.totals().captured, { usd: 12_500 });
  await assert.rejects(
    stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa', return_url: 'https://acme.example/' }),
    (error: Stripe.errors.StripeError) => error.code === 'payment_intent_unexpected_state' && error.payment_intent?.status === 'succeeded',
  );
});

test('what is paid, processing or canceled cannot be changed or canceled, and the refusal tells what it is', async () => {
  const { id } = await pay();
  assert.equal((await stripe.paymentIntents.update(id, { amount: 600, metadata: { version: '2' } })).amount, 600);
  sandbox.control.confirm(id, 'pm_usBankAccount');
  for (const work of [stripe.paymentIntents.update(id, { amount: 700 }), stripe.paymentIntents.cancel(id)])
    await assert.rejects(work, (error: Stripe.errors.StripeError) => error.code === 'payment_intent_unexpected_state' && error.payment_intent?.status === 'processing');
  assert.deepEqual((await stripe.paymentIntents.update(id, { metadata: { note: 'late' } })).metadata, { invoice: 'inv_1', version: '2', note: 'late' });
  const other = await stripe.paymentIntents.cancel((await pay()).id);
  assert.equal(other.status, 'canceled');
  await assert.rejects(stripe.paymentIntents.cancel(other.id), code('payment_intent_unexpected_state'));
});

test('3-D Secure waits, then succeeds or gives the payment back', async () => {
  const { id } = await pay();
  const waiting = sandbox.control.confirm(id, '4000000000003220');
  assert.deepEqual([waiting.status, waiting.next_action?.type], ['requires_action', 'use_stripe_sdk']);
  const failed = sandbox.control.authenticate(id, 'failed') as Stripe.PaymentIntent;
  assert.deepEqual([failed.status, failed.last_payment_error?.code], ['requires_payment_method', 'payment_intent_authentication_failure']);
  sandbox.control.confirm(id, '4000002760003155');
  assert.equal(sandbox.control.authenticate(id, 'ok').status, 'succeeded');
});

test('Klarna and 3-D Secure by redirect come back to the page with the outcome', async () => {
  for (const [method, deed, outcome] of [['pm_klarna', 'ok', 'succeeded'], ['pm_klarna', 'failed', 'failed'], ['4000000000003063', 'ok', 'succeeded']] as const) {
    const { id, client_secret } = await pay();
    const { next_action } = sandbox.control.confirm(id, method);
    assert.match(await (await fetch(next_action!.redirect_to_url!.url!)).text(), /data-testid="accept"/);
    const back = await fetch(`${next_action!.redirect_to_url!.url}/${deed}`, { redirect: 'manual' });
    const at = new URL(back.headers.get('location')!);
    assert.deepEqual([at.origin, at.searchParams.get('payment_intent'), at.searchParams.get('payment_intent_client_secret'), at.searchParams.get('redirect_status')], ['https://contractor.example', id, client_secret, outcome]);
  }
});

test('a bank debit waits until the bank answers, and may fail', async () => {
  const [one, two] = [await pay(), await pay()];
  assert.equal(sandbox.control.confirm(one.id, 'pm_usBankAccount').status, 'processing');
  assert.equal(sandbox.control.confirm(two.id, '000222222227').status, 'processing');
  sandbox.control.settle(one.id);
  sandbox.control.settle(two.id);
  assert.equal((await stripe.paymentIntents.retrieve(one.id)).status, 'succeeded');
  const failed = await stripe.paymentIntents.retrieve(two.id, { expand: ['latest_charge'] });
  assert.deepEqual([failed.status, failed.last_payment_error?.code, (failed.latest_charge as Stripe.Charge).status], ['requires_payment_method', 'insufficient_funds', 'failed']);
});

test('a bank account that needs small deposits is verified on a page', async () => {
  const { id } = await pay();
  const { next_action } = sandbox.control.confirm(id, '000999999991');
  const page = next_action!.verify_with_microdeposits!.hosted_verification_url;
  assert.match(await (await fetch(page)).text(), /SM11AA/);
  assert.match(await (await fetch(`${page}/verify?code=wrong`)).text(), /not the code/);
  await fetch(`${page}/verify?code=SM11AA`);
  assert.equal((await stripe.paymentIntents.retrieve(id)).status, 'processing');
});

test('refunds never exceed what is left, and a failed one gives the money back to the contractor', async () => {
  const { id } = await pay(10_000);
  await assert.rejects(stripe.refunds.create({ payment_intent: id }, keyed()), says(/does not have a successful charge/));
  sandbox.control.confirm(id, 'pm_card_visa');
  await stripe.refunds.create({ payment_intent: id, amount: 4000 }, keyed());
  await assert.rejects(stripe.refunds.create({ payment_intent: id, amount: 6001 }, keyed()), says(/greater than unrefunded amount/));
  const rest = sandbox.control.refund(id);
  assert.equal(rest.amount, 6000);
  await assert.rejects(stripe.refunds.create({ payment_intent: id }, keyed()), code('charge_already_refunded'));
  sandbox.control.refundFail(rest.id);
  assert.deepEqual((await stripe.refunds.list({ payment_intent: id })).data.map(({ status, amount }) => [status, amount]), [['failed', 6000], ['succeeded', 4000]]);
  assert.deepEqual(sandbox.control.totals(), { captured: { usd: 10_000 }, refunded: { usd: 4000 }, disputedLost: {}, net: { usd: 6000 } });
});

test('a disputed charge cannot be refunded; an inquiry can; what is lost is gone', async () => {
  const [one, two] = [await pay(10_000), await pay(5000)];
  sandbox.control.confirm(one.id, '4000000000000259');
  sandbox.control.confirm(two.id, 'pm_card_createDisputeInquiry');
  await assert.rejects(stripe.refunds.create({ payment_intent: one.id }, keyed()), code('charge_disputed'));
  await stripe.refunds.create({ payment_intent: two.id, amount: 100 }, keyed());
  const [dispute] = (await stripe.disputes.list({ payment_intent: one.id })).data;
  sandbox.control.disputeClose(dispute!.id, 'lost');
  assert.equal((await stripe.disputes.retrieve(dispute!.id)).status, 'lost');
  assert.deepEqual(sandbox.control.totals().net, { usd: 4900 });
});

test('events are signed, name the account, and go to the endpoint of its kind', async () => {
  const acme = sandbox.control.connect();
  const [own, connected] = [await pay(), await pay(500, {}, acme)];
  sandbox.control.confirm(own.id, 'pm_card_visa');
  sandbox.control.confirm(connected.id, 'pm_card_visa');
  await sandbox.control.idle();
  const seen = (path: string) => posts.filter((post) => post.path === path).map(({ event }) => event.type).sort();
  const types = ['charge.succeeded', 'payment_intent.created', 'payment_intent.succeeded'];
  assert.deepEqual([seen('/own'), seen('/connect')], [types, types]);
  assert.ok(posts.every(({ path, event }) => (path === '/connect' ? event.account === acme : event.account === undefined) && !event.livemode));
  assert.deepEqual((await stripe.events.list({ type: 'payment_intent.succeeded' }, { stripeAccount: acme })).data.map(({ type }) => type), ['payment_intent.succeeded']);
});

test('what nobody takes is posted again', async () => {
  refusals = 2;
  await pay();
  await sandbox.control.idle();
  assert.deepEqual(posts.map(({ event }) => event.type), ['payment_intent.created']);
});

test('events can be held, reversed, doubled and posted again', async () => {
  sandbox.control.hold();
  const { id } = await pay();
  sandbox.control.confirm(id, 'pm_card_visa');
  assert.equal(posts.length, 0);
  await sandbox.control.release({ order: 'reversed', duplicate: true });
  const types = ['payment_intent.succeeded', 'charge.succeeded', 'payment_intent.created'];
  assert.deepEqual(posts.map(({ event }) => event.type), types.flatMap((type) => [type, type]));
  await sandbox.control.redeliver(posts[0]!.event.id);
  assert.equal(posts.at(-1)!.event.type, 'payment_intent.succeeded');
});

test('an account is onboarded over a link that is good for one visit', async () => {
  const account = await stripe.accounts.create({ country: 'US', metadata: { account: 'acme' } }, keyed());
  assert.deepEqual([account.charges_enabled, account.details_submitted], [false, false]);
  await assert.rejects(pay(500, {}, account.id), says(/onboarding is not finished/));
  const link = await stripe.accountLinks.create({ account: account.id, type: 'account_onboarding', refresh_url: 'https://center.example/refresh', return_url: 'https://center.example/return' });
  assert.equal((await fetch(link.url)).status, 200);
  assert.equal((await fetch(link.url, { redirect: 'manual' })).headers.get('location'), 'https://center.example/refresh');
  assert.equal((await fetch(`${link.url}/finish`, { redirect: 'manual' })).headers.get('location'), 'https://center.example/return');
  assert.equal((await stripe.accounts.retrieve(account.id)).charges_enabled, true);
  await sandbox.control.idle();
  assert.deepEqual(posts.map(({ event }) => [event.type, event.account]), [['account.updated', account.id]]);
});

test('OAuth gives a code that is good once, and taking the consent back ends it', async () => {
  const address = `${sandbox.url}/oauth/authorize?response_type=code&client_id=ca_sandbox&scope=read_write&state=s1&redirect_uri=${encodeURIComponent('https://center.example/back')}`;
  const back = new URL((await fetch(address, { redirect: 'manual' })).headers.get('location')!);
  assert.equal(back.searchParams.get('state'), 's1');
  assert.match(await (await fetch(address, { headers: { accept: 'text/html' } })).text(), /data-testid="deny"/);
  const exchange = () => stripe.oauth.token({ grant_type: 'authorization_code', code: back.searchParams.get('code')! });
  const { stripe_user_id: account } = await exchange();
  await assert.rejects(exchange(), (error: Stripe.errors.StripeError) => error.type === 'StripeInvalidGrantError');
  assert.equal((await pay(500, {}, account)).status, 'requires_payment_method');
  await stripe.oauth.deauthorize({ client_id: 'ca_sandbox', stripe_user_id: account! });
  await assert.rejects(pay(500, {}, account), code('account_invalid'));
  await sandbox.control.idle();
  assert.ok(posts.some(({ event }) => event.type === 'account.application.deauthorized' && event.account === account));
});

test('a customer keeps payment methods, has a preferred one and takes them away', async () => {
  const customer = await stripe.customers.create({ email: 'maria@pinestreet.example' });
  const setup = await stripe.setupIntents.create({ customer: customer.id, automatic_payment_methods: { enabled: true } });
  assert.equal(sandbox.control.confirmSetup(setup.id, '4000002760003155').status, 'requires_action');
  sandbox.control.authenticate(setup.id, 'ok');
  const { id } = await pay(500, { customer: customer.id, setup_future_usage: 'off_session' });
  sandbox.control.confirm(id, 'pm_card_mastercard');
  const cards = await stripe.customers.listPaymentMethods(customer.id, { type: 'card' });
  assert.deepEqual(cards.data.map(({ card }) => card?.brand), ['mastercard', 'visa']);
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: cards.data[0]!.id } });
  const off = await stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer: customer.id, payment_method: cards.data[1]!.id, confirm: true, off_session: true }, keyed());
  assert.equal(off.status, 'succeeded');
  await stripe.paymentMethods.detach(cards.data[0]!.id);
  const read = await stripe.customers.retrieve(customer.id, { expand: ['invoice_settings.default_payment_method'] });
  assert.equal((read as Stripe.Customer).invoice_settings.default_payment_method, null);
  const stranger = await stripe.customers.create({});
  await assert.rejects(pay(500, { customer: stranger.id, payment_method: cards.data[1]!.id }), says(/attached to a customer/));
});

test('a publishable key sees one payment by its client secret, without what is ours', async () => {
  const { id, client_secret } = await pay();
  const ask = async (path: string, query: Record<string, string>) => {
    const response = await fetch(`${sandbox.url}${path}?${new URLSearchParams({ key: sandbox.keys.publishable, _stripe_version: '2026-10-28.endive', ...query }).toString()}`);
    return { status: response.status, origin: response.headers.get('access-control-allow-origin'), body: (await response.json()) as Record<string, unknown> };
  };
  const seen = await ask(`/v1/payment_intents/${id}`, { client_secret: client_secret! });
  assert.deepEqual([seen.status, seen.origin, seen.body['amount'], seen.body['metadata']], [200, '*', 12_500, undefined]);
  assert.equal((await ask(`/v1/payment_intents/${id}`, {})).status, 400);
  assert.equal((await ask(`/v1/payment_intents/${id}`, { client_secret: `${id}_secret_guessed` })).status, 400);
  assert.equal((await ask('/v1/payment_intents', {})).status, 403);
  assert.equal((await ask('/v1/customers', {})).status, 403);
});

test('application fees need a connected account and never exceed the amount', async () => {
  const acme = sandbox.control.connect();
  await assert.rejects(pay(500, { application_fee_amount: 50 }), says(/Stripe-Account/));
  await assert.rejects(pay(500, { application_fee_amount: 501 }, acme), says(/greater than the amount/));
  const { id } = await pay(500, { application_fee_amount: 50 }, acme);
  sandbox.control.confirm(id, 'pm_card_visa');
  const refund = await stripe.refunds.create({ payment_intent: id, refund_application_fee: true }, keyed(acme));
  assert.equal(refund.status, 'succeeded');
});

test('domains of wallets are registered once an account', async () => {
  const acme = sandbox.control.connect();
  const options = { stripeAccount: acme };
  const first = await stripe.paymentMethodDomains.create({ domain_name: 'www.acme.example' }, options);
  assert.equal((await stripe.paymentMethodDomains.create({ domain_name: 'www.acme.example' }, options)).id, first.id);
  assert.equal((await stripe.paymentMethodDomains.update(first.id, { enabled: false }, options)).enabled, false);
  assert.equal((await stripe.paymentMethodDomains.list({}, options)).data.length, 1);
});

test('every request is logged, without card numbers; the strings can be pulled by HTTP', async () => {
  await fetch(`${sandbox.url}/v1/payment_methods`, {
    method: 'POST', body: `key=${sandbox.keys.publishable}&_stripe_version=2026-10-28.endive&type=card&card[number]=4111111111111111&card[exp_month]=12&card[exp_year]=40&card[cvc]=123`,
  });
  const created = await pay();
  const [first, second] = sandbox.control.log();
  assert.deepEqual([first!.method, first!.path, first!.status, (first!.body['card'] as Record<string, string>)['number']], ['POST', '/v1/payment_methods', 402, '…1111']);
  assert.deepEqual([second!.headers['stripe-version'], second!.body['amount'], second!.account], ['2026-10-28.endive', '12500', null]);
  const pull = async (name: string, ...values: unknown[]) => (await fetch(`${sandbox.url}/_test/${name}`, { method: 'POST', body: JSON.stringify(values) })).json();
  assert.equal(((await pull('confirm', created.id, 'pm_usBankAccount')) as Stripe.PaymentIntent).status, 'processing');
  await pull('settle', created.id, 'succeeded');
  assert.deepEqual(await pull('totals'), { captured: { usd: 12_500 }, refunded: {}, disputedLost: {}, net: { usd: 12_500 } });
  await pull('reset');
  assert.equal(sandbox.control.intents().length, 0);
});
