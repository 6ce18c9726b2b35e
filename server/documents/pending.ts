/** Online payments that are on their way to invoices. */
import type { PendingPayment } from '../contract/invoices.ts';
import type { Scope } from '../database/scope.ts';
import { enqueue } from '../platform/outbox.ts';

/** Who asks: the names of other payers are for people of the same customer only. */
export interface Asking {
  /** The contact, or the link of somebody a document was sent on to. */
  person: string | null;
  /** Whether they may know who else pays. */
  knows: boolean;
}

/** Where nobody in particular looks: the office's preview, a list. */
export const nobody: Asking = { person: null, knows: false };

/** By invoice: payments that the payer has finished and their bank has not. */
export async function pendingOf(scope: Scope, invoiceIds: string[], { person, knows }: Asking): Promise<Map<string, PendingPayment[]>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await scope
    .from('attempt_items')
    .innerJoin('payment_attempts as attempt', (join) => join.onRef('attempt.account_id', '=', 'attempt_items.account_id').onRef('attempt.id', '=', 'attempt_items.attempt_id'))
    .innerJoin('invoices', (join) => join.onRef('invoices.account_id', '=', 'attempt_items.account_id').onRef('invoices.id', '=', 'attempt_items.invoice_id'))
    .where('attempt_items.open', '=', 1)
    .where('attempt_items.invoice_id', 'in', invoiceIds)
    .where((row) => row.or([row('attempt.state', '=', 'processing'), row('attempt.verify', '=', 1)]))
    .select(['attempt_items.invoice_id', 'attempt_items.amount', 'attempt.id', 'attempt.person', 'attempt.payer', 'attempt.verify', 'attempt.currency', 'attempt.updated_at', 'attempt_items.customer_id', 'invoices.customer_id as of'])
    .execute();
  const pending = new Map<string, PendingPayment[]>();
  for (const row of rows) {
    const own = row.person === person;
    const view = { paymentId: row.id, amount: { amount: row.amount, currency: row.currency }, since: row.updated_at, by: own || (knows && row.customer_id === row.of) ? row.payer : null, own, verify: row.verify === 1 && own };
    pending.set(row.invoice_id, [...(pending.get(row.invoice_id) ?? []), view]);
  }
  return pending;
}

/** What is due, less what is on its way; never less than nothing. */
export const payableOf = (due: number, pending: PendingPayment[] | undefined): number => Math.max(0, due - (pending ?? []).reduce((sum, payment) => sum + payment.amount.amount, 0));

/**
 * These invoices were changed, taken back or paid otherwise: an attempt to pay them that was begun before is looked at, and
 * ended where it does not fit any more. Call it in the transaction of the change.
 */
export async function recheckPayments(scope: Scope, invoiceIds: string[]): Promise<void> {
  if (invoiceIds.length === 0) return;
  const open = await scope.from('attempt_items').select('attempt_id').distinct().where('open', '=', 1).where('invoice_id', 'in', invoiceIds).execute();
  for (const { attempt_id: attemptId } of open) await enqueue(scope, 'checkPayment', { attemptId });
}
