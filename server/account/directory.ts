/** Accounts by slug and id, with the origins of their pages. */
import type { Kysely } from 'kysely';
import type { Engine } from '../database/open.ts';
import type { Database } from '../database/schema.ts';
import { accountColumns, scopeOf } from '../database/scope.ts';
import type { AccountDirectory, KnownAccount } from '../platform/services.ts';

/** Other processes learn of a change this much later. */
const KEEP_MS = 1000;

export function accountDirectory(db: Kysely<Database>, engine: Engine): AccountDirectory {
  const kept = new Map<string, { until: number; known: Promise<KnownAccount | undefined>; id?: string | undefined }>();

  async function load(column: 'slug' | 'id', value: string): Promise<KnownAccount | undefined> {
    const account = await db.selectFrom('accounts').select(accountColumns).where(column, '=', value).executeTakeFirst();
    if (!account) return undefined;
    const pages = await db.selectFrom('pages').select('origin').where('account_id', '=', account.id).execute();
    return { account, origins: new Set(pages.map((page) => page.origin)) };
  }
  function find(column: 'slug' | 'id', value: string) {
    // Not even a name: no question to the database, which would stumble over some characters.
    if (!/^[\w-]{1,60}$/.test(value)) return Promise.resolve(undefined);
    const name = `${column}:${value}`;
    const time = performance.now();
    const held = kept.get(name);
    if (held && held.until > time) return held.known;
    if (kept.size > 10_000) kept.clear();
    const known = load(column, value);
    const entry: ReturnType<typeof kept.get> & object = { until: time + KEEP_MS, known };
    kept.set(name, entry);
    known.then((found) => (entry.id = found?.account.id), () => kept.delete(name));
    return known;
  }
  return {
    bySlug: (slug) => find('slug', slug),
    byId: (id) => find('id', id),
    few: () => db.selectFrom('accounts').select(accountColumns).orderBy('id').limit(2).execute(),
    isKnownOrigin: async (origin) => Boolean(await db.selectFrom('pages').select('id').where('origin', '=', origin).executeTakeFirst()),
    forget(accountId) {
      // What is not known yet, or was not there a moment ago, may be this account.
      for (const [name, { id = accountId }] of kept) if (id === accountId) kept.delete(name);
    },
    scope: (account) => scopeOf(db, engine, account),
    scopeById: async (id) => {
      const known = await find('id', id);
      return known && scopeOf(db, engine, known.account);
    },
  };
}
