/**
 * Writes rows of records, each once. What was last written of a record is known by its hash: an unchanged record is not
 * touched, so that a second run changes nothing and an edit made here stays until the source itself says something new.
 */
import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { ScopedTables } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { newId } from '../platform/ids.ts';
import { inList, pieces, slices } from '../platform/lists.ts';
import type { Issue } from './records.ts';
import type { Fate, PartKind, Report } from './report.ts';

const tables = {
  customer: 'customers', contact: 'contacts', address: 'addresses', job: 'jobs', visit: 'visits', charge: 'charges', adjustment: 'charges',
  payment: 'payments',
} as const;
export type RowKind = keyof typeof tables;

/** What happens in one transaction, counted only once it has ended well. */
export class Tally {
  readonly issues: Issue[] = [];
  readonly #counts: [PartKind, Fate, number][] = [];
  /** Staged records dealt with. */
  done = 0;

  count(kind: PartKind, fate: Fate, by: number): void {
    this.#counts.push([kind, fate, by]);
  }

  pour(report: Report): void {
    for (const [kind, fate, by] of this.#counts) report.count(kind, fate, by);
    for (const issue of this.issues) report.issue(issue);
  }
}

/** One transaction's surroundings. */
export interface Work {
  scope: Scope;
  source: string;
  /** The time of this transaction, for `updated_at` and where the source names none. */
  now: string;
  tally: Tally;
  /** Numbers given away in a dry run, whose rows do not stay. */
  claimed: Set<string> | null;
}

/** A row's worth of a record. `content` is what the source says; its hash decides whether there is anything to write. */
export interface Part {
  id: string;
  content: object;
  /** Written when the row is made, besides `columns`. */
  createdAt: string | null;
  columns: Record<string, unknown>;
}

export const externalIdOf = (source: string, kind: PartKind, id: string): string => `${source}:${kind}:${id}`;

/** The rows that have these records' external ids. */
export async function rowIds(work: Pick<Work, 'scope' | 'source'>, kind: RowKind, ids: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of slices(ids)) {
    const byExternalId = new Map(some.map((id) => [externalIdOf(work.source, kind, id), id]));
    const rows = await work.scope.from(tables[kind]).select(['id', 'external_id']).where('external_id', 'in', inList([...byExternalId.keys()])).execute();
    for (const row of rows) found.set(byExternalId.get(row.external_id ?? '')!, row.id);
  }
  return found;
}

/**
 * Rows as they are before they are written, by record: what follows from a change is told by comparing. They are held, so
 * that nobody changes them in between.
 */
export async function held<Kind extends 'contact' | 'job' | 'charge' | 'adjustment' | 'payment', Column extends keyof Selectable<ScopedTables[(typeof tables)[Kind]]>>(
  { scope }: Work, kind: Kind, existing: Map<string, string>, columns: Column[],
): Promise<Map<string, Pick<Selectable<ScopedTables[(typeof tables)[Kind]]>, Column>>> {
  if (!existing.size) return new Map();
  // Every table has the columns asked of it; the type of one stands for all.
  const found = scope.from(tables[kind] as 'jobs').select(columns as 'id'[]).where('id', 'in', inList([...existing.values()])).orderBy('id');
  const rows = await (scope.engine === 'postgres' ? found.forNoKeyUpdate() : found).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map([...existing].flatMap(([record, id]) => (byId.has(id) ? [[record, byId.get(id)! as never]] : [])));
}

/** Of these parts, those whose content is new or changed since the last import. */
export async function changedParts<P extends Pick<Part, 'id' | 'content'>>(work: Work, kind: PartKind, parts: P[]): Promise<(P & { hash: string })[]> {
  const applied = new Map<string, string>();
  for (const some of slices(parts.map((part) => part.id))) {
    const rows = await work.scope.from('import_applied').select(['source_id', 'hash'])
      .where('source', '=', work.source).where('kind', '=', kind).where('source_id', 'in', inList(some)).execute();
    for (const row of rows) applied.set(row.source_id, row.hash);
  }
  const changed = parts.map((part) => ({ ...part, hash: hashOf(part.content) })).filter((part) => applied.get(part.id) !== part.hash);
  work.tally.count(kind, 'unchanged', parts.length - changed.length);
  return changed;
}

/** Creates or updates the rows of changed parts. `existing` are the rows there are, by record. */
export async function writeParts(work: Work, kind: RowKind, changed: (Part & { hash: string })[], existing: Map<string, string>): Promise<void> {
  if (!changed.length) return;
  const created = changed.filter((part) => !existing.has(part.id));
  const rows = created.map((part) => ({
    id: newId(kind === 'adjustment' ? 'charge' : kind),
    external_id: externalIdOf(work.source, kind, part.id),
    created_at: part.createdAt ?? work.now,
    updated_at: work.now,
    ...part.columns,
  }));
  // The columns of a part are those of its table; which table that is, the compiler cannot follow.
  for (const some of pieces(rows)) await work.scope.insert(tables[kind], some as never).execute();
  for (const part of changed) {
    const id = existing.get(part.id);
    if (id) await work.scope.update(tables[kind]).set({ ...part.columns, updated_at: work.now } as never).where('id', '=', id).execute();
  }
  await remember(work, kind, changed);
  work.tally.count(kind, 'created', created.length);
  work.tally.count(kind, 'updated', changed.length - created.length);
}

/** `changedParts` and `writeParts` for parts that need nothing in between; the ids of those changed. */
export async function applyParts(work: Work, kind: RowKind, parts: Part[]): Promise<Set<string>> {
  const changed = await changedParts(work, kind, parts);
  const existing = await rowIds(work, kind, changed.map((part) => part.id));
  await writeParts(work, kind, changed, existing);
  return new Set(changed.map((part) => part.id));
}

/** Of these records, those that an earlier import has applied. */
export async function appliedIds(work: Work, kind: PartKind, ids: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const some of slices(ids)) {
    const rows = await work.scope.from('import_applied').select('source_id')
      .where('source', '=', work.source).where('kind', '=', kind).where('source_id', 'in', inList(some)).execute();
    found.push(...rows.map((row) => row.source_id));
  }
  return found;
}

/** Deletes rows that an earlier import made of these records; the ids of those that it did. */
export async function removeParts(work: Work, kind: RowKind, ids: string[]): Promise<Set<string>> {
  const removed = await appliedIds(work, kind, ids);
  for (const gone of slices(removed)) {
    if (kind === 'payment') await deleteAllocations(work, gone);
    await work.scope.delete(tables[kind]).where('external_id', 'in', inList(gone.map((id) => externalIdOf(work.source, kind, id)))).execute();
    await work.scope.delete('import_applied').where('source', '=', work.source).where('kind', '=', kind).where('source_id', 'in', inList(gone)).execute();
  }
  work.tally.count(kind, 'removed', removed.length);
  return new Set(removed);
}

/** The ledger's lines of a payment go with it; its job is brought up to date afterwards. */
async function deleteAllocations(work: Work, payments: string[]): Promise<void> {
  const rows = [...(await rowIds(work, 'payment', payments)).values()];
  if (rows.length) await work.scope.delete('allocations').where('payment_id', 'in', inList(rows)).execute();
}

/** Notes what was applied, so that the next run knows it. */
export async function remember(work: Work, kind: PartKind, parts: { id: string; hash: string }[]): Promise<void> {
  for (const some of pieces(parts))
    await work.scope
      .insert('import_applied', some.map(({ id, hash }) => ({ source: work.source, kind, source_id: id, hash })))
      .onConflict((conflict) => conflict.columns(['account_id', 'source', 'kind', 'source_id']).doUpdateSet((row) => ({ hash: row.ref('excluded.hash') })))
      .execute();
}

/** The office has deleted what an earlier import made, and the source has nothing new to say: so it stays. */
export const deletedHere = (kind: 'customer' | 'job', record: { id: string }): Issue => ({
  outcome: 'skipped', kind, id: record.id, reason: 'it was deleted here after an earlier import; it stays deleted', record,
});

/** By which one state of things is told from another. */
export const hashOf = (content: object): string => createHash('sha256').update(JSON.stringify(content)).digest('base64url');
