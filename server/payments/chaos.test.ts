import assert from 'node:assert/strict';
import { createHmac, randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, type Child } from '../database/testing/child.ts';
import { soak } from '../testing.ts';
import type { ListenerSettings } from './testing/listener.ts';
import { intentOf, openPayments, secrets, stripeSettings, type PayWorld } from './testing.ts';

const DELIVERIES = soak(2000);
const KILLS = soak(80);
const PAYMENTS = soak(150);
const AT_ONCE = 8;
let world: PayWorld;

interface Delivery {
  body: string;
  signature: string;
  forged: boolean;
}

before(async () => {
  world = await openPayments({ account: { partial_payments: 1 } });
});
after(() => world.close());

const signature = (body: string, secret = secrets.connect): string => {
  const at = Math.floor(Date.now() / 1000);
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
};
const among = <T>(list: T[]): T => list[randomInt(list.length)]!;

/** A morning's business, of which the center hears nothing yet: payments, debits, refunds at Stripe, disputes. */
async function doBusiness(): Promise<void> {
  const { control } = world.sandbox;
  const payer = await world.payer();
  for (let index = 0; index < PAYMENTS; index++) {
    await world.unlimited();
    const invoice = await world.invoice(1000 + index);
    const started = await payer.start([invoice.id]);
    const intent = intentOf(started.clientSecret);
    if (index % 5 === 4) payer.confirm(started, '4000000000000002');
    payer.confirm(started, index % 4 === 3 ? 'pm_usBankAccount' : 'pm_card_visa');
    if (index % 4 === 3) control.settle(intent, index % 8 === 3 ? 'failed' : 'succeeded');
    const charge = control.intents(world.stripeAccount).find((each) => each.id === intent)!;
    if (charge.status !== 'succeeded') continue;
    if (index % 3 === 0) control.refund(intent, 1 + randomInt(900));
    if (index % 7 === 1) {
      const dispute = control.dispute(String(charge.latest_charge));
      if (index % 2) control.disputeClose(dispute.id, among(['won', 'lost']));
    }
  }
}

/** Every event at least once, many twice and more, in any order, with forgeries between them. */
function deliveriesOf(events: object[]): Delivery[] {
  const all: Delivery[] = [];
  while (all.length < DELIVERIES) {
    const event = all.length < events.length ? events[all.length]! : among(events);
    const body = JSON.stringify(event);
    if (randomInt(10) > 0 || all.length < events.length) all.push({ body, signature: '', forged: false });
    else {
      const invented = JSON.stringify({ ...event, id: `evt_forged${all.length}` });
      all.push(among([
        { body: invented, signature: signature(invented, 'whsec_guessed'), forged: true }, { body: invented, signature: signature(body), forged: true }, { body: invented, signature: '', forged: true },
      ]));
    }
  }
  for (let at = all.length - 1; at > 0; at--) {
    const other = randomInt(at + 1);
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}

test(`${DELIVERIES} shuffled, doubled and partly forged events with ${KILLS} kills between: the ledger is Stripe's to the cent`, async () => {
  await doBusiness();
  const events = world.sandbox.control.events(world.stripeAccount);
  const waiting = deliveriesOf(events);
  const settings: ListenerSettings = { url: world.database.url, settings: { ...stripeSettings(world.sandbox), DATABASE_URL: world.database.url } };
  const start = () => startChild('../../payments/testing/listener.ts', settings);
  let [next, kills, accepted, refused]: [Child, number, number, number] = [start(), 0, 0, 0];
  const each = Math.ceil(DELIVERIES / (KILLS + 1));
  while (waiting.length) {
    const child = next;
    child.go();
    await child.said(1);
    const port = Number(child.lines[0]);
    assert.ok(port, child.errors());
    next = start();
    let killed = false;
    const batch = waiting.splice(0, kills < KILLS ? each : waiting.length);
    const deliver = async (): Promise<void> => {
      for (let delivery = batch.shift(); delivery; delivery = batch.shift()) {
        const sent = delivery;
        const answer = await fetch(`http://127.0.0.1:${port}/v1/webhooks/stripe/connect`, {
          method: 'POST', headers: { 'content-type': 'application/json', 'stripe-signature': sent.forged ? sent.signature : signature(sent.body) }, body: sent.body,
        }).catch(() => undefined);
        // Stripe tells again what was not taken.
        if (!answer) {
          assert.ok(killed, child.errors());
          waiting.push(sent);
        } else if (sent.forged) refused += Number(answer.status === 400);
        else accepted += Number(answer.status === 200);
        if (answer) assert.equal(answer.status, sent.forged ? 400 : 200);
      }
    };
    const all = Promise.all(Array.from({ length: AT_ONCE }, deliver));
    if (kills < KILLS) {
      await sleep(randomInt(60));
      killed = true;
      kills++;
      await child.kill();
      await all;
    } else {
      await all;
      await world.drain();
      await child.kill();
    }
  }
  await next.kill();
  await world.database.db.updateTable('outbox').set({ leased_until: null, run_at: '2020-01-01T00:00:00.000Z' }).where('done_at', 'is', null).execute();
  await world.drain();

  assert.ok(accepted > refused && refused > 0 && kills === KILLS);
  await world.agree();
  const forged = await world.database.db.selectFrom('stripe_events').select('id').where('id', 'like', 'evt_forged%').execute();
  assert.deepEqual(forged, [], 'no forged event has an effect');
  const online = await world.scope.from('payment_attempts').selectAll().execute();
  for (const intent of world.sandbox.control.intents(world.stripeAccount)) {
    const attempt = online.find((row) => row.payment_intent_id === intent.id)!;
    assert.equal(attempt.state === 'succeeded', intent.status === 'succeeded', intent.id);
    const booked = await world.scope.from('payments').select('amount').where('attempt_id', '=', attempt.id).where('refund_id', 'is', null).where('dispute_id', 'is', null).execute();
    assert.deepEqual(booked.map((row) => row.amount), intent.status === 'succeeded' ? [intent.amount] : [], 'booked once, whole');
    const receipts = await world.scope.from('notices').select('id').where('attempt_id', '=', attempt.id).where('kind', '=', 'receipt').execute();
    assert.equal(receipts.length, intent.status === 'succeeded' ? 1 : 0);
  }
});
