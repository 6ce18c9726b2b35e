/** Beginning to pay: what is in the way is cleared at Stripe first, outside every transaction. */
import type { FastifyRequest } from 'fastify';
import type { BlockedItem } from '../contract/payments.ts';
import { brokenUnique, inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { after } from '../platform/ids.ts';
import { answerOnce } from '../platform/idempotency.ts';
import { Problem } from '../platform/problems.ts';
import { attemptWith, settle } from './applying.ts';
import { blockedBy, claimAttempt, isSame, itemsOf, Occupied, type Asked, type Attempt, type Payer, type Wanted } from './attempts.ts';
import { connectionWith, type Connection } from './connections.ts';
import { cancelIntent, closeUnmade, intentOf, type Tools } from './intents.ts';
import { isGone } from './stripe.ts';

/** Seconds in which nobody else takes an invoice from a payer who is about to finish. */
const GRACE = 30;
const MOST_TRIES = 6;

export interface Start {
  asked: Asked;
  connection: Connection;
  /** Reads the invoices and who may pay them; in the transaction, so that they are as they are then. */
  find(scope: Scope): Promise<{ wanted: Wanted[]; payer: Payer }>;
}

/**
 * One attempt for these invoices. The same payer asking for the same thing gets the same attempt and PaymentIntent; anybody
 * else waits for it, or takes its place once its payer has gone.
 * @returns the attempt and, while there is something to confirm, the secret for the payer's browser.
 * @throws {Problem} `stale`, `due_changed`, `payment_in_progress`, `not_payable`, `payments_unavailable`.
 */
export async function startPayment(tools: Tools, request: FastifyRequest, start: Start): Promise<{ attempt: Attempt; clientSecret: string | null }> {
  let reuse: string | undefined;
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    try {
      // What is stored for a repetition is which attempt it was; the secret is asked of Stripe each time.
      const { attemptId } = (await answerOnce(request, 'required', (scope) =>
        inTurn(scope, async (trx) => ({ attemptId: await claimAttempt(trx, { ...start, ...(await start.find(trx)), stripe: tools.stripe, reuse }) })),
      )) as { attemptId: string };
      return await secretOf(tools, request.scope, attemptId);
    } catch (error) {
      if (error instanceof Occupied) {
        reuse = undefined;
        for (const id of error.attemptIds) reuse = (await clear(tools, request.scope, id, start)) ?? reuse;
      } else if (brokenUnique(error) === undefined) throw error;
    }
  }
  throw new Problem('payment_in_progress', { items: [] });
}

async function secretOf(tools: Tools, scope: Scope, attemptId: string): Promise<{ attempt: Attempt; clientSecret: string | null }> {
  const attempt = (await attemptWith(scope, attemptId))!;
  if (attempt.state !== 'open') return { attempt, clientSecret: null };
  const intent = await intentOf(tools, scope, attempt).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
  if (!intent || intent.status === 'succeeded' || intent.status === 'processing' || intent.status === 'canceled') return { attempt: await settle(tools, scope, attemptId), clientSecret: null };
  return { attempt: (await attemptWith(scope, attemptId))!, clientSecret: intent.client_secret };
}

/**
 * Looks at an attempt that holds an invoice.
 * @returns its id when it is to be gone on with, nothing when it is out of the way.
 * @throws {Problem} `payment_in_progress` while it is somebody's.
 */
async function clear(tools: Tools, scope: Scope, id: string, start: Start): Promise<string | undefined> {
  const { payer, wanted } = await start.find(scope);
  const before = (await attemptWith(scope, id))!;
  const own = before.person === payer.reader.person;
  const same = own && isSame(before, await itemsOf(scope, id), { ...start, payer });
  const isFresh = before.created_at > after(-GRACE);
  if (!before.payment_intent_id) {
    // Somebody's request is on its way to Stripe at this moment, or was cut off.
    if (same && isFresh) return id;
    if (isFresh && !own) throw await inProgress(scope, before, wanted, payer);
    await closeUnmade(scope, id);
    return undefined;
  }
  const attempt = await settle(tools, scope, id);
  if (attempt.state === 'processing') throw await inProgress(scope, attempt, wanted, payer);
  const isOpen = attempt.state === 'open';
  if (!isOpen && (attempt.state !== 'failed' || attempt.stripe_status === 'canceled')) return undefined;
  if (isOpen && same) return id;
  // A bank account that waits to be proved is kept until Stripe gives it up; its payer may do so, and people of the customer with
  // one of somebody whom they sent the invoice on to.
  const mayEnd = own || (!payer.shared && attempt.link_id !== null);
  if (isOpen && (attempt.verify ? !mayEnd : !own && attempt.stripe_status !== 'requires_action' && isFresh)) throw await inProgress(scope, attempt, wanted, payer);
  await cancelIntent(tools, await connectionWith(scope, attempt.connection_id), attempt.payment_intent_id!);
  await settle(tools, scope, id);
  return undefined;
}

/** Names every invoice it holds of those that are asked for, and who pays where this person may know. */
async function inProgress(scope: Scope, attempt: Attempt, wanted: Wanted[], payer: Payer): Promise<Problem> {
  const held = new Set((await itemsOf(scope, attempt.id)).filter((item) => item.open).map((item) => item.invoice_id));
  const own = attempt.person === payer.reader.person;
  const items: BlockedItem[] = wanted
    .filter(({ row }) => held.has(row.id))
    .map(({ row }) => blockedBy(scope, row, 'inProgress', { since: attempt.updated_at, by: own || !payer.shared ? attempt.payer : null }));
  return new Problem('payment_in_progress', { items });
}
