/** The websites on which wallets may appear: those of the account's pages and our own, registered with the account that is paid. */
import { isIP } from 'node:net';
import { Stripe } from 'stripe';
import type { StripeConnection } from '../contract/payments.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { PermanentFailure } from '../platform/outbox.ts';
import type { Services } from '../platform/services.ts';
import { connectionOf, forAccount } from './connections.ts';
import { calling } from './stripe.ts';

/** Registers what is not registered yet. Wallets are missing on a website that Stripe refuses; the others are not held up by it. */
export async function registerDomains(services: Services, scope: Scope): Promise<void> {
  const { stripe } = services;
  const connection = await connectionOf(scope);
  if (!stripe || !connection?.charges_enabled) return;
  const refused: string[] = [];
  for (const { domain, registered } of await domainsOf(services, scope, connection.id)) {
    if (registered) continue;
    try {
      await calling(() => stripe.client.paymentMethodDomains.create({ domain_name: domain }, { ...forAccount(connection), idempotencyKey: `domain:${connection.id}:${domain}` }));
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      refused.push(domain);
      continue;
    }
    await scope
      .insert('stripe_domains', { connection_id: connection.id, domain, created_at: now() })
      .onConflict((conflict) => conflict.columns(['account_id', 'connection_id', 'domain']).doNothing())
      .execute();
  }
  if (refused.length) throw new PermanentFailure(`Stripe does not register ${refused.join(', ')}`);
}

/** Every website where the pay view may stand, and whether it is registered with this connection. */
export async function domainsOf({ config }: Pick<Services, 'config'>, scope: Scope, connectionId: string): Promise<StripeConnection['domains']> {
  const origins = await scope.from('pages').select('origin').orderBy('id').execute();
  const registered = await scope.from('stripe_domains').select('domain').where('connection_id', '=', connectionId).execute();
  const known = new Set(registered.map((row) => row.domain));
  const domains = new Set([config.PUBLIC_URL, ...origins.map((page) => page.origin)].map(publicDomain).filter((domain) => domain !== undefined));
  return [...domains].sort().map((domain) => ({ domain, registered: known.has(domain) }));
}

/** The host of an origin that wallets could know: reached by https and by a name that is not of one machine or house. */
export function publicDomain(origin: string): string | undefined {
  const { protocol, hostname } = new URL(origin);
  const local = !hostname.includes('.') || /\.(localhost|local|internal|home\.arpa)$/.test(hostname);
  return protocol !== 'https:' || local || isIP(hostname) !== 0 || hostname.startsWith('[') ? undefined : hostname;
}
