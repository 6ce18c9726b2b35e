/** What must agree between the operator's Stripe keys and the accounts before the server takes requests. */
import { Stripe } from 'stripe';
import { OperatorError } from '../database/open.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { Problem } from '../platform/problems.ts';
import type { Services, StripeSetup } from '../platform/services.ts';
import { refreshConnection } from './connecting.ts';
import { connectionOf, markDisconnected, type Connection } from './connections.ts';
import { newConnection } from './onboarding.ts';

/** One is enough to complain about, and an own connection is hardly ever more than one. */
const MOST_LOOKED_AT = 20;

/**
 * Connects the operator's own account where the keys are one contractor's, and hides the pay buttons of everybody where there
 * are no keys.
 * @returns a line for the console, where there is something to say.
 * @throws {OperatorError} when keys and connections are of different modes, or the own account or key cannot be used.
 */
export async function connectAtStart(services: Services): Promise<string | undefined> {
  await endOwnOfOthers(services);
  await checkModes(services);
  await alignPayButtons(services);
  const { stripe } = services;
  if (!stripe?.ownAccount) return undefined;
  const known = await services.accounts.bySlug(stripe.ownAccount);
  if (!known)
    throw new OperatorError(`STRIPE_OWN_ACCOUNT names the account ${stripe.ownAccount}, which does not exist: make it with \`npm run account -- create ${stripe.ownAccount} --owner <e-mail>\`, or correct the setting.`);
  const scope = services.accounts.scope(known.account);
  return lineOf(services, stripe, scope, await ownConnection(stripe, scope));
}

const ownConnection = ({ livemode }: StripeSetup, scope: Scope): Promise<Connection> =>
  inTurn(scope, async (trx) => {
    const known = await connectionOf(trx);
    if (known?.mode === 'own') return known;
    if (known)
      throw new OperatorError(`STRIPE_OWN_ACCOUNT names the account ${scope.account.slug}, which is connected to Stripe already: disconnect it first (DELETE /v1/office/stripe), or take the setting away.`);
    const row = newConnection(trx, livemode, { mode: 'own' });
    await trx.insert('stripe_connections', row).execute();
    return row;
  });

/** Asks Stripe whose key it is. Stripe being away keeps nobody from reading their invoices, so it does not stop the start. */
async function lineOf(services: Services, { livemode }: StripeSetup, scope: Scope, connection: Connection): Promise<string> {
  const { slug } = scope.account;
  try {
    const account = await refreshConnection(services, scope, connection);
    const name = account?.settings?.dashboard?.display_name ?? account?.business_profile?.name ?? account?.id ?? 'unnamed';
    return `Stripe (${livemode ? 'live' : 'test'} mode): ${slug} is paid on the account “${name}”${account?.charges_enabled ? '' : ', which cannot take charges yet'}.`;
  } catch (error) {
    if (error instanceof Problem && error.code === 'payments_unavailable') return `Stripe cannot be reached; ${slug} is left as it was.`;
    if (error instanceof Stripe.errors.StripeAuthenticationError) throw new OperatorError('STRIPE_SECRET_KEY is refused by Stripe: copy the key again from its dashboard.');
    if (error instanceof Stripe.errors.StripePermissionError) throw new OperatorError('STRIPE_SECRET_KEY may not read its own account: give the restricted key the right to read accounts.');
    throw error;
  }
}

/** An own connection follows the environment: when the setting goes or names another account, it has ended. */
async function endOwnOfOthers(services: Services): Promise<void> {
  for (const { connection, scope } of await inUse(services, 'mode', 'own'))
    if (scope.account.slug !== services.stripe?.ownAccount) await markDisconnected(services, scope, connection);
}

/** A test key would answer every question about a live connection with “unknown”, and every contractor would be disconnected. */
async function checkModes(services: Services): Promise<void> {
  const { stripe } = services;
  if (!stripe) return;
  const [key, other] = stripe.livemode ? ['live', 'test'] : ['test', 'live'];
  const [first] = await inUse(services, 'livemode', stripe.livemode ? 0 : 1);
  if (first)
    throw new OperatorError(
      `STRIPE_SECRET_KEY is a ${key} key, but the account ${first.scope.account.slug} is connected in ${other} mode: set the ${other} key, or end that connection first ` +
        (first.connection.mode === 'own' ? '(start once without STRIPE_OWN_ACCOUNT).' : '(DELETE /v1/office/stripe, with the other key).'),
    );
}

/** Without keys nobody can be paid; with them, everybody whose account could charge when it was seen last. */
async function alignPayButtons({ db, stripe }: Services): Promise<void> {
  const mode = stripe?.ownAccount ? 'own' : 'connect';
  const charging = db.selectFrom('stripe_connections').select('account_id').where('charges_enabled', '=', 1).where('status', '<>', 'disconnected').where('mode', '=', mode);
  const shown = db.updateTable('accounts').set({ takes_payments: 0 }).where('takes_payments', '=', 1);
  await (stripe ? shown.where('id', 'not in', charging) : shown).execute();
  if (stripe) await db.updateTable('accounts').set({ takes_payments: 1 }).where('takes_payments', '=', 0).where('id', 'in', charging).execute();
}

/** Connections in use of every account: for the operator's process, before anybody asks it anything. */
async function inUse<Column extends 'mode' | 'livemode'>({ db, accounts }: Services, column: Column, value: Connection[Column]): Promise<{ connection: Connection; scope: Scope }[]> {
  const rows = await db.selectFrom('stripe_connections').selectAll().where('status', '<>', 'disconnected').where(column, '=', value as never).orderBy('account_id').execute();
  const found = await Promise.all(rows.slice(0, MOST_LOOKED_AT).map(async (connection) => ({ connection, known: await accounts.byId(connection.account_id) })));
  return found.flatMap(({ connection, known }) => (known ? [{ connection, scope: accounts.scope(known.account) }] : []));
}
