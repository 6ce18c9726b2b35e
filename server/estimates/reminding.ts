/** Reminders by hand that an estimate waits for its answer. */
import type { z } from 'zod';
import { allowedLast, checkChannels, makeDocumentLinks } from '../access/document-links.ts';
import type { reminderNew } from '../contract/office.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { limitReminding } from '../documents/reminders.ts';
import { estimateStatusOf } from '../documents/status.ts';
import { today } from '../platform/calendar.ts';
import { Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { estimateRow, type EstimateRow } from './drafts.ts';
import { recipientOf } from './sending.ts';

type Wish = z.output<typeof reminderNew>;

/** Whether there is something to remind of, and whether the contact can be reached and was not reminded too often. Call it before the transaction. */
export async function checkReminding(scope: Scope, services: Services, id: string, wish: Wish): Promise<void> {
  const row = await waiting(scope, id);
  await checkChannels(scope, services, await recipientOf(scope, row, wish), wish.channels);
  await limitReminding(scope, id);
}

/** Sends a fresh link to the version that was sent last, which stays as it is. @throws {Problem} `conflict` when it waits for nobody. */
export const remindOfEstimate = (scope: Scope, services: Pick<Services, 'derive' | 'config'>, id: string, wish: Wish): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await waiting(trx, id);
    const contact = await recipientOf(trx, row, wish);
    const actions = await allowedLast(trx, id, contact.id);
    await makeDocumentLinks(trx, services, { kind: 'estimate', id, version: row.version }, { contact, channels: wish.channels, actions, notice: 'estimateReminder', note: wish.note });
  });

async function waiting(scope: Scope, id: string): Promise<EstimateRow> {
  const row = await estimateRow(scope, id);
  if (estimateStatusOf(row, today(scope.account.time_zone)) !== 'sent') throw new Problem('conflict', { detail: 'It does not wait for its customer.' });
  return row;
}
