/** Writes jobs with their visit, charges, payments and documents. */
import { markInvoiced } from '../invoices/sending.ts';
import { jobSearchText, visitSortAt } from '../work/derive.ts';
import { jobMoved } from '../work/jobs.ts';
import { refreshJobs } from '../work/refresh.ts';
import { writeCharges } from './charge-rows.ts';
import { checkBalances, settleSubtotals } from './differences.ts';
import { applyDocuments, rewriteDocuments } from './documents.ts';
import { inList, pieces } from '../platform/lists.ts';
import { settleNumbers } from './numbers.ts';
import { applyParts, changedParts, deletedHere, held, remember, removeParts, rowIds, writeParts, type Part, type Work } from './parts.ts';
import type { ChargeRecord, JobRecord, PaymentRecord, RecordKind, Removal } from './records.ts';

/** Jobs with everything under them, as the source says it. */
export interface JobBatch {
  jobs: JobRecord[];
  charges: (ChargeRecord | Removal)[];
  payments: (PaymentRecord | Removal)[];
  /** Kinds that the export has a file of: where there is none, nothing is known rather than nothing there. */
  kinds: ReadonlySet<RecordKind>;
}

export async function applyJobs(work: Work, given: JobBatch): Promise<void> {
  const { changed: touched, updated } = await writeJobs(work, given.jobs);
  const rows = await rowIds(work, 'job', given.jobs.map(({ id }) => id));
  for (const job of given.jobs) if (!rows.has(job.id)) work.tally.issues.push(deletedHere('job', job));
  const batch = {
    ...given,
    jobs: given.jobs.filter(({ id }) => rows.has(id)),
    charges: given.charges.filter(({ jobId }) => rows.has(jobId)),
    payments: given.payments.filter(({ jobId }) => rows.has(jobId)),
  };
  for (const id of await writeVisits(work, batch.jobs, rows)) touched.add(id);
  await writeWords(work, batch.jobs, rows);
  const lines = await applyLines(work, batch, rows);
  const adjustments = await settleSubtotals(work, batch, rows);
  checkBalances(work, batch);
  for (const id of [lines.touched, adjustments.changed, adjustments.removed].flatMap((ids) => [...ids])) touched.add(id);
  const stale = new Set([...touched].flatMap((id) => rows.get(id) ?? []));
  for (const row of await applyDocuments(work, batch, rows, lines.recharged.union(adjustments.jobs))) stale.add(row);
  await keepVoid(work, updated);
  if (stale.size) await refreshJobs(work.scope, inList([...stale]));
}

interface LinesApplied {
  /** Jobs of which a line has changed, by the source's ids. */
  touched: Set<string>;
  /** Rows of jobs whose charges are others now. */
  recharged: Set<string>;
}

/** Charges and payments of jobs that are here already; `rows` are those jobs by the source's ids. */
export async function applyLines(work: Work, { charges, payments }: Pick<JobBatch, 'charges' | 'payments'>, rows: Map<string, string>): Promise<LinesApplied> {
  const touched = new Set<string>();
  const parts = chargeParts(charges.filter((charge) => 'total' in charge), rows);
  const gone = charges.filter((charge) => 'removed' in charge);
  const written = await writeCharges(work, 'charge', parts, gone.map(({ id }) => id));
  for (const { id, job } of parts) if (written.changed.has(id)) touched.add(job);
  for (const { id, jobId } of gone) if (written.removed.has(id)) touched.add(jobId);
  const emptied = await applyPayments(work, payments, rows, touched);
  const here = new Set(rows.values());
  // Jobs that a line has left for another; they may not be among `rows`.
  const left = [...written.jobs, ...emptied].filter((row) => !here.has(row));
  await rewriteDocuments(work, [...written.jobs].filter((row) => !here.has(row)));
  if (left.length) await refreshJobs(work.scope, inList(left));
  return { touched, recharged: written.jobs.intersection(here) };
}

/** @returns rows of jobs that a payment has left. */
async function applyPayments(work: Work, payments: JobBatch['payments'], rows: Map<string, string>, touched: Set<string>): Promise<Set<string>> {
  const left = new Set<string>();
  const customers = await customersOf(work, [...rows.values()]);
  const parts = payments.filter((payment) => 'amount' in payment).map((payment) => paymentPart(payment, rows.get(payment.jobId)!, customers));
  const before = await held(work, 'payment', await rowIds(work, 'payment', parts.map(({ id }) => id)), ['id', 'job_id']);
  const changed = await applyParts(work, 'payment', parts);
  for (const part of parts) {
    if (!changed.has(part.id)) continue;
    touched.add(part.job);
    const was = before.get(part.id)?.job_id;
    if (was && was !== rows.get(part.job)) left.add(was);
  }
  const removed = payments.filter((payment) => 'removed' in payment);
  const gone = await removeParts(work, 'payment', removed.map(({ id }) => id));
  for (const { id, jobId } of removed) if (gone.has(id)) touched.add(jobId);
  return left;
}

/** A job whose invoice the office has made void is not invoiced, whatever the source says of it. */
async function keepVoid(work: Work, jobs: string[]): Promise<void> {
  if (!jobs.length) return;
  const voided = await work.scope.from('invoices').select('job_id').where('job_id', 'in', inList(jobs)).where('status', '=', 'void').distinct().execute();
  for (const { job_id: job } of voided) await markInvoiced(work.scope, job);
}

/** @returns the ids of jobs that are new or changed, and the rows of the latter. */
async function writeJobs(work: Work, records: JobRecord[]): Promise<{ changed: Set<string>; updated: string[] }> {
  const parts = records.map((record) => {
    const { id, number, createdAt, customerId, service, scope, status, poNumber, presentation, tax, completedAt, estimateSentOn, estimateAnsweredOn, invoicedOn } = record;
    const content = { customerId, number, service, scope, status, poNumber, presentation, tax, completedAt, estimateSentOn, estimateAnsweredOn, invoicedOn };
    return { id, number, createdAt, content, record };
  });
  const changed = await changedParts(work, 'job', parts);
  if (!changed.length) return { changed: new Set(), updated: [] };
  const existing = await rowIds(work, 'job', changed.map(({ id }) => id));
  const numbers = await settleNumbers(work, 'job', changed, existing);
  const owners = changed.map(({ record }) => record.customerId);
  const customers = await rowIds(work, 'customer', owners);
  const contacts = await rowIds(work, 'contact', owners);
  const addresses = await rowIds(work, 'address', owners);
  const written = changed.map((part) => {
    const { customerId, service, scope, status, poNumber, presentation, tax, completedAt, createdAt, ...days } = part.record;
    const number = numbers.get(part.id)!;
    const own = {
      customer_id: customers.get(customerId)!, address_id: addresses.get(customerId) ?? null, contact_id: contacts.get(customerId) ?? null,
      number, service, scope, status, po_number: poNumber, presentation, fixed_tax: tax, completed_at: completedAt,
      estimate_sent_on: days.estimateSentOn, estimate_answered_on: days.estimateAnsweredOn, invoiced_on: days.invoicedOn,
      search_text: jobSearchText({ number, service, scope, technician: null, po_number: poNumber }),
    };
    // What follows from visits, charges and payments is set right by refreshJobs, once these are written.
    const derived = { technician: null, subtotal: 0, tax: 0, paid: 0, occurs_at: createdAt ?? work.now, open: 0, waits_for: null };
    return { ...part, columns: existing.has(part.id) ? own : { ...own, ...derived } };
  });
  const before = await held(work, 'job', existing, ['id', 'customer_id']);
  await writeParts(work, 'job', written, existing);
  for (const { id, columns } of written) {
    const was = before.get(id);
    if (was) await jobMoved(work.scope, was, columns);
  }
  return { changed: new Set(changed.map(({ id }) => id)), updated: [...existing.values()] };
}

/** A job has at most one visit in an export; one that is no longer there goes. */
async function writeVisits(work: Work, records: JobRecord[], rows: Map<string, string>): Promise<Set<string>> {
  const parts = records.flatMap(({ id, visit, createdAt }): Part[] => {
    if (!visit) return [];
    const times = 'date' in visit ? { starts_at: null, ends_at: null, date: visit.date } : { starts_at: visit.startsAt, ends_at: visit.endsAt, date: null };
    const columns = { job_id: rows.get(id), ...times, arrival_window_minutes: null, sort_at: visitSortAt(times, work.scope.account.time_zone), technician: null };
    return [{ id, createdAt, content: visit, columns }];
  });
  const changed = await applyParts(work, 'visit', parts);
  const removed = await removeParts(work, 'visit', records.filter(({ visit }) => !visit).map(({ id }) => id));
  return changed.union(removed);
}

async function writeWords(work: Work, records: JobRecord[], rows: Map<string, string>): Promise<void> {
  const changed = await changedParts(work, 'document', records.map(({ id, document }) => ({ id, content: document })));
  if (!changed.length) return;
  const known = await work.scope.from('imported_documents').select('job_id').where('job_id', 'in', inList(changed.map(({ id }) => rows.get(id)!))).execute();
  for (const some of pieces(changed))
    await work.scope
      .insert('imported_documents', some.map(({ id, content }) => ({ job_id: rows.get(id)!, source: work.source, data: JSON.stringify(content) })))
      .onConflict((conflict) => conflict.columns(['account_id', 'job_id']).doUpdateSet((row) => ({ source: row.ref('excluded.source'), data: row.ref('excluded.data') })))
      .execute();
  await remember(work, 'document', changed);
  work.tally.count('document', 'created', changed.length - known.length);
  work.tally.count('document', 'updated', known.length);
}

/** In the source's order, and where it has none in the order in which the charges were made. */
function chargeParts(charges: ChargeRecord[], rows: Map<string, string>): (Part & { job: string })[] {
  const parts: (Part & { job: string })[] = [];
  for (const [job, ofJob] of Map.groupBy(charges, (charge) => charge.jobId)) {
    for (const [index, charge] of ofJob.sort(byId).entries()) {
      const { id, description, details, quantity, unitPrice, discount, total, createdAt } = charge;
      const { jobId, order } = charge;
      const columns = { job_id: rows.get(job), position: order ?? index, description, details, quantity, unit: null, unit_price: unitPrice, discount, total };
      parts.push({ id, job, createdAt, content: { jobId, order, description, details, quantity, unitPrice, discount, total }, columns });
    }
  }
  return parts;
}

function paymentPart(payment: PaymentRecord, row: string, customers: Map<string, string>): Part & { job: string } {
  const { id, jobId, receivedOn, method, amount, reference, createdAt } = payment;
  return {
    id,
    job: jobId,
    createdAt,
    content: { jobId, receivedOn, method, amount, reference },
    columns: { customer_id: customers.get(row), job_id: row, received_on: receivedOn, method, amount, reference },
  };
}

async function customersOf(work: Work, jobs: string[]): Promise<Map<string, string>> {
  if (!jobs.length) return new Map();
  const rows = await work.scope.from('jobs').select(['id', 'customer_id']).where('id', 'in', inList(jobs)).execute();
  return new Map(rows.map((row) => [row.id, row.customer_id]));
}

/** Ids are mostly numbers; as numbers they tell the order of creation. */
const byId = (a: { id: string }, b: { id: string }): number => a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
