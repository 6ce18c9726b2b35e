/**
 * Where money goes. A payment for a job pays that job's invoices, the oldest first, and then the job itself; a payment for
 * a customer's account pays the invoices it names. Both are written as allocations, and what is settled of an invoice or
 * paid on a job is always their sum.
 */
import { sql } from 'kysely';
import type { InvoicesTable } from '../database/schema-documents.ts';
import type { PaymentsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { enqueue } from '../platform/outbox.ts';
import { laterThan } from './later.ts';

/** Part of a payment; `invoice_id` null is the job itself. */
interface Share {
  payment_id: string;
  job_id: string;
  invoice_id: string | null;
  amount: number;
}
type Payment = Pick<PaymentsTable, 'amount'> & { id: string };
type Invoice = Pick<InvoicesTable, 'total'> & { id: string };

/** Brings the allocations of these jobs' payments, and what is settled of their invoices, up to date. */
export async function allocateJobs(scope: Scope, jobIds: string[]): Promise<void> {
  const payments = await scope.from('payments').select(['id', 'job_id', 'amount']).where('job_id', 'in', jobIds).orderBy('received_on').orderBy('created_at').orderBy('id').execute();
  const rows = await scope.from('allocations').select(['id', 'payment_id', 'job_id', 'invoice_id', 'amount']).where('job_id', 'in', jobIds).execute();
  const invoices = await scope.from('invoices').select(['id', 'job_id', 'total', 'settled', 'updated_at']).where('job_id', 'in', jobIds).where('status', '=', 'sent').orderBy('sent_at').orderBy('id').execute();
  const own = new Set(payments.map((payment) => payment.id));
  // A payment may have moved here from another job.
  const strays = payments.length ? await scope.from('allocations').select(['id', 'payment_id', 'job_id', 'invoice_id', 'amount']).where('payment_id', 'in', [...own]).where('job_id', 'not in', jobIds).execute() : [];
  const fixed = rows.filter((row) => !row.payment_id || !own.has(row.payment_id));
  // What a payment left here when it moved to another job, which has its own turn.
  const moved = await jobsOfPayments(scope, fixed.flatMap((row) => row.payment_id ?? []));
  const stale = fixed.filter((row) => row.payment_id && moved.has(row.payment_id) && moved.get(row.payment_id) !== row.job_id);
  const manual = fixed.filter((row) => !stale.includes(row));

  // An import fills its lists up with a job that is in them already.
  const wanted = [...new Set(jobIds)].flatMap((jobId) => {
    const before = sumsBy(manual.filter((row) => row.job_id === jobId && row.invoice_id !== null), (row) => row.invoice_id!);
    const open = invoices.filter((invoice) => invoice.job_id === jobId).map((invoice) => ({ id: invoice.id, total: invoice.total - (before.get(invoice.id) ?? 0) }));
    return sharesOf(payments.filter((payment) => payment.job_id === jobId), open).map((share) => ({ ...share, job_id: jobId }));
  });
  await replaceShares(scope, [...rows.filter((row) => row.payment_id && own.has(row.payment_id)), ...strays, ...stale] as (Share & { id: string })[], wanted);

  const settled = sumsBy([...manual, ...wanted].filter((row) => row.invoice_id !== null), (row) => row.invoice_id!);
  for (const invoice of invoices) {
    const sum = settled.get(invoice.id) ?? 0;
    if (sum === invoice.settled) continue;
    await scope.update('invoices').set({ settled: sum, updated_at: laterThan(invoice.updated_at) }).where('id', '=', invoice.id).execute();
    await announce(scope, 'invoice', invoice.id);
  }
}

/**
 * How a job's payments, in the order they came, are spread over its documents, in the order they were sent. What is given
 * back (a negative payment) settles credits first, then takes from what the job holds beyond its invoices, then from the
 * invoices, the latest first.
 */
export function sharesOf(payments: Payment[], documents: Invoice[]): Omit<Share, 'job_id'>[] {
  const due = documents.map((document) => ({ id: document.id, left: document.total, paid: 0 }));
  const shares: Omit<Share, 'job_id'>[] = [];
  let beyond = 0;
  for (const { id, amount } of payments) {
    let left = Math.abs(amount);
    const sign = amount < 0 ? -1 : 1;
    const give = (invoiceId: string | null, most: number): number => {
      const part = Math.min(left, most);
      if (part <= 0) return 0;
      const known = shares.find((share) => share.payment_id === id && share.invoice_id === invoiceId);
      if (known) known.amount += part * sign;
      else shares.push({ payment_id: id, invoice_id: invoiceId, amount: part * sign });
      left -= part;
      return part;
    };
    if (sign > 0) {
      for (const document of due) {
        const part = give(document.id, document.left);
        document.left -= part;
        document.paid += part;
      }
      beyond += give(null, left);
    } else {
      for (const document of due) document.left += give(document.id, -document.left);
      beyond -= give(null, beyond);
      for (const document of due.toReversed()) {
        const part = give(document.id, document.paid);
        document.left += part;
        document.paid -= part;
      }
      beyond -= give(null, left);
    }
  }
  return shares;
}

/** What a payment for a customer's account pays, as the office said; the jobs it touched before and touches now. */
export async function allocatePayment(scope: Scope, paymentId: string, wishes: { invoiceId: string; amount: number }[]): Promise<string[]> {
  const before = await scope.from('allocations').select(['id', 'payment_id', 'job_id', 'invoice_id', 'amount']).where('payment_id', '=', paymentId).execute();
  const ids = wishes.map((wish) => wish.invoiceId);
  const invoices = ids.length ? await scope.from('invoices').select(['id', 'job_id']).where('id', 'in', ids).execute() : [];
  const jobOf = new Map(invoices.map((invoice) => [invoice.id, invoice.job_id]));
  const wanted = wishes.map(({ invoiceId, amount }) => ({ payment_id: paymentId, job_id: jobOf.get(invoiceId)!, invoice_id: invoiceId, amount }));
  await replaceShares(scope, before as (Share & { id: string })[], wanted);
  return [...new Set([...before.map((row) => row.job_id), ...wanted.map((row) => row.job_id)])];
}

/**
 * A payment for a customer's account that named one of these invoices keeps the amount as what is not allocated.
 * @param stays payments of these customers are left alone.
 * @returns the jobs that such payments touch.
 */
export async function releasePayments(scope: Scope, invoiceIds: string[], stays: (customerId: string) => boolean = () => false): Promise<string[]> {
  if (invoiceIds.length === 0) return [];
  const allocated = await scope.from('allocations').select('payment_id').where('invoice_id', 'in', invoiceIds).where('payment_id', 'is not', null).execute();
  const ids = allocated.flatMap((row) => row.payment_id ?? []);
  if (ids.length === 0) return [];
  const payments = await scope.from('payments').select(['id', 'customer_id', 'wishes', 'attempt_id', 'updated_at']).where('id', 'in', ids).where('job_id', 'is', null).execute();
  const touched: string[] = [];
  for (const { id, wishes, attempt_id: attemptId, updated_at: before } of payments.filter((payment) => !stays(payment.customer_id))) {
    const left = (JSON.parse(wishes) as { invoiceId: string; amount: number }[]).filter((wish) => !invoiceIds.includes(wish.invoiceId));
    await scope.update('payments').set({ wishes: JSON.stringify(left), updated_at: laterThan(before) }).where('id', '=', id).execute();
    touched.push(...(await allocatePayment(scope, id, left)));
    // What was paid online settles nothing now: the office is to know.
    if (attemptId !== null) await enqueue(scope, 'checkPayment', { attemptId });
  }
  return touched;
}

/**
 * Both sides of every credit that went from one of these documents or into it.
 * @param stays those that have their other side with these customers are left alone.
 * @returns the jobs they were on.
 */
export async function takeBackTransfers(scope: Scope, invoiceIds: string[], stays: (customerId: string) => boolean = () => false): Promise<string[]> {
  const own = invoiceIds.length ? await scope.from('allocations').select('transfer_id').where('invoice_id', 'in', invoiceIds).where('transfer_id', 'is not', null).execute() : [];
  if (own.length === 0) return [];
  const sides = await scope
    .from('allocations')
    .innerJoin('invoices', (join) => join.onRef('invoices.account_id', '=', 'allocations.account_id').onRef('invoices.id', '=', 'allocations.invoice_id'))
    .where('allocations.transfer_id', 'in', own.map((row) => row.transfer_id))
    .select(['allocations.transfer_id', 'allocations.job_id', 'invoices.customer_id'])
    .execute();
  const gone = [...Map.groupBy(sides, (row) => row.transfer_id).values()].filter((both) => !both.every((row) => stays(row.customer_id))).flat();
  if (gone.length) await scope.delete('allocations').where('transfer_id', 'in', gone.map((row) => row.transfer_id)).execute();
  return gone.map((row) => row.job_id);
}

/**
 * A job went to this customer and took its documents along: what they and customers of another family have settled of each other
 * is open again, and the money stays with who paid. Call it once the documents are the new customer's.
 * @returns the jobs that this touches.
 */
export async function partFromStrangers(scope: Scope, jobId: string, customerId: string): Promise<string[]> {
  const { parent_id: parent } = await scope.from('customers').select('parent_id').where('id', '=', customerId).executeTakeFirstOrThrow();
  const head = parent ?? customerId;
  const family = await scope.from('customers').select('id').where((row) => row.or([row('id', '=', head), row('parent_id', '=', head)])).execute();
  const members = new Set(family.map((row) => row.id));
  const invoices = (await scope.from('invoices').select('id').where('job_id', '=', jobId).execute()).map((row) => row.id);
  const stays = (id: string) => members.has(id);
  return [...(await takeBackTransfers(scope, invoices, stays)), ...(await releasePayments(scope, invoices, stays))];
}

/** Leaves alone what is as it should be. */
async function replaceShares(scope: Scope, before: (Share & { id: string })[], wanted: Share[]): Promise<void> {
  const keyOf = (share: Share) => `${share.payment_id} ${share.job_id} ${share.invoice_id} ${share.amount}`;
  const missing = new Map(wanted.map((share) => [keyOf(share), share]));
  const gone = before.filter((share) => !missing.delete(keyOf(share))).map((share) => share.id);
  if (gone.length) await scope.delete('allocations').where('id', 'in', gone).execute();
  const time = now();
  const fresh = [...missing.values()].map((share) => ({ id: newId('allocation'), transfer_id: null, created_at: time, ...share }));
  for (let start = 0; start < fresh.length; start += 200) await scope.insert('allocations', fresh.slice(start, start + 200)).execute();
}

async function jobsOfPayments(scope: Scope, ids: string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const rows = await scope.from('payments').select(['id', 'job_id']).where('id', 'in', [...new Set(ids)]).where('job_id', 'is not', null).execute();
  return new Map(rows.map((row) => [row.id, row.job_id!]));
}

function sumsBy<Row extends { amount: number }>(rows: Row[], key: (row: Row) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.amount);
  return sums;
}

/**
 * What was paid on each of these jobs, or credited: the part of a credit that gives back no charge lowers what the job owes,
 * whether it settles an invoice or is paid out. PostgreSQL sums 64-bit integers as decimals; the cast brings them back.
 */
export async function paidOf(scope: Scope, jobIds: string[]): Promise<Map<string, number>> {
  const rows = await scope.from('allocations').where('job_id', 'in', jobIds).select(['job_id', sql<number>`cast(sum(amount) as bigint)`.as('sum')]).groupBy('job_id').execute();
  const paid = new Map(rows.map((row) => [row.job_id, row.sum]));
  const credits = await scope.from('invoices').where('job_id', 'in', jobIds).where('kind', '=', 'credit').where('status', '=', 'sent').select(['id', 'job_id', 'total', 'draft']).execute();
  if (credits.length === 0) return paid;
  const billed = await scope.from('invoice_charges').where('invoice_id', 'in', credits.map((credit) => credit.id)).select(['invoice_id', 'amount']).execute();
  const charges = sumsBy(billed, (row) => row.invoice_id);
  for (const { id, job_id: job, total, draft } of credits) {
    // What was sent keeps beside its lines the taxes that go with the charges.
    const ofCharges = charges.has(id) ? charges.get(id)! + ((JSON.parse(draft) as { chargesTax?: { tax: number } }).chargesTax?.tax ?? 0) : 0;
    paid.set(job, (paid.get(job) ?? 0) - (total - ofCharges));
  }
  return paid;
}
