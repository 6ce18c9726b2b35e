/** Every address of the API that the sandbox knows, with exactly the parameters it takes. */
import type { Stripe } from 'stripe';
import { connectedStore, createAccount, createAccountLink, createDomain, deauthorize, exchangeCode, updateAccount } from './accounts.ts';
import { createRefund, ofPayment, updateRefund } from './charges.ts';
import { attach, createCustomer, createMethod, deleteCustomer, detach, methodsOf, updateCustomer, updateMethod } from './methods.ts';
import { paymentRoutes } from './payment-routes.ts';
import { chosen, created, methodData, page, route, type Route } from './route.ts';
import { find, listed, type Page } from './store.ts';
import { createEndpoint } from './webhooks.ts';

const customers: Route[] = [
  route<Stripe.CustomerCreateParams>(
    'POST',
    '/v1/customers',
    {
      description: 'string',
      email: 'string',
      metadata: 'map',
      name: 'string',
      phone: 'string',
      preferred_locales: 'list',
      payment_method: 'string',
      address: 'open',
    },
    ({ world, store }, params) => createCustomer(world, store, params),
  ),
  route<Stripe.CustomerListParams>('GET', '/v1/customers', { ...page, email: 'string', created }, ({ store }, params) =>
    listed('/v1/customers', chosen(store.customers.values(), params, ['email']), params),
  ),
  route('GET', '/v1/customers/:id', {}, ({ store, ids }) => find(store.customers, 'customer', ids[0]!)),
  route<Stripe.CustomerUpdateParams>(
    'POST',
    '/v1/customers/:id',
    {
      description: 'emptyable',
      email: 'emptyable',
      metadata: 'map',
      name: 'emptyable',
      phone: 'emptyable',
      preferred_locales: 'list',
      address: 'open',
      invoice_settings: { default_payment_method: 'emptyable' },
    },
    ({ world, store, ids }, params) => updateCustomer(world, store, ids[0]!, params),
  ),
  route('DELETE', '/v1/customers/:id', {}, ({ world, store, ids }) => deleteCustomer(world, store, ids[0]!)),
  route<Stripe.CustomerListPaymentMethodsParams>(
    'GET',
    '/v1/customers/:id/payment_methods',
    { ...page, type: 'string', allow_redisplay: 'string' },
    ({ store, ids }, params) => {
      find(store.customers, 'customer', ids[0]!, 'customer');
      return listed(`/v1/customers/${ids[0]}/payment_methods`, methodsOf(store, ids[0]!, params.type), params);
    },
  ),
  route('GET', '/v1/customers/:id/payment_methods/:method', {}, ({ store, ids }) =>
    find(new Map(methodsOf(store, ids[0]!).map((one) => [one.id, one])), 'PaymentMethod', ids[1]!, 'payment_method'),
  ),
];

const methods: Route[] = [
  route<Stripe.PaymentMethodCreateParams>(
    'POST',
    '/v1/payment_methods',
    methodData,
    ({ world, store, browser }, params) => createMethod(world, store, params, browser),
    { required: ['type'], publishable: 'anything' },
  ),
  route<Stripe.PaymentMethodListParams>(
    'GET',
    '/v1/payment_methods',
    { ...page, customer: 'string', type: 'string' },
    ({ store }, params) => {
      find(store.customers, 'customer', params.customer!, 'customer');
      return listed('/v1/payment_methods', methodsOf(store, params.customer!, params.type), params);
    },
    { required: ['customer'] },
  ),
  route('GET', '/v1/payment_methods/:id', {}, ({ store, ids }) => find(store.methods, 'PaymentMethod', ids[0]!, 'payment_method').object),
  route<Stripe.PaymentMethodUpdateParams>(
    'POST',
    '/v1/payment_methods/:id',
    { metadata: 'map', allow_redisplay: ['always', 'limited', 'unspecified'] },
    ({ world, store, ids }, params) => updateMethod(world, store, ids[0]!, params),
  ),
  route<Stripe.PaymentMethodAttachParams>(
    'POST',
    '/v1/payment_methods/:id/attach',
    { customer: 'string' },
    ({ world, store, ids }, params) => attach(world, store, ids[0]!, params.customer!),
    { required: ['customer'] },
  ),
  route('POST', '/v1/payment_methods/:id/detach', {}, ({ world, store, ids }) => detach(world, store, ids[0]!)),
];

const ofMoney = { ...page, charge: 'string', payment_intent: 'string', created } as const;

const money: Route[] = [
  route<Stripe.ChargeListParams>('GET', '/v1/charges', { ...page, payment_intent: 'string', customer: 'string', created }, ({ store }, params) =>
    listed('/v1/charges', chosen(store.charges.values(), params, ['payment_intent', 'customer']), params),
  ),
  route('GET', '/v1/charges/:id', {}, ({ store, ids }) => find(store.charges, 'charge', ids[0]!)),
  route<Stripe.RefundCreateParams>(
    'POST',
    '/v1/refunds',
    {
      amount: 'integer',
      charge: 'string',
      payment_intent: 'string',
      metadata: 'map',
      reason: ['duplicate', 'fraudulent', 'requested_by_customer'],
      refund_application_fee: 'boolean',
    },
    ({ world, store }, params) => createRefund(world, store, params),
    { keyed: true },
  ),
  route<Stripe.RefundListParams>('GET', '/v1/refunds', ofMoney, ({ store }, params) =>
    listed('/v1/refunds', chosen(ofPayment(store, store.refunds, params), params), params),
  ),
  route('GET', '/v1/refunds/:id', {}, ({ store, ids }) => find(store.refunds, 'refund', ids[0]!)),
  route<Stripe.RefundUpdateParams>('POST', '/v1/refunds/:id', { metadata: 'map' }, ({ world, store, ids }, params) =>
    updateRefund(world, store, ids[0]!, params),
  ),
  route<Stripe.DisputeListParams>('GET', '/v1/disputes', ofMoney, ({ store }, params) =>
    listed('/v1/disputes', chosen(ofPayment(store, store.disputes, params), params), params),
  ),
  route('GET', '/v1/disputes/:id', {}, ({ store, ids }) => find(store.disputes, 'dispute', ids[0]!)),
  route<Stripe.EventListParams>(
    'GET',
    '/v1/events',
    { ...page, type: 'string', types: 'list', created, delivery_success: 'boolean' },
    ({ store }, params) =>
      listed(
        '/v1/events',
        chosen(store.events.values(), params, ['type']).filter(({ type }) => params.types?.includes(type) ?? true),
        params,
      ),
  ),
  route('GET', '/v1/events/:id', {}, ({ store, ids }) => find(store.events, 'event', ids[0]!)),
];

const accountShape = {
  type: ['standard', 'express'],
  country: 'string',
  email: 'string',
  metadata: 'map',
  business_profile: { name: 'string', url: 'string', support_phone: 'string', support_email: 'string' },
  business_type: 'string',
  default_currency: 'string',
  capabilities: 'open',
  controller: 'open',
} as const;

const accounts: Route[] = [
  route<Stripe.AccountCreateParams>('POST', '/v1/accounts', accountShape, ({ world, store }, params) => createAccount(world, store, params), {
    keyed: true,
  }),
  route<Page>('GET', '/v1/accounts', page, ({ world }, params) =>
    listed(
      '/v1/accounts',
      [...world.accounts.values()].filter((one) => one !== world.platform && one.connected).map(({ account }) => account),
      params,
    ),
  ),
  route('GET', '/v1/account', {}, ({ store }) => store.account),
  route('GET', '/v1/accounts/:id', {}, ({ world, store, ids }) =>
    ids[0] === store.account.id ? store.account : connectedStore(world, ids[0]!).account,
  ),
  route<Stripe.AccountUpdateParams>(
    'POST',
    '/v1/accounts/:id',
    { email: 'string', metadata: 'map', business_profile: accountShape.business_profile },
    ({ world, ids }, params) => updateAccount(world, ids[0]!, params),
  ),
  route<Stripe.AccountLinkCreateParams>(
    'POST',
    '/v1/account_links',
    {
      account: 'string',
      type: ['account_onboarding', 'account_update'],
      refresh_url: 'string',
      return_url: 'string',
      collect: 'string',
      collection_options: 'open',
    },
    ({ world, store }, params) => createAccountLink(world, store, params),
    { required: ['account', 'type'] },
  ),
  route<Stripe.OAuthTokenParams>(
    'POST',
    '/oauth/token',
    { grant_type: 'string', code: 'string', client_secret: 'string' } as object,
    ({ world }, params) => exchangeCode(world, params),
    { required: ['grant_type'] },
  ),
  route<Stripe.OAuthDeauthorizeParams>(
    'POST',
    '/oauth/deauthorize',
    { client_id: 'string', stripe_user_id: 'string' },
    ({ world }, params) => deauthorize(world, params.stripe_user_id!),
    { required: ['client_id', 'stripe_user_id'] },
  ),
  route<Stripe.WebhookEndpointCreateParams>(
    'POST',
    '/v1/webhook_endpoints',
    { url: 'string', enabled_events: 'list', connect: 'boolean', description: 'emptyable', metadata: 'map', api_version: 'string' },
    ({ store }, params) => createEndpoint(store, params),
    { required: ['url', 'enabled_events'] },
  ),
  route<Page>('GET', '/v1/webhook_endpoints', page, ({ store }, params) =>
    listed(
      '/v1/webhook_endpoints',
      [...store.endpoints.values()].map(({ secret: _secret, ...shown }) => shown as Stripe.WebhookEndpoint),
      params,
    ),
  ),
  route('DELETE', '/v1/webhook_endpoints/:id', {}, ({ store, ids }) => {
    const { id } = find(store.endpoints, 'webhook_endpoint', ids[0]!);
    store.endpoints.delete(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
  route<Stripe.PaymentMethodDomainCreateParams>(
    'POST',
    '/v1/payment_method_domains',
    { domain_name: 'string', enabled: 'boolean' },
    ({ store }, params) => createDomain(store, params),
    { required: ['domain_name'] },
  ),
  route<Stripe.PaymentMethodDomainListParams>(
    'GET',
    '/v1/payment_method_domains',
    { ...page, domain_name: 'string', enabled: 'boolean' },
    ({ store }, params) => listed('/v1/payment_method_domains', chosen(store.domains.values(), params, ['domain_name', 'enabled']), params),
  ),
  route('GET', '/v1/payment_method_domains/:id', {}, ({ store, ids }) => find(store.domains, 'payment_method_domain', ids[0]!)),
  route<Stripe.PaymentMethodDomainUpdateParams>('POST', '/v1/payment_method_domains/:id', { enabled: 'boolean' }, ({ store, ids }, params) =>
    Object.assign(find(store.domains, 'payment_method_domain', ids[0]!), params),
  ),
  route('POST', '/v1/payment_method_domains/:id/validate', {}, ({ store, ids }) => find(store.domains, 'payment_method_domain', ids[0]!)),
];

export const routes: readonly Route[] = [...customers, ...methods, ...paymentRoutes, ...money, ...accounts];
