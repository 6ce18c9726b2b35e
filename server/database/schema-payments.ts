/** The tables of online payments. What Stripe knows is copied here only as far as something is decided by it. */
import type { Fixed, Flag, Scoped } from './schema.ts';

/** How an account stands with Stripe. One row is in use; those of accounts that were disconnected stay for their payments. */
export interface StripeConnectionsTable extends Scoped {
  mode: 'connect' | 'own';
  livemode: Flag;
  /** `acct_…`: no secret. Null in `own` mode, where the operator's key belongs to the account. */
  stripe_account_id: string | null;
  status: 'onboarding' | 'active' | 'restricted' | 'disconnected';
  charges_enabled: Flag;
  details_submitted: Flag;
  created_at: string;
  connected_at: string | null;
  disconnected_at: string | null;
  checked_at: string | null;
  /** The moment up to which its list of events was read. */
  events_until: string | null;
}
/** Websites that wallets may appear on, as registered with Stripe. */
export interface StripeDomainsTable {
  account_id: Fixed<string>;
  connection_id: string;
  domain: string;
  created_at: string;
}
/** A way to Stripe and back that somebody of the office began: once, by who began it. */
export interface StripeStatesTable {
  account_id: Fixed<string>;
  hash: string;
  purpose: 'oauth' | 'onboarding';
  /** The staff member or key that began it. */
  actor: string;
  expires_at: string;
  spent_at: string | null;
}
/** A contact's customer record at the contractor's Stripe account; cards are kept there. */
export interface StripeCustomersTable {
  account_id: Fixed<string>;
  contact_id: string;
  connection_id: string;
  stripe_customer_id: string;
  /** `pm_…` of the card that is offered first. */
  preferred_card: string | null;
  created_at: string;
}
/** One try to pay: one PaymentIntent. */
export interface PaymentAttemptsTable extends Scoped {
  connection_id: Fixed<string>;
  /** Null until Stripe has answered. */
  payment_intent_id: string | null;
  state: 'open' | 'processing' | 'succeeded' | 'failed' | 'canceled';
  /** As Stripe said last. */
  stripe_status: string | null;
  /** With the tip. */
  amount: Fixed<number>;
  tip: Fixed<number>;
  currency: Fixed<string>;
  /** Part of `amount` that the operator keeps. */
  fee: Fixed<number>;
  customer_id: Fixed<string>;
  /** The contact, or the link of somebody a document was sent on to. */
  person: Fixed<string>;
  payer: Fixed<string>;
  contact_id: Fixed<string | null>;
  link_id: Fixed<string | null>;
  /** Where the receipt goes. */
  address: Fixed<string | null>;
  language: Fixed<string>;
  save_card: Fixed<Flag>;
  saved_card: Fixed<string | null>;
  charge_id: string | null;
  method_type: string | null;
  method_brand: string | null;
  method_last4: string | null;
  /** What Stripe calls the reason of the last decline. */
  decline_code: string | null;
  /** 1 while the payer must prove a bank account by two small amounts, which is done at Stripe. */
  verify: Flag;
  receipt_number: string | null;
  /** What settled no invoice. */
  overpaid: number;
  refunded: number;
  created_at: string;
  updated_at: string;
  paid_at: string | null;
  /** When the request for what was applied last began: what was asked earlier is not applied over it. */
  asked_at: string | null;
  /** When the reconciler looks again; null when nothing is awaited. */
  check_at: string | null;
}
/** What an attempt pays. `open` 1 while its attempt is open or processing: unique for each invoice. */
export interface AttemptItemsTable {
  account_id: Fixed<string>;
  attempt_id: Fixed<string>;
  invoice_id: Fixed<string>;
  /** Whose invoice it was then; it may be another customer's by now. */
  customer_id: Fixed<string>;
  /** Of the invoice the payer saw. */
  etag: Fixed<string>;
  amount: Fixed<number>;
  open: Flag;
}
export interface RefundsTable extends Scoped {
  attempt_id: Fixed<string>;
  /** Null until Stripe has answered; set from the beginning for one that was made there. */
  stripe_refund_id: string | null;
  amount: number;
  state: 'pending' | 'succeeded' | 'failed';
  reason: string | null;
  created_at: string;
  updated_at: string;
}
export interface DisputesTable extends Scoped {
  attempt_id: Fixed<string>;
  stripe_dispute_id: string;
  amount: number;
  /** As Stripe names it: `needs_response`, `warning_needs_response`, `won`, `lost` … */
  state: string;
  reason: string | null;
  created_at: string;
  updated_at: string;
}
/** Events that Stripe told, each once. Found by Stripe's id, before an account is known. */
export interface StripeEventsTable {
  id: string;
  account_id: string;
  type: string;
  received_at: string;
}

/** Every table of online payments that belongs to an account. */
export interface PaymentTables {
  stripe_connections: StripeConnectionsTable;
  stripe_domains: StripeDomainsTable;
  stripe_states: StripeStatesTable;
  stripe_customers: StripeCustomersTable;
  payment_attempts: PaymentAttemptsTable;
  attempt_items: AttemptItemsTable;
  refunds: RefundsTable;
  disputes: DisputesTable;
}
