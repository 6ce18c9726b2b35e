/** What estimates and invoices have in common: lines, taxes, who they are from and to, versions, links sent on, downloads. */
import { z } from 'zod';
import { documentAction } from './access.ts';
import { day, email, instant, list, minorUnits, money, name, percent, phone, prose, quantity, ref, text } from './wire.ts';

export const documentKind = z.enum(['estimate', 'invoice']);
export type DocumentKind = z.infer<typeof documentKind>;

/** Names a line, a tax or a group within one document; stays over its versions. */
const key = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, hyphens and underscores, at most 40');

/** A tax by what people call it. */
export const appliedTax = z.strictObject({ name: name(60), percent });
export type AppliedTax = z.infer<typeof appliedTax>;
/** A tax of a document; its lines refer to it by `key`. */
export const tax = z.strictObject({ key, ...appliedTax.shape });
export type Tax = z.infer<typeof tax>;

/** Tax is rounded for each line, or once for each rate of the document. */
export const taxRounding = z.enum(['line', 'document']);
export type TaxRounding = z.infer<typeof taxRounding>;

/** Taken off a line: a fixed amount in minor units, or a percentage of quantity times unit price. */
export const discount = z.union([z.strictObject({ amount: minorUnits.min(0) }), z.strictObject({ percent })]);
export type Discount = z.infer<typeof discount>;

/** Asked for after approval: a fixed amount in minor units, or a percentage of the approved total. */
export const deposit = z.union([z.strictObject({ amount: minorUnits.min(1) }), z.strictObject({ percent })]);
export type Deposit = z.infer<typeof deposit>;

/** A line as the office writes it. A line with a negative price is a discount. */
export const lineFields = z.strictObject({
  /** Given by the server when absent. Keep it over revisions: differences, remarks and choices follow the line by it. */
  id: key.optional(),
  description: name(500),
  details: prose(2000).nullable().default(null),
  quantity: quantity.default('1'),
  unit: text(20).nullable().default(null),
  unitPrice: minorUnits,
  discount: discount.nullable().default(null),
  /** Keys of the document's taxes. */
  taxes: z.array(key).max(5).default([]),
});
/** What a frozen line says; amounts are minor units of the document's currency. */
export const frozenLine = z.object({
  id: key,
  description: z.string(),
  details: z.string().nullable(),
  quantity: z.string(),
  unit: z.string().nullable(),
  unitPrice: z.int(),
  /** What is taken off, as an amount. */
  discount: z.int(),
  /** The percentage it was computed from, if it was. */
  discountPercent: z.string().nullable(),
  total: z.int(),
  taxes: z.array(key),
});

/** Who a document is from, as it was when the version was frozen. */
export const sender = z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() });
/** Who a document is for. */
export const recipient = z.object({
  customer: z.string(),
  company: z.boolean(),
  contact: z.string().nullable(),
  billingAddress: z.string().nullable(),
});

/** What every frozen version holds. */
export const frozenContent = z.object({
  number: z.string(),
  title: z.string(),
  from: sender,
  to: recipient,
  job: z.object({ number: z.string(), service: z.string() }),
  /** Where the work is done, one line of the address each. */
  address: z.array(z.string()),
  poNumber: z.string().nullable(),
  currency: z.string(),
  /** Language of the contractor's own words. */
  locale: z.string(),
  country: z.string(),
  issuedOn: day,
  taxes: z.array(tax),
  taxIncluded: z.boolean(),
  rounding: taxRounding,
  terms: z.string().nullable(),
});

/** What a person may do with a document as they read it. */
export const documentRights = z.object({
  approve: z.boolean(),
  requestChanges: z.boolean(),
  pay: z.boolean(),
  pdf: z.boolean(),
  share: z.boolean(),
});
export type DocumentRights = z.infer<typeof documentRights>;

/** A tax with what it comes to. */
export const taxView = tax.extend({ amount: money });

/** A document among others, such as on its job. */
export const documentRow = z.object({
  id: z.string(),
  kind: documentKind,
  number: z.string(),
  status: z.string(),
  total: money,
  /** What is still to be paid; null for an estimate. */
  due: money.nullable(),
  sentAt: instant,
});
export type DocumentRow = z.infer<typeof documentRow>;

/** The reader has the document before their eyes; told once for each version and person. */
export const opened = z.strictObject({ version: z.int().min(1) });

/** A link that a customer sends on. */
export const shareNew = z.strictObject({
  name: name(100),
  address: z.union([email, phone]),
  /** Never more than the sender may do themselves. */
  actions: z.array(documentAction).min(1).max(6),
  /** The last day on which it works, in the account's time zone; at most 90 days from now. */
  expiresOn: day,
});
export type ShareNew = z.infer<typeof shareNew>;
export const share = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  actions: z.array(documentAction),
  createdAt: instant,
  expiresAt: instant,
  uses: z.int(),
  lastUsedAt: instant.nullable(),
});
export type Share = z.infer<typeof share>;
export const shares = list(share);

/** `certificate` is the evidence of a decision, together with the document. */
export const downloadNew = z.strictObject({
  what: z.enum(['document', 'certificate']).default('document'),
  /** The version sent last, or for a certificate the one decided last, when absent. */
  version: z.int().min(1).optional(),
});
/** A plain link to a file: works once, for 60 seconds. */
export const download = z.object({ url: z.string(), expiresAt: instant });
export type Download = z.infer<typeof download>;

/** What a message that brings a document is: its sending, a reminder, or a customer who sends it on. */
export const documentCarrier = z.enum(['estimate', 'invoice', 'estimateReminder', 'invoiceReminder', 'sharedDocument']);
export type DocumentCarrier = z.infer<typeof documentCarrier>;

/** A document's facts, each its own: what the office knows of how far it got. */
export const documentFacts = z.object({
  version: z.int(),
  sentAt: instant,
  note: z.string().nullable(),
  hash: z.string(),
  /** Messages that carried it, and when the transport took them; null while they wait. */
  notices: z.array(z.object({ id: z.string(), kind: documentCarrier, channel: z.enum(['email', 'sms']), to: z.string(), status: z.enum(['queued', 'sent', 'failed']), handedOverAt: instant.nullable() })),
  /** Persons who had it before their eyes, after a click of their own; never staff. */
  opened: z.array(z.object({ name: z.string(), contactId: z.string().nullable(), linkId: z.string().nullable(), at: instant })),
});
export type DocumentFacts = z.infer<typeof documentFacts>;

/** How a document travels. Absent channels: the link is only returned, to be copied. */
export const sendNew = z.strictObject({
  /** A contact of the customer or its parent; the document's own contact, else the job's, when absent. */
  contactId: ref.optional(),
  channels: z.array(z.enum(['email', 'sms'])).max(2).default([]),
  /** What the office says about this version. */
  note: prose(2000).nullable().default(null),
  actions: z.array(documentAction).min(1).max(6).optional(),
});

/** A link that a sending made. `url` is its secret: in this answer only, and null for a caller without the right to links. */
export const documentLink = z.object({ linkId: z.string(), channel: z.enum(['email', 'sms']).nullable(), url: z.string().nullable() });

/** What the customer wrote with a decision or a wish, or what the office answered. */
export const message = z.object({
  id: z.string(),
  customerId: z.string(),
  jobId: z.string().nullable(),
  author: z.enum(['customer', 'office']),
  name: z.string(),
  body: z.string(),
  /** What was done to the document, for which readers get a sentence in their language. */
  event: z.enum(['approved', 'declined', 'changesRequested']).nullable(),
  document: z.object({ kind: documentKind, id: z.string() }).nullable(),
  createdAt: instant,
});
export const messages = list(message);
