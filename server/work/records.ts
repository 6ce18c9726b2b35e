/** What is alike for all kinds of records: found, listed, made, changed, put by another back office's key, deleted. */
import { sql, type RawBuilder } from 'kysely';
import type { FieldsOf, Keeper, RecordName } from '../contract/records.ts';
import { brokenReference, brokenUnique, inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { pageOf } from '../platform/paging.ts';
import { notFound, Problem } from '../platform/problems.ts';
import { containing, searchable } from '../platform/text.ts';
import { addresses } from './addresses.ts';
import { charges } from './charges.ts';
import { contacts } from './contacts.ts';
import { customers } from './customers.ts';
import { jobs } from './jobs.ts';
import { keepers, type RecordKind, type Row } from './kind.ts';
import { notes } from './notes.ts';
import { payments } from './payments.ts';
import { laterThan } from './later.ts';
import { visits } from './visits.ts';

export const kinds: { [Name in RecordName]: RecordKind<Name> } = { customers, contacts, addresses, jobs, visits, charges, notes, payments };

/** A record as it is read: its fields, what is computed of them, and its stamps. */
export type RecordView<Name extends RecordName> = Omit<FieldsOf<Name>, 'externalId'> & { id: string; externalId: string | null; createdAt: string; updatedAt: string };
type Fields<Name extends RecordName> = Omit<FieldsOf<Name>, 'externalId'>;
/** The version of a record that a caller has seen; another one in the meantime is `stale`. */
type Seen = string | undefined;

interface ListQuery {
  cursor?: string | undefined;
  limit?: number | undefined;
  externalId?: string | undefined;
  q?: string | undefined;
  customerId?: string | undefined;
  jobId?: string | undefined;
  parentId?: string | undefined;
}

/** Newest first. */
export async function listRecords<Name extends RecordName>(scope: Scope, name: Name, query: ListQuery) {
  const kind: RecordKind<Name> = kinds[name];
  let rows = table(scope, name).selectAll();
  const filters = { external_id: query.externalId, customer_id: query.customerId, job_id: query.jobId, parent_id: query.parentId };
  for (const [column, value] of Object.entries(filters)) if (value !== undefined) rows = rows.where(column as 'job_id', '=', value);
  if (query.q !== undefined) rows = rows.where(matching(kind, query.q));
  return pageOf(rows, 'id', query, (row) => viewOf(scope, kind, row as unknown as Row<Name>));
}

/** Every word must be found; a phone number is found however it is written. */
function matching(kind: { search?(pattern: string): RawBuilder<boolean> }, q: string): RawBuilder<boolean> {
  const found = (words: string[]) => words.slice(0, 8).map((word) => kind.search?.(containing(word)) ?? sql<boolean>`1 = 0`);
  const all = sql<boolean>`(${sql.join([sql`1 = 1`, ...found(searchable(q).split(' ').filter(Boolean))], sql` and `)})`;
  const digits = /^[\d\s()+./-]{6,}$/.test(q) ? q.replace(/\D/g, '') : '';
  return digits ? sql<boolean>`(${all} or ${found([digits])[0]!})` : all;
}

/** @throws {Problem} `not_found`. */
export const findRecord = async <Name extends RecordName>(scope: Scope, name: Name, id: string): Promise<RecordView<Name>> =>
  viewOf(scope, kinds[name], await existing(scope, name, id));

export const createRecord = <Name extends RecordName>(scope: Scope, name: Name, { externalId = null, ...fields }: FieldsOf<Name>): Promise<RecordView<Name>> =>
  writing(scope, (trx) => make(trx, name, fields as Fields<Name>, externalId));

/** Changes the given fields and leaves the others. */
export const changeRecord = <Name extends RecordName>(scope: Scope, name: Name, id: string, change: Partial<FieldsOf<Name>>, seen?: Seen): Promise<RecordView<Name>> =>
  writing(scope, async (trx) => {
    const before = await existing(trx, name, id, seen);
    const { externalId = before.external_id, ...given } = change;
    const kind: RecordKind<Name> = kinds[name];
    const fields = kind.fieldsOf(before);
    const merged = kind.merge ? kind.merge(fields, given as Partial<FieldsOf<Name>>) : { ...fields, ...given };
    return alter(trx, name, before, merged, externalId);
  });

/** Makes the record with this key, or replaces all its fields: what is not given takes its default. */
export const putRecord = <Name extends RecordName>(
  scope: Scope, name: Name, externalId: string, fields: Fields<Name>, seen?: Seen,
): Promise<{ record: RecordView<Name>; made: boolean }> =>
  writing(scope, async (trx) => {
    const before = (await table(trx, name).selectAll().where('external_id', '=', externalId).executeTakeFirst()) as Row<Name> | undefined;
    if (seen !== undefined && before?.updated_at !== seen) throw new Problem('stale');
    if (!before) return { record: await make(trx, name, fields, externalId), made: true };
    return { record: await alter(trx, name, before, fields, externalId), made: false };
  });

/** @throws {Problem} `conflict` while others refer to it; `items` say which, and how many. */
export const deleteRecord = <Name extends RecordName>(scope: Scope, name: Name, id: string, seen?: Seen): Promise<void> =>
  writing(scope, async (trx) => {
    const kind: RecordKind<Name> = kinds[name];
    const before = await existing(trx, name, id, seen);
    checkFree(kind, before);
    const items = await keepersOf(trx, kind, id);
    if (items.length) throw new Problem('conflict', { detail: `It still has ${items.map((item) => `${item.count} × ${item.kind}`).join(', ')}; delete or move those first.`, items });
    for (const [part, column] of kind.takesAlong ?? []) await trx.delete(part as 'notes').where(column as 'job_id', '=', id).execute();
    await trx.delete(name as 'notes').where('id', '=', id).execute();
    await kind.settle?.(trx, undefined, before);
    await tell(trx, name, before);
  });

/** What refers to this one, and how many of each. */
async function keepersOf<Name extends RecordName>(trx: Scope, { keptBy = [] }: RecordKind<Name>, id: string): Promise<Keeper[]> {
  const found: Keeper[] = [];
  for (const [table, column] of keptBy) {
    const row = await trx.from(table as 'notes').where(column as 'job_id', '=', id).select((rows) => rows.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    const count = Number(row.count);
    if (count > 0) found.push({ kind: keepers[table], count });
  }
  return found;
}

async function make<Name extends RecordName>(trx: Scope, name: Name, fields: Fields<Name>, externalId: string | null): Promise<RecordView<Name>> {
  const kind: RecordKind<Name> = kinds[name];
  const columns = await kind.columnsOf(trx, fields);
  await checkKey(trx, name, externalId);
  const id = newId(kind.prefix);
  const time = now();
  await trx.insert(name, { ...columns, id, external_id: externalId, created_at: time, updated_at: time } as never).execute();
  await kind.settle?.(trx, await existing(trx, name, id), undefined);
  const row = await existing(trx, name, id);
  await tell(trx, name, row);
  return viewOf(trx, kind, row);
}

async function alter<Name extends RecordName>(trx: Scope, name: Name, before: Row<Name>, fields: Fields<Name>, externalId: string | null): Promise<RecordView<Name>> {
  const kind: RecordKind<Name> = kinds[name];
  const columns = { ...(await kind.columnsOf(trx, fields, before)), external_id: externalId };
  // A sync repeats itself: what is as it was keeps its version.
  if (Object.entries(columns).every(([column, value]) => before[column as keyof Row<Name>] === value)) return viewOf(trx, kind, before);
  checkFree(kind, before, columns);
  if (externalId !== before.external_id) await checkKey(trx, name, externalId);
  await trx.update(name as 'notes').set({ ...columns, updated_at: laterThan(before.updated_at) }).where('id', '=', before.id).execute();
  await kind.settle?.(trx, await existing(trx, name, before.id), before);
  const row = await existing(trx, name, before.id);
  await tell(trx, name, before);
  await tell(trx, name, row);
  return viewOf(trx, kind, row);
}

/** Screens show a customer with their contacts and addresses, and a job with its parts. */
async function tell<Name extends RecordName>(trx: Scope, name: Name, row: Row<Name>): Promise<void> {
  const { id, customer_id: customer, job_id: job } = row as { id: string; customer_id?: string; job_id?: string | null };
  if (name === 'payments') await announce(trx, 'payment', id);
  else if (name === 'customers' || name === 'contacts' || name === 'addresses') await announce(trx, 'customer', customer ?? id);
  else await announce(trx, 'job', job ?? id);
}

/** @throws {Problem} `not_found`, or `stale` when the caller has seen another version. */
async function existing<Name extends RecordName>(scope: Scope, name: Name, id: string, seen?: Seen): Promise<Row<Name>> {
  const row = await table(scope, name).selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  if (seen !== undefined && row.updated_at !== seen) throw new Problem('stale');
  return row as unknown as Row<Name>;
}

async function checkKey(trx: Scope, name: RecordName, externalId: string | null): Promise<void> {
  if (externalId !== null && (await table(trx, name).select('id').where('external_id', '=', externalId).executeTakeFirst())) throw taken('/externalId');
}

/** @throws {Problem} `conflict` for a row that something else keeps. */
function checkFree<Name extends RecordName>(kind: RecordKind<Name>, row: Row<Name>, columns?: Parameters<NonNullable<RecordKind<Name>['fixed']>>[1]): void {
  const detail = kind.fixed?.(row, columns);
  if (detail !== undefined) throw new Problem('conflict', { detail, items: [{ kind: 'onlinePayment', count: 1 } satisfies Keeper] });
}

const taken = (path: string) => new Problem('already_exists', { errors: [{ path, message: 'another one has it' }] });

/** One writer of an account at a time; an import that writes beside us may still have been first. */
async function writing<R>(scope: Scope, work: (trx: Scope) => Promise<R>): Promise<R> {
  try {
    return await inTurn(scope, work);
  } catch (error) {
    const column = brokenUnique(error);
    if (column !== undefined) throw taken(column.endsWith('number') ? '/number' : '/externalId');
    if (brokenReference(error)) throw new Problem('conflict');
    throw error;
  }
}

/** The tables share the columns used here; the type of one stands for all. */
const table = (scope: Scope, name: RecordName) => scope.from(name as 'notes');

/** A row of this kind as it is read. */
export const viewRecord = <Name extends RecordName>(scope: Scope, name: Name, row: Row<Name>): RecordView<Name> => viewOf(scope, kinds[name], row);

const viewOf = <Name extends RecordName>(scope: Scope, kind: RecordKind<Name>, row: Row<Name>): RecordView<Name> => ({
  ...kind.fieldsOf(row), ...kind.more?.(row, scope), id: row.id, externalId: row.external_id, createdAt: row.created_at, updatedAt: row.updated_at,
});
