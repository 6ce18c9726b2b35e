/** PaymentIntents of attempts: made once, read, ended. Every call is outside a transaction. */
import { Stripe } from 'stripe';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import type { Services, StripeSetup } from '../platform/services.ts';
import { toStripe } from './amounts.ts';
import { freeItems, itemsOf, type Attempt } from './attempts.ts';
import { stripeCustomerOf } from './cards.ts';
import { connectionWith, forAccount, type Connection } from './connections.ts';
import { calling, isGone, isStripeError } from './stripe.ts';

/** What the operator's logs are told. */
export interface Log {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}
/** What the capability needs of everything else. */
export interface Tools extends Pick<Services, 'accounts' | 'config' | 'smsConfigured'> {
  stripe: StripeSetup;
  log: Log;
}

/** Metadata keys that tie an object of Stripe's to ours. */
export interface IntentMetadata {
  account: string;
  /** Ids, separated by commas, as far as Stripe's 500 characters reach. */
  invoice: string;
  attempt: string;
}

/** What is asked of Stripe for an attempt: always the same for the same attempt, as its idempotency key demands. */
async function intentParams(scope: Scope, attempt: Attempt, customer: string | undefined): Promise<Stripe.PaymentIntentCreateParams> {
  const invoiceIds = (await itemsOf(scope, attempt.id)).map((item) => item.invoice_id);
  const rows = await scope.from('invoices').select('number').where('id', 'in', invoiceIds).orderBy('id').execute();
  const metadata = { account: scope.accountId, invoice: invoiceIds.slice(0, 16).join(','), attempt: attempt.id } satisfies IntentMetadata;
  return {
    amount: toStripe(attempt.amount, attempt.currency), currency: attempt.currency.toLowerCase(),
    // Whatever the contractor has switched on at Stripe.
    automatic_payment_methods: { enabled: true },
    description: `${scope.account.name}: ${rows.map((row) => row.number).join(', ')}`.slice(0, 1000),
    metadata: { ...metadata },
    ...(customer ? { customer } : {}),
    ...(attempt.save_card ? { setup_future_usage: 'on_session' as const } : {}),
    ...(scope.account.stripe_receipts && attempt.address?.includes('@') ? { receipt_email: attempt.address } : {}),
    ...(attempt.fee > 0 ? { application_fee_amount: toStripe(attempt.fee, attempt.currency) } : {}),
  } satisfies Stripe.PaymentIntentCreateParams;
}

/**
 * The attempt's PaymentIntent, made if it is not there yet. A crash between Stripe's answer and our note of it costs nothing:
 * the attempt's key gets the same one again.
 * @throws {Problem} `payments_unavailable`; `not_payable` or `invalid_request` when Stripe refuses, and the attempt is over.
 */
export async function intentOf(tools: Tools, scope: Scope, attempt: Attempt): Promise<Stripe.PaymentIntent> {
  const connection = await connectionWith(scope, attempt.connection_id);
  const options = forAccount(connection);
  const { paymentIntents } = tools.stripe.client;
  if (attempt.payment_intent_id) return calling(() => paymentIntents.retrieve(attempt.payment_intent_id!, {}, options));
  try {
    const customer = (attempt.save_card || attempt.saved_card) && attempt.contact_id ? await stripeCustomerOf(tools, scope, connection, attempt.contact_id) : undefined;
    const params = await intentParams(scope, attempt, customer);
    const intent = await calling(() => paymentIntents.create(params, { ...options, idempotencyKey: `pi:${attempt.id}` }));
    await noteIntent(tools, scope, connection, attempt.id, intent);
    return intent;
  } catch (error) {
    if (!isStripeError(error)) throw error;
    // The key was used with other parameters: a fault of ours, which repeating does not mend.
    tools.log.error({ attempt: attempt.id, type: error.type, code: error.code }, 'Stripe refuses a payment');
    await closeUnmade(scope, attempt.id);
    throw error.code === 'amount_too_small' || error.code === 'amount_too_large' ? invalidField('/items', 'is not an amount that a card takes') : new Problem('not_payable', { items: [] });
  }
}

/** Before anybody is handed its secret. @throws {Problem} `payments_unavailable` when the attempt was given up meanwhile. */
async function noteIntent(tools: Tools, scope: Scope, connection: Connection, attemptId: string, intent: Stripe.PaymentIntent): Promise<void> {
  const noted = await scope
    .update('payment_attempts')
    .set({ payment_intent_id: intent.id, stripe_status: intent.status })
    .where('id', '=', attemptId)
    .where('payment_intent_id', 'is', null)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (noted.numUpdatedRows) return;
  const row = await scope.from('payment_attempts').select('payment_intent_id').where('id', '=', attemptId).executeTakeFirst();
  if (row?.payment_intent_id === intent.id) return;
  await cancelIntent(tools, connection, intent.id);
  throw new Problem('payments_unavailable', { headers: { 'retry-after': '5' } });
}

/**
 * Ends an attempt whose PaymentIntent is not known here: nobody was handed its secret, so nobody can finish it, whether or not
 * Stripe has made one.
 */
export async function closeUnmade(scope: Scope, attemptId: string): Promise<void> {
  await scope.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .update('payment_attempts')
      .set({ state: 'canceled', check_at: null, updated_at: now() })
      .where('id', '=', attemptId)
      .where('state', '=', 'open')
      .where('payment_intent_id', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows) await freeItems(trx, attemptId);
  });
}

/**
 * Ends it at Stripe, so that nobody can finish it any more. Where it cannot be ended because it was finished meanwhile, or is not
 * there any more, the caller finds out when it looks at it again.
 */
export async function cancelIntent({ stripe }: Pick<Tools, 'stripe'>, connection: Connection, intentId: string): Promise<void> {
  try {
    await calling(() => stripe.client.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' }, forAccount(connection)));
  } catch (error) {
    if (!isGone(error) && !(isStripeError(error) && error.code === 'payment_intent_unexpected_state')) throw error;
  }
}

/** What Stripe knows of a payment at one moment. */
export interface Snapshot {
  intent: Stripe.PaymentIntent;
  charge: Stripe.Charge | null;
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
  /** When the question was asked: the facts are at least as new. */
  askedAt: string;
}

export async function snapshotOf(tools: Tools, connection: Connection, intentId: string): Promise<Snapshot> {
  const { client } = tools.stripe;
  const options = forAccount(connection);
  const askedAt = now();
  const [intent, refunds, disputes] = await Promise.all([
    calling(() => client.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] }, options)),
    calling(() => client.refunds.list({ payment_intent: intentId, limit: 100 }, options)),
    calling(() => client.disputes.list({ payment_intent: intentId, limit: 100 }, options)),
  ]);
  const charge = intent.latest_charge;
  return { intent, charge: typeof charge === 'string' ? null : charge, refunds: refunds.data, disputes: disputes.data, askedAt };
}
