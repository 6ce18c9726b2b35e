/** Tells payers and the office how a payment went. Queued in the transaction of its cause; what is said is looked up when it is sent. */
import type { Selectable } from 'kysely';
import type { PaymentAttemptsTable } from '../database/schema-payments.ts';
import type { Scope } from '../database/scope.ts';
import { queueNotice, queueOfficeNotice, type OfficePaymentKind, type PayerNoticeKind } from '../notices/notices.ts';
import type { Services } from '../platform/services.ts';

type Attempt = Pick<Selectable<PaymentAttemptsTable>, 'id' | 'address' | 'language' | 'contact_id'>;
type Ways = Pick<Services, 'smsConfigured'>;

/** The payer's receipt, in the transaction in which the attempt became succeeded. However often it is called, there is one. */
export const queueReceipt = (scope: Scope, attempt: Attempt, ways: Ways): Promise<void> => tellPayer(scope, attempt, 'receipt', null, ways);

/** A bank debit that its payer had finished was refused later: what it paid is due again. One for each attempt. */
export const queuePaymentFailed = (scope: Scope, attempt: Attempt, ways: Ways): Promise<void> => tellPayer(scope, attempt, 'paymentFailed', null, ways);

/** Money goes back to the payer. One for each refund, whoever made it and wherever. */
export const queueRefunded = (scope: Scope, attempt: Attempt, refundId: string, ways: Ways): Promise<void> => tellPayer(scope, attempt, 'refunded', refundId, ways);

/** The bank sent a refund back that the payer had been told of. One for each refund. */
export async function queueRefundFailed(scope: Scope, attempt: Attempt, refundId: string, ways: Ways): Promise<void> {
  if (await isTold(scope, attempt.id, 'refunded', refundId)) await tellPayer(scope, attempt, 'refundFailed', refundId, ways);
}

/** Tells the office, at the account's address in its language. Of a payment's end it is told once, of disputes as often as they are queued. */
export async function queueOfficePayment(scope: Scope, attempt: Pick<Attempt, 'id'>, kind: OfficePaymentKind): Promise<void> {
  if (kind !== 'officeDisputed' && (await isTold(scope, attempt.id, kind, null))) return;
  await queueOfficeNotice(scope, { kind, attemptId: attempt.id });
}

async function tellPayer(scope: Scope, { id: attemptId, address, language, contact_id: contactId }: Attempt, kind: PayerNoticeKind, refundId: string | null, { smsConfigured }: Ways): Promise<void> {
  if (address === null || (await isTold(scope, attemptId, kind, refundId))) return;
  const channel = address.includes('@') ? 'email' : smsConfigured ? 'sms' : null;
  if (channel) await queueNotice(scope, { kind, channel, to: address, language, contactId, attemptId, refundId });
}

async function isTold(scope: Scope, attemptId: string, kind: string, refundId: string | null): Promise<boolean> {
  let told = scope.from('notices').select('notices.id').where('attempt_id', '=', attemptId).where('kind', '=', kind);
  if (refundId !== null) told = told.where('refund_id', '=', refundId);
  return (await told.executeTakeFirst()) !== undefined;
}
