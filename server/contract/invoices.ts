/** Invoices, credits and the statement of a customer's account. */
import { z } from 'zod';
import { documentFacts, documentLink, documentRights, frozenContent, frozenLine, lineFields, tax, taxRounding, taxView } from './documents.ts';
import { day, externalId, id, instant, list, minorUnits, money, name, paging, prose, ref, text } from './wire.ts';
import { paymentMethod } from './work.ts';

/** `credit`: a document that the customer is owed. Deposits and invoices share one sequence of numbers. */
export const invoiceKind = z.enum(['invoice', 'deposit', 'credit']);
export type InvoiceKind = z.infer<typeof invoiceKind>;
/** `partlyPaid` and `paid` follow from the ledger; `overdue` is told apart. */
export const invoiceStatus = z.enum(['draft', 'sent', 'partlyPaid', 'paid', 'void']);
export type InvoiceStatus = z.infer<typeof invoiceStatus>;
export const presentation = z.enum(['summary', 'detailed']);

const invoiceLineFields = lineFields.extend({
  /** The charge that this line bills, whole or in part; the line's total counts as invoiced of it. */
  chargeId: ref.nullable().default(null),
  /** The deposit invoice that this line subtracts. */
  depositId: ref.nullable().default(null),
});
/** What the office may write of an invoice. Absent settings are the account's or the job's. */
export const invoiceDraft = z.strictObject({
  title: name(200).optional(),
  contactId: ref.nullable().default(null),
  lines: z.array(invoiceLineFields).max(500).default([]),
  taxes: z.array(tax).max(10).optional(),
  taxIncluded: z.boolean().optional(),
  rounding: taxRounding.optional(),
  /** A fixed amount on top, as an import brings it. */
  fixedTax: minorUnits.default(0),
  presentation: presentation.optional(),
  /** The account's days after sending when absent. */
  dueOn: day.nullable().default(null),
  terms: prose(20_000).nullable().optional(),
  otherWaysToPay: prose(4000).nullable().optional(),
  onlinePayment: z.boolean().optional(),
  poNumber: text(50).nullable().optional(),
});
export type InvoiceDraft = z.output<typeof invoiceDraft>;
export const invoiceNew = invoiceDraft.extend({
  jobId: ref,
  externalId: externalId.nullable().optional(),
  kind: z.enum(['invoice', 'credit']).default('invoice'),
  /**
   * Instead of `lines`: `rest` bills what is not yet invoiced of every charge and subtracts the job's deposits; a list bills
   * these charges, in part where `amount` says less than what is left of them.
   */
  fromCharges: z.union([z.literal('rest'), z.array(z.strictObject({ chargeId: ref, amount: minorUnits.optional() })).min(1).max(500)]).optional(),
});
export const invoiceChange = z
  .strictObject({
    title: name(200), contactId: ref.nullable(), lines: z.array(invoiceLineFields).max(500), taxes: z.array(tax).max(10), taxIncluded: z.boolean(),
    rounding: taxRounding, fixedTax: minorUnits, presentation, dueOn: day.nullable(), terms: prose(20_000).nullable(),
    otherWaysToPay: prose(4000).nullable(), onlinePayment: z.boolean(), poNumber: text(50).nullable(),
  })
  .partial();

/** A frozen version of an invoice or credit. */
export const invoiceContent = frozenContent.extend({
  kind: invoiceKind,
  lines: z.array(frozenLine),
  presentation,
  dueOn: day.nullable(),
  otherWaysToPay: z.string().nullable(),
  fixedTax: z.int(),
  subtotal: z.int(),
  /** What each of `taxes` comes to, by key. */
  taxAmounts: z.record(z.string(), z.int()),
  tax: z.int(),
  total: z.int(),
  /** What the office says about this version. */
  note: z.string().nullable().optional(),
});
export type InvoiceContent = z.infer<typeof invoiceContent>;

/** Money that came in for a document, or went back. */
export const allocationView = z.object({
  receivedOn: day,
  method: paymentMethod.or(z.literal('credit')),
  amount: money,
  reference: z.string().nullable(),
  /** The online payment it was part of, whose receipt can be read. */
  paymentId: z.string().nullable(),
});
export type AllocationView = z.infer<typeof allocationView>;

/** Money on its way: the payer's bank has it, or waits for the payer to prove their account. */
export const pendingPayment = z.object({
  paymentId: z.string(),
  amount: money,
  since: instant,
  /** Who pays, as far as this person may know. */
  by: z.string().nullable(),
  own: z.boolean(),
  /** Whether it waits for the payer to prove a bank account by two small amounts; `…/payments/{id}` says where. */
  verify: z.boolean(),
});
export type PendingPayment = z.infer<typeof pendingPayment>;

/** An invoice as its customer reads it. In a `summary`, `content.lines` is empty. */
export const invoiceView = z.object({
  kind: z.literal('invoice'),
  id: z.string(),
  status: invoiceStatus,
  overdue: z.boolean(),
  etag: z.string(),
  version: z.int(),
  sentAt: instant,
  content: invoiceContent,
  customerId: z.string(),
  jobId: z.string(),
  subtotal: money,
  taxes: z.array(taxView),
  tax: money,
  total: money,
  paid: money,
  due: money,
  payments: z.array(allocationView),
  /** Payments on their way; they are not part of `paid`. */
  pending: z.array(pendingPayment),
  /** What can be paid now: what is due, less what is on its way. */
  payable: money,
  /** Whether a payer asked their bank for money of it back. */
  disputed: z.boolean(),
  /** Whether the contractor takes payment for it online. */
  onlinePayment: z.boolean(),
  rights: documentRights,
});
export type InvoiceView = z.infer<typeof invoiceView>;

/** A row of the list of invoices. */
export const invoiceRow = z.object({
  id: z.string(),
  kind: invoiceKind,
  number: z.string(),
  title: z.string(),
  status: invoiceStatus,
  overdue: z.boolean(),
  customerId: z.string(),
  customerName: z.string(),
  jobId: z.string(),
  address: z.string().nullable(),
  poNumber: z.string().nullable(),
  issuedOn: day,
  dueOn: day.nullable(),
  total: money,
  due: money,
  /** Less than `due` while a payment is on its way. */
  payable: money,
  onlinePayment: z.boolean(),
  /** For `If-Match` and `…/payments`. */
  etag: z.string(),
});
export type InvoiceRow = z.infer<typeof invoiceRow>;
export const invoiceRows = list(invoiceRow);
/** `open`: sent and not settled, oldest due first. `all`: newest first. */
export const invoiceRowsQuery = z.strictObject({ ...paging.shape, state: z.enum(['open', 'all']).default('open'), q: text(100).optional(), addressId: ref.optional() });

/** A period of a customer's account, both days included. */
export const statementQuery = z.strictObject({ from: day, to: day });
export const statementEntry = z.object({
  on: day,
  kind: z.enum(['invoice', 'credit', 'payment', 'refund']),
  /** The document's number, or the payment's reference. */
  number: z.string().nullable(),
  title: z.string().nullable(),
  method: paymentMethod.nullable(),
  /** What it adds to what is owed; payments are negative. */
  amount: money,
  /** What was owed after it. */
  balance: money,
});
export const statement = z.object({
  from: day,
  to: day,
  issuedOn: day,
  account: z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() }),
  /** Name and billing address; several where the person looks at all their customers. */
  customers: z.array(z.object({ name: z.string(), billingAddress: z.string().nullable() })),
  currency: z.string(),
  opening: money,
  closing: money,
  entries: z.array(statementEntry),
  /** What is open at the end of the period. */
  open: z.array(invoiceRow.pick({ id: true, kind: true, number: true, title: true, issuedOn: true, dueOn: true, overdue: true, total: true, due: true })),
});
export type Statement = z.infer<typeof statement>;
export const statementDownload = z.strictObject({ ...statementQuery.shape, format: z.enum(['pdf', 'csv']) });

/** An invoice as the office sees it. */
export const invoice = z.object({
  id: id('inv'),
  externalId: z.string().nullable(),
  kind: invoiceKind,
  jobId: z.string(),
  customerId: z.string(),
  estimateId: z.string().nullable(),
  number: z.string().nullable(),
  status: invoiceStatus,
  overdue: z.boolean(),
  version: z.int(),
  draft: invoiceDraft.extend({ lines: z.array(invoiceLineFields.extend({ id: lineFields.shape.id.unwrap() })), title: z.string() }),
  changed: z.boolean(),
  total: money,
  paid: money,
  due: money,
  issuedOn: day.nullable(),
  dueOn: day.nullable(),
  payments: z.array(allocationView),
  versions: z.array(documentFacts),
  createdAt: instant,
  updatedAt: instant,
});
export type Invoice = z.infer<typeof invoice>;
export const invoiceListed = invoice.pick({ id: true, externalId: true, kind: true, jobId: true, customerId: true, number: true, status: true, overdue: true, version: true, total: true, due: true, issuedOn: true, dueOn: true, createdAt: true, updatedAt: true });
export const invoices = list(invoiceListed);
export const invoicesQuery = z.strictObject({
  ...paging.shape, customerId: ref.optional(), jobId: ref.optional(), status: z.enum(['draft', 'sent', 'open', 'void']).optional(), q: text(100).optional(), externalId: externalId.optional(),
});
export const invoiceSent = z.object({ invoice, links: z.array(documentLink) });
/** Settles an invoice with what a credit still holds. */
export const creditUse = z.strictObject({ invoiceId: ref, amount: minorUnits.min(1) });
