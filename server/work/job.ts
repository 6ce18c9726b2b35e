/** One job as its customer may see it: only shared notes, and no lines where the contractor shows a summary. */
import type { JobView } from '../contract/work.ts';
import type { Scope } from '../database/scope.ts';
import { notFound } from '../platform/problems.ts';
import { maskAddress } from '../platform/text.ts';
import { viewVisit } from './history.ts';
import { decimalOf } from '../contract/totals.ts';
import { documentsOfJob, duesOf } from './document-rows.ts';

/** Whoever holds a document link sees the job sheet, but not how to reach the contact. */
export interface JobAudience {
  customerIds?: string[];
  masked?: boolean;
}

/** @throws {Problem} `not_found` when there is no such job among these customers. */
export async function viewJob(scope: Scope, jobId: string, { customerIds, masked }: JobAudience): Promise<JobView> {
  const job = await scope.from('jobs').selectAll().where('id', '=', jobId).executeTakeFirst();
  if (!job || (customerIds && !customerIds.includes(job.customer_id))) throw notFound();
  const [customer, address, contact, visits, charges, payments, notes, documents, dues] = await Promise.all([
    scope.from('customers').select(['id', 'name']).where('id', '=', job.customer_id).executeTakeFirstOrThrow(),
    job.address_id ? scope.from('addresses').selectAll().where('id', '=', job.address_id).executeTakeFirst() : undefined,
    job.contact_id ? scope.from('contacts').selectAll().where('id', '=', job.contact_id).executeTakeFirst() : undefined,
    scope.from('visits').selectAll().where('job_id', '=', jobId).orderBy('sort_at').execute(),
    job.presentation === 'detailed' ? scope.from('charges').selectAll().where('job_id', '=', jobId).orderBy('position').orderBy('id').execute() : [],
    paymentsOf(scope, jobId),
    scope.from('notes').selectAll().where('job_id', '=', jobId).where('shared', '=', 1).orderBy('created_at', 'desc').orderBy('id').execute(),
    documentsOfJob(scope, jobId),
    duesOf(scope, [jobId]),
  ]);
  const money = (amount: number) => ({ amount, currency: scope.account.currency });
  const hide = (value: string | null) => (masked && value ? maskAddress(value) : value);
  const total = job.subtotal + job.tax;
  return {
    id: job.id, number: job.number, service: job.service, scope: job.scope, status: job.status, customer,
    address: address
      ? { id: address.id, name: address.name, line1: address.line1, line2: address.line2, city: address.city, region: address.region, postalCode: address.postal_code, country: address.country }
      : null,
    contact: contact ? { name: contact.name, email: hide(contact.email), mobile: hide(contact.mobile) } : null,
    technician: job.technician, visits: visits.map(viewVisit), presentation: job.presentation,
    charges: charges.map((charge) => ({
      id: charge.id, description: charge.description, details: charge.details, quantity: decimalOf(charge.quantity), unit: charge.unit,
      unitPrice: money(charge.unit_price), discount: money(charge.discount), total: money(charge.total),
    })),
    payments: payments.map((payment) => ({ id: payment.id, receivedOn: payment.received_on, method: payment.method, amount: money(payment.amount), reference: payment.reference })),
    subtotal: money(job.subtotal), tax: money(job.tax), total: money(total), paid: money(job.paid), balance: money(total - job.paid),
    due: dues.has(jobId) ? money(dues.get(jobId)!) : null,
    waitsFor: job.waits_for, notes: notes.map((note) => ({ id: note.id, author: note.author, body: note.body, createdAt: note.created_at })),
    documents, createdAt: job.created_at, completedAt: job.completed_at,
  };
}

/** What was paid for this job, whole payments and its share of others. */
async function paymentsOf(scope: Scope, jobId: string) {
  const rows = await scope
    .from('allocations')
    .innerJoin('payments', (join) => join.onRef('payments.account_id', '=', 'allocations.account_id').onRef('payments.id', '=', 'allocations.payment_id'))
    .where('allocations.job_id', '=', jobId)
    .select(['payments.id', 'payments.received_on', 'payments.method', 'payments.reference', 'allocations.amount'])
    .orderBy('payments.received_on')
    .orderBy('payments.id')
    .execute();
  return [...Map.groupBy(rows, (row) => row.id).values()].map((shares) => ({ ...shares[0]!, amount: shares.reduce((sum, share) => sum + share.amount, 0) }));
}
