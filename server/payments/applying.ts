/**
 * The one place where what Stripe says becomes ours: the payer's browser, webhooks and the reconciler all end here. What is
 * applied is always the whole of what Stripe knows now, so order and repetition of events do not matter.
 */
import type { Stripe } from 'stripe';
import type { Scope } from '../database/scope.ts';
import { inTurn } from '../database/lock.ts';
import { addInboxItem, type InboxFacts } from '../platform/attention.ts';
import { after, newId, now } from '../platform/ids.ts';
import { enqueue } from '../platform/outbox.ts';
import { notFound, Problem } from '../platform/problems.ts';
import { nextNumber } from '../work/numbers.ts';
import { fromStripe } from './amounts.ts';
import { CHECK_SOON, freeItems, itemsOf, type Attempt } from './attempts.ts';
import { bookCharge, bookReversals, overpaidOf, type Reversal } from './booking.ts';
import { connectionWith } from './connections.ts';
import { codeOf } from './declines.ts';
import { snapshotOf, type Snapshot, type Tools } from './intents.ts';
import { queueOfficePayment, queuePaymentFailed, queueReceipt, queueRefunded, queueRefundFailed } from './receipts.ts';
import { isGone, isMissing } from './stripe.ts';

/** Seconds until a payment that a bank has is looked at again, if no event tells earlier. */
const CHECK_LATER = 3600;
const MOST_TRIES = 4;
/** Reversals whose money has left, or will. */
const GOING = new Set(['pending', 'succeeded']);

export const attemptWith = (scope: Scope, id: string): Promise<Attempt | undefined> => scope.from('payment_attempts').selectAll().where('id', '=', id).executeTakeFirst();

/**
 * Asks Stripe how an attempt stands and applies it.
 * @returns the attempt as it stands then.
 * @throws {Problem} `payments_unavailable` when Stripe cannot be reached: nothing is changed.
 */
export async function settle(tools: Tools, scope: Scope, id: string): Promise<Attempt> {
  for (let tries = 1; ; tries++) {
    const attempt = await attemptWith(scope, id);
    if (!attempt) throw notFound();
    const connection = await connectionWith(scope, attempt.connection_id);
    if (!attempt.payment_intent_id) return attempt;
    try {
      const applied = await applySnapshot(tools, scope, id, await snapshotOf(tools, connection, attempt.payment_intent_id));
      if (applied) return (await attemptWith(scope, id))!;
    } catch (error) {
      if (!isGone(error)) throw error;
      tools.log.error({ attempt: id, connection: connection.id }, 'a payment cannot be looked at: Stripe does not know it, or refuses this account');
      await loseSight(scope, attempt, isMissing(error) || connection.status === 'disconnected');
      return (await attemptWith(scope, id))!;
    }
    // Somebody asked later and was faster: what they saw stands, unless Stripe is asked once more.
    if (tries >= MOST_TRIES) throw new Problem('unavailable', { headers: { 'retry-after': '5' } });
  }
}

/**
 * Stripe tells nothing of it any more. What nobody had finished is over, so that its invoices are free; what a bank has stays
 * until the office says what became of it, or the account is connected again.
 */
async function loseSight(scope: Scope, attempt: Attempt, forGood: boolean): Promise<void> {
  await scope.transaction(async (trx) => {
    const isOver = forGood && attempt.state === 'open';
    await trx.update('payment_attempts').set({ check_at: forGood ? null : after(CHECK_LATER), ...(isOver ? { state: 'canceled' as const, updated_at: now() } : {}) }).where('id', '=', attempt.id).where('state', '=', attempt.state).execute();
    if (isOver || (forGood && attempt.state === 'failed')) await freeItems(trx, attempt.id);
  });
}

/** The office has found out by itself what became of a payment that Stripe tells nothing of any more. */
export async function giveUp(scope: Scope, attempt: Attempt): Promise<void> {
  await scope.transaction(async (trx) => {
    await trx.update('payment_attempts').set({ state: 'failed', check_at: null, updated_at: now() }).where('id', '=', attempt.id).where('state', '=', 'processing').execute();
    await freeItems(trx, attempt.id);
  });
}

/** @returns false when something newer was applied already. @throws {Error} for a PaymentIntent of somebody else. */
export async function applySnapshot(ways: Ways, scope: Scope, id: string, snapshot: Snapshot): Promise<boolean> {
  return inTurn(scope, async (trx) => {
    const rows = trx.from('payment_attempts').selectAll().where('id', '=', id);
    const attempt = await (trx.engine === 'postgres' ? rows.forNoKeyUpdate() : rows).executeTakeFirstOrThrow();
    const { intent, charge, refunds, disputes, askedAt } = snapshot;
    checkOwn(trx, attempt, intent);
    // A time that lies ahead of this clock was written by another one, and says nothing.
    if (attempt.asked_at !== null && askedAt < attempt.asked_at && attempt.asked_at <= now()) return false;
    const state = stateOf(attempt, intent.status);
    const arrived = state === 'succeeded' && attempt.state !== 'succeeded';
    const paidAt = attempt.paid_at ?? (state === 'succeeded' ? momentOf(charge?.created ?? intent.created) : null);
    const changes = {
      state, paid_at: paidAt, payment_intent_id: intent.id, stripe_status: intent.status, asked_at: askedAt, charge_id: charge?.id ?? attempt.charge_id, ...methodOf(attempt, intent, charge),
      decline_code: codeOf(intent.last_payment_error) ?? (state === 'failed' || state === 'canceled' ? attempt.decline_code : null), verify: intent.next_action?.type === 'verify_with_microdeposits' ? 1 : 0,
      receipt_number: attempt.receipt_number ?? (state === 'succeeded' ? await nextNumber(trx, 'receipts') : null), check_at: checkAt(state),
      updated_at: state === attempt.state && intent.status === attempt.stripe_status ? attempt.updated_at : now(),
    } satisfies Partial<Attempt>;
    const fresh: Attempt = { ...attempt, ...changes };
    await trx.update('payment_attempts').set(changes).where('id', '=', id).execute();
    await setOpen(trx, fresh);
    if (state === 'succeeded') {
      await bookCharge(trx, fresh, paidAt!);
      const told = [...(await keepRefunds(trx, fresh, refunds, ways)), ...(await keepDisputes(trx, fresh, disputes))];
      const reversals = await reversalsOf(trx, fresh.id);
      await bookReversals(trx, fresh, reversals);
      const refunded = reversals.reduce((sum, { refundId, amount }) => sum + (refundId === null ? 0 : amount), 0);
      const overpaid = await overpaidOf(trx, fresh.id);
      await trx.update('payment_attempts').set({ overpaid, refunded }).where('id', '=', id).execute();
      const after = { ...fresh, overpaid, refunded };
      if (arrived) await tellArrival(trx, after, ways);
      if (overpaid > 0 && attempt.overpaid === 0) await tellOffice(trx, after, 'paymentOverpaid');
      for (const tell of told) await tell(after);
    }
    if (state === 'failed' && attempt.state === 'processing') await tellFailure(trx, fresh, ways);
    // What a bank refused days later must not be finished by anybody any more.
    if (state === 'failed' && intent.status !== 'canceled') await enqueue(trx, 'checkPayment', { attemptId: id });
    return true;
  });
}

/** Stripe's seconds, in the stored form. */
const momentOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Money of another account of ours, or under another attempt's name, is never booked. */
function checkOwn({ accountId }: Scope, attempt: Attempt, intent: Stripe.PaymentIntent): void {
  const { account, attempt: named } = intent.metadata;
  if (account !== accountId || named !== attempt.id) throw new ForeignIntent(intent.id);
  if (intent.currency.toUpperCase() !== attempt.currency || fromStripe(intent.amount, attempt.currency) !== attempt.amount) throw new ForeignIntent(intent.id);
}
export class ForeignIntent extends Error {
  constructor(id: string) {
    super(`${id} is not the payment it is said to be`);
  }
}

/** Money that came stays; what failed later is open again only as a new attempt. */
function stateOf(attempt: Attempt, status: Stripe.PaymentIntent.Status): Attempt['state'] {
  if (attempt.state === 'succeeded' || status === 'succeeded') return 'succeeded';
  if (status === 'processing' || status === 'requires_capture') return 'processing';
  if (status === 'canceled') return attempt.state === 'processing' || attempt.state === 'failed' ? 'failed' : 'canceled';
  if (status === 'requires_payment_method' && attempt.state === 'processing') return 'failed';
  return attempt.state === 'failed' || attempt.state === 'canceled' ? attempt.state : 'open';
}

const checkAt = (state: Attempt['state']): string | null => (state === 'open' ? after(CHECK_SOON) : state === 'processing' ? after(CHECK_LATER) : null);

function methodOf(attempt: Attempt, intent: Stripe.PaymentIntent, charge: Stripe.Charge | null): Pick<Attempt, 'method_type' | 'method_brand' | 'method_last4'> {
  const details = charge?.payment_method_details;
  if (!details) {
    // Tried without success: what was tried last.
    const tried = intent.last_payment_error?.payment_method;
    if (!tried) return { method_type: attempt.method_type, method_brand: attempt.method_brand, method_last4: attempt.method_last4 };
    return { method_type: tried.type, method_brand: tried.card?.brand ?? null, method_last4: tried.card?.last4 ?? tried.us_bank_account?.last4 ?? null };
  }
  const bank = details.us_bank_account;
  return { method_type: details.type, method_brand: details.card?.brand ?? bank?.bank_name ?? null, method_last4: details.card?.last4 ?? bank?.last4 ?? null };
}

/**
 * An invoice is held while its attempt may still succeed: also one that a bank refused, until Stripe has ended it. One that came
 * alive again beside another holds nothing.
 */
async function setOpen(trx: Scope, { id, state, stripe_status: status }: Attempt): Promise<void> {
  const items = await itemsOf(trx, id);
  const mayPay = state === 'open' || state === 'processing' || (state === 'failed' && status !== 'canceled');
  if (!mayPay) {
    if (items.some((item) => item.open)) await freeItems(trx, id);
    return;
  }
  const closed = items.filter((item) => !item.open).map((item) => item.invoice_id);
  if (closed.length === 0) return;
  const held = await trx.from('attempt_items').select('invoice_id').where('open', '=', 1).where('invoice_id', 'in', closed).execute();
  const free = closed.filter((invoiceId) => !held.some((row) => row.invoice_id === invoiceId));
  if (free.length) await trx.update('attempt_items').set({ open: 1 }).where('attempt_id', '=', id).where('invoice_id', 'in', free).execute();
}

type Tell = (attempt: Attempt) => Promise<void>;
type Ways = Pick<Tools, 'smsConfigured'>;

/** Every refund that Stripe knows, whoever made it. @returns whom to tell afterwards. */
async function keepRefunds(trx: Scope, attempt: Attempt, refunds: Stripe.Refund[], ways: Ways): Promise<Tell[]> {
  const rows = await trx.from('refunds').selectAll().where('attempt_id', '=', attempt.id).execute();
  const told: Tell[] = [];
  for (const refund of refunds.toSorted((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))) {
    const state = refund.status === 'succeeded' ? 'succeeded' : refund.status === 'failed' || refund.status === 'canceled' ? 'failed' : 'pending';
    const amount = fromStripe(refund.amount, attempt.currency);
    const known = rows.find((row) => row.stripe_refund_id === refund.id || row.id === refund.metadata?.['refund']);
    const id = known?.id ?? newId('refund');
    if (known) {
      if (known.state === state && known.stripe_refund_id === refund.id) continue;
      await trx.update('refunds').set({ state, amount, stripe_refund_id: refund.id, updated_at: now() }).where('id', '=', known.id).execute();
    } else {
      await trx.insert('refunds', { id, attempt_id: attempt.id, stripe_refund_id: refund.id, amount, state, reason: null, created_at: momentOf(refund.created), updated_at: now() }).execute();
    }
    if (state !== 'failed' && known?.stripe_refund_id == null) told.push((after) => queueRefunded(trx, after, id, ways));
    if (state === 'failed' && known?.state !== 'failed') {
      told.push((after) => tellOffice(trx, after, 'refundFailed'));
      told.push((after) => queueRefundFailed(trx, after, id, ways));
    }
  }
  return told;
}

/** Every dispute that Stripe knows. An inquiry (`warning_…`) takes no money; a lost one does. */
async function keepDisputes(trx: Scope, attempt: Attempt, disputes: Stripe.Dispute[]): Promise<Tell[]> {
  const rows = await trx.from('disputes').selectAll().where('attempt_id', '=', attempt.id).execute();
  const told: Tell[] = [];
  for (const dispute of disputes) {
    const known = rows.find((row) => row.stripe_dispute_id === dispute.id);
    const values = { amount: fromStripe(dispute.amount, attempt.currency), state: dispute.status, reason: dispute.reason, updated_at: now() };
    if (known) {
      if (known.state !== dispute.status || known.amount !== values.amount) await trx.update('disputes').set(values).where('id', '=', known.id).execute();
      continue;
    }
    await trx.insert('disputes', { id: newId('dispute'), attempt_id: attempt.id, stripe_dispute_id: dispute.id, created_at: momentOf(dispute.created), ...values }).execute();
    told.push(async (after) => {
      await tellOffice(trx, after, 'paymentDisputed');
      await queueOfficePayment(trx, after, 'officeDisputed');
    });
  }
  return told;
}

async function reversalsOf(trx: Scope, attemptId: string): Promise<Reversal[]> {
  const refunds = await trx.from('refunds').selectAll().where('attempt_id', '=', attemptId).where('stripe_refund_id', 'is not', null).orderBy('created_at').orderBy('id').execute();
  const disputes = await trx.from('disputes').selectAll().where('attempt_id', '=', attemptId).where('state', '=', 'lost').orderBy('created_at').orderBy('id').execute();
  return [
    ...refunds.filter((row) => GOING.has(row.state)).map((row) => ({ refundId: row.id, disputeId: null, amount: row.amount, at: row.created_at })),
    ...disputes.map((row) => ({ refundId: null, disputeId: row.id, amount: row.amount, at: row.updated_at })),
  ];
}

async function tellArrival(trx: Scope, attempt: Attempt, ways: Ways): Promise<void> {
  await queueReceipt(trx, attempt, ways);
  await queueOfficePayment(trx, attempt, 'officePaid');
  await tellOffice(trx, attempt, 'paymentReceived');
}

async function tellFailure(trx: Scope, attempt: Attempt, ways: Ways): Promise<void> {
  await queuePaymentFailed(trx, attempt, ways);
  await queueOfficePayment(trx, attempt, 'officePaymentFailed');
  await tellOffice(trx, attempt, 'paymentFailed');
}

type Kind = 'paymentReceived' | 'paymentFailed' | 'paymentOverpaid' | 'paymentDisputed' | 'refundFailed';

async function tellOffice(trx: Scope, attempt: Attempt, kind: Kind): Promise<void> {
  const items = await itemsOf(trx, attempt.id);
  const rows = await trx.from('invoices').select(['id', 'number', 'version', 'job_id']).where('id', 'in', items.map((item) => item.invoice_id)).orderBy('id').execute();
  const customer = await trx.from('customers').select('name').where('id', '=', attempt.customer_id).executeTakeFirst();
  const data: Partial<InboxFacts> = {
    document: { kind: 'invoice', id: rows[0]!.id }, number: rows.map((row) => row.number).join(', '), customer: customer?.name ?? '', version: rows[0]!.version, by: attempt.payer, contactId: attempt.contact_id,
    total: { amount: kind === 'paymentOverpaid' ? attempt.overpaid : attempt.amount, currency: attempt.currency },
  };
  // Of several jobs it is about none of them.
  const jobId = rows.every((row) => row.job_id === rows[0]!.job_id) ? rows[0]!.job_id : null;
  await addInboxItem(trx, { kind, customerId: attempt.customer_id, jobId, data });
}
