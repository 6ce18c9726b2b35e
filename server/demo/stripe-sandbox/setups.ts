/** The life of a set-up: a payment method kept for later payments, without one now. */
import type { Stripe } from 'stripe';
import { Failure, invalid, type ErrorBody } from './failures.ts';
import type { Confirming } from './intents.ts';
import { typesFor } from './intents.ts';
import { attach, createMethod, methodOf } from './methods.ts';
import { checkUrl, mergeMetadata } from './parameters.ts';
import { find, newId, now, type AccountStore, type Method, type World } from './store.ts';

type Setup = Stripe.SetupIntent;

const open = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

export function createSetup(world: World, store: AccountStore, params: Stripe.SetupIntentCreateParams): Setup {
  if (params.customer) find(store.customers, 'customer', params.customer, 'customer');
  if (params.automatic_payment_methods && params.allowed_payment_method_types)
    throw invalid('You may only specify one of these parameters: automatic_payment_methods, allowed_payment_method_types.', { param: 'allowed_payment_method_types' });
  const id = newId('seti');
  const setup: Setup = {
    id, object: 'setup_intent', allowed_payment_method_types: params.allowed_payment_method_types ?? null, application: store === world.platform ? null : 'ca_sandbox',
    automatic_payment_methods: params.allowed_payment_method_types ? null : { allow_redirects: params.automatic_payment_methods?.allow_redirects ?? 'always', enabled: true },
    cancellation_reason: null, client_secret: `${id}_${newId('secret', 25)}`, created: now(), customer: params.customer ?? null, description: params.description ?? null,
    excluded_payment_method_types: null, last_setup_error: null, latest_attempt: null, livemode: false, mandate: null, metadata: mergeMetadata(null, params.metadata),
    next_action: null, on_behalf_of: null, payment_method: null, payment_method_configuration_details: null, payment_method_options: {},
    payment_method_types: params.allowed_payment_method_types ?? typesFor('usd', false), single_use_mandate: null, status: 'requires_payment_method',
    usage: params.usage ?? 'off_session',
  };
  store.setups.set(id, setup);
  world.emit(store, 'setup_intent.created', setup);
  if (params.payment_method) setMethod(store, setup, params.payment_method);
  if (params.confirm) confirmSetup(world, store, id, params as Stripe.SetupIntentConfirmParams, { browser: false });
  return setup;
}

export function updateSetup(store: AccountStore, id: string, params: Stripe.SetupIntentUpdateParams): Setup {
  const setup = find(store.setups, 'setupintent', id, 'intent');
  if (params.customer) setup.customer = find(store.customers, 'customer', params.customer, 'customer').id;
  if (params.description) setup.description = params.description;
  setup.metadata = mergeMetadata(setup.metadata, params.metadata);
  if (params.payment_method) setMethod(store, setup, params.payment_method);
  return setup;
}

function setMethod(store: AccountStore, setup: Setup, id: string): Method {
  const method = methodOf(store, id);
  if (method.object.customer && method.object.customer !== setup.customer)
    throw invalid('The PaymentMethod is attached to a customer, so you must provide that customer in the request.', { param: 'payment_method' });
  if (!setup.payment_method_types.includes(method.object.type))
    throw invalid(`The PaymentMethod provided (${method.object.type}) is not allowed for this SetupIntent.`, { code: 'setup_intent_invalid_parameter', param: 'payment_method' });
  setup.payment_method = method.object.id;
  if (setup.status === 'requires_payment_method') setup.status = 'requires_confirmation';
  return method;
}

const refuseState = (setup: Setup, deed: string) =>
  invalid(`You cannot ${deed} this SetupIntent because it has a status of ${setup.status}.`, { code: 'setup_intent_unexpected_state', setup_intent: setup });

export function confirmSetup(world: World, store: AccountStore, id: string, params: Stripe.SetupIntentConfirmParams, { browser }: Confirming): Setup {
  const setup = find(store.setups, 'setupintent', id, 'intent');
  if (!open.includes(setup.status)) throw refuseState(setup, 'confirm');
  if (params.return_url) checkUrl(params.return_url, 'return_url');
  const methodId = params.payment_method_data
    ? createMethod(world, store, params.payment_method_data as Stripe.PaymentMethodCreateParams, browser).id
    : (params.payment_method ?? (setup.payment_method as string | null));
  if (!methodId) throw invalid("You cannot confirm this SetupIntent because it's missing a payment method.", { code: 'setup_intent_unexpected_state', setup_intent: setup });
  const method = setMethod(store, setup, methodId);
  setup.last_setup_error = null;
  setup.next_action = null;
  if (method.test.decline) {
    const error: ErrorBody = { type: 'card_error', ...method.test.decline, payment_method: structuredClone(method.object) };
    giveBack(world, store, setup, error);
    throw new Failure(402, { ...error, setup_intent: setup });
  }
  if (!method.test.authentication && method.verified) return keep(world, store, setup, method);
  setup.status = 'requires_action';
  setup.next_action = nextAction(world, store, setup, method, params);
  world.emit(store, 'setup_intent.requires_action', setup);
  return setup;
}

function nextAction(world: World, store: AccountStore, setup: Setup, method: Method, params: Stripe.SetupIntentConfirmParams): Stripe.SetupIntent.NextAction {
  const token = newId('payatt');
  store.visits.set(token, { intent: setup.id, returnUrl: params.return_url ?? null });
  if (!method.verified)
    return {
      type: 'verify_with_microdeposits',
      verify_with_microdeposits: { arrival_date: now() + 2 * 86400, hosted_verification_url: `${world.url}/microdeposits/${token}`, microdeposit_type: 'descriptor_code' },
    };
  if (method.test.authentication !== 'redirect' && (params.use_stripe_sdk || !params.return_url))
    return { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'stripe_3ds2_challenge', source: token } };
  if (!params.return_url) throw invalid('You must provide a `return_url` when confirming with this payment method.', { code: 'parameter_missing', param: 'return_url' });
  return { type: 'redirect_to_url', redirect_to_url: { return_url: params.return_url, url: `${world.url}/redirect/${token}` } };
}

/** What the person did at their bank's page, or with the small deposits. */
export function authenticateSetup(world: World, store: AccountStore, id: string, outcome: 'ok' | 'failed'): Setup {
  const setup = find(store.setups, 'setupintent', id, 'intent');
  if (setup.status !== 'requires_action') return setup;
  const method = find(store.methods, 'PaymentMethod', setup.payment_method as string);
  if (outcome === 'ok') return keep(world, store, setup, method);
  giveBack(world, store, setup, {
    type: 'invalid_request_error', code: 'setup_intent_authentication_failure', message: 'The latest attempt to set up the payment method has failed because authentication failed.',
    payment_method: structuredClone(method.object),
  });
  return setup;
}

function giveBack(world: World, store: AccountStore, setup: Setup, error: ErrorBody): void {
  Object.assign(setup, { status: 'requires_payment_method', payment_method: null, next_action: null });
  setup.last_setup_error = error as Stripe.SetupIntent.LastSetupError;
  world.emit(store, 'setup_intent.setup_failed', setup);
}

function keep(world: World, store: AccountStore, setup: Setup, method: Method): Setup {
  method.setUp = true;
  method.verified = true;
  Object.assign(setup, { status: 'succeeded', next_action: null });
  if (setup.customer) attach(world, store, method.object.id, setup.customer as string);
  world.emit(store, 'setup_intent.succeeded', setup);
  return setup;
}

export function cancelSetup(world: World, store: AccountStore, id: string): Setup {
  const setup = find(store.setups, 'setupintent', id, 'intent');
  if (!open.includes(setup.status)) throw refuseState(setup, 'cancel');
  Object.assign(setup, { status: 'canceled', cancellation_reason: 'requested_by_customer', next_action: null });
  world.emit(store, 'setup_intent.canceled', setup);
  return setup;
}
