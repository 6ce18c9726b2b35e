/** The first account of a server, made in a browser by whoever holds the link that the console printed. */
import { sql, type Kysely } from 'kysely';
import type { z } from 'zod';
import { staffHandoff } from '../access/handoffs.ts';
import { accountDefaults } from '../contract/account.ts';
import type { setupDone, setupNew } from '../contract/office.ts';
import type { Database } from '../database/schema.ts';
import { notFound } from '../platform/problems.ts';
import { sameSecret, type Derive } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';
import { createAccount } from './accounts.ts';
import { addStaff } from './staff.ts';

const ACCENT = '#0b62c4';

/** Follows from the server's key, so that a restart prints the same link. */
const setupToken = (derive: Derive): string => derive('setup');

const hasAccounts = async (db: Kysely<Database>): Promise<boolean> => (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined;

/** The link that leads to the first account; nothing once there is one. */
export const setupLink = async ({ config, db, derive }: Pick<Services, 'config' | 'db' | 'derive'>): Promise<string | undefined> =>
  (await hasAccounts(db)) ? undefined : `${config.PUBLIC_URL}/office#setup=${setupToken(derive)}`;

/**
 * Makes the account with its owner, who goes on signed in.
 * @throws {Problem} `not_found` for a wrong token, and on a server that has an account: the two are alike.
 */
export async function setUp({ accounts, config, db, derive, engine }: Services, { token, ownerName, slug, accent = ACCENT, ...given }: z.output<typeof setupNew>): Promise<z.input<typeof setupDone>> {
  if (!sameSecret(token, setupToken(derive)) || (await hasAccounts(db))) throw notFound();
  const { scope, handoff } = await db.transaction().execute(async (trx) => {
    // Of two requests at once the second waits here and then finds the account; SQLite has one writer anyway.
    if (engine === 'postgres') await sql`lock table accounts in share row exclusive mode`.execute(trx);
    if (await hasAccounts(trx)) throw notFound();
    const scope = await createAccount(trx, engine, slug ?? slugOf(given.name), { ...accountDefaults, taxes: [], ...given, accent });
    const owner = await addStaff(scope, { name: ownerName, email: given.email, role: 'owner' });
    return { scope, handoff: await staffHandoff(scope, derive, owner.id) };
  });
  accounts.forget(scope.accountId);
  const { id, slug: made, name } = scope.account;
  return { account: { id, slug: made, name }, url: `${config.PUBLIC_URL}/office?account=${made}#cc=${handoff}` };
}

/** “Acme Plumbing & Heating” is `acme-plumbing-heating`: what of a name an address can hold. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+/, '').slice(0, 40).replace(/-+$/, '') || 'office';
}
