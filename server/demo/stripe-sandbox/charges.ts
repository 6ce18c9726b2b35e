/** Charges, refunds and disputes: what happens to the money of a payment. */
import type { Stripe } from 'stripe';
import { invalid, noSuch } from './failures.ts';
import { mergeMetadata } from './parameters.ts';
import { find, newId, now, type AccountStore, type Method, type World } from './store.ts';
import type { Decline } from './test-methods.ts';

/** The charge of one attempt: paid, waiting for the bank, or refused. */
export function createCharge(world: World, store: AccountStore, intent: Stripe.PaymentIntent, method: Method, status: 'succeeded' | 'pending' | 'failed', decline?: Decline): Stripe.Charge {
  const id = newId(method.object.type === 'card' ? 'ch' : 'py');
  const charge: Stripe.Charge = {
    id, object: 'charge', amount: intent.amount, amount_captured: status === 'failed' ? 0 : intent.amount, amount_refunded: 0, application: intent.application as string | null,
    application_fee: intent.application_fee_amount && status === 'succeeded' ? newId('fee') : null, application_fee_amount: intent.application_fee_amount,
    balance_transaction: status === 'succeeded' ? newId('txn') : null, billing_details: method.object.billing_details,
    calculated_statement_descriptor: 'SANDBOX', captured: status !== 'failed', created: now(), currency: intent.currency, customer: intent.customer as string | null,
    description: intent.description, disputed: false, failure_balance_transaction: null, failure_code: decline?.code ?? null, failure_message: decline?.message ?? null,
    fraud_details: {}, livemode: false, metadata: { ...intent.metadata }, on_behalf_of: null, outcome: outcomeOf(status, decline), paid: status === 'succeeded',
    payment_intent: intent.id, payment_method: method.object.id, payment_method_details: detailsOf(method), receipt_email: intent.receipt_email, receipt_number: null,
    receipt_url: status === 'succeeded' ? `${world.url}/receipts/${id}` : null, refunded: false, review: null, shipping: null, source: null, source_transfer: null,
    statement_descriptor: null, statement_descriptor_suffix: intent.statement_descriptor_suffix, status, transfer_data: null, transfer_group: null,
  };
  store.charges.set(id, charge);
  intent.latest_charge = id;
  world.emit(store, `charge.${status}`, charge);
  return charge;
}

const outcomeOf = (status: string, decline?: Decline): Stripe.Charge.Outcome => ({
  advice_code: null, network_advice_code: null, network_decline_code: decline ? '05' : null, network_status: status === 'failed' ? 'declined_by_network' : 'approved_by_network',
  reason: decline?.decline_code ?? null, risk_level: 'normal', risk_score: 12, seller_message: decline ? 'The bank declined the payment.' : 'Payment complete.',
  type: status === 'failed' ? 'issuer_declined' : 'authorized',
});

function detailsOf({ object, test }: Method): Stripe.Charge.PaymentMethodDetails {
  if (object.us_bank_account)
    return {
      type: 'us_bank_account',
      us_bank_account: {
        account_holder_type: 'individual', account_type: 'checking', bank_name: object.us_bank_account.bank_name, fingerprint: object.us_bank_account.fingerprint,
        last4: test.last4, payment_reference: null, routing_number: object.us_bank_account.routing_number,
      },
    };
  if (!object.card) return { type: 'klarna', klarna: { payer_details: null, payment_method_category: 'pay_later', preferred_locale: 'en-US' } };
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4, regulated_status } = object.card;
  return {
    type: 'card',
    card: {
      amount_authorized: null, authorization_code: null, brand, checks, country, electronic_commerce_indicator: null, exp_month, exp_year, fingerprint: fingerprint ?? null,
      funding, installments: null, last4, mandate: null, network: brand, network_transaction_id: null, regulated_status, three_d_secure: null, transaction_link_id: null, wallet: null,
    },
  };
}

/** A pending charge has come to its end. */
export function settleCharge(world: World, store: AccountStore, charge: Stripe.Charge, decline?: Decline): void {
  charge.status = decline ? 'failed' : 'succeeded';
  charge.paid = !decline;
  charge.outcome = outcomeOf(charge.status, decline);
  charge.failure_code = decline?.code ?? null;
  charge.failure_message = decline?.message ?? null;
  charge.amount_captured = decline ? 0 : charge.amount;
  charge.captured = !decline;
  charge.receipt_url = decline ? null : `${world.url}/receipts/${charge.id}`;
  charge.balance_transaction = decline ? null : newId('txn');
  world.emit(store, `charge.${charge.status}`, charge);
}

/** The charge that a refund or a list means. */
function chargeFor(store: AccountStore, params: { charge?: string; payment_intent?: string }): Stripe.Charge {
  if (params.charge) return find(store.charges, 'charge', params.charge, 'charge');
  if (!params.payment_intent) throw invalid('One of the following params should be provided for this request: payment_intent or charge.', { code: 'parameter_missing' });
  const intent = find(store.intents, 'payment_intent', params.payment_intent, 'payment_intent');
  const charge = intent.status === 'succeeded' ? store.charges.get(intent.latest_charge as string) : undefined;
  if (!charge) throw invalid(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, { param: 'payment_intent' });
  return charge;
}

export function createRefund(world: World, store: AccountStore, params: Stripe.RefundCreateParams): Stripe.Refund {
  const charge = chargeFor(store, params);
  const left = charge.amount - charge.amount_refunded;
  const amount = params.amount ?? left;
  if (charge.status !== 'succeeded') throw invalid(`Charge ${charge.id} has not succeeded, so it cannot be refunded.`, { param: 'charge' });
  if (openDispute(store, charge)) throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed', param: 'charge' });
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded', param: 'charge' });
  if (amount < 1) throw invalid('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: 'amount' });
  if (amount > left)
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' });
  if (params.refund_application_fee && !charge.application_fee) throw invalid('This charge has no application fee to refund.', { param: 'refund_application_fee' });
  const method = store.methods.get(charge.payment_method!);
  const bank = charge.payment_method_details?.type === 'us_bank_account';
  const refund: Stripe.Refund = {
    id: newId(bank ? 'pyr' : 're'), object: 'refund', amount, balance_transaction: newId('txn'), charge: charge.id, created: now(), currency: charge.currency,
    customer: charge.customer, customer_account: null, metadata: mergeMetadata(null, params.metadata), payment_intent: charge.payment_intent, payment_method: charge.payment_method,
    reason: params.reason ?? null, receipt_number: null, source_transfer_reversal: null, status: bank ? 'pending' : 'succeeded', transfer_reversal: null,
    destination_details: bank
      ? { type: 'us_bank_transfer', us_bank_transfer: { reference: null, reference_status: 'pending' } }
      : { type: 'card', card: { type: 'refund', reference_status: 'pending', reference_type: 'acquirer_reference_number' } },
  };
  store.refunds.set(refund.id, refund);
  setRefunded(charge, charge.amount_refunded + amount);
  world.emit(store, 'refund.created', refund);
  world.emit(store, 'charge.refunded', charge);
  if (method?.test.refundFails) world.later(1000, () => failRefund(world, store, refund.id));
  if (bank && world.autoSettleSeconds) world.later(world.autoSettleSeconds * 1000, () => settleRefund(world, store, refund.id));
  return refund;
}

function setRefunded(charge: Stripe.Charge, amount: number): void {
  charge.amount_refunded = amount;
  charge.refunded = amount === charge.amount;
}

export function updateRefund(world: World, store: AccountStore, id: string, params: Stripe.RefundUpdateParams): Stripe.Refund {
  const refund = find(store.refunds, 'refund', id);
  refund.metadata = mergeMetadata(refund.metadata, params.metadata);
  world.emit(store, 'refund.updated', refund);
  return refund;
}

/** A pending refund has arrived. */
export function settleRefund(world: World, store: AccountStore, id: string): void {
  const refund = find(store.refunds, 'refund', id);
  if (refund.status !== 'pending') return;
  refund.status = 'succeeded';
  world.emit(store, 'refund.updated', refund, { status: 'pending' });
}

/** The bank sends a refund back: the money is the contractor's again. */
export function failRefund(world: World, store: AccountStore, id: string): Stripe.Refund {
  const refund = find(store.refunds, 'refund', id);
  if (refund.status === 'failed') return refund;
  const charge = store.charges.get(refund.charge as string)!;
  const previous = { status: refund.status };
  refund.status = 'failed';
  refund.failure_reason = 'lost_or_stolen_card';
  refund.failure_balance_transaction = newId('txn');
  setRefunded(charge, charge.amount_refunded - refund.amount);
  world.emit(store, 'refund.updated', refund, previous);
  world.emit(store, 'refund.failed', refund);
  return refund;
}

/** One that holds the money back; an inquiry does not. */
const openDispute = (store: AccountStore, charge: Stripe.Charge): boolean =>
  [...store.disputes.values()].some((dispute) => dispute.charge === charge.id && !dispute.status.startsWith('warning') && dispute.status !== 'won');

export function createDispute(world: World, store: AccountStore, chargeId: string, inquiry: boolean): Stripe.Dispute {
  const charge = find(store.charges, 'charge', chargeId, 'charge');
  if (charge.status !== 'succeeded') throw invalid(`Charge ${chargeId} has not succeeded.`, { param: 'charge' });
  const dispute: Stripe.Dispute = {
    id: newId('du'), object: 'dispute', amount: charge.amount - charge.amount_refunded, balance_transactions: [], charge: chargeId, created: now(), currency: charge.currency,
    enhanced_eligibility_types: [], evidence: noEvidence(), intended_submission_method: null, is_charge_refundable: inquiry, livemode: false, metadata: {},
    evidence_details: { due_by: now() + 7 * 86400, enhanced_eligibility: {}, has_evidence: false, past_due: false, submission_count: 0, submission_method: 'not_submitted' },
    payment_intent: charge.payment_intent, reason: 'fraudulent', status: inquiry ? 'warning_needs_response' : 'needs_response',
    payment_method_details: { type: 'card', card: { brand: 'visa', case_type: inquiry ? 'inquiry' : 'chargeback', network: 'visa', network_reason_code: '83' } },
  };
  store.disputes.set(dispute.id, dispute);
  charge.disputed = true;
  world.emit(store, 'charge.dispute.created', dispute);
  if (!inquiry) world.emit(store, 'charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

const noEvidence = (): Stripe.Dispute.Evidence => ({
  access_activity_log: null, billing_address: null, cancellation_policy: null, cancellation_policy_disclosure: null, cancellation_rebuttal: null, customer_communication: null,
  customer_email_address: null, customer_name: null, customer_purchase_ip: null, customer_signature: null, duplicate_charge_documentation: null,
  duplicate_charge_explanation: null, duplicate_charge_id: null, enhanced_evidence: {}, product_description: null, receipt: null, refund_policy: null,
  refund_policy_disclosure: null, refund_refusal_explanation: null, service_date: null, service_documentation: null, shipping_address: null, shipping_carrier: null,
  shipping_date: null, shipping_documentation: null, shipping_tracking_number: null, uncategorized_file: null, uncategorized_text: null,
});

/** An inquiry closes without money moving; a dispute that is won brings it back. */
export function closeDispute(world: World, store: AccountStore, id: string, outcome: 'won' | 'lost'): Stripe.Dispute {
  const dispute = find(store.disputes, 'dispute', id);
  if (dispute.status === 'won' || dispute.status === 'lost' || dispute.status === 'warning_closed') throw invalid('This dispute is already closed');
  const inquiry = dispute.status.startsWith('warning');
  dispute.status = inquiry ? 'warning_closed' : outcome;
  world.emit(store, 'charge.dispute.closed', dispute);
  if (!inquiry && outcome === 'won') world.emit(store, 'charge.dispute.funds_reinstated', dispute);
  return dispute;
}

/** Refunds or disputes of one payment or charge, as lists ask for them. */
export function ofPayment<T extends { charge: unknown; payment_intent: unknown }>(store: AccountStore, all: Map<string, T>, params: { charge?: string; payment_intent?: string }): T[] {
  if (params.payment_intent && !store.intents.has(params.payment_intent)) throw noSuch('payment_intent', params.payment_intent, 'payment_intent');
  if (params.charge && !store.charges.has(params.charge)) throw noSuch('charge', params.charge, 'charge');
  return [...all.values()].filter(
    (one) => (!params.payment_intent || one.payment_intent === params.payment_intent) && (!params.charge || one.charge === params.charge),
  );
}
