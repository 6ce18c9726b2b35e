/** One large office to measure on: its customers with contacts and addresses, ten jobs each, and an inbox that nobody has emptied. */
import { sql, type Kysely } from 'kysely';
import { defaultColumns } from '../../server/account/accounts.ts';
import { makeKey } from '../../server/account/keys.ts';
import { openDatabase, type Engine } from '../../server/database/open.ts';
import type { Database } from '../../server/database/schema.ts';
import { scopeOf, type AccountRow } from '../../server/database/scope.ts';
import { searchable } from '../../server/platform/text.ts';
import { canSlip, nameKey, typosOf, wordsOf } from '../../server/platform/words.ts';
import { cityOf, emailOf, nameOf, phoneOf, streetOf } from './office-people.ts';

export interface SeededOffice {
  url: string;
  accountId: string;
  /** Secret of an API key that reads. */
  key: string;
  customers: number;
  jobs: number;
  items: number;
}

const DAY = 24 * 3600 * 1000;
const JOBS_EACH = 10;
/** Customers of one of these share the days of their jobs. */
const CALENDARS = 50;
const AT_ONCE = 2000;
const accountId = 'acct_00000000000000000000000000';
const ulid = (value: number): string => String(value).padStart(26, '0');
const agoOf = (days: number, within = 0): string => new Date(Date.now() - days * DAY + within).toISOString();

export async function seedOffice(url: string, customers: number): Promise<SeededOffice> {
  const database = await openDatabase(url);
  const { db, engine } = database;
  try {
    if (engine === 'sqlite') await sql`pragma synchronous = off`.execute(db);
    const account: AccountRow = {
      id: accountId, slug: 'office', name: 'Acme Plumbing & Heating', accent: '#0b62c4', phone: '+14045550142', email: 'office@acme.example', country: 'US', time_zone: 'America/New_York',
      locale: 'en', currency: 'USD', ...defaultColumns, marketing: 1, logo_hash: null, logo_type: null, failed_handoffs: 0, created_at: agoOf(900), updated_at: agoOf(900),
    };
    await db.insertInto('accounts').values(account).execute();
    const { secret } = await makeKey(scopeOf(db, engine, account), { name: 'Bench', scopes: ['read'] });
    const known = new Set<string>();
    for (let from = 0; from < customers; from += AT_ONCE) await makeCustomers(db, engine, from, Math.min(customers, from + AT_ONCE), known);
    await makeJobs(db, engine, customers);
    const items = customers * 2;
    for (let from = 0; from < items; from += AT_ONCE) await makeItems(db, engine, from, Math.min(items, from + AT_ONCE), customers);
    for (const statement of engine === 'sqlite' ? ['analyze', 'pragma wal_checkpoint(truncate)'] : ['vacuum analyze', 'checkpoint']) await sql.raw(statement).execute(db);
    return { url, accountId, key: secret, customers, jobs: customers * JOBS_EACH, items };
  } finally {
    await database.close();
  }
}

/** Columns whose values are numbers. */
const numeric = new Set(['company', 'active', 'can_approve', 'can_pay', 'notify_by_email', 'notify_by_sms']);

/** Many rows in one statement, handed over as one JSON text. */
async function insert(db: Kysely<Database>, engine: Engine, table: string, rows: Record<string, string | number | null>[]): Promise<void> {
  if (!rows.length) return;
  const columns = Object.keys(rows[0]!);
  const list = sql.raw(['account_id', ...columns].join(', '));
  const json = JSON.stringify(rows.map((row) => columns.map((column) => row[column])));
  const value = (column: string, index: number) => sql.raw(engine === 'sqlite' ? `json_extract(value, '$[${index}]')` : `(value->>${index})${numeric.has(column) ? '::bigint' : ''}`);
  const source = engine === 'sqlite' ? sql`json_each(${json})` : sql`json_array_elements(${json}::json)`;
  await sql`insert into ${sql.table(table)} (${list}) select ${accountId}, ${sql.join(columns.map(value))} from ${source}`.execute(db);
}

async function makeCustomers(db: Kysely<Database>, engine: Engine, from: number, to: number, known: Set<string>): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  const people = numbers.map((n) => ({ n, id: `cust_${ulid(n)}`, number: String(10_000 + n), name: nameOf(n), email: emailOf(n), mobile: phoneOf(n), line1: streetOf(n), ...cityOf(n) }));
  const stamps = { created_at: agoOf(800), updated_at: agoOf(800) };
  await insert(db, engine, 'customers', people.map(({ id, number, name }) => ({ id, ...stamps, number, name, name_key: nameKey(name), company: 0, active: 1, search_text: searchable(number, name) })));
  await insert(db, engine, 'contacts', people.map(({ n, id, name, email, mobile }) => ({
    id: `cont_${ulid(n)}`, ...stamps, customer_id: id, name, email, email_key: email, mobile, can_approve: 1, can_pay: 1, notify_by_email: 1, notify_by_sms: 0, search_text: searchable(name, email, mobile),
  })));
  await insert(db, engine, 'addresses', people.map(({ n, id, line1, city, postalCode }) => ({
    id: `addr_${ulid(n)}`, ...stamps, customer_id: id, line1, city, region: 'GA', postal_code: postalCode, country: 'US', search_text: searchable(line1, city, 'GA', postalCode),
  })));
  const words = people.flatMap(({ id, number, name, email, mobile, line1, city, postalCode }) =>
    wordsOf({ texts: [number, name, line1, city, 'GA', postalCode], emails: [email], phones: [mobile] }).map((word) => ({ word, customer_id: id })),
  );
  await insert(db, engine, 'customer_words', words);
  const learned = [...new Set(words.map((row) => row.word))].filter((word) => !known.has(word) && canSlip(word));
  for (const word of learned) known.add(word);
  await insert(db, engine, 'search_typos', learned.flatMap((word) => typosOf(word).map((typo) => ({ typo, word }))));
}

/** Customers × template, inside the database: the newest job is planned, some wait, the others lie in the past. */
async function makeJobs(db: Kysely<Database>, engine: Engine, customers: number): Promise<void> {
  await sql`create table bench_template (calendar text, k text, status text, open integer, waits_for text, at text, total integer)`.execute(db);
  for (let calendar = 0; calendar < CALENDARS; calendar++)
    for (let k = 0; k < JOBS_EACH; k++) {
      const open = k === 0 && calendar % 3 === 0;
      await sql`insert into bench_template values (${String(calendar).padStart(2, '0')}, ${String(k)}, ${open ? 'scheduled' : k === 9 && calendar % 10 === 0 ? 'canceled' : 'complete'}, ${open ? 1 : 0},
        ${open && calendar % 2 ? 'estimate' : null}, ${agoOf(k * 70 + calendar, calendar * 1000)}, ${12_500 + k * 100})`.execute(db);
    }
  // The last two digits of a customer say which calendar is theirs.
  const calendar = engine === 'sqlite' ? `substr('0' || (cast(substr(c.id, 30) as integer) % ${CALENDARS}), -2)` : `lpad((substr(c.id, 30)::integer % ${CALENDARS})::text, 2, '0')`;
  for (let from = 0; from < customers; from += 10_000)
    await sql`insert into jobs (account_id, id, external_id, created_at, updated_at, customer_id, address_id, contact_id, number, service, scope, status, technician, po_number, presentation,
        subtotal, tax, paid, completed_at, estimate_sent_on, estimate_answered_on, invoiced_on, occurs_at, open, waits_for, search_text)
      select c.account_id, 'job_' || substr(c.id, 7) || t.k, null, t.at, t.at, c.id, 'addr_' || substr(c.id, 6), 'cont_' || substr(c.id, 6), c.number || t.k, 'Water heater maintenance', null, t.status,
        'Dana Whitfield', null, 'detailed', t.total, 0, 0, null, null, null, null, t.at, t.open, t.waits_for, 'water heater maintenance'
      from customers c join bench_template t on t.calendar = ${sql.raw(calendar)}
      where c.account_id = ${accountId} and c.id >= ${`cust_${ulid(from)}`} and c.id < ${`cust_${ulid(from + 10_000)}`}`.execute(db);
  await sql`drop table bench_template`.execute(db);
}

const kinds = [['estimateApproved', 'decisions'], ['changesRequested', 'decisions'], ['paymentReceived', 'payments'], ['noticeFailed', 'delivery']] as const;

/** A third is still open, half of that unread; a few are put off, everything else is done. */
async function makeItems(db: Kysely<Database>, engine: Engine, from: number, to: number, customers: number): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, index) => {
    const n = from + index;
    const customer = (n * 7919) % customers;
    const [kind, topic] = kinds[n % kinds.length]!;
    const state = n % 3 === 0 ? 'open' : n % 50 === 1 ? 'snoozed' : 'done';
    const at = agoOf(0, -n * 60_000);
    // Later ones have a higher place.
    const place = ulid(1e12 - n);
    const data = { document: { kind: 'estimate', id: `est_${ulid(n)}` }, number: String(20_000 + n), customer: nameOf(customer), version: 1, words: 'Could you come a little later?', total: { amount: 12_500, currency: 'USD' } };
    return {
      id: `item_${place}`, kind, topic, data: JSON.stringify(data), customer_id: `cust_${ulid(customer)}`, job_id: `job_${ulid(customer).slice(1)}0`, position: place, state,
      read_at: state === 'done' || n % 2 === 0 ? at : null, snoozed_until: state === 'snoozed' ? agoOf(-1) : null, search_text: searchable(data.customer, data.number, data.words), created_at: at,
      done_at: state === 'done' ? at : null,
    };
  });
  await insert(db, engine, 'inbox_items', rows);
}
