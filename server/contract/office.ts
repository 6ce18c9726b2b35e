/** What the office's screens show that is more than one record: lists with names, overviews, search, what has happened. */
import { z } from 'zod';
import { link, session, token } from './access.ts';
import { documentKind } from './documents.ts';
import { address, charge, contact, customer, job, note, payment, visit } from './records.ts';
import { country, currency, day, email, id, instant, language, list, money, name, paging, phone, ref, slug, text } from './wire.ts';
import { jobStatus, visitView } from './work.ts';
import { account, accountSettings, timeZone } from './account.ts';

const named = z.object({ id: z.string(), name: z.string() });

/** A customer in the list. */
export const customerRow = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  company: z.boolean(),
  active: z.boolean(),
  parent: named.nullable(),
  /** The contact that was made first. */
  contact: z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), mobile: z.string().nullable() }).nullable(),
  /** The first service address, in one line. */
  address: z.string().nullable(),
  /** What is due of the invoices that were sent. */
  due: money,
  openJobs: z.int(),
  /** When one of its contacts used the center last. */
  lastSeenAt: instant.nullable(),
});
export type CustomerRow = z.infer<typeof customerRow>;
export const customerRows = list(customerRow);
/** Without `q` by name; with it the best matches first: words of names, addresses and e-mails by their beginning or with a slip of the finger, digits of phones. */
export const customerRowsQuery = z.strictObject({ ...paging.shape, cursor: z.string().max(800).optional(), q: text(100).optional() });

/** A job in a list of the office. */
export const officeJobRow = z.object({
  id: z.string(),
  number: z.string(),
  service: z.string(),
  status: jobStatus,
  customer: named,
  address: z.string().nullable(),
  /** The next visit, else the last. */
  visit: visitView.nullable(),
  total: money,
  balance: money,
  waitsFor: z.enum(['estimate', 'payment']).nullable(),
  createdAt: instant,
});
export type OfficeJobRow = z.infer<typeof officeJobRow>;
export const officeJobRows = list(officeJobRow);
/** `open`: new and scheduled. Newest first. */
export const officeJobRowsQuery = z.strictObject({ ...paging.shape, state: z.enum(['all', 'open', 'complete', 'canceled']).default('all'), customerId: ref.optional(), q: text(100).optional() });

/** An estimate or invoice in a list of the office. */
export const officeDocumentRow = z.object({
  kind: documentKind,
  id: z.string(),
  number: z.string().nullable(),
  title: z.string(),
  /** That of the estimate or invoice; a sent invoice is `paid` once nothing is due, and `overdue` past its day. */
  status: z.enum(['draft', 'sent', 'approved', 'changesRequested', 'declined', 'expired', 'withdrawn', 'paid', 'overdue', 'void']),
  customer: named,
  job: z.object({ id: z.string(), number: z.string() }),
  total: money,
  /** Null for an estimate. */
  due: money.nullable(),
  /** The last day to pay it, or to approve it. */
  dueOn: day.nullable(),
  sentAt: instant.nullable(),
  /** When a person had its current version before their eyes first. */
  openedAt: instant.nullable(),
  updatedAt: instant,
});
export type OfficeDocumentRow = z.infer<typeof officeDocumentRow>;
export const officeDocumentRows = list(officeDocumentRow);
/** `waiting`: for the customer, or for money. */
export const officeDocumentRowsQuery = z.strictObject({
  ...paging.shape, kind: documentKind, state: z.enum(['all', 'draft', 'waiting', 'settled']).default('all'), customerId: ref.optional(), jobId: ref.optional(), q: text(100).optional(),
});

/** A contact with how far it has come into the center. */
export const contactOverview = contact.extend({
  /** When somebody used the center as this contact last. */
  lastSeenAt: instant.nullable(),
  /** Login links that work now, and browsers that are signed in. */
  links: z.int(),
  sessions: z.int(),
});
export type ContactOverview = z.infer<typeof contactOverview>;

/** `GET /v1/office/customers/{id}/overview`: one customer, everything the first screen about it shows. */
export const customerOverview = z.object({
  customer,
  parent: named.nullable(),
  children: z.array(named),
  contacts: z.array(contactOverview),
  addresses: z.array(address),
  due: money,
  /** Money received that no invoice has taken yet. */
  credit: money,
  openInvoices: z.int(),
  jobs: officeJobRows,
  estimates: z.array(officeDocumentRow),
  invoices: z.array(officeDocumentRow),
  payments: z.array(payment),
  lastSeenAt: instant.nullable(),
});
export type CustomerOverview = z.infer<typeof customerOverview>;

/** Links and sessions of a customer's contacts. */
export const customerAccess = z.object({ links: z.array(link), sessions: z.array(session) });
export type CustomerAccess = z.infer<typeof customerAccess>;

/** One thing that has happened with a customer. */
export const activity = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(['jobMade', 'sent', 'noticeSent', 'noticeFailed', 'opened', 'approved', 'changesRequested', 'declined', 'paid', 'refunded', 'message', 'answer', 'linkMade', 'signedIn']),
  /** Who, where it is known. */
  by: z.string().nullable(),
  /** What was written, or where it was sent. */
  detail: z.string().nullable(),
  document: z.object({ kind: z.enum(['job', 'estimate', 'invoice']), id: z.string(), number: z.string().nullable() }).nullable(),
  amount: money.nullable(),
});
export type Activity = z.infer<typeof activity>;
export const activities = list(activity);

/** `GET /v1/office/jobs/{id}/overview`: one job, everything its screen shows. */
export const jobOverview = z.object({
  job,
  customer: named.extend({ parent: named.nullable() }),
  /** Those the job may have: of its customer and of the customer's parent. */
  contacts: z.array(contact),
  addresses: z.array(address),
  visits: z.array(visit),
  charges: z.array(charge),
  notes: z.array(note),
  payments: z.array(payment),
  estimates: z.array(officeDocumentRow),
  invoices: z.array(officeDocumentRow),
});
export type JobOverview = z.infer<typeof jobOverview>;

/** `GET /v1/office/search`: the best few of each kind. */
export const searchQuery = z.strictObject({ q: text(100).refine((value) => value.length > 0, 'must not be empty') });
export const searchResults = z.object({ customers: z.array(customerRow), jobs: z.array(officeJobRow), documents: z.array(officeDocumentRow) });
export type SearchResults = z.infer<typeof searchResults>;

/** A reminder by hand of what was sent and still waits. */
export const reminderNew = z.strictObject({
  contactId: ref.optional(),
  channels: z.array(z.enum(['email', 'sms'])).min(1).max(2),
  /** A few words of the office's own. */
  note: text(500).nullable().default(null),
});

/** The first account of an empty server, made by whoever holds the link that the console printed. */
export const setupNew = z.strictObject({
  token,
  ownerName: name(100),
  /** Who signs in from now on, and where replies to the account's mail go. */
  email,
  name: accountSettings.shape.name,
  /** Made of the name when absent. */
  slug: slug.optional(),
  phone: phone.nullable().default(null),
  country,
  timeZone,
  locale: language,
  currency,
  accent: accountSettings.shape.accent.optional(),
});
/** Where the owner goes on, signed in. */
export const setupDone = z.object({ account: account.pick({ id: true, slug: true, name: true }), url: z.string() });

const nextNumber = z.int().min(1).max(999_999_999);
/** A number that the office may set: the next one of a sequence, never below what was given out. */
export const numbering = z.object({ estimate: nextNumber, invoice: nextNumber, job: nextNumber, customer: nextNumber });
export type Numbering = z.infer<typeof numbering>;
export const numberingChange = z.strictObject(numbering.shape).partial();

/** What is asked of `id` when the office looks at the center as a contact sees it. */
export const viewAs = id('cont');
