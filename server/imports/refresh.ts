/** Sets right what job rows keep beside their parts, many at a time. */
import { derivedOf } from '../work/derive.ts';
import { inList } from './lists.ts';
import type { Work } from './parts.ts';

/** @param ids our ids of the jobs whose own fields, visits, charges or payments were written. */
export async function refreshJobs({ scope, now }: Work, ids: string[]): Promise<void> {
  if (!ids.length) return;
  const list = inList(ids);
  const rows = scope.from('jobs').where('id', 'in', list)
    .select(['id', 'status', 'completed_at', 'created_at', 'subtotal', 'tax', 'paid', 'estimate_sent_on', 'estimate_answered_on', 'invoiced_on', 'occurs_at', 'open', 'waits_for'])
    .orderBy('id');
  // Locked before the sums are taken, as the office does it: of two writers the later one counts both.
  const jobs = await (scope.engine === 'postgres' ? rows.forNoKeyUpdate() : rows).execute();
  const charges = await scope.from('charges').where('job_id', 'in', list).select((row) => ['job_id', row.cast<number>(row.fn.sum('total'), 'bigint').as('sum')]).groupBy('job_id').execute();
  const payments = await scope.from('payments').where('job_id', 'in', list).select((row) => ['job_id', row.cast<number>(row.fn.sum('amount'), 'bigint').as('sum')]).groupBy('job_id').execute();
  const visits = await scope.from('visits').where('job_id', 'in', list).select((row) => ['job_id', row.fn.max('sort_at').as('last')]).groupBy('job_id').execute();
  const [subtotals, paid] = [new Map(charges.map((row) => [row.job_id, row.sum])), new Map(payments.map((row) => [row.job_id, row.sum]))];
  const last = new Map(visits.map((row) => [row.job_id, row.last]));
  for (const job of jobs) {
    const sums = { subtotal: subtotals.get(job.id) ?? 0, paid: paid.get(job.id) ?? 0 };
    const right = { ...sums, ...derivedOf({ ...job, ...sums }, last.get(job.id) ?? null) };
    const wrong = (Object.keys(right) as (keyof typeof right)[]).some((column) => right[column] !== job[column]);
    if (wrong) await scope.update('jobs').set({ ...right, updated_at: now }).where('id', '=', job.id).execute();
  }
}
