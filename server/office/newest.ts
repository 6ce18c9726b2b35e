/** Jobs and documents as the office lists them: newest first, found by number and by customer. */
import { sql, type SelectQueryBuilder } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { fromCursor, PAGE_SIZE, toCursor } from '../platform/paging.ts';
import { searchCustomers } from './customer-search.ts';

export type Listed = 'jobs' | 'estimates' | 'invoices';
interface Page {
  cursor?: string | undefined;
  limit?: number | undefined;
  q?: string | undefined;
  /** Whom `q` means, where that is known already. */
  customers?: string[] | undefined;
}

/** A search shows what these customers have, who are meant best, and so many numbers that begin with it. */
export const MOST_CUSTOMERS = 30;
const MOST_NUMBERS = 100;

/**
 * A page of the rows that `select` gives; of a search, the number itself comes first.
 * @throws {Problem} `invalid_request` for a cursor of something else.
 */
export async function newestOf<T extends Listed, Row extends { id: string; created_at: string }>(
  scope: Scope, table: T, { cursor, limit = PAGE_SIZE, q, customers }: Page, select: () => SelectQueryBuilder<Database, T, Row>,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  // Every one of the tables has these columns; the type of one stands for all.
  const all = () => select() as unknown as SelectQueryBuilder<Database, 'jobs', Row>;
  let others = all().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit + 1);
  let first: Row[] = [];
  if (q) {
    const wanted = await meant(scope, table, q, customers);
    const ways = [...(wanted.ids.length ? [sql<boolean>`id in (${sql.join(wanted.ids)})`] : []), ...(wanted.customers.length ? [sql<boolean>`customer_id in (${sql.join(wanted.customers)})`] : [])];
    others = others.where(ways.length ? sql<boolean>`(${sql.join(ways, sql` or `)})` : sql<boolean>`1 = 0`);
    if (wanted.exact.length) {
      if (cursor === undefined) first = await all().where('id', 'in', wanted.exact).execute();
      others = others.where('id', 'not in', wanted.exact);
    }
  }
  if (cursor !== undefined) {
    const [at, id] = fromCursor(cursor, 2);
    others = others.where(sql<boolean>`(created_at, id) < (${at}, ${id})`);
  }
  const found = [...first, ...(await others.execute())];
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  // Behind the number itself everything else begins.
  const place = rows.length > first.length && last ? toCursor(last.created_at, last.id) : toCursor('~', '~');
  return { rows, nextCursor: found.length > limit ? place : null };
}

/** What has this number, what has one that begins so, and whose it may be. Letters of numbers are found in capitals too, and a # is no part of them. */
async function meant(scope: Scope, table: Listed, q: string, known?: string[]): Promise<{ exact: string[]; ids: string[]; customers: string[] }> {
  const typed = q.trim().replace(/^#\s*/, '');
  const beginnings = typed ? [...new Set([typed, typed.toUpperCase()])] : [];
  const [{ ids: customers }, ...rows] = await Promise.all([
    known ? { ids: known } : searchCustomers(scope, q, { limit: MOST_CUSTOMERS }),
    // Every table has a number and an id; the type of one stands for all.
    ...beginnings.map((beginning) =>
      scope.from(table as 'invoices').select(['id', 'number']).where('number', '>=', beginning).where('number', '<', `${beginning}\u{10ffff}`).orderBy('number').limit(MOST_NUMBERS).execute(),
    ),
  ]);
  const found = new Map(rows.flat().map((row) => [row.id, row.number]));
  const ids = [...found.keys()];
  return { exact: ids.filter((id) => found.get(id)?.toUpperCase() === typed.toUpperCase()), ids, customers };
}
