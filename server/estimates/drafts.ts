/** The office's working copy: made on a job, changed, deleted while nobody has seen it; and the list. */
import { sql, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { EstimateContent, estimateChange, estimateNew, estimatesQuery } from '../contract/estimates.ts';
import type { Keeper } from '../contract/records.ts';
import { decimalOf, lineTotal } from '../contract/totals.ts';
import { contactFor } from '../access/document-links.ts';
import type { EstimatesTable } from '../database/schema-documents.ts';
import type { JobsTable } from '../database/schema.ts';
import { brokenUnique, inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { today } from '../platform/calendar.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { pageOf } from '../platform/paging.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import { containing, searchable } from '../platform/text.ts';
import { estimateStatusOf } from '../documents/status.ts';
import { laterThan } from '../work/later.ts';
import { taxedLines } from '../work/refresh.ts';
import { checkDraft, estimateTotals, contentOf, type StoredDraft } from './content.ts';

export type EstimateRow = Selectable<EstimatesTable>;
export type JobRow = Selectable<JobsTable>;

export const draftOf = (row: Pick<EstimateRow, 'draft'>): StoredDraft => JSON.parse(row.draft) as StoredDraft;

/** @throws {Problem} `not_found`. */
export async function estimateRow(scope: Scope, id: string): Promise<EstimateRow> {
  const row = await scope.from('estimates').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

export const jobOf = (scope: Scope, row: Pick<EstimateRow, 'job_id'>): Promise<JobRow> => scope.from('jobs').selectAll().where('id', '=', row.job_id).executeTakeFirstOrThrow();

/** Makes a working copy on a job. @returns its id. */
export const createEstimate = (scope: Scope, wish: z.output<typeof estimateNew>): Promise<string> =>
  inTurn(scope, async (trx) => {
    const job = await trx.from('jobs').selectAll().where('id', '=', wish.jobId).executeTakeFirst();
    if (!job) throw invalidField('/jobId', 'does not exist');
    if (wish.contactId !== null) await contactFor(trx, wish.contactId, job.customer_id);
    if (wish.fromCharges && wish.lines.length) throw invalidField('/lines', 'leave them out: they are made of the job’s charges');
    const { account } = trx;
    const { jobId: _job, contactId, externalId = null, fromCharges, lines, ...given } = wish;
    const copied = fromCharges ? await linesOfCharges(trx, job) : undefined;
    const draft = checkDraft({
      ...given,
      title: given.title ?? job.service,
      lines: copied?.lines ?? lines,
      taxes: given.taxes ?? copied?.taxes ?? (JSON.parse(account.taxes) as StoredDraft['taxes']),
      taxIncluded: given.taxIncluded ?? (copied ? job.tax_included === 1 : account.tax_included === 1),
      fixedTax: copied && given.fixedTax === 0 ? job.fixed_tax : given.fixedTax,
      rounding: given.rounding ?? account.tax_rounding,
      terms: given.terms === undefined ? account.estimate_terms : given.terms,
      origin: copied?.lines.map((line) => line.id) ?? [],
    });
    const id = newId('estimate');
    const time = now();
    try {
      await trx
        .insert('estimates', {
          id, external_id: externalId, created_at: time, updated_at: time, job_id: job.id, customer_id: job.customer_id, contact_id: contactId ?? null, number: null, status: 'draft',
          version: 0, hash: null, expires_on: null, sent_at: null, decided_at: null, ...(await derivedColumns(trx, draft, job, null)),
        })
        .execute();
    } catch (error) {
      if (brokenUnique(error) !== undefined) throw new Problem('already_exists', { errors: [{ path: '/externalId', message: 'another one has it' }] });
      throw error;
    }
    await announce(trx, 'estimate', id);
    return id;
  });

/** Changes the working copy. What was sent stays as it was until the next sending. */
export const changeEstimate = (scope: Scope, id: string, change: z.output<typeof estimateChange>, seen?: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await estimateRow(trx, id);
    if (seen !== undefined && seen !== row.updated_at) throw new Problem('stale');
    const { contactId, draft } = await changedDraft(trx, row, change);
    const { draft: written, ...shown } = await derivedColumns(trx, draft, await jobOf(trx, row), row.number);
    await trx
      .update('estimates')
      // Of what was sent once, the row tells what was sent: customers read it.
      .set({ contact_id: contactId, draft: written, ...(row.version === 0 ? shown : {}), updated_at: laterThan(row.updated_at) })
      .where('id', '=', id)
      .execute();
    await announce(trx, 'estimate', id);
  });

/** The working copy as it would be. @throws {Problem} for a change that cannot be, with the path. */
export async function changedDraft(scope: Scope, row: EstimateRow, change: z.output<typeof estimateChange>): Promise<{ contactId: string | null; draft: StoredDraft }> {
  if (row.status === 'approved') throw new Problem('document_decided');
  const { contactId = row.contact_id, ...fields } = change;
  if (contactId !== null) await contactFor(scope, contactId, row.customer_id);
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { contactId, draft: checkDraft({ ...draftOf(row), ...given }) };
}

/** @throws {Problem} `conflict` once it was sent: what somebody has read is not made unread. */
export const deleteEstimate = (scope: Scope, id: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await estimateRow(trx, id);
    if (row.version > 0) throw new Problem('conflict', { detail: 'It was sent; withdraw it instead.', items: [{ kind: 'version', count: row.version } satisfies Keeper] });
    await trx.delete('estimates').where('id', '=', id).execute();
    await announce(trx, 'estimate', id);
  });

/** What the row keeps beside the working copy. */
export async function derivedColumns(scope: Scope, draft: StoredDraft, job: JobRow, number: string | null) {
  const content = await contentOf(scope, draft, job, { number: number ?? '', contactId: null, note: null });
  return { draft: JSON.stringify(draft), ...columnsOf(content) };
}

/** What it comes to with the lines chosen at first, and what it is found by. */
export const columnsOf = (content: EstimateContent) => ({
  total: estimateTotals(content).total, search_text: searchable(content.number, content.title, content.to.customer, content.job.number, ...content.address),
});

export const listEstimates = (scope: Scope, query: z.output<typeof estimatesQuery>) => {
  const day = today(scope.account.time_zone);
  let rows = scope.from('estimates').selectAll();
  for (const [column, value] of [['customer_id', query.customerId], ['job_id', query.jobId], ['external_id', query.externalId]] as const)
    if (value !== undefined) rows = rows.where(column, '=', value);
  if (query.q?.trim()) rows = rows.where(sql<boolean>`search_text like ${containing(query.q)} escape '\\'`);
  if (query.status === 'expired') rows = rows.where((eb) => eb.or([eb('status', '=', 'expired'), eb.and([eb('status', 'in', ['sent', 'changesRequested']), eb('expires_on', '<', day)])]));
  else if (query.status !== undefined) rows = rows.where('status', '=', query.status).where((eb) => eb.or([eb('expires_on', 'is', null), eb('expires_on', '>=', day), eb('status', 'not in', ['sent', 'changesRequested'])]));
  return pageOf(rows, 'id', query, (row) => ({
    id: row.id, externalId: row.external_id, jobId: row.job_id, customerId: row.customer_id, number: row.number, status: estimateStatusOf(row, day), version: row.version,
    total: { amount: row.total, currency: scope.account.currency }, createdAt: row.created_at, updatedAt: row.updated_at,
  }));
};

/** Lines of the job's charges, with the charges' own ids, so that approval puts the chosen ones in their place. */
async function linesOfCharges(scope: Scope, job: JobRow) {
  const charges = await scope.from('charges').selectAll().where('job_id', '=', job.id).orderBy('position').orderBy('id').execute();
  const { lines, taxes } = taxedLines(charges);
  return {
    taxes: taxes.length ? taxes : undefined,
    lines: lines.map((charge) => ({
      id: charge.id, description: charge.description, details: charge.details, unit: charge.unit, ...pricesOf(charge), taxes: charge.taxes, optional: false, group: null,
      selected: false,
    })),
  };
}

/** As the charge has them; where its source has rounded in its own way, one piece at what the charge comes to. */
function pricesOf(charge: { quantity: number; unit_price: number; discount: number; total: number }) {
  const discount = charge.discount > 0 ? { amount: charge.discount } : null;
  const prices = { quantity: decimalOf(charge.quantity), unitPrice: charge.unit_price, discount };
  return lineTotal(prices).total === charge.total ? prices : { quantity: '1', unitPrice: charge.total, discount: null };
}
