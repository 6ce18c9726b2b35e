/** One e-mail or text message to one person. Written beside its cause; rendered and sent by the worker. */
import type { NoticesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { enqueue } from '../platform/outbox.ts';

/**
 * What a notice about getting in says.
 * - `signIn`: link and code, asked for by the person. `accessLink`: the office opens the center to a contact.
 * - `documentLink`: one job. `freshLink`: an expired link renewed.
 * - `center`: the code that leads from one document to all jobs. `officeMessage`: the office writes, with a way in.
 */
export type AccessNoticeKind = 'signIn' | 'accessLink' | 'documentLink' | 'freshLink' | 'center' | 'officeMessage';

const documentKinds = ['estimate', 'invoice', 'estimateReminder', 'invoiceReminder', 'sharedDocument', 'approvalCode', 'estimateApproved', 'estimateDeclined', 'changesRequested'] as const;
const officeKinds = ['officeApproved', 'officeDeclined', 'officeChangesRequested'] as const;
const payerKinds = ['receipt', 'paymentFailed', 'refunded', 'refundFailed'] as const;
const officePaymentKinds = ['officePaid', 'officePaymentFailed', 'officeDisputed'] as const;

/**
 * What a notice about an estimate or invoice says.
 * - `estimate`, `invoice`: here it is. `sharedDocument`: a customer sends it on. `approvalCode`: the code to approve it with.
 * - `estimateReminder`, `invoiceReminder`: it was sent, and still waits.
 * - `estimateApproved`, `estimateDeclined`, `changesRequested`: what was done, to the contact on file.
 * - `office…`: the same, to the contractor.
 */
export type DocumentNoticeKind = (typeof documentKinds)[number] | OfficeNoticeKind;
export type OfficeNoticeKind = (typeof officeKinds)[number];
/**
 * What a notice about an online payment says.
 * - `receipt`: it came in. `paymentFailed`: the bank refused it afterwards. `refunded`: money goes back.
 *   `refundFailed`: it came back to us. All to whoever paid.
 * - `office…`: to the contractor.
 */
export type PaymentNoticeKind = PayerNoticeKind | OfficePaymentKind;
export type PayerNoticeKind = (typeof payerKinds)[number];
export type OfficePaymentKind = (typeof officePaymentKinds)[number];
export type NoticeKind = AccessNoticeKind | DocumentNoticeKind | PaymentNoticeKind;

const isOneOf = <Kind extends string>(kinds: readonly Kind[], kind: string): kind is Kind => kinds.includes(kind as Kind);
export const isOfficeNotice = (kind: string): kind is OfficeNoticeKind | OfficePaymentKind => isOneOf(officeKinds, kind) || isOneOf(officePaymentKinds, kind);
export const isAboutDocument = (kind: string): kind is DocumentNoticeKind => isOneOf(officeKinds, kind) || isOneOf(documentKinds, kind);
export const isAboutPayment = (kind: string): kind is PaymentNoticeKind => isOneOf(payerKinds, kind) || isOneOf(officePaymentKinds, kind);

/** The version of a document that a notice is about. */
export interface NoticeDocument {
  kind: 'estimate' | 'invoice';
  id: string;
  version: number;
}

interface NoticeFields {
  channel: 'email' | 'sms';
  to: string;
  language: string;
  contactId?: string | null;
  staffId?: string | null;
  /** The link it carries. */
  linkId?: string | null;
  /** The sign-in request whose code it carries. */
  requestId?: string | null;
  /** What the office wrote, of an `officeMessage`. */
  messageId?: string | null | undefined;
  /** What the office adds to it; of a reminder. */
  note?: string | null | undefined;
}
/** What it is about. */
type Subject<Documents = DocumentNoticeKind, Payments = PaymentNoticeKind> =
  | { kind: Documents; document: NoticeDocument }
  /** By the attempt to pay; `refundId` says which part of it went back. */
  | { kind: Payments; attemptId: string; refundId?: string | null };
export type NewNotice = NoticeFields & ({ kind: AccessNoticeKind; document?: NoticeDocument | null } | Subject);

/** Queues a notice in the transaction of its cause. */
export async function queueNotice(scope: Scope, notice: NewNotice): Promise<string> {
  const document = 'document' in notice ? notice.document : null;
  const row: Omit<NoticesTable, 'account_id' | 'id'> & { id: string } = {
    id: newId('notice'), kind: notice.kind, channel: notice.channel, to_address: notice.to, contact_id: notice.contactId ?? null,
    staff_id: notice.staffId ?? null, link_id: notice.linkId ?? null, request_id: notice.requestId ?? null, message_id: notice.messageId ?? null,
    document_kind: document?.kind ?? null, document_id: document?.id ?? null, document_version: document?.version ?? null,
    attempt_id: 'attemptId' in notice ? notice.attemptId : null, refund_id: 'refundId' in notice ? (notice.refundId ?? null) : null,
    note: notice.note ?? null, language: notice.language, status: 'queued', attempts: 0, error: null, created_at: now(), sent_at: null,
  };
  await scope.insert('notices', row).execute();
  await enqueue(scope, 'notice', { noticeId: row.id });
  return row.id;
}

/** Tells the office by e-mail, in the account's language: at the account's address, else every owner at their own. */
export async function queueOfficeNotice(scope: Scope, subject: Subject<OfficeNoticeKind, OfficePaymentKind>): Promise<void> {
  const { email, locale: language } = scope.account;
  const told: { to: string; staffId?: string }[] = email
    ? [{ to: email }]
    : (await scope.from('staff').select(['staff.id', 'staff.email']).where('role', '=', 'owner').orderBy('id').execute()).map((owner) => ({ to: owner.email, staffId: owner.id }));
  for (const each of told) await queueNotice(scope, { ...subject, channel: 'email', language, ...each });
}
