/** The work history of one or several customers: what waits for an answer, what comes, what was. */
import { sql, type SelectQueryBuilder } from 'kysely';
import type { z } from 'zod';
import type { DocumentKind } from '../contract/documents.ts';
import type { addressViews, History, JobRow, jobsQuery, VisitView } from '../contract/work.ts';
import type { AddressesTable, Database, JobsTable, VisitsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { fromCursor, PAGE_SIZE, toCursor } from '../platform/paging.ts';
import { containing } from '../platform/text.ts';
import type { Selectable } from 'kysely';
import { startOfToday, UNSCHEDULED } from './derive.ts';
import { askingDocuments, duesOf } from './document-rows.ts';

type Query = Omit<z.output<typeof jobsQuery>, 'when'>;
export type When = z.output<typeof jobsQuery>['when'];
type Page = { items: JobRow[]; nextCursor: string | null };

/** One index range a customer; past this many, one scan over all of them is cheaper. */
const MOST_RANGES = 20;

const columns = [
  'id', 'number', 'service', 'status', 'customer_id', 'address_id', 'technician', 'subtotal', 'tax', 'paid', 'created_at', 'completed_at', 'occurs_at', 'waits_for',
] as const;
type Row = Pick<Selectable<JobsTable>, (typeof columns)[number]>;
const visitColumns = ['id', 'job_id', 'starts_at', 'ends_at', 'arrival_window_minutes', 'date', 'sort_at', 'technician'] as const;
const addressColumns = ['id', 'customer_id', 'name', 'line1', 'line2', 'city', 'region', 'postal_code', 'country'] as const;
type AddressLines = Pick<Selectable<AddressesTable>, 'id' | 'line1' | 'line2'>;

/** A page of jobs of these customers, newest first (upcoming ones soonest first). */
export async function listJobs(scope: Scope, customerIds: string[], when: When, query: Query): Promise<Page> {
  const limit = query.limit ?? PAGE_SIZE;
  const today = startOfToday(scope.account.time_zone);
  const rows = await select(scope, customerIds, when, today, { ...query, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: await viewRows(scope, items, today), nextCursor: rows.length > limit && last ? toCursor(last.occurs_at, last.id) : null };
}

/** The first screen in one go; the three lists share their look-ups. */
export async function firstScreen(scope: Scope, customerIds: string[], addressId?: string): Promise<History> {
  const limit = PAGE_SIZE;
  const today = startOfToday(scope.account.time_zone);
  const list = (when: When) => select(scope, customerIds, when, today, { limit: limit + 1, ...(addressId ? { addressId } : {}) });
  const [addresses, ...lists] = await Promise.all([addressesOf(scope, customerIds), list('waiting'), list('upcoming'), list('past')]);
  const kept = lists.map((rows) => rows.slice(0, limit));
  const views = new Map((await viewRows(scope, kept.flat(), today, addresses)).map((view) => [view.id, view]));
  const pages = kept.map((rows, index): Page => {
    const last = rows.at(-1);
    return { items: rows.map((row) => views.get(row.id)!), nextCursor: lists[index]!.length > limit && last ? toCursor(last.occurs_at, last.id) : null };
  });
  return { waiting: pages[0]!, upcoming: pages[1]!, past: pages[2]!, addresses: addresses.map(viewAddress) };
}

type AddressItem = z.input<typeof addressViews.shape.items>[number];
const addressesOf = (scope: Scope, customerIds: string[]) =>
  scope.from('addresses').select(addressColumns).where('customer_id', 'in', customerIds).orderBy('line1').orderBy('id').limit(200).execute();
const viewAddress = (row: Pick<Selectable<AddressesTable>, (typeof addressColumns)[number]>): AddressItem => ({
  id: row.id, customerId: row.customer_id, name: row.name, line1: row.line1, line2: row.line2, city: row.city, region: row.region,
  postalCode: row.postal_code, country: row.country,
});

async function select(scope: Scope, customerIds: string[], when: When, today: string, query: Query): Promise<Row[]> {
  const ascending = when === 'upcoming';
  const after = query.cursor ? fromCursor(query.cursor, 2) : undefined;
  const limit = query.limit ?? PAGE_SIZE;

  const range = (customers: string[]) => {
    let jobs: SelectQueryBuilder<Database, 'jobs', object> = scope.from('jobs');
    jobs = customers.length === 1 ? jobs.where('customer_id', '=', customers[0]!) : jobs.where('customer_id', 'in', customers);
    if (when === 'waiting') jobs = jobs.where('waits_for', 'is not', null);
    else if (when === 'upcoming') jobs = jobs.where('open', '=', 1).where('occurs_at', '>=', today);
    else jobs = jobs.where((eb) => eb.or([eb('open', '=', 0), eb('occurs_at', '<', today)]));
    if (query.addressId) jobs = jobs.where('address_id', '=', query.addressId);
    if (query.q?.trim()) jobs = jobs.where(sql<boolean>`search_text like ${containing(query.q)} escape '\\'`);
    if (after) jobs = jobs.where(sql<boolean>`(occurs_at, id) ${sql.raw(ascending ? '>' : '<')} (${after[0]}, ${after[1]})`);
    const direction = ascending ? 'asc' : 'desc';
    return jobs.select(columns).orderBy('occurs_at', direction).orderBy('id', direction).limit(limit);
  };
  if (customerIds.length === 1 || customerIds.length > MOST_RANGES) return range(customerIds).execute();
  // Each customer's range is read in order and cut; what is merged is a handful of pages, not all their jobs.
  const ranges = customerIds.map((id) => sql`select * from (${range([id])}) as r`);
  const direction = sql.raw(ascending ? 'asc' : 'desc');
  const merged = await sql<Row>`select * from (${sql.join(ranges, sql` union all `)}) as jobs order by occurs_at ${direction}, id ${direction} limit ${limit}`.execute(scope.db);
  return merged.rows;
}

/** @param known addresses at hand; only others are read. */
async function viewRows(scope: Scope, rows: Row[], today: string, known: AddressLines[] = []): Promise<JobRow[]> {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map((row) => row.id))];
  const lineOf = new Map(known.map((address) => [address.id, lineFrom(address)]));
  const unknown = [...new Set(rows.flatMap((row) => (row.address_id && !lineOf.has(row.address_id) ? row.address_id : [])))];
  const [customers, addresses, visits, asking, dues] = await Promise.all([
    scope.from('customers').select(['id', 'name']).where('id', 'in', [...new Set(rows.map((row) => row.customer_id))]).execute(),
    unknown.length ? scope.from('addresses').select(['id', 'line1', 'line2']).where('id', 'in', unknown).execute() : [],
    scope.from('visits').select(visitColumns).where('job_id', 'in', ids).orderBy('sort_at').execute(),
    askingDocuments(scope, rows),
    duesOf(scope, ids),
  ]);
  for (const address of addresses) lineOf.set(address.id, lineFrom(address));
  const nameOf = new Map(customers.map((customer) => [customer.id, customer.name]));
  const visitsOf = Map.groupBy(visits, (visit) => visit.job_id);
  const money = (amount: number) => ({ amount, currency: scope.account.currency });
  const askedBy = (document: { kind: DocumentKind; id: string; amount: number } | undefined) => document ? { ...document, amount: money(document.amount) } : null;
  return rows.map((row) => {
    const own = visitsOf.get(row.id) ?? [];
    const visit = own.find((item) => item.sort_at >= today) ?? own.at(-1);
    return {
      id: row.id, number: row.number, service: row.service, status: row.status, customerId: row.customer_id, customerName: nameOf.get(row.customer_id) ?? '',
      address: (row.address_id && lineOf.get(row.address_id)) || null, visit: visit ? viewVisit(visit) : null,
      occurredAt: row.occurs_at === UNSCHEDULED ? row.created_at : row.occurs_at, technician: visit?.technician ?? row.technician,
      total: row.subtotal + row.tax === 0 ? null : money(row.subtotal + row.tax),
      balance: row.subtotal + row.tax === 0 ? null : money(row.subtotal + row.tax - row.paid), waitsFor: row.waits_for,
      due: dues.has(row.id) ? money(dues.get(row.id)!) : null, waitsDocument: askedBy(asking.get(row.id)),
    };
  });
}

const lineFrom = ({ line1, line2 }: AddressLines): string => [line1, line2].filter(Boolean).join(', ');

export const viewVisit = (visit: Pick<Selectable<VisitsTable>, (typeof visitColumns)[number]>): VisitView => ({
  id: visit.id, startsAt: visit.starts_at, endsAt: visit.ends_at, arrivalWindowMinutes: visit.arrival_window_minutes, date: visit.date, technician: visit.technician,
});
