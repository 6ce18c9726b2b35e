/** The addresses of payments and set-ups, and what only Stripe.js asks for. */
import type { Stripe } from 'stripe';
import { invalid } from './failures.ts';
import { authenticateIntent, cancelIntent, confirmIntent, createIntent, typesFor, updateIntent, verifyDeposits } from './intents.ts';
import { automatic, bySecret, chosen, created, futureUse, methodData, page, route, type Route } from './route.ts';
import { authenticateSetup, cancelSetup, confirmSetup, createSetup, updateSetup } from './setups.ts';
import { find, listed } from './store.ts';

const confirmation = {
  payment_method: 'string',
  payment_method_data: methodData,
  payment_method_options: 'open',
  return_url: 'string',
  use_stripe_sdk: 'boolean',
  mandate_data: 'open',
} as const;

const intents: Route[] = [
  route<Stripe.PaymentIntentCreateParams>(
    'POST',
    '/v1/payment_intents',
    {
      ...confirmation,
      amount: 'integer',
      currency: 'string',
      customer: 'string',
      description: 'string',
      metadata: 'map',
      receipt_email: 'string',
      automatic_payment_methods: automatic,
      allowed_payment_method_types: 'list',
      excluded_payment_method_types: 'list',
      application_fee_amount: 'integer',
      statement_descriptor_suffix: 'string',
      setup_future_usage: futureUse,
      capture_method: ['automatic', 'automatic_async'],
      confirm: 'boolean',
      off_session: 'boolean',
      error_on_requires_action: 'boolean',
    },
    ({ world, store }, params) => createIntent(world, store, params),
    { required: ['amount', 'currency'], keyed: true },
  ),
  route<Stripe.PaymentIntentListParams>('GET', '/v1/payment_intents', { ...page, customer: 'string', created }, ({ store }, params) =>
    listed('/v1/payment_intents', chosen(store.intents.values(), params, ['customer']), params),
  ),
  route(
    'GET',
    '/v1/payment_intents/:id',
    { client_secret: 'string' } as object,
    ({ store, ids }) => find(store.intents, 'payment_intent', ids[0]!, 'intent'),
    bySecret,
  ),
  route<Stripe.PaymentIntentUpdateParams>(
    'POST',
    '/v1/payment_intents/:id',
    {
      amount: 'integer',
      currency: 'string',
      customer: 'string',
      description: 'string',
      metadata: 'map',
      receipt_email: 'emptyable',
      application_fee_amount: 'integer',
      statement_descriptor_suffix: 'string',
      setup_future_usage: [...futureUse, ''],
      payment_method: 'string',
      payment_method_options: 'open',
    },
    ({ world, store, ids }, params) => updateIntent(world, store, ids[0]!, params),
  ),
  route<Stripe.PaymentIntentConfirmParams & { client_secret?: string }>(
    'POST',
    '/v1/payment_intents/:id/confirm',
    {
      ...confirmation,
      client_secret: 'string',
      receipt_email: 'emptyable',
      setup_future_usage: futureUse,
      off_session: 'boolean',
      error_on_requires_action: 'boolean',
    },
    ({ world, store, ids, browser }, params) => confirmIntent(world, store, ids[0]!, params, { browser }),
    bySecret,
  ),
  route<Stripe.PaymentIntentCancelParams>(
    'POST',
    '/v1/payment_intents/:id/cancel',
    { cancellation_reason: ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'] },
    ({ world, store, ids }, params) => cancelIntent(world, store, ids[0]!, params),
  ),
  route<Stripe.PaymentIntentVerifyMicrodepositsParams & { client_secret?: string }>(
    'POST',
    '/v1/payment_intents/:id/verify_microdeposits',
    { amounts: 'list', descriptor_code: 'string', client_secret: 'string' },
    ({ world, store, ids }, params) => {
      if (params.descriptor_code !== 'SM11AA' && params.amounts?.map(String).join() !== '32,45')
        throw invalid('The amounts or the descriptor code provided do not match the microdeposits that were sent.', {
          code: 'payment_method_microdeposit_verification_descriptor_code_mismatch',
        });
      return verifyDeposits(world, store, ids[0]!);
    },
    bySecret,
  ),
];

const setups: Route[] = [
  route<Stripe.SetupIntentCreateParams>(
    'POST',
    '/v1/setup_intents',
    {
      ...confirmation,
      customer: 'string',
      description: 'string',
      metadata: 'map',
      usage: futureUse,
      automatic_payment_methods: automatic,
      allowed_payment_method_types: 'list',
      confirm: 'boolean',
    },
    ({ world, store }, params) => createSetup(world, store, params),
  ),
  route<Stripe.SetupIntentListParams>('GET', '/v1/setup_intents', { ...page, customer: 'string', created }, ({ store }, params) =>
    listed('/v1/setup_intents', chosen(store.setups.values(), params, ['customer']), params),
  ),
  route(
    'GET',
    '/v1/setup_intents/:id',
    { client_secret: 'string' } as object,
    ({ store, ids }) => find(store.setups, 'setupintent', ids[0]!, 'intent'),
    bySecret,
  ),
  route<Stripe.SetupIntentUpdateParams>(
    'POST',
    '/v1/setup_intents/:id',
    { customer: 'string', description: 'string', metadata: 'map', payment_method: 'string' },
    ({ store, ids }, params) => updateSetup(store, ids[0]!, params),
  ),
  route<Stripe.SetupIntentConfirmParams & { client_secret?: string }>(
    'POST',
    '/v1/setup_intents/:id/confirm',
    { ...confirmation, client_secret: 'string' },
    ({ world, store, ids, browser }, params) => confirmSetup(world, store, ids[0]!, params, { browser }),
    bySecret,
  ),
  route('POST', '/v1/setup_intents/:id/cancel', {}, ({ world, store, ids }) => cancelSetup(world, store, ids[0]!)),
];

/** What only Stripe.js asks for. */
const browsers: Route[] = [
  route<{ currency?: string }>(
    'GET',
    '/v1/elements/sessions',
    { currency: 'string' },
    ({ store }, { currency }) => {
      if (!store.account.charges_enabled) throw invalid('This account cannot currently make charges.', { code: 'account_invalid' });
      return { object: 'elements_session', payment_method_types: typesFor(currency ?? 'usd', Boolean(currency)) };
    },
    { publishable: 'anything' },
  ),
  route<{ outcome: 'ok' | 'failed'; client_secret?: string }>(
    'POST',
    '/v1/payment_intents/:id/challenge',
    { outcome: ['ok', 'failed'], client_secret: 'string' },
    ({ world, store, ids }, { outcome }) => authenticateIntent(world, store, ids[0]!, outcome),
    { ...bySecret, required: ['outcome'] },
  ),
  route<{ outcome: 'ok' | 'failed'; client_secret?: string }>(
    'POST',
    '/v1/setup_intents/:id/challenge',
    { outcome: ['ok', 'failed'], client_secret: 'string' },
    ({ world, store, ids }, { outcome }) => authenticateSetup(world, store, ids[0]!, outcome),
    { ...bySecret, required: ['outcome'] },
  ),
];

export const paymentRoutes: readonly Route[] = [...intents, ...setups, ...browsers];
