/** Invoices as the office sees them: one with everything known of it, and the list. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Invoice, invoiceChange, invoiceListed, invoicesQuery, InvoiceView } from '../contract/invoices.ts';
import type { Scope } from '../database/scope.ts';
import { factsOf } from '../documents/facts.ts';
import { allocationsOf } from '../documents/settlement.ts';
import { invoiceStatusOf, isOverdue } from '../documents/status.ts';
import { contentHash, etagOf, readVersion } from '../documents/versions.ts';
import { today } from '../platform/calendar.ts';
import { now } from '../platform/ids.ts';
import { pageOf } from '../platform/paging.ts';
import { containing, searchable } from '../platform/text.ts';
import { contactIdOf, draftOf, isChanged, workingContent, type InvoiceRow } from './content.ts';
import { changedInvoice, invoiceRow, jobOf } from './drafts.ts';
import { viewOf } from './reading.ts';

/** Everything the office knows of one. @throws {Problem} `not_found`. */
export async function readInvoice(scope: Scope, id: string): Promise<Invoice> {
  const row = await invoiceRow(scope, id);
  const job = await jobOf(scope, row);
  const { sharesTax: _shares, roundings: _roundings, chargesTax: _tax, ...draft } = draftOf(row);
  const [payments, versions] = [await allocationsOf(scope, id), await factsOf(scope, 'invoice', id)];
  return {
    ...listed(scope, row, today(scope.account.time_zone)), estimateId: row.estimate_id, paid: { amount: row.settled, currency: scope.account.currency },
    draft: { ...draft, contactId: row.contact_id, onlinePayment: row.online_payment === 1 },
    changed: row.status !== 'void' && (await isChanged(scope, row, await workingContent(scope, row, job))), payments, versions,
  };
}

/** Newest first. */
export function listInvoices(scope: Scope, query: z.output<typeof invoicesQuery>) {
  let rows = scope.from('invoices').selectAll();
  for (const [column, value] of [['customer_id', query.customerId], ['job_id', query.jobId], ['external_id', query.externalId]] as const)
    if (value !== undefined) rows = rows.where(column, '=', value);
  if (query.status !== undefined) rows = rows.where('status', '=', query.status === 'open' ? 'sent' : query.status);
  if (query.status === 'open') rows = rows.whereRef('settled', '<>', 'total');
  for (const word of searchable(query.q).split(' ').filter(Boolean).slice(0, 8)) rows = rows.where(sql<boolean>`search_text like ${containing(word)} escape '\\'`);
  const day = today(scope.account.time_zone);
  return pageOf(rows, 'id', query, (row) => listed(scope, row, day));
}

function listed({ account: { currency } }: Scope, row: InvoiceRow, day: string): z.input<typeof invoiceListed> {
  const money = (amount: number) => ({ amount, currency });
  return {
    id: row.id, externalId: row.external_id, kind: row.kind, jobId: row.job_id, customerId: row.customer_id, number: row.number, status: invoiceStatusOf(row),
    overdue: isOverdue(row, day), version: row.version, total: money(row.total), due: money(row.status === 'sent' ? row.total - row.settled : 0),
    // A credit has no day by which it is due; the column orders it among the others.
    issuedOn: row.issued_on, dueOn: row.kind === 'credit' ? null : row.due_on, createdAt: row.created_at, updatedAt: row.updated_at,
  };
}

/**
 * The working copy exactly as the customer would see it, with a change that is not saved yet; of a void one what was sent last.
 * Nothing is recorded.
 * @throws {Problem} for a change that could not be saved either, with the path.
 */
export async function previewInvoice(scope: Scope, id: string, change?: z.output<typeof invoiceChange>): Promise<InvoiceView> {
  const saved = await invoiceRow(scope, id);
  const job = await jobOf(scope, saved);
  const { draft, ...columns } = change ? await changedInvoice(scope, saved, job, change) : { draft: draftOf(saved) };
  const row = { ...saved, ...columns, draft: JSON.stringify(draft) };
  const sent = row.version > 0 ? await readVersion(scope, 'invoice', id, row.version) : undefined;
  const working = await workingContent(scope, row, job);
  const contactId = await contactIdOf(scope, row, job);
  const contact = contactId ? await scope.from('contacts').select('can_pay').where('id', '=', contactId).executeTakeFirst() : undefined;
  const rights = { approve: false, requestChanges: false, pay: contact?.can_pay === 1, pdf: true, share: true };
  const kept = sent && (row.status === 'void' || !(await isChanged(scope, row, working))) ? sent : undefined;
  const version = kept ?? { version: row.version + 1, content: working, hash: contentHash(working), createdAt: now() };
  const state = row.status === 'draft' ? { ...row, status: 'sent' as const } : row;
  return viewOf(scope, { ...state, total: version.content.total, due_on: version.content.dueOn }, version, rights, etagOf(version.version, version.hash));
}
