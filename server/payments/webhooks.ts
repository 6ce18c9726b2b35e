/** What Stripe tells by itself. An event is only a hint: it is written down once, and then Stripe is asked. */
import type { FastifyInstance } from 'fastify';
import { Stripe } from 'stripe';
import type { Scope } from '../database/scope.ts';
import { after, now } from '../platform/ids.ts';
import { enqueue } from '../platform/outbox.ts';
import { Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import type { Log } from './intents.ts';

/** Stripe's own events are a few kilobytes. */
const MOST_BYTES = 1024 * 1024;
/** Seconds until the reconciler looks, if an event's own work has not. */
const RECHECK = 900;
/** Seconds after which a signed event is too old to be believed. */
const TOLERANCE = 300;

/** Endpoints, and the events each is to be registered for at Stripe. */
export const endpoints = { own: '/v1/webhooks/stripe', connect: '/v1/webhooks/stripe/connect' } as const;

/** What is told about payments and about the account; others are not written down. */
export const listened: readonly string[] = [
  'payment_intent.succeeded', 'payment_intent.processing', 'payment_intent.payment_failed', 'payment_intent.canceled', 'payment_intent.requires_action',
  'charge.refunded', 'refund.created', 'refund.updated', 'refund.failed', 'charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed',
  'charge.dispute.funds_withdrawn', 'charge.dispute.funds_reinstated', 'account.updated', 'account.application.deauthorized',
];

export function webhookRoutes(app: FastifyInstance, services: Services): void {
  const { config } = services;
  void app.register((raw, _options, done) => {
    // The signature is over the bytes as they came; read as JSON and written again they would be others.
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, parsed) => parsed(null, body));
    for (const [way, url] of Object.entries(endpoints))
      raw.route({
        method: 'POST', url, bodyLimit: MOST_BYTES, config: { access: 'operator' }, schema: { summary: 'Events of Stripe', hide: true },
        handler: async (request, reply) => {
          const secret = way === 'own' ? config.STRIPE_WEBHOOK_SECRET : config.STRIPE_CONNECT_WEBHOOK_SECRET;
          const event = readEvent(request.body, request.headers['stripe-signature'], secret);
          await takeIn(services, event, way === 'connect', request.log);
          return reply.code(200).send();
        },
      });
    done();
  });
}

/** @throws {Problem} `invalid_request` for anything that Stripe did not sign for this endpoint a short while ago. */
function readEvent(body: unknown, signature: string | string[] | undefined, secret: string | undefined): Stripe.Event {
  if (!secret || !Buffer.isBuffer(body) || typeof signature !== 'string') throw new Problem('invalid_request');
  try {
    return Stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE);
  } catch {
    // Why it is refused helps only those who forge.
    throw new Problem('invalid_request');
  }
}

/** Writes an event down once, and the work it is a hint for. Whose it is follows from the account it was sent for, never from what it says. */
export async function takeIn(services: Services, event: Stripe.Event, connect: boolean, log: Log): Promise<void> {
  if (!listened.includes(event.type)) return;
  const scope = await scopeOfEvent(services, event, connect);
  if (!scope) return log.info({ event: event.id, type: event.type }, 'an event of Stripe is for no account here');
  await noteEvent(scope, event);
}

async function scopeOfEvent({ db, accounts, stripe }: Services, event: Stripe.Event, connect: boolean): Promise<Scope | undefined> {
  if (!stripe || connect !== (event.account !== undefined)) return undefined;
  // Of a connection that was ended there may still be payments on their way; the one in use goes first.
  const connections = db.selectFrom('stripe_connections').select(['account_id', 'livemode']).orderBy((row) => row.case().when('status', '=', 'disconnected').then(1).else(0).end()).orderBy('id', 'desc');
  const row = await (connect ? connections.where('stripe_account_id', '=', event.account!) : connections.where('mode', '=', 'own')).executeTakeFirst();
  // Endpoints for connected accounts are also told of tests.
  if (!row || (row.livemode === 1) !== event.livemode) return undefined;
  return accounts.scopeById(row.account_id);
}

/** Writes an event down, unless it was told before or is about the contractor's other business. */
export const noteEvent = (scope: Scope, event: Stripe.Event): Promise<void> =>
  scope.transaction(async (trx) => {
    const intentId = intentIdOf(event);
    if (!event.type.startsWith('account.') && !(intentId && (await isOurs(trx, event, intentId)))) return;
    const { numInsertedOrUpdatedRows } = await trx.db
      .insertInto('stripe_events')
      .values({ id: event.id, account_id: scope.accountId, type: event.type, received_at: now() })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return;
    await enqueue(trx, 'stripeEvent', { type: event.type, stripeAccount: event.account ?? null, ...(intentId ? { intentId } : {}) });
    // Should that work be given up, the reconciler finds it.
    if (intentId) await trx.update('payment_attempts').set({ check_at: after(RECHECK) }).where('payment_intent_id', '=', intentId).where('check_at', 'is', null).execute();
  });

/** Payments of ours say so themselves; refunds and disputes are told apart by the payment they are about. */
async function isOurs(scope: Scope, { data: { object } }: Stripe.Event, intentId: string): Promise<boolean> {
  if (object.object === 'payment_intent' && object.metadata?.['attempt']) return true;
  return (await scope.from('payment_attempts').select('id').where('payment_intent_id', '=', intentId).executeTakeFirst()) !== undefined;
}

/** The payment that it is about. */
function intentIdOf({ data: { object } }: Stripe.Event): string | undefined {
  if (object.object === 'payment_intent') return object.id;
  const intent = 'payment_intent' in object ? object.payment_intent : undefined;
  return typeof intent === 'string' ? intent : (intent?.id ?? undefined);
}
