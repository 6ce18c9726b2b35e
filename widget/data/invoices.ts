/** The list of invoices, and the statement of a customer's account. `customer` is an id of the session's customers, or `all`. */
import type { Download } from '../../server/contract/documents.ts';
import type { InvoiceRow, Statement } from '../../server/contract/invoices.ts';
import type { Client } from './client.ts';
import { save } from './documents.ts';

/** A page of invoices; hand `nextCursor` back for the next one, null at the end. */
export interface InvoicePage {
  items: InvoiceRow[];
  nextCursor: string | null;
}

/** Which invoices to list: `open` ones by the day they are due, or `all`, newest first. */
export interface InvoicesWanted {
  state: 'open' | 'all';
  q?: string | undefined;
  addressId?: string | undefined;
  cursor?: string | undefined;
}

/** A period, both days included, `YYYY-MM-DD`. */
export interface Period {
  from: string;
  to: string;
}

export function readInvoices(client: Client, customer: string, wanted: InvoicesWanted, signal?: AbortSignal): Promise<InvoicePage> {
  return client.get(`/customers/${encodeURIComponent(customer)}/invoices`, { query: { ...wanted }, signal });
}

export function readStatement(client: Client, customer: string, period: Period, signal?: AbortSignal): Promise<Statement> {
  return client.get(`/customers/${encodeURIComponent(customer)}/statement`, { query: { ...period }, signal });
}

/** Starts the download of a statement. */
export async function downloadStatement(client: Client, customer: string, period: Period, format: 'pdf' | 'csv'): Promise<void> {
  save(await client.post<Download>(`/customers/${encodeURIComponent(customer)}/statement/downloads`, { ...period, format }));
}
