/** Sent documents as tests put them into a database, row by row: for what reads them and knows nothing of how they come to be. */
import type { Insertable } from 'kysely';
import type { DocumentKind } from '../../contract/documents.ts';
import type { EstimateContent, EstimateLine } from '../../contract/estimates.ts';
import type { InvoiceContent } from '../../contract/invoices.ts';
import type { EstimatesTable, InvoicesTable } from '../../database/schema-documents.ts';
import type { Scope } from '../../database/scope.ts';
import { newId, now } from '../../platform/ids.ts';
import type { Evidence } from '../evidence.ts';
import { canonical, contentHash, freeze, readVersion } from '../versions.ts';

export interface SentDocument {
  kind: DocumentKind;
  id: string;
  version: number;
}
interface OfJob {
  customerId: string;
  jobId: string;
}

const stamps = () => ({ external_id: null, created_at: now(), updated_at: now() });

/** A customer with a job to hang documents on. */
export async function addJob(scope: Scope): Promise<OfJob> {
  const [customerId, jobId] = [newId('customer'), newId('job')];
  await scope
    .insert('customers', { id: customerId, parent_id: null, number: customerId, name: 'Pine Street Dental', company: 1, billing_address: null, active: 1, search_text: '', ...stamps() })
    .execute();
  await scope
    .insert('jobs', {
      id: jobId, customer_id: customerId, address_id: null, contact_id: null, number: jobId, service: 'Water heater', scope: null, status: 'new', technician: null,
      po_number: null, presentation: 'detailed', subtotal: 0, tax: 0, fixed_tax: 0, tax_included: 0, online_payment: 1, paid: 0, completed_at: null,
      estimate_sent_on: null, estimate_answered_on: null, invoiced_on: null, occurs_at: now(), open: 1, waits_for: null, search_text: '', ...stamps(),
    })
    .execute();
  return { customerId, jobId };
}

const line = (id: string, description: string, unitPrice: number, more: Partial<EstimateLine> = {}): EstimateLine => ({
  id, description, details: null, quantity: '1', unit: null, unitPrice, discount: 0, discountPercent: null, total: unitPrice, taxes: [],
  optional: false, group: null, selected: false, ...more,
});

const shared = (): Omit<EstimateContent, 'kind' | 'lines' | 'groups' | 'deposit' | 'fixedTax' | 'termsRequired' | 'expiresOn' | 'note'> => ({
  number: '1042', title: 'Water heater replacement', from: { name: 'Acme Plumbing & Heating', phone: '+14045550142', email: 'office@acme.example' },
  to: { customer: 'Pine Street Dental', company: true, contact: 'Maria Lopez', billingAddress: '12 Pine Street\nAtlanta, GA 30303' },
  job: { number: '88', service: 'Water heater' }, address: ['12 Pine Street', 'Atlanta, GA 30303'], poNumber: null, currency: 'USD', locale: 'en', country: 'US',
  issuedOn: '2025-11-25', taxes: [], taxIncluded: false, rounding: 'document', terms: null,
});

/** Two lines and an option that is not chosen: $2,779.92. */
export const estimateContent = (more: Partial<EstimateContent> = {}): EstimateContent => ({
  ...shared(), kind: 'estimate',
  lines: [line('tank', 'Tank, 50 gallons', 200_000), line('work', 'Labor', 77_992), line('pan', 'Drain pan', 9900, { optional: true })],
  groups: [], deposit: null, fixedTax: 0, termsRequired: false, expiresOn: '2025-12-14', note: null, ...more,
});

export const invoiceContent = (more: Partial<InvoiceContent> = {}): InvoiceContent => ({
  ...shared(), number: '1003', kind: 'invoice', lines: [line('tank', 'Tank, 50 gallons', 200_000), line('work', 'Labor', 77_992)],
  presentation: 'detailed', dueOn: '2025-12-31', otherWaysToPay: null, fixedTax: 0, subtotal: 277_992, taxAmounts: {}, tax: 0, total: 277_992, ...more,
});

type Row = Partial<Omit<Insertable<EstimatesTable>, 'account_id'>>;

/** An estimate that was sent with this content; `more` says what is different about its row. */
export async function addEstimate(scope: Scope, { customerId, jobId }: OfJob, content = estimateContent(), more: Row = {}): Promise<SentDocument> {
  const id = newId('estimate');
  await scope
    .insert('estimates', {
      id, job_id: jobId, customer_id: customerId, contact_id: null, number: content.number, draft: '{}', version: 1, hash: contentHash(content), total: 277_992, sent_at: now(),
      search_text: '', status: 'sent', expires_on: content.expiresOn, decided_at: null, ...stamps(), ...more,
    })
    .execute();
  await freeze(scope, 'estimate', id, 1, content);
  return { kind: 'estimate', id, version: 1 };
}

/** An invoice or credit that was sent with this content. */
export async function addInvoice(scope: Scope, { customerId, jobId }: OfJob, content = invoiceContent(), more: Partial<Omit<Insertable<InvoicesTable>, 'account_id'>> = {}): Promise<SentDocument> {
  const id = newId('invoice');
  await scope
    .insert('invoices', {
      id, job_id: jobId, customer_id: customerId, contact_id: null, estimate_id: null, kind: content.kind, number: content.number, draft: '{}', version: 1, hash: contentHash(content),
      presentation: content.presentation, online_payment: 1, po_number: null, issued_on: content.issuedOn, due_on: content.dueOn, total: content.total, settled: 0,
      sent_at: now(), search_text: '', status: 'sent', ...stamps(), ...more,
    })
    .execute();
  await freeze(scope, 'invoice', id, 1, content);
  return { kind: 'invoice', id, version: 1 };
}

/** Who decided, how and from where, about a version that was sent. */
export const evidenceOf = ({ id, version }: SentDocument, content: EstimateContent, hash: string, more: Partial<Evidence> = {}): Evidence => ({
  estimateId: id, number: content.number, title: content.title, version, versionHash: hash, decision: 'approved', at: now(),
  signer: { name: 'Maria Lopez', address: 'maria@example.com', contactId: null, forSomebodyElse: false }, mark: { kind: 'typed', name: 'Maria Lopez' }, options: [],
  totals: { subtotal: 277_992, taxes: [], tax: 0, total: 277_992, deposit: 0 }, currency: content.currency, terms: content.terms, termsAccepted: false, poNumber: null,
  reason: null, ip: '203.0.113.7', userAgent: 'Mozilla/5.0', sessionId: newId('session'), linkId: null, verified: null, ...more,
});

/** A decision about a version, with its evidence. */
export async function addDecision(scope: Scope, estimate: SentDocument, more: Partial<Evidence> = {}): Promise<Evidence> {
  const frozen = await readVersion(scope, 'estimate', estimate.id, estimate.version);
  if (!frozen) throw new Error('this version was never sent');
  const evidence = evidenceOf(estimate, frozen.content, frozen.hash, more);
  await scope
    .insert('decisions', {
      id: newId('decision'), estimate_id: estimate.id, version: estimate.version, kind: evidence.decision, evidence: canonical(evidence), hash: contentHash(evidence), created_at: evidence.at,
    })
    .execute();
  return evidence;
}
