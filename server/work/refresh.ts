/** Brings jobs' rows up to date with their parts. */
import { sql } from 'kysely';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { derivedOf } from './derive.ts';

/**
 * Recomputes what these jobs' rows keep of their charges, payments and visits. Call it in the transaction that changed them.
 * The rows are locked before the sums are taken, so that of two writers the later one counts both; and always in one order,
 * so that two writers that move parts between the same jobs do not wait for each other.
 */
export async function refreshJobs(scope: Scope, ids: string[]): Promise<void> {
  if (!ids.length) return;
  const rows = scope.from('jobs').where('id', 'in', ids).orderBy('id').select([
    'id', 'status', 'completed_at', 'created_at', 'updated_at', 'subtotal', 'tax', 'paid', 'estimate_sent_on', 'estimate_answered_on', 'invoiced_on',
    'occurs_at', 'open', 'waits_for',
  ]);
  const jobs = await (scope.engine === 'postgres' ? rows.forNoKeyUpdate() : rows).execute();
  const charges = await scope.from('charges').where('job_id', 'in', ids).select(['job_id', sum('total').as('sum')]).groupBy('job_id').execute();
  const payments = await scope.from('payments').where('job_id', 'in', ids).select(['job_id', sum('amount').as('sum')]).groupBy('job_id').execute();
  const visits = await scope.from('visits').where('job_id', 'in', ids).select((row) => ['job_id', row.fn.max('sort_at').as('last')]).groupBy('job_id').execute();
  const [subtotals, paid] = [new Map(charges.map((row) => [row.job_id, row.sum])), new Map(payments.map((row) => [row.job_id, row.sum]))];
  const last = new Map(visits.map((row) => [row.job_id, row.last]));
  for (const job of jobs) {
    const sums = { subtotal: subtotals.get(job.id) ?? 0, paid: paid.get(job.id) ?? 0 };
    const fresh = { ...sums, ...derivedOf({ ...job, ...sums }, last.get(job.id) ?? null) };
    if (Object.entries(fresh).every(([column, value]) => job[column as keyof typeof fresh] === value)) continue;
    // Totals are part of what is read of a job; the rest is not.
    const seen = sums.subtotal !== job.subtotal || sums.paid !== job.paid;
    await scope.update('jobs').set({ ...fresh, ...(seen ? { updated_at: laterThan(job.updated_at) } : {}) }).where('id', '=', job.id).execute();
  }
}

/** Settles a part of a job: its job's row is brought up to date, and also the one of the job it came from. */
export async function refreshOf(scope: Scope, after: { job_id: string } | undefined, before: { job_id: string } | undefined): Promise<void> {
  await refreshJobs(scope, [...new Set([after?.job_id, before?.job_id].filter((id) => id !== undefined))]);
}

/** PostgreSQL sums 64-bit integers as decimals; the cast brings them back to exact integers. */
const sum = (column: 'total' | 'amount') => sql<number>`cast(sum(${sql.ref(column)}) as bigint)`;

/** Now, but never the same as `before`: a version of a record is told by its time. */
export function laterThan(before: string): string {
  const time = now();
  return time > before ? time : new Date(Date.parse(before) + 1).toISOString();
}
