/** How an account stands with Stripe, and the header by which a call is made for it. */
import type { Selectable } from 'kysely';
import type { Stripe } from 'stripe';
import type { StripeConnectionsTable } from '../database/schema-payments.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import type { Services } from '../platform/services.ts';

export type Connection = Selectable<StripeConnectionsTable>;

/** The one in use. */
export const connectionOf = (scope: Scope): Promise<Connection | undefined> =>
  scope.from('stripe_connections').selectAll().where('status', '<>', 'disconnected').executeTakeFirst();

/** The one that a payment was made over, in use or not. */
export const connectionWith = (scope: Scope, id: string): Promise<Connection> => scope.from('stripe_connections').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/**
 * Whose money a call is about. Every call for an account takes its options from here: without the header a call would reach
 * the operator's own account.
 */
export const forAccount = ({ stripe_account_id: stripeAccount }: Pick<Connection, 'stripe_account_id'>): Stripe.RequestOptions => (stripeAccount ? { stripeAccount } : {});

/** What Stripe says of an account. */
export interface ConnectionFacts {
  chargesEnabled: boolean;
  detailsSubmitted: boolean;
}

/** Keeps what Stripe says, and whether anything can be paid. */
export async function keepConnection({ accounts }: Pick<Services, 'accounts'>, scope: Scope, connection: Connection, { chargesEnabled, detailsSubmitted }: ConnectionFacts): Promise<void> {
  await inTurn(scope, async (trx) => {
    const row = await connectionWith(trx, connection.id);
    if (row.status === 'disconnected') return;
    const status = chargesEnabled ? 'active' : detailsSubmitted ? 'restricted' : 'onboarding';
    await trx
      .update('stripe_connections')
      .set({ status, charges_enabled: chargesEnabled ? 1 : 0, details_submitted: detailsSubmitted ? 1 : 0, checked_at: now(), connected_at: row.connected_at ?? (chargesEnabled ? now() : null) })
      .where('id', '=', row.id)
      .execute();
    if (chargesEnabled && !row.charges_enabled) await adopt(trx, row);
    await trx.db.updateTable('accounts').set({ takes_payments: chargesEnabled ? 1 : 0 }).where('id', '=', trx.accountId).execute();
  });
  accounts.forget(scope.accountId);
}

/** An account that was connected before comes back: what was on its way then is looked at, and what was told meanwhile is read. */
async function adopt(trx: Scope, { id, mode, stripe_account_id: stripeAccount, events_until: until }: Connection): Promise<void> {
  const earlier = trx.from('stripe_connections').select(['id', 'events_until', 'disconnected_at']).where('id', '<>', id);
  const same = await (stripeAccount ? earlier.where('stripe_account_id', '=', stripeAccount) : earlier.where('mode', '=', mode)).orderBy('id', 'desc').execute();
  if (same.length === 0) return;
  await trx.update('payment_attempts').set({ check_at: now() }).where('connection_id', 'in', same.map((row) => row.id)).where('state', 'in', ['open', 'processing']).execute();
  const since = same[0]!.events_until ?? same[0]!.disconnected_at;
  if (until === null && since !== null) await trx.update('stripe_connections').set({ events_until: since }).where('id', '=', id).execute();
}

/** Nothing can be paid from now on; what was paid stays. */
export async function markDisconnected({ accounts }: Pick<Services, 'accounts'>, scope: Scope, connection: Connection): Promise<boolean> {
  const changed = await inTurn(scope, async (trx) => {
    const { numUpdatedRows } = await trx
      .update('stripe_connections')
      .set({ status: 'disconnected', charges_enabled: 0, disconnected_at: now() })
      .where('id', '=', connection.id)
      .where('status', '<>', 'disconnected')
      .executeTakeFirst();
    if (numUpdatedRows) await trx.db.updateTable('accounts').set({ takes_payments: 0 }).where('id', '=', trx.accountId).execute();
    return numUpdatedRows > 0n;
  });
  accounts.forget(scope.accountId);
  return changed;
}
