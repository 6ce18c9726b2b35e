/** What the inbox does by itself: a snooze ends. */
import type { OutboxHandler } from '../platform/outbox.ts';
import type { Services } from '../platform/services.ts';
import { wakeItem } from './inbox.ts';

/** Outbox handlers of this capability. */
export function inboxJobs({ accounts }: Services): Record<string, OutboxHandler> {
  return {
    inboxWake: async (job, payload) => {
      const scope = await accounts.scopeById(job.account_id);
      if (scope) await wakeItem(scope, String(payload['itemId']), String(payload['until']));
    },
  };
}
