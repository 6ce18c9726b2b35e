/** Reminders by hand that an invoice waits for its money. */
import type { z } from 'zod';
import { allowedLast, checkChannels, makeDocumentLinks } from '../access/document-links.ts';
import type { reminderNew } from '../contract/office.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { nobody, payableOf, pendingOf } from '../documents/pending.ts';
import { limitReminding } from '../documents/reminders.ts';
import { Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import type { InvoiceRow } from './content.ts';
import { invoiceRow, jobOf } from './drafts.ts';
import { recipientOf } from './sending.ts';

type Wish = z.output<typeof reminderNew>;

/** Whether there is something to remind of, and whether the contact can be reached and was not reminded too often. Call it before the transaction. */
export async function checkReminding(scope: Scope, services: Services, id: string, wish: Wish): Promise<void> {
  const row = await waiting(scope, id);
  await checkChannels(scope, services, await recipientOf(scope, row, await jobOf(scope, row), wish), wish.channels);
  await limitReminding(scope, id);
}

/** Sends a fresh link to the version that was sent last, which stays as it is. @throws {Problem} `conflict` when nothing is to be paid of it. */
export const remindOfInvoice = (scope: Scope, services: Pick<Services, 'derive' | 'config'>, id: string, wish: Wish): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await waiting(trx, id);
    const contact = await recipientOf(trx, row, await jobOf(trx, row), wish);
    const actions = await allowedLast(trx, id, contact.id);
    await makeDocumentLinks(trx, services, { kind: 'invoice', id, version: row.version }, { contact, channels: wish.channels, actions, notice: 'invoiceReminder', note: wish.note });
  });

async function waiting(scope: Scope, id: string): Promise<InvoiceRow> {
  const row = await invoiceRow(scope, id);
  if (row.status !== 'sent' || row.kind === 'credit' || row.settled >= row.total) throw new Problem('conflict', { detail: 'Nothing is to be paid of it.' });
  // Whose bank is at it needs no reminder.
  if (payableOf(row.total - row.settled, (await pendingOf(scope, [id], nobody)).get(id)) === 0) throw new Problem('conflict', { detail: 'A payment is on its way.' });
  return row;
}
