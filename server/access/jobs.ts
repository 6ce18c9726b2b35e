/** What access does after the answer: sign-in messages and housekeeping. */
import { sql } from 'kysely';
import { after, now } from '../platform/ids.ts';
import type { OutboxHandler } from '../platform/outbox.ts';
import type { Services } from '../platform/services.ts';
import { countFailedHandoffs } from './handoffs.ts';
import { answerSignIn } from './sign-in.ts';

/** Outbox handlers of this capability. */
export function accessJobs({ accounts, derive }: Services): Record<string, OutboxHandler> {
  return {
    signIn: async (job, payload) => {
      const scope = await accounts.scopeById(job.account_id);
      if (scope) await answerSignIn(scope, derive, String(payload['requestId']));
    },
  };
}

/** Deletes what has expired and counts handoffs that never arrived. Safe to run from several processes. */
export async function housekeep({ db, accounts }: Services): Promise<void> {
  const day = after(-24 * 3600);
  await db.deleteFrom('proofs').where('expires_at', '<', now()).execute();
  await db.deleteFrom('download_tickets').where('expires_at', '<', now()).execute();
  await db.deleteFrom('idempotency').where('created_at', '<', after(-48 * 3600)).execute();
  await db.deleteFrom('outbox').where('done_at', '<', after(-7 * 24 * 3600)).execute();
  await db.deleteFrom('rate_buckets').where('updated_at', '<', Date.now() - 2 * 24 * 3600 * 1000).execute();
  const waiting = await sql<{ account_id: string }>`select distinct account_id from handoffs where counted = 0 and spent_at is null and expires_at <= ${now()}`.execute(db);
  for (const { account_id: id } of waiting.rows) {
    const scope = await accounts.scopeById(id);
    if (scope) await countFailedHandoffs(scope);
  }
  const month = after(-30 * 24 * 3600);
  await db.deleteFrom('handoffs').where('expires_at', '<', day).where((eb) => eb.or([eb('counted', '=', 1), eb('spent_at', 'is not', null)])).execute();
  // Kept a month: an expired link must stay known to be renewable by its holder, and the office may ask who was here.
  await db.deleteFrom('sessions').where('expires_at', '<', month).execute();
  await db
    .deleteFrom('links')
    .where('expires_at', '<', month)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('sessions').select('sessions.id').whereRef('sessions.account_id', '=', 'links.account_id').whereRef('sessions.link_id', '=', 'links.id'))))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('handoffs').select('handoffs.hash').whereRef('handoffs.account_id', '=', 'links.account_id').whereRef('handoffs.link_id', '=', 'links.id'))))
    .execute();
  await db.deleteFrom('sign_in_requests').where('expires_at', '<', month).execute();
}
