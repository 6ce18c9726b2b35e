/** Lists of the office with names in them, and the search over all. */
import type { CustomerRow, OfficeDocumentRow, OfficeJobRow, SearchResults } from '../../server/contract/office.ts';
import type { OfficeClient } from './office.ts';

/** A page of a list; hand `nextCursor` back for the next one, null at the end. */
export interface Page<Row> {
  items: Row[];
  nextCursor: string | null;
}

interface Wanted {
  q?: string | undefined;
  cursor?: string | undefined;
}

/** The best few of each kind. */
export const searchOffice = (office: OfficeClient, q: string, signal?: AbortSignal): Promise<SearchResults> => office.read('/v1/office/search', { query: { q }, signal });

/** Customers by name, or the best matches first. */
export const listCustomers = (office: OfficeClient, wanted: Wanted, signal?: AbortSignal): Promise<Page<CustomerRow>> =>
  office.read('/v1/office/customer-rows', { query: { ...wanted }, signal });

/** Jobs, newest first. */
export const listJobs = (office: OfficeClient, wanted: Wanted & { state?: string; customerId?: string | undefined }, signal?: AbortSignal): Promise<Page<OfficeJobRow>> =>
  office.read('/v1/office/job-rows', { query: { ...wanted }, signal });

/** Estimates or invoices, newest first. */
export const listDocuments = (
  office: OfficeClient,
  wanted: Wanted & { kind: 'estimate' | 'invoice'; state?: string; customerId?: string | undefined },
  signal?: AbortSignal,
): Promise<Page<OfficeDocumentRow>> => office.read('/v1/office/document-rows', { query: { ...wanted }, signal });
