/** Giving money back, whole or in part. The wish is written first, so that a repetition or a crash refunds once. */
import type { FastifyRequest } from 'fastify';
import type { Stripe } from 'stripe';
import type { z } from 'zod';
import type { refundNew } from '../contract/payments.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { after, newId, now } from '../platform/ids.ts';
import { answerOnce } from '../platform/idempotency.ts';
import { enqueue } from '../platform/outbox.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import { toStripe } from './amounts.ts';
import { attemptWith, settle } from './applying.ts';
import { connectionWith, forAccount } from './connections.ts';
import type { Tools } from './intents.ts';
import { calling, isStripeError } from './stripe.ts';

type Wish = z.output<typeof refundNew>;
/** Seconds until a refund whose call was cut off is asked for again, under the same key. */
const AGAIN = 60;

/**
 * Refunds of what is left of a payment, its tip included.
 * @throws {Problem} `invalid_request` for more than is left, `conflict` when Stripe refuses (a disputed payment), `payments_unavailable`
 * when it cannot be reached: then it is tried again by itself.
 */
export async function refund(tools: Tools, request: FastifyRequest, id: string, wish: Wish): Promise<void> {
  const { refundId } = (await answerOnce(request, 'optional', (scope) => inTurn(scope, async (trx) => ({ refundId: await claimRefund(trx, id, wish) })))) as { refundId: string };
  await makeRefund(tools, request.scope, refundId);
}

async function claimRefund(trx: Scope, id: string, { amount, reason }: Wish): Promise<string> {
  const attempt = await attemptWith(trx, id);
  if (!attempt) throw notFound();
  if (attempt.state !== 'succeeded') throw new Problem('conflict', { detail: 'Only a payment that succeeded can be refunded.' });
  const refunds = await trx.from('refunds').select(['amount', 'state']).where('attempt_id', '=', id).execute();
  const lost = await trx.from('disputes').select('amount').where('attempt_id', '=', id).where('state', 'not in', ['won', 'warning_closed', 'warning_needs_response', 'warning_under_review', 'prevented']).execute();
  if (lost.length) throw new Problem('conflict', { detail: 'The payment is disputed: its bank has taken the money, so it cannot be refunded.' });
  const left = attempt.amount - refunds.filter((row) => row.state !== 'failed').reduce((sum, row) => sum + row.amount, 0);
  const wanted = amount ?? left;
  if (wanted > left || wanted <= 0) throw invalidField('/amount', 'is more than is left of the payment');
  const refundId = newId('refund');
  const time = now();
  await trx.insert('refunds', { id: refundId, attempt_id: id, stripe_refund_id: null, amount: wanted, state: 'pending', reason: reason ?? null, created_at: time, updated_at: time }).execute();
  await enqueue(trx, 'refund', { refundId }, AGAIN);
  return refundId;
}

/** Asks Stripe for it, unless it has it already. Repeating it refunds nothing twice. @param turn tells later tries from the first one, whose answer Stripe keeps. */
export async function makeRefund(tools: Tools, scope: Scope, refundId: string, turn = ''): Promise<void> {
  const row = await scope.from('refunds').selectAll().where('id', '=', refundId).executeTakeFirst();
  const attempt = row && (await attemptWith(scope, row.attempt_id));
  if (!row || !attempt?.payment_intent_id || row.stripe_refund_id !== null || row.state !== 'pending') return;
  const connection = await connectionWith(scope, attempt.connection_id);
  const params = {
    payment_intent: attempt.payment_intent_id, amount: toStripe(row.amount, attempt.currency), metadata: { account: scope.accountId, attempt: attempt.id, refund: row.id },
    // What the operator kept of the payment goes back with it, in proportion.
    ...(attempt.fee > 0 ? { refund_application_fee: true } : {}),
  } satisfies Stripe.RefundCreateParams;
  try {
    await calling(() => tools.stripe.client.refunds.create(params, { ...forAccount(connection), idempotencyKey: `refund:${row.id}${turn}` }));
  } catch (error) {
    if (!isStripeError(error)) throw error;
    tools.log.error({ refund: row.id, type: error.type, code: error.code }, 'Stripe refuses a refund');
    await scope.update('refunds').set({ state: 'failed', updated_at: now() }).where('id', '=', row.id).where('stripe_refund_id', 'is', null).execute();
    await scope.update('payment_attempts').set({ check_at: after(0) }).where('id', '=', attempt.id).execute();
    throw new Problem('conflict', { detail: 'Stripe refuses this refund. Look at the payment in Stripe.' });
  }
  await settle(tools, scope, attempt.id);
}

/** For one that was asked for long ago, in vain: Stripe's list says first whether it has been made after all. */
export async function retryRefund(tools: Tools, scope: Scope, refundId: string): Promise<void> {
  const row = await scope.from('refunds').select('attempt_id').where('id', '=', refundId).executeTakeFirstOrThrow();
  const turn = now();
  await scope.update('refunds').set({ updated_at: turn }).where('id', '=', refundId).execute();
  await settle(tools, scope, row.attempt_id);
  await makeRefund(tools, scope, refundId, `:${turn}`);
}
