/** Databases to measure on: the same customer, alone with a few neighbours or among a million jobs. */
import { sql, type Kysely } from 'kysely';
import { defaultColumns } from '../../server/account/accounts.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/schema.ts';

/** Jobs of every customer, the measured one among them. */
const JOBS_EACH = 200;
const CUSTOMERS_EACH = 5;
const DAY = 24 * 3600 * 1000;

/** The customer whose page is measured: the third of the account in the middle, so neither first nor last anywhere. */
export interface Measured {
  url: string;
  accountId: string;
  slug: string;
  contactId: string;
  jobs: number;
}

/**
 * Fills an empty database with `jobs` jobs: five customers an account, 200 jobs each, every job with a visit.
 * All customers are alike, so that a page differs by nothing but what lies around it.
 */
export async function seed(url: string, jobs: number): Promise<Measured> {
  const database = await openDatabase(url);
  const { db, engine } = database;
  try {
    const accounts = Math.max(1, Math.round(jobs / JOBS_EACH / CUSTOMERS_EACH));
    if (engine === 'sqlite') await sql`pragma synchronous = off`.execute(db);
    await makeAccounts(db, accounts);
    await makeTemplate(db);
    // A hundred thousand rows at a time: one transaction of a million would only make a huge journal.
    for (let from = 0; from < accounts; from += 100) await makeJobs(db, ulid(from), ulid(Math.min(accounts, from + 100)));
    await sql`drop table bench_template`.execute(db);
    // What a running server has: statistics (autovacuum keeps them on PostgreSQL) and a journal that is not in the way.
    for (const statement of engine === 'sqlite' ? ['analyze', 'pragma wal_checkpoint(truncate)'] : ['vacuum analyze', 'checkpoint']) await sql.raw(statement).execute(db);
    const middle = Math.floor(accounts / 2);
    return { url, accountId: `acct_${ulid(middle)}`, slug: `a${middle}`, contactId: `cont_${tailOf(middle, 2)}`, jobs };
  } finally {
    await database.close();
  }
}

const ulid = (value: number): string => String(value).padStart(26, '0');
const tailOf = (account: number, customer: number): string => `${ulid(account)}${customer}`.slice(1);

async function makeAccounts(db: Kysely<Database>, accounts: number): Promise<void> {
  const created = new Date(Date.now() - 900 * DAY).toISOString();
  const stamps = { external_id: null, created_at: created, updated_at: created };
  for (let from = 0; from < accounts; from += 100) {
    const numbers = Array.from({ length: Math.min(100, accounts - from) }, (_, index) => from + index);
    const customers = numbers.flatMap((account) => Array.from({ length: CUSTOMERS_EACH }, (_, customer) => ({ account_id: `acct_${ulid(account)}`, tail: tailOf(account, customer), customer })));
    await db
      .insertInto('accounts')
      .values(
        numbers.map((account) => ({
          id: `acct_${ulid(account)}`, slug: `a${account}`, name: 'Acme Plumbing & Heating', accent: '#0b62c4', phone: '+14045550142', email: 'office@acme.example',
          country: 'US', time_zone: 'America/New_York', locale: 'en', currency: 'USD', ...defaultColumns, marketing: 1,
          logo_hash: null, logo_type: null, logo_base64: null, failed_handoffs: 0, created_at: created, updated_at: created,
        })),
      )
      .execute();
    await db
      .insertInto('pages')
      .values(numbers.map((account) => ({ account_id: `acct_${ulid(account)}`, id: `page_${ulid(account)}`, url: `https://www.a${account}.example/`, origin: `https://www.a${account}.example`, main: 1, created_at: created })))
      .execute();
    await db
      .insertInto('customers')
      .values(customers.map(({ account_id, tail, customer }) => ({ account_id, id: `cust_${tail}`, parent_id: null, number: `C-${customer}`, name: 'Maria O’Brien', company: 0, billing_address: null, active: 1, search_text: 'maria o’brien', ...stamps })))
      .execute();
    await db
      .insertInto('contacts')
      .values(
        customers.map(({ account_id, tail, customer }) => ({
          account_id, id: `cont_${tail}`, customer_id: `cust_${tail}`, name: 'Maria O’Brien', email: `maria${customer}@example.com`, email_key: `maria${customer}@example.com`, mobile: null,
          language: null, can_approve: 1, can_pay: 1, notify_by_email: 1, notify_by_sms: 0, search_text: 'maria', ...stamps,
        })),
      )
      .execute();
    for (const place of [0, 1])
      await db
        .insertInto('addresses')
        .values(
          customers.map(({ account_id, tail }) => ({
            account_id, id: `addr_${place}${tail.slice(1)}`, customer_id: `cust_${tail}`, name: null, line1: `${place + 1}18 Peachtree Street NE`, line2: place ? 'Apt 4B' : null,
            city: 'Atlanta', region: 'GA', postal_code: '30309', country: 'US', search_text: 'peachtree', ...stamps,
          })),
        )
        .execute();
  }
}

/** The 200 jobs of one customer: two wait for an answer, three more are planned, the others lie in the past. */
async function makeTemplate(db: Kysely<Database>): Promise<void> {
  await sql`create table bench_template (k text, place text, status text, open integer, waits_for text, occurs_at text, total integer, paid integer)`.execute(db);
  for (let k = 0; k < JOBS_EACH; k++) {
    const open = k < 5;
    const occurs = new Date(Date.now() + (open ? 2 + k : -4 * k) * DAY).toISOString();
    await sql`insert into bench_template values (${String(k).padStart(3, '0')}, ${String(k % 2)}, ${open ? 'scheduled' : 'complete'}, ${open ? 1 : 0},
      ${k < 2 ? 'estimate' : null}, ${occurs}, ${12_500 + k}, ${open ? 0 : 12_500 + k})`.execute(db);
  }
}

/** Customers × template, inside the database. The same text runs on both engines. */
async function makeJobs(db: Kysely<Database>, from: string, to: string): Promise<void> {
  const source = sql`from customers c cross join bench_template t where c.account_id >= ${`acct_${from}`} and c.account_id < ${`acct_${to}`}`;
  await sql`insert into jobs (account_id, id, external_id, created_at, updated_at, customer_id, address_id, contact_id, number, service, scope, status, technician,
      po_number, presentation, subtotal, tax, paid, completed_at, estimate_sent_on, estimate_answered_on, invoiced_on, occurs_at, open, waits_for, search_text)
    select c.account_id, 'job_' || substr(c.id, 9) || t.k, null, c.created_at, c.created_at, c.id, 'addr_' || t.place || substr(c.id, 7), null,
      c.number || '-' || t.k, 'Water heater maintenance', 'Flush the tank, check the anode rod and the relief valve; replace what is worn.', t.status, 'Dana Whitfield',
      null, 'detailed', t.total, 0, t.paid, null, null, null, null, t.occurs_at, t.open, t.waits_for, 'water heater maintenance' ${source}`.execute(db);
  await sql`insert into visits (account_id, id, external_id, created_at, updated_at, job_id, starts_at, ends_at, arrival_window_minutes, date, sort_at, technician)
    select c.account_id, 'vis_' || substr(c.id, 9) || t.k, null, c.created_at, c.created_at, 'job_' || substr(c.id, 9) || t.k, t.occurs_at, null, 120, null, t.occurs_at,
      'Dana Whitfield' ${source}`.execute(db);
}
