/** Estimates and invoices as the office lists them. */
import { sql, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { OfficeDocumentRow, officeDocumentRowsQuery } from '../contract/office.ts';
import type { EstimatesTable, InvoicesTable } from '../database/schema-documents.ts';
import type { Scope } from '../database/scope.ts';
import { estimateStatusOf, invoiceStatusOf, isOverdue } from '../documents/status.ts';
import { today } from '../platform/calendar.ts';
import { newestOf } from './newest.ts';

type Query = z.output<typeof officeDocumentRowsQuery> & { customers?: string[] };
type Page = { items: OfficeDocumentRow[]; nextCursor: string | null };

const common = ['id', 'job_id', 'customer_id', 'number', 'draft', 'version', 'total', 'sent_at', 'created_at', 'updated_at'] as const;
const ofEstimate = [...common, 'status', 'expires_on'] as const;
const ofInvoice = [...common, 'status', 'kind', 'due_on', 'settled'] as const;
type EstimateRow = Pick<Selectable<EstimatesTable>, (typeof ofEstimate)[number]>;
type InvoiceRow = Pick<Selectable<InvoicesTable>, (typeof ofInvoice)[number]>;

export const listDocumentRows = (scope: Scope, query: Query): Promise<Page> => (query.kind === 'estimate' ? listEstimates(scope, query) : listInvoices(scope, query));

async function listEstimates(scope: Scope, query: Query): Promise<Page> {
  const day = today(scope.account.time_zone);
  // Past its last day an estimate is expired, whether or not it was marked so.
  const states = {
    draft: sql<boolean>`status = 'draft'`,
    waiting: sql<boolean>`(status in ('sent', 'changesRequested') and (expires_on is null or expires_on >= ${day}))`,
    settled: sql<boolean>`(status in ('approved', 'declined', 'expired', 'withdrawn') or (status in ('sent', 'changesRequested') and expires_on < ${day}))`,
  };
  const { rows, nextCursor } = await newestOf(scope, 'estimates', query, () => {
    let estimates = scope.from('estimates').select(ofEstimate);
    if (query.state !== 'all') estimates = estimates.where(states[query.state]);
    if (query.customerId !== undefined) estimates = estimates.where('customer_id', '=', query.customerId);
    if (query.jobId !== undefined) estimates = estimates.where('job_id', '=', query.jobId);
    return estimates;
  });
  const items = await view(scope, 'estimate', rows, (row: EstimateRow) => ({ status: estimateStatusOf(row, day), due: null, dueOn: row.expires_on }));
  return { items, nextCursor };
}

async function listInvoices(scope: Scope, query: Query): Promise<Page> {
  const states = { draft: sql<boolean>`status = 'draft'`, waiting: sql<boolean>`(status = 'sent' and settled < total)`, settled: sql<boolean>`(status = 'void' or (status = 'sent' and settled >= total))` };
  const { rows, nextCursor } = await newestOf(scope, 'invoices', query, () => {
    let invoices = scope.from('invoices').select(ofInvoice);
    if (query.state !== 'all') invoices = invoices.where(states[query.state]);
    if (query.customerId !== undefined) invoices = invoices.where('customer_id', '=', query.customerId);
    if (query.jobId !== undefined) invoices = invoices.where('job_id', '=', query.jobId);
    return invoices;
  });
  const day = today(scope.account.time_zone);
  const items = await view(scope, 'invoice', rows, (row: InvoiceRow) => {
    const status = invoiceStatusOf(row);
    return {
      status: isOverdue(row, day) ? ('overdue' as const) : status === 'partlyPaid' ? ('sent' as const) : status,
      due: { amount: row.status === 'sent' ? row.total - row.settled : 0, currency: scope.account.currency },
      // A credit has no day by which it is due; the column orders it among the others.
      dueOn: row.kind === 'credit' ? null : row.due_on,
    };
  });
  return { items, nextCursor };
}

async function view<Row extends Pick<EstimateRow, (typeof common)[number]>>(
  scope: Scope, kind: 'estimate' | 'invoice', rows: Row[], stateOf: (row: Row) => Pick<OfficeDocumentRow, 'status' | 'due' | 'dueOn'>,
): Promise<OfficeDocumentRow[]> {
  if (!rows.length) return [];
  const [customers, jobs, opens] = await Promise.all([
    scope.from('customers').select(['id', 'name']).where('id', 'in', [...new Set(rows.map((row) => row.customer_id))]).execute(),
    scope.from('jobs').select(['id', 'number']).where('id', 'in', [...new Set(rows.map((row) => row.job_id))]).execute(),
    scope
      .from('document_opens')
      .select(['document_id', 'version', (row) => row.fn.min('opened_at').as('at')])
      .where('document_kind', '=', kind)
      .where('document_id', 'in', rows.map((row) => row.id))
      .groupBy(['document_id', 'version'])
      .execute(),
  ]);
  const [customerOf, jobOf, openedAt] = [new Map(customers.map((row) => [row.id, row])), new Map(jobs.map((row) => [row.id, row])), new Map(opens.map((row) => [`${row.document_id} ${row.version}`, row.at]))];
  return rows.map((row) => ({
    kind, id: row.id, number: row.number, title: (JSON.parse(row.draft) as { title?: string }).title ?? '', ...stateOf(row),
    customer: customerOf.get(row.customer_id) ?? { id: row.customer_id, name: '' }, job: jobOf.get(row.job_id) ?? { id: row.job_id, number: '' },
    total: { amount: row.total, currency: scope.account.currency }, sentAt: row.sent_at, openedAt: openedAt.get(`${row.id} ${row.version}`) ?? null, updatedAt: row.updated_at,
  }));
}
