/** Jobs as the office writes them. What a customer reads of one is `job.ts`. */
import { sql } from 'kysely';
import { endLinks } from '../access/links.ts';
import type { Scope } from '../database/scope.ts';
import { recheckPayments } from '../documents/pending.ts';
import { invalidField } from '../platform/problems.ts';
import { jobSearchText, UNSCHEDULED } from './derive.ts';
import { flag, referred, stored, type RecordKind, type Row } from './kind.ts';
import { partFromStrangers } from './ledger.ts';
import { numberFor } from './numbers.ts';
import { refreshJobs } from './refresh.ts';

export const jobs: RecordKind<'jobs'> = {
  name: 'jobs',
  prefix: 'job',
  fieldsOf: (row) => ({
    customerId: row.customer_id, addressId: row.address_id, contactId: row.contact_id, number: row.number, service: row.service, scope: row.scope,
    status: row.status, technician: row.technician, poNumber: row.po_number, presentation: row.presentation, onlinePayment: row.online_payment === 1, tax: row.fixed_tax, taxIncluded: row.tax_included === 1,
    completedAt: row.completed_at, estimateSentOn: row.estimate_sent_on, estimateAnsweredOn: row.estimate_answered_on, invoicedOn: row.invoiced_on,
  }),
  more(row, { account: { currency } }) {
    const total = row.subtotal + row.tax;
    return { total: { amount: total, currency }, balance: { amount: total - row.paid, currency } };
  },
  async columnsOf(scope, fields, before) {
    const customer = await referred(scope, 'customers', fields.customerId, '/customerId');
    const family = [customer.id, customer.parent_id];
    if (fields.addressId !== null) await checkOwn(scope, 'addresses', fields.addressId, family, '/addressId');
    if (fields.contactId !== null) await checkOwn(scope, 'contacts', fields.contactId, family, '/contactId');
    const columns = {
      customer_id: fields.customerId, address_id: fields.addressId, contact_id: fields.contactId,
      number: await numberFor(scope, 'jobs', fields.number, before), service: fields.service, scope: fields.scope, status: fields.status,
      technician: fields.technician, po_number: fields.poNumber, presentation: fields.presentation, online_payment: flag(fields.onlinePayment),
      fixed_tax: fields.tax, tax_included: flag(fields.taxIncluded),
      completed_at: stored(fields.completedAt), estimate_sent_on: fields.estimateSentOn, estimate_answered_on: fields.estimateAnsweredOn,
      invoiced_on: fields.invoicedOn,
    };
    const derived = { subtotal: 0, tax: 0, paid: 0, occurs_at: UNSCHEDULED, open: 1, waits_for: null } as const;
    return { ...columns, search_text: jobSearchText(columns), ...(before ? {} : derived) };
  },
  async settle(scope, after, before) {
    if (after) {
      if (before) await jobMoved(scope, before, after);
      if (before?.online_payment === 1 && after.online_payment === 0)
        await recheckPayments(scope, (await scope.from('invoices').select('id').where('job_id', '=', after.id).execute()).map((row) => row.id));
      return refreshJobs(scope, [after.id]);
    }
    if (before) await endLinks(scope, { document_kind: 'job', document_id: before.id });
  },
  keptBy: [['visits', 'job_id'], ['charges', 'job_id'], ['notes', 'job_id'], ['payments', 'job_id'], ['estimates', 'job_id'], ['invoices', 'job_id'], ['messages', 'job_id']],
  takesAlong: [['imported_documents', 'job_id']],
  search: (pattern) => sql`(jobs.search_text like ${pattern} escape '\\'
    or exists (select 1 from customers as c where c.account_id = jobs.account_id and c.id = jobs.customer_id and c.search_text like ${pattern} escape '\\')
    or exists (select 1 from addresses as a where a.account_id = jobs.account_id and a.id = jobs.address_id and a.search_text like ${pattern} escape '\\'))`,
};

/**
 * A job that is another customer's from now on takes its payments and documents along; links to it opened it for the former one.
 * What the former one has paid for its account stays theirs.
 */
export async function jobMoved(scope: Scope, before: Pick<Row<'jobs'>, 'id' | 'customer_id'>, after: Pick<Row<'jobs'>, 'customer_id'>): Promise<void> {
  if (before.customer_id === after.customer_id) return;
  await scope.update('payments').set({ customer_id: after.customer_id }).where('job_id', '=', before.id).execute();
  await endLinks(scope, { document_kind: 'job', document_id: before.id });
  for (const table of ['estimates', 'invoices'] as const) {
    const moved = await scope.update(table as 'invoices').set({ customer_id: after.customer_id }).where('job_id', '=', before.id).returning('id').execute();
    for (const { id } of moved) await endLinks(scope, { document_id: id });
    if (table === 'invoices') await recheckPayments(scope, moved.map((row) => row.id));
  }
  await refreshJobs(scope, [...new Set(await partFromStrangers(scope, before.id, after.customer_id))]);
}

/** An address or contact of this customer, or of its parent. Those of others are as absent as none. */
async function checkOwn(scope: Scope, name: 'addresses' | 'contacts', id: string, family: (string | null)[], path: string): Promise<void> {
  const row = await referred(scope, name, id, path);
  if (!family.includes(row.customer_id)) throw invalidField(path, 'belongs to another customer');
}
