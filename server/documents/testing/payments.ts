/** Online payments as tests put them into a database, row by row: for what reads them and asks nothing of Stripe. */
import type { Insertable, Selectable } from 'kysely';
import type { PaymentAttemptsTable, RefundsTable } from '../../database/schema-payments.ts';
import type { Scope } from '../../database/scope.ts';
import { newId, now } from '../../platform/ids.ts';
import type { SentDocument } from './rows.ts';

export type Attempt = Selectable<PaymentAttemptsTable>;

/** The account's connection to Stripe; made when there is none. */
async function connectionOf(scope: Scope): Promise<string> {
  const known = await scope.from('stripe_connections').select('stripe_connections.id').executeTakeFirst();
  if (known) return known.id;
  const id = newId('stripeConnection');
  await scope
    .insert('stripe_connections', {
      id, mode: 'connect', livemode: 0, stripe_account_id: `acct_${id}`, status: 'active', charges_enabled: 1, details_submitted: 1, created_at: now(), connected_at: now(),
      disconnected_at: null, checked_at: now(), events_until: null,
    })
    .execute();
  return id;
}

interface OfCustomer {
  customerId: string;
  /** With the amounts that are paid of each. */
  items: { invoice: SentDocument; amount: number }[];
}

/** A payment of these invoices that came in, by a contact with Visa; `more` says what is different about its row. */
export async function addAttempt(scope: Scope, { customerId, items }: OfCustomer, more: Partial<Omit<Insertable<PaymentAttemptsTable>, 'account_id' | 'id'>> = {}): Promise<Attempt> {
  const id = newId('attempt');
  const { tip = 0, state = 'succeeded' } = more;
  await scope
    .insert('payment_attempts', {
      id, connection_id: await connectionOf(scope), payment_intent_id: `pi_${id}`, state, stripe_status: null, amount: items.reduce((sum, { amount }) => sum + amount, tip), tip, currency: scope.account.currency,
      fee: 0, customer_id: customerId, person: 'cont_maria', payer: 'Maria Lopez', contact_id: 'cont_maria', link_id: null, address: 'maria@example.com', language: 'en', save_card: 0, saved_card: null,
      charge_id: null, method_type: 'card', method_brand: 'visa', method_last4: '4242', decline_code: null, verify: 0, receipt_number: state === 'succeeded' ? '5001' : null, overpaid: 0, refunded: 0,
      created_at: '2025-12-01T15:00:00.000Z', updated_at: now(), paid_at: state === 'succeeded' ? '2025-12-01T15:00:10.000Z' : null, asked_at: null, check_at: null, ...more,
    })
    .execute();
  const rows = items.map(({ invoice, amount }) => ({ attempt_id: id, invoice_id: invoice.id, customer_id: customerId, etag: '1-x', amount, open: 0 as const }));
  if (rows.length > 0) await scope.insert('attempt_items', rows).execute();
  return scope.from('payment_attempts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** Money of it that went back. */
export async function addRefund(scope: Scope, attempt: Attempt, amount: number, more: Partial<Omit<Insertable<RefundsTable>, 'account_id' | 'id'>> = {}): Promise<string> {
  const id = newId('refund');
  await scope.insert('refunds', { id, attempt_id: attempt.id, stripe_refund_id: `re_${id}`, amount, state: 'succeeded', reason: null, created_at: '2025-12-03T15:00:00.000Z', updated_at: now(), ...more }).execute();
  return id;
}
