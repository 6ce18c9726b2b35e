/**
 * News of changes, on their way from a transaction to whoever watches. PostgreSQL carries them to every process at the commit;
 * SQLite has one process, and hands them on in it after the commit.
 */
import { sql, type Kysely } from 'kysely';
import type pg from 'pg';
import type { Database } from './schema.ts';

/** What has changed, and which one; what that means is `platform/live.ts`'s. */
export interface Change {
  what: string;
  id: string | null;
}
type Listener = (accountId: string, change: Change) => void;

const CHANNEL = 'customer_center';
/** Of so many changes at once the rest is left out: whoever watches reads lists, not every single thing. */
const MOST_AT_ONCE = 200;

const listeners = new Set<Listener>();

/** Hands changes on within this process. */
export const publish = (accountId: string, changes: Change[]): void => {
  for (const change of distinct(changes)) for (const listener of listeners) listener(accountId, change);
};

/** Hears of what this process publishes, until the returned function is called. */
export function listenHere(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** In the transaction of the changes: PostgreSQL delivers at its commit, or not at all. */
export async function notify(db: Kysely<Database>, accountId: string, changes: Change[]): Promise<void> {
  const texts = distinct(changes).map(({ what, id }) => JSON.stringify([accountId, what, id]));
  if (texts.length) await sql`select ${sql.join(texts.map((text) => sql`pg_notify(${CHANNEL}, ${text})`))}`.execute(db);
}

/** Hears of what every process on this database notifies. @param client a connection of its own. */
export async function listenEverywhere(client: pg.Client, listener: Listener): Promise<void> {
  client.on('notification', ({ payload }) => {
    const [accountId, what, id] = JSON.parse(payload ?? '[]') as [string, string, string | null];
    listener(accountId, { what, id });
  });
  await client.query(`listen ${CHANNEL}`);
}

/** What is about no single thing stands for many, or ends something: it comes first, and is never what is left out. */
const distinct = (changes: Change[]): Change[] =>
  [...new Map(changes.map((change) => [`${change.what} ${change.id}`, change])).values()].sort((a, b) => Number(a.id !== null) - Number(b.id !== null)).slice(0, MOST_AT_ONCE);
