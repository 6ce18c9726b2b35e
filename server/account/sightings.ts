/** Websites that embed the widget without being listed, so that the office can allow one in a click. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type { sightings } from '../contract/account.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';

/** Anybody can report anything; an account keeps so many, the latest seen. */
const MOST_SIGHTINGS = 50;

export const reportSighting = (scope: Scope, origin: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const time = now();
    await trx
      .insert('sightings', { origin, first_seen_at: time, last_seen_at: time, count: 1 })
      .onConflict((conflict) => conflict.columns(['account_id', 'origin']).doUpdateSet({ last_seen_at: time, count: sql`sightings.count + 1` }))
      .execute();
    const over = await trx.from('sightings').select('origin').orderBy('last_seen_at', 'desc').orderBy('origin').limit(100).offset(MOST_SIGHTINGS).execute();
    if (over.length) await trx.delete('sightings').where('origin', 'in', over.map((row) => row.origin)).execute();
  });

export async function listSightings(scope: Scope): Promise<z.input<typeof sightings>['items']> {
  const rows = await scope.from('sightings').selectAll().orderBy('last_seen_at', 'desc').orderBy('origin').execute();
  return rows.map((row) => ({ origin: row.origin, firstSeenAt: row.first_seen_at, lastSeenAt: row.last_seen_at, count: row.count }));
}
