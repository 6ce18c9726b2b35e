/** Accounts, records, access, notices and background work. */
import { sql, type Kysely } from 'kysely';
import type { Engine } from '../open.ts';

const stamped = `account_id text not null references accounts(id), id text not null, external_id text,
  created_at text not null, updated_at text not null`;
const scoped = `account_id text not null references accounts(id), id text not null`;
const within = (table: string, column: string) =>
  `foreign key (account_id, ${column}) references ${table}(account_id, id)`;

/** Written once for both engines: `text` and `integer` are what STRICT SQLite knows; PostgreSQL gets its equals. */
const tables: Record<string, string> = {
  accounts: `id text primary key, slug text not null unique, name text not null, accent text not null, phone text,
    email text, country text not null, time_zone text not null, locale text not null, currency text not null,
    marketing integer not null, booking_published integer not null, logo_hash text, logo_type text, logo_base64 text,
    failed_handoffs integer not null, created_at text not null`,
  pages: `${scoped}, url text not null, origin text not null, main integer not null, created_at text not null,
    unique (account_id, url)`,
  sightings: `account_id text not null references accounts(id), origin text not null, first_seen_at text not null,
    last_seen_at text not null, count integer not null, primary key (account_id, origin)`,
  staff: `${scoped}, name text not null, email text not null, email_key text not null,
    role text not null check (role in ('owner', 'clerk')), created_at text not null, unique (account_id, email_key)`,
  api_keys: `${scoped}, name text not null, hash text not null, scopes text not null, created_at text not null,
    last_used_at text, revoked_at text, unique (account_id, hash)`,
  customers: `${stamped}, parent_id text, number text not null, name text not null, company integer not null,
    billing_address text, active integer not null, search_text text not null, ${within('customers', 'parent_id')}`,
  contacts: `${stamped}, customer_id text not null, name text not null, email text, email_key text, mobile text,
    language text, can_approve integer not null, can_pay integer not null, notify_by_email integer not null,
    notify_by_sms integer not null, search_text text not null, ${within('customers', 'customer_id')}`,
  addresses: `${stamped}, customer_id text not null, name text, line1 text not null, line2 text, city text not null,
    region text not null, postal_code text not null, country text not null, search_text text not null,
    ${within('customers', 'customer_id')}`,
  jobs: `${stamped}, customer_id text not null, address_id text, contact_id text, number text not null,
    service text not null, scope text, status text not null, technician text, po_number text,
    presentation text not null, subtotal integer not null, tax integer not null, paid integer not null,
    completed_at text, estimate_sent_on text, estimate_answered_on text, invoiced_on text, occurs_at text not null,
    open integer not null, waits_for text, search_text text not null, ${within('customers', 'customer_id')},
    ${within('addresses', 'address_id')}, ${within('contacts', 'contact_id')}`,
  visits: `${stamped}, job_id text not null, starts_at text, ends_at text, arrival_window_minutes integer, date text,
    sort_at text not null, technician text, ${within('jobs', 'job_id')}`,
  charges: `${stamped}, job_id text not null, position integer not null, description text not null, details text,
    quantity integer not null, unit text, unit_price integer not null, discount integer not null,
    total integer not null, ${within('jobs', 'job_id')}`,
  notes: `${stamped}, job_id text not null, author text, body text not null, shared integer not null,
    ${within('jobs', 'job_id')}`,
  payments: `${stamped}, customer_id text not null, job_id text not null, received_on text not null,
    method text not null, amount integer not null, reference text, ${within('customers', 'customer_id')},
    ${within('jobs', 'job_id')}`,
  imported_documents: `account_id text not null, job_id text not null, source text not null, data text not null,
    primary key (account_id, job_id), ${within('jobs', 'job_id')}`,
  import_staged: `account_id text not null references accounts(id), source text not null, kind text not null,
    source_id text not null, customer_key text, job_key text, data text not null,
    primary key (account_id, source, kind, source_id)`,
  import_applied: `account_id text not null references accounts(id), source text not null, kind text not null,
    source_id text not null, hash text not null, primary key (account_id, source, kind, source_id)`,
  counters: `account_id text not null references accounts(id), kind text not null, value integer not null,
    primary key (account_id, kind)`,
  links: `${scoped}, kind text not null check (kind in ('signIn', 'access', 'document')), hash text not null,
    contact_id text, staff_id text, channel text, address text, request_id text, document_kind text,
    document_id text, actions text not null, destination text, page_id text, renews_id text,
    created_at text not null, expires_at text not null, revoked_at text, uses integer not null, last_used_at text,
    unique (account_id, hash)`,
  sign_in_requests: `${scoped}, audience text not null, purpose text not null, channel text not null, address text not null, challenge text,
    waiting_jkts text not null, tries integer not null, language text, page_id text, destination text,
    created_at text not null, expires_at text not null, spent_at text`,
  handoffs: `account_id text not null references accounts(id), hash text not null, link_id text not null, page_id text,
    created_at text not null, expires_at text not null, spent_at text, spent_jkt text, session_id text,
    counted integer not null, primary key (account_id, hash), ${within('links', 'link_id')}`,
  sessions: `${scoped}, kind text not null, link_id text, contact_id text, staff_id text, channel text, address text,
    jkt text not null, origin text, user_agent text not null, generation integer not null, rotated_at text not null,
    previous_rotated_at text, created_at text not null, last_seen_at text not null, expires_at text not null,
    revoked_at text, ${within('links', 'link_id')}`,
  notices: `${scoped}, kind text not null, channel text not null, to_address text not null, contact_id text,
    staff_id text, link_id text, request_id text, language text not null, status text not null,
    attempts integer not null, error text, created_at text not null, sent_at text`,
  inbox_items: `${scoped}, kind text not null, data text not null, customer_id text, created_at text not null,
    done_at text`,
  idempotency: `account_id text not null references accounts(id), actor text not null, key text not null,
    fingerprint text not null, body text not null, created_at text not null,
    primary key (account_id, actor, key)`,
  proofs: `account_id text not null references accounts(id), jti text not null, expires_at text not null,
    primary key (account_id, jti)`,
  outbox: `id text primary key, account_id text not null, kind text not null, payload text not null,
    run_at text not null, attempts integer not null, leased_until text, done_at text, error text`,
  rate_buckets: `key text primary key, tokens double precision not null, updated_at integer not null`,
};

const indexes = [
  'unique index customers_external on customers (account_id, external_id)',
  'unique index customers_number on customers (account_id, number)',
  'index customers_parent on customers (account_id, parent_id)',
  'unique index contacts_external on contacts (account_id, external_id)',
  'index contacts_customer on contacts (account_id, customer_id)',
  'index contacts_email on contacts (account_id, email_key)',
  'index contacts_mobile on contacts (account_id, mobile)',
  'unique index addresses_external on addresses (account_id, external_id)',
  'index addresses_customer on addresses (account_id, customer_id)',
  'unique index jobs_external on jobs (account_id, external_id)',
  'unique index jobs_number on jobs (account_id, number)',
  'index jobs_history on jobs (account_id, customer_id, occurs_at, id)',
  'index jobs_waiting on jobs (account_id, customer_id, occurs_at) where waits_for is not null',
  'unique index visits_external on visits (account_id, external_id)',
  'index visits_job on visits (account_id, job_id, sort_at)',
  'unique index charges_external on charges (account_id, external_id)',
  'index charges_job on charges (account_id, job_id, position)',
  'unique index notes_external on notes (account_id, external_id)',
  'index notes_job on notes (account_id, job_id)',
  'unique index payments_external on payments (account_id, external_id)',
  'index payments_job on payments (account_id, job_id)',
  'index payments_customer on payments (account_id, customer_id)',
  'index import_staged_customer on import_staged (account_id, source, kind, customer_key, source_id)',
  'index import_staged_job on import_staged (account_id, source, kind, job_key, source_id)',
  'index links_contact on links (account_id, contact_id)',
  'index handoffs_open on handoffs (expires_at) where counted = 0 and spent_at is null',
  'index links_request on links (account_id, request_id)',
  'index sessions_link on sessions (account_id, link_id)',
  'index outbox_due on outbox (run_at) where done_at is null',
  'index proofs_expiry on proofs (expires_at)',
  'index pages_origin on pages (origin)',
  'index idempotency_age on idempotency (created_at)',
  'index outbox_done on outbox (done_at) where done_at is not null',
  'index rate_buckets_age on rate_buckets (updated_at)',
  'index links_expiry on links (expires_at)',
  'index sessions_expiry on sessions (expires_at)',
  'index sign_in_requests_expiry on sign_in_requests (expires_at)',
  'index handoffs_link on handoffs (account_id, link_id)',
];

/** Creates everything of this migration. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  for (const [name, listed] of Object.entries(tables)) {
    const columns = listed.includes('primary key') ? listed : `${listed}, primary key (account_id, id)`;
    const body =
      engine === 'postgres'
        ? columns.replace(/\binteger\b/g, 'bigint').replace(/\btext\b(?=\s|,|$)/g, 'text collate "C"')
        : columns.replace(/double precision/g, 'real');
    await sql.raw(`create table ${name} (${body})${engine === 'sqlite' ? ' strict' : ''}`).execute(db);
  }
  for (const index of indexes) await sql.raw(`create ${index}`).execute(db);
}
