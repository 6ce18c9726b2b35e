/** The account itself: made by the operator, set up by its office, shown to everybody as a card. */
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Account, accountChange, accountSettings, Card } from '../contract/account.ts';
import type { Engine } from '../database/open.ts';
import type { AccountsTable, Database } from '../database/schema.ts';
import { accountColumns, scopeOf, type AccountRow, type Scope } from '../database/scope.ts';
import { inTurn } from '../database/lock.ts';
import { newId, now } from '../platform/ids.ts';
import { Problem } from '../platform/problems.ts';
import type { KnownAccount, Services } from '../platform/services.ts';

type Settings = z.output<typeof accountSettings>;

/** Makes an account with nothing in it. */
export async function createAccount(db: Kysely<Database>, engine: Engine, slug: string, settings: Settings): Promise<Scope> {
  const account: AccountRow = { id: newId('account'), slug, ...columnsOf(settings), logo_hash: null, logo_type: null, failed_handoffs: 0, created_at: now() };
  await db.insertInto('accounts').values(account).execute();
  return scopeOf(db, engine, account);
}

/** Changes the given settings. @throws {Problem} `conflict` when the currency would turn amounts into other amounts. */
export const changeAccount = (scope: Scope, change: z.output<typeof accountChange>): Promise<AccountRow> =>
  inTurn(scope, async (trx) => {
    const before = await readAccount(trx);
    if (change.currency !== undefined && change.currency !== before.currency && (await hasAmounts(trx)))
      throw new Problem('conflict', { detail: 'The currency is fixed once there is a charge or a payment.' });
    const columns = columnsOf({ ...settingsOf(before), ...(change as Partial<Settings>) });
    await trx.db.updateTable('accounts').set(columns).where('id', '=', trx.accountId).execute();
    return { ...before, ...columns };
  });

/** The account as it is now; a request's own copy may be a second old. */
export const readAccount = (scope: Scope): Promise<AccountRow> =>
  scope.db.selectFrom('accounts').select(accountColumns).where('id', '=', scope.accountId).executeTakeFirstOrThrow();

async function hasAmounts(scope: Scope): Promise<boolean> {
  const amounts = await Promise.all([
    scope.from('charges').select('id').limit(1).executeTakeFirst(),
    scope.from('payments').select('id').limit(1).executeTakeFirst(),
    scope.from('jobs').select('id').where('tax', '!=', 0).limit(1).executeTakeFirst(),
  ]);
  return amounts.some(Boolean);
}

const settingsOf = (row: AccountRow): Settings => ({
  name: row.name, accent: row.accent, phone: row.phone, email: row.email, country: row.country, timeZone: row.time_zone, locale: row.locale,
  currency: row.currency, marketing: row.marketing === 1, bookingPublished: row.booking_published === 1,
});

const columnsOf = (settings: Settings) => ({
  name: settings.name, accent: settings.accent, phone: settings.phone, email: settings.email, country: settings.country, time_zone: settings.timeZone,
  locale: settings.locale, currency: settings.currency, marketing: settings.marketing ? 1 : 0, booking_published: settings.bookingPublished ? 1 : 0,
}) satisfies Partial<AccountsTable>;

/** The logo's address carries its content's hash, so that it can be kept for ever. */
const logoUrlOf = (publicUrl: string, { slug, logo_hash: hash }: AccountRow): string | null =>
  hash === null ? null : `${publicUrl}/v1/accounts/${slug}/logo?v=${hash}`;

export const viewAccount = (row: AccountRow, publicUrl: string): Account => ({
  id: row.id, slug: row.slug, ...settingsOf(row), logoUrl: logoUrlOf(publicUrl, row), createdAt: row.created_at,
});

/** What everybody may know. @param origin the website that asks; absent on our own pages. */
export const viewCard = ({ account, origins }: KnownAccount, origin: string | undefined, { config, smsConfigured }: Services): Card => ({
  id: account.id, slug: account.slug, ...settingsOf(account), logoUrl: logoUrlOf(config.PUBLIC_URL, account), sms: smsConfigured,
  hostedUrl: `${config.PUBLIC_URL}/c/${account.slug}`,
  originAllowed: origin === undefined || origin === config.PUBLIC_URL || origins.has(origin),
});
