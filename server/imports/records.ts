/**
 * What every source's adapter makes of its export: records without the source's peculiarities, and issues for all that could
 * not be taken as it was. Adding a source means writing an adapter to these shapes; staging and applying stay as they are.
 */
import { z } from 'zod';
import { addressFields, chargeFields, contactFields, customerFields, jobFields } from '../contract/records.ts';
import { day, instant, prose } from '../contract/wire.ts';
import { paymentMethod } from '../contract/work.ts';

export const recordKinds = ['customer', 'job', 'charge', 'payment'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** The source's own id; it becomes part of our `externalId`. */
export const sourceId = z.string().regex(/^[\w.-]{1,60}$/, 'an id of letters and digits');
const number = z.string().min(1).max(30).nullable();
const amount = z.int();
/** As long as a document's may be. */
const terms = prose(20_000).nullable();

const customerRecord = z.object({
  kind: z.literal('customer'),
  id: sourceId,
  parentId: sourceId.nullable(),
  number,
  ...customerFields.pick({ name: true, company: true, billingAddress: true, active: true }).shape,
  createdAt: instant.nullable(),
  contact: contactFields.pick({ name: true, email: true, mobile: true, notifyByEmail: true, notifyBySms: true }),
  address: addressFields.pick({ line1: true, line2: true, city: true, region: true, postalCode: true, country: true }).nullable(),
});

const jobRecord = z.object({
  kind: z.literal('job'),
  id: sourceId,
  customerId: sourceId,
  number,
  ...jobFields.pick({
    service: true, scope: true, status: true, poNumber: true, presentation: true, tax: true, completedAt: true,
    estimateSentOn: true, estimateAnsweredOn: true, invoicedOn: true,
  }).shape,
  createdAt: instant.nullable(),
  /** What the source says the charges come to; null when it says nothing. */
  subtotal: amount.nullable(),
  /** What it says the job comes to, tax and all. */
  total: amount.nullable(),
  /** What the source says is still owed. */
  balance: amount.nullable(),
  /** An estimate that the source has sent; null where there is none. It has the job's number. */
  estimate: z.object({ issuedOn: day, issuedAt: instant, answer: z.enum(['won', 'lost']).nullable(), answeredAt: instant.nullable(), terms }).nullable(),
  /** An invoice of the job, with the job's number; null while it is too early for one. */
  invoice: z
    .object({
      /** Whether the source has made it, or it would only make one now that the job is done. */
      made: z.boolean(),
      issuedOn: day.nullable(),
      issuedAt: instant.nullable(),
      dueOn: day.nullable(),
      terms,
    })
    .nullable(),
  visit: z
    .union([z.object({ startsAt: instant, endsAt: instant.nullable() }), z.object({ date: day })])
    .nullable(),
  /** All that the source says about the estimate and the invoice, word for word, whatever of it the documents show. */
  document: z.record(z.string(), z.string().nullable()),
});

const chargeRecord = z.object({
  kind: z.literal('charge'),
  id: sourceId,
  jobId: sourceId,
  /** The source's order on the job; null for the order of creation. */
  order: z.int().min(0).max(100_000).nullable(),
  ...chargeFields.pick({ description: true, details: true, discount: true, unitPrice: true }).shape,
  /** Thousandths. */
  quantity: amount,
  total: amount,
  createdAt: instant.nullable(),
});

const paymentRecord = z.object({
  kind: z.literal('payment'),
  id: sourceId,
  jobId: sourceId,
  receivedOn: day,
  method: paymentMethod,
  /** Negative for money given back. */
  amount,
  reference: z.string().max(100).nullable(),
  createdAt: instant.nullable(),
});

/** A line that the source has deleted; ours goes as well, if an earlier import made it. */
const removal = z.object({ kind: z.enum(['charge', 'payment']), id: sourceId, jobId: sourceId, removed: z.literal(true) });

export type CustomerRecord = z.output<typeof customerRecord>;
export type JobRecord = z.output<typeof jobRecord>;
export type ChargeRecord = z.output<typeof chargeRecord>;
export type PaymentRecord = z.output<typeof paymentRecord>;
export type Removal = z.output<typeof removal>;
export type ImportRecord = CustomerRecord | JobRecord | ChargeRecord | PaymentRecord | Removal;

const shapes = { customer: customerRecord, job: jobRecord, charge: chargeRecord, payment: paymentRecord };

/** The record if it has the right shape, else what is wrong with it. */
export function checkRecord(record: ImportRecord): { record: ImportRecord } | { problem: string } {
  const parsed = ('removed' in record ? removal : shapes[record.kind]).safeParse(record);
  if (parsed.success) return { record: parsed.data };
  const issue = parsed.error.issues[0];
  return { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}` };
}

/** Skipped: not imported. Mended: imported otherwise than it was. Noted: imported as it was, but it contradicts itself. */
export type Outcome = 'skipped' | 'mended' | 'noted';

/** What a job's record makes besides the job. */
export type DocumentPart = 'estimate' | 'invoice' | 'credit';

export interface Issue {
  outcome: Outcome;
  kind: RecordKind | DocumentPart;
  id: string | null;
  /** The same words for the same cause, so that they can be counted. */
  reason: string;
  /** The value in question. */
  detail?: string;
  /** Where in the export it stands, when its id does not say it. */
  place?: string;
  record?: unknown;
}

/** What an adapter has to know of the account. */
export interface SourceAccount {
  country: string;
  currency: string;
  timeZone: string;
}

/** Some records at a time, so that a reader waits until they are staged before it reads on. */
export interface ReadBatch {
  /** Bytes read for them. */
  bytes: number;
  records: { record: ImportRecord; original: unknown }[];
  issues: Issue[];
}

export interface ExportFile {
  kind: RecordKind;
  name: string;
  bytes: number;
  read(): AsyncGenerator<ReadBatch>;
}

/** An export, opened. */
export interface SourceExport {
  /** Short name that leads external ids and keeps sources apart in the tables. */
  source: string;
  /** The source's name for people. */
  label: string;
  files: ExportFile[];
}
