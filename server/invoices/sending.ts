/** Sending freezes a version, numbers the document, and makes what it bills count as invoiced. */
import type { z } from 'zod';
import { checkChannels, contactFor, makeDocumentLinks, type Contact, type DocumentLink } from '../access/document-links.ts';
import type { sendNew } from '../contract/documents.ts';
import type { InvoiceContent } from '../contract/invoices.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { recheckPayments } from '../documents/pending.ts';
import { freeze } from '../documents/versions.ts';
import { now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { laterThan } from '../work/later.ts';
import { nextFree } from '../work/numbers.ts';
import { refreshJobs } from '../work/refresh.ts';
import { checkBilling, fixedTaxShare, writeBilling } from './billing.ts';
import { checkDraft, contactIdOf, draftOf, isChanged, workingContent, type InvoiceRow, type JobRow, type StoredDraft } from './content.ts';
import { columnsOf, invoiceRow, jobOf } from './drafts.ts';
import { chargesTaxOf, settleRounding } from './rounding.ts';

type Wish = z.output<typeof sendNew>;

/** Whether the wish can be fulfilled, and was not too often. Call it before the transaction. */
export async function checkSending(scope: Scope, services: Services, id: string, wish: Wish): Promise<void> {
  const row = await invoiceRow(scope, id);
  await checkChannels(scope, services, await recipientOf(scope, row, await jobOf(scope, row), wish), wish.channels);
}

/**
 * Freezes the working copy as the next version and sends it. When nothing was changed since the last one, that version stays
 * and a fresh link goes out.
 */
export const sendInvoice = (scope: Scope, services: Pick<Services, 'derive' | 'config'>, id: string, wish: Wish, seen?: string): Promise<DocumentLink[]> =>
  inTurn(scope, async (trx) => {
    const row = await invoiceRow(trx, id, seen);
    if (row.status === 'void') throw new Problem('conflict', { detail: 'It is void.' });
    const job = await jobOf(trx, row);
    const contact = await recipientOf(trx, row, job, wish);
    const version = await freezeVersion(trx, row, job, wish.note);
    await announce(trx, 'invoice', id);
    return makeDocumentLinks(trx, services, { kind: 'invoice', id, version }, { contact, channels: wish.channels, actions: wish.actions, notice: 'invoice' });
  });

export async function recipientOf(scope: Scope, row: InvoiceRow, job: JobRow, wish: Pick<Wish, 'contactId'>): Promise<Contact> {
  const contactId = wish.contactId ?? (await contactIdOf(scope, row, job));
  if (!contactId) throw invalidField('/contactId', 'this customer has no contact to send it to');
  return contactFor(scope, contactId, row.customer_id);
}

/** @returns the version that is current from now on. */
async function freezeVersion(trx: Scope, row: InvoiceRow, job: JobRow, note: string | null): Promise<number> {
  const draft = await settledDraft(trx, row, job);
  const working = await workingContent(trx, row, job, { draft, note });
  if (draft.lines.length === 0 && draft.fixedTax === 0) throw invalidField('/lines', 'it needs at least one line');
  checkTotal(row, working.total);
  if (note === null && !(await isChanged(trx, row, working))) return row.version;
  await checkBilling(trx, { kind: row.kind, jobId: job.id, invoiceId: row.id, lines: draft.lines }, true);
  const content: InvoiceContent = { ...working, number: row.number ?? (await nextFree(trx, row.kind === 'credit' ? 'credits' : 'invoices')) };
  const version = row.version + 1;
  const hash = await freeze(trx, 'invoice', row.id, version, content);
  await trx
    .update('invoices')
    .set({
      ...columnsOf(content), number: content.number, status: 'sent', version, hash, draft: JSON.stringify({ ...draft, chargesTax: chargesTaxOf(draft) }), contact_id: await contactIdOf(trx, row, job), issued_on: content.issuedOn,
      // The place in the order in which money is allocated; a correction does not change it.
      due_on: content.dueOn, sent_at: row.sent_at ?? now(), updated_at: laterThan(row.updated_at),
    })
    .where('id', '=', row.id)
    .execute();
  await recheckPayments(trx, [row.id]);
  await writeBilling(trx, row.id, draft.lines);
  await markInvoiced(trx, job.id);
  await refreshJobs(trx, [job.id]);
  return version;
}

/** At the first sending, the share of the job's fixed tax and the cents that rounding leaves are what they are by then. */
async function settledDraft(trx: Scope, row: InvoiceRow, job: JobRow): Promise<StoredDraft> {
  const draft = draftOf(row);
  if (row.version > 0) return draft;
  const shared = draft.sharesTax ? checkDraft({ ...draft, fixedTax: await fixedTaxShare(trx, job, draft.lines, row.id) }) : draft;
  return settleRounding(trx, job, shared, row);
}

/** @throws {Problem} for a total that this kind of document, or what has happened to it since, does not allow. */
function checkTotal(row: InvoiceRow, total: number): void {
  if (row.kind === 'credit' ? total > 0 : total < 0)
    throw invalidField('/lines', row.kind === 'credit' ? 'a credit does not come to more than nothing' : 'a negative document is a credit');
  if (row.status !== 'sent') return;
  if (row.kind === 'credit' ? total > row.settled : total < row.settled)
    throw new Problem('conflict', { detail: row.kind === 'credit' ? 'More than that of this credit was used.' : 'More than that was paid of it.' });
  if (row.subtracted_by !== null && total !== row.total) throw new Problem('conflict', { detail: 'An invoice subtracts this deposit as it is; make that void first.' });
}

/** The day on which the job was invoiced last. A deposit or credit is no invoice of it. */
export async function markInvoiced(trx: Scope, jobId: string): Promise<void> {
  const last = await trx.from('invoices').where('job_id', '=', jobId).where('status', '=', 'sent').where('kind', '=', 'invoice').select((row) => row.fn.max('issued_on').as('day')).executeTakeFirst();
  const job = await trx.from('jobs').select(['invoiced_on', 'updated_at']).where('id', '=', jobId).executeTakeFirstOrThrow();
  const day = last?.day ?? null;
  if (day !== job.invoiced_on) await trx.update('jobs').set({ invoiced_on: day, updated_at: laterThan(job.updated_at) }).where('id', '=', jobId).execute();
}
