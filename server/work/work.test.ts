import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Selectable } from 'kysely';
import type { JobsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { searchable } from '../platform/text.ts';
import { makeAccount, openTestDatabase, type TestDatabase } from '../testing.ts';
import { derivedOf, jobSearchText, startOfToday, visitSortAt } from './derive.ts';
import { firstScreen, listJobs, type When } from './history.ts';
import { viewJob } from './job.ts';
import { decimalOf, thousandthsOf } from '../contract/totals.ts';

let database: TestDatabase;
let acme: Scope;
before(async () => {
  database = await openTestDatabase();
  acme = await makeAccount(database);
});
after(() => database.close());

const stamps = () => ({ external_id: null, created_at: now(), updated_at: now() });
async function customer(name = 'Somebody', parentId: string | null = null): Promise<string> {
  const id = newId('customer');
  await acme.insert('customers', { id, parent_id: parentId, number: id, name, company: 0, billing_address: null, active: 1, search_text: searchable(name), ...stamps() }).execute();
  return id;
}
interface NewJob extends Partial<Omit<Selectable<JobsTable>, 'account_id' | 'id'>> {
  /** Days from today, at noon of the account's zone; null: no visit. */
  inDays?: number | null;
}
async function job(customerId: string, { inDays = -1, ...more }: NewJob = {}): Promise<string> {
  const id = newId('job');
  const date = inDays === null ? null : dayOf(inDays);
  const base = {
    customer_id: customerId, address_id: null, contact_id: null, number: id.slice(4), service: 'Service', scope: null, status: 'complete' as const, technician: null, po_number: null,
    presentation: 'detailed' as const, subtotal: 10_000, tax: 0, paid: 10_000, completed_at: null, estimate_sent_on: null, estimate_answered_on: null, invoiced_on: null, ...stamps(), ...more,
  };
  const sortAt = date && visitSortAt({ starts_at: null, date }, acme.account.time_zone);
  await acme.insert('jobs', { id, ...base, ...derivedOf(base, sortAt), search_text: jobSearchText(base) }).execute();
  if (date && sortAt) await acme.insert('visits', { id: newId('visit'), job_id: id, starts_at: null, ends_at: null, arrival_window_minutes: null, date, sort_at: sortAt, technician: null, ...stamps() }).execute();
  return id;
}
const dayOf = (inDays: number) => new Date(Date.parse(startOfToday(acme.account.time_zone)) + (inDays * 24 + 12) * 3_600_000).toISOString().slice(0, 10);

/** Every page of a list, with page size 7. */
async function all(customers: string[], when: When, more: object = {}): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listJobs(acme, customers, when, { limit: 7, ...(cursor ? { cursor } : {}), ...more });
    ids.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return ids;
}

test('today’s visit is upcoming until the day is over in the account’s zone; yesterday’s is past', async () => {
  const owner = await customer();
  const today = await job(owner, { inDays: 0, status: 'scheduled' });
  const yesterday = await job(owner, { inDays: -1, status: 'scheduled' });
  const unscheduled = await job(owner, { inDays: null, status: 'new' });
  const canceled = await job(owner, { inDays: 3, status: 'canceled' });
  assert.deepEqual(await all([owner], 'upcoming'), [today, unscheduled]);
  assert.deepEqual(await all([owner], 'past'), [canceled, yesterday]);
});

test('every job appears on exactly one page, in order, also over many customers at once', async () => {
  for (const count of [1, 3, 25]) {
    const owners = await Promise.all(Array.from({ length: count }, () => customer()));
    const made: string[] = [];
    for (let i = 0; i < 60; i++) made.push(await job(owners[i % count]!, { inDays: -(i % 17) - 1 }));
    const seen = await all(owners, 'past');
    assert.equal(new Set(seen).size, 60, `${count} customers`);
    assert.deepEqual([...seen].sort(), made.sort());
    const rows = await acme.from('jobs').select(['id', 'occurs_at']).where('id', 'in', seen).execute();
    const at = new Map(rows.map((row) => [row.id, row.occurs_at]));
    const order = seen.map((id) => `${at.get(id)} ${id}`);
    assert.deepEqual(order, [...order].sort().reverse());
  }
});

test('a job added while somebody pages neither repeats nor hides another', async () => {
  const owner = await customer();
  for (let i = 0; i < 20; i++) await job(owner, { inDays: -i - 2 });
  const first = await listJobs(acme, [owner], 'past', { limit: 7 });
  await job(owner, { inDays: -1 });
  const second = await listJobs(acme, [owner], 'past', { limit: 20, cursor: first.nextCursor! });
  const ids = [...first.items, ...second.items].map((item) => item.id);
  assert.equal(new Set(ids).size, 20);
});

test('search finds without accents and takes wildcards literally', async () => {
  const owner = await customer();
  const found = await job(owner, { service: 'Café “Über” drain 100%' });
  await job(owner, { service: 'Something else' });
  for (const q of ['cafe', 'CAFÉ', 'uber', '100%']) assert.deepEqual(await all([owner], 'past', { q }), [found], q);
  for (const q of ['%', '_', '\\', "'; drop table jobs; --"]) assert.ok((await all([owner], 'past', { q })).every((id) => id === found), q);
});

test('the first screen puts what waits for an answer first and says for what', async () => {
  const owner = await customer('Household');
  const estimate = await job(owner, { inDays: null, status: 'new', estimate_sent_on: '2026-01-01', paid: 0 });
  const invoice = await job(owner, { invoiced_on: '2026-01-01', paid: 4_000 });
  await job(owner, { invoiced_on: '2026-01-01' });
  const screen = await firstScreen(acme, [owner]);
  assert.deepEqual(screen.waiting.items.map((item) => [item.id, item.waitsFor]), [[estimate, 'estimate'], [invoice, 'payment']]);
  assert.deepEqual(screen.waiting.items[1]!.balance, { amount: 6_000, currency: 'USD' });
});

test('a customer reads shared notes only, and no single lines of a summary', async () => {
  const owner = await customer();
  const id = await job(owner, { presentation: 'summary' });
  await acme.insert('charges', { id: newId('charge'), job_id: id, position: 0, description: 'Secret margin', details: null, quantity: 1000, unit: null, unit_price: 10_000, discount: 0, total: 10_000, ...stamps() }).execute();
  for (const shared of [0, 1] as const) await acme.insert('notes', { id: newId('note'), job_id: id, author: null, body: shared ? 'Hello' : 'Difficult customer', shared, ...stamps() }).execute();
  const view = await viewJob(acme, id, { customerIds: [owner] });
  assert.deepEqual(view.notes.map((note) => note.body), ['Hello']);
  assert.deepEqual(view.charges, []);
  assert.equal(view.total.amount, 10_000);
  await assert.rejects(viewJob(acme, id, { customerIds: [await customer()] }), { code: 'not_found' });
});

test('noon of a day is a place in time even where clocks change', () => {
  for (const [zone, date, expected] of [
    ['America/New_York', '2026-03-08', '2026-03-08T16:00:00.000Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T17:00:00.000Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T22:00:00.000Z'],
    ['Africa/Casablanca', '2026-01-15', '2026-01-15T11:00:00.000Z'],
  ] as const)
    assert.equal(visitSortAt({ starts_at: null, date }, zone), expected, `${zone} ${date}`);
});

test('quantities survive the way to the database and back', () => {
  fc.assert(fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), (thousandths) => thousandthsOf(decimalOf(thousandths)) === thousandths));
  assert.equal(decimalOf(1250), '1.25');
  assert.equal(decimalOf(-50), '-0.05');
});
