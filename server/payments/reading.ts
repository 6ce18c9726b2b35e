/** Attempts as their payers and the office see them. */
import type { z } from 'zod';
import type { Reading } from '../access/reader.ts';
import type { OnlinePayment, onlinePaymentsQuery, PaymentAttempt } from '../contract/payments.ts';
import type { Scope } from '../database/scope.ts';
import { dayOf } from '../platform/calendar.ts';
import { pageOf } from '../platform/paging.ts';
import { notFound } from '../platform/problems.ts';
import { itemsOf, type Attempt } from './attempts.ts';
import { attemptWith } from './applying.ts';
import { reasonOf } from './declines.ts';

/** What the reader of an attempt may see: payments for invoices of theirs, and nothing beside them. */
export interface Sight {
  /** Whether an invoice of this customer, or this very invoice, is theirs to see. */
  sees(invoice: { id: string; customer_id: string }): boolean;
  /** The only invoice an attempt may be for; a document's link shows no others. */
  alone: boolean;
}

/** @throws {Problem} `not_found` for an attempt that is foreign or unknown, or pays something else as well that is not theirs. */
export async function attemptFor(scope: Scope, id: string, { sees, alone }: Sight): Promise<Attempt> {
  const attempt = await attemptWith(scope, id);
  if (!attempt) throw notFound();
  // Whose they were when they were paid: an invoice that is somebody else's by now takes no payment along.
  const items = (await itemsOf(scope, attempt.id)).map((item) => ({ id: item.invoice_id, customer_id: item.customer_id }));
  if ((alone && items.length > 1) || !items.every(sees)) throw notFound();
  return attempt;
}

const invoicesOf = async (scope: Scope, attemptId: string) =>
  scope.from('invoices').select(['id', 'customer_id', 'number', 'title']).where('id', 'in', (await itemsOf(scope, attemptId)).map((item) => item.invoice_id)).execute();

/** @param verifyUrl where a bank account is proved, for the payer alone. */
export async function viewAttempt(scope: Scope, attempt: Attempt, { reader }: Pick<Reading, 'reader'>, verifyUrl: string | null = null): Promise<PaymentAttempt> {
  const money = (amount: number) => ({ amount, currency: attempt.currency });
  const [items, invoices] = [await itemsOf(scope, attempt.id), await invoicesOf(scope, attempt.id)];
  const refunds = await scope.from('refunds').selectAll().where('attempt_id', '=', attempt.id).where('stripe_refund_id', 'is not', null).orderBy('created_at').execute();
  const disputed = await scope.from('disputes').select('id').where('attempt_id', '=', attempt.id).where('state', 'in', ['needs_response', 'under_review', 'lost']).executeTakeFirst();
  return {
    id: attempt.id, state: attempt.state, amount: money(attempt.amount), tip: money(attempt.tip),
    items: items.map((item) => {
      const invoice = invoices.find((row) => row.id === item.invoice_id);
      return { invoiceId: item.invoice_id, number: invoice?.number ?? '', title: invoice?.title ?? '', amount: money(item.amount) };
    }),
    method: methodOf(attempt), decline: attempt.state === 'succeeded' ? null : reasonOf(attempt.decline_code), verifyUrl, startedAt: attempt.created_at, paidAt: attempt.paid_at,
    receiptNumber: attempt.receipt_number, refunded: money(attempt.refunded),
    refunds: refunds.flatMap((row) => (row.state === 'failed' ? [] : [{ amount: money(row.amount), on: dayOf(row.created_at, scope.account.time_zone), state: row.state }])),
    disputed: disputed !== undefined, own: attempt.person === reader.person,
  };
}

const methodOf = (attempt: Attempt): PaymentAttempt['method'] => attempt.method_type === null ? null : { type: attempt.method_type, brand: attempt.method_brand, last4: attempt.method_last4 };

/** @throws {Problem} `not_found`. */
export async function readOnlinePayment(scope: Scope, id: string): Promise<OnlinePayment> {
  const attempt = await attemptWith(scope, id);
  if (!attempt) throw notFound();
  return (await viewAll(scope, [attempt]))[0]!;
}

/** Newest first. */
export async function listOnlinePayments(scope: Scope, query: z.output<typeof onlinePaymentsQuery>): Promise<{ items: OnlinePayment[]; nextCursor: string | null }> {
  let rows = scope.from('payment_attempts').selectAll();
  if (query.state !== undefined) rows = rows.where('state', '=', query.state);
  const of = (column: 'invoice_id' | 'customer_id', value: string) => {
    const items = scope.from('attempt_items').select('attempt_items.attempt_id');
    if (column === 'invoice_id') return items.where('invoice_id', '=', value);
    return items.where('invoice_id', 'in', scope.from('invoices').select('invoices.id').where('customer_id', '=', value));
  };
  if (query.invoiceId !== undefined) rows = rows.where('id', 'in', of('invoice_id', query.invoiceId));
  if (query.customerId !== undefined) rows = rows.where('id', 'in', of('customer_id', query.customerId));
  const page = await pageOf(rows, 'id', query, (row) => row);
  return { items: await viewAll(scope, page.items), nextCursor: page.nextCursor };
}

async function viewAll(scope: Scope, attempts: Attempt[]): Promise<OnlinePayment[]> {
  if (attempts.length === 0) return [];
  const ids = attempts.map((attempt) => attempt.id);
  const items = await scope.from('attempt_items').selectAll().where('attempt_id', 'in', ids).orderBy('invoice_id').execute();
  const invoices = await scope.from('invoices').select(['id', 'number']).where('id', 'in', [...new Set(items.map((item) => item.invoice_id))]).execute();
  const refunds = await scope.from('refunds').selectAll().where('attempt_id', 'in', ids).orderBy('created_at').execute();
  const disputes = await scope.from('disputes').selectAll().where('attempt_id', 'in', ids).orderBy('created_at').execute();
  const numberOf = new Map(invoices.map((row) => [row.id, row.number ?? '']));
  return attempts.map((attempt) => {
    const money = (amount: number) => ({ amount, currency: attempt.currency });
    return {
      id: attempt.id, state: attempt.state, customerId: attempt.customer_id, payer: attempt.payer, amount: money(attempt.amount), tip: money(attempt.tip),
      items: items.filter((item) => item.attempt_id === attempt.id).map((item) => ({ invoiceId: item.invoice_id, number: numberOf.get(item.invoice_id) ?? '', amount: money(item.amount) })),
      method: methodOf(attempt), decline: attempt.state === 'succeeded' ? null : reasonOf(attempt.decline_code), receiptNumber: attempt.receipt_number, refunded: money(attempt.refunded),
      refunds: refunds.filter((row) => row.attempt_id === attempt.id).map((row) => ({ id: row.id, amount: money(row.amount), state: row.state, reason: row.reason, createdAt: row.created_at })),
      disputes: disputes.filter((row) => row.attempt_id === attempt.id).map((row) => ({ id: row.id, amount: money(row.amount), state: row.state, reason: row.reason, createdAt: row.created_at })),
      overpaid: money(attempt.overpaid), paymentIntent: attempt.payment_intent_id, createdAt: attempt.created_at, paidAt: attempt.paid_at, updatedAt: attempt.updated_at,
    };
  });
}
