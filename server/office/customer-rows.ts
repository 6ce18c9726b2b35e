/** The list of customers, with what somebody wants to know before opening one. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type { CustomerRow, customerRowsQuery } from '../contract/office.ts';
import type { Scope } from '../database/scope.ts';
import { fromCursor, PAGE_SIZE, toCursor } from '../platform/paging.ts';
import { searchCustomers } from './customer-search.ts';
import { seenByCustomer } from './last-seen.ts';

type Page = { items: CustomerRow[]; nextCursor: string | null };

/** A to Z; with `q` the best matches first. */
export async function listCustomerRows(scope: Scope, { q, cursor, limit = PAGE_SIZE }: z.output<typeof customerRowsQuery>): Promise<Page> {
  if (q) {
    const { ids, nextCursor } = await searchCustomers(scope, q, { cursor, limit });
    return { items: await viewCustomerRows(scope, ids), nextCursor };
  }
  let rows = scope.from('customers').select(['id', 'name_key']).orderBy('name_key').orderBy('id').limit(limit + 1);
  const after = cursor === undefined ? undefined : fromCursor(cursor, 2);
  if (after) rows = rows.where(sql<boolean>`(name_key, id) > (${after[0]}, ${after[1]})`);
  const found = await rows.execute();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items: await viewCustomerRows(scope, items.map((row) => row.id)), nextCursor: found.length > limit && last ? toCursor(last.name_key, last.id) : null };
}

/** These customers, in this order. */
export async function viewCustomerRows(scope: Scope, ids: string[]): Promise<CustomerRow[]> {
  if (!ids.length) return [];
  const customers = await scope.from('customers').select(['id', 'number', 'name', 'company', 'active', 'parent_id']).where('id', 'in', ids).execute();
  const parentIds = [...new Set(customers.flatMap((row) => row.parent_id ?? []))];
  const first = (table: 'contacts' | 'addresses') => scope.from(table as 'contacts').select((row) => row.fn.min('id').as('id')).where('customer_id', 'in', ids).groupBy('customer_id');
  const [parents, contacts, addresses, dues, jobs, seen] = await Promise.all([
    parentIds.length ? scope.from('customers').select(['id', 'name']).where('id', 'in', parentIds).execute() : [],
    scope.from('contacts').select(['id', 'customer_id', 'name', 'email', 'mobile']).where('id', 'in', first('contacts')).execute(),
    scope.from('addresses').select(['customer_id', 'line1', 'line2', 'city', 'region', 'postal_code']).where('id', 'in', first('addresses')).execute(),
    duesOfCustomers(scope, ids),
    scope.from('jobs').select(['customer_id', (row) => row.fn.countAll<number>().as('count')]).where('customer_id', 'in', ids).where(sql<boolean>`open = 1`).groupBy('customer_id').execute(),
    seenByCustomer(scope, ids),
  ]);
  const by = <Row extends { customer_id: string }>(rows: Row[]) => new Map(rows.map((row) => [row.customer_id, row]));
  const [rowOf, parentOf, contactOf, addressOf, jobsOf] = [new Map(customers.map((row) => [row.id, row])), new Map(parents.map((row) => [row.id, row])), by(contacts), by(addresses), by(jobs)];
  return ids.flatMap((id) => {
    const row = rowOf.get(id);
    if (!row) return [];
    const [contact, address] = [contactOf.get(id), addressOf.get(id)];
    return {
      id, number: row.number, name: row.name, company: row.company === 1, active: row.active === 1, parent: (row.parent_id && parentOf.get(row.parent_id)) || null,
      contact: contact ? { id: contact.id, name: contact.name, email: contact.email, mobile: contact.mobile } : null, address: address ? lineOf(address) : null,
      due: { amount: dues.get(id)?.amount ?? 0, currency: scope.account.currency }, openJobs: Number(jobsOf.get(id)?.count ?? 0), lastSeenAt: seen.get(id) ?? null,
    };
  });
}

/** What is due of the invoices that were sent to each of these customers, and of how many. Without credits. */
export async function duesOfCustomers(scope: Scope, ids: string[]): Promise<Map<string, { amount: number; invoices: number }>> {
  const rows = await scope
    .from('invoices')
    .select(['customer_id', sql<number>`cast(sum(total - settled) as bigint)`.as('amount'), (row) => row.fn.countAll<number>().as('invoices')])
    .where('customer_id', 'in', ids)
    // As the index says it.
    .where(sql<boolean>`status = 'sent' and settled <> total`)
    .whereRef('settled', '<', 'total')
    .where('kind', '<>', 'credit')
    .groupBy('customer_id')
    .execute();
  return new Map(rows.map((row) => [row.customer_id, { amount: row.amount, invoices: Number(row.invoices) }]));
}

interface AddressLines {
  line1: string;
  line2: string | null;
  city: string;
  region?: string;
  postal_code?: string;
}
/** An address in one line. */
export const lineOf = ({ line1, line2, city, region, postal_code: code }: AddressLines): string =>
  [line1, line2, city, [region, code].filter(Boolean).join(' ')].filter(Boolean).join(', ');
