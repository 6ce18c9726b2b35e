import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { intentOf, openPayments, type PayWorld } from './testing.ts';

let world: PayWorld;
before(async () => {
  world = await openPayments({ webhooks: true, account: { partial_payments: 1, ask_tip: 1 } });
});
beforeEach(() => world.unlimited());
after(() => world.close());

const begun = async (amount: number, more: object = {}) => {
  const [invoice, payer] = [await world.invoice(amount), await world.payer()];
  const started = await payer.start([invoice.id], more);
  return { invoice, payer, started, intent: intentOf(started.clientSecret) };
};
const paid = async (amount: number, more: object = {}, card = 'pm_card_visa') => {
  const all = await begun(amount, more);
  all.payer.confirm(all.started, card);
  await all.payer.sync(all.started.payment.id);
  return all;
};
const kinds = async (attemptId: string) => (await world.scope.from('notices').select('kind').where('attempt_id', '=', attemptId).orderBy('id').execute()).map((row) => row.kind);

test('case 20: a bank debit is on its way, reserved and honest, and then paid', async () => {
  const { invoice, payer, started, intent } = await begun(20_000);
  payer.confirm(started, 'pm_usBankAccount');
  assert.equal((await payer.sync(started.payment.id)).state, 'processing');
  const view = await payer.see(invoice.id);
  assert.deepEqual([view.status, view.due.amount, view.payable.amount, view.pending.map((each) => [each.amount.amount, each.own, each.by])], ['sent', 20_000, 0, [[20_000, true, 'Maria O’Brien']]]);
  const again = await payer.ask([{ id: invoice.id, amount: 20_000 }]);
  assert.deepEqual([again.code, (again.body as { items: { reason: string }[] }).items[0]!.reason], ['payment_in_progress', 'inProgress']);
  world.sandbox.control.settle(intent, 'succeeded');
  await world.quiet();
  assert.deepEqual([await world.status(invoice.id), await kinds(started.payment.id)], ['paid', ['receipt', 'officePaid']]);
  await world.agree();
});

test('case 20: a bank debit that is refused days later opens the invoice again, and both sides are told', async () => {
  const { invoice, payer, started, intent } = await begun(20_500);
  payer.confirm(started, 'pm_usBankAccount');
  await payer.sync(started.payment.id);
  world.sandbox.control.settle(intent, 'failed');
  await world.quiet();
  const view = await payer.see(invoice.id);
  assert.deepEqual([view.status, view.payable.amount, view.pending], ['sent', 20_500, []]);
  assert.equal((await payer.call('GET', `/payments/${started.payment.id}`)).body.state, 'failed');
  assert.deepEqual(await kinds(started.payment.id), ['paymentFailed', 'officePaymentFailed']);
  assert.equal(world.sandbox.control.intents(world.stripeAccount).find((each) => each.id === intent)!.status, 'canceled', 'nobody can finish it any more');
  assert.equal((await payer.pay([invoice.id])).state, 'succeeded');
  await world.agree();
});

test('a bank account that waits to be proved holds its invoice, and only its payer is led to Stripe for it', async () => {
  const { invoice, payer, started, intent } = await begun(3000);
  payer.confirm(started, 'pm_usBankAccount_microdeposits');
  await payer.sync(started.payment.id);
  const [pending] = (await payer.see(invoice.id)).pending;
  assert.deepEqual([pending!.verify, pending!.paymentId], [true, started.payment.id]);
  assert.match((await payer.call('GET', `/payments/${started.payment.id}`)).body.verifyUrl as string, /^http/);
  const other = await world.make('contacts', { customerId: world.customer, name: 'Ann', email: 'ann2@pinedental.example' });
  const ann = await world.payer(other);
  assert.deepEqual([(await ann.ask([{ id: invoice.id, amount: 3000 }])).code, (await ann.call('GET', `/payments/${started.payment.id}`)).body.verifyUrl], ['payment_in_progress', null]);
  await world.reconcile();
  assert.equal((await payer.call('GET', `/payments/${started.payment.id}`)).body.state, 'open', 'the reconciler leaves it to Stripe');
  world.sandbox.control.verifyMicrodeposits(intent);
  world.sandbox.control.settle(intent, 'succeeded');
  await world.quiet();
  assert.equal(await world.status(invoice.id), 'paid');
  await world.agree();
});

test('case 21: refunds whole, in part, several, from Stripe’s dashboard and failing later leave exactly what is paid', async () => {
  const { invoice, payer, started, intent } = await paid(10_000);
  const { id } = started.payment;
  assert.equal((await world.office('POST', `online-payments/${id}/refunds`, { amount: 2500, reason: 'A part was not needed' })).status, 201);
  assert.deepEqual([await world.due(invoice.id), await world.status(invoice.id)], [2500, 'partlyPaid']);
  world.sandbox.control.refund(intent, 500);
  await world.quiet();
  assert.equal(await world.due(invoice.id), 3000);
  assert.equal((await world.office('POST', `online-payments/${id}/refunds`, { amount: 7001 })).status, 400);
  const key = { 'idempotency-key': 'refund-once-001' };
  for (let times = 0; times < 2; times++) assert.equal((await world.office('POST', `online-payments/${id}/refunds`, {}, key)).status, 201);
  assert.deepEqual([await world.due(invoice.id), await world.status(invoice.id), (await world.online())[0]!.refunded.amount], [10_000, 'sent', 10_000]);
  const view = (await payer.call('GET', `/payments/${id}`)).body as { refunds: { amount: { amount: number } }[]; refunded: { amount: number } };
  assert.deepEqual(view.refunds.map((refund) => refund.amount.amount).sort((a, b) => a - b), [500, 2500, 7000]);
  assert.equal((await world.office('POST', `online-payments/${id}/refunds`, {})).status, 400, 'nothing is left');
  const lost = (await world.scope.from('refunds').select('stripe_refund_id').where('attempt_id', '=', id).where('amount', '=', 7000).executeTakeFirstOrThrow()).stripe_refund_id!;
  world.sandbox.control.refundFail(lost);
  await world.quiet();
  assert.deepEqual([await world.due(invoice.id), (await world.online())[0]!.refunded.amount], [3000, 3000]);
  const inbox = (await world.office('GET', 'inbox')).body as { items: { kind: string }[] };
  assert.ok(inbox.items.some((item) => item.kind === 'refundFailed'));
  const notices = await kinds(id);
  assert.deepEqual(['refunded', 'refundFailed'].map((each) => notices.filter((kind) => kind === each).length), [3, 1]);
  await world.agree();
});

test('case 21: a refund of a payment for several invoices, with a tip, takes the tip last', async () => {
  const [first, second, payer] = [await world.invoice(1000), await world.invoice(2000), await world.payer()];
  const started = await payer.start([first.id, second.id], { tip: 300 });
  payer.confirm(started);
  await payer.sync(started.payment.id);
  await world.office('POST', `online-payments/${started.payment.id}/refunds`, { amount: 2500 });
  assert.equal((await world.due(first.id)) + (await world.due(second.id)), 2500);
  await world.office('POST', `online-payments/${started.payment.id}/refunds`, {});
  assert.deepEqual([await world.due(first.id), await world.due(second.id), (await world.online())[0]!.refunded.amount], [1000, 2000, 3300]);
  await world.agree();
});

test('case 9: what was paid too much is flagged, refunded once even if asked twice, and is then settled', async () => {
  const { invoice, payer, started } = await begun(4000);
  await world.make('payments', { customerId: invoice.customerId, receivedOn: '2026-01-05', method: 'check', amount: 4000, allocations: [{ invoiceId: invoice.id, amount: 4000 }] });
  payer.confirm(started);
  await payer.sync(started.payment.id);
  assert.equal((await world.online())[0]!.overpaid.amount, 4000);
  const answers = await Promise.all(Array.from({ length: 3 }, () => world.office('POST', `online-payments/${started.payment.id}/refunds`, { amount: 4000 })));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 400, 400]);
  assert.deepEqual([(await world.online())[0]!.overpaid.amount, await world.status(invoice.id)], [0, 'paid']);
  await world.agree();
});

test('case 22: a dispute is flagged and changes no balance until it is lost; an inquiry takes no money', async () => {
  const { invoice, payer, started } = await paid(6000);
  const charge = (await world.scope.from('payment_attempts').select('charge_id').where('id', '=', started.payment.id).executeTakeFirstOrThrow()).charge_id!;
  const dispute = world.sandbox.control.dispute(charge);
  await world.quiet();
  const flagged = await payer.see(invoice.id);
  assert.deepEqual([flagged.disputed, flagged.status, (await world.online())[0]!.disputes.map((each) => each.state)], [true, 'paid', ['needs_response']]);
  assert.equal((await world.office('POST', `online-payments/${started.payment.id}/refunds`, {})).status, 409, 'the bank has the money');
  world.sandbox.control.disputeClose(dispute.id, 'lost');
  await world.quiet();
  assert.deepEqual([(await payer.see(invoice.id)).disputed, await world.due(invoice.id)], [false, 6000]);
  await world.agree();

  const won = await paid(6100);
  const second = (await world.scope.from('payment_attempts').select('charge_id').where('id', '=', won.started.payment.id).executeTakeFirstOrThrow()).charge_id!;
  world.sandbox.control.disputeClose(world.sandbox.control.dispute(second).id, 'won');
  await world.quiet();
  assert.deepEqual([(await won.payer.see(won.invoice.id)).disputed, await world.status(won.invoice.id)], [false, 'paid']);

  const asked = await paid(6200);
  const third = (await world.scope.from('payment_attempts').select('charge_id').where('id', '=', asked.started.payment.id).executeTakeFirstOrThrow()).charge_id!;
  world.sandbox.control.dispute(third, { inquiry: true });
  await world.quiet();
  assert.deepEqual([(await asked.payer.see(asked.invoice.id)).disputed, await world.status(asked.invoice.id)], [false, 'paid']);
  await world.agree();
  const mail = (await world.scope.from('notices').select('kind').where('attempt_id', '=', started.payment.id).where('contact_id', 'is not', null).execute()).map((row) => row.kind);
  assert.deepEqual(mail, ['receipt'], 'nobody is dunned by itself');
});

for (const kind of ['500', '429', 'drop-before', 'drop-after'] as const)
  test(`case 23: ${kind} of Stripe while a payment is made costs nothing: one PaymentIntent`, async () => {
    const before = world.sandbox.control.intents(world.stripeAccount).length;
    world.sandbox.control.fault({ on: 'POST /v1/payment_intents', kind });
    const { invoice, payer, started } = await begun(2300);
    assert.equal(world.sandbox.control.intents(world.stripeAccount).length, before + 1);
    payer.confirm(started);
    await payer.sync(started.payment.id);
    assert.equal(await world.status(invoice.id), 'paid');
    await world.agree();
  });

test('case 23: Stripe is away: it is said, nothing is charged, and the same attempt goes on afterwards', async () => {
  const [invoice, payer] = [await world.invoice(2400), await world.payer()];
  world.sandbox.control.fault({ on: 'POST /v1/payment_intents', kind: 'drop-before', times: 3 });
  const away = await payer.ask([invoice.id]);
  assert.deepEqual([away.status, away.code], [503, 'payments_unavailable']);
  assert.equal((await payer.pay([invoice.id])).state, 'succeeded');
  assert.equal((await world.online()).filter((each) => each.items.some((item) => item.invoiceId === invoice.id)).length, 1);
  await world.agree();
});

test('case 23: a refund whose answer was lost is made once, by itself where need be', async () => {
  const { invoice, started } = await paid(2500);
  world.sandbox.control.fault({ on: 'POST /v1/refunds', kind: 'drop-after', times: 3 });
  assert.equal((await world.office('POST', `online-payments/${started.payment.id}/refunds`, { amount: 1000 })).status, 503);
  await world.database.db.updateTable('outbox').set({ run_at: '2020-01-01T00:00:00.000Z' }).where('kind', '=', 'refund').where('done_at', 'is', null).execute();
  await world.quiet();
  assert.deepEqual([await world.due(invoice.id), (await world.online())[0]!.refunds.length], [1000, 1]);
  await world.agree();
});

test('case 25: an idempotency key that was used with other parameters is a fault of ours: said in the log, and not repeated for ever', async () => {
  const [invoice, payer] = [await world.invoice(2650), await world.payer()];
  world.sandbox.control.fault({ on: 'POST /v1/payment_intents', kind: 'drop-after', times: 3 });
  assert.equal((await payer.ask([invoice.id])).code, 'payments_unavailable');
  // What is asked for under the same key changes: Stripe refuses it, and keeps refusing.
  await world.scope.db.updateTable('accounts').set({ name: 'Renamed Plumbing' }).where('id', '=', world.scope.accountId).execute();
  world.services.accounts.forget(world.scope.accountId);
  const before = world.sandbox.control.log().length;
  assert.equal((await payer.ask([invoice.id])).code, 'not_payable');
  assert.equal(world.sandbox.control.log().slice(before).filter((request) => request.method === 'POST' && request.path === '/v1/payment_intents').length, 1);
  assert.equal((await payer.pay([invoice.id])).state, 'succeeded', 'the next try is another attempt');
  await world.agree();
});

test('case 24: the process ends between Stripe and the database, and the next one converges', async () => {
  const { invoice, payer, started, intent } = await begun(2600);
  // As if our note of it had never been written.
  await world.scope.update('payment_attempts').set({ payment_intent_id: null, stripe_status: null }).where('id', '=', started.payment.id).execute();
  const again = await payer.start([invoice.id]);
  assert.equal(intentOf(again.clientSecret), intent, 'the same key gets the same PaymentIntent');
  payer.confirm(again);
  await world.scope.update('payment_attempts').set({ payment_intent_id: null, stripe_status: null }).where('id', '=', started.payment.id).execute();
  await world.reconcile();
  await world.quiet();
  assert.equal(await world.status(invoice.id), 'paid', 'what Stripe tells names the attempt');
  await world.agree();
});

test('case 13: without webhooks the reconciler settles what was paid, and reads of refunds in the list of events', async () => {
  world.sandbox.control.hold();
  const { invoice, payer, started, intent } = await begun(2700);
  payer.confirm(started);
  await world.reconcile();
  assert.equal(await world.status(invoice.id), 'paid');
  await world.scope.update('stripe_connections').set({ events_until: new Date(Date.now() - 7200_000).toISOString() }).execute();
  world.sandbox.control.refund(intent, 700);
  await world.reconcile();
  await world.drain();
  assert.equal(await world.due(invoice.id), 700);
  await world.sandbox.control.release();
  await world.quiet();
  assert.equal(await world.due(invoice.id), 700);
  await world.agree();
});

test('a payment that nobody goes on with is ended after a day, and its invoice is free', async () => {
  const { invoice, payer, started } = await begun(2800);
  await world.reconcile();
  assert.equal((await payer.call('GET', `/payments/${started.payment.id}`)).body.state, 'open');
  await world.scope.db.updateTable('payment_attempts').set({ created_at: new Date(Date.now() - 25 * 3600_000).toISOString() } as object).where('id', '=', started.payment.id).execute();
  await world.reconcile();
  assert.equal((await payer.call('GET', `/payments/${started.payment.id}`)).body.state, 'canceled');
  assert.equal((await payer.pay([invoice.id])).state, 'succeeded');
});

test('the office ends a payment that nobody has finished, and never one that has', async () => {
  const { payer, started } = await begun(2900);
  assert.equal(((await world.office('POST', `online-payments/${started.payment.id}/cancel`)).body as { state: string }).state, 'canceled');
  assert.throws(() => payer.confirm(started));
  const done = await paid(2900);
  assert.equal((await world.office('POST', `online-payments/${done.started.payment.id}/cancel`)).status, 409);
});

test('between a bank’s refusal and its end at Stripe nobody pays twice', async () => {
  const { invoice, payer, started, intent } = await reopened(4000);
  world.sandbox.control.hold();
  world.sandbox.control.settle(intent, 'failed');
  assert.equal((await payer.sync(started.payment.id)).state, 'failed');
  const next = await payer.start([invoice.id]);
  assert.notEqual(next.payment.id, started.payment.id);
  assert.equal(world.sandbox.control.intents(world.stripeAccount).find((each) => each.id === intent)!.status, 'canceled');
  payer.confirm(next);
  await payer.sync(next.payment.id);
  await world.sandbox.control.release();
  await world.quiet();
  assert.deepEqual([await world.status(invoice.id), (await world.online())[0]!.overpaid.amount], ['paid', 0]);
  await world.agree();
});

test('an answer of Stripe that stays an error closes nothing for good: the next one begins anew', async () => {
  const [invoice, payer] = [await world.invoice(2450), await world.payer()];
  world.sandbox.control.fault({ on: 'POST /v1/payment_intents', kind: '500', times: 6 });
  assert.equal((await payer.ask([invoice.id])).code, 'payments_unavailable');
  await world.scope.db.updateTable('payment_attempts').set({ created_at: new Date(Date.now() - 60_000).toISOString() } as object).where('payment_intent_id', 'is', null).execute();
  await payer.ask([invoice.id]);
  assert.equal((await payer.pay([invoice.id])).state, 'succeeded');
  await world.agree();
});

test('what was paid online and settles nothing any more is told to the office, and can be given to another invoice', async () => {
  const { invoice, started } = await paid(3300);
  await world.office('POST', `invoices/${invoice.id}/void`);
  await world.drain();
  const online = (await world.online()).find((each) => each.id === started.payment.id)!;
  assert.equal(online.overpaid.amount, 3300);
  const inbox = (await world.office('GET', 'inbox')).body as { items: { kind: string }[] };
  assert.ok(inbox.items.some((item) => item.kind === 'paymentOverpaid'));
  const next = await world.invoice(4000);
  const row = await world.scope.from('payments').select('id').where('attempt_id', '=', started.payment.id).executeTakeFirstOrThrow();
  assert.equal((await world.office('PATCH', `payments/${row.id}`, { allocations: [{ invoiceId: next.id, amount: 3300 }] })).status, 200);
  assert.equal((await world.office('PATCH', `payments/${row.id}`, { amount: 1 })).status >= 400, true);
  await world.drain();
  assert.deepEqual([await world.due(next.id), (await world.online()).find((each) => each.id === started.payment.id)!.overpaid.amount], [700, 0]);
  await world.agree();
});

test('an event whose work was given up is found by the reconciler', async () => {
  const { invoice, intent } = await paid(3400);
  world.sandbox.control.refund(intent, 400);
  await world.sandbox.control.idle();
  await world.database.db.updateTable('outbox').set({ done_at: new Date().toISOString() }).where('kind', '=', 'stripeEvent').execute();
  await world.database.db.updateTable('payment_attempts').set({ check_at: '2020-01-01T00:00:00.000Z' }).where('check_at', 'is not', null).execute();
  await world.reconcile();
  assert.equal(await world.due(invoice.id), 400);
  await world.agree();
});

test('a clock that is ahead elsewhere swallows nothing', async () => {
  const { invoice, intent, started } = await paid(3500);
  await world.scope.update('payment_attempts').set({ asked_at: new Date(Date.now() + 120_000).toISOString() }).where('id', '=', started.payment.id).execute();
  world.sandbox.control.refund(intent, 500);
  await world.quiet();
  assert.equal(await world.due(invoice.id), 500);
  await world.agree();
});

test('a refund that fails after another one took the tip is spread anew', async () => {
  const [invoice, payer] = [await world.invoice(3000), await world.payer()];
  const started = await payer.start([invoice.id], { tip: 300 });
  payer.confirm(started);
  await payer.sync(started.payment.id);
  for (const amount of [2900, 400]) assert.equal((await world.office('POST', `online-payments/${started.payment.id}/refunds`, { amount })).status, 201);
  const first = await world.scope.from('refunds').select('stripe_refund_id').where('attempt_id', '=', started.payment.id).where('amount', '=', 2900).executeTakeFirstOrThrow();
  world.sandbox.control.refundFail(first.stripe_refund_id!);
  await world.quiet();
  assert.equal(await world.due(invoice.id), 400);
});

test('an invoice that went to another customer while somebody paid takes nothing of their money', async () => {
  const { invoice, payer, started } = await begun(3600);
  const stranger = await world.make('customers', { name: 'Stranger' });
  await world.office('PATCH', `jobs/${invoice.jobId}`, { customerId: stranger, contactId: null, addressId: null });
  payer.confirm(started);
  await payer.sync(started.payment.id);
  assert.deepEqual([await world.due(invoice.id), (await world.online()).find((each) => each.id === started.payment.id)!.overpaid.amount], [3600, 3600]);
  const kept = await payer.call('GET', `/payments/${started.payment.id}`);
  assert.deepEqual([kept.status, (kept.body as { own: boolean }).own], [200, true]);
});

/** A bank debit that its bank has. */
async function reopened(amount: number) {
  const all = await begun(amount);
  all.payer.confirm(all.started, 'pm_usBankAccount');
  await all.payer.sync(all.started.payment.id);
  return all;
}
