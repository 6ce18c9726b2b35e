/** Lists by keyset: a page costs the same however many rows there are. */
import type { SelectQueryBuilder } from 'kysely';
import { invalidField } from './problems.ts';

/** Rows on a page unless the caller says. */
export const PAGE_SIZE = 25;

/** A cursor for the caller; opaque, but nothing in it is secret. */
export const toCursor = (...parts: string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** @throws {Problem} `invalid_request` when the cursor is not one of ours. */
export function fromCursor(cursor: string, parts: number): string[] {
  try {
    // Control characters: PostgreSQL refuses a NUL in text with an error of its own.
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(read) && read.length === parts && read.every((part) => typeof part === 'string' && !/\p{Cc}/u.test(part))) return read as string[];
  } catch {
    // Falls through to the refusal.
  }
  throw invalidField('/cursor', 'not a cursor of this list');
}

/** Newest first by id, which is by creation. */
export async function pageOf<DB, TB extends keyof DB, Row extends { id: string }, View>(
  query: SelectQueryBuilder<DB, TB, Row>,
  idColumn: string,
  { cursor, limit = PAGE_SIZE }: { cursor?: string | undefined; limit?: number | undefined },
  view: (row: Row) => View,
): Promise<{ items: View[]; nextCursor: string | null }> {
  let page = query.orderBy(idColumn as never, 'desc').limit(limit + 1);
  if (cursor) page = page.where(idColumn as never, '<', fromCursor(cursor, 1)[0] as never);
  const rows = (await page.execute()) as Row[];
  const more = rows.length > limit;
  const items = rows.slice(0, limit);
  return { items: items.map(view), nextCursor: more ? toCursor(items.at(-1)!.id) : null };
}
