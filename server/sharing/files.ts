/** The file behind a ticket. */
import type { Scope } from '../database/scope.ts';
import { brandingOf } from '../documents/branding.ts';
import { statementCsv } from '../documents/csv.ts';
import { documentFile, type DocumentFile } from '../documents/files.ts';
import { drawPdf, TooManyPdfs } from '../documents/pdf/draw.ts';
import { receiptFile } from '../documents/receipts.ts';
import { statementOf } from '../invoices/statement.ts';
import { Problem } from '../platform/problems.ts';
import type { Wanted } from './tickets.ts';

/**
 * Drawn now, from what was frozen or booked. Never inside a transaction.
 * @throws {Problem} `not_found` for what is gone, `unavailable` while too many are being drawn.
 */
export async function fileOf(scope: Scope, wanted: Wanted, language: 'en' | 'es'): Promise<DocumentFile> {
  try {
    return await draw(scope, wanted, language);
  } catch (error) {
    throw error instanceof TooManyPdfs ? new Problem('unavailable', { headers: { 'retry-after': '5' } }) : error;
  }
}

async function draw(scope: Scope, wanted: Wanted, language: 'en' | 'es'): Promise<DocumentFile> {
  if (wanted.kind === 'receipt') return receiptFile(scope, wanted.id, language);
  if (wanted.kind !== 'statement') {
    const { kind, id, version, what, masked = false } = wanted;
    return documentFile(scope, { kind, id, what, masked, ...(version ? { version } : {}) }, language);
  }
  const { customerIds, from, to, format } = wanted;
  const statement = await statementOf(scope, customerIds, { from, to });
  const name = `statement-${from}-${to}`;
  if (format === 'csv') return { name: `${name}.csv`, type: 'text/csv; charset=utf-8', bytes: Buffer.from(statementCsv(statement, language)), missing: [] };
  const { bytes, missing } = await drawPdf({ kind: 'statement', statement, language, branding: await brandingOf(scope), country: scope.account.country });
  return { name: `${name}.pdf`, type: 'application/pdf', bytes, missing };
}
