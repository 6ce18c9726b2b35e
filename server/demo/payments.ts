/** The demo's contractors are connected to the sandbox in place of Stripe. */
import type { Scope } from '../database/scope.ts';
import { keepConnection, connectionOf, markDisconnected } from '../payments/connections.ts';
import { newConnection } from '../payments/onboarding.ts';
import type { Services } from '../platform/services.ts';
import type { Sandbox } from './stripe-sandbox/server.ts';

/** Of nothing but the sandbox. */
export const webhookSecret = 'whsec_sandbox_of_the_demo';

/** What the operator of a real server gets from Stripe. */
export const stripeSettings = ({ url, keys }: Pick<Sandbox, 'url' | 'keys'>): Record<string, string> => ({
  STRIPE_SECRET_KEY: keys.secret, STRIPE_PUBLISHABLE_KEY: keys.publishable, STRIPE_API_BASE: url, STRIPE_CONNECT_WEBHOOK_SECRET: webhookSecret, STRIPE_CLIENT_ID: 'ca_sandbox',
});

/** A new account of the sandbox, which forgets everything when it ends: that of kept data is no longer there. */
export async function connectSandbox(services: Services, scope: Scope, { control }: Sandbox): Promise<void> {
  const before = await connectionOf(scope);
  if (before) await markDisconnected(services, scope, before);
  const connection = newConnection(scope, false, { mode: 'connect', stripe_account_id: control.connect() });
  await scope.insert('stripe_connections', connection).execute();
  await keepConnection(services, scope, connection, { chargesEnabled: true, detailsSubmitted: true });
}
