/** The account itself: made by the operator, set up by its office, shown to everybody as a card. */
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { accountDefaults, type Account, type accountChange, type accountSettings, type Card } from '../contract/account.ts';
import type { Engine } from '../database/open.ts';
import type { AccountsTable, Database } from '../database/schema.ts';
import { accountColumns, scopeOf, type AccountRow, type Scope } from '../database/scope.ts';
import { inTurn } from '../database/lock.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import type { KnownAccount, Services } from '../platform/services.ts';
import { laterThan } from '../work/later.ts';

type Settings = z.output<typeof accountSettings>;

/** Makes an account with nothing in it. */
export async function createAccount(db: Kysely<Database>, engine: Engine, slug: string, settings: Settings): Promise<Scope> {
  const time = now();
  const account: AccountRow = {
    id: newId('account'), slug, ...columnsOf(settings), logo_hash: null, logo_type: null, failed_handoffs: 0, takes_payments: 0, created_at: time, updated_at: time,
  };
  await db.insertInto('accounts').values(account).execute();
  return scopeOf(db, engine, account);
}

/**
 * Changes the given settings.
 * @param seen the version that the caller has before their eyes; another one in the meantime is `stale`.
 * @throws {Problem} `conflict` when the currency would turn amounts into other amounts, `invalid_request` for a tax whose key another has.
 */
export async function changeAccount(scope: Scope, change: z.output<typeof accountChange>, seen?: string): Promise<AccountRow> {
  checkTaxes(change.taxes ?? []);
  return inTurn(scope, async (trx) => {
    const before = await readAccount(trx);
    if (seen !== undefined && seen !== before.updated_at) throw new Problem('stale');
    if (change.currency !== undefined && change.currency !== before.currency && (await hasAmounts(trx)))
      throw new Problem('conflict', { detail: 'The currency is fixed once there is a charge, a payment, an estimate or an invoice.' });
    const columns = { ...columnsOf({ ...settingsOf(before), ...(change as Partial<Settings>) }), updated_at: laterThan(before.updated_at) };
    await trx.db.updateTable('accounts').set(columns).where('id', '=', trx.accountId).execute();
    await announce(trx, 'account');
    return { ...before, ...columns };
  });
}

/** Lines of a document name their taxes by key. */
function checkTaxes(taxes: Settings['taxes']): void {
  const repeated = taxes.findIndex(({ key }, index) => taxes.findIndex((other) => other.key === key) < index);
  if (repeated >= 0) throw invalidField(`/taxes/${repeated}/key`, 'another tax has this key');
}

/** The account as it is now; a request's own copy may be a second old. */
export const readAccount = (scope: Scope): Promise<AccountRow> =>
  scope.db.selectFrom('accounts').select(accountColumns).where('id', '=', scope.accountId).executeTakeFirstOrThrow();

async function hasAmounts(scope: Scope): Promise<boolean> {
  const amounts = await Promise.all([
    scope.from('charges').select('id').limit(1).executeTakeFirst(),
    scope.from('payments').select('id').limit(1).executeTakeFirst(),
    scope.from('jobs').select('id').where('tax', '!=', 0).limit(1).executeTakeFirst(),
    scope.from('estimates').select('id').limit(1).executeTakeFirst(),
    scope.from('invoices').select('id').limit(1).executeTakeFirst(),
  ]);
  return amounts.some(Boolean);
}

/** What everybody may know of the settings. */
const publicSettingsOf = (row: AccountRow) => ({
  name: row.name, accent: row.accent, phone: row.phone, email: row.email, country: row.country, timeZone: row.time_zone, locale: row.locale,
  currency: row.currency, marketing: row.marketing === 1, bookingPublished: row.booking_published === 1,
});

const settingsOf = (row: AccountRow): Settings => ({
  ...publicSettingsOf(row), taxes: JSON.parse(row.taxes) as Settings['taxes'], taxIncluded: row.tax_included === 1, taxRounding: row.tax_rounding,
  estimateTerms: row.estimate_terms, invoiceTerms: row.invoice_terms, otherWaysToPay: row.other_ways_to_pay, invoiceDueDays: row.invoice_due_days,
  approvalVerification: row.approval_verification, attachPdf: row.attach_pdf === 1,
  partialPayments: row.partial_payments === 1, askTip: row.ask_tip === 1, stripeReceipts: row.stripe_receipts === 1,
});

/** The settings that have a default, as columns. */
const defaultedColumnsOf = (settings: Pick<Settings, keyof typeof accountDefaults>) => ({
  marketing: settings.marketing ? 1 : 0, booking_published: settings.bookingPublished ? 1 : 0, taxes: JSON.stringify(settings.taxes),
  tax_included: settings.taxIncluded ? 1 : 0, tax_rounding: settings.taxRounding, estimate_terms: settings.estimateTerms, invoice_terms: settings.invoiceTerms,
  other_ways_to_pay: settings.otherWaysToPay, invoice_due_days: settings.invoiceDueDays, approval_verification: settings.approvalVerification,
  attach_pdf: settings.attachPdf ? 1 : 0, partial_payments: settings.partialPayments ? 1 : 0, ask_tip: settings.askTip ? 1 : 0,
  stripe_receipts: settings.stripeReceipts ? 1 : 0,
}) satisfies Partial<AccountsTable>;

const columnsOf = (settings: Settings) => ({
  name: settings.name, accent: settings.accent, phone: settings.phone, email: settings.email, country: settings.country, time_zone: settings.timeZone,
  locale: settings.locale, currency: settings.currency, ...defaultedColumnsOf(settings),
}) satisfies Partial<AccountsTable>;

/** The columns of an account whose office has set nothing yet; for rows that are made by hand. */
export const defaultColumns = { ...defaultedColumnsOf({ ...accountDefaults, taxes: [] }), takes_payments: 0 } satisfies Partial<AccountsTable>;

/** The logo's address carries its content's hash, so that it can be kept for ever. */
const logoUrlOf = (publicUrl: string, { slug, logo_hash: hash }: AccountRow): string | null =>
  hash === null ? null : `${publicUrl}/v1/accounts/${slug}/logo?v=${hash}`;

export const viewAccount = (row: AccountRow, publicUrl: string): Account => ({
  id: row.id, slug: row.slug, ...settingsOf(row), logoUrl: logoUrlOf(publicUrl, row), createdAt: row.created_at, updatedAt: row.updated_at,
});

/** What everybody may know. @param origin the website that asks; absent on our own pages. */
export const viewCard = ({ account, origins }: KnownAccount, origin: string | undefined, { config, smsConfigured }: Services): Card => ({
  id: account.id, slug: account.slug, ...publicSettingsOf(account), logoUrl: logoUrlOf(config.PUBLIC_URL, account), sms: smsConfigured,
  hostedUrl: `${config.PUBLIC_URL}/c/${account.slug}`,
  originAllowed: origin === undefined || origin === config.PUBLIC_URL || origins.has(origin),
});
