/** Customers and their payment methods. */
import type { Stripe } from 'stripe';
import { Failure, invalid } from './failures.ts';
import { mergeMetadata, type RawObject } from './parameters.ts';
import { find, newId, now, type AccountStore, type Method, type World } from './store.ts';
import { klarna, testBank, testCard, testMethod, type TestMethod } from './test-methods.ts';

export function createCustomer(world: World, store: AccountStore, params: Stripe.CustomerCreateParams): Stripe.Customer {
  const id = newId('cus', 14);
  const customer = {
    id, object: 'customer', address: null, balance: 0, created: now(), currency: null, customer_account: null, default_source: null, delinquent: false,
    description: params.description ?? null, discount: null, email: params.email ?? null, invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false, metadata: mergeMetadata(null, params.metadata), name: params.name ?? null, next_invoice_sequence: 1, phone: params.phone ?? null,
    preferred_locales: params.preferred_locales ?? [], shipping: null, tax_exempt: 'none', test_clock: null,
  } satisfies Stripe.Customer;
  store.customers.set(id, customer);
  if (params.payment_method) attach(world, store, params.payment_method, id);
  world.emit(store, 'customer.created', customer);
  return customer;
}

export function updateCustomer(world: World, store: AccountStore, id: string, params: Stripe.CustomerUpdateParams): Stripe.Customer {
  const customer = find(store.customers, 'customer', id);
  const preferred = params.invoice_settings?.default_payment_method;
  if (typeof preferred === 'string' && find(store.methods, 'PaymentMethod', preferred, 'invoice_settings[default_payment_method]').object.customer !== id)
    throw invalid('The customer does not have a payment method with the ID ' + preferred + '.', { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' });
  if (preferred !== undefined) customer.invoice_settings.default_payment_method = preferred;
  for (const name of ['description', 'email', 'name', 'phone'] as const) if (params[name] !== undefined) customer[name] = params[name];
  if (params.preferred_locales) customer.preferred_locales = params.preferred_locales;
  customer.metadata = mergeMetadata(customer.metadata, params.metadata);
  world.emit(store, 'customer.updated', customer);
  return customer;
}

export function deleteCustomer(world: World, store: AccountStore, id: string): Stripe.DeletedCustomer {
  const customer = find(store.customers, 'customer', id);
  for (const { object } of store.methods.values()) if (object.customer === id) detach(world, store, object.id);
  store.customers.delete(id);
  world.emit(store, 'customer.deleted', customer);
  return { id, object: 'customer', deleted: true };
}

/** @param browser whether it comes from Stripe.js: Stripe takes card numbers from nobody else. */
export function createMethod(world: World, store: AccountStore, params: Stripe.PaymentMethodCreateParams, browser: boolean): Stripe.PaymentMethod {
  const { card, us_bank_account: bank } = params as unknown as { card?: RawObject; us_bank_account?: RawObject };
  if (params.type === 'klarna') return addMethod(store, klarna, params).object;
  if (params.type === 'us_bank_account') return addMethod(store, testBank(text(bank, 'routing_number'), text(bank, 'account_number')), params).object;
  if (!browser)
    throw new Failure(402, {
      type: 'invalid_request_error', param: 'card[number]',
      message: 'Sending credit card numbers directly to the Stripe API is generally unsafe. Use Stripe.js, or a ready-made test payment method such as pm_card_visa.',
    });
  const test = testCard(text(card, 'number'));
  const [month, year] = [Number(text(card, 'exp_month')), Number(text(card, 'exp_year'))];
  const full = year < 100 ? 2000 + year : year;
  if (!(month >= 1 && month <= 12)) throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  if (!full || full > 2099 || new Date(full, month) <= new Date()) throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  if (!/^\d{3,4}$/.test(text(card, 'cvc'))) throw cardError('invalid_cvc', "Your card's security code is invalid.", 'cvc');
  return addMethod(store, test, params, { month, year: full }).object;
}

const cardError = (code: string, message: string, param: string) => new Failure(402, { type: 'card_error', code, message, param });

const text = (object: RawObject | undefined, name: string): string => {
  const value = object?.[name];
  return typeof value === 'string' ? value : '';
};

/** An id that is known here; a ready-made one, or a test number, becomes a new payment method of this account. */
export function methodOf(store: AccountStore, idOrNumber: string): Method {
  const known = store.methods.get(idOrNumber);
  if (known) return known;
  const test = testMethod(idOrNumber);
  return test ? addMethod(store, test, {}) : find(store.methods, 'PaymentMethod', idOrNumber, 'payment_method');
}

function addMethod(store: AccountStore, test: TestMethod, params: Stripe.PaymentMethodCreateParams, expiry = { month: 12, year: new Date().getFullYear() + 3 }): Method {
  const billing = params.billing_details;
  const object: Stripe.PaymentMethod = {
    id: newId('pm'), object: 'payment_method', allow_redisplay: params.allow_redisplay ?? 'unspecified',
    billing_details: {
      address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null, ...(billing?.address || null) } as Stripe.Address,
      email: billing?.email || null, name: billing?.name || null, phone: billing?.phone || null, tax_id: null,
    },
    created: now(), customer: null, customer_account: null, livemode: false, metadata: mergeMetadata(null, params.metadata), type: test.type,
  };
  if (test.type === 'card') object.card = cardOf(test, expiry);
  if (test.type === 'us_bank_account') object.us_bank_account = bankOf(test);
  if (test.type === 'klarna') object.klarna = { dob: null };
  const method: Method = { object, test, spent: false, setUp: false, verified: !test.microdeposits };
  store.methods.set(object.id, method);
  return method;
}

function cardOf(test: TestMethod, { month, year }: { month: number; year: number }): Stripe.PaymentMethod.Card {
  const brand = test.brand ?? 'visa';
  return {
    brand, checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: test.decline?.code === 'incorrect_cvc' ? 'fail' : 'pass' }, country: 'US',
    display_brand: brand === 'amex' ? 'american_express' : brand, exp_month: month, exp_year: year, fingerprint: `sandbox${brand}${test.last4}`, funding: 'credit',
    generated_from: null, last4: test.last4, networks: { available: [brand], preferred: null }, regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true }, wallet: null,
  };
}

function bankOf(test: TestMethod): Stripe.PaymentMethod.UsBankAccount {
  return {
    account_holder_type: 'individual', account_type: 'checking', bank_name: 'STRIPE TEST BANK', financial_connections_account: null, fingerprint: `sandboxbank${test.last4}`,
    last4: test.last4, networks: { preferred: 'ach', supported: ['ach'] }, routing_number: '110000000', status_details: {},
  };
}

export function attach(world: World, store: AccountStore, id: string, customer: string): Stripe.PaymentMethod {
  find(store.customers, 'customer', customer, 'customer');
  const method = methodOf(store, id);
  if (method.object.customer && method.object.customer !== customer)
    throw invalid('The payment method you provided has already been attached to a customer.', { code: 'payment_method_unexpected_state', param: 'payment_method' });
  if (method.spent)
    throw invalid('This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.', { param: 'payment_method' });
  if (method.test.decline)
    throw new Failure(402, { type: 'card_error', ...method.test.decline, payment_method: method.object });
  if (method.object.customer !== customer) {
    method.object.customer = customer;
    world.emit(store, 'payment_method.attached', method.object);
  }
  return method.object;
}

export function detach(world: World, store: AccountStore, id: string): Stripe.PaymentMethod {
  const method = find(store.methods, 'PaymentMethod', id, 'payment_method');
  if (!method.object.customer)
    throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.', { code: 'payment_method_unexpected_state', param: 'payment_method' });
  const customer = store.customers.get(method.object.customer as string);
  if (customer?.invoice_settings.default_payment_method === id) customer.invoice_settings.default_payment_method = null;
  const previous = { customer: method.object.customer };
  method.object.customer = null;
  // Stripe takes a detached one no more.
  method.spent = true;
  world.emit(store, 'payment_method.detached', method.object, previous);
  return method.object;
}

export function updateMethod(world: World, store: AccountStore, id: string, params: Stripe.PaymentMethodUpdateParams): Stripe.PaymentMethod {
  const { object } = find(store.methods, 'PaymentMethod', id, 'payment_method');
  if (params.allow_redisplay) object.allow_redisplay = params.allow_redisplay;
  object.metadata = mergeMetadata(object.metadata, params.metadata);
  world.emit(store, 'payment_method.updated', object);
  return object;
}

export const methodsOf = (store: AccountStore, customer: string, type?: string): Stripe.PaymentMethod[] =>
  [...store.methods.values()].map(({ object }) => object).filter((object) => object.customer === customer && (!type || object.type === type));
