/** What payments do after the answer: events, checks of what was changed, refunds that were cut off, and the reconciler. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Scope } from '../database/scope.ts';
import { etagOf } from '../documents/versions.ts';
import { after, now } from '../platform/ids.ts';
import type { OutboxHandler } from '../platform/outbox.ts';
import { Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { attemptWith, ForeignIntent, settle } from './applying.ts';
import { CHECK_SOON, itemsOf, type Attempt } from './attempts.ts';
import { connectionJobs, refreshConnection } from './connecting.ts';
import { connectionOf, connectionWith, forAccount, type Connection } from './connections.ts';
import { cancelIntent, closeUnmade, type Log, type Tools } from './intents.ts';
import { makeRefund, retryRefund } from './refunds.ts';
import { calling, isGone, isStripeError } from './stripe.ts';
import { listened, noteEvent } from './webhooks.ts';

/** Seconds after which a payment that nobody goes on with is ended, so that its invoice is free. */
const ABANDONED = 24 * 3600;
/** Seconds between two looks at the list of events, for those that never arrived; and how far each goes back beyond the last. */
const CATCH_UP = 3600;
const OVERLAP = 600;
/** Seconds after which a refund that Stripe was asked for in vain is asked for again. */
const REFUND_AGAIN = 3600;
const BATCH = 20;
/** Events are kept for as long as Stripe repeats them, and much longer. */
const EVENT_DAYS = 40;

/** What waits for Stripe. */
export const paymentKinds = ['stripeDomains', 'stripeDeauthorize', 'stripeEvent', 'checkPayment', 'refund'] as const;

/** Outbox handlers of this capability; without Stripe's keys there is nothing to do. */
export function paymentJobs(services: Services, log: Log): Record<string, OutboxHandler> {
  const { stripe, accounts } = services;
  const within = (work: (tools: Tools, scope: Scope, payload: Record<string, unknown>) => Promise<void>): OutboxHandler => async (job, payload) => {
    const scope = await accounts.scopeById(job.account_id);
    if (scope && stripe) await work({ ...services, stripe, log }, scope, payload);
  };
  return {
    ...connectionJobs(services),
    stripeEvent: within((tools, scope, payload) => heed(services, tools, scope, payload)),
    checkPayment: within((tools, scope, payload) => checkPayment(tools, scope, String(payload['attemptId']))),
    refund: within(async (tools, scope, payload) => {
      // A refusal is written down; only Stripe being away is a reason to try again.
      await makeRefund(tools, scope, String(payload['refundId'])).catch((error: unknown) => {
        if (!(error instanceof Problem && error.code === 'conflict')) throw error;
      });
    }),
  };
}

async function heed(services: Services, tools: Tools, scope: Scope, { type, intentId, stripeAccount }: Record<string, unknown>): Promise<void> {
  if (String(type).startsWith('account.')) {
    const connection = await connectionOf(scope);
    // Whether it is still connected is asked as well: the event may be late, and about a connection before this one.
    if (connection) await refreshConnection(services, scope, connection);
    return;
  }
  if (typeof intentId !== 'string') return;
  const attempt = await attemptOf(tools, scope, intentId, typeof stripeAccount === 'string' ? stripeAccount : null);
  if (!attempt) return;
  try {
    await settle(tools, scope, attempt.id);
  } catch (error) {
    if (!(error instanceof ForeignIntent)) throw error;
    tools.log.error({ intent: intentId, attempt: attempt.id }, 'a payment at Stripe says it is another one: nothing was booked');
  }
}

/** Ours by its id; or, where our note of it was cut off, by what it says itself. Others of the contractor's business are none. */
async function attemptOf(tools: Tools, scope: Scope, intentId: string, stripeAccount: string | null): Promise<Attempt | undefined> {
  const known = await scope.from('payment_attempts').selectAll().where('payment_intent_id', '=', intentId).executeTakeFirst();
  if (known) return known;
  const intent = await calling(() => tools.stripe.client.paymentIntents.retrieve(intentId, {}, forAccount({ stripe_account_id: stripeAccount }))).catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
  const { account, attempt: id } = intent?.metadata ?? {};
  if (!intent || !id) return undefined;
  const attempt = account === scope.accountId ? await attemptWith(scope, id) : undefined;
  if (!attempt || (await connectionWith(scope, attempt.connection_id)).stripe_account_id !== stripeAccount) {
    tools.log.error({ intent: intentId, account: scope.accountId }, 'a payment at Stripe names an account or an attempt that is not its own: nothing was booked');
    return undefined;
  }
  await scope.update('payment_attempts').set({ payment_intent_id: intentId }).where('id', '=', id).where('payment_intent_id', 'is', null).execute();
  return attempt;
}

/** Looks at an attempt, and ends it where it no longer fits what it pays, was given up, or was refused by a bank days later. */
export async function checkPayment(tools: Tools, scope: Scope, id: string): Promise<void> {
  const before = await attemptWith(scope, id);
  if (!before) return;
  if (!before.payment_intent_id && before.created_at < after(-CHECK_SOON)) await closeUnmade(scope, id);
  const attempt = await settle(tools, scope, id);
  const over = attempt.state === 'failed' ? attempt.stripe_status !== 'canceled' : attempt.state === 'open' && ((!attempt.verify && attempt.created_at < after(-ABANDONED)) || !(await stillFits(scope, attempt)));
  if (!over || !attempt.payment_intent_id) return;
  await cancelIntent(tools, await connectionWith(scope, attempt.connection_id), attempt.payment_intent_id);
  await settle(tools, scope, id);
}

async function stillFits(scope: Scope, attempt: Attempt): Promise<boolean> {
  for (const item of await itemsOf(scope, attempt.id)) {
    const row = await scope.from('invoices').selectAll().where('id', '=', item.invoice_id).executeTakeFirst();
    const job = row && (await scope.from('jobs').select('online_payment').where('id', '=', row.job_id).executeTakeFirst());
    if (row?.status !== 'sent' || job?.online_payment !== 1 || row.online_payment !== 1 || row.customer_id !== item.customer_id || etagOf(row.version, row.hash) !== item.etag || item.amount > row.total - row.settled) return false;
  }
  return true;
}

/** Settles what no event told. Safe to run from several processes: what is applied twice is applied once. */
export async function reconcile(services: Services, log: Log): Promise<void> {
  const { db, accounts, stripe } = services;
  if (!stripe) return;
  const tools: Tools = { ...services, stripe, log };
  for (;;) {
    const due = await db.selectFrom('payment_attempts').select(['account_id', 'id']).where('check_at', '<=', now()).orderBy('check_at').limit(BATCH).execute();
    for (const { account_id: accountId, id } of due) {
      // Whatever comes of it, the next one has its turn.
      await db.updateTable('payment_attempts').set({ check_at: after(CATCH_UP) }).where('account_id', '=', accountId).where('id', '=', id).execute();
      const scope = await accounts.scopeById(accountId);
      if (scope) await checkPayment(tools, scope, id).catch((error: unknown) => tell(log, error, { attempt: id }, 'a payment could not be looked at; it is tried again'));
    }
    if (due.length < BATCH) break;
    await breathe();
  }
  const refunds = await db.selectFrom('refunds').select(['account_id', 'id']).where('state', '=', 'pending').where('stripe_refund_id', 'is', null).where('updated_at', '<', after(-REFUND_AGAIN)).limit(BATCH).execute();
  for (const { account_id: accountId, id } of refunds) {
    const scope = await accounts.scopeById(accountId);
    if (scope) await retryRefund(tools, scope, id).catch((error: unknown) => tell(log, error, { refund: id }, 'a refund could not be made; it is tried again'));
  }
  const connections = await db.selectFrom('stripe_connections').selectAll().where('status', '<>', 'disconnected').where((row) => row.or([row('events_until', 'is', null), row('events_until', '<', after(-CATCH_UP))])).execute();
  for (const connection of connections) {
    const scope = await accounts.scopeById(connection.account_id);
    if (scope) await catchUp(services, tools, scope, connection).catch((error: unknown) => tell(log, error, { connection: connection.id }, 'events of Stripe could not be read; it is tried again'));
  }
  await db.deleteFrom('stripe_events').where('received_at', '<', after(-EVENT_DAYS * 24 * 3600)).execute();
}

/** Asks how the account stands, and reads the list of events since the last time: refunds made at Stripe are known even where no webhook is set up. */
export async function catchUp(services: Services, tools: Tools, scope: Scope, connection: Connection): Promise<void> {
  if (connection.mode === 'connect' && !connection.stripe_account_id) return;
  if (!(await refreshConnection(services, scope, connection))) return;
  const until = now();
  if (connection.events_until !== null) {
    const since = Math.floor(Date.parse(connection.events_until) / 1000) - OVERLAP;
    const events = tools.stripe.client.events.list({ created: { gte: since }, types: listened.filter((type) => !type.startsWith('account.')), limit: 100 }, forAccount(connection));
    for await (const event of events) await noteEvent(scope, event);
  }
  await scope.update('stripe_connections').set({ events_until: until }).where('id', '=', connection.id).execute();
}

const tell = (log: Log, error: unknown, what: object, message: string): void => {
  const why = isStripeError(error) ? { type: error.type, code: error.code } : { message: error instanceof Error ? error.message : String(error) };
  log.error({ ...what, err: why }, message);
};
