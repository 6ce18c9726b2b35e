/**
 * The tables as Kysely sees them. Booleans are 0/1, times and JSON are text, money is an integer of minor units.
 * Every table but the last group leads with `account_id` and is read through `scope.ts` only.
 */
import type { ColumnType, Generated } from 'kysely';
import type { InboxKind, InboxTopic } from '../contract/inbox.ts';
import type { DocumentTables } from './schema-documents.ts';
import type { PaymentTables, StripeEventsTable } from './schema-payments.ts';

export type Flag = 0 | 1;
/** Set once, when the row is made. */
export type Fixed<T> = ColumnType<T, T, never>;

export interface Scoped {
  account_id: Fixed<string>;
  id: Fixed<string>;
}
export interface Stamped extends Scoped {
  external_id: string | null;
  created_at: string;
  updated_at: string;
}

export interface AccountsTable {
  id: string;
  slug: string;
  name: string;
  accent: string;
  phone: string | null;
  email: string | null;
  country: string;
  time_zone: string;
  locale: string;
  currency: string;
  marketing: Flag;
  booking_published: Flag;
  /** JSON list of `{ key, name, percent }`. */
  taxes: string;
  tax_included: Flag;
  tax_rounding: 'line' | 'document';
  estimate_terms: string | null;
  invoice_terms: string | null;
  other_ways_to_pay: string | null;
  invoice_due_days: number;
  approval_verification: 'none' | 'code';
  attach_pdf: Flag;
  partial_payments: Flag;
  ask_tip: Flag;
  stripe_receipts: Flag;
  /** Whether Stripe charges for it, as its connection was seen last; pay buttons exist only then. */
  takes_payments: Flag;
  /** Content hash of the logo; part of its address. Null without one. */
  logo_hash: string | null;
  logo_type: string | null;
  logo_base64: string | null;
  /** Handoffs in a row that were never exchanged; from three on the hosted page is used. */
  failed_handoffs: number;
  created_at: string;
  /** When its settings were changed last: their version. */
  updated_at: string;
}
export interface PagesTable extends Scoped {
  url: string;
  origin: string;
  main: Flag;
  created_at: string;
  /** When the widget was asked for on its website last, to the hour. */
  last_seen_at: Generated<string | null>;
}
export interface SightingsTable {
  account_id: Fixed<string>;
  origin: string;
  first_seen_at: string;
  last_seen_at: string;
  count: number;
}
export interface StaffTable extends Scoped {
  name: string;
  email: string;
  email_key: string;
  role: 'owner' | 'clerk';
  created_at: string;
}
export interface ApiKeysTable extends Scoped {
  name: string;
  hash: string;
  scopes: string;
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}
export interface CustomersTable extends Stamped {
  parent_id: string | null;
  number: string;
  name: string;
  /** Comparable form of `name`: the order of the list. */
  name_key: Generated<string>;
  company: Flag;
  billing_address: string | null;
  active: Flag;
  search_text: string;
}
/** What a customer is found by: every word of its name, number, contacts and addresses (`work/customer-words.ts`). */
export interface CustomerWordsTable {
  account_id: Fixed<string>;
  word: string;
  customer_id: string;
}
/** Words that customers have, by what is left of them without one letter: a slip of the finger leads there. */
export interface SearchTyposTable {
  account_id: Fixed<string>;
  typo: string;
  word: string;
}
export interface ContactsTable extends Stamped {
  customer_id: string;
  name: string;
  email: string | null;
  /** Comparable form of `email`; what a sign-in looks up. */
  email_key: string | null;
  mobile: string | null;
  language: string | null;
  can_approve: Flag;
  can_pay: Flag;
  notify_by_email: Flag;
  notify_by_sms: Flag;
  search_text: string;
}
export interface AddressesTable extends Stamped {
  customer_id: string;
  name: string | null;
  line1: string;
  line2: string | null;
  city: string;
  region: string;
  postal_code: string;
  country: string;
  search_text: string;
}
export interface JobsTable extends Stamped {
  customer_id: string;
  address_id: string | null;
  contact_id: string | null;
  number: string;
  service: string;
  scope: string | null;
  status: 'new' | 'scheduled' | 'complete' | 'canceled' | 'lost';
  technician: string | null;
  po_number: string | null;
  presentation: 'summary' | 'detailed';
  /** Sum of the charges, kept beside them so that a list need not add them up. */
  subtotal: number;
  /** Tax on top: `fixed_tax` and what the taxes of single charges come to. */
  tax: number;
  fixed_tax: Generated<number>;
  /** 1 when the prices of the charges contain their taxes. */
  tax_included: Generated<Flag>;
  /** As the approved estimate rounds; null: as the account does. */
  tax_rounding: 'line' | 'document' | null;
  online_payment: Generated<Flag>;
  /** Sum of the allocations to this job, kept likewise. */
  paid: number;
  completed_at: string | null;
  estimate_sent_on: string | null;
  estimate_answered_on: string | null;
  invoiced_on: string | null;
  /** The last visit's moment, else completion, else creation: the job's place in the history. */
  occurs_at: string;
  /** 1 while the job is new or scheduled. */
  open: Flag;
  /** What the job waits for from its customer. */
  waits_for: 'estimate' | 'payment' | null;
  search_text: string;
}
export interface VisitsTable extends Stamped {
  job_id: string;
  starts_at: string | null;
  ends_at: string | null;
  arrival_window_minutes: number | null;
  date: string | null;
  /** `starts_at`, or noon of `date` in the account's zone: for ordering only. */
  sort_at: string;
  technician: string | null;
}
export interface ChargesTable extends Stamped {
  job_id: string;
  position: number;
  description: string;
  details: string | null;
  /** Thousandths. */
  quantity: number;
  unit: string | null;
  unit_price: number;
  discount: number;
  total: number;
  /** JSON list of `{ name, percent }`. */
  taxes: Generated<string>;
  /** How much of `total` stands on invoices that are not void; kept beside `invoice_charges`. */
  invoiced: Generated<number>;
}
export interface NotesTable extends Stamped {
  job_id: string;
  author: string | null;
  body: string;
  shared: Flag;
}
export interface PaymentsTable extends Stamped {
  customer_id: string;
  /** Null: for the customer's account, allocated by hand. */
  job_id: string | null;
  received_on: string;
  method: 'cash' | 'check' | 'card' | 'cardOnline' | 'bank' | 'other';
  amount: number;
  reference: string | null;
  /** JSON list of `{ invoiceId, amount }`, of a payment without a job. */
  wishes: Generated<string>;
  /** The online payment it came by; the office cannot change such a row. Of a refund or dispute also which one. */
  attempt_id: string | null;
  refund_id: string | null;
  dispute_id: string | null;
}
/** What an import's source says about a job's estimate and invoice, kept word for word for the documents. */
export interface ImportedDocumentsTable {
  account_id: Fixed<string>;
  job_id: Fixed<string>;
  source: string;
  data: string;
}
/** Records read from an export, waiting to be applied customer by customer. */
export interface ImportStagedTable {
  account_id: Fixed<string>;
  source: string;
  kind: string;
  source_id: string;
  /** The source's customer under which this record is applied. */
  customer_key: string | null;
  job_key: string | null;
  data: string;
}
/** The last content applied per record: an unchanged record is not written again. */
export interface ImportAppliedTable {
  account_id: Fixed<string>;
  source: string;
  kind: string;
  source_id: string;
  hash: string;
}
export interface CountersTable {
  account_id: Fixed<string>;
  kind: string;
  value: number;
}

export interface LinksTable extends Scoped {
  kind: 'signIn' | 'access' | 'document';
  hash: string;
  contact_id: string | null;
  staff_id: string | null;
  /** Where the link was sent; also who a sign-in link proves. */
  channel: 'email' | 'sms' | null;
  address: string | null;
  request_id: string | null;
  document_kind: 'job' | 'estimate' | 'invoice' | null;
  document_id: string | null;
  /** The contact who sent it on, the link they had it by (none when signed in), and the name of whom to. */
  shared_by: string | null;
  shared_from: string | null;
  recipient: string | null;
  actions: string;
  destination: string | null;
  page_id: string | null;
  /** Made by a renewal of this one. */
  renews_id: string | null;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  uses: number;
  last_used_at: string | null;
}
export interface SignInRequestsTable extends Scoped {
  audience: 'customer' | 'staff';
  purpose: 'signIn' | 'center' | 'approval';
  channel: 'email' | 'sms';
  address: string;
  challenge: string | null;
  /** JSON list of the key thumbprints of browsers that came through the link and wait for the code; `null` when closed to them. */
  waiting_jkts: string;
  tries: number;
  language: string | null;
  page_id: string | null;
  destination: string | null;
  created_at: string;
  expires_at: string;
  spent_at: string | null;
}
export interface HandoffsTable {
  account_id: Fixed<string>;
  hash: string;
  link_id: string;
  /** Where it was sent to; null is the hosted page. */
  page_id: string | null;
  created_at: string;
  expires_at: string;
  spent_at: string | null;
  spent_jkt: string | null;
  session_id: string | null;
  /** 1 once housekeeping has counted it as never exchanged. */
  counted: Flag;
  /** The session that goes on at our own page; null for a handoff of the door. */
  from_session: string | null;
  /** Where in the center that session goes on. */
  destination: string | null;
}
export interface SessionsTable extends Scoped {
  kind: 'customer' | 'document' | 'staff';
  link_id: string | null;
  contact_id: string | null;
  staff_id: string | null;
  channel: 'email' | 'sms' | null;
  /** The proved address of a signed-in customer: every contact with it is open. */
  address: string | null;
  jkt: string;
  origin: string | null;
  user_agent: string;
  /** Counts refreshes. Tokens are derived from id and generation, so none is stored. */
  generation: number;
  rotated_at: string;
  /** When the generation before this one began: its access token still serves other tabs for the rest of its life. */
  previous_rotated_at: string | null;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  revoked_at: string | null;
}
export interface NoticesTable extends Scoped {
  kind: string;
  channel: 'email' | 'sms';
  to_address: string;
  contact_id: string | null;
  staff_id: string | null;
  link_id: string | null;
  request_id: string | null;
  document_kind: 'estimate' | 'invoice' | null;
  document_id: string | null;
  document_version: number | null;
  /** The online payment it is about, and what of it went back. */
  attempt_id: string | null;
  refund_id: string | null;
  /** What the office wrote, of a notice that brings it. */
  message_id: string | null;
  /** What the office adds to a reminder. */
  note: string | null;
  language: string;
  status: 'queued' | 'sent' | 'failed';
  attempts: number;
  error: string | null;
  created_at: string;
  sent_at: string | null;
}
export interface InboxItemsTable extends Scoped {
  kind: InboxKind;
  /** JSON of what the item speaks of (`platform/attention.ts`). */
  data: string;
  customer_id: string | null;
  job_id: string | null;
  /** A ULID: its place in the list. A new one when it comes back. */
  position: Generated<string>;
  state: Generated<'open' | 'snoozed' | 'done'>;
  topic: Generated<InboxTopic | ''>;
  /** What an item is made for once, such as one notice that failed. */
  cause: string | null;
  read_at: string | null;
  assignee_id: string | null;
  snoozed_until: string | null;
  search_text: Generated<string>;
  created_at: string;
  done_at: string | null;
}
export interface IdempotencyTable {
  account_id: Fixed<string>;
  actor: string;
  key: string;
  fingerprint: string;
  body: string;
  created_at: string;
}
/** Proofs of mutations, so that each is used once across processes and restarts. */
export interface ProofsTable {
  account_id: Fixed<string>;
  jti: string;
  expires_at: string;
}

/** Claimed by the worker across accounts. */
export interface OutboxTable {
  id: string;
  account_id: string;
  kind: string;
  payload: string;
  run_at: string;
  attempts: number;
  leased_until: string | null;
  done_at: string | null;
  error: string | null;
}
export interface RateBucketsTable {
  key: string;
  tokens: number;
  updated_at: number;
}

export interface ScopedTables extends DocumentTables, PaymentTables {
  pages: PagesTable;
  sightings: SightingsTable;
  staff: StaffTable;
  api_keys: ApiKeysTable;
  customers: CustomersTable;
  customer_words: CustomerWordsTable;
  search_typos: SearchTyposTable;
  contacts: ContactsTable;
  addresses: AddressesTable;
  jobs: JobsTable;
  visits: VisitsTable;
  charges: ChargesTable;
  notes: NotesTable;
  payments: PaymentsTable;
  imported_documents: ImportedDocumentsTable;
  import_staged: ImportStagedTable;
  import_applied: ImportAppliedTable;
  counters: CountersTable;
  links: LinksTable;
  sign_in_requests: SignInRequestsTable;
  handoffs: HandoffsTable;
  sessions: SessionsTable;
  notices: NoticesTable;
  inbox_items: InboxItemsTable;
  idempotency: IdempotencyTable;
  proofs: ProofsTable;
}
export interface Database extends ScopedTables {
  accounts: AccountsTable;
  outbox: OutboxTable;
  rate_buckets: RateBucketsTable;
  stripe_events: StripeEventsTable;
}
