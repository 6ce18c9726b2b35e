/** Brings jobs' rows up to date with their parts. */
import { sql, type Selectable } from 'kysely';
import { totalsOf } from '../contract/totals.ts';
import type { AppliedTax } from '../contract/documents.ts';
import type { JobsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { derivedOf, type JobDocuments } from './derive.ts';
import { laterThan } from './later.ts';
import { allocateJobs, paidOf } from './ledger.ts';

type Job = Pick<Selectable<JobsTable>, 'fixed_tax' | 'tax_included' | 'tax_rounding'> & { id: string };

/**
 * Recomputes what these jobs' rows keep of their charges, payments, documents and visits. Call it in the transaction that
 * changed them. The rows are locked before the sums are taken, so that of two writers the later one counts both; and always
 * in one order, so that two writers that move parts between the same jobs do not wait for each other.
 */
export async function refreshJobs(scope: Scope, ids: string[]): Promise<void> {
  if (!ids.length) return;
  const rows = scope.from('jobs').where('id', 'in', ids).orderBy('id').select([
    'id', 'status', 'completed_at', 'created_at', 'updated_at', 'subtotal', 'tax', 'fixed_tax', 'tax_included', 'tax_rounding', 'paid', 'estimate_sent_on', 'estimate_answered_on',
    'invoiced_on', 'occurs_at', 'open', 'waits_for',
  ]);
  const jobs = await (scope.engine === 'postgres' ? rows.forNoKeyUpdate() : rows).execute();
  await allocateJobs(scope, ids);
  const charges = await scope.from('charges').where('job_id', 'in', ids).select(['job_id', sql<number>`cast(sum(total) as bigint)`.as('sum')]).groupBy('job_id').execute();
  const visits = await scope.from('visits').where('job_id', 'in', ids).select((row) => ['job_id', row.fn.max('sort_at').as('last')]).groupBy('job_id').execute();
  const [subtotals, last] = [new Map(charges.map((row) => [row.job_id, row.sum])), new Map(visits.map((row) => [row.job_id, row.last]))];
  const [paid, taxes, documents] = [await paidOf(scope, ids), await taxesOf(scope, jobs), await documentsOf(scope, ids)];
  for (const job of jobs) {
    const sums = { subtotal: subtotals.get(job.id) ?? 0, tax: taxes.get(job.id) ?? job.fixed_tax, paid: paid.get(job.id) ?? 0 };
    const fresh = { ...sums, ...derivedOf({ ...job, ...sums }, last.get(job.id) ?? null, documents.get(job.id)) };
    if (Object.entries(fresh).every(([column, value]) => job[column as keyof typeof fresh] === value)) continue;
    // Totals are part of what is read of a job; the rest is not.
    const seen = sums.subtotal !== job.subtotal || sums.paid !== job.paid || sums.tax !== job.tax;
    await scope.update('jobs').set({ ...fresh, ...(seen ? { updated_at: laterThan(job.updated_at) } : {}) }).where('id', '=', job.id).execute();
  }
}

/** Settles a part of a job: its job's row is brought up to date, and also the one of the job it came from. */
export async function refreshOf(scope: Scope, after: { job_id: string | null } | undefined, before: { job_id: string | null } | undefined): Promise<void> {
  await refreshJobs(scope, [...new Set([after?.job_id, before?.job_id].filter((id) => typeof id === 'string'))]);
}

/** Tax on top of the charges, for jobs with charges that have taxes of their own. */
async function taxesOf(scope: Scope, jobs: Job[]): Promise<Map<string, number>> {
  const rows = await scope.from('charges').select(['job_id', 'total', 'taxes']).where('job_id', 'in', jobs.map((job) => job.id)).where('taxes', '<>', '[]').execute();
  const ofJob = Map.groupBy(rows, (row) => row.job_id);
  return new Map(
    jobs.flatMap((job): [string, number][] => {
      const charges = ofJob.get(job.id);
      if (!charges || job.tax_included) return [];
      const { lines, taxes } = taxedLines(charges);
      const { tax } = totalsOf(lines, { taxes, taxIncluded: false, rounding: job.tax_rounding ?? scope.account.tax_rounding, fixedTax: job.fixed_tax });
      return [[job.id, tax]];
    }),
  );
}

/** Charges name their taxes; a document's lines refer to a list of them by key. */
export function taxedLines<Row extends { taxes: string; total: number }>(rows: Row[]) {
  const keys = new Map<string, { key: string; name: string; percent: string }>();
  const lines = rows.map((row) => {
    const own = (JSON.parse(row.taxes) as AppliedTax[]).map((tax) => {
      const known = keys.get(`${tax.name} ${tax.percent}`) ?? { key: `tax-${keys.size + 1}`, ...tax };
      keys.set(`${tax.name} ${tax.percent}`, known);
      return known.key;
    });
    return { ...row, taxes: own };
  });
  return { lines, taxes: [...keys.values()] };
}

/** How the documents of these jobs stand; a job without any has no entry. */
async function documentsOf(scope: Scope, ids: string[]): Promise<Map<string, JobDocuments>> {
  const estimates = await scope.from('estimates').select(['job_id', 'status']).where('job_id', 'in', ids).where('status', '<>', 'draft').execute();
  const invoices = await scope.from('invoices').select(['job_id', 'total', 'settled']).where('job_id', 'in', ids).where('status', '=', 'sent').execute();
  const found = new Map<string, JobDocuments>();
  const of = (job: string) => found.get(job) ?? found.set(job, {}).get(job)!;
  for (const estimate of estimates) of(estimate.job_id).undecided ||= estimate.status === 'sent';
  for (const invoice of invoices) of(invoice.job_id).due = (of(invoice.job_id).due ?? 0) + Math.max(0, invoice.total - invoice.settled);
  return found;
}
