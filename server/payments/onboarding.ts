/** A contractor without a Stripe account gets one: made here, filled in at Stripe. Links there work once and for minutes. */
import { Stripe } from 'stripe';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import type { Actor } from '../platform/actor.ts';
import { newId, now } from '../platform/ids.ts';
import { Problem } from '../platform/problems.ts';
import type { Services, StripeSetup } from '../platform/services.ts';
import { platformOf, refreshConnection } from './connecting.ts';
import { connectionOf, markDisconnected, type Connection } from './connections.ts';
import { makeState } from './states.ts';
import { calling } from './stripe.ts';

/** The way to Stripe's form, for the first time or to go on with it. @throws {Problem} `conflict`, `payments_unavailable`. */
export async function startOnboarding(services: Services, scope: Scope, actor: Actor): Promise<{ url: string }> {
  const stripe = platformOf(services, scope);
  // One that was disconnected at Stripe is not gone on with.
  const known = await connectionOf(scope);
  if (known?.stripe_account_id) await refreshConnection(services, scope, known);
  const stripeAccount = await accountAt(services, stripe, scope);
  return { url: await linkTo(services, stripe, stripeAccount, await makeState(scope, actor, 'onboarding')) };
}

/** A fresh link for one that was used or is too old. Nothing when there is nothing to go on with. @throws {Problem} `payments_unavailable`. */
export async function continueOnboarding(services: Services, scope: Scope, token: string): Promise<string | undefined> {
  const connection = await connectionOf(scope);
  return services.stripe && connection?.stripe_account_id ? linkTo(services, services.stripe, connection.stripe_account_id, token) : undefined;
}

async function linkTo({ config }: Services, { client }: StripeSetup, account: string, token: string): Promise<string> {
  const at = (step: 'refresh' | 'return') => `${config.PUBLIC_URL}/connect/stripe/${step}/${token}`;
  const params = { account, type: 'account_onboarding', refresh_url: at('refresh'), return_url: at('return') } satisfies Stripe.AccountLinkCreateParams;
  return (await calling(() => client.accountLinks.create(params)).catch(explained('Stripe has no form to fill in for this account. Open its dashboard at Stripe instead.'))).url;
}

/**
 * The account at Stripe, made if there is none. The row is written first and its id is the idempotency key, so that a crash, a
 * double click or a lost answer makes one account.
 */
async function accountAt(services: Services, { client, livemode }: StripeSetup, scope: Scope): Promise<string> {
  const connection = await begunConnection(scope, livemode);
  if (connection.stripe_account_id) return connection.stripe_account_id;
  const { account } = scope;
  const params = {
    type: 'standard', country: account.country, ...(account.email ? { email: account.email } : {}), metadata: { account: account.id },
  } satisfies Stripe.AccountCreateParams;
  const made = await calling(() => client.accounts.create(params, { idempotencyKey: `account:${connection.id}` })).catch(async (error: unknown) => {
    // The settings have changed since a try whose answer was lost: the next try begins anew.
    if (error instanceof Stripe.errors.StripeIdempotencyError) await markDisconnected(services, scope, connection);
    return explained('Stripe does not accept the account’s country or e-mail address.')(error);
  });
  await scope.update('stripe_connections').set({ stripe_account_id: made.id }).where('id', '=', connection.id).where('stripe_account_id', 'is', null).execute();
  return made.id;
}

const begunConnection = (scope: Scope, livemode: boolean): Promise<Connection> =>
  inTurn(scope, async (trx) => {
    const known = await connectionOf(trx);
    if (known) return known;
    const row = newConnection(trx, livemode);
    await trx.insert('stripe_connections', row).execute();
    return row;
  });

/** A connection of which nothing is known yet. */
export const newConnection = (scope: Scope, livemode: boolean, more: Partial<Pick<Connection, 'mode' | 'stripe_account_id'>> = {}): Connection => ({
  account_id: scope.accountId, id: newId('stripeConnection'), mode: 'connect', livemode: livemode ? 1 : 0, stripe_account_id: null, status: 'onboarding', charges_enabled: 0,
  details_submitted: 0, created_at: now(), connected_at: null, disconnected_at: null, checked_at: null, events_until: null, ...more,
});

/** What Stripe refuses, in words of ours. */
const explained =
  (detail: string) =>
  (error: unknown): never => {
    if (error instanceof Stripe.errors.StripeIdempotencyError) throw new Problem('payments_unavailable');
    if (error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripePermissionError) throw new Problem('conflict', { detail });
    throw error;
  };
