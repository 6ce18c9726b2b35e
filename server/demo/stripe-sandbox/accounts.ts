/** Connected accounts: created, onboarded, connected by OAuth, disconnected; and the domains where their wallets may appear. */
import { randomBytes } from 'node:crypto';
import type { Stripe } from 'stripe';
import { Failure, invalid, OAuthFailure } from './failures.ts';
import { checkUrl, mergeMetadata } from './parameters.ts';
import { find, newId, newStore, now, type AccountStore, type World } from './store.ts';

/** Plainly no keys of anybody's. */
export const keys = { secret: 'sk_test_sandbox_not_a_real_key', restricted: 'rk_test_sandbox_not_a_real_key', publishable: 'pk_test_sandbox_not_a_real_key' } as const;

/** An account whose onboarding is finished, or not yet. */
export function newAccount(id: string, enabled: boolean, params: Stripe.AccountCreateParams = {}): Stripe.Account {
  const name = params.business_profile?.name ?? null;
  return {
    id, object: 'account', business_profile: {
      mcc: null, minority_owned_business_designation: null, name, specified_commercial_transactions_act_url: null, support_address: null, support_email: null, support_phone: null,
      support_url: null, url: params.business_profile?.url ?? null,
    },
    business_type: null, capabilities: {}, charges_enabled: enabled, controller: { is_controller: true, stripe_dashboard: { type: 'full' }, type: 'application' },
    country: params.country ?? 'US', created: now(), default_currency: params.default_currency ?? 'usd', details_submitted: enabled, email: params.email ?? null,
    metadata: mergeMetadata(null, params.metadata), payouts_enabled: enabled, requirements: requirementsOf(enabled),
    settings: {
      branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
      card_payments: { statement_descriptor_prefix: null, statement_descriptor_prefix_kana: null, statement_descriptor_prefix_kanji: null },
      dashboard: { display_name: name ?? 'Sandbox', timezone: 'Etc/UTC' },
      payments: {
        statement_descriptor: null, statement_descriptor_kana: null, statement_descriptor_kanji: null, statement_descriptor_prefix_kana: null, statement_descriptor_prefix_kanji: null,
      },
    },
    type: params.type ?? 'standard',
  };
}

const requirementsOf = (enabled: boolean): Stripe.Account.Requirements => ({
  alternatives: [], current_deadline: null, currently_due: enabled ? [] : ['business_profile.url', 'external_account', 'tos_acceptance.date'],
  disabled_reason: enabled ? null : 'requirements.past_due', errors: [], eventually_due: [], past_due: [], pending_verification: [],
});

export function createAccount(world: World, store: AccountStore, params: Stripe.AccountCreateParams): Stripe.Account {
  if (store !== world.platform) throw invalid('Only a platform can create accounts.');
  const account = newAccount(newId('acct', 16), false, params);
  world.accounts.set(account.id, newStore(account, true));
  return account;
}

/** @throws Failure 403, the same for an account that is not connected and for one that is not there. */
export function connectedStore(world: World, id: string): AccountStore {
  const store = world.accounts.get(id);
  if (store?.connected) return store;
  throw new Failure(403, {
    type: 'invalid_request_error', code: 'account_invalid',
    message: `The provided key 'sk_test_***' does not have access to account '${id}' (or that account does not exist). Application access may have been revoked.`,
  });
}

export function updateAccount(world: World, id: string, params: Stripe.AccountUpdateParams): Stripe.Account {
  const store = connectedStore(world, id);
  const { account } = store;
  if (params.email) account.email = params.email;
  if (params.business_profile && account.business_profile) Object.assign(account.business_profile, params.business_profile);
  account.metadata = mergeMetadata(account.metadata ?? null, params.metadata);
  world.emit(store, 'account.updated', account);
  return account;
}

/** Onboarding done or undone, as Stripe may at any time. */
export function enableAccount(world: World, id: string, enabled = true): Stripe.Account {
  const store = find(world.accounts, 'account', id);
  Object.assign(store.account, { charges_enabled: enabled, payouts_enabled: enabled, details_submitted: true, requirements: requirementsOf(enabled) });
  world.emit(store, 'account.updated', store.account);
  return store.account;
}

export function createAccountLink(world: World, store: AccountStore, params: Stripe.AccountLinkCreateParams): Stripe.AccountLink {
  if (store !== world.platform) throw invalid('Account links are made by the platform, without the Stripe-Account header.');
  const account = connectedStore(world, params.account).account.id;
  for (const name of ['refresh_url', 'return_url'] as const) {
    if (!params[name]) throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
    checkUrl(params[name], name);
  }
  const token = newId('link');
  const link = { object: 'account_link', created: now(), expires_at: now() + 300, url: `${world.url}/onboarding/${token}` } satisfies Stripe.AccountLink;
  world.links.set(token, { account, refreshUrl: params.refresh_url!, returnUrl: params.return_url!, expiresAt: link.expires_at, opened: false });
  return link;
}

/** A code as Stripe gives it to the redirect address. Without an account it is one that has been with Stripe for long. */
export function newCode(world: World, accountId?: string): string {
  const id = accountId ?? newId('acct', 16);
  if (!world.accounts.has(id)) world.accounts.set(id, newStore(newAccount(id, true, { business_profile: { name: 'An existing business' } }), false));
  const code = `ac_${randomBytes(16).toString('hex')}`;
  world.codes.set(code, { account: id, used: false });
  return code;
}

export function exchangeCode(world: World, params: Stripe.OAuthTokenParams): Stripe.OAuthToken {
  if (params.grant_type !== 'authorization_code') throw new OAuthFailure(400, 'unsupported_grant_type', `Unsupported grant type: ${params.grant_type}`);
  const code = world.codes.get(params.code ?? '');
  if (!code) throw new OAuthFailure(400, 'invalid_grant', `Authorization code does not exist: ${params.code ?? ''}`);
  if (code.used) throw new OAuthFailure(400, 'invalid_grant', 'This authorization code has already been used.');
  code.used = true;
  const store = world.accounts.get(code.account)!;
  store.connected = true;
  world.emit(store, 'account.application.authorized', { id: 'ca_sandbox', object: 'application', name: 'Sandbox platform' });
  // Whoever stores one of these tokens stores too much: a test can look for the words.
  return {
    access_token: 'sk_test_sandbox_oauth_token_never_stored', livemode: false, refresh_token: 'rt_sandbox_oauth_token_never_stored', scope: 'read_write',
    stripe_publishable_key: 'pk_test_sandbox_of_the_account', stripe_user_id: code.account, token_type: 'bearer',
  };
}

export function deauthorize(world: World, accountId: string): Stripe.OAuthDeauthorization {
  const store = world.accounts.get(accountId);
  if (!store?.connected) throw new OAuthFailure(401, 'invalid_client', `This application is not connected to stripe account ${accountId}, or that account does not exist.`);
  world.emit(store, 'account.application.deauthorized', { id: 'ca_sandbox', object: 'application', name: 'Sandbox platform' });
  store.connected = false;
  return { stripe_user_id: accountId };
}

export function createDomain(store: AccountStore, params: Stripe.PaymentMethodDomainCreateParams): Stripe.PaymentMethodDomain {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(params.domain_name) || params.domain_name === 'localhost' || /^[\d.]+$/.test(params.domain_name))
    throw invalid(`Invalid domain name: ${params.domain_name}`, { param: 'domain_name' });
  const known = [...store.domains.values()].find(({ domain_name }) => domain_name === params.domain_name);
  if (known) return known;
  const active = { status: 'active' };
  const domain = {
    id: newId('pmd'), object: 'payment_method_domain', amazon_pay: active, apple_pay: active, created: now(), domain_name: params.domain_name, enabled: params.enabled ?? true,
    google_pay: active, klarna: active, link: active, livemode: false, paypal: active,
  } satisfies Stripe.PaymentMethodDomain;
  store.domains.set(domain.id, domain);
  return domain;
}
