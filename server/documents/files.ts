/** A document, or the certificate of a decision about it, as a file to keep. */
import type { DocumentKind } from '../contract/documents.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { addInboxItem } from '../platform/attention.ts';
import { today } from '../platform/calendar.ts';
import { notFound } from '../platform/problems.ts';
import { maskAddress } from '../platform/text.ts';
import { brandingOf } from './branding.ts';
import type { Evidence } from './evidence.ts';
import { drawPdf } from './pdf/draw.ts';
import type { PdfLanguage, PdfTask } from './pdf/task.ts';
import { allocationsOf } from './settlement.ts';
import { estimateStatusOf, invoiceStatusOf } from './status.ts';
import { readVersion, type ContentOf, type Version } from './versions.ts';

export interface WantedFile {
  kind: DocumentKind;
  id: string;
  /** The current one when absent; for a certificate, that of the latest decision. */
  version?: number;
  /** `certificate`: the evidence of a decision, together with the document. */
  what: 'document' | 'certificate';
  /** Of a certificate: without how the signer is reached, and from where they signed. */
  masked?: boolean;
}
export interface DocumentFile {
  /** Plain characters only, safe in any header and on any disk. */
  name: string;
  type: string;
  bytes: Buffer;
  /** Characters that no font has. The office is told once for each version; whoever asked for the file should log it. */
  missing: string[];
}

/** What is drawn, under which name, and whose inbox item it would be. */
export interface PreparedFile {
  task: PdfTask;
  name: string;
  version: number;
  content: ContentOf[DocumentKind];
  customerId: string;
}

/**
 * Drawn when it is asked for, from the frozen version. Never inside a transaction.
 * @throws {Problem} `not_found` for a document that was never sent, a version that never was, a decision that nobody made.
 */
export async function documentFile(scope: Scope, wanted: WantedFile, language: PdfLanguage): Promise<DocumentFile> {
  const prepared = await prepareFile(scope, wanted, language);
  const { bytes, missing } = await drawPdf(prepared.task);
  if (missing.length) await tellMissing(scope, wanted, prepared, missing.length);
  return { name: prepared.name, type: 'application/pdf', bytes, missing };
}

/** Everything that is drawn, and nothing that is not frozen, decided or booked. */
export function prepareFile(scope: Scope, wanted: WantedFile, language: PdfLanguage): Promise<PreparedFile> {
  if (wanted.kind === 'invoice') return invoiceFile(scope, wanted, language);
  return wanted.what === 'certificate' ? certificateFile(scope, wanted, language) : estimateFile(scope, wanted, language);
}

async function estimateFile(scope: Scope, { id, version }: WantedFile, language: PdfLanguage): Promise<PreparedFile> {
  const row = await scope.from('estimates').select(['customer_id', 'version', 'status', 'expires_on']).where('id', '=', id).executeTakeFirst();
  const frozen = row && (await readVersion(scope, 'estimate', id, version ?? row.version));
  if (!frozen) throw notFound();
  const decision = await decisionOf(scope, id, frozen.version);
  // An earlier version stays what it was; how the estimate stands now is said on the current one.
  const status = frozen.version === row.version ? { status: estimateStatusOf(row, today(scope.account.time_zone)) } : {};
  return {
    task: {
      kind: 'estimate', language, branding: await brandingAsSent(scope, frozen), content: frozen.content, version: frozen.version, ...status,
      ...(decision?.decision === 'approved' ? { chosen: decision.options.map((line) => line.id) } : {}),
    },
    name: `estimate-${plain(frozen.content.number)}-v${frozen.version}.pdf`, version: frozen.version, content: frozen.content, customerId: row.customer_id,
  };
}

async function certificateFile(scope: Scope, { id, version, masked = false }: WantedFile, language: PdfLanguage): Promise<PreparedFile> {
  const row = await scope.from('estimates').select('customer_id').where('id', '=', id).executeTakeFirst();
  const evidence = row && (await decisionOf(scope, id, version));
  const frozen = evidence && (await readVersion(scope, 'estimate', id, evidence.version));
  if (!frozen) throw notFound();
  return {
    task: { kind: 'certificate', language, branding: await brandingAsSent(scope, frozen), content: frozen.content, evidence: masked ? maskedEvidence(evidence) : evidence },
    name: `certificate-${plain(frozen.content.number)}.pdf`, version: frozen.version, content: frozen.content, customerId: row.customer_id,
  };
}

async function invoiceFile(scope: Scope, { id, version, what }: WantedFile, language: PdfLanguage): Promise<PreparedFile> {
  const row = await scope.from('invoices').select(['customer_id', 'kind', 'version', 'status', 'total', 'settled', 'due_on']).where('id', '=', id).executeTakeFirst();
  const frozen = row && what === 'document' ? await readVersion(scope, 'invoice', id, version ?? row.version) : undefined;
  if (!row || !frozen) throw notFound();
  const { kind, number, total } = frozen.content;
  return {
    task: {
      kind: 'invoice', language, branding: await brandingAsSent(scope, frozen), content: frozen.content, version: frozen.version, paid: row.settled,
      due: total - row.settled, payments: await allocationsOf(scope, id), ...(frozen.version === row.version ? { status: invoiceStatusOf(row) } : {}),
    },
    // Deposits share the numbers of invoices, credits have their own.
    name: `${kind === 'credit' ? 'credit' : 'invoice'}-${plain(number)}.pdf`, version: frozen.version, content: frozen.content, customerId: row.customer_id,
  };
}

/** The evidence of the decision about a version, or of the latest one. */
async function decisionOf(scope: Scope, estimateId: string, version?: number): Promise<Evidence | undefined> {
  let decisions = scope.from('decisions').select('evidence').where('estimate_id', '=', estimateId).orderBy('version', 'desc').limit(1);
  if (version !== undefined) decisions = decisions.where('version', '=', version);
  const row = await decisions.executeTakeFirst();
  return row && (JSON.parse(row.evidence) as Evidence);
}

/** Colour and logo as they are now; names and numbers as they were. */
const brandingAsSent = async (scope: Scope, { content }: Version<DocumentKind>) => ({ ...(await brandingOf(scope)), ...content.from });

const maskedEvidence = (evidence: Evidence): Evidence => ({
  ...evidence, signer: { ...evidence.signer, address: evidence.signer.address && maskAddress(evidence.signer.address), contactId: null }, ip: null, userAgent: null, sessionId: null, linkId: null,
  verified: evidence.verified && { ...evidence.verified, address: maskAddress(evidence.verified.address) },
});

/** Letters, digits and hyphens; whatever else is in a number has no place in a file's name. */
export const plain = (number: string): string =>
  number.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+/, '').slice(0, 40).replace(/-+$/, '') || 'document';

/** Once for each version, however often its file is asked for. */
const tellMissing = (scope: Scope, { kind, id }: WantedFile, { version, content, customerId }: PreparedFile, missing: number): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await trx.from(`${kind}s` as 'estimates').select('job_id').where('id', '=', id).executeTakeFirst();
    const data = { document: { kind, id }, number: content.number, customer: content.to.customer, version, missing };
    await addInboxItem(trx, { kind: 'glyphsMissing', customerId, jobId: row?.job_id ?? null, data, cause: `glyphsMissing:${id}:${version}` });
  });
