/** What an online payment paid, with what, and what went back: for its receipt, as a mail and as a file. */
import type { Selectable } from 'kysely';
import type { PaymentAttemptsTable } from '../database/schema-payments.ts';
import type { Scope } from '../database/scope.ts';
import { dayOf } from '../platform/calendar.ts';
import { notFound } from '../platform/problems.ts';
import { brandingOf } from './branding.ts';
import { plain, type DocumentFile } from './files.ts';
import type { PaidWith } from './paid-with.ts';
import { drawPdf } from './pdf/draw.ts';
import type { PdfLanguage } from './pdf/task.ts';
import { readVersion } from './versions.ts';

/** Amounts are minor units of `currency`, days are the account's. */
export interface PaymentFacts {
  state: PaymentAttemptsTable['state'];
  receiptNumber: string | null;
  startedOn: string;
  paidOn: string | null;
  /** As they are on file now. */
  customer: { name: string; billingAddress: string | null };
  payer: string;
  /** Whether the payer's name is that of a contact on file, and not what a customer called whom they sent the invoice on to. */
  payerOnFile: boolean;
  method: PaidWith | null;
  currency: string;
  /** All of it, with the tip. */
  amount: number;
  tip: number;
  items: PaidItem[];
  /** What went back or is on its way, the earliest first. */
  refunds: { id: string; on: string; amount: number; state: 'pending' | 'succeeded' }[];
}
export interface PaidItem {
  invoiceId: string;
  kind: 'invoice' | 'deposit';
  number: string;
  /** The contractor's own words. */
  title: string;
  amount: number;
  /** What is still to be paid of this invoice now. */
  due: number;
}
/** Of a payment that came in. */
export type ReceiptFacts = PaymentFacts & { receiptNumber: string; paidOn: string };

/** @throws {Problem} `not_found` when nothing was paid by this attempt. */
export async function receiptFacts(scope: Scope, attemptId: string): Promise<ReceiptFacts> {
  const facts = await paymentFacts(scope, attemptId);
  if (!facts || !isReceipt(facts)) throw notFound();
  return facts;
}

export const isReceipt = (facts: PaymentFacts): facts is ReceiptFacts => facts.receiptNumber !== null && facts.paidOn !== null;

/** Of any attempt, paid or not; undefined for one that never was. */
export async function paymentFacts(scope: Scope, attemptId: string): Promise<PaymentFacts | undefined> {
  const attempt = await scope.from('payment_attempts').selectAll().where('id', '=', attemptId).executeTakeFirst();
  if (!attempt) return undefined;
  const { time_zone: zone } = scope.account;
  const customer = await scope.from('customers').select(['name', 'billing_address']).where('id', '=', attempt.customer_id).executeTakeFirst();
  const refunds = await scope.from('refunds').select(['id', 'amount', 'state', 'created_at']).where('attempt_id', '=', attemptId).where('state', '<>', 'failed').orderBy('created_at').orderBy('id').execute();
  return {
    state: attempt.state, receiptNumber: attempt.receipt_number, startedOn: dayOf(attempt.created_at, zone), paidOn: attempt.paid_at && dayOf(attempt.paid_at, zone),
    customer: { name: customer?.name ?? '', billingAddress: customer?.billing_address ?? null }, payer: attempt.payer, payerOnFile: attempt.contact_id !== null, method: methodOf(attempt),
    currency: attempt.currency, amount: attempt.amount, tip: attempt.tip, items: await itemsOf(scope, attemptId),
    refunds: refunds.map(({ id, amount, state, created_at: at }) => ({ id, on: dayOf(at, zone), amount, state: state === 'pending' ? 'pending' : 'succeeded' })),
  };
}

/** What paid, once Stripe has said it. */
export const methodOf = ({ method_type: type, method_brand: brand, method_last4: last4 }: Pick<Selectable<PaymentAttemptsTable>, 'method_type' | 'method_brand' | 'method_last4'>): PaidWith | null =>
  type === null ? null : { type, brand, last4 };

async function itemsOf(scope: Scope, attemptId: string): Promise<PaidItem[]> {
  const rows = await scope
    .from('attempt_items')
    .innerJoin('invoices', (join) => join.onRef('invoices.account_id', '=', 'attempt_items.account_id').onRef('invoices.id', '=', 'attempt_items.invoice_id'))
    .where('attempt_items.attempt_id', '=', attemptId)
    .select(['invoices.id', 'invoices.kind', 'invoices.number', 'invoices.status', 'invoices.version', 'invoices.total', 'invoices.settled', 'attempt_items.amount'])
    .orderBy('invoices.id')
    .execute();
  return Promise.all(
    rows.map(async ({ id, kind, number, status, version, total, settled, amount }): Promise<PaidItem> => {
      const frozen = await readVersion(scope, 'invoice', id, version);
      const due = status === 'void' ? 0 : Math.max(0, total - settled);
      return { invoiceId: id, kind: kind === 'deposit' ? 'deposit' : 'invoice', number: number ?? '', title: frozen?.content.title ?? '', amount, due };
    }),
  );
}

/**
 * The receipt to keep, drawn when it is asked for: with everything that went back until then. Never inside a transaction.
 * @throws {Problem} `not_found` when nothing was paid by this attempt.
 */
export async function receiptFile(scope: Scope, attemptId: string, language: PdfLanguage): Promise<DocumentFile> {
  const receipt = await receiptFacts(scope, attemptId);
  const { bytes, missing } = await drawPdf({ kind: 'receipt', receipt, language, branding: await brandingOf(scope), country: scope.account.country });
  return { name: `receipt-${plain(receipt.receiptNumber)}.pdf`, type: 'application/pdf', bytes, missing };
}
