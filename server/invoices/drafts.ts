/** The office's working copy of an invoice or credit: made on a job, changed, deleted while nobody has seen it. */
import type { z } from 'zod';
import { contactFor } from '../access/document-links.ts';
import type { invoiceChange, InvoiceContent, InvoiceKind, invoiceNew } from '../contract/invoices.ts';
import type { Keeper } from '../contract/records.ts';
import { brokenReference, brokenUnique, inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { recheckPayments } from '../documents/pending.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import { searchable } from '../platform/text.ts';
import { laterThan } from '../work/later.ts';
import { checkBilling, fixedTaxLeft, fixedTaxShare } from './billing.ts';
import { linesFromCharges } from './charge-lines.ts';
import { checkDraft, draftOf, workingContent, type InvoiceRow, type JobRow, type StoredDraft } from './content.ts';
import { settleRounding } from './rounding.ts';

type Wish = z.output<typeof invoiceNew>;
type Change = z.output<typeof invoiceChange>;
type Settings = Omit<StoredDraft, 'lines' | 'taxes' | 'taxIncluded' | 'fixedTax' | 'sharesTax'>;

/** @throws {Problem} `not_found`, or `stale` when the caller has seen another version. */
export async function invoiceRow(scope: Scope, id: string, seen?: string): Promise<InvoiceRow> {
  const row = await scope.from('invoices').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  if (seen !== undefined && seen !== row.updated_at) throw new Problem('stale');
  return row;
}

export const jobOf = (scope: Scope, row: Pick<InvoiceRow, 'job_id'>): Promise<JobRow> => scope.from('jobs').selectAll().where('id', '=', row.job_id).executeTakeFirstOrThrow();

/** Makes a working copy on a job. @returns its id. */
export const createInvoice = (scope: Scope, wish: Wish): Promise<string> =>
  inTurn(scope, async (trx) => {
    const job = await trx.from('jobs').selectAll().where('id', '=', wish.jobId).executeTakeFirst();
    if (!job) throw invalidField('/jobId', 'does not exist');
    if (wish.contactId !== null) await contactFor(trx, wish.contactId, job.customer_id);
    const externalId = wish.externalId ?? null;
    if (externalId !== null && (await trx.from('invoices').select('id').where('external_id', '=', externalId).executeTakeFirst())) throw taken();
    const written = wish.fromCharges === undefined ? ofLines(trx, job, wish) : await ofCharges(trx, job, wish, wish.fromCharges);
    const draft = await settleRounding(trx, job, written, { id: null, kind: wish.kind });
    await checkBilling(trx, { kind: wish.kind, jobId: job.id, invoiceId: null, lines: draft.lines });
    try {
      const onlinePayment = wish.onlinePayment ?? job.online_payment === 1;
      return await insertDraft(trx, job, draft, { kind: wish.kind, externalId, contactId: wish.contactId, estimateId: null, onlinePayment });
    } catch (error) {
      if (brokenUnique(error) !== undefined) throw taken();
      if (brokenReference(error)) throw new Problem('conflict');
      throw error;
    }
  });

const taken = () => new Problem('already_exists', { errors: [{ path: '/externalId', message: 'another one has it' }] });

/** What the office says, else the job, else the account. Terms and ways to pay are for what is to be paid. */
function settingsOf({ account }: Scope, job: JobRow, wish: Wish): Settings {
  const credit = wish.kind === 'credit';
  return {
    title: wish.title ?? job.service, rounding: wish.rounding ?? account.tax_rounding, presentation: wish.presentation ?? job.presentation, dueOn: wish.dueOn,
    terms: wish.terms === undefined ? (credit ? null : account.invoice_terms) : wish.terms,
    otherWaysToPay: wish.otherWaysToPay === undefined ? (credit ? null : account.other_ways_to_pay) : wish.otherWaysToPay,
    poNumber: wish.poNumber === undefined ? job.po_number : wish.poNumber || null,
  };
}

function ofLines(scope: Scope, job: JobRow, wish: Wish): StoredDraft {
  const { account } = scope;
  return checkDraft({
    ...settingsOf(scope, job, wish), lines: wish.lines, taxes: wish.taxes ?? (JSON.parse(account.taxes) as StoredDraft['taxes']),
    taxIncluded: wish.taxIncluded ?? account.tax_included === 1, fixedTax: wish.fixedTax, sharesTax: false,
  });
}

/** Lines, taxes and whether prices contain them are then the job's. */
async function ofCharges(scope: Scope, job: JobRow, wish: Wish, from: NonNullable<Wish['fromCharges']>): Promise<StoredDraft> {
  const own = { lines: wish.lines.length > 0, taxes: wish.taxes !== undefined, taxIncluded: wish.taxIncluded !== undefined, fixedTax: wish.fixedTax !== 0 };
  for (const [field, given] of Object.entries(own)) if (given) throw invalidField(`/${field}`, 'leave it out: it comes from the job’s charges');
  const copied = await linesFromCharges(scope, job, from, await fixedTaxLeft(scope, job, null));
  const settings = { ...settingsOf(scope, job, wish), rounding: wish.rounding ?? job.tax_rounding ?? scope.account.tax_rounding };
  const draft = checkDraft({ ...settings, ...copied, taxIncluded: job.tax_included === 1, fixedTax: 0, sharesTax: true });
  return checkDraft({ ...draft, fixedTax: await fixedTaxShare(scope, job, draft.lines, null) });
}

interface NewRow {
  kind: InvoiceKind;
  externalId: string | null;
  contactId: string | null;
  estimateId: string | null;
  onlinePayment: boolean;
}

/** @returns its id. */
export async function insertDraft(trx: Scope, job: JobRow, draft: StoredDraft, { kind, externalId, contactId, estimateId, onlinePayment }: NewRow): Promise<string> {
  const id = newId('invoice');
  const time = now();
  const row: Omit<InvoiceRow, 'account_id'> = {
    id, external_id: externalId, created_at: time, updated_at: time, job_id: job.id, customer_id: job.customer_id, contact_id: contactId, estimate_id: estimateId, kind, number: null,
    status: 'draft', draft: JSON.stringify(draft), version: 0, hash: null, online_payment: onlinePayment ? 1 : 0, subtracted_by: null, issued_on: null, due_on: null, settled: 0, sent_at: null,
    presentation: draft.presentation, po_number: draft.poNumber, title: draft.title, total: 0, search_text: '',
  };
  const content = await workingContent(trx, { ...row, account_id: trx.accountId }, job);
  await trx.insert('invoices', { ...row, ...columnsOf(content) }).execute();
  await announce(trx, 'invoice', id);
  return id;
}

/** What the row keeps beside the version that counts: the one sent last, before that the working copy. */
export const columnsOf = (content: InvoiceContent) => ({
  presentation: content.presentation, po_number: content.poNumber, title: content.title, total: content.total,
  search_text: searchable(content.number, content.title, content.poNumber, content.job.number, content.to.customer, ...content.address),
});

/** Changes the working copy. What was sent stays as it was until the next sending; only paying online is switched at once. */
export const changeInvoice = (scope: Scope, id: string, change: Change, seen?: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await invoiceRow(trx, id, seen);
    const job = await jobOf(trx, row);
    const changed = await changedInvoice(trx, row, job, change);
    const columns = {
      draft: JSON.stringify(changed.draft), contact_id: changed.contact_id, online_payment: changed.online_payment,
      ...(row.version === 0 ? columnsOf(await workingContent(trx, { ...row, contact_id: changed.contact_id }, job, { draft: changed.draft })) : {}),
    };
    // What is as it was keeps its version.
    if (Object.entries(columns).every(([column, value]) => row[column as keyof typeof columns] === value)) return;
    await trx.update('invoices').set({ ...columns, updated_at: laterThan(row.updated_at) }).where('id', '=', id).execute();
    if (row.online_payment && !columns.online_payment) await recheckPayments(trx, [id]);
    await announce(trx, 'invoice', id);
  });

/** The working copy as it would be. @throws {Problem} for a change that cannot be, with the path. */
export async function changedInvoice(scope: Scope, row: InvoiceRow, job: JobRow, change: Change): Promise<Pick<InvoiceRow, 'contact_id' | 'online_payment'> & { draft: StoredDraft }> {
  if (row.status === 'void') throw new Problem('conflict', { detail: 'It is void.' });
  const { contactId = row.contact_id, onlinePayment = row.online_payment === 1, ...rest } = change;
  if (contactId !== null && contactId !== row.contact_id) await contactFor(scope, contactId, row.customer_id);
  const given: Partial<StoredDraft> = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  if (given.poNumber === '') given.poNumber = null;
  const before = draftOf(row);
  let draft = checkDraft({ ...before, ...given, sharesTax: before.sharesTax && given.fixedTax === undefined });
  if (given.lines) await checkBilling(scope, { kind: row.kind, jobId: job.id, invoiceId: row.id, lines: draft.lines });
  if (given.lines && draft.sharesTax) draft = checkDraft({ ...draft, fixedTax: await fixedTaxShare(scope, job, draft.lines, row.id) });
  if ([given.lines, given.taxes, given.taxIncluded, given.rounding].some((each) => each !== undefined)) draft = await settleRounding(scope, job, draft, row);
  return { draft, contact_id: contactId, online_payment: onlinePayment ? 1 : 0 };
}

/** @throws {Problem} `conflict` once it was sent: what somebody has read is not made unread. */
export const deleteInvoice = (scope: Scope, id: string, seen?: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await invoiceRow(trx, id, seen);
    if (row.version > 0) throw new Problem('conflict', { detail: 'It was sent; make it void instead.', items: [{ kind: 'version', count: row.version } satisfies Keeper] });
    await trx.delete('invoices').where('id', '=', id).execute();
    await announce(trx, 'invoice', id);
  });
