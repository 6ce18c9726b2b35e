/** What an imported document says: frozen by the same functions as one that the office sends, only for many jobs at once. */
import type { Selectable } from 'kysely';
import type { Tax } from '../contract/documents.ts';
import type { EstimateContent } from '../contract/estimates.ts';
import type { InvoiceContent } from '../contract/invoices.ts';
import type { ChargesTable, JobsTable } from '../database/schema.ts';
import { partiesFrom, type Parties, type PartyRows } from '../documents/parties.ts';
import { contentFrom, type StoredDraft as EstimateDraft } from '../estimates/content.ts';
import { pricesOf } from '../invoices/charge-lines.ts';
import { contentOf, type StoredDraft as InvoiceDraft } from '../invoices/content.ts';
import { dayOf } from '../platform/calendar.ts';
import { taxedLines } from '../work/refresh.ts';
import type { EstimatePlan, InvoicePlan } from './document-plans.ts';
import { inList } from '../platform/lists.ts';
import type { Work } from './parts.ts';

const jobColumns = [
  'id', 'customer_id', 'contact_id', 'address_id', 'number', 'service', 'po_number', 'presentation', 'online_payment', 'fixed_tax', 'tax_included', 'tax_rounding',
] as const;
const chargeColumns = ['id', 'external_id', 'job_id', 'description', 'details', 'quantity', 'unit', 'unit_price', 'discount', 'total', 'taxes', 'invoiced'] as const;
export type Job = Pick<Selectable<JobsTable>, (typeof jobColumns)[number]>;
export type Charge = Pick<Selectable<ChargesTable>, (typeof chargeColumns)[number]>;

/** A job with everything that its documents say. */
export interface Subject {
  job: Job;
  parties: Parties;
  /** The source's; what the office has added here is for the office to bill. */
  charges: Charge[];
}

type Line = ReturnType<typeof pricesOf> & { id: string; description: string; details: string | null; taxes: string[] };

/** By the job's row. */
export async function subjectsOf({ scope, source }: Work, jobIds: string[]): Promise<Map<string, Subject>> {
  const jobs = await scope.from('jobs').select(jobColumns).where('id', 'in', inList(jobIds)).execute();
  const customers = await byId(scope.from('customers').select(['id', 'name', 'company', 'billing_address']).where('id', 'in', inList(jobs.map((job) => job.customer_id))).execute());
  const contactIds = jobs.flatMap((job) => job.contact_id ?? []);
  const contacts = contactIds.length ? await byId(scope.from('contacts').select(['id', 'name']).where('id', 'in', inList(contactIds)).execute()) : new Map<string, never>();
  const addressIds = jobs.flatMap((job) => job.address_id ?? []);
  const addresses = addressIds.length
    ? await byId(scope.from('addresses').select(['id', 'name', 'line1', 'line2', 'city', 'region', 'postal_code']).where('id', 'in', inList(addressIds)).execute())
    : new Map<string, never>();
  const charges = await scope.from('charges').select(chargeColumns).where('job_id', 'in', inList(jobIds)).orderBy('position').orderBy('id').execute();
  const ofJob = Map.groupBy(charges.filter((charge) => charge.external_id?.startsWith(`${source}:`)), (charge) => charge.job_id);
  return new Map(
    jobs.map((job): [string, Subject] => {
      const rows: PartyRows = { customer: customers.get(job.customer_id)!, contact: contacts.get(job.contact_id ?? ''), address: addresses.get(job.address_id ?? '') };
      return [job.id, { job, parties: partiesFrom(scope, job, rows), charges: ofJob.get(job.id) ?? [] }];
    }),
  );
}

const byId = async <Row extends { id: string }>(rows: Promise<Row[]>): Promise<Map<string, Row>> => new Map((await rows).map((row) => [row.id, row]));

/** @throws {Problem} for sums larger than an amount may be. */
export function estimateSaying({ scope }: Work, subject: Subject, { issuedOn, terms }: EstimatePlan, number: string): { draft: EstimateDraft; content: EstimateContent } {
  const { job, parties, charges } = subject;
  const { lines, taxes } = linesOf(subject);
  const draft: EstimateDraft = {
    title: job.service, lines: lines.map(({ chargeId: _, ...line }) => ({ ...line, optional: false, group: null, selected: false })), groups: [], taxes, taxIncluded: job.tax_included === 1,
    rounding: job.tax_rounding ?? scope.account.tax_rounding, fixedTax: job.fixed_tax, deposit: null, terms, termsRequired: false, expiresOn: null,
    origin: charges.map((charge) => charge.id),
  };
  return { draft, content: contentFrom(draft, { ...parties, issuedOn }, job, { number, note: null }) };
}

/** @throws {Problem} for sums larger than an amount may be. */
export function invoiceSaying({ scope, now }: Work, subject: Subject, plan: InvoicePlan, number: string): { draft: InvoiceDraft; content: InvoiceContent } {
  const { account } = scope;
  const { job, parties } = subject;
  const { lines, taxes } = linesOf(subject);
  const draft: InvoiceDraft = {
    title: job.service, lines: lines.map((line) => ({ ...line, depositId: null })), taxes, taxIncluded: job.tax_included === 1,
    rounding: job.tax_rounding ?? account.tax_rounding, fixedTax: job.fixed_tax, sharesTax: false, presentation: job.presentation, dueOn: plan.dueOn, terms: plan.terms,
    otherWaysToPay: plan.kind === 'credit' ? null : account.other_ways_to_pay, poNumber: job.po_number,
  };
  const issuedOn = plan.issuedOn ?? dayOf(now, account.time_zone);
  return { draft, content: contentOf(scope, draft, { ...parties, issuedOn }, { kind: plan.kind, number, note: null }) };
}

/** One line a charge, with the charge's own id. Where there is none at all, the service at nothing: an empty document says nothing. */
function linesOf({ job, charges }: Subject): { lines: (Line & { chargeId: string | null })[]; taxes: Tax[] } {
  if (!charges.length) {
    const nothing = { quantity: '1', unit: null, unitPrice: 0, discount: null, taxes: [] };
    return { taxes: [], lines: [{ id: 'service', description: job.service, details: null, ...nothing, chargeId: null }] };
  }
  const { lines, taxes } = taxedLines(charges);
  return {
    taxes,
    lines: lines.map((charge) => ({ id: charge.id, description: charge.description, details: charge.details, ...priced(charge), taxes: charge.taxes, chargeId: charge.id })),
  };
}

/** A source may call the total of a line what its quantity and price would never come to. */
function priced(charge: Charge): ReturnType<typeof pricesOf> {
  try {
    return pricesOf(charge, charge.total);
  } catch (error) {
    if (error instanceof RangeError) return { quantity: '1', unit: null, unitPrice: charge.total, discount: null };
    throw error;
  }
}
