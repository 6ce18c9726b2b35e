import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { keepConnection, markDisconnected } from './connections.ts';
import { newConnection } from './onboarding.ts';
import { intentOf, openPayments, type PayWorld } from './testing.ts';

let world: PayWorld;
before(async () => {
  world = await openPayments({ webhooks: true });
});
beforeEach(() => world.unlimited());
after(() => world.close());

test('connected again, an account goes on with what was on its way, and hears of what happened meanwhile; another account starts afresh', async () => {
  const again = await openPayments({ account: { partial_payments: 1 } });
  try {
    const { control } = again.sandbox;
    const [first, second, payer] = [await again.invoice(5000), await again.invoice(6000), await again.payer()];
    const debit = await payer.start([first.id]);
    payer.confirm(debit, 'pm_usBankAccount');
    await payer.sync(debit.payment.id);
    const card = await payer.pay([second.id]);
    const [connection] = await again.scope.from('stripe_connections').selectAll().execute();
    await again.scope.update('stripe_connections').set({ events_until: new Date().toISOString() }).execute();
    await markDisconnected(again.services, again.scope, connection!);
    assert.equal(await again.status(first.id), 'sent');
    control.settle(intentOf(debit.clientSecret), 'succeeded');
    control.refund((await again.online()).find((each) => each.id === card.id)!.paymentIntent!, 1000);
    const row = newConnection(again.scope, false, { stripe_account_id: again.stripeAccount });
    await again.scope.insert('stripe_connections', row).execute();
    await keepConnection(again.services, again.scope, row, { chargesEnabled: true, detailsSubmitted: true });
    await again.scope.update('stripe_connections').set({ events_until: new Date(Date.now() - 7200_000).toISOString() }).where('id', '=', row.id).execute();
    await again.reconcile();
    await again.drain();
    assert.deepEqual([await again.status(first.id), await again.due(second.id)], ['paid', 1000]);
    await again.agree();

    // Another account at Stripe knows nothing of what was begun before: the invoice is free, and the old attempt is over.
    const third = await again.invoice(7000);
    const left = await payer.start([third.id]);
    await markDisconnected(again.services, again.scope, row);
    control.deauthorize(again.stripeAccount);
    const other = newConnection(again.scope, false, { stripe_account_id: control.connect() });
    await again.scope.insert('stripe_connections', other).execute();
    await keepConnection(again.services, again.scope, other, { chargesEnabled: true, detailsSubmitted: true });
    const fresh = await payer.start([third.id]);
    assert.notEqual(fresh.payment.id, left.payment.id);
    assert.equal((await again.office('POST', `online-payments/${left.payment.id}/cancel`)).status, 409);
  } finally {
    await again.close();
  }
});

test('a bank debit of an account that is gone for good is released by the office', async () => {
  const again = await openPayments();
  try {
    const [invoice, payer] = [await again.invoice(5000), await again.payer()];
    const debit = await payer.start([invoice.id]);
    payer.confirm(debit, 'pm_usBankAccount');
    await payer.sync(debit.payment.id);
    const { id } = debit.payment;
    assert.equal((await again.office('POST', `online-payments/${id}/cancel`)).status, 409, 'its bank has it');
    again.sandbox.control.deauthorize(again.stripeAccount);
    const [connection] = await again.scope.from('stripe_connections').selectAll().execute();
    await markDisconnected(again.services, again.scope, connection!);
    assert.equal(((await again.office('POST', `online-payments/${id}/cancel`)).body as { state: string }).state, 'failed');
    assert.equal((await payer.see(invoice.id)).payable.amount, 5000);
  } finally {
    await again.close();
  }
});

test('the office disconnects: what nobody has finished is ended first, and a bank debit on its way is waited for', async () => {
  const again = await openPayments({ settings: { STRIPE_CLIENT_ID: 'ca_sandbox' } });
  try {
    const [first, second, payer] = [await again.invoice(5000), await again.invoice(6000), await again.payer()];
    const debit = await payer.start([first.id]);
    payer.confirm(debit, 'pm_usBankAccount');
    await payer.sync(debit.payment.id);
    const open = await payer.start([second.id]);
    assert.equal((await again.office('DELETE', 'stripe')).status, 204);
    await again.drain();
    assert.throws(() => payer.confirm(open), /canceled|unexpected_state/);
    again.sandbox.control.settle(intentOf(debit.clientSecret), 'succeeded');
    await again.reconcile();
    assert.equal(await again.status(first.id), 'paid');
    await again.database.db.updateTable('outbox').set({ run_at: '2020-01-01T00:00:00.000Z' }).where('kind', '=', 'stripeDeauthorize').where('done_at', 'is', null).execute();
    await again.drain();
    assert.ok(again.sandbox.control.log().some((request) => request.path === '/oauth/deauthorize'));
    await again.agree();
  } finally {
    await again.close();
  }
});

test('case 26: Stripe refuses the account while somebody pays: no charge, no crash, and what was paid stays', async () => {
  const [before, payer] = [await world.invoice(3000), await world.payer()];
  await payer.pay([before.id]);
  const invoice = await world.invoice(3100);
  const started = await payer.start([invoice.id]);
  world.sandbox.control.deauthorize(world.stripeAccount);
  await world.quiet();
  assert.equal((await payer.sync(started.payment.id)).state, 'canceled');
  assert.equal((await payer.ask([{ id: invoice.id, amount: 3100 }])).code, 'not_payable');
  assert.deepEqual([(await payer.see(invoice.id)).onlinePayment, await world.status(before.id)], [false, 'paid']);
  const inbox = (await world.office('GET', 'inbox')).body as { items: { kind: string }[] };
  assert.ok(inbox.items.some((item) => item.kind === 'stripeDisconnected'));
});
