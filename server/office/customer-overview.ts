/** One customer, everything its screen begins with. */
import { sql } from 'kysely';
import type { CustomerOverview } from '../contract/office.ts';
import type { Scope } from '../database/scope.ts';
import { findRecord, listRecords, viewRecord } from '../work/records.ts';
import { signedInOf, worksAs } from './customer-access.ts';
import { duesOfCustomers } from './customer-rows.ts';
import { listDocumentRows } from './document-rows.ts';
import { listJobRows } from './job-rows.ts';
import { seenByContact } from './last-seen.ts';

/** Of the newest; the lists have the others. */
const MANY = 100;

/** @throws {Problem} `not_found`. */
export async function viewCustomer(scope: Scope, id: string): Promise<CustomerOverview> {
  const customer = await findRecord(scope, 'customers', id);
  const money = (amount: number) => ({ amount, currency: scope.account.currency });
  const family = scope.from('customers').select(['id', 'name']);
  const parent = customer.parentId === null ? undefined : await family.where('id', '=', customer.parentId).executeTakeFirst();
  const children = await family.where('parent_id', '=', id).orderBy('name_key').orderBy('id').execute();
  const contacts = await scope.from('contacts').selectAll().where('customer_id', '=', id).orderBy('id').execute();
  const addresses = await scope.from('addresses').selectAll().where('customer_id', '=', id).orderBy('id').execute();
  const [seen, links, sessions, dues] = [await seenByContact(scope, id), await worksAs(scope, id), await signedInOf(scope, contacts), await duesOfCustomers(scope, [id])];
  const query = { limit: MANY, state: 'all' as const, customerId: id };
  return {
    customer: customer as CustomerOverview['customer'], parent: parent ?? null, children,
    contacts: contacts.map((row) => ({
      ...(viewRecord(scope, 'contacts', row) as CustomerOverview['contacts'][number]), lastSeenAt: seen.get(row.id) ?? null,
      links: links.get(row.id) ?? 0, sessions: sessions.filter((session) => session.kind === 'customer' && session.contactIds.includes(row.id)).length,
    })),
    addresses: addresses.map((row) => viewRecord(scope, 'addresses', row) as CustomerOverview['addresses'][number]),
    due: money(dues.get(id)?.amount ?? 0), credit: money(await creditOf(scope, id)), openInvoices: dues.get(id)?.invoices ?? 0,
    jobs: await listJobRows(scope, { ...query, limit: undefined }),
    estimates: (await listDocumentRows(scope, { ...query, kind: 'estimate' })).items, invoices: (await listDocumentRows(scope, { ...query, kind: 'invoice' })).items,
    payments: (await listRecords(scope, 'payments', { customerId: id, limit: MANY })).items as CustomerOverview['payments'],
    lastSeenAt: [...seen.values()].sort().at(-1) ?? null,
  };
}

/** What this customer has paid and no invoice has taken. */
async function creditOf(scope: Scope, customerId: string): Promise<number> {
  const paid = await scope.from('payments').where('customer_id', '=', customerId).select(sql<number>`cast(coalesce(sum(amount), 0) as bigint)`.as('sum')).executeTakeFirstOrThrow();
  const taken = await scope
    .from('allocations')
    .innerJoin('payments', (join) => join.onRef('payments.account_id', '=', 'allocations.account_id').onRef('payments.id', '=', 'allocations.payment_id'))
    .where('payments.customer_id', '=', customerId)
    .where('allocations.invoice_id', 'is not', null)
    .select(sql<number>`cast(coalesce(sum(allocations.amount), 0) as bigint)`.as('sum'))
    .executeTakeFirstOrThrow();
  return paid.sum - taken.sum;
}
