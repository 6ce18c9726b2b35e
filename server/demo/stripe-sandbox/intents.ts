/** The life of a payment: created, confirmed, authenticated, waited for, paid or canceled. */
import type { Stripe } from 'stripe';
import { createCharge, createDispute, settleCharge } from './charges.ts';
import { Failure, invalid, type ErrorBody } from './failures.ts';
import { attach, createMethod, methodOf } from './methods.ts';
import { checkAmount, checkUrl, mergeMetadata } from './parameters.ts';
import { find, newId, now, type AccountStore, type Method, type World } from './store.ts';
import type { Decline } from './test-methods.ts';

type Intent = Stripe.PaymentIntent;

/** Who confirms: our server, or Stripe.js in a browser. */
export interface Confirming {
  browser: boolean;
}

/** What Stripe would offer for this currency; the sandbox has three kinds. */
export function typesFor(currency: string, redirects = true): string[] {
  return ['card', ...(currency === 'usd' ? ['us_bank_account'] : []), ...(redirects && ['usd', 'eur', 'gbp', 'cad'].includes(currency) ? ['klarna'] : [])];
}

export function createIntent(world: World, store: AccountStore, params: Stripe.PaymentIntentCreateParams): Intent {
  const currency = params.currency.toLowerCase();
  checkAmount(params.amount, currency);
  if (!store.account.charges_enabled) throw invalid('Your account cannot currently make charges: its onboarding is not finished.', { code: 'account_invalid' });
  if (params.customer) find(store.customers, 'customer', params.customer, 'customer');
  if (params.automatic_payment_methods && params.allowed_payment_method_types)
    throw invalid('You may only specify one of these parameters: automatic_payment_methods, allowed_payment_method_types.', { param: 'allowed_payment_method_types' });
  checkFee(world, store, params.application_fee_amount, params.amount);
  checkSuffix(params.statement_descriptor_suffix);
  const redirects = params.automatic_payment_methods?.allow_redirects ?? 'always';
  const id = newId('pi');
  const intent: Intent = {
    id, object: 'payment_intent', allowed_payment_method_types: params.allowed_payment_method_types ?? null, amount: params.amount, amount_capturable: 0,
    amount_details: { tip: {} }, amount_received: 0, application: store === world.platform ? null : 'ca_sandbox', application_fee_amount: params.application_fee_amount ?? null,
    automatic_payment_methods: params.allowed_payment_method_types ? null : { allow_redirects: redirects, enabled: true }, canceled_at: null, cancellation_reason: null,
    capture_method: params.capture_method ?? 'automatic_async', client_secret: `${id}_${newId('secret', 25)}`, confirmation_method: 'automatic', created: now(), currency,
    customer: params.customer ?? null, customer_account: null, description: params.description ?? null, excluded_payment_method_types: params.excluded_payment_method_types ?? null,
    last_payment_error: null, latest_charge: null, livemode: false, managed_payments: null, metadata: mergeMetadata(null, params.metadata), next_action: null, on_behalf_of: null,
    payment_method: null, payment_method_configuration_details: null, payment_method_options: {},
    payment_method_types: (params.allowed_payment_method_types ?? typesFor(currency, redirects !== 'never')).filter((type) => !params.excluded_payment_method_types?.includes(type)),
    payment_record: null, processing: null, receipt_email: params.receipt_email ?? null, review: null, setup_future_usage: params.setup_future_usage ?? null, shipping: null,
    source: null, statement_descriptor: null, statement_descriptor_suffix: params.statement_descriptor_suffix ?? null, status: 'requires_payment_method', transfer_group: null,
  };
  store.intents.set(id, intent);
  world.emit(store, 'payment_intent.created', intent);
  if (params.payment_method) setMethod(store, intent, params.payment_method);
  if (params.confirm) confirmIntent(world, store, id, params as Stripe.PaymentIntentConfirmParams, { browser: false });
  return intent;
}

function checkFee(world: World, store: AccountStore, fee: number | null | undefined, amount: number): void {
  if (fee == null) return;
  const param = 'application_fee_amount';
  if (store === world.platform) throw invalid('Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using the Stripe-Account header).', { param });
  if (fee < 1) throw invalid('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param });
  if (fee > amount) throw invalid('The application fee cannot be greater than the amount.', { param });
}

function checkSuffix(suffix: string | undefined): void {
  if (suffix !== undefined && (suffix.length > 22 || /[<>\\'"*]/.test(suffix)))
    throw invalid("The statement descriptor suffix can have up to 22 characters and none of < > \\ ' \" *.", { param: 'statement_descriptor_suffix' });
}

/** @throws Failure 400 with the payment in it, as Stripe tells what it is now. */
function refuseState(intent: Intent, deed: string, allowed: string[]): never {
  throw invalid(
    intent.status === 'succeeded' && deed === 'confirm'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
      : `You cannot ${deed} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be used: ${allowed.join(', ')}.`,
    { code: 'payment_intent_unexpected_state', payment_intent: intent },
  );
}

const open = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

export function updateIntent(world: World, store: AccountStore, id: string, params: Stripe.PaymentIntentUpdateParams): Intent {
  const intent = find(store.intents, 'payment_intent', id, 'intent');
  const money = (['amount', 'currency', 'application_fee_amount', 'payment_method', 'customer', 'setup_future_usage'] as const).filter((name) => params[name] !== undefined);
  if (money.length && !open.includes(intent.status)) refuseState(intent, `update the ${money[0]} of`, open);
  const amount = params.amount ?? intent.amount;
  const currency = params.currency?.toLowerCase() ?? intent.currency;
  checkAmount(amount, currency);
  const fee = params.application_fee_amount === undefined ? intent.application_fee_amount : (params.application_fee_amount as number | null);
  checkFee(world, store, fee, amount);
  checkSuffix(params.statement_descriptor_suffix);
  if (params.customer) find(store.customers, 'customer', params.customer, 'customer');
  // A challenge that is under way was about the old amount.
  if (money.length && intent.status === 'requires_action') Object.assign(intent, { status: 'requires_confirmation', next_action: null });
  Object.assign(intent, { amount, currency, application_fee_amount: fee });
  intent.metadata = mergeMetadata(intent.metadata, params.metadata);
  for (const name of ['customer', 'description', 'receipt_email', 'statement_descriptor_suffix', 'setup_future_usage'] as const)
    if (params[name] !== undefined) Object.assign(intent, { [name]: params[name] || null });
  if (params.payment_method) setMethod(store, intent, params.payment_method);
  return intent;
}

/** A payment method that is known, may be used and fits. */
function setMethod(store: AccountStore, intent: Intent, id: string): Method {
  const method = methodOf(store, id);
  const param = 'payment_method';
  if (method.object.customer && method.object.customer !== intent.customer)
    throw invalid('The PaymentMethod is attached to a customer, so for security purposes you must provide that customer in the request.', { param });
  if (method.spent)
    throw invalid('The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or was detached from a Customer. It may not be used again.', { param });
  if (!intent.payment_method_types.includes(method.object.type))
    throw invalid(`The PaymentMethod provided (${method.object.type}) is not allowed for this PaymentIntent.`, { code: 'payment_intent_incompatible_payment_method', param });
  intent.payment_method = method.object.id;
  if (intent.status === 'requires_payment_method') intent.status = 'requires_confirmation';
  return method;
}

export function confirmIntent(world: World, store: AccountStore, id: string, params: Stripe.PaymentIntentConfirmParams, { browser }: Confirming): Intent {
  const intent = find(store.intents, 'payment_intent', id, 'intent');
  if (!open.includes(intent.status)) refuseState(intent, 'confirm', open);
  if (params.return_url) checkUrl(params.return_url, 'return_url');
  if (params.setup_future_usage) intent.setup_future_usage = params.setup_future_usage;
  if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email || null;
  const method = methodToConfirm(world, store, intent, params, browser);
  if (!browser && !params.return_url && !params.off_session && intent.automatic_payment_methods?.allow_redirects === 'always')
    throw invalid('This PaymentIntent may use payment methods that redirect, so you must provide a `return_url`, or set automatic_payment_methods[allow_redirects] to never.', { param: 'return_url' });
  intent.last_payment_error = null;
  intent.next_action = null;
  return attempt(world, store, intent, method, { ...params, browser });
}

function methodToConfirm(world: World, store: AccountStore, intent: Intent, params: Stripe.PaymentIntentConfirmParams, browser: boolean): Method {
  if (params.payment_method_data) {
    const made = createMethod(world, store, params.payment_method_data as Stripe.PaymentMethodCreateParams, browser);
    return setMethod(store, intent, made.id);
  }
  const id = params.payment_method ?? (intent.payment_method as string | null);
  if (!id)
    throw invalid("You cannot confirm this PaymentIntent because it's missing a payment method. Provide a payment method and then retry.", {
      code: 'payment_intent_unexpected_state', payment_intent: intent,
    });
  return setMethod(store, intent, id);
}

interface Attempt {
  browser: boolean;
  return_url?: string;
  use_stripe_sdk?: boolean;
  off_session?: unknown;
  error_on_requires_action?: boolean;
}

function attempt(world: World, store: AccountStore, intent: Intent, method: Method, params: Attempt): Intent {
  const { test } = method;
  if (test.type === 'klarna' || test.authentication === 'redirect') return redirect(world, store, intent, params.return_url);
  if (test.type === 'us_bank_account') return method.verified ? debit(world, store, intent, method) : askForDeposits(world, store, intent);
  if (test.authentication && !(params.off_session && method.setUp && test.authentication === 'unlessSetUp')) {
    if (params.off_session || params.error_on_requires_action)
      fail(world, store, intent, method, { code: 'authentication_required', decline_code: 'authentication_required', message: 'Your card was declined. This transaction requires authentication.' });
    return challenge(world, store, intent, params);
  }
  return charge(world, store, intent, method);
}

function waitForAction(world: World, store: AccountStore, intent: Intent, action: Stripe.PaymentIntent.NextAction): Intent {
  intent.status = 'requires_action';
  intent.next_action = action;
  world.emit(store, 'payment_intent.requires_action', intent);
  return intent;
}

/** The address of a page of the sandbox where this payment goes on. */
function visit(world: World, store: AccountStore, intent: Intent, page: string, returnUrl: string | null): string {
  const token = newId('payatt');
  store.visits.set(token, { intent: intent.id, returnUrl });
  return `${world.url}/${page}/${token}`;
}

function redirect(world: World, store: AccountStore, intent: Intent, returnUrl: string | undefined): Intent {
  if (!returnUrl) throw invalid('You must provide a `return_url` when confirming with this payment method.', { code: 'parameter_missing', param: 'return_url' });
  return waitForAction(world, store, intent, { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url: visit(world, store, intent, 'redirect', returnUrl) } });
}

/** 3-D Secure: Stripe.js shows it in the page; anybody else is sent to one of ours. */
function challenge(world: World, store: AccountStore, intent: Intent, params: Attempt): Intent {
  if (params.use_stripe_sdk || !params.return_url)
    return waitForAction(world, store, intent, { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'stripe_3ds2_challenge', source: newId('payatt') } });
  return redirect(world, store, intent, params.return_url);
}

function askForDeposits(world: World, store: AccountStore, intent: Intent): Intent {
  return waitForAction(world, store, intent, {
    type: 'verify_with_microdeposits',
    verify_with_microdeposits: { arrival_date: now() + 2 * 86400, hosted_verification_url: visit(world, store, intent, 'microdeposits', null), microdeposit_type: 'descriptor_code' },
  });
}

function debit(world: World, store: AccountStore, intent: Intent, method: Method): Intent {
  intent.status = 'processing';
  intent.next_action = null;
  createCharge(world, store, intent, method, 'pending');
  world.emit(store, 'payment_intent.processing', intent);
  if (world.autoSettleSeconds) world.later(world.autoSettleSeconds * 1000, () => settleIntent(world, store, intent.id));
  return intent;
}

function charge(world: World, store: AccountStore, intent: Intent, method: Method): Intent {
  if (method.test.decline) fail(world, store, intent, method, method.test.decline);
  const made = createCharge(world, store, intent, method, 'succeeded');
  succeed(world, store, intent, method);
  if (method.test.dispute) createDispute(world, store, made.id, method.test.dispute === 'inquiry');
  return intent;
}

function succeed(world: World, store: AccountStore, intent: Intent, method: Method): void {
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, next_action: null, last_payment_error: null });
  if (intent.customer && intent.setup_future_usage) {
    method.setUp = true;
    if (!method.object.customer) attach(world, store, method.object.id, intent.customer as string);
  } else if (!method.object.customer) method.spent = true;
  world.emit(store, 'payment_intent.succeeded', intent);
}

/** The attempt is refused, the payment waits for another payment method. @throws Failure 402, as whoever confirms gets it. */
function fail(world: World, store: AccountStore, intent: Intent, method: Method, decline: Decline): never {
  const made = createCharge(world, store, intent, method, 'failed', decline);
  const error: ErrorBody = { type: 'card_error', ...decline, charge: made.id, payment_method: structuredClone(method.object) };
  giveBack(world, store, intent, error);
  throw new Failure(402, { ...error, payment_intent: intent });
}

function giveBack(world: World, store: AccountStore, intent: Intent, error: ErrorBody): void {
  const { payment_intent: _intent, setup_intent: _setup, ...told } = error;
  Object.assign(intent, { status: 'requires_payment_method', payment_method: null, next_action: null });
  intent.last_payment_error = told as Stripe.PaymentIntent.LastPaymentError;
  world.emit(store, 'payment_intent.payment_failed', intent);
}

const unproven: Omit<ErrorBody, 'payment_method'> = {
  type: 'invalid_request_error', code: 'payment_intent_authentication_failure',
  message: 'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
};

/** What the person did at their bank's or Klarna's page. The payment may have gone on meanwhile; then it stays as it is. */
export function authenticateIntent(world: World, store: AccountStore, id: string, outcome: 'ok' | 'failed'): Intent {
  const intent = find(store.intents, 'payment_intent', id, 'intent');
  if (intent.status !== 'requires_action') return intent;
  const method = find(store.methods, 'PaymentMethod', intent.payment_method as string);
  intent.next_action = null;
  if (outcome === 'failed') {
    const refused = method.object.type === 'klarna' ? { ...unproven, code: 'payment_method_customer_decline', message: 'The customer did not approve the payment.' } : unproven;
    giveBack(world, store, intent, { ...refused, payment_method: structuredClone(method.object) });
    return intent;
  }
  try {
    return charge(world, store, intent, method);
  } catch (error) {
    if (error instanceof Failure) return intent;
    throw error;
  }
}

/** The small deposits were named rightly: the debit goes out. */
export function verifyDeposits(world: World, store: AccountStore, id: string): Intent {
  const intent = find(store.intents, 'payment_intent', id, 'intent');
  if (intent.next_action?.type !== 'verify_with_microdeposits') refuseState(intent, 'verify', ['requires_action']);
  const method = find(store.methods, 'PaymentMethod', intent.payment_method as string);
  method.verified = true;
  return debit(world, store, intent, method);
}

/** The bank has answered. Without an outcome it is the one that the account number stands for. */
export function settleIntent(world: World, store: AccountStore, id: string, outcome?: 'succeeded' | 'failed'): Intent {
  const intent = find(store.intents, 'payment_intent', id, 'intent');
  const method = store.methods.get(intent.payment_method as string);
  if (intent.next_action?.type === 'verify_with_microdeposits' && outcome === 'failed') {
    giveBack(world, store, intent, {
      type: 'invalid_request_error', code: 'payment_method_microdeposit_verification_timeout', message: 'Verification of the bank account with microdeposits was not completed in time.',
    });
    return intent;
  }
  if (intent.status !== 'processing' || !method) return intent;
  const charge = store.charges.get(intent.latest_charge as string)!;
  const ended = outcome ?? (method.test.failure ? 'failed' : 'succeeded');
  if (ended === 'succeeded') {
    settleCharge(world, store, charge);
    succeed(world, store, intent, method);
    return intent;
  }
  const decline = method.test.failure ?? { code: 'insufficient_funds', message: "The customer's account has insufficient funds to cover this payment." };
  settleCharge(world, store, charge, decline);
  giveBack(world, store, intent, { type: 'invalid_request_error', ...decline, charge: charge.id, payment_method: structuredClone(method.object) });
  return intent;
}

export function cancelIntent(world: World, store: AccountStore, id: string, params: Stripe.PaymentIntentCancelParams): Intent {
  const intent = find(store.intents, 'payment_intent', id, 'intent');
  if (!open.includes(intent.status)) refuseState(intent, 'cancel', open);
  Object.assign(intent, { status: 'canceled', canceled_at: now(), cancellation_reason: params.cancellation_reason ?? null, next_action: null });
  world.emit(store, 'payment_intent.canceled', intent);
  return intent;
}
