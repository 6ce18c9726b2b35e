/** What estimates do by the clock. */
import { inTurn } from '../database/lock.ts';
import { today } from '../platform/calendar.ts';
import { after } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import type { Services } from '../platform/services.ts';
import { laterThan } from '../work/later.ts';
import { answered } from './sending.ts';

/**
 * Marks what is past its last day, so that its job no longer waits for an answer. Approving is refused from the first moment
 * of the next day, whether or not this has run.
 */
export async function expireEstimates({ db, accounts }: Services): Promise<void> {
  // The day is over somewhere on earth up to fourteen hours before it is here.
  const soon = after(14 * 3600).slice(0, 10);
  const open = await db
    .selectFrom('estimates')
    .select(['account_id', 'id', 'expires_on'])
    .where('status', 'in', ['sent', 'changesRequested'])
    .where('expires_on', '<', soon)
    .execute();
  for (const { account_id: accountId, id } of open) {
    const scope = await accounts.scopeById(accountId);
    if (!scope) continue;
    await inTurn(scope, async (trx) => {
      const row = await trx.from('estimates').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row || (row.status !== 'sent' && row.status !== 'changesRequested') || row.expires_on === null || row.expires_on >= today(trx.account.time_zone)) return;
      await trx.update('estimates').set({ status: 'expired', updated_at: laterThan(row.updated_at) }).where('id', '=', id).execute();
      await answered(trx, row.job_id);
      await announce(trx, 'estimate', id);
    });
  }
}
