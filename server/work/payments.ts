/** Payments that somebody recorded, for one job or for a customer's account. */
import type { FieldsOf } from '../contract/records.ts';
import type { Scope } from '../database/scope.ts';
import { enqueue } from '../platform/outbox.ts';
import { invalidField } from '../platform/problems.ts';
import { referred, type RecordKind, type Row } from './kind.ts';
import { recheckPayments } from '../documents/pending.ts';
import { allocatePayment } from './ledger.ts';
import { refreshJobs, refreshOf } from './refresh.ts';

type Fields = Omit<FieldsOf<'payments'>, 'externalId'>;
type Wish = Fields['allocations'][number];

const wishesOf = (row: Pick<Row<'payments'>, 'wishes'> | undefined): Wish[] => (row ? (JSON.parse(row.wishes) as Wish[]) : []);

export const payments: RecordKind<'payments'> = {
  name: 'payments',
  prefix: 'payment',
  fieldsOf: (row) => ({
    jobId: row.job_id, customerId: row.customer_id, allocations: wishesOf(row), receivedOn: row.received_on, method: row.method, amount: row.amount, reference: row.reference,
  }),
  more: (_row, { account }) => ({ currency: account.currency }),
  async columnsOf(scope, fields, before) {
    const own = { received_on: fields.receivedOn, method: fields.method, amount: fields.amount, reference: fields.reference };
    if (fields.jobId !== null) {
      const job = await referred(scope, 'jobs', fields.jobId, '/jobId');
      if (fields.allocations.length) throw invalidField('/allocations', 'a payment for a job pays that job’s invoices; leave out one of the two');
      return { ...own, job_id: job.id, customer_id: job.customer_id, wishes: '[]' };
    }
    if (fields.customerId === undefined) throw invalidField('/customerId', 'say which customer paid, or for which job');
    const customer = await referred(scope, 'customers', fields.customerId, '/customerId');
    await checkWishes(scope, fields, customer, wishesOf(before));
    if (before?.attempt_id) await checkReversed(scope, before, fields);
    return { ...own, job_id: null, customer_id: customer.id, wishes: JSON.stringify(fields.allocations) };
  },
  async settle(scope, after, before) {
    const [wishes, past] = [wishesOf(after), wishesOf(before)];
    const touched = after && after.job_id === null ? await allocatePayment(scope, after.id, wishes) : await jobsOf(scope, past);
    await refreshOf(scope, after, before);
    await refreshJobs(scope, touched);
    if (after?.attempt_id) await enqueue(scope, 'checkPayment', { attemptId: after.attempt_id });
    await recheckPayments(scope, await invoicesOn(scope, [...touched, ...[after?.job_id, before?.job_id].filter((id) => typeof id === 'string')]));
  },
  takesAlong: [['allocations', 'payment_id']],
  // Of what was paid online only where it goes may change.
  fixed: (row, columns) => {
    if (row.attempt_id === null) return undefined;
    const { wishes: _, ...others } = columns ?? {};
    const isMoved = columns !== undefined && row.refund_id === null && row.dispute_id === null && Object.entries(others).every(([column, value]) => row[column as keyof typeof row] === value);
    return isMoved ? undefined : 'It was paid online; refund it instead.';
  },
};

/** Each invoice is the customer's own or one of the family's, is open, and takes no more than is due of it. */
async function checkWishes(scope: Scope, fields: Fields, customer: Row<'customers'>, before: Wish[]): Promise<void> {
  let sum = 0;
  const seen = new Set<string>();
  for (const [index, { invoiceId, amount }] of fields.allocations.entries()) {
    const path = `/allocations/${index}`;
    const invoice = await scope.from('invoices').select(['customer_id', 'status', 'total', 'settled']).where('id', '=', invoiceId).executeTakeFirst();
    const owner = invoice && (await scope.from('customers').select(['id', 'parent_id']).where('id', '=', invoice.customer_id).executeTakeFirstOrThrow());
    if (!invoice || !owner || ![owner.id, owner.parent_id].some((id) => id === customer.id || (id !== null && id === customer.parent_id)) || invoice.status !== 'sent')
      throw invalidField(`${path}/invoiceId`, 'no invoice of this customer that was sent');
    if (seen.has(invoiceId)) throw invalidField(`${path}/invoiceId`, 'is named twice');
    seen.add(invoiceId);
    const held = before.find((wish) => wish.invoiceId === invoiceId)?.amount ?? 0;
    if (amount > invoice.total - invoice.settled + held) throw invalidField(`${path}/amount`, 'is more than is due');
    sum += amount;
  }
  if (sum > Math.max(0, fields.amount)) throw invalidField('/allocations', 'are more than the payment');
}

/** What went back of an online payment stays taken from where it was, and is not given out again. */
async function checkReversed(scope: Scope, { attempt_id: attemptId, customer_id: customerId }: Row<'payments'>, { amount, allocations }: Fields): Promise<void> {
  const rows = await scope.from('payments').select(['amount', 'wishes']).where('attempt_id', '=', attemptId).where('customer_id', '=', customerId).where('amount', '<', 0).execute();
  const back = rows.flatMap((row) => wishesOf(row));
  for (const { invoiceId, amount: gone } of back)
    if (!allocations.some((wish) => wish.invoiceId === invoiceId && wish.amount + gone >= 0)) throw invalidField('/allocations', 'a part of it was refunded from an invoice, which must keep that part');
  const sum = (amounts: { amount: number }[]) => amounts.reduce((total, each) => total + each.amount, 0);
  if (sum(allocations) + sum(back) > amount + sum(rows)) throw invalidField('/allocations', 'are more than what is left of the payment');
}

/** Invoices of these jobs that somebody may be paying online at this moment. */
async function invoicesOn(scope: Scope, jobIds: string[]): Promise<string[]> {
  if (!jobIds.length) return [];
  return (await scope.from('invoices').select('id').where('job_id', 'in', jobIds).where('status', '=', 'sent').execute()).map((row) => row.id);
}

async function jobsOf(scope: Scope, wishes: Wish[]): Promise<string[]> {
  if (!wishes.length) return [];
  const rows = await scope.from('invoices').select('job_id').where('id', 'in', wishes.map((wish) => wish.invoiceId)).execute();
  return [...new Set(rows.map((row) => row.job_id))];
}
