/** Brings a job's row up to date with its parts. */
import { sql } from 'kysely';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { derivedOf, jobSearchText } from './derive.ts';

/**
 * Recomputes what a job's row keeps of its charges, payments and visits. Call it in the transaction that changed them.
 * The row is locked before the sums are taken, so that of two writers the later one counts both.
 */
export async function refreshJob(scope: Scope, jobId: string): Promise<void> {
  const locked = scope.from('jobs').selectAll('jobs').where('id', '=', jobId);
  const job = await (scope.engine === 'postgres' ? locked.forNoKeyUpdate() : locked).executeTakeFirst();
  if (!job) return;
  const { subtotal } = await scope.from('charges').select(sum('total').as('subtotal')).where('job_id', '=', jobId).executeTakeFirstOrThrow();
  const { paid } = await scope.from('payments').select(sum('amount').as('paid')).where('job_id', '=', jobId).executeTakeFirstOrThrow();
  const last = await scope.from('visits').select('sort_at').where('job_id', '=', jobId).orderBy('sort_at', 'desc').limit(1).executeTakeFirst();
  const fresh = { subtotal, paid, ...derivedOf({ ...job, subtotal, paid }, last?.sort_at ?? null), search_text: jobSearchText(job) };
  if (Object.entries(fresh).every(([column, value]) => job[column as keyof typeof fresh] === value)) return;
  // Totals are part of what is read of a job; the rest is not.
  const seen = subtotal !== job.subtotal || paid !== job.paid;
  await scope.update('jobs').set({ ...fresh, ...(seen ? { updated_at: laterThan(job.updated_at) } : {}) }).where('id', '=', jobId).execute();
}

/** Settles a part of a job: its job's row is brought up to date, and also the one of the job it came from. */
export async function refreshOf(scope: Scope, after: { job_id: string } | undefined, before: { job_id: string } | undefined): Promise<void> {
  const ids = new Set([after?.job_id, before?.job_id].filter((id) => id !== undefined));
  // Always in one order: two writers that move parts between the same jobs must not wait for each other.
  for (const id of [...ids].sort()) await refreshJob(scope, id);
}

/** PostgreSQL sums 64-bit integers as decimals; the cast brings them back to exact integers. */
const sum = (column: 'total' | 'amount') => sql<number>`cast(coalesce(sum(${sql.ref(column)}), 0) as bigint)`;

/** Now, but never the same as `before`: a version of a record is told by its time. */
export function laterThan(before: string): string {
  const time = now();
  return time > before ? time : new Date(Date.parse(before) + 1).toISOString();
}
