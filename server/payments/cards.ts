/** Cards that a customer keeps. They stay with the contractor's Stripe account; only which one is offered first is ours. */
import { randomUUID } from 'node:crypto';
import type { Stripe } from 'stripe';
import type { CardSetup, SavedCard } from '../contract/payments.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { notFound } from '../platform/problems.ts';
import { connectionOf, forAccount, type Connection } from './connections.ts';
import type { Tools } from './intents.ts';
import { calling, isGone, isMissing } from './stripe.ts';

type Known = Pick<Tools, 'stripe'>;

const rowOf = (scope: Scope, connection: Connection, contactId: string) =>
  scope.from('stripe_customers').selectAll().where('contact_id', '=', contactId).where('connection_id', '=', connection.id).executeTakeFirst();

/**
 * The contact's record at Stripe, made when it is needed first, and anew when the contractor has deleted it there. No personal
 * data goes there with it.
 */
export async function stripeCustomerOf({ stripe }: Known, scope: Scope, connection: Connection, contactId: string): Promise<string> {
  const known = await rowOf(scope, connection, contactId);
  if (known) {
    if (await isThere(stripe, connection, known.stripe_customer_id)) return known.stripe_customer_id;
    await scope.delete('stripe_customers').where('contact_id', '=', contactId).where('connection_id', '=', connection.id).where('stripe_customer_id', '=', known.stripe_customer_id).execute();
  }
  // A key made of our ids would bring back the former one, which is gone or whose cards are not to be offered any more. One too
  // many, after a crash, holds nothing.
  const options = { ...forAccount(connection), idempotencyKey: `customer:${randomUUID()}` };
  const customer = await calling(() => stripe.client.customers.create({ metadata: { account: scope.accountId, contact: contactId } }, options));
  await scope
    .insert('stripe_customers', { contact_id: contactId, connection_id: connection.id, stripe_customer_id: customer.id, preferred_card: null, created_at: now() })
    .onConflict((conflict) => conflict.columns(['account_id', 'contact_id', 'connection_id']).doNothing())
    .execute();
  // Of two requests at once, the first one's counts.
  return (await rowOf(scope, connection, contactId))?.stripe_customer_id ?? customer.id;
}

async function isThere(stripe: Known['stripe'], connection: Connection, id: string): Promise<boolean> {
  try {
    return !(await calling(() => stripe.client.customers.retrieve(id, {}, forAccount(connection)))).deleted;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The preferred one first, else the oldest: a new one comes first only when the payer says so. Nothing where payments are off or nothing was kept. */
export async function listCards(tools: Known, scope: Scope, contactId: string): Promise<SavedCard[]> {
  const connection = await connectionOf(scope);
  const known = connection && (await rowOf(scope, connection, contactId));
  if (!known) return [];
  const cards = await cardsOf(tools, connection, known.stripe_customer_id);
  const preferred = cards.some((card) => card.id === known.preferred_card) ? known.preferred_card : cards[0]?.id;
  return cards.map((card) => viewCard(card, card.id === preferred)).sort((a, b) => Number(b.preferred) - Number(a.preferred));
}

async function cardsOf({ stripe }: Known, connection: Connection, customerId: string): Promise<Stripe.PaymentMethod[]> {
  try {
    const { data } = await calling(() => stripe.client.paymentMethods.list({ customer: customerId, type: 'card', limit: 20 }, forAccount(connection)));
    // Stripe lists the newest first.
    return data.toReversed();
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

const viewCard = ({ id, card }: Stripe.PaymentMethod, preferred: boolean): SavedCard => ({
  id, brand: card?.brand ?? '', last4: card?.last4 ?? '', expires: card ? `${String(card.exp_month).padStart(2, '0')}/${String(card.exp_year).slice(-2)}` : '', preferred,
});

/** @throws {Problem} `not_found` for a card that is not this contact's. */
export async function ownCard(tools: Known, scope: Scope, contactId: string, cardId: string): Promise<SavedCard> {
  const card = (await listCards(tools, scope, contactId)).find((each) => each.id === cardId);
  if (!card) throw notFound();
  return card;
}

export async function preferCard(tools: Known, scope: Scope, contactId: string, cardId: string): Promise<SavedCard> {
  const card = await ownCard(tools, scope, contactId, cardId);
  const connection = (await connectionOf(scope))!;
  await scope.update('stripe_customers').set({ preferred_card: cardId }).where('contact_id', '=', contactId).where('connection_id', '=', connection.id).execute();
  return { ...card, preferred: true };
}

export async function removeCard(tools: Known, scope: Scope, contactId: string, cardId: string): Promise<void> {
  await ownCard(tools, scope, contactId, cardId);
  const connection = (await connectionOf(scope))!;
  await calling(() => tools.stripe.client.paymentMethods.detach(cardId, {}, forAccount(connection)));
}

/** Begins to add one, without paying. Cards only: a bank account would be kept, but neither listed nor removed. */
export async function setUpCard(tools: Known, scope: Scope, contactId: string): Promise<Omit<CardSetup, 'returnUrl'>> {
  const connection = await connectionOf(scope);
  if (!connection?.charges_enabled) throw notFound();
  const customer = await stripeCustomerOf(tools, scope, connection, contactId);
  const params = {
    customer, usage: 'on_session', allowed_payment_method_types: ['card'], metadata: { account: scope.accountId, contact: contactId },
  } satisfies Stripe.SetupIntentCreateParams;
  // Each time another one; the key serves what is repeated within this call.
  const options = { ...forAccount(connection), idempotencyKey: `seti:${randomUUID()}` };
  const intent = await calling(() => tools.stripe.client.setupIntents.create(params, options));
  return { clientSecret: intent.client_secret ?? '' };
}
