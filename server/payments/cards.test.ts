import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { intentOf, openPayments, type Payer, type PayWorld } from './testing.ts';

let world: PayWorld;
before(async () => {
  world = await openPayments({ account: { partial_payments: 1 } });
});
beforeEach(() => world.unlimited());
after(() => world.close());

interface Card {
  id: string;
  last4: string;
  preferred: boolean;
}
const cardsOf = async (payer: Payer): Promise<Card[]> => (await payer.call('GET', '/cards')).body.items as Card[];
/** Somebody of a customer of their own who has kept a card. */
async function keeper(address: { email?: string; mobile?: string }) {
  const customerId = await world.make('customers', { name: 'Pat' });
  const contactId = await world.make('contacts', { customerId, name: 'Pat', ...address });
  const payer = await world.payer(contactId);
  const pay = async () => payer.pay([(await world.invoice(1000, { customerId, contactId })).id], 'pm_card_visa', { saveCard: true });
  assert.equal((await pay()).state, 'succeeded');
  assert.equal((await cardsOf(payer)).length, 1);
  return { customerId, contactId, payer, pay };
}

test('a card is kept with the payer’s consent, offered to them alone, used again and removed', async () => {
  const [first, second, payer] = [await world.invoice(1000), await world.invoice(2000), await world.payer()];
  assert.deepEqual(await cardsOf(payer), []);
  await payer.pay([first.id], 'pm_card_visa', { saveCard: true });
  const [card] = await cardsOf(payer);
  assert.deepEqual([card!.last4, card!.preferred], ['4242', true]);
  const other = await world.make('contacts', { customerId: world.customer, name: 'Kim', email: 'kim@pinedental.example' });
  const kim = await world.payer(other);
  assert.deepEqual(await cardsOf(kim), []);
  assert.equal((await kim.ask([second.id], { savedCard: card!.id })).status, 404);
  assert.equal((await kim.call('DELETE', `/cards/${card!.id}`)).status, 404);
  const started = await payer.start([second.id], { savedCard: card!.id });
  payer.confirm(started, card!.id);
  assert.equal((await payer.sync(started.payment.id)).state, 'succeeded');
  assert.equal((await payer.call('PATCH', `/cards/${card!.id}`, { preferred: true })).status, 200);
  assert.equal((await payer.call('DELETE', `/cards/${card!.id}`)).status, 204);
  assert.deepEqual(await cardsOf(payer), []);
  await world.agree();
});

test('only cards are kept this way: Stripe is told to take nothing else, so nothing is kept that is not listed', async () => {
  const { payer } = await keeper({ email: 'pat@zero.example' });
  const { clientSecret } = (await payer.call('POST', '/cards', { returnUrl: payer.returnUrl })).body as { clientSecret: string };
  const setup = intentOf(clientSecret);
  assert.throws(() => world.sandbox.control.confirmSetup(setup, 'pm_usBankAccount', { account: world.stripeAccount }), /not allowed/);
  world.sandbox.control.confirmSetup(setup, 'pm_card_mastercard', { account: world.stripeAccount });
  assert.deepEqual((await cardsOf(payer)).map(({ last4, preferred }) => [last4, preferred]), [['4242', true], ['4444', false]], 'the new one does not come first by itself');
});

test('where the contractor has deleted the customer’s record at Stripe, a card can be kept again, also at once', async () => {
  const { payer, pay, contactId } = await keeper({ email: 'pat@one.example' });
  const { stripe_customer_id: gone } = await world.scope.from('stripe_customers').selectAll().where('contact_id', '=', contactId).executeTakeFirstOrThrow();
  await world.services.stripe!.client.customers.del(gone, {}, { stripeAccount: world.stripeAccount });
  assert.deepEqual(await cardsOf(payer), []);
  assert.equal((await pay()).state, 'succeeded');
  assert.equal((await cardsOf(payer)).length, 1);
  const set = await Promise.all([1, 2].map(() => payer.call('POST', '/cards', { returnUrl: payer.returnUrl })));
  assert.deepEqual(set.map((answer) => answer.status), [201, 201]);
});

test('cards go with the person: a contact who has none of their former addresses is somebody else', async () => {
  const { contactId, payer, pay } = await keeper({ email: 'pat@two.example', mobile: '+12125550171' });
  const change = async (fields: object) => assert.equal((await world.office('PATCH', `contacts/${contactId}`, fields)).status, 200);
  await change({ email: 'pat.new@two.example' });
  await change({ email: 'pat@three.example' });
  assert.equal((await cardsOf(payer)).length, 1, 'who is still reached by the same mobile is the same');
  await change({ email: 'robin@two.example', mobile: '+12125550172' });
  assert.deepEqual(await cardsOf(payer), []);
  assert.equal((await pay()).state, 'succeeded');
  assert.equal((await cardsOf(payer)).length, 1, 'their own, and no other');
  await change({ email: 'Robin@Two.example', mobile: null });
  assert.equal((await cardsOf(payer)).length, 1);
});

test('a person whose address belongs to several contacts is one payer: the same cards for all invoices, and one payment in any order', async () => {
  const email = 'owner@rentals.example';
  const people: { customerId: string; contactId: string }[] = [];
  for (const name of ['Alder Rentals', 'Zeta Rentals']) {
    const customerId = await world.make('customers', { name });
    people.push({ customerId, contactId: await world.make('contacts', { customerId, name: 'Olga', email }) });
  }
  const [alder, zeta] = [await world.invoice(2000, people[0]), await world.invoice(2100, people[1])];
  const payer = await world.payer(people[1]!.contactId);
  // A sign-in link opens every contact with the address; an access link one.
  await world.scope.update('sessions').set({ contact_id: null, channel: 'email', address: email }).where('jkt', '=', payer.browser.jkt).execute();
  await payer.pay([(await world.invoice(900, people[0])).id], 'pm_card_visa', { saveCard: true });
  const [card] = await cardsOf(payer);
  const started = await payer.start([zeta.id], { savedCard: card!.id });
  payer.confirm(started, card!.id);
  assert.equal((await payer.sync(started.payment.id)).state, 'succeeded');
  for (const { customerId } of people) {
    payer.base = `/customers/${customerId}`;
    assert.deepEqual((await cardsOf(payer)).map(({ id }) => id), [card!.id]);
  }
  payer.base = '/customers/all';
  const last = await world.invoice(700, people[1]);
  const [one, two] = [await payer.start([alder.id, last.id]), await payer.start([last.id, alder.id])];
  assert.equal(one.clientSecret, two.clientSecret);
  payer.confirm(two, 'pm_usBankAccount_microdeposits');
  assert.ok((await payer.sync(two.payment.id)).verifyUrl);
  for (const id of [alder.id, last.id]) assert.deepEqual((await payer.see(id)).pending.map(({ own, verify }) => [own, verify]), [[true, true]], 'their own on every invoice');
});

test('nobody asks Stripe without end: looking at cards and at a payment that Stripe is asked about is limited', async () => {
  const { customerId, contactId, payer } = await keeper({ email: 'pat@four.example' });
  const [plain, waiting] = [await world.invoice(1000, { customerId, contactId }), await world.invoice(1000, { customerId, contactId })];
  const [paid, verifying] = [await payer.pay([plain.id]), await payer.pay([waiting.id], 'pm_usBankAccount_microdeposits')];
  const [card] = await cardsOf(payer);
  let tries = 0;
  while ((await payer.call('GET', '/cards')).status === 200 && tries < 100) tries++;
  assert.ok(tries < 70, `${tries} are let through at once`);
  const refused = [
    await payer.call('GET', '/cards'), await payer.call('PATCH', `/cards/${card!.id}`, { preferred: true }), await payer.call('DELETE', `/cards/${card!.id}`),
    await payer.call('GET', `/payments/${verifying.id}`),
  ];
  assert.deepEqual(refused.map((answer) => answer.code), refused.map(() => 'too_many_requests'));
  assert.equal((await payer.call('GET', `/payments/${paid.id}`)).status, 200, 'what is known here needs no limit');
});
