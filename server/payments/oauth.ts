/** A contractor who has a Stripe account connects it (OAuth). Of all that Stripe hands out, only the account's id is kept. */
import { Stripe } from 'stripe';
import { brokenUnique, inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import type { Actor } from '../platform/actor.ts';
import { Problem } from '../platform/problems.ts';
import type { Services, StripeSetup } from '../platform/services.ts';
import { modeOf, platformOf, refreshConnection } from './connecting.ts';
import { connectionOf, markDisconnected, type Connection } from './connections.ts';
import { newConnection } from './onboarding.ts';
import { makeState, spendState } from './states.ts';
import { calling } from './stripe.ts';

/** How it ended: `used` is for a state or code that is unknown, used or too old, which are alike. */
export type Ended = 'connected' | 'denied' | 'used' | 'taken' | 'otherConnected';

/** Whether an account is in use here that a new one must not push aside. An onboarding that nobody finished is none. */
const stands = (connection: Connection | undefined): boolean => connection !== undefined && connection.status !== 'onboarding';

/** The way to Stripe's consent. @throws {Problem} `conflict` without OAuth, or when an account is connected. */
export async function startOAuth(services: Services, scope: Scope, actor: Actor): Promise<{ url: string }> {
  const { clientId, apiBase } = platformOf(services, scope);
  if (!clientId) throw new Problem('conflict', { detail: 'Connecting an existing Stripe account is not set up on this server.' });
  if (stands(await connectionOf(scope))) throw new Problem('conflict', { detail: 'A Stripe account is connected already. Disconnect it first.' });
  // Not the SDK's own function, which knows https and no port only.
  const url = new URL('/oauth/authorize', apiBase ?? 'https://connect.stripe.com');
  url.search = new URLSearchParams({
    response_type: 'code', client_id: clientId, scope: 'read_write', redirect_uri: `${services.config.PUBLIC_URL}/connect/stripe/oauth`, state: await makeState(scope, actor, 'oauth'),
  }).toString();
  return { url: url.href };
}

/**
 * Back from Stripe. The state is spent before anything else, whatever came with it.
 * @throws {Problem} `payments_unavailable`; the code may be spent then, so the office starts again.
 */
export async function finishOAuth(services: Services, query: Record<string, unknown>): Promise<{ ended: Ended; scope?: Scope }> {
  const scope = await spendState(services, query['state'], 'oauth');
  const { stripe } = services;
  if (!scope || !stripe || modeOf(services, scope) !== 'connect') return { ended: 'used' };
  if (query['error'] === 'access_denied') return { ended: 'denied', scope };
  if (typeof query['code'] !== 'string') return { ended: 'used', scope };
  if (stands(await connectionOf(scope))) return { ended: 'otherConnected', scope };
  const stripeAccount = await exchange(stripe, query['code']);
  if (!stripeAccount) return { ended: 'used', scope };
  const kept = await keep(services, scope, stripe, stripeAccount);
  if (typeof kept === 'string') return { ended: kept, scope };
  // What Stripe says of it is asked for anew whenever the office looks.
  await refreshConnection(services, scope, kept).catch(() => undefined);
  return { ended: 'connected', scope };
}

/** A code is traded once. (The SDK still repeats a connection that was cut, once and under the same idempotency key.) */
async function exchange({ client, livemode }: StripeSetup, code: string): Promise<string | undefined> {
  try {
    const token = await calling(() => client.oauth.token({ grant_type: 'authorization_code', code }, { maxNetworkRetries: 0 }));
    return token.livemode === livemode ? token.stripe_user_id : undefined;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidGrantError || error instanceof Stripe.errors.StripeOAuthInvalidRequestError) return undefined;
    throw error;
  }
}

/** The unique rules of the table decide, also between two accounts of ours that try at once. */
async function keep(services: Services, scope: Scope, { livemode }: StripeSetup, stripeAccount: string): Promise<Connection | 'taken' | 'otherConnected'> {
  try {
    return await inTurn(scope, async (trx) => {
      const known = await connectionOf(trx);
      if (known && stands(known)) return 'otherConnected';
      if (known) await markDisconnected(services, trx, known);
      const row = newConnection(trx, livemode, { stripe_account_id: stripeAccount });
      await trx.insert('stripe_connections', row).execute();
      return row;
    });
  } catch (error) {
    if (brokenUnique(error) === undefined) throw error;
    return 'taken';
  }
}
