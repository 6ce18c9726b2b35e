/** One field for everything: customers, jobs and documents. */
import type { SearchResults } from '../contract/office.ts';
import type { Scope } from '../database/scope.ts';
import { viewCustomerRows } from './customer-rows.ts';
import { searchCustomers } from './customer-search.ts';
import { listDocumentRows } from './document-rows.ts';
import { listJobRows } from './job-rows.ts';
import { MOST_CUSTOMERS } from './newest.ts';

/** Of each kind. */
const FEW = 5;

export async function searchAll(scope: Scope, q: string): Promise<SearchResults> {
  // Whom it means is found out once for all of it.
  const { ids: meant } = await searchCustomers(scope, q, { limit: MOST_CUSTOMERS });
  const query = { q, limit: FEW, state: 'all' as const, customers: meant };
  const customers = await viewCustomerRows(scope, meant.slice(0, FEW));
  const jobs = await listJobRows(scope, query);
  const [estimates, invoices] = [await listDocumentRows(scope, { ...query, kind: 'estimate' }), await listDocumentRows(scope, { ...query, kind: 'invoice' })];
  // A number that was typed in full comes first; the others by time, whichever kind they are.
  const typed = q.replace(/^#\s*/, '').toUpperCase();
  const documents = [...estimates.items, ...invoices.items].sort(
    (a, b) => Number(b.number?.toUpperCase() === typed) - Number(a.number?.toUpperCase() === typed) || (a.updatedAt < b.updatedAt ? 1 : -1),
  );
  return { customers, jobs: jobs.items, documents: documents.slice(0, FEW) };
}
