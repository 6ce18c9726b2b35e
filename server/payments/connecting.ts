/** How an account stands with Stripe: asked there, shown to the office, ended by either side. */
import { Stripe } from 'stripe';
import type { StripeConnection } from '../contract/payments.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { addInboxItem } from '../platform/attention.ts';
import { after } from '../platform/ids.ts';
import { enqueue, type OutboxHandler } from '../platform/outbox.ts';
import { notFound, Problem } from '../platform/problems.ts';
import type { Services, StripeSetup } from '../platform/services.ts';
import { connectionOf, keepConnection, markDisconnected, type Connection } from './connections.ts';
import { domainsOf, registerDomains } from './domains.ts';
import { cancelIntent } from './intents.ts';
import { calling } from './stripe.ts';

/** Seconds for which the office is shown what Stripe said last. */
const FRESH = 60;
/** Seconds between two looks whether the last bank debit of an account that was disconnected has come in. */
const WAIT = 6 * 3600;
/** Nobody waits longer than this for a look that can be had later. */
const quick: Stripe.RequestOptions = { timeout: 5000, maxNetworkRetries: 0 };

/** Whose key the server has: none, this account's own, or a platform's that accounts connect to. */
export const modeOf = ({ stripe }: Pick<Services, 'stripe'>, { account }: Scope): StripeConnection['mode'] =>
  !stripe ? 'off' : !stripe.ownAccount ? 'connect' : stripe.ownAccount === account.slug ? 'own' : 'off';

/** @throws {Problem} `conflict` where accounts cannot be connected: there are no keys, or they are one contractor's own. */
export function platformOf(services: Services, scope: Scope): StripeSetup {
  const mode = modeOf(services, scope);
  if (mode === 'own') throw new Problem('conflict', { detail: 'This account uses the Stripe key that the server was set up with.' });
  if (mode === 'off' || !services.stripe) throw new Problem('conflict', { detail: 'Stripe is not set up on this server.' });
  return services.stripe;
}

/**
 * Asks Stripe how the account stands and keeps it. What a return address or an event says is never taken for it.
 * @returns nothing when there is no account there yet, or it is no longer connected.
 * @throws {Problem} `payments_unavailable`.
 */
export async function refreshConnection(services: Services, scope: Scope, connection: Connection, options: Stripe.RequestOptions = {}): Promise<Stripe.Account | undefined> {
  const { stripe } = services;
  const { mode, stripe_account_id: id } = connection;
  if (!stripe || (mode === 'connect' && !id)) return undefined;
  const account = await calling(() => (id ? stripe.client.accounts.retrieve(id, {}, options) : stripe.client.accounts.retrieveCurrent({}, options))).catch(async (error: unknown) => {
    // A key that lost its rights is the operator's matter; only an account that left is the contractor's.
    if (!id || !(error instanceof Stripe.errors.StripePermissionError) || error.code !== 'account_invalid') throw error;
    await loseConnection(services, scope, connection);
    return undefined;
  });
  if (!account) return undefined;
  await inTurn(scope, async (trx) => {
    await keepConnection(services, trx, connection, { chargesEnabled: account.charges_enabled, detailsSubmitted: account.details_submitted });
    if (account.charges_enabled && !connection.charges_enabled) await enqueue(trx, 'stripeDomains', {});
  });
  services.accounts.forget(scope.accountId);
  return account;
}

/** It was disconnected at Stripe, by the contractor or by Stripe: nothing can be paid, and the office is told once. */
export async function loseConnection(services: Services, scope: Scope, connection: Connection): Promise<void> {
  await inTurn(scope, async (trx) => {
    if (await markDisconnected(services, trx, connection)) await addInboxItem(trx, { kind: 'stripeDisconnected', customerId: null, data: {} });
  });
  services.accounts.forget(scope.accountId);
}

/** As the office sees it. When Stripe cannot be asked, it is shown as it was last. */
export async function viewConnection(services: Services, scope: Scope): Promise<StripeConnection> {
  const mode = modeOf(services, scope);
  const known = mode === 'off' ? undefined : await connectionOf(scope);
  if (known && (known.checked_at ?? '') < after(-FRESH)) await refreshConnection(services, scope, known, quick).catch(() => undefined);
  // One that ended is shown until the next one begins.
  const row = await scope.from('stripe_connections').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();
  const inUse = row && row.status !== 'disconnected' ? row : undefined;
  return {
    mode, status: row?.status ?? 'none', stripeAccount: row?.stripe_account_id ?? null, livemode: services.stripe?.livemode ?? false,
    chargesEnabled: mode !== 'off' && inUse?.charges_enabled === 1, detailsSubmitted: row?.details_submitted === 1,
    oauth: mode === 'connect' && Boolean(services.stripe?.clientId), domains: mode === 'off' ? [] : await domainsOf(services, scope, inUse?.id ?? ''),
    connectedAt: row?.connected_at ?? null, checkedAt: row?.checked_at ?? null,
  };
}

/**
 * The office ends it: nothing can be paid at once, also while Stripe is away, which is told as soon as it can be.
 * @throws {Problem} `not_found` where nothing is connected, `conflict` where the key is the account's own.
 */
export async function disconnect(services: Services, scope: Scope): Promise<void> {
  const connection = await connectionOf(scope);
  if (!connection) throw notFound();
  if (connection.mode === 'own') throw new Problem('conflict', { detail: 'This account uses the Stripe key that the server was set up with; whoever runs the server can take it away.' });
  const id = connection.stripe_account_id;
  await inTurn(scope, async (trx) => {
    if ((await markDisconnected(services, trx, connection)) && id) await enqueue(trx, 'stripeDeauthorize', { stripeAccount: id, connectionId: connection.id });
  });
  services.accounts.forget(scope.accountId);
}

/**
 * Ends payments that nobody has finished, so that no browser finishes them now, and waits for those that a bank has: without the
 * right to look, nobody here would learn what became of them.
 * @returns whether it is done.
 */
async function endPayments({ stripe }: Services, scope: Scope, connectionId: string): Promise<boolean> {
  const connection = await scope.from('stripe_connections').selectAll().where('id', '=', connectionId).executeTakeFirst();
  if (!stripe || !connection) return true;
  const attempts = await scope.from('payment_attempts').select(['id', 'state', 'payment_intent_id']).where('connection_id', '=', connectionId).where('state', 'in', ['open', 'processing']).execute();
  for (const { id, state, payment_intent_id: intentId } of attempts) {
    if (state === 'open' && intentId) await cancelIntent({ stripe }, connection, intentId);
    await enqueue(scope, 'checkPayment', { attemptId: id });
  }
  return attempts.every((attempt) => attempt.state !== 'processing');
}

/** Takes back the right that was given by connecting. Without OAuth only the contractor can, in Stripe's dashboard. */
async function deauthorize({ stripe, db }: Services, stripeAccount: string): Promise<void> {
  if (!stripe?.clientId) return;
  const again = await db.selectFrom('stripe_connections').select('id').where('stripe_account_id', '=', stripeAccount).where('status', '<>', 'disconnected').executeTakeFirst();
  if (again) return;
  try {
    await calling(() => stripe.client.oauth.deauthorize({ client_id: stripe.clientId!, stripe_user_id: stripeAccount }));
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidClientError && /not connected/i.test(error.message))) throw error;
  }
}

/** What connecting does after the answer. */
export function connectionJobs(services: Services): Record<string, OutboxHandler> {
  return {
    stripeDomains: async (job) => {
      const scope = await services.accounts.scopeById(job.account_id);
      if (scope) await registerDomains(services, scope);
    },
    stripeDeauthorize: async (job, payload) => {
      const scope = await services.accounts.scopeById(job.account_id);
      if (scope && !(await endPayments(services, scope, String(payload['connectionId'])))) return enqueue(scope, 'stripeDeauthorize', payload, WAIT);
      return deauthorize(services, String(payload['stripeAccount']));
    },
  };
}
