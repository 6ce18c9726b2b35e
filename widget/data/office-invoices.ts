/** Invoices as the office writes, sends and follows them, and what was paid of them online. */
import type { z } from 'zod';
import type { sendNew } from '../../server/contract/documents.ts';
import type { creditUse, Invoice, invoiceChange, invoiceSent, InvoiceView } from '../../server/contract/invoices.ts';
import type { CustomerOverview, JobOverview, OfficeDocumentRow, reminderNew } from '../../server/contract/office.ts';
import type { OnlinePayment, refundNew } from '../../server/contract/payments.ts';
import type { OfficeClient } from './office.ts';
import { listDocuments, type Page } from './office-lists.ts';

export type InvoiceChange = z.input<typeof invoiceChange>;
type Sending = z.input<typeof sendNew>;
type Reminder = z.input<typeof reminderNew>;

const at = (id: string) => `/v1/office/invoices/${encodeURIComponent(id)}`;

/** An invoice as it stands. */
export const readInvoice = (office: OfficeClient, id: string, signal?: AbortSignal): Promise<Invoice> => office.read(at(id), { signal });

/** The same with the job it is for, and what was tried to pay of it online, newest first. */
export async function readInvoiceScreen(office: OfficeClient, id: string, signal?: AbortSignal): Promise<{ invoice: Invoice; job: JobOverview; online: OnlinePayment[] }> {
  const invoice = await readInvoice(office, id, signal);
  const [job, online] = await Promise.all([
    office.read<JobOverview>(`/v1/office/jobs/${encodeURIComponent(invoice.jobId)}/overview`, { signal }),
    office.read<Page<OnlinePayment>>('/v1/office/online-payments', { query: { invoiceId: id, limit: 100 }, signal }),
  ]);
  return { invoice, job, online: online.items };
}

/** Changes the working copy that was read as `version`. */
export const changeInvoice = (office: OfficeClient, id: string, change: InvoiceChange, version: string | undefined): Promise<Invoice> => office.change(at(id), change, version);

/** What the customer would see with a change that is not saved. */
export const previewInvoice = (office: OfficeClient, id: string, change: InvoiceChange, signal?: AbortSignal): Promise<InvoiceView> => office.make(`${at(id)}/preview`, change, { signal });

/** The same of what is saved; a void one has nothing that could be changed. */
export const previewSaved = (office: OfficeClient, id: string, signal?: AbortSignal): Promise<InvoiceView> => office.read(`${at(id)}/preview`, { signal });

/** Freezes the working copy as a version and sends it. */
export const sendInvoice = (office: OfficeClient, id: string, wish: Sending, version: string, idempotencyKey: string): Promise<z.infer<typeof invoiceSent>> =>
  office.make(`${at(id)}/send`, wish, { ifMatch: version, idempotencyKey });

/** Reminds of what was sent and still waits. */
export const remindOfInvoice = (office: OfficeClient, id: string, wish: Reminder, idempotencyKey: string): Promise<Invoice> => office.make(`${at(id)}/remind`, wish, { idempotencyKey });

/** Takes it back: there is nothing to pay, and what it billed can be billed again. */
export const voidInvoice = (office: OfficeClient, id: string, version: string): Promise<Invoice> => office.make(`${at(id)}/void`, undefined, { ifMatch: version });

/** Deletes what was never sent. */
export const deleteInvoice = (office: OfficeClient, id: string): Promise<void> => office.remove(at(id));

/** Gives back a part of an online payment, or all that is left of it when no amount is said. */
export const refundPayment = (office: OfficeClient, id: string, wish: z.input<typeof refundNew>, idempotencyKey: string): Promise<OnlinePayment> =>
  office.make(`/v1/office/online-payments/${encodeURIComponent(id)}/refunds`, wish, { idempotencyKey });

/** Settles an invoice with what a credit holds. */
export const useCredit = (office: OfficeClient, creditId: string, wish: z.input<typeof creditUse>, idempotencyKey: string): Promise<Invoice> =>
  office.make(`${at(creditId)}/apply`, wish, { idempotencyKey });

/** What a customer's family still has to pay, newest first: a credit of one settles the invoices of all. */
export async function listOpenInvoices(office: OfficeClient, customerId: string, signal?: AbortSignal): Promise<OfficeDocumentRow[]> {
  const read = (id: string) => office.read<CustomerOverview>(`/v1/office/customers/${encodeURIComponent(id)}/overview`, { signal });
  const own = await read(customerId);
  const head = own.parent ? await read(own.parent.id) : own;
  const family = [...new Set([customerId, head.customer.id, ...head.children.map(({ id }) => id)])].slice(0, 20);
  const pages = await Promise.all(family.map((id) => listDocuments(office, { kind: 'invoice', state: 'waiting', customerId: id }, signal)));
  return pages.flatMap(({ items }) => items).filter(({ due }) => due !== null && due.amount > 0);
}
