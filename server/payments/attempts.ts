/** Claiming invoices for one try to pay them. Of several tries at once, the database lets one have an invoice. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Reading } from '../access/reader.ts';
import type { BlockedItem, paymentNew } from '../contract/payments.ts';
import type { AttemptItemsTable, PaymentAttemptsTable } from '../database/schema-payments.ts';
import type { Scope } from '../database/scope.ts';
import { etagOf } from '../documents/versions.ts';
import type { InvoiceRow } from '../invoices/content.ts';
import { isPayableOnline } from '../invoices/reading.ts';
import { stepOf } from '../platform/currencies.ts';
import { after, newId, now } from '../platform/ids.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import type { StripeSetup } from '../platform/services.ts';
import { feeOf, limitsOf } from './amounts.ts';
import type { Connection } from './connections.ts';

export type Attempt = Selectable<PaymentAttemptsTable>;
export type Item = Selectable<AttemptItemsTable>;
export type Asked = Omit<z.output<typeof paymentNew>, 'returnUrl'>;

/** Seconds until somebody looks whether an attempt that was begun was also finished. */
export const CHECK_SOON = 120;

/** Who pays, whatever the invoices and their order. */
export interface Payer extends Pick<Reading, 'reader' | 'shared'> {
  language: string;
}
/** An invoice that is to be paid, with its reader's rights. */
export interface Wanted {
  row: InvoiceRow;
  reading: Reading;
}

/** Other attempts hold some of these invoices. What they are worth is for Stripe to say, outside the transaction. */
export class Occupied extends Error {
  readonly attemptIds: string[];
  constructor(attemptIds: string[]) {
    super('other attempts hold these invoices');
    this.attemptIds = attemptIds;
  }
}

interface Claim {
  asked: Asked;
  wanted: Wanted[];
  payer: Payer;
  connection: Connection;
  stripe: Pick<StripeSetup, 'feeBasisPoints'>;
  /** An attempt of the same payer for the very same thing, which is to be gone on with. */
  reuse: string | undefined;
}

/**
 * Makes an attempt, or goes on with `reuse`. Call it in turn, with rows that were read in the same transaction.
 * @returns its id.
 * @throws {Occupied} while another attempt holds one of the invoices.
 * @throws {Problem} `stale`, `due_changed`, `not_payable` with the items that are in the way; `invalid_request`.
 */
export async function claimAttempt(trx: Scope, { asked, wanted, payer, connection, stripe, reuse }: Claim): Promise<string> {
  const total = checkAmounts(trx, asked, wanted);
  const held = await heldOf(trx, wanted.map(({ row }) => row.id));
  const others = [...new Set([...held.values()])];
  if (others.some((id) => id !== reuse)) throw new Occupied(others);
  await checkDues(trx, asked, wanted);
  // Its times stay: who begins again and again must not keep others out for as long as they like.
  if (reuse && others.length === 1) return reuse;
  const time = now();
  const id = newId('attempt');
  const { reader } = payer;
  await trx
    .insert('payment_attempts', {
      id, connection_id: connection.id, payment_intent_id: null, state: 'open', stripe_status: null, amount: total, tip: asked.tip, currency: trx.account.currency,
      fee: connection.mode === 'connect' ? inSteps(feeOf(total, stripe.feeBasisPoints), trx.account.currency) : 0, customer_id: wanted[0]!.row.customer_id, person: reader.person, payer: reader.name,
      contact_id: reader.contactId, link_id: reader.linkId, address: reader.address, language: payer.language, save_card: asked.saveCard ? 1 : 0, saved_card: asked.savedCard ?? null,
      charge_id: null, method_type: null, method_brand: null, method_last4: null, decline_code: null, verify: 0, receipt_number: null, overpaid: 0, refunded: 0,
      created_at: time, updated_at: time, paid_at: null, asked_at: null, check_at: after(CHECK_SOON),
    })
    .execute();
  await trx
    .insert('attempt_items', asked.items.map((item) => ({ attempt_id: id, invoice_id: item.invoiceId, customer_id: wanted.find(({ row }) => row.id === item.invoiceId)!.row.customer_id, etag: item.etag, amount: item.amount, open: 1 as const })))
    .execute();
  return id;
}

/** Whether an attempt is for exactly this, by this payer. */
export const isSame = (attempt: Attempt, items: Item[], { asked, payer, connection }: Pick<Claim, 'asked' | 'payer' | 'connection'>): boolean =>
  attempt.person === payer.reader.person && attempt.connection_id === connection.id && attempt.tip === asked.tip && (attempt.save_card === 1) === asked.saveCard &&
  attempt.saved_card === (asked.savedCard ?? null) && items.length === asked.items.length &&
  asked.items.every((item) => items.some((other) => other.invoice_id === item.invoiceId && other.amount === item.amount && other.etag === item.etag));

export const itemsOf = (scope: Scope, attemptId: string): Promise<Item[]> =>
  scope.from('attempt_items').selectAll().where('attempt_id', '=', attemptId).orderBy('invoice_id').execute();

/** It holds its invoices no more. */
export const freeItems = async (scope: Scope, attemptId: string): Promise<void> => void (await scope.update('attempt_items').set({ open: 0 }).where('attempt_id', '=', attemptId).execute());

/** By invoice, the attempt that holds it. */
async function heldOf(scope: Scope, invoiceIds: string[]): Promise<Map<string, string>> {
  const rows = await scope.from('attempt_items').select(['invoice_id', 'attempt_id']).where('open', '=', 1).where('invoice_id', 'in', invoiceIds).execute();
  return new Map(rows.map((row) => [row.invoice_id, row.attempt_id]));
}

/** What can never be right, however often it is asked. @returns the whole amount. */
function checkAmounts({ account }: Scope, { items, tip }: Asked, wanted: Wanted[]): number {
  const { currency } = account;
  if (tip > 0 && account.ask_tip !== 1) throw invalidField('/tip', 'no tip is asked for');
  if (tip !== inSteps(tip, currency)) throw invalidField('/tip', LAST_DIGIT);
  let sum = tip;
  for (const [index, { amount, etag }] of items.entries()) {
    const { row } = wanted[index]!;
    if (row.kind === 'credit') throw invalidField(`/items/${index}/invoiceId`, 'is a credit');
    if (etag === etagOf(row.version, row.hash)) {
      if (amount > row.total) throw invalidField(`/items/${index}/amount`, 'is more than the invoice');
      // Of a due that has such a digit itself, the invoice is not payable, which is said below.
      if (amount !== inSteps(amount, currency) && amount !== row.total - row.settled) throw invalidField(`/items/${index}/amount`, LAST_DIGIT);
    }
    sum += amount;
  }
  const { least, most } = limitsOf(currency);
  if (sum < least) throw invalidField('/items', 'is less than a card takes');
  if (sum > most) throw invalidField('/items', 'is more than a card takes');
  return sum;
}

/** The nearest amount below that Stripe takes in this currency. */
const inSteps = (amount: number, currency: string): number => amount - (amount % stepOf(currency));
const LAST_DIGIT = 'the last digit of an amount in this currency must be 0';

/** What was right when the payer saw it and is not now. */
async function checkDues(trx: Scope, { items }: Asked, wanted: Wanted[]): Promise<void> {
  const jobs = await trx.from('jobs').select(['id', 'online_payment']).where('id', 'in', wanted.map(({ row }) => row.job_id)).execute();
  const onlineOf = new Map(jobs.map((job) => [job.id, job.online_payment]));
  const blocked: BlockedItem[] = [];
  for (const [index, { row }] of wanted.entries()) {
    const reason = reasonAgainst(trx, row, items[index]!, onlineOf.get(row.job_id) ?? 0);
    if (reason) blocked.push(blockedBy(trx, row, reason));
  }
  if (blocked.length === 0) return;
  const has = (reason: BlockedItem['reason']) => blocked.some((item) => item.reason === reason);
  throw new Problem(has('notPayable') ? 'not_payable' : has('stale') ? 'stale' : 'due_changed', { items: blocked });
}

function reasonAgainst({ account }: Scope, row: InvoiceRow, { etag, amount }: Asked['items'][number], ofJob: 0 | 1): BlockedItem['reason'] | undefined {
  if (row.status !== 'sent' || !isPayableOnline({ account }, row, ofJob)) return 'notPayable';
  if (etag !== etagOf(row.version, row.hash)) return 'stale';
  const due = row.total - row.settled;
  if (amount > due || (amount < due && account.partial_payments !== 1)) return 'dueChanged';
  return undefined;
}

/** An invoice that cannot be paid as asked, with what is due of it now. */
export const blockedBy = (scope: Scope, row: InvoiceRow, reason: BlockedItem['reason'], more: { since: string; by: string | null } = { since: '', by: null }): BlockedItem => ({
  invoiceId: row.id, reason, due: { amount: row.status === 'sent' ? Math.max(0, row.total - row.settled) : 0, currency: scope.account.currency }, etag: etagOf(row.version, row.hash),
  since: more.since || null, by: more.by,
});
