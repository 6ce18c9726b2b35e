/**
 * Payments of attempts in the ledger. Each customer gets a row of their own, and every refund and lost dispute one
 * that takes it back; what went to which invoice stands in its `wishes`, as with a payment that the office records.
 */
import type { Insertable, Selectable } from 'kysely';
import type { PaymentsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { dayOf } from '../platform/calendar.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { allocatePayment } from '../work/ledger.ts';
import { refreshJobs } from '../work/refresh.ts';
import { itemsOf, type Attempt } from './attempts.ts';

interface Share {
  invoiceId: string;
  amount: number;
}
type Row = Selectable<PaymentsTable>;
/** Money that went back: a refund or a lost dispute. */
export interface Reversal {
  refundId: string | null;
  disputeId: string | null;
  amount: number;
  /** When it went. */
  at: string;
}

const sharesOf = (row: Pick<Row, 'wishes'>): Share[] => JSON.parse(row.wishes) as Share[];
const sum = (amounts: { amount: number }[]): number => amounts.reduce((total, each) => total + each.amount, 0);

/** Books what came in, once. What an invoice does not take any more stays with its customer, unallocated. */
export async function bookCharge(trx: Scope, attempt: Attempt, paidAt: string): Promise<void> {
  if (await trx.from('payments').select('id').where('attempt_id', '=', attempt.id).executeTakeFirst()) return;
  const items = await itemsOf(trx, attempt.id);
  const rows = await trx.from('invoices').select(['id', 'customer_id', 'status', 'total', 'settled']).where('id', 'in', items.map((item) => item.invoice_id)).execute();
  const customers = await trx.from('customers').select(['id', 'parent_id']).where('id', 'in', [...rows, ...items].map((row) => row.customer_id)).execute();
  const headOf = new Map(customers.map((customer) => [customer.id, customer.parent_id ?? customer.id]));
  for (const [customerId, own] of Map.groupBy(items, (item) => item.customer_id)) {
    const shares = own.flatMap((item): Share[] => {
      const invoice = rows.find((row) => row.id === item.invoice_id)!;
      // An invoice that went to a stranger meanwhile takes nothing of this customer's money.
      const isTheirs = headOf.get(invoice.customer_id) === headOf.get(customerId);
      const due = invoice.status === 'sent' && isTheirs ? Math.max(0, invoice.total - invoice.settled) : 0;
      const amount = Math.min(due, item.amount);
      return amount > 0 ? [{ invoiceId: item.invoice_id, amount }] : [];
    });
    await book(trx, attempt, { customer_id: customerId, amount: sum(own), shares, day: dayOf(paidAt, trx.account.time_zone), refund_id: null, dispute_id: null });
  }
}

/**
 * Brings what went back up to date: new refunds and lost disputes are booked, those that failed or were won after all go.
 * Money goes back first from what settled nothing, then from the invoices, the last first; what is left is of the tip.
 */
export async function bookReversals(trx: Scope, attempt: Attempt, wanted: Reversal[]): Promise<void> {
  const rows = await trx.from('payments').selectAll().where('attempt_id', '=', attempt.id).orderBy('created_at').orderBy('id').execute();
  const charges = rows.filter((row) => row.refund_id === null && row.dispute_id === null);
  const isOf = (row: Row, { refundId, disputeId }: Reversal) => row.refund_id === refundId && row.dispute_id === disputeId;
  const past = rows.filter((row) => !charges.includes(row));
  // Where one goes, the others are spread anew: what it had taken is theirs to take.
  const isLess = past.some((row) => !wanted.some((reversal) => isOf(row, reversal)));
  if (isLess) for (const row of past) await unbook(trx, row);
  const kept = isLess ? [] : past;
  for (const reversal of wanted) {
    if (kept.some((row) => isOf(row, reversal))) continue;
    for (const part of partsOf(charges, kept, reversal.amount)) {
      const row = await book(trx, attempt, { ...part, day: dayOf(reversal.at, trx.account.time_zone), refund_id: reversal.refundId, dispute_id: reversal.disputeId });
      kept.push(row);
    }
  }
}

/** What is unallocated of an attempt: paid, and not gone back. */
export async function overpaidOf(trx: Scope, attemptId: string): Promise<number> {
  const rows = await trx.from('payments').select(['amount', 'wishes']).where('attempt_id', '=', attemptId).execute();
  return rows.reduce((total, row) => total + row.amount - sum(sharesOf(row)), 0);
}

/** How an amount that goes back is spread over the customers and their invoices; amounts are negative. */
function partsOf(charges: Row[], reversals: Row[], amount: number): { customer_id: string; amount: number; shares: Share[] }[] {
  let left = amount;
  const parts = charges.map((charge) => {
    const own = reversals.filter((row) => row.customer_id === charge.customer_id);
    const free = charge.amount + sum(own) - sum(sharesOf(charge)) - sum(own.flatMap(sharesOf));
    const taken = Math.min(left, Math.max(0, free));
    left -= taken;
    return { charge, own, taken, shares: [] as Share[] };
  });
  for (const part of parts.toReversed())
    for (const { invoiceId, amount: paid } of sharesOf(part.charge).toReversed()) {
      const still = paid + sum(part.own.flatMap(sharesOf).filter((share) => share.invoiceId === invoiceId));
      const taken = Math.min(left, Math.max(0, still));
      if (taken <= 0) continue;
      part.shares.push({ invoiceId, amount: -taken });
      part.taken += taken;
      left -= taken;
    }
  return parts.filter((part) => part.taken > 0).map(({ charge, taken, shares }) => ({ customer_id: charge.customer_id, amount: -taken, shares }));
}

interface Booked {
  customer_id: string;
  amount: number;
  shares: Share[];
  day: string;
  refund_id: string | null;
  dispute_id: string | null;
}

async function book(trx: Scope, attempt: Attempt, { shares, day, ...more }: Booked): Promise<Row> {
  const time = now();
  const row: Omit<Insertable<PaymentsTable>, 'account_id'> & { id: string } = {
    id: newId('payment'), external_id: null, created_at: time, updated_at: time, job_id: null, received_on: day, method: ledgerMethod(attempt.method_type), reference: attempt.receipt_number,
    attempt_id: attempt.id, wishes: JSON.stringify(shares), ...more,
  };
  await trx.insert('payments', row).execute();
  await announce(trx, 'payment', row.id);
  await refreshJobs(trx, await allocatePayment(trx, row.id, shares));
  return trx.from('payments').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow();
}

async function unbook(trx: Scope, row: Row): Promise<void> {
  const touched = await allocatePayment(trx, row.id, []);
  await trx.delete('payments').where('id', '=', row.id).execute();
  await announce(trx, 'payment', row.id);
  await refreshJobs(trx, touched);
}

/** As the statement names it. */
const ledgerMethod = (type: string | null): PaymentsTable['method'] => (type !== null && /bank|debit|ach|transfer|sofort|ideal/.test(type) ? 'bank' : 'cardOnline');
