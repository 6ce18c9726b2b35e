/** Jobs as the office lists them: newest first, found by number and by customer. */
import { sql, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { OfficeJobRow, officeJobRowsQuery } from '../contract/office.ts';
import type { JobsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { startOfToday } from '../work/derive.ts';
import { viewVisit } from '../work/history.ts';
import { lineOf } from './customer-rows.ts';
import { newestOf } from './newest.ts';

const columns = ['id', 'number', 'service', 'status', 'customer_id', 'address_id', 'subtotal', 'tax', 'paid', 'waits_for', 'created_at'] as const;
type Row = Pick<Selectable<JobsTable>, (typeof columns)[number]>;

const states = { open: sql<boolean>`open = 1`, complete: sql<boolean>`status = 'complete'`, canceled: sql<boolean>`status in ('canceled', 'lost')` };

export async function listJobRows(scope: Scope, query: z.output<typeof officeJobRowsQuery> & { customers?: string[] }): Promise<{ items: OfficeJobRow[]; nextCursor: string | null }> {
  const { rows, nextCursor } = await newestOf(scope, 'jobs', query, () => {
    let jobs = scope.from('jobs').select(columns);
    if (query.state !== 'all') jobs = jobs.where(states[query.state]);
    if (query.customerId !== undefined) jobs = jobs.where('customer_id', '=', query.customerId);
    return jobs;
  });
  return { items: await viewJobRows(scope, rows), nextCursor };
}

async function viewJobRows(scope: Scope, rows: Row[]): Promise<OfficeJobRow[]> {
  if (!rows.length) return [];
  const addressIds = [...new Set(rows.flatMap((row) => row.address_id ?? []))];
  const [customers, addresses, visits] = await Promise.all([
    scope.from('customers').select(['id', 'name']).where('id', 'in', [...new Set(rows.map((row) => row.customer_id))]).execute(),
    addressIds.length ? scope.from('addresses').select(['id', 'line1', 'line2', 'city']).where('id', 'in', addressIds).execute() : [],
    scope.from('visits').select(['id', 'job_id', 'starts_at', 'ends_at', 'arrival_window_minutes', 'date', 'sort_at', 'technician']).where('job_id', 'in', rows.map((row) => row.id)).orderBy('sort_at').execute(),
  ]);
  const [customerOf, lines, visitsOf] = [new Map(customers.map((row) => [row.id, row])), new Map(addresses.map((row) => [row.id, lineOf(row)])), Map.groupBy(visits, (row) => row.job_id)];
  const today = startOfToday(scope.account.time_zone);
  const money = (amount: number) => ({ amount, currency: scope.account.currency });
  return rows.map((row) => {
    const own = visitsOf.get(row.id) ?? [];
    const visit = own.find((each) => each.sort_at >= today) ?? own.at(-1);
    const total = row.subtotal + row.tax;
    return {
      id: row.id, number: row.number, service: row.service, status: row.status, customer: customerOf.get(row.customer_id) ?? { id: row.customer_id, name: '' },
      address: (row.address_id && lines.get(row.address_id)) || null, visit: visit ? viewVisit(visit) : null, total: money(total), balance: money(total - row.paid),
      waitsFor: row.waits_for, createdAt: row.created_at,
    };
  });
}
