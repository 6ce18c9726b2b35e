/** Files beside mails: the document that one speaks of, where the account wants that, and the receipt of a payment, always. */
import type { Selectable } from 'kysely';
import type { DocumentAction } from '../contract/access.ts';
import type { NoticesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { documentFile, type DocumentFile } from '../documents/files.ts';
import { TooManyPdfs } from '../documents/pdf/draw.ts';
import { receiptFile } from '../documents/receipts.ts';
import type { Attachment } from './email.ts';
import type { NoticeLanguage } from './texts.ts';

type NoticeRow = Pick<Selectable<NoticesTable>, 'id' | 'kind' | 'link_id' | 'document_kind' | 'document_id' | 'document_version' | 'attempt_id'>;

/** Made before the mail is sent, outside any transaction. A file that cannot be made never keeps the mail from going. */
export async function attachmentsOf(scope: Scope, notice: NoticeRow, language: NoticeLanguage, log: { error(details: object, message: string): void }): Promise<Attachment[]> {
  const about = notice.attempt_id ?? notice.document_id;
  try {
    const file = await fileOf(scope, notice, language);
    if (!file) return [];
    const { name, type, bytes, missing } = file;
    if (missing.length) log.error({ document: about, version: notice.document_version, characters: missing.length }, 'a PDF has characters that no font has: they are boxes');
    return [{ name, type, bytes }];
  } catch (error) {
    // Too much at once passes: the mail is tried again, with its file.
    if (error instanceof TooManyPdfs) throw error;
    log.error({ notice: notice.id, document: about, err: { message: error instanceof Error ? error.message : String(error) } }, 'a mail goes without its PDF, which could not be made');
    return [];
  }
}

async function fileOf(scope: Scope, notice: NoticeRow, language: NoticeLanguage): Promise<DocumentFile | undefined> {
  const { kind, document_kind: document, document_id: id, document_version: version, attempt_id: attemptId } = notice;
  // With money that went back, the receipt is another one.
  if (attemptId && (kind === 'receipt' || kind === 'refunded')) return receiptFile(scope, attemptId, language);
  if ((kind !== 'estimate' && kind !== 'invoice') || !document || !id || !version) return undefined;
  if (scope.account.attach_pdf !== 1 || !(await allowsFile(scope, notice.link_id))) return undefined;
  return documentFile(scope, { kind: document, id, version, what: 'document' }, language);
}

/** Whoever may not have the file by the link does not get it by mail. */
async function allowsFile(scope: Scope, linkId: string | null): Promise<boolean> {
  const link = await scope.from('links').select('actions').where('id', '=', linkId ?? '').executeTakeFirst();
  return !link || (JSON.parse(link.actions) as DocumentAction[]).includes('pdf');
}
