/** The way to Stripe: one client, the account it is used for, and what its errors mean here. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Stripe } from 'stripe';
import type { Config } from '../config.ts';
import { Problem } from '../platform/problems.ts';
import type { StripeSetup } from '../platform/services.ts';

export const API_VERSION = '2026-10-28.endive' satisfies Stripe.LatestApiVersion;

/** Seconds after which a call is given up; the SDK then repeats it under the same idempotency key. */
const TIMEOUT = 8;
const MOST_TRIES = 4;

/** Nothing without keys. Only the address differs between Stripe and a sandbox. */
export function stripeSetup(config: Config): StripeSetup | undefined {
  const { STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: publishable, STRIPE_API_BASE: base } = config;
  if (!secret || !publishable) return undefined;
  const address = base ? new URL(base) : undefined;
  const client = new Stripe(secret, {
    apiVersion: API_VERSION, maxNetworkRetries: 2, timeout: TIMEOUT * 1000, telemetry: false,
    appInfo: { name: 'Customer Center' },
    ...(address ? { host: address.hostname, port: address.port || (address.protocol === 'https:' ? 443 : 80), protocol: address.protocol === 'https:' ? ('https' as const) : ('http' as const) } : {}),
  });
  const [whole = '0', part = ''] = (config.STRIPE_FEE_PERCENT ?? '0').split('.');
  return {
    client, livemode: secret.includes('_live_'), publishableKey: publishable, ownAccount: config.STRIPE_OWN_ACCOUNT ?? null, clientId: config.STRIPE_CLIENT_ID ?? null,
    apiBase: base ?? null, feeBasisPoints: Number(whole) * 100 + Number(part.padEnd(2, '0')),
  };
}

/**
 * Runs a call. The SDK repeats lost connections and errors of Stripe's; “too many requests” it leaves to us.
 * A call that creates something must carry an idempotency key of its own, so that repeating it makes nothing twice.
 * @throws {Problem} `payments_unavailable` when Stripe cannot be reached; any other error of Stripe's as it is.
 */
export async function calling<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isStripeError(error)) throw error;
      // The other case: the same creation is still being worked on, for another request of ours.
      if ((error.statusCode === 429 || error.code === 'idempotency_key_in_use') && tries < MOST_TRIES) {
        await sleep(150 * 2 ** tries);
        continue;
      }
      throw asProblem(error);
    }
  }
}

/** Stripe being out of reach, as a caller is told; other errors as they are. */
export function asProblem(error: unknown): unknown {
  if (!isStripeError(error)) return error;
  const away = error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeAPIError || error instanceof Stripe.errors.StripeRateLimitError || (error.statusCode ?? 0) >= 500;
  return away ? new Problem('payments_unavailable', { headers: { 'retry-after': '5' } }) : error;
}

export const isStripeError = (error: unknown): error is Stripe.errors.StripeError => error instanceof Stripe.errors.StripeError;

/** Whether there is no such thing at Stripe, or not for this key. */
export const isMissing = (error: unknown): boolean => isStripeError(error) && error.code === 'resource_missing';

/** Whether what was asked for is not there, or not ours any more. */
export const isGone = (error: unknown): boolean =>
  isMissing(error) || (isStripeError(error) && (error instanceof Stripe.errors.StripePermissionError || error instanceof Stripe.errors.StripeAuthenticationError));
