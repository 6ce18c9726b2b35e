/** From an online payment to the words that a notice about it needs. */
import type { Selectable } from 'kysely';
import type { Money } from '../contract/wire.ts';
import type { NoticesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { writtenMethod } from '../documents/paid-with.ts';
import { isReceipt, paymentFacts, type PaymentFacts } from '../documents/receipts.ts';
import { writtenDay, writtenIn } from '../platform/written.ts';
import { oneLine } from './clean.ts';
import type { PaymentWords } from './payment-texts.ts';
import type { NoticeLanguage } from './texts.ts';

/** What a notice says of its payment, before it is put into words. */
export interface PaymentGist {
  payment: PaymentFacts;
  /** Of a notice about money that went back, or was to: how much, and why as the office says it. */
  refund: { amount: number; reason: string | null } | null;
}

type NoticeRow = Pick<Selectable<NoticesTable>, 'kind' | 'attempt_id' | 'refund_id'>;

/** Nothing when it has become untrue meanwhile, such as a refund that the bank sent back. */
export async function paymentGistOf(scope: Scope, { kind, attempt_id: attemptId, refund_id: refundId }: NoticeRow): Promise<PaymentGist | undefined> {
  const payment = attemptId ? await paymentFacts(scope, attemptId) : undefined;
  if (!payment) return undefined;
  if ((kind === 'paymentFailed' || kind === 'officePaymentFailed') !== (payment.state === 'failed')) return undefined;
  if (kind === 'receipt' && !isReceipt(payment)) return undefined;
  const row = refundId ? await scope.from('refunds').select(['amount', 'state', 'reason']).where('id', '=', refundId).executeTakeFirst() : undefined;
  if (kind === 'refunded' && (!row || row.state === 'failed')) return undefined;
  if (kind === 'refundFailed' && row?.state !== 'failed') return undefined;
  return { payment, refund: row ? { amount: row.amount, reason: row.reason } : null };
}

/** The payment's facts as its reader reads them, one line each. @param money writes an amount: text messages know fewer signs. */
export function paymentInLines({ payment, refund }: PaymentGist, language: NoticeLanguage, country: string, money: (amount: Money) => string): PaymentWords {
  const tag = writtenIn(language, country);
  const { currency, refunds, payer, payerOnFile, method, receiptNumber, startedOn, paidOn, customer, items, tip } = payment;
  const written = (amount: number) => money({ amount, currency });
  const refunded = refunds.reduce((sum, { amount }) => sum + amount, 0);
  return {
    receiptNumber: oneLine(receiptNumber ?? '', 20), customer: oneLine(customer.name), payer: payerOnFile ? oneLine(payer) : null, method: method && oneLine(writtenMethod(method, language), 60),
    startedOn: writtenDay(startedOn, tag), paidOn: paidOn === null ? '' : writtenDay(paidOn, tag),
    items: items.map(({ kind, number, title, amount, due }) => ({ kind, number: oneLine(number, 20), title: oneLine(title), amount: written(amount), due: due > 0 ? written(due) : null })),
    tip: tip > 0 ? written(tip) : null, total: written(payment.amount), refund: written(refund?.amount ?? 0), reason: refund?.reason ? oneLine(refund.reason, 200) : null,
    refunded: refunded > (refund?.amount ?? 0) ? written(refunded) : null,
  };
}
