/** Invoices as their customers read them. In a summary nobody learns of single lines. */
import { sql, type SelectQueryBuilder } from 'kysely';
import type { z } from 'zod';
import type { Reading } from '../access/reader.ts';
import type { DocumentRights } from '../contract/documents.ts';
import type { InvoiceRow as ListedRow, InvoiceView, invoiceRowsQuery } from '../contract/invoices.ts';
import type { Database } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { nobody, payableOf, pendingOf, type Asking } from '../documents/pending.ts';
import { allocationsOf } from '../documents/settlement.ts';
import { invoiceStatusOf, isOverdue } from '../documents/status.ts';
import { etagOf, readVersion, type Version } from '../documents/versions.ts';
import { today } from '../platform/calendar.ts';
import { isTaken, stepOf } from '../platform/currencies.ts';
import { fromCursor, PAGE_SIZE, toCursor } from '../platform/paging.ts';
import { notFound } from '../platform/problems.ts';
import { containing } from '../platform/text.ts';
import type { InvoiceRow } from './content.ts';

/**
 * Sent, and one of these customers'; a void one is still found.
 * @throws {Problem} `not_found` for one that is foreign, unknown or was not sent.
 */
export async function sentInvoice(scope: Scope, id: string, customerIds?: string[]): Promise<InvoiceRow> {
  const row = await scope.from('invoices').selectAll().where('id', '=', id).where('version', '>', 0).executeTakeFirst();
  if (!row || (customerIds && !customerIds.includes(row.customer_id))) throw notFound();
  return row;
}

/** As the person of this reading sees it. That it is theirs to read was found out before. @throws {Problem} `not_found`. */
export async function viewInvoice(scope: Scope, id: string, { rights, payer, shared }: Pick<Reading, 'rights' | 'payer' | 'shared'>): Promise<InvoiceView> {
  const row = await sentInvoice(scope, id);
  const version = await readVersion(scope, 'invoice', id, row.version);
  if (!version) throw notFound();
  return viewOf(scope, row, version, rights, etagOf(row.version, row.hash), { person: payer.person, knows: !shared });
}

/** How one version of it reads as the row stands. */
export async function viewOf(
  scope: Scope, row: InvoiceRow, { version, content, createdAt }: Version<'invoice'>, rights: DocumentRights, etag: string, asking: Asking = nobody,
): Promise<InvoiceView> {
  const money = (amount: number) => ({ amount, currency: content.currency });
  const job = await scope.from('jobs').select('online_payment').where('id', '=', row.job_id).executeTakeFirstOrThrow();
  const shown = content.presentation === 'summary' ? { ...content, lines: [] } : content;
  const due = row.status === 'void' ? 0 : content.total - row.settled;
  const pending = (await pendingOf(scope, [row.id], asking)).get(row.id) ?? [];
  return {
    kind: 'invoice', id: row.id, status: invoiceStatusOf(row), overdue: isOverdue(row, today(scope.account.time_zone)), etag, version, sentAt: createdAt, content: shown,
    customerId: row.customer_id, jobId: row.job_id, subtotal: money(content.subtotal), taxes: content.taxes.map((tax) => ({ ...tax, amount: money(content.taxAmounts[tax.key] ?? 0) })),
    tax: money(content.tax), total: money(content.total), paid: money(row.settled), due: money(due), pending, payable: money(payableOf(due, pending)), disputed: await isDisputed(scope, row.id),
    payments: await allocationsOf(scope, row.id), onlinePayment: isPayableOnline(scope, row, job.online_payment),
    rights: { ...rights, approve: false, requestChanges: false, pay: rights.pay && row.kind !== 'credit' && row.status === 'sent' },
  };
}

/**
 * Switched off for the job, it is off for all of its invoices. Nothing can be paid while the account takes no money online, nor
 * what Stripe does not take to the last digit: 12.345 KWD.
 */
export const isPayableOnline = ({ account }: Pick<Scope, 'account'>, row: Pick<InvoiceRow, 'kind' | 'online_payment' | 'total' | 'settled'>, ofJob: 0 | 1): boolean =>
  account.takes_payments === 1 && row.kind !== 'credit' && row.online_payment === 1 && ofJob === 1 && isTaken(account.currency) && (row.total - row.settled) % stepOf(account.currency) === 0;

/** Whether a bank has taken money for it back, or may. Inquiries, which take none, do not count. */
async function isDisputed(scope: Scope, invoiceId: string): Promise<boolean> {
  const row = await scope
    .from('disputes')
    .innerJoin('attempt_items', (join) => join.onRef('attempt_items.account_id', '=', 'disputes.account_id').onRef('attempt_items.attempt_id', '=', 'disputes.attempt_id'))
    .where('attempt_items.invoice_id', '=', invoiceId)
    .where('disputes.state', 'in', ['needs_response', 'under_review'])
    .select('disputes.id')
    .executeTakeFirst();
  return row !== undefined;
}

type Query = z.output<typeof invoiceRowsQuery>;
const columns = [
  'id', 'kind', 'number', 'title', 'status', 'customer_id', 'job_id', 'po_number', 'issued_on', 'due_on', 'total', 'settled', 'online_payment', 'version', 'hash', 'sent_at',
] as const;
type Row = Pick<InvoiceRow, (typeof columns)[number]>;

/** One index range a customer; past this many, one scan over all of them is cheaper. */
const MOST_RANGES = 20;

/** A page of what was sent to these customers: what is open, oldest due first, or everything, newest first. */
export async function listInvoiceRows(scope: Scope, customerIds: string[], query: Query): Promise<{ items: ListedRow[]; nextCursor: string | null }> {
  const limit = query.limit ?? PAGE_SIZE;
  const rows = await select(scope, customerIds, query, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const place = (row: Row) => (query.state === 'open' ? (row.due_on ?? row.issued_on ?? '') : (row.sent_at ?? ''));
  return { items: await viewRows(scope, items), nextCursor: rows.length > limit && last ? toCursor(place(last), last.id) : null };
}

async function select(scope: Scope, customerIds: string[], query: Query, limit: number): Promise<Row[]> {
  const after = query.cursor ? fromCursor(query.cursor, 2) : undefined;
  // A credit has no due day; among the others it stands where it was issued.
  const [place, direction] = query.state === 'open' ? ([`coalesce(due_on, issued_on, '')`, 'asc'] as const) : (['sent_at', 'desc'] as const);
  const range = (customers: string[]) => {
    let rows: SelectQueryBuilder<Database, 'invoices', object> = scope.from('invoices').where('status', '=', 'sent');
    rows = customers.length === 1 ? rows.where('customer_id', '=', customers[0]!) : rows.where('customer_id', 'in', customers);
    if (query.state === 'open') rows = rows.whereRef('settled', '<>', 'total');
    if (query.addressId) rows = rows.where('job_id', 'in', scope.from('jobs').select('jobs.id').where('address_id', '=', query.addressId));
    if (query.q?.trim()) rows = rows.where(sql<boolean>`search_text like ${containing(query.q)} escape '\\'`);
    if (after) rows = rows.where(sql<boolean>`(${sql.raw(place)}, id) ${sql.raw(direction === 'asc' ? '>' : '<')} (${after[0]}, ${after[1]})`);
    return rows.select(columns).orderBy(sql.raw(place), direction).orderBy('id', direction).limit(limit);
  };
  if (customerIds.length === 1 || customerIds.length > MOST_RANGES) return range(customerIds).execute();
  // Each customer's range is read in order and cut; what is merged is a handful of pages, not all their invoices.
  const ranges = customerIds.map((id) => sql`select * from (${range([id])}) as r`);
  const merged = await sql<Row>`select * from (${sql.join(ranges, sql` union all `)}) as invoices
    order by ${sql.raw(place)} ${sql.raw(direction)}, id ${sql.raw(direction)} limit ${limit}`.execute(scope.db);
  return merged.rows;
}

async function viewRows(scope: Scope, rows: Row[]): Promise<ListedRow[]> {
  if (rows.length === 0) return [];
  const [customers, jobs] = await Promise.all([
    scope.from('customers').select(['id', 'name']).where('id', 'in', [...new Set(rows.map((row) => row.customer_id))]).execute(),
    scope.from('jobs').select(['id', 'address_id', 'online_payment']).where('id', 'in', [...new Set(rows.map((row) => row.job_id))]).execute(),
  ]);
  const addressIds = [...new Set(jobs.flatMap((job) => job.address_id ?? []))];
  const addresses = addressIds.length ? await scope.from('addresses').select(['id', 'line1', 'line2']).where('id', 'in', addressIds).execute() : [];
  const lineOf = new Map(addresses.map(({ id, line1, line2 }) => [id, [line1, line2].filter(Boolean).join(', ')]));
  const [nameOf, jobOf] = [new Map(customers.map((customer) => [customer.id, customer.name])), new Map(jobs.map((job) => [job.id, job]))];
  const money = (amount: number) => ({ amount, currency: scope.account.currency });
  const day = today(scope.account.time_zone);
  const pending = await pendingOf(scope, rows.map((row) => row.id), nobody);
  return rows.map((row) => {
    const job = jobOf.get(row.job_id)!;
    return {
      id: row.id, kind: row.kind, number: row.number ?? '', title: row.title, status: invoiceStatusOf(row), overdue: isOverdue(row, day), customerId: row.customer_id,
      customerName: nameOf.get(row.customer_id) ?? '', jobId: row.job_id, address: (job.address_id && lineOf.get(job.address_id)) || null, poNumber: row.po_number,
      issuedOn: row.issued_on ?? '', dueOn: row.kind === 'credit' ? null : row.due_on, total: money(row.total), due: money(row.total - row.settled),
      payable: money(payableOf(row.total - row.settled, pending.get(row.id))), onlinePayment: isPayableOnline(scope, row, job.online_payment), etag: etagOf(row.version, row.hash),
    };
  });
}
