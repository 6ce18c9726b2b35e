/** Which documents come of a job's record. What the source has sent or paid is one here; what it only might send is not. */
import { sql } from 'kysely';
import type { EstimatesTable } from '../database/schema-documents.ts';
import type { JobBatch } from './apply-jobs.ts';
import { show, sumsOf } from './differences.ts';
import { inList } from '../platform/lists.ts';
import type { Work } from './parts.ts';
import type { JobRecord } from './records.ts';

export interface EstimatePlan {
  kind: 'estimate';
  status: Extract<EstimatesTable['status'], 'sent' | 'approved' | 'declined'>;
  issuedOn: string;
  issuedAt: string;
  decidedAt: string | null;
  terms: string | null;
}
export interface InvoicePlan {
  kind: 'invoice' | 'credit';
  issuedOn: string | null;
  issuedAt: string | null;
  dueOn: string | null;
  terms: string | null;
}
export interface Plans {
  estimate: EstimatePlan | null;
  invoice: InvoicePlan | null;
  /** What the source says the documents come to; null when it says nothing. */
  total: number | null;
  /** What its lines and its tax come to, by the source; null when this export does not tell. */
  worth: number | null;
}

/** The plans of each job, by its id. `rows` are the jobs' rows, whose payments are written already; `invoiced` the jobs that an import has made an invoice of. */
export async function plansOf(work: Work, { jobs, charges, kinds }: JobBatch, rows: Map<string, string>, invoiced: Set<string>): Promise<Map<string, Plans>> {
  const sums = kinds.has('charge') ? sumsOf(charges.flatMap((charge) => ('total' in charge ? [{ jobId: charge.jobId, amount: charge.total }] : []))) : undefined;
  const worthOf = (job: JobRecord): number | null => {
    const subtotal = job.subtotal ?? (sums ? (sums.get(job.id) ?? 0) : null);
    return subtotal === null ? null : subtotal + job.tax;
  };
  // Nothing at all is nothing to make an invoice of.
  const unsure = new Set(jobs.filter((job) => mayBePaid(job, worthOf(job)) && (worthOf(job) !== 0 || sums?.has(job.id))));
  const paid = await paidFor(work, [...unsure].flatMap(({ id }) => (invoiced.has(id) ? [] : (rows.get(id) ?? []))));
  return new Map(
    jobs.map((job): [string, Plans] => {
      const worth = worthOf(job);
      const total = job.total ?? worth;
      if (worth !== null && worth < 0) return [job.id, { estimate: null, invoice: creditOf(work, job, worth), total, worth }];
      // What was paid once stays invoiced, whatever becomes of the payments here.
      const isPaid = unsure.has(job) && (invoiced.has(job.id) || isCovered(work, job, worth!, paid.get(rows.get(job.id) ?? '') ?? 0));
      return [job.id, { estimate: estimateOf(job), invoice: job.invoice && (job.invoice.made || isPaid) ? invoiceOf('invoice', job.invoice) : null, total, worth }];
    }),
  );
}

/** Which documents may take this job's number, as far as the record alone tells. */
export function numberedDocuments(job: JobRecord): ('estimate' | 'invoice' | 'credit')[] {
  const worth = job.subtotal === null ? null : job.subtotal + job.tax;
  if (worth !== null && worth < 0) return job.status === 'complete' ? ['credit'] : [];
  return [...(job.estimate ? (['estimate'] as const) : []), ...(job.invoice?.made || mayBePaid(job, worth) ? (['invoice'] as const) : [])];
}

/** Done, without an invoice, and as far as the source tells nothing is owed. Whether the money came is told by the payments. */
export const mayBePaid = ({ status, invoice, balance }: JobRecord, worth: number | null): boolean =>
  status === 'complete' && invoice !== null && !invoice.made && worth !== null && worth >= 0 && (balance === null || balance <= 0);

/** An invoice that nobody ever made must not ask for money that the source does not ask for. */
function isCovered(work: Work, job: JobRecord, worth: number, paid: number): boolean {
  if (paid >= worth) return true;
  if (job.balance !== null)
    note(work, job, 'it is paid, but not by the payments here; no invoice is made of it', `total ${show(work, worth)}, payments ${show(work, paid)}`);
  return false;
}

function estimateOf({ estimate, invoice, status }: JobRecord): EstimatePlan | null {
  const decision = estimate && decisionOf(status, estimate.answer, Boolean(invoice?.made));
  if (!estimate || !decision) return null;
  const { issuedOn, issuedAt, answeredAt, terms } = estimate;
  return { kind: 'estimate', status: decision, issuedOn, issuedAt, decidedAt: answeredAt, terms };
}

/** Work that went on was approved, whether or not somebody entered the answer. Of work that was called off before nobody wants one: null. */
function decisionOf(status: JobRecord['status'], answer: 'won' | 'lost' | null, isInvoiced: boolean): EstimatePlan['status'] | null {
  if (status === 'lost') return 'declined';
  if (status === 'scheduled' || status === 'complete' || isInvoiced) return 'approved';
  if (answer) return answer === 'won' ? 'approved' : 'declined';
  return status === 'canceled' ? null : 'sent';
}

const invoiceOf = (kind: InvoicePlan['kind'], { issuedOn, issuedAt, dueOn, terms }: NonNullable<JobRecord['invoice']>): InvoicePlan => ({
  kind, issuedOn, issuedAt, dueOn: kind === 'credit' ? null : dueOn, terms,
});

/** What the customer is owed for work that is done is a credit; nobody approves or pays less than nothing. */
function creditOf(work: Work, job: JobRecord, worth: number): InvoicePlan | null {
  const isOpen = job.status === 'new' || job.status === 'scheduled';
  if (job.status === 'complete' && job.invoice) {
    note(work, job, 'its total is negative; it becomes a credit', show(work, worth));
    return invoiceOf('credit', job.invoice);
  }
  if (isOpen || job.estimate || job.invoice) note(work, job, 'its total is negative; it stays a job without documents', `${show(work, worth)}, ${job.status}`);
  return null;
}

async function paidFor(work: Work, jobs: string[]): Promise<Map<string, number>> {
  if (!jobs.length) return new Map();
  const rows = await work.scope.from('payments').where('job_id', 'in', inList(jobs)).select(['job_id', sql<number>`cast(sum(amount) as bigint)`.as('sum')]).groupBy('job_id').execute();
  return new Map(rows.map((row) => [row.job_id!, row.sum]));
}

function note(work: Work, job: JobRecord, reason: string, detail: string): void {
  work.tally.issues.push({ outcome: 'noted', kind: 'job', id: job.id, reason, detail, record: { id: job.id } });
}
