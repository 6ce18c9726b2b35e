/**
 * Waiting for the disk after each of thousands of customers is most of an import's time. What a power cut takes away of an
 * import, the next run brings again, so it waits only once, at its end; other connections are as careful as ever.
 */
import { sql } from 'kysely';
import type { Scope } from '../database/scope.ts';

/** From here on commits are written, but not waited for. Only the import's own connection is affected. */
export async function hurry({ engine, db }: Scope): Promise<void> {
  if (engine !== 'sqlite') return;
  await sql`pragma synchronous = normal`.execute(db);
  // Fewer, larger moves from the log into the file.
  await sql`pragma wal_autocheckpoint = 8000`.execute(db);
  // An import passes over everything once; the large cache of a server would only be memory.
  await sql`pragma cache_size = -16384`.execute(db);
}

/** The same within one transaction, where PostgreSQL keeps such things. */
export async function hurryHere({ engine, db }: Scope): Promise<void> {
  if (engine === 'postgres') await sql`set local synchronous_commit to off`.execute(db);
}

/** The next commit makes all before it last. */
export async function takeCare({ engine, db }: Scope): Promise<void> {
  if (engine !== 'sqlite') return;
  await sql`pragma synchronous = full`.execute(db);
  await sql`pragma wal_autocheckpoint = 1000`.execute(db);
  await sql`pragma cache_size = -65536`.execute(db);
}
