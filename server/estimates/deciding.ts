/** What the customer decides: one approval for each estimate, bound to the version they saw, with its evidence. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { readImage } from '../account/image.ts';
import { mayReach } from '../access/contacts.ts';
import { allowedLast, makeDocumentLinks } from '../access/document-links.ts';
import type { Reader, Reading } from '../access/reader.ts';
import type { approval, declining } from '../contract/estimates.ts';
import type { EstimateContent } from '../contract/estimates.ts';
import { brokenUnique, inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import type { Evidence, Mark } from '../documents/evidence.ts';
import { drawable } from '../documents/pdf/pictures.ts';
import { contentHash, etagOf, readVersion } from '../documents/versions.ts';
import { queueOfficeNotice, type DocumentNoticeKind, type OfficeNoticeKind } from '../notices/notices.ts';
import { addInboxItem } from '../platform/attention.ts';
import { today } from '../platform/calendar.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { estimateStatusOf } from '../documents/status.ts';
import { laterThan } from '../work/later.ts';
import { chargeJob } from './charging.ts';
import { chosenLines, estimateTotals, taxAmounts } from './content.ts';
import { estimateRow, type EstimateRow } from './drafts.ts';
import { answered } from './sending.ts';
import { spendApprovalCode } from './verification.ts';

/** From where somebody decides. */
export interface Caller {
  ip: string;
  userAgent: string;
}
/** An answer that a person gives to the version they have before their eyes. */
interface Answer {
  id: string;
  /** `If-Match`. */
  seen: string;
  /** Asked for when the turn has come. */
  reading: (trx: Scope) => Promise<Reading>;
  caller: Caller;
}

const MOST_PICTURE_BYTES = 100 * 1024;

/**
 * Approves the version that `seen` names. In one transaction: the decision with its evidence, the job's charges, the deposit's
 * invoice, what the office sees, and the notices.
 * @throws {Problem} `document_decided`, `document_withdrawn`, `document_expired`, `stale`, `forbidden`, or `invalid_request` with
 * the path of what is missing.
 */
export const approveEstimate = (scope: Scope, services: Services, answer: Answer, given: z.output<typeof approval>): Promise<void> =>
  inTurn(scope, async (trx) => {
    const { row, content, reader } = await decidable(trx, answer);
    const chosen = chosenLines(content, given.options);
    const totals = estimateTotals(content, chosen);
    if (chosen.length === 0 || totals.total < 0) throw invalidField('/options', 'what is chosen comes to nothing');
    const mark = markOf(given.signature);
    if (content.termsRequired && content.terms !== null && !given.acceptTerms) throw invalidField('/acceptTerms', 'the terms must be accepted');
    const verified = await spendApprovalCode(trx, row.id, reader.sessionId, given.verification);
    const forSomebodyElse = given.signerAddress !== undefined && given.signerAddress !== reader.address;
    const evidence: Evidence = {
      ...evidenceOf(row, content, reader, answer.caller), decision: 'approved', mark,
      signer: { name: mark.name, address: given.signerAddress ?? reader.address, contactId: forSomebodyElse ? null : reader.contactId, forSomebodyElse },
      options: content.lines.filter((line) => (line.optional || line.group !== null) && chosen.includes(line.id)).map(({ id, description, total }) => ({ id, description, total })),
      totals: { ...totals, taxes: taxAmounts(content, totals) },
      termsAccepted: given.acceptTerms, poNumber: given.poNumber || content.poNumber, verified,
    };
    await decide(trx, row, evidence);
    await chargeJob(trx, row, content, chosen, { deposit: totals.deposit, poNumber: given.poNumber || null });
    await answered(trx, row.job_id);
    await tell(trx, services, row, content, { kind: 'estimateApproved', office: 'officeApproved', event: 'approved', by: mark.name, contactId: reader.contactId, body: '', total: totals.total });
  });

/** Says no, with a reason if there is one. The office may send another version. */
export const declineEstimate = (scope: Scope, services: Services, answer: Answer, { reason }: z.output<typeof declining>): Promise<void> =>
  inTurn(scope, async (trx) => {
    const { row, content, reader } = await decidable(trx, answer);
    const totals = estimateTotals(content);
    await decide(trx, row, {
      ...evidenceOf(row, content, reader, answer.caller), decision: 'declined', mark: null, reason: reason.trim() || null,
      signer: { name: reader.name, address: reader.address, contactId: reader.contactId, forSomebodyElse: false },
      totals: { ...totals, taxes: taxAmounts(content, totals) },
    });
    await answered(trx, row.job_id);
    await tell(trx, services, row, content, { kind: 'estimateDeclined', office: 'officeDeclined', event: 'declined', by: reader.name, contactId: reader.contactId, body: reason.trim(), total: totals.total });
  });

/** The estimate and its current version, if this person may decide about it and has seen it as it is. */
async function decidable(trx: Scope, { id, seen, reading }: Answer): Promise<{ row: EstimateRow; content: EstimateContent; reader: Reader }> {
  const row = await estimateRow(trx, id);
  if (row.version === 0) throw notFound();
  const { reader, rights } = await reading(trx);
  if (!rights.approve) throw new Problem('forbidden');
  const status = estimateStatusOf(row, today(trx.account.time_zone));
  if (status === 'approved' || status === 'declined') throw new Problem('document_decided');
  if (status === 'withdrawn') throw new Problem('document_withdrawn');
  if (seen !== etagOf(row.version, row.hash)) throw new Problem('stale');
  if (status === 'expired') throw new Problem('document_expired');
  const version = await readVersion(trx, 'estimate', id, row.version);
  if (!version) throw notFound();
  return { row, content: version.content, reader };
}

type Common = Omit<Evidence, 'decision' | 'mark' | 'signer' | 'options' | 'totals'>;
const evidenceOf = (row: EstimateRow, content: EstimateContent, reader: Reader, caller: Caller): Common & Pick<Evidence, 'options'> => ({
  estimateId: row.id, number: content.number, title: content.title, version: row.version, versionHash: row.hash!, at: now(), options: [], currency: content.currency,
  terms: content.terms, termsAccepted: false, poNumber: content.poNumber, reason: null, ip: caller.ip, userAgent: caller.userAgent.slice(0, 300), sessionId: reader.sessionId,
  linkId: reader.linkId, verified: null,
});

/** @throws {Problem} `invalid_request` for a picture that is too large or none. */
function markOf(signature: z.output<typeof approval>['signature']): Mark {
  if (signature.kind === 'typed') return signature;
  const bytes = Buffer.from(signature.picture, 'base64');
  const image = bytes.length <= MOST_PICTURE_BYTES ? readImage(bytes) : undefined;
  // What no certificate could show is no signature.
  if (image?.type !== 'image/png' || !drawable(image.bytes.toString('base64'))) throw invalidField('/signature/picture', 'must be a whole PNG of at most 100 KB and 4 million pixels');
  return {
    kind: 'drawn', name: signature.name, picture: image.bytes.toString('base64'), pictureHash: createHash('sha256').update(image.bytes).digest('base64url'),
  };
}

async function decide(trx: Scope, row: EstimateRow, evidence: Evidence): Promise<void> {
  try {
    await trx
      .insert('decisions', {
        id: newId('decision'), estimate_id: row.id, version: row.version, kind: evidence.decision, evidence: JSON.stringify(evidence), hash: contentHash(evidence), created_at: evidence.at,
      })
      .execute();
  } catch (error) {
    if (brokenUnique(error) !== undefined) throw new Problem('document_decided');
    throw error;
  }
  const { decision: status, at: decided_at, totals } = evidence;
  await trx.update('estimates').set({ status, decided_at, total: totals.total, updated_at: laterThan(row.updated_at) }).where('id', '=', row.id).execute();
}

interface News {
  kind: DocumentNoticeKind & ('estimateApproved' | 'estimateDeclined' | 'changesRequested');
  office: OfficeNoticeKind;
  event: 'approved' | 'declined' | 'changesRequested';
  /** Who did it, as they call themselves. */
  by: string;
  /** Who that is, where they are on file. */
  contactId: string | null;
  /** What they wrote. */
  body: string;
  total?: number;
}

/** Puts it before the office, into the customer's thread where the account has one, and into the mail of both sides. */
export async function tell(trx: Scope, services: Services, row: EstimateRow, content: EstimateContent, news: News): Promise<void> {
  const document = { kind: 'estimate', id: row.id } as const;
  await announce(trx, 'estimate', row.id);
  await addInboxItem(trx, {
    kind: news.kind, customerId: row.customer_id, jobId: row.job_id,
    data: {
      document, number: content.number, customer: content.to.customer, version: row.version, by: news.by, contactId: news.contactId, words: news.body || null,
      ...(news.total === undefined ? {} : { total: { amount: news.total, currency: content.currency } }),
    },
  });
  const onFile = row.contact_id ? await trx.from('contacts').selectAll().where('id', '=', row.contact_id).executeTakeFirst() : undefined;
  const contact = onFile && (await mayReach(trx, onFile, document)) ? onFile : undefined;
  if (trx.account.marketing)
    await trx
      .insert('messages', {
        id: newId('message'), customer_id: row.customer_id, job_id: row.job_id, author: 'customer', name: news.by, contact_id: contact?.id ?? null, body: news.body, event: news.event,
        document_kind: document.kind, document_id: document.id, staff_id: null, channels: null, inbox_item_id: null, created_at: now(),
      })
      .execute();
  await queueOfficeNotice(trx, { kind: news.office, document: { ...document, version: row.version } });
  const channel = contact?.email && contact.notify_by_email ? 'email' : contact?.mobile && contact.notify_by_sms && services.smsConfigured ? 'sms' : null;
  if (contact && channel)
    await makeDocumentLinks(trx, services, { ...document, version: row.version }, { contact, channels: [channel], actions: await allowedLast(trx, row.id, contact.id), notice: news.kind });
}
