/** Jobs of the office, and what belongs to them: visits, charges, notes, payments, and documents that begin on them. */
import type { Estimate } from '../../server/contract/estimates.ts';
import type { Invoice } from '../../server/contract/invoices.ts';
import type { CustomerOverview, JobOverview } from '../../server/contract/office.ts';
import type { FieldsOf } from '../../server/contract/records.ts';
import type { OfficeClient } from './office.ts';

/** Kinds of records that a job's screen writes. */
interface Kinds {
  jobs: { fields: FieldsOf<'jobs'>; record: JobOverview['job'] };
  visits: { fields: FieldsOf<'visits'>; record: JobOverview['visits'][number] };
  charges: { fields: FieldsOf<'charges'>; record: JobOverview['charges'][number] };
  notes: { fields: FieldsOf<'notes'>; record: JobOverview['notes'][number] };
  payments: { fields: FieldsOf<'payments'>; record: JobOverview['payments'][number] };
  addresses: { fields: FieldsOf<'addresses'>; record: JobOverview['addresses'][number] };
}
type Kind = keyof Kinds;

/** One job, everything its screen shows. */
export const readJob = (office: OfficeClient, id: string, signal?: AbortSignal): Promise<JobOverview> => office.read(`/v1/office/jobs/${id}/overview`, { signal });

/** Whom and where a job may be for: contacts and addresses of the customer, then those of the customer's parent. */
export async function readPlaces(office: OfficeClient, customerId: string, signal?: AbortSignal): Promise<Pick<CustomerOverview, 'customer' | 'contacts' | 'addresses'>> {
  const read = (id: string) => office.read<CustomerOverview>(`/v1/office/customers/${id}/overview`, { signal });
  const own = await read(customerId);
  if (!own.parent) return own;
  const parent = await read(own.parent.id);
  return { customer: own.customer, contacts: [...own.contacts, ...parent.contacts], addresses: [...own.addresses, ...parent.addresses] };
}

/** Makes a record, once for one key. */
export const makeRecord = <K extends Kind>(office: OfficeClient, kind: K, fields: Partial<Kinds[K]['fields']>, key: string): Promise<Kinds[K]['record']> =>
  office.make(`/v1/office/${kind}`, fields, { idempotencyKey: key });

/** Changes the given fields of the record that the person has before their eyes. */
export const changeRecord = <K extends Kind>(office: OfficeClient, kind: K, id: string, fields: Partial<Kinds[K]['fields']>, version?: string): Promise<Kinds[K]['record']> =>
  office.change(`/v1/office/${kind}/${id}`, fields, version);

/** One record as it is now. */
export const readRecord = <K extends Kind>(office: OfficeClient, kind: K, id: string): Promise<Kinds[K]['record']> => office.read(`/v1/office/${kind}/${id}`);

/** Takes a record away; refused as `conflict` while something refers to it. */
export const removeRecord = (office: OfficeClient, kind: Kind, id: string): Promise<void> => office.remove(`/v1/office/${kind}/${id}`);

/** A new estimate on a job, empty or with the job's charges as its lines. */
export const makeEstimate = (office: OfficeClient, jobId: string, fromCharges: boolean, key: string): Promise<Estimate> =>
  office.make('/v1/office/estimates', { jobId, fromCharges }, { idempotencyKey: key });

/** What a new invoice bills: the rest, some charges in whole or in part, or nothing yet. */
export interface InvoiceBegun {
  kind?: 'invoice' | 'credit';
  fromCharges?: 'rest' | { chargeId: string; amount?: number }[];
}

/** A new invoice or credit on a job. */
export const makeInvoice = (office: OfficeClient, jobId: string, begun: InvoiceBegun, key: string): Promise<Invoice> =>
  office.make('/v1/office/invoices', { jobId, ...begun }, { idempotencyKey: key });
