/** The document itself, as a file beside the mail that speaks of it: where the account wants that. */
import type { Selectable } from 'kysely';
import type { DocumentAction } from '../contract/access.ts';
import type { NoticesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { documentFile } from '../documents/files.ts';
import { TooManyPdfs } from '../documents/pdf/draw.ts';
import type { Attachment } from './email.ts';
import type { NoticeLanguage } from './texts.ts';

type NoticeRow = Pick<Selectable<NoticesTable>, 'id' | 'kind' | 'link_id' | 'document_kind' | 'document_id' | 'document_version'>;

/** Made before the mail is sent, outside any transaction. A file that cannot be made never keeps the mail from going. */
export async function attachmentsOf(scope: Scope, notice: NoticeRow, language: NoticeLanguage, log: { error(details: object, message: string): void }): Promise<Attachment[]> {
  const { kind, document_kind: document, document_id: id, document_version: version } = notice;
  if ((kind !== 'estimate' && kind !== 'invoice') || !document || !id || !version) return [];
  if (scope.account.attach_pdf !== 1 || !(await allowsFile(scope, notice.link_id))) return [];
  try {
    const { name, type, bytes, missing } = await documentFile(scope, { kind: document, id, version, what: 'document' }, language);
    if (missing.length) log.error({ document: id, version, characters: missing.length }, 'a PDF has characters that no font has: they are boxes');
    return [{ name, type, bytes }];
  } catch (error) {
    // Too much at once passes: the mail is tried again, with its file.
    if (error instanceof TooManyPdfs) throw error;
    log.error({ notice: notice.id, document: id, err: { message: error instanceof Error ? error.message : String(error) } }, 'a mail goes without its PDF, which could not be made');
    return [];
  }
}

/** Whoever may not have the file by the link does not get it by mail. */
async function allowsFile(scope: Scope, linkId: string | null): Promise<boolean> {
  const link = await scope.from('links').select('actions').where('id', '=', linkId ?? '').executeTakeFirst();
  return !link || (JSON.parse(link.actions) as DocumentAction[]).includes('pdf');
}
