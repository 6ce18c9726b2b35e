/** The pages of the contractor's websites where the widget stands. Their origins are the ones that get answers. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Page, pageChange, pageNew } from '../contract/account.ts';
import { webUrl } from '../contract/wire.ts';
import { trustPages } from '../access/handoffs.ts';
import { inTurn } from '../database/lock.ts';
import type { PagesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { after, newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { enqueue } from '../platform/outbox.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';

export async function listPages(scope: Scope): Promise<Page[]> {
  return (await scope.from('pages').selectAll().orderBy('id').execute()).map(viewPage);
}

/** The first page becomes the main one by itself. */
export const addPage = (scope: Scope, { url, main = false }: z.output<typeof pageNew>): Promise<Page> =>
  inTurn(scope, async (trx) => {
    const address = await free(trx, url);
    const first = !(await trx.from('pages').select('id').limit(1).executeTakeFirst());
    const row = { id: newId('page'), ...address, main: main || first ? (1 as const) : (0 as const), created_at: now(), last_seen_at: await seenAt(trx, address.origin) };
    if (row.main) await trx.update('pages').set({ main: 0 }).execute();
    await trx.insert('pages', row).execute();
    await trustPages(trx);
    await registerForWallets(trx);
    await announce(trx, 'account');
    return viewPage(row);
  });

export const changePage = (scope: Scope, id: string, { url, main }: z.output<typeof pageChange>): Promise<Page> =>
  inTurn(scope, async (trx) => {
    const page = await find(trx, id);
    if (main === false && page.main) throw invalidField('/main', 'make another page the main one instead');
    if (main && !page.main) await trx.update('pages').set({ main: 0 }).execute();
    const moved = url === undefined ? {} : await free(trx, url, id);
    const row = { ...page, ...moved, main: main ? (1 as const) : page.main };
    if (row.origin !== page.origin) row.last_seen_at = await seenAt(trx, row.origin);
    await trx.update('pages').set({ url: row.url, origin: row.origin, main: row.main, last_seen_at: row.last_seen_at }).where('id', '=', id).execute();
    await trustPages(trx);
    await registerForWallets(trx);
    await announce(trx, 'account');
    if (row.origin !== page.origin) await announce(trx, 'ended');
    return viewPage(row);
  });

/** When the main page goes, the oldest of the others takes its place. */
export const removePage = (scope: Scope, id: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const page = await find(trx, id);
    await trx.delete('pages').where('id', '=', id).execute();
    const next = page.main ? await trx.from('pages').select('id').orderBy('id').limit(1).executeTakeFirst() : undefined;
    if (next) await trx.update('pages').set({ main: 1 }).where('id', '=', next.id).execute();
    await announce(trx, 'account');
    // An office that stands on this website is told no more.
    await announce(trx, 'ended');
    await trustPages(trx);
  });

/** One click in the office: a website that was seen with the widget gets its answers from now on. */
export const allowSighting = (scope: Scope, given: string): Promise<Page> =>
  inTurn(scope, async (trx) => {
    const { origin } = new URL(given);
    const listed = await trx.from('pages').selectAll().where('origin', '=', origin).orderBy('id').limit(1).executeTakeFirst();
    if (!listed && !(await trx.from('sightings').select('origin').where('origin', '=', origin).executeTakeFirst())) throw notFound();
    const refused = webUrl.safeParse(origin).error?.issues[0];
    if (refused) throw invalidField('/origin', refused.message);
    await trx.delete('sightings').where('origin', '=', origin).execute();
    return listed ? viewPage(listed) : addPage(trx, { url: origin });
  });

/** How often it is written down that the widget was asked for; nobody needs it more exactly. */
const SEEN_EVERY_MS = 3_600_000;

/** Notes of listed websites that the widget was asked for there. What was noted is remembered, so that most calls cost nothing. */
export function seenPages(): (scope: Scope, origin: string) => Promise<void> {
  const noted = new Map<string, number>();
  return async (scope, origin) => {
    const [key, time] = [`${scope.accountId} ${origin}`, Date.now()];
    if (time - (noted.get(key) ?? 0) < SEEN_EVERY_MS) return;
    if (noted.size > 10_000) noted.clear();
    noted.set(key, time);
    await scope
      .update('pages')
      .set({ last_seen_at: now() })
      .where('origin', '=', origin)
      .where((eb) => eb.or([eb('last_seen_at', 'is', null), eb('last_seen_at', '<', after(-SEEN_EVERY_MS / 1000))]))
      .execute();
  };
}

/** Wallets appear only on websites that Stripe knows. */
async function registerForWallets(scope: Scope): Promise<void> {
  if (await scope.from('stripe_connections').select('id').where('charges_enabled', '=', 1).executeTakeFirst()) await enqueue(scope, 'stripeDomains', {});
}

/** What is known of a website by another of its pages: it is noted for all of them. */
const seenAt = async (scope: Scope, origin: string): Promise<string | null> =>
  (await scope.from('pages').select('last_seen_at').where('origin', '=', origin).where('last_seen_at', 'is not', null).executeTakeFirst())?.last_seen_at ?? null;

async function find(scope: Scope, id: string): Promise<Selectable<PagesTable>> {
  const page = await scope.from('pages').selectAll().where('id', '=', id).executeTakeFirst();
  if (!page) throw notFound();
  return page;
}

/** The address in one form; each is listed once. Only a fragment that is an app's route (`#/…`) is part of it. */
async function free(scope: Scope, given: string, ownId?: string): Promise<{ url: string; origin: string }> {
  const url = new URL(given);
  if (!/^#[/!]/.test(url.hash)) url.hash = '';
  const taken = await scope.from('pages').select('id').where('url', '=', url.href).executeTakeFirst();
  if (taken && taken.id !== ownId) throw new Problem('already_exists', { errors: [{ path: '/url', message: 'this page is listed already' }] });
  return { url: url.href, origin: url.origin };
}

const viewPage = (row: Pick<Selectable<PagesTable>, 'id' | 'url' | 'main' | 'last_seen_at'>): Page => ({
  id: row.id, url: row.url, main: row.main === 1, lastSeenAt: row.last_seen_at,
});
