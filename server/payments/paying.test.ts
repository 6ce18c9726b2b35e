import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { PaymentStarted } from '../contract/payments.ts';
import { intentOf, openPayments, type PayWorld } from './testing.ts';

let world: PayWorld;
before(async () => {
  world = await openPayments({ account: { partial_payments: 1, ask_tip: 1 } });
});
beforeEach(() => world.unlimited());
after(() => world.close());

test('an invoice is paid by card: it is paid, with a receipt, and the ledger says what Stripe says', async () => {
  const [invoice, payer] = [await world.invoice(12_345), await world.payer()];
  const paid = await payer.pay([invoice.id]);
  assert.deepEqual([paid.state, paid.amount, paid.method, paid.own], ['succeeded', { amount: 12_345, currency: 'USD' }, { type: 'card', brand: 'visa', last4: '4242' }, true]);
  assert.match(paid.receiptNumber ?? '', /^\d+$/);
  const view = await payer.see(invoice.id);
  assert.deepEqual([view.status, view.due.amount, view.payable.amount], ['paid', 0, 0]);
  assert.deepEqual(view.payments.map((payment) => [payment.method, payment.amount.amount, payment.paymentId]), [['cardOnline', 12_345, paid.id]]);
  await world.agree();
});

test('several invoices are paid by one payment, each by its own amount', async () => {
  const [first, second, payer] = [await world.invoice(10_000), await world.invoice(2500), await world.payer()];
  const paid = await payer.pay([first.id, second.id]);
  assert.equal(paid.amount.amount, 12_500);
  assert.deepEqual([await world.status(first.id), await world.status(second.id)], ['paid', 'paid']);
  await world.agree();
});

test('invoices of unrelated customers of one person are paid together, and each family is booked for itself', async () => {
  const other = await world.make('customers', { name: 'Maria at home' });
  const home = await world.make('contacts', { customerId: other, name: 'Maria O’Brien', email: 'maria@pinedental.example' });
  const [first, second] = [await world.invoice(4000), await world.invoice(6000, { customerId: other, contactId: home })];
  const payer = await world.payer();
  const { sign } = await signedIn();
  const paid = await sign.pay([first.id, second.id]);
  assert.equal(paid.state, 'succeeded');
  const rows = await world.scope.from('payments').select(['customer_id', 'amount']).where('attempt_id', '=', paid.id).orderBy('amount').execute();
  assert.deepEqual(rows, [{ customer_id: world.customer, amount: 4000 }, { customer_id: other, amount: 6000 }]);
  assert.equal((await payer.call('GET', `/payments/${paid.id}`)).status, 404, 'who is only one of the two does not see the other’s');
  await world.agree();

  async function signedIn() {
    const sign = await world.payer();
    // A sign-in link opens every contact with the address; an access link one.
    await world.scope.update('sessions').set({ contact_id: null, channel: 'email', address: 'maria@pinedental.example' }).where('contact_id', '=', world.contact).where('jkt', '=', sign.browser.jkt).execute();
    return { sign };
  }
});

test('a tip is charged and settles nothing', async () => {
  const [invoice, payer] = [await world.invoice(5000), await world.payer()];
  const paid = await payer.pay([invoice.id], 'pm_card_visa', { tip: 750 });
  assert.deepEqual([paid.amount.amount, paid.tip.amount], [5750, 750]);
  assert.deepEqual([await world.due(invoice.id), (await world.online())[0]!.overpaid.amount], [0, 0]);
  await world.agree(750);
});

test('case 1: a double click and a repeated request are one attempt with one PaymentIntent', async () => {
  const [invoice, payer] = [await world.invoice(1000), await world.payer()];
  const before = world.sandbox.control.intents(world.stripeAccount).length;
  const seen = await payer.see(invoice.id);
  const item = { id: invoice.id, amount: 1000, etag: seen.etag };
  const [first, second, third] = await Promise.all([payer.ask([item], {}, 'same-key-0001'), payer.ask([item], {}, 'same-key-0001'), payer.ask([item], {}, 'other-key-001')]);
  const again = await payer.ask([item], {}, 'same-key-0001');
  for (const answer of [first, second, third, again]) assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.equal(new Set([first, second, third, again].map((answer) => (answer.body as PaymentStarted).clientSecret)).size, 1);
  assert.equal(world.sandbox.control.intents(world.stripeAccount).length, before + 1);
});

test('case 2: of two tabs the second finds that it is paid already', async () => {
  const [invoice, payer] = [await world.invoice(1100), await world.payer()];
  const [one, two] = [await payer.start([invoice.id]), await payer.start([invoice.id])];
  assert.equal(one.clientSecret, two.clientSecret);
  payer.confirm(one);
  assert.throws(() => payer.confirm(two), /payment_intent_unexpected_state|succeeded/);
  assert.equal((await payer.sync(two.payment.id)).state, 'succeeded');
  assert.deepEqual([(await payer.ask([{ id: invoice.id, amount: 1100 }])).code], ['due_changed']);
  await world.agree(750);
});

test('case 3: two people with different parts at once: one pays, the other is told that somebody does, and since when', async () => {
  const colleague = await world.make('contacts', { customerId: world.customer, name: 'Sam Lin', email: 'sam@pinedental.example' });
  const [invoice, maria, sam] = [await world.invoice(9000), await world.payer(), await world.payer(colleague)];
  const first = await maria.start([{ id: invoice.id, amount: 3000 }]);
  const refused = await sam.ask([{ id: invoice.id, amount: 9000 }]);
  assert.deepEqual([refused.status, refused.code], [409, 'payment_in_progress']);
  const [blocked] = (refused.body as { items: { reason: string; by: string; since: string; due: { amount: number } }[] }).items;
  assert.deepEqual([blocked!.reason, blocked!.by, blocked!.due.amount], ['inProgress', 'Maria O’Brien', 9000]);
  assert.ok(Date.parse(blocked!.since) <= Date.now());
  maria.confirm(first);
  await maria.sync(first.payment.id);
  const late = await sam.ask([{ id: invoice.id, amount: 9000 }]);
  assert.deepEqual([late.status, late.code, (late.body as { items: { due: { amount: number } }[] }).items[0]!.due.amount], [409, 'due_changed', 6000]);
  assert.equal((await sam.pay([{ id: invoice.id, amount: 6000 }])).state, 'succeeded');
  assert.equal(await world.status(invoice.id), 'paid');
  await world.agree(750);
});

test('case 5: what the contractor changes while the form is open is asked again, with the new amount', async () => {
  const [invoice, payer] = [await world.invoice(2000), await world.payer()];
  const seen = await payer.see(invoice.id);
  await world.office('PATCH', `invoices/${invoice.id}`, { lines: [{ description: 'Work', unitPrice: 2600 }] });
  await world.office('POST', `invoices/${invoice.id}/send`, {});
  const refused = await payer.ask([{ id: invoice.id, amount: 2000, etag: seen.etag }]);
  assert.deepEqual([refused.status, refused.code], [412, 'stale']);
  const [blocked] = (refused.body as { items: { due: { amount: number }; etag: string }[] }).items;
  assert.equal(blocked!.due.amount, 2600);
  assert.equal((await payer.ask([{ id: invoice.id, amount: 2600, etag: blocked!.etag }])).status, 201);
});

test('case 5: an invoice that was lowered meanwhile is asked again, like any other that was changed', async () => {
  const [invoice, payer] = [await world.invoice(2000), await world.payer()];
  const seen = await payer.see(invoice.id);
  await world.office('PATCH', `invoices/${invoice.id}`, { lines: [{ description: 'Work', unitPrice: 900 }] });
  await world.office('POST', `invoices/${invoice.id}/send`, {});
  const refused = await payer.ask([{ id: invoice.id, amount: 2000, etag: seen.etag }]);
  assert.deepEqual([refused.status, refused.code, refused.body.items[0].due.amount], [412, 'stale', 900]);
  assert.equal((await payer.ask([{ id: invoice.id, amount: 2000 }])).status, 400, 'more than the invoice that was seen');
});

test('case 6: a change between the PaymentIntent and its confirmation ends it: nothing is charged silently', async () => {
  const [invoice, payer] = [await world.invoice(2000), await world.payer()];
  const started = await payer.start([invoice.id]);
  await world.office('PATCH', `invoices/${invoice.id}`, { lines: [{ description: 'Work', unitPrice: 900 }] });
  await world.office('POST', `invoices/${invoice.id}/send`, {});
  await world.drain();
  assert.throws(() => payer.confirm(started), /canceled|unexpected_state/);
  assert.equal((await payer.sync(started.payment.id)).state, 'canceled');
  assert.equal((await payer.pay([invoice.id])).amount.amount, 900);
  await world.agree(750);
});

test('case 7: paid in cash while somebody pays: the open one is ended, or what comes is a credit that the office sees', async () => {
  const [ended, raced, payer] = [await world.invoice(3000), await world.invoice(3100), await world.payer()];
  const cash = (invoice: { id: string; customerId: string }, amount: number) =>
    world.make('payments', { customerId: invoice.customerId, receivedOn: '2026-01-05', method: 'cash', amount, allocations: [{ invoiceId: invoice.id, amount }] });
  const first = await payer.start([ended.id]);
  await cash(ended, 3000);
  await world.drain();
  assert.throws(() => payer.confirm(first), /canceled|unexpected_state/);
  const second = await payer.start([raced.id]);
  await cash(raced, 3100);
  payer.confirm(second);
  await payer.sync(second.payment.id);
  const [online] = await world.online();
  assert.deepEqual([online!.state, online!.overpaid.amount, await world.due(raced.id)], ['succeeded', 3100, 0]);
  const inbox = (await world.office('GET', 'inbox')).body as { items: { kind: string; text: string }[] };
  assert.ok(inbox.items.some((item) => item.kind === 'paymentOverpaid' && item.text.includes('$31.00')));
  await world.agree(750);
});

test('case 7: an open payment of an invoice that a credit settles is ended', async () => {
  const [invoice, payer] = [await world.invoice(3000), await world.payer()];
  const credit = await world.make('invoices', { jobId: invoice.jobId, kind: 'credit', lines: [{ description: 'Came late', unitPrice: -3000 }], taxes: [] });
  assert.equal((await world.office('POST', `invoices/${credit}/send`, {})).status, 200);
  const started = await payer.start([invoice.id]);
  assert.equal((await world.office('POST', `invoices/${credit}/apply`, { invoiceId: invoice.id, amount: 3000 })).status, 200);
  await world.drain();
  assert.throws(() => payer.confirm(started), /canceled|unexpected_state/);
  assert.equal((await payer.sync(started.payment.id)).state, 'canceled');
});

test('case 7: an open payment is ended when its invoice, or its job’s invoices, may not be paid online any more', async () => {
  const payer = await world.payer();
  for (const switchOff of [(invoice: { id: string }) => `invoices/${invoice.id}`, (invoice: { jobId: string }) => `jobs/${invoice.jobId}`]) {
    const invoice = await world.invoice(3100);
    const started = await payer.start([invoice.id]);
    assert.equal((await world.office('PATCH', switchOff(invoice), { onlinePayment: false })).status, 200);
    await world.drain();
    assert.throws(() => payer.confirm(started), /canceled|unexpected_state/);
    assert.equal((await payer.sync(started.payment.id)).state, 'canceled');
  }
});

test('case 7: a void invoice cannot be paid, and an open payment of it is ended', async () => {
  const [invoice, payer] = [await world.invoice(3000), await world.payer()];
  const started = await payer.start([invoice.id]);
  await world.office('POST', `invoices/${invoice.id}/void`);
  await world.drain();
  assert.throws(() => payer.confirm(started));
  assert.equal((await payer.sync(started.payment.id)).state, 'canceled');
  assert.equal((await payer.ask([{ id: invoice.id, amount: 3000 }])).code, 'not_payable');
});

test('case 8: a part and then the rest come out exactly; amounts that cannot be are refused', async () => {
  const [invoice, payer] = [await world.invoice(10_001), await world.payer()];
  const { etag } = await payer.see(invoice.id);
  for (const amount of [0, -5, 1.5, '100', 10_002, 49]) {
    const answer = await payer.ask([{ id: invoice.id, amount: amount as number, etag }]);
    assert.deepEqual([answer.status, answer.code], [400, 'invalid_request'], String(amount));
  }
  for (const tip of [-1, 0.5]) assert.equal((await payer.ask([{ id: invoice.id, amount: 100, etag }], { tip })).status, 400);
  assert.equal((await payer.ask([{ id: invoice.id, amount: 100, etag }, { id: invoice.id, amount: 100, etag }])).status, 400);
  await payer.pay([{ id: invoice.id, amount: 3333 }]);
  assert.deepEqual([await world.status(invoice.id), await world.due(invoice.id)], ['partlyPaid', 6668]);
  await payer.pay([invoice.id]);
  assert.deepEqual([await world.status(invoice.id), await world.due(invoice.id)], ['paid', 0]);
  await world.agree(750);
});

test('who begins the same payment again and again does not keep others out', async () => {
  const other = await world.make('contacts', { customerId: world.customer, name: 'Joe', email: 'joe@pinedental.example' });
  const [invoice, maria, joe] = [await world.invoice(2300), await world.payer(), await world.payer(other)];
  const first = await maria.start([invoice.id]);
  const past = new Date(Date.now() - 3_600_000).toISOString();
  await world.scope.update('payment_attempts').set({ created_at: past, updated_at: past }).where('id', '=', first.payment.id).execute();
  assert.equal((await maria.start([invoice.id])).payment.id, first.payment.id);
  assert.equal((await joe.pay([invoice.id])).state, 'succeeded');
  assert.equal((await maria.sync(first.payment.id)).state, 'canceled');
});

test('a tip that the account does not ask for is refused', async () => {
  const asking = async (ask: 0 | 1) => {
    await world.scope.db.updateTable('accounts').set({ ask_tip: ask }).where('id', '=', world.scope.accountId).execute();
    world.services.accounts.forget(world.scope.accountId);
  };
  const [invoice, payer] = [await world.invoice(2400), await world.payer()];
  await asking(0);
  const refused = await payer.ask([invoice.id], { tip: 100 });
  assert.deepEqual([refused.status, refused.body.errors[0].path], [400, '/tip']);
  assert.equal((await payer.ask([invoice.id], { tip: 0 })).status, 201);
  await asking(1);
});

test('case 8: where the account takes no parts, less than what is due is refused with what is due', async () => {
  await world.scope.db.updateTable('accounts').set({ partial_payments: 0 }).where('id', '=', world.scope.accountId).execute();
  world.services.accounts.forget(world.scope.accountId);
  const [invoice, payer] = [await world.invoice(8000), await world.payer()];
  const refused = await payer.ask([{ id: invoice.id, amount: 5000 }]);
  assert.deepEqual([refused.status, refused.code], [409, 'due_changed']);
  await world.scope.db.updateTable('accounts').set({ partial_payments: 1 }).where('id', '=', world.scope.accountId).execute();
  world.services.accounts.forget(world.scope.accountId);
});

test('case 17: declines, each with a reason of ours, and then success, are one payment', async () => {
  const [invoice, payer] = [await world.invoice(7000), await world.payer()];
  const started = await payer.start([invoice.id]);
  const reasons: (string | null)[] = [];
  for (const card of ['4000000000000002', '4000000000009995', '4000000000000069', '4000000000000127']) {
    payer.confirm(await payer.start([invoice.id]), card);
    const view = await payer.sync(started.payment.id);
    assert.equal(view.state, 'open');
    reasons.push(view.decline);
  }
  assert.deepEqual(reasons, ['declined', 'insufficientFunds', 'expired', 'wrongCode']);
  payer.confirm(started);
  const paid = await payer.sync(started.payment.id);
  assert.deepEqual([paid.state, paid.decline], ['succeeded', null]);
  assert.equal((await world.online()).filter((payment) => payment.items.some((item) => item.invoiceId === invoice.id)).length, 1);
  await world.agree(750);
});

test('case 18: 3-D Secure accepted, refused, closed and resumed; what counts is what Stripe says when it is asked', async () => {
  const [invoice, payer] = [await world.invoice(7100), await world.payer()];
  const started = await payer.start([invoice.id]);
  const intent = intentOf(started.clientSecret);
  payer.confirm(started, '4000002760003155');
  assert.equal((await payer.sync(started.payment.id)).state, 'open', 'a forged “succeeded” in a return address changes nothing');
  // Closed: the same payer gets the same one again.
  assert.equal((await payer.start([invoice.id])).clientSecret, started.clientSecret);
  world.sandbox.control.authenticate(intent, 'failed');
  assert.equal((await payer.sync(started.payment.id)).decline, 'authentication');
  payer.confirm(await payer.start([invoice.id]), '4000002760003155');
  world.sandbox.control.authenticate(intent, 'ok');
  for (let reload = 0; reload < 2; reload++) assert.equal((await payer.sync(started.payment.id)).state, 'succeeded');
  await world.agree(750);
});

test('case 18: a closed 3-D Secure is restarted by anybody else who may pay, and its first payer is told', async () => {
  const other = await world.make('contacts', { customerId: world.customer, name: 'Ann', email: 'ann@pinedental.example' });
  const [invoice, maria, ann] = [await world.invoice(7200), await world.payer(), await world.payer(other)];
  const started = await maria.start([invoice.id]);
  maria.confirm(started, '4000002760003155');
  assert.equal((await ann.pay([invoice.id])).state, 'succeeded');
  assert.equal((await maria.sync(started.payment.id)).state, 'canceled');
  await world.agree(750);
});

test('case 19: a bank sends nobody anywhere but to the account’s pages or our own', async () => {
  const [invoice, payer] = [await world.invoice(1000), await world.payer()];
  for (const returnUrl of ['https://evil.example/account', 'https://www.acme.example.evil.example/', 'http://www.acme.example/account', 'javascript:alert(1)', 'https://user@www.acme.example/']) {
    const answer = await payer.ask([invoice.id], { returnUrl });
    assert.deepEqual([answer.status, answer.code], [400, 'invalid_request'], returnUrl);
  }
  for (const returnUrl of ['https://www.acme.example/account?x=1', 'http://localhost:8080/c/acme']) {
    const started = await payer.start([invoice.id], { returnUrl });
    assert.equal(new URL(started.returnUrl).searchParams.get('cc-payment'), started.payment.id);
    assert.equal(new URL(started.returnUrl).origin, new URL(returnUrl).origin);
  }
});

test('case 27: foreign invoices, payments and cards answer as absent ones', async () => {
  const stranger = await world.make('customers', { name: 'Stranger' });
  const strangerContact = await world.make('contacts', { customerId: stranger, name: 'Eve', email: 'eve@elsewhere.example' });
  const [mine, payer, eve] = [await world.invoice(5100), await world.payer(), await world.payer(strangerContact)];
  const paid = await payer.pay([mine.id]);
  const { etag } = await payer.see(mine.id);
  const absent = await eve.ask([{ id: 'inv_01ARZ3NDEKTSV4RRFFQ69G5FAV', amount: 100, etag: 'x' }]);
  assert.deepEqual(await eve.ask([{ id: mine.id, amount: 100, etag }]), absent);
  assert.equal(absent.status, 404);
  for (const path of [`/payments/${paid.id}`, '/payments/att_01ARZ3NDEKTSV4RRFFQ69G5FAV']) assert.equal((await eve.call('GET', path)).status, 404);
  for (const action of ['sync', 'downloads']) assert.equal((await eve.call('POST', `/payments/${paid.id}/${action}`)).status, 404);
  const link = await world.reader('invoice', (await world.invoice(900)).id);
  assert.equal((await link.ask([{ id: mine.id, amount: 100, etag }])).status, 404, 'a document’s link pays its own invoice only');
});

test('who may not pay is refused, and an invoice that is switched off cannot be paid', async () => {
  const looker = await world.make('contacts', { customerId: world.customer, name: 'Lee', email: 'lee@pinedental.example', canPay: false });
  const [invoice, off, lee, payer] = [await world.invoice(1000), await world.invoice(1000, { onlinePayment: false }), await world.payer(looker), await world.payer()];
  assert.deepEqual([(await lee.ask([invoice.id])).code, (await lee.see(invoice.id)).rights.pay], ['forbidden', false]);
  const refused = await payer.ask([{ id: invoice.id }, { id: off.id, amount: 1000 }]);
  assert.deepEqual([refused.status, refused.code, (refused.body as { items: { invoiceId: string }[] }).items.map((item) => item.invoiceId)], [409, 'not_payable', [off.id]]);
  const viewer = await world.reader('invoice', invoice.id, ['view']);
  assert.equal((await viewer.ask([{ id: invoice.id, amount: 1000, etag: 'x' }])).status, 404, 'a link without this right knows of no such thing');
});

test('the reader of an invoice’s link pays it there', async () => {
  const invoice = await world.invoice(4300);
  const reader = await world.reader('invoice', invoice.id);
  const paid = await reader.pay([invoice.id]);
  assert.equal(paid.state, 'succeeded');
  assert.equal((await reader.call('GET', '/payment-options')).body.saveCards, false);
  assert.equal((await reader.ask([{ id: invoice.id, amount: 100 }], { saveCard: true })).status, 400);
});

test('a payment that came online can be neither changed nor deleted by the office', async () => {
  const rows = await world.scope.from('payments').select('id').where('attempt_id', 'is not', null).limit(1).execute();
  assert.equal((await world.office('DELETE', `payments/${rows[0]!.id}`)).status, 409);
  assert.equal((await world.office('PATCH', `payments/${rows[0]!.id}`, { reference: 'mine' })).status, 409);
});

test('case 35: every request says its API version, a key where it creates, integer amounts and our metadata, and no payment_method_types', () => {
  const log = world.sandbox.control.log().filter((request) => request.path.startsWith('/v1/'));
  assert.ok(log.length > 100);
  for (const request of log.filter(({ headers }) => headers['authorization']?.includes('sk_test'))) {
    assert.equal(request.headers['stripe-version'], '2026-10-28.endive', request.path);
    assert.ok(!JSON.stringify(request.body).includes('payment_method_types'), request.path);
    if (request.method === 'POST' && /^\/v1\/(payment_intents|refunds|customers|setup_intents)$/.test(request.path)) assert.ok(request.headers['idempotency-key'], request.path);
    if (request.path === '/v1/payment_intents' && request.method === 'POST') {
      const { metadata, amount } = request.body as { metadata: Record<string, string>; amount: string };
      assert.deepEqual(Object.keys(metadata).sort(), ['account', 'attempt', 'invoice']);
      assert.match(String(amount), /^\d+$/);
      assert.equal(request.account, world.stripeAccount, 'the contractor’s account, never the operator’s');
    }
  }
});
