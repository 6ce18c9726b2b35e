/** An estimate as its customer reads it, and as the office sees it. */
import type { z } from 'zod';
import type { Reading } from '../access/reader.ts';
import type { DecisionView, Estimate, estimateChange, EstimateContent, EstimateView } from '../contract/estimates.ts';
import type { Scope } from '../database/scope.ts';
import type { Evidence } from '../documents/evidence.ts';
import { factsOf, openedBefore } from '../documents/facts.ts';
import { compareLines } from '../documents/lines.ts';
import { payableOf, pendingOf } from '../documents/pending.ts';
import { contentHash, etagOf, readVersion } from '../documents/versions.ts';
import { isPayableOnline } from '../invoices/reading.ts';
import { today } from '../platform/calendar.ts';
import { now } from '../platform/ids.ts';
import { notFound } from '../platform/problems.ts';
import { maskAddress } from '../platform/text.ts';
import { estimateStatusOf } from '../documents/status.ts';
import { contentOf, estimateTotals, preselected, totalsView } from './content.ts';
import { changedDraft, draftOf, estimateRow, jobOf, type EstimateRow } from './drafts.ts';
import { remarksOf } from './remarks.ts';
import { isChanged } from './sending.ts';

/** @throws {Problem} `not_found` before it was sent. */
export async function viewEstimate(scope: Scope, row: EstimateRow, reading: Reading): Promise<EstimateView> {
  const version = row.version > 0 ? await readVersion(scope, 'estimate', row.id, row.version) : undefined;
  if (!version) throw notFound();
  const before = await openedBefore(scope, 'estimate', row.id, row.version, reading.reader.person);
  const past = before === undefined ? undefined : await readVersion(scope, 'estimate', row.id, before);
  const decision = await decisionOf(scope, row, version.content, reading.masked);
  const lines = past && !decision ? compareLines(past.content.lines, version.content.lines) : [];
  return {
    ...(await view(scope, row, version.content, reading)), etag: etagOf(row.version, version.hash), version: row.version, sentAt: row.sent_at ?? version.createdAt, decision,
    ...(decision?.totals ? { totals: decision.totals } : {}), changes: lines.length ? { since: past!.version, lines } : null,
    depositInvoice: await depositOf(scope, row, reading),
  };
}

/**
 * The working copy exactly as the customer would see it, with a change that is not saved yet. Nothing is recorded.
 * @throws {Problem} for a change that could not be saved either, with the path.
 */
export async function previewEstimate(scope: Scope, id: string, change?: z.output<typeof estimateChange>): Promise<EstimateView> {
  const row = await estimateRow(scope, id);
  const { contactId, draft } = change ? await changedDraft(scope, row, change) : { contactId: row.contact_id, draft: draftOf(row) };
  const content = await contentOf(scope, draft, await jobOf(scope, row), { number: row.number ?? '', contactId, note: null });
  const contact = contactId ? await scope.from('contacts').select(['name', 'email', 'mobile']).where('id', '=', contactId).executeTakeFirst() : undefined;
  const reader = { person: '', name: contact?.name ?? '', address: contact?.email ?? contact?.mobile ?? null, contactId, linkId: null, sessionId: '' };
  const nothing = { approve: false, requestChanges: false, pay: false, pdf: false, share: false };
  const base = await view(scope, row, content, { reader, payer: reader, rights: nothing, shared: false, masked: false, channelAddress: null });
  return { ...base, status: 'sent', etag: etagOf(row.version + 1, contentHash(content)), version: row.version + 1, sentAt: now(), decision: null, changes: null, depositInvoice: null };
}

async function view(scope: Scope, row: EstimateRow, content: EstimateContent, { reader, rights, masked }: Reading) {
  return {
    kind: 'estimate' as const, id: row.id, status: estimateStatusOf(row, today(scope.account.time_zone)), content, customerId: row.customer_id, jobId: row.job_id,
    totals: totalsView(content, estimateTotals(content)), remarks: await remarksOf(scope, row.id), rights, verification: scope.account.approval_verification,
    signer: { name: reader.name, address: masked && reader.address ? maskAddress(reader.address) : reader.address },
  };
}

/** The decision that stands: the approval, else what was said about the current version. */
async function decisionOf(scope: Scope, row: EstimateRow, content: EstimateContent, masked: boolean): Promise<DecisionView | null> {
  if (row.status !== 'approved' && row.status !== 'declined') return null;
  const decision = await scope.from('decisions').select(['kind', 'version', 'evidence']).where('estimate_id', '=', row.id).where('version', '=', row.version).executeTakeFirst();
  if (!decision) return null;
  return viewDecision(decision, content, masked);
}

/** Every decision about any version, for the office. */
async function decisionsOf(scope: Scope, row: EstimateRow): Promise<DecisionView[]> {
  const decisions = await scope.from('decisions').select(['kind', 'version', 'evidence']).where('estimate_id', '=', row.id).orderBy('version', 'desc').execute();
  const views: DecisionView[] = [];
  for (const decision of decisions) {
    const version = await readVersion(scope, 'estimate', row.id, decision.version);
    if (version) views.push(viewDecision(decision, version.content, false));
  }
  return views;
}

function viewDecision(decision: { kind: DecisionView['kind']; version: number; evidence: string }, content: EstimateContent, masked: boolean): DecisionView {
  const evidence = JSON.parse(decision.evidence) as Evidence;
  const { signer, totals } = evidence;
  const chosen = new Set(evidence.options.map((option) => option.id));
  return {
    kind: decision.kind, at: evidence.at, version: decision.version, by: signer.name, address: signer.address && masked ? maskAddress(signer.address) : signer.address,
    signature: evidence.mark?.kind ?? null, poNumber: evidence.poNumber, reason: evidence.reason,
    options: decision.kind === 'approved' ? content.lines.filter((line) => (!line.optional && line.group === null) || chosen.has(line.id)).map((line) => line.id) : preselected(content),
    totals: totalsView(content, totals),
  };
}

async function depositOf(scope: Scope, row: EstimateRow, { payer, shared }: Reading): Promise<EstimateView['depositInvoice']> {
  if (row.status !== 'approved') return null;
  const invoice = await scope.from('invoices').select(['id', 'number', 'kind', 'version', 'hash', 'total', 'settled', 'due_on', 'job_id', 'online_payment']).where('estimate_id', '=', row.id).where('kind', '=', 'deposit').where('status', '=', 'sent').executeTakeFirst();
  if (!invoice) return null;
  const money = (amount: number) => ({ amount, currency: scope.account.currency });
  const frozen = await readVersion(scope, 'invoice', invoice.id, invoice.version);
  const job = await scope.from('jobs').select('online_payment').where('id', '=', invoice.job_id).executeTakeFirstOrThrow();
  const pending = (await pendingOf(scope, [invoice.id], { person: payer.person, knows: !shared })).get(invoice.id) ?? [];
  return {
    id: invoice.id, number: invoice.number!, due: money(invoice.total - invoice.settled), total: money(invoice.total), dueOn: invoice.due_on,
    otherWaysToPay: frozen?.content.otherWaysToPay ?? null, etag: etagOf(invoice.version, invoice.hash), payable: money(payableOf(invoice.total - invoice.settled, pending)),
    onlinePayment: isPayableOnline(scope, invoice, job.online_payment), pending,
  };
}

/** Everything the office knows of an estimate. @throws {Problem} `not_found`. */
export async function readEstimate(scope: Scope, id: string): Promise<Estimate> {
  const row = await estimateRow(scope, id);
  const { origin: _, ...draft } = draftOf(row);
  const version = row.version > 0 ? await readVersion(scope, 'estimate', id, row.version) : undefined;
  return {
    id: row.id, externalId: row.external_id, jobId: row.job_id, customerId: row.customer_id, number: row.number, status: estimateStatusOf(row, today(scope.account.time_zone)),
    version: row.version, draft: { ...draft, contactId: row.contact_id }, changed: await isChanged(scope, row, await jobOf(scope, row)),
    total: { amount: row.total, currency: scope.account.currency }, versions: await factsOf(scope, 'estimate', id), remarks: await remarksOf(scope, id),
    decision: version ? await decisionOf(scope, row, version.content, false) : null, decisions: await decisionsOf(scope, row), createdAt: row.created_at, updatedAt: row.updated_at,
  };
}
