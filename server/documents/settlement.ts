/** What the ledger says about one invoice or credit. */
import type { AllocationView } from '../contract/invoices.ts';
import type { Scope } from '../database/scope.ts';
import { dayOf } from '../platform/calendar.ts';

/** Payments and credits that settle it, in the order they came. */
export async function allocationsOf(scope: Scope, invoiceId: string): Promise<AllocationView[]> {
  const money = (amount: number) => ({ amount, currency: scope.account.currency });
  const payments = await scope
    .from('allocations')
    .innerJoin('payments', (join) => join.onRef('payments.account_id', '=', 'allocations.account_id').onRef('payments.id', '=', 'allocations.payment_id'))
    .where('allocations.invoice_id', '=', invoiceId)
    .select(['payments.received_on', 'payments.method', 'payments.reference', 'payments.attempt_id', 'allocations.amount', 'allocations.created_at'])
    .execute();
  const own = await scope.from('allocations').select(['transfer_id', 'amount', 'created_at']).where('invoice_id', '=', invoiceId).where('transfer_id', 'is not', null).execute();
  const others = own.length
    ? await scope
        .from('allocations')
        .innerJoin('invoices', (join) => join.onRef('invoices.account_id', '=', 'allocations.account_id').onRef('invoices.id', '=', 'allocations.invoice_id'))
        .where('allocations.transfer_id', 'in', own.map((row) => row.transfer_id))
        .where('allocations.invoice_id', '<>', invoiceId)
        .select(['allocations.transfer_id', 'invoices.number'])
        .execute()
    : [];
  const numberOf = new Map(others.map((row) => [row.transfer_id, row.number]));
  const rows: (AllocationView & { at: string })[] = [
    ...payments.map((row) => ({ receivedOn: row.received_on, method: row.method, amount: money(row.amount), reference: row.reference, paymentId: row.attempt_id, at: row.created_at })),
    ...own.map((row) => ({
      receivedOn: dayOf(row.created_at, scope.account.time_zone), method: 'credit' as const, amount: money(row.amount), reference: numberOf.get(row.transfer_id) ?? null, paymentId: null, at: row.created_at,
    })),
  ];
  const order = (row: { receivedOn: string; at: string }) => `${row.receivedOn} ${row.at}`;
  return rows.sort((a, b) => (order(a) < order(b) ? -1 : 1)).map(({ at: _, ...view }) => view);
}
