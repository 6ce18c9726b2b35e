/**
 * Where the source's figures contradict each other. A customer must not owe another amount after the move than before, so a
 * subtotal that its charges do not add up to is met by one line that says so; what is only a check is only reported.
 */
import { currencyDigits, decimalText } from './decimals.ts';
import type { JobBatch } from './apply-jobs.ts';
import { writeCharges, type ChargesWritten } from './charge-rows.ts';
import type { Work } from './parts.ts';
import type { JobRecord } from './records.ts';

/** After all charges of the source. */
const LAST = 100_000;

/** Adds, changes or takes away the adjusting line of each job; the ids are the jobs'. */
export async function settleSubtotals(work: Work, { jobs, charges, kinds }: JobBatch, rows: Map<string, string>): Promise<ChargesWritten> {
  if (!kinds.has('charge')) return { changed: new Set(), removed: new Set(), jobs: new Set() };
  const sums = sumsOf(charges.flatMap((charge) => ('total' in charge ? [{ jobId: charge.jobId, amount: charge.total }] : [])));
  const parts = jobs.flatMap(({ id, subtotal, createdAt }) => {
    const difference = subtotal === null ? 0 : subtotal - (sums.get(id) ?? 0);
    if (!difference) return [];
    report(work, 'mended', id, 'its charges do not add up to its subtotal; a line “Adjustment” makes up for it', `subtotal ${show(work, subtotal)}, charges ${show(work, sums.get(id))}`);
    const amounts = { quantity: 1000, unit_price: difference, discount: 0, total: difference };
    return [{ id, createdAt, content: { difference }, columns: { job_id: rows.get(id), position: LAST, description: 'Adjustment', details: null, unit: null, ...amounts } }];
  });
  const adjusted = new Set(parts.map(({ id }) => id));
  return writeCharges(work, 'adjustment', parts, jobs.filter(({ id }) => !adjusted.has(id)).map(({ id }) => id));
}

/** A balance is computed from the payments here; where the source says another, somebody should know. */
export function checkBalances(work: Work, { jobs, payments, kinds }: JobBatch): void {
  if (!kinds.has('payment')) return;
  const paid = sumsOf(payments.flatMap((payment) => ('amount' in payment ? [payment] : [])));
  for (const job of jobs) {
    const owed = owedOf(job, paid);
    if (owed !== null && owed !== job.balance)
      report(work, 'noted', job.id, 'its balance is not its total less its payments', `balance ${show(work, job.balance)}, computed ${show(work, owed)}`);
  }
}

function owedOf({ id, subtotal, tax, balance }: JobRecord, paid: Map<string, number>): number | null {
  return subtotal === null || balance === null ? null : subtotal + tax - (paid.get(id) ?? 0);
}

/** Amounts by job. */
export function sumsOf(lines: { jobId: string; amount: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { jobId, amount } of lines) sums.set(jobId, (sums.get(jobId) ?? 0) + amount);
  return sums;
}

/** An amount for people. */
export const show = (work: Work, amount: number | null | undefined): string => decimalText(amount ?? 0, currencyDigits(work.scope.account.currency));

function report(work: Work, outcome: 'mended' | 'noted', id: string, reason: string, detail: string): void {
  work.tally.issues.push({ outcome, kind: 'job', id, reason, detail, record: { id } });
}
