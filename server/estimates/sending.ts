/** Sending freezes a version; withdrawing takes it back. */
import type { z } from 'zod';
import { checkChannels, contactFor, makeDocumentLinks, type Contact, type DocumentLink } from '../access/document-links.ts';
import type { sendNew } from '../contract/documents.ts';
import type { EstimateContent } from '../contract/estimates.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { contentHash, freeze, readVersion } from '../documents/versions.ts';
import { today } from '../platform/calendar.ts';
import { now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { laterThan } from '../work/later.ts';
import { nextFree } from '../work/numbers.ts';
import { refreshJobs } from '../work/refresh.ts';
import { contentOf, estimateTotals } from './content.ts';
import { derivedColumns, draftOf, estimateRow, jobOf, type EstimateRow, type JobRow } from './drafts.ts';

type Wish = z.output<typeof sendNew>;

/** Whether the wish can be fulfilled, and was not too often. Call it before the transaction. */
export async function checkSending(scope: Scope, services: Services, id: string, wish: Wish): Promise<void> {
  await checkChannels(scope, services, await recipientOf(scope, await estimateRow(scope, id), wish), wish.channels);
}

/**
 * Freezes the working copy as the next version and sends it. When nothing was changed since the last one, that version stays
 * and a fresh link goes out.
 */
export const sendEstimate = (scope: Scope, services: Pick<Services, 'derive' | 'config'>, id: string, wish: Wish, seen?: string): Promise<DocumentLink[]> =>
  inTurn(scope, async (trx) => {
    const row = await estimateRow(trx, id);
    if (seen !== undefined && seen !== row.updated_at) throw new Problem('stale');
    if (row.status === 'approved') throw new Problem('document_decided');
    const contact = await recipientOf(trx, row, wish);
    const job = await jobOf(trx, row);
    const version = await freezeVersion(trx, row, job, contact.id, wish.note);
    await refreshJobs(trx, [job.id]);
    await announce(trx, 'estimate', id);
    return makeDocumentLinks(trx, services, { kind: 'estimate', id, version }, { contact, channels: wish.channels, actions: wish.actions, notice: 'estimate' });
  });

/** The contact named, else the estimate's own, else the job's, else the customer's first. */
export async function recipientOf(scope: Scope, row: EstimateRow, wish: Pick<Wish, 'contactId'>): Promise<Contact> {
  const job = await jobOf(scope, row);
  const first = async () => (await scope.from('contacts').select('id').where('customer_id', '=', row.customer_id).orderBy('id').executeTakeFirst())?.id;
  const contactId = wish.contactId ?? row.contact_id ?? job.contact_id ?? (await first());
  if (!contactId) throw invalidField('/contactId', 'this customer has no contact to send it to');
  return contactFor(scope, contactId, row.customer_id);
}

/** @returns the version that is current from now on. */
async function freezeVersion(trx: Scope, row: EstimateRow, job: JobRow, contactId: string, note: string | null): Promise<number> {
  const day = today(trx.account.time_zone);
  const draft = draftOf(row);
  if (draft.lines.length === 0) throw invalidField('/lines', 'an estimate needs at least one line');
  if (draft.expiresOn !== null && draft.expiresOn < day) throw invalidField('/expiresOn', 'is past already');
  if (estimateTotals(await contentOf(trx, draft, job, { number: '', contactId, note })).total < 0) throw invalidField('/lines', 'a negative total is a credit, which is an invoice of its own');
  const open = row.status === 'sent' || row.status === 'changesRequested';
  if (open && note === null && !(await isChanged(trx, row, job, contactId))) {
    await trx.update('estimates').set({ contact_id: contactId }).where('id', '=', row.id).execute();
    return row.version;
  }
  const number = row.number ?? (await nextFree(trx, 'estimates'));
  const version = row.version + 1;
  const content = await contentOf(trx, draft, job, { number, contactId, note });
  const hash = await freeze(trx, 'estimate', row.id, version, content);
  const time = now();
  await trx
    .update('estimates')
    .set({
      number, version, hash, status: 'sent', contact_id: contactId, expires_on: draft.expiresOn, sent_at: time, decided_at: null, ...(await derivedColumns(trx, draft, job, number)),
      updated_at: laterThan(row.updated_at),
    })
    .where('id', '=', row.id)
    .execute();
  await trx.update('jobs').set({ estimate_sent_on: day, estimate_answered_on: null }).where('id', '=', job.id).execute();
  return version;
}

/**
 * Whether the working copy says something else than the version sent last. The day and a note do not count, nor does how to
 * reach the contractor: a reminder must not become another version because of a new phone number.
 */
export async function isChanged(scope: Scope, row: EstimateRow, job: JobRow, contactId = row.contact_id): Promise<boolean> {
  if (row.version === 0) return true;
  const sent = await readVersion(scope, 'estimate', row.id, row.version);
  const bare = ({ issuedOn: _day, note: _note, from: _from, ...content }: EstimateContent) => contentHash(content);
  return !sent || bare(sent.content) !== bare(await contentOf(scope, draftOf(row), job, { number: row.number ?? '', contactId, note: null }));
}

/** Nobody can approve it any more. What was decided stays. @throws {Problem} `document_decided`, or `conflict` before it was sent. */
export const withdrawEstimate = (scope: Scope, id: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await estimateRow(trx, id);
    if (row.status === 'approved') throw new Problem('document_decided');
    if (row.status === 'draft') throw new Problem('conflict', { detail: 'It was not sent yet.' });
    if (row.status === 'withdrawn') return;
    await trx.update('estimates').set({ status: 'withdrawn', updated_at: laterThan(row.updated_at) }).where('id', '=', id).execute();
    await announce(trx, 'estimate', id);
    await answered(trx, row.job_id);
  });

/** The job waits for no decision of this estimate any more. */
export async function answered(trx: Scope, jobId: string): Promise<void> {
  const waiting = await trx.from('estimates').select('id').where('job_id', '=', jobId).where('status', '=', 'sent').executeTakeFirst();
  if (!waiting) await trx.update('jobs').set({ estimate_answered_on: today(trx.account.time_zone) }).where('id', '=', jobId).execute();
  await refreshJobs(trx, [jobId]);
}

