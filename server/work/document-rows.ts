/** Which documents a job shows. */
import type { DocumentKind, DocumentRow } from '../contract/documents.ts';
import type { Scope } from '../database/scope.ts';
import { estimateStatusOf, invoiceStatusOf, isOverdue } from '../documents/status.ts';
import { today } from '../platform/calendar.ts';

/** Everything of a job that was sent, newest first; also what was taken back, and says so. */
export async function documentsOfJob(scope: Scope, jobId: string): Promise<DocumentRow[]> {
  const money = (amount: number) => ({ amount, currency: scope.account.currency });
  const day = today(scope.account.time_zone);
  const [estimates, invoices] = await Promise.all([
    scope.from('estimates').select(['id', 'number', 'status', 'expires_on', 'total', 'sent_at']).where('job_id', '=', jobId).where('version', '>', 0).execute(),
    scope.from('invoices').select(['id', 'kind', 'number', 'status', 'due_on', 'total', 'settled', 'sent_at']).where('job_id', '=', jobId).where('version', '>', 0).execute(),
  ]);
  const rows: DocumentRow[] = [
    ...estimates.map((row) => ({ id: row.id, kind: 'estimate' as const, number: row.number!, status: estimateStatusOf(row, day), total: money(row.total), due: null, sentAt: row.sent_at! })),
    ...invoices.map((row) => ({
      id: row.id, kind: 'invoice' as const, number: row.number!, status: isOverdue(row, day) ? 'overdue' : invoiceStatusOf(row), total: money(row.total), due: row.status === 'void' ? null : money(row.total - row.settled),
      sentAt: row.sent_at!,
    })),
  ];
  return rows.sort((a, b) => (a.sentAt < b.sentAt ? 1 : -1));
}

/** What is to be paid now of these jobs' invoices. A job to which none was sent is not among them. */
export async function duesOf(scope: Scope, jobIds: string[]): Promise<Map<string, number>> {
  if (!jobIds.length) return new Map();
  const rows = await scope.from('invoices').select(['job_id', 'total', 'settled']).where('job_id', 'in', jobIds).where('status', '=', 'sent').where('kind', '<>', 'credit').execute();
  const dues = new Map<string, number>();
  for (const { job_id: job, total, settled } of rows) dues.set(job, (dues.get(job) ?? 0) + total - settled);
  return dues;
}

/** For jobs that wait for an answer: the estimate or invoice that asks for it, and how much it is about. */
export async function askingDocuments(scope: Scope, jobs: { id: string; waits_for: string | null }[]): Promise<Map<string, { kind: DocumentKind; id: string; amount: number }>> {
  const of = (what: string) => jobs.filter((job) => job.waits_for === what).map((job) => job.id);
  const [undecided, unpaid] = [of('estimate'), of('payment')];
  const found = new Map<string, { kind: DocumentKind; id: string; amount: number }>();
  if (undecided.length) {
    const rows = await scope.from('estimates').select(['id', 'job_id', 'total']).where('job_id', 'in', undecided).where('status', '=', 'sent').orderBy('sent_at').execute();
    for (const row of rows) found.set(row.job_id, { kind: 'estimate', id: row.id, amount: row.total });
  }
  if (unpaid.length) {
    const rows = await scope.from('invoices').select(['id', 'job_id', 'total', 'settled']).where('job_id', 'in', unpaid).where('status', '=', 'sent').whereRef('settled', '<', 'total').orderBy('sent_at', 'desc').execute();
    for (const row of rows) found.set(row.job_id, { kind: 'invoice', id: row.id, amount: row.total - row.settled });
  }
  return found;
}
