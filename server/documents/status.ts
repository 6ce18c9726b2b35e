/** How documents stand by the account's calendar and its ledger. */
import type { EstimateStatus } from '../contract/estimates.ts';
import type { InvoiceStatus } from '../contract/invoices.ts';
import type { EstimatesTable, InvoicesTable } from '../database/schema-documents.ts';

/** An estimate's state by the account's calendar: past its last day it is expired, whether or not it was marked so. */
export const estimateStatusOf = ({ status, expires_on }: Pick<EstimatesTable, 'status' | 'expires_on'>, day: string): EstimateStatus =>
  (status === 'sent' || status === 'changesRequested') && expires_on !== null && expires_on < day ? 'expired' : status;

type Invoice = Pick<InvoicesTable, 'status' | 'total' | 'settled' | 'due_on' | 'kind'>;

/** How far an invoice is paid, or a credit used. */
export function invoiceStatusOf({ status, total, settled, kind }: Invoice): InvoiceStatus {
  if (status !== 'sent') return status;
  const [whole, part] = kind === 'credit' ? [-total, -settled] : [total, settled];
  return part >= whole ? 'paid' : part > 0 ? 'partlyPaid' : 'sent';
}

export const isOverdue = (invoice: Invoice, day: string): boolean =>
  invoice.status === 'sent' && invoice.kind !== 'credit' && invoice.due_on !== null && invoice.due_on < day && invoice.settled < invoice.total;
