/** One job, everything its screen shows. */
import type { JobOverview } from '../contract/office.ts';
import type { Scope } from '../database/scope.ts';
import { findRecord, viewRecord } from '../work/records.ts';
import { listDocumentRows } from './document-rows.ts';

const MANY = 100;

/** @throws {Problem} `not_found`. */
export async function viewOfficeJob(scope: Scope, id: string): Promise<JobOverview> {
  const job = await findRecord(scope, 'jobs', id);
  const customer = await scope.from('customers').select(['id', 'name', 'parent_id']).where('id', '=', job.customerId).executeTakeFirstOrThrow();
  const parent = customer.parent_id === null ? undefined : await scope.from('customers').select(['id', 'name']).where('id', '=', customer.parent_id).executeTakeFirst();
  const family = [customer.id, ...(parent ? [parent.id] : [])];
  // Also what was paid for the customer's account and went to this job's invoices.
  const paying = scope
    .from('payments').select('payments.id').where('payments.job_id', '=', id)
    .union(scope.from('allocations').select((row) => row.ref('allocations.payment_id').$notNull().as('id')).where('allocations.job_id', '=', id).where('payment_id', 'is not', null));
  const query = { limit: MANY, state: 'all' as const, jobId: id };
  return {
    job: job as JobOverview['job'], customer: { id: customer.id, name: customer.name, parent: parent ?? null },
    contacts: (await scope.from('contacts').selectAll().where('customer_id', 'in', family).orderBy('id').execute()).map((row) => viewRecord(scope, 'contacts', row) as JobOverview['contacts'][number]),
    addresses: (await scope.from('addresses').selectAll().where('customer_id', 'in', family).orderBy('id').execute()).map((row) => viewRecord(scope, 'addresses', row) as JobOverview['addresses'][number]),
    visits: (await scope.from('visits').selectAll().where('job_id', '=', id).orderBy('sort_at').orderBy('id').execute()).map((row) => viewRecord(scope, 'visits', row) as JobOverview['visits'][number]),
    charges: (await scope.from('charges').selectAll().where('job_id', '=', id).orderBy('position').orderBy('id').execute()).map((row) => viewRecord(scope, 'charges', row) as JobOverview['charges'][number]),
    notes: (await scope.from('notes').selectAll().where('job_id', '=', id).orderBy('created_at', 'desc').orderBy('id', 'desc').execute()).map((row) => viewRecord(scope, 'notes', row) as JobOverview['notes'][number]),
    payments: (await scope.from('payments').selectAll().where('id', 'in', paying).orderBy('received_on').orderBy('id').execute()).map((row) => viewRecord(scope, 'payments', row) as JobOverview['payments'][number]),
    estimates: (await listDocumentRows(scope, { ...query, kind: 'estimate' })).items, invoices: (await listDocumentRows(scope, { ...query, kind: 'invoice' })).items,
  };
}
