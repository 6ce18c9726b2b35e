/** Estimates: what the office writes, what the customer reads and decides. */
import { z } from 'zod';
import {
  deposit, documentFacts, documentLink, documentRights, frozenContent, frozenLine, lineFields, tax, taxRounding, taxView,
} from './documents.ts';
import { pendingPayment } from './invoices.ts';
import { day, email, externalId, id, instant, list, minorUnits, money, name, paging, phone, prose, ref, text } from './wire.ts';

/** `expired` follows from the day; all others are stored. */
export const estimateStatus = z.enum(['draft', 'sent', 'approved', 'changesRequested', 'declined', 'expired', 'withdrawn']);
export type EstimateStatus = z.infer<typeof estimateStatus>;

const key = lineFields.shape.id.unwrap();

/** A line of an estimate: always part of it, or a choice. */
const estimateLineFields = lineFields.extend({
  /** The customer may leave it out. */
  optional: z.boolean().default(false),
  /** Key of the group of which exactly one line is chosen (good, better, best). */
  group: key.nullable().default(null),
  /** Chosen until the customer says otherwise; for optional lines and those of a group. */
  selected: z.boolean().default(false),
});
const group = z.strictObject({ key, name: name(100) });

/** What the office may write of an estimate. Absent settings are the account's. */
export const estimateDraft = z.strictObject({
  /** The job's service when absent. */
  title: name(200).optional(),
  contactId: ref.nullable().default(null),
  lines: z.array(estimateLineFields).max(500).default([]),
  groups: z.array(group).max(20).default([]),
  taxes: z.array(tax).max(10).optional(),
  taxIncluded: z.boolean().optional(),
  rounding: taxRounding.optional(),
  /** An amount of tax on top, as an import brings it. */
  fixedTax: minorUnits.default(0),
  deposit: deposit.nullable().default(null),
  terms: prose(20_000).nullable().optional(),
  /** Whether the terms must be accepted to approve. */
  termsRequired: z.boolean().default(false),
  /** The last day on which it can be approved, in the account's time zone. */
  expiresOn: day.nullable().default(null),
});
export type EstimateDraft = z.output<typeof estimateDraft>;
export const estimateNew = estimateDraft.extend({
  jobId: ref,
  externalId: externalId.nullable().optional(),
  /** Begins with lines made of the job's charges; `lines` are then empty. */
  fromCharges: z.boolean().default(false),
});
/** A change of the working copy; what was sent stays as it was. Lines are replaced as a whole. */
export const estimateChange = z
  .strictObject({
    title: estimateDraft.shape.title, contactId: ref.nullable(), lines: z.array(estimateLineFields).max(500), groups: z.array(group).max(20),
    taxes: z.array(tax).max(10), taxIncluded: z.boolean(), rounding: taxRounding, fixedTax: minorUnits, deposit: deposit.nullable(), terms: prose(20_000).nullable(),
    termsRequired: z.boolean(), expiresOn: day.nullable(),
  })
  .partial();

/** A frozen version. Its hash is what an approval is bound to. */
export const estimateContent = frozenContent.extend({
  kind: z.literal('estimate'),
  lines: z.array(frozenLine.extend({ optional: z.boolean(), group: key.nullable(), selected: z.boolean() })),
  groups: z.array(group),
  fixedTax: z.int(),
  deposit: deposit.nullable(),
  termsRequired: z.boolean(),
  expiresOn: day.nullable(),
  /** What the office says about this version. */
  note: z.string().nullable(),
});
export type EstimateContent = z.infer<typeof estimateContent>;
export type EstimateLine = EstimateContent['lines'][number];

export const totalsView = z.object({ subtotal: money, taxes: z.array(taxView), tax: money, total: money, deposit: money.nullable() });
export type TotalsView = z.infer<typeof totalsView>;

/** A wish about the estimate or one of its lines. */
export const remark = z.object({
  id: z.string(),
  /** Null: about the estimate as a whole. */
  lineId: z.string().nullable(),
  /** The version it was made on. */
  version: z.int(),
  text: z.string(),
  by: z.string(),
  createdAt: instant,
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
});
export type Remark = z.infer<typeof remark>;

/** How a line differs from the version this person had seen last. */
export const lineChange = z.object({
  lineId: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  /** The line as it was; null for an added one. */
  before: frozenLine.nullable(),
});
export type LineChange = z.infer<typeof lineChange>;

/** What was decided, by whom. */
export const decisionView = z.object({
  kind: z.enum(['approved', 'declined']),
  at: instant,
  version: z.int(),
  /** Signer's name as typed. */
  by: z.string(),
  /** Masked for readers of a document link. */
  address: z.string().nullable(),
  signature: z.enum(['typed', 'drawn']).nullable(),
  /** Ids of the chosen lines. */
  options: z.array(z.string()),
  totals: totalsView.nullable(),
  poNumber: z.string().nullable(),
  reason: z.string().nullable(),
});
export type DecisionView = z.infer<typeof decisionView>;

/** An estimate as its customer reads it. */
export const estimateView = z.object({
  kind: z.literal('estimate'),
  id: z.string(),
  status: estimateStatus,
  /** For `If-Match`: the version and the hash of its content. */
  etag: z.string(),
  version: z.int(),
  sentAt: instant,
  content: estimateContent,
  customerId: z.string(),
  jobId: z.string(),
  /** Of the lines chosen by whoever decided, else of those preselected. */
  totals: totalsView,
  decision: decisionView.nullable(),
  remarks: z.array(remark),
  /** Null on a first reading, and when nothing changed. `since` is the version read before. */
  changes: z.object({ since: z.int(), lines: z.array(lineChange) }).nullable(),
  /** The invoice for the deposit, once approved. */
  depositInvoice: z
    .object({
      id: z.string(), number: z.string(), due: money, total: money, dueOn: day.nullable(), otherWaysToPay: z.string().nullable(),
      /** For `…/payments`, with what can be paid now and whether it can be paid online. */
      etag: z.string(), payable: money, onlinePayment: z.boolean(), pending: z.array(pendingPayment),
    })
    .nullable(),
  rights: documentRights,
  /** `code`: approving needs the code of a message. */
  verification: z.enum(['none', 'code']),
  /** Who signs unless they say otherwise. */
  signer: z.object({ name: z.string(), address: z.string().nullable() }),
});
export type EstimateView = z.infer<typeof estimateView>;

/** A PNG as a base64 text, at most 100 KB decoded. */
const picture = z.string().max(140_000).regex(/^[A-Za-z0-9+/]+={0,2}$/, 'base64 of a PNG');
export const approval = z.strictObject({
  /** Chosen optional lines, and one line of each group. */
  options: z.array(key).max(500).default([]),
  /** Typed and drawn are equal in every way; both carry the name. */
  signature: z.union([
    z.strictObject({ kind: z.literal('typed'), name: name(100) }),
    z.strictObject({ kind: z.literal('drawn'), name: name(100), picture }),
  ]),
  /** Somebody else signs than the contact: how to reach them. */
  signerAddress: z.union([email, phone]).optional(),
  acceptTerms: z.boolean().default(false),
  poNumber: text(50).optional(),
  /** Where the account asks for a code. */
  verification: z.strictObject({ requestId: ref, code: z.string().regex(/^\d{6}$/, 'six digits') }).optional(),
});
export type Approval = z.input<typeof approval>;
/** A code for approving went to the address on file. */
export const approvalCode = z.object({ id: id('sir'), masked: z.string(), channel: z.enum(['email', 'sms']), expiresAt: instant });
export type ApprovalCode = z.infer<typeof approvalCode>;

export const changeRequest = z
  .strictObject({
    /** The version that the person has before their eyes. */
    version: z.int().min(1),
    text: prose(4000).default(''),
    remarks: z.array(z.strictObject({ lineId: key, text: prose(2000).refine((value) => value.trim().length > 0, 'must not be empty') })).max(50).default([]),
  })
  .refine(({ remarks }) => remarks.reduce((sum, { text: each }) => sum + each.length, 0) <= 20_000, 'at most 20,000 characters altogether')
  .refine(({ text: words, remarks }) => words.trim().length > 0 || remarks.length > 0, 'say what should be different');
export type ChangeRequest = z.input<typeof changeRequest>;
export const declining = z.strictObject({ reason: prose(4000).default('') });

/** An estimate as the office sees it. */
export const estimate = z.object({
  id: id('est'),
  externalId: z.string().nullable(),
  jobId: z.string(),
  customerId: z.string(),
  number: z.string().nullable(),
  status: estimateStatus,
  version: z.int(),
  draft: estimateDraft.extend({ lines: z.array(estimateLineFields.extend({ id: key })), title: z.string() }),
  /** Whether the working copy differs from what was sent last. */
  changed: z.boolean(),
  total: money,
  /** How far each version got, newest first. */
  versions: z.array(documentFacts),
  remarks: z.array(remark),
  decision: decisionView.nullable(),
  /** Every decision about any of its versions, newest first. */
  decisions: z.array(decisionView),
  createdAt: instant,
  updatedAt: instant,
});
export type Estimate = z.infer<typeof estimate>;
export const estimateListed = estimate.pick({ id: true, externalId: true, jobId: true, customerId: true, number: true, status: true, version: true, total: true, createdAt: true, updatedAt: true });
export const estimates = list(estimateListed);
export const estimatesQuery = z.strictObject({
  ...paging.shape, customerId: ref.optional(), jobId: ref.optional(), status: estimateStatus.optional(), q: text(100).optional(), externalId: externalId.optional(),
});
export const remarkAnswer = z.strictObject({ answer: prose(2000).refine((value) => value.trim().length > 0, 'must not be empty') });
/** `links` are secrets: in this answer only, never stored or logged. */
export const estimateSent = z.object({ estimate, links: z.array(documentLink) });
/** How the lines of two versions differ. */
export const versionsQuery = z.strictObject({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) });
export const versionsCompared = z.object({ from: z.int(), to: z.int(), lines: z.array(lineChange) });
