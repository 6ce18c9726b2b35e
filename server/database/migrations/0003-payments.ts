/** Online payments: the connection to Stripe, attempts, refunds and disputes. */
import type { Kysely } from 'kysely';
import type { Engine } from '../open.ts';
import { addColumns, createIndexes, createTables, scoped, within } from './create.ts';

const columns = {
  accounts: [
    'partial_payments integer not null default 0', 'ask_tip integer not null default 0', 'stripe_receipts integer not null default 0', 'takes_payments integer not null default 0',
  ],
  payments: ['attempt_id text', 'refund_id text', 'dispute_id text'],
  notices: ['attempt_id text', 'refund_id text'],
  // A session that goes on at our own page, and what it goes on with.
  handoffs: ['from_session text', 'destination text'],
};

const ofAccount = 'account_id text not null references accounts(id)';
const tables = {
  stripe_connections: `${scoped}, mode text not null, livemode integer not null, stripe_account_id text, status text not null,
    charges_enabled integer not null, details_submitted integer not null, created_at text not null, connected_at text, disconnected_at text,
    checked_at text, events_until text`,
  stripe_domains: `${ofAccount}, connection_id text not null, domain text not null, created_at text not null,
    primary key (account_id, connection_id, domain), ${within('stripe_connections', 'connection_id')}`,
  stripe_states: `${ofAccount}, hash text not null, purpose text not null, actor text not null, expires_at text not null, spent_at text,
    primary key (account_id, hash)`,
  stripe_customers: `${ofAccount}, contact_id text not null, connection_id text not null, stripe_customer_id text not null,
    preferred_card text, created_at text not null, primary key (account_id, contact_id, connection_id), ${within('stripe_connections', 'connection_id')}`,
  payment_attempts: `${scoped}, connection_id text not null, payment_intent_id text, state text not null, stripe_status text, amount integer not null,
    tip integer not null, currency text not null, fee integer not null, customer_id text not null, person text not null, payer text not null, contact_id text, link_id text,
    address text, language text not null, save_card integer not null, saved_card text, charge_id text, method_type text, method_brand text, method_last4 text, decline_code text,
    verify integer not null, receipt_number text, overpaid integer not null, refunded integer not null, created_at text not null, updated_at text not null,
    paid_at text, asked_at text, check_at text, ${within('stripe_connections', 'connection_id')}`,
  attempt_items: `${ofAccount}, attempt_id text not null, invoice_id text not null, customer_id text not null, etag text not null, amount integer not null, open integer not null,
    primary key (account_id, attempt_id, invoice_id), ${within('payment_attempts', 'attempt_id')}, ${within('invoices', 'invoice_id')}`,
  refunds: `${scoped}, attempt_id text not null, stripe_refund_id text, amount integer not null, state text not null, reason text,
    created_at text not null, updated_at text not null, ${within('payment_attempts', 'attempt_id')}`,
  disputes: `${scoped}, attempt_id text not null, stripe_dispute_id text not null, amount integer not null, state text not null, reason text,
    created_at text not null, updated_at text not null, ${within('payment_attempts', 'attempt_id')}`,
  stripe_events: 'id text not null primary key, account_id text not null, type text not null, received_at text not null',
};

const indexes = [
  // One account of ours for each account at Stripe, and one connection in use for each account of ours.
  `unique index stripe_connections_stripe on stripe_connections (stripe_account_id) where status <> 'disconnected' and stripe_account_id is not null`,
  `unique index stripe_connections_use on stripe_connections (account_id) where status <> 'disconnected'`,
  'unique index payment_attempts_intent on payment_attempts (account_id, payment_intent_id) where payment_intent_id is not null',
  'index payment_attempts_check on payment_attempts (check_at) where check_at is not null',
  'index payment_attempts_customer on payment_attempts (account_id, customer_id)',
  // At most one attempt at a time for each invoice, whoever else tries.
  'unique index attempt_items_open on attempt_items (account_id, invoice_id) where open = 1',
  'index attempt_items_invoice on attempt_items (account_id, invoice_id)',
  'unique index refunds_stripe on refunds (account_id, stripe_refund_id) where stripe_refund_id is not null',
  'index refunds_attempt on refunds (account_id, attempt_id)',
  'unique index disputes_stripe on disputes (account_id, stripe_dispute_id)',
  'index disputes_attempt on disputes (account_id, attempt_id)',
  // Money is booked once for each attempt, refund and dispute, and family of customers.
  `unique index payments_online on payments (account_id, attempt_id, customer_id, coalesce(refund_id, ''), coalesce(dispute_id, '')) where attempt_id is not null`,
  // One receipt a payment; of a refund one notice that it goes, and one that it came back.
  `unique index notices_receipt on notices (account_id, attempt_id) where kind = 'receipt'`,
  `unique index notices_refund on notices (account_id, refund_id, kind) where refund_id is not null`,
  'index notices_attempt on notices (account_id, attempt_id) where attempt_id is not null',
  'index stripe_events_received on stripe_events (received_at)',
];

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await addColumns(db, engine, columns);
  await createTables(db, engine, tables);
  await createIndexes(db, indexes);
}
