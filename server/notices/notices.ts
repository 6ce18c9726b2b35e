/** One e-mail or text message to one person. Written beside its cause; rendered and sent by the worker. */
import type { NoticesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { enqueue } from '../platform/outbox.ts';

/**
 * What a notice says.
 * - `signIn`: link and code, asked for by the person. `accessLink`: the office opens the center to a contact.
 * - `documentLink`: one document. `freshLink`: an expired link renewed.
 * - `center`: the code that leads from one document to all jobs.
 */
export type NoticeKind = 'signIn' | 'accessLink' | 'documentLink' | 'freshLink' | 'center';

export interface NewNotice {
  kind: NoticeKind;
  channel: 'email' | 'sms';
  to: string;
  language: string;
  contactId?: string | null;
  staffId?: string | null;
  /** The link it carries. */
  linkId?: string | null;
  /** The sign-in request whose code it carries. */
  requestId?: string | null;
}

/** Queues a notice in the transaction of its cause. */
export async function queueNotice(scope: Scope, notice: NewNotice): Promise<string> {
  const row: Omit<NoticesTable, 'account_id' | 'id'> & { id: string } = {
    id: newId('notice'), kind: notice.kind, channel: notice.channel, to_address: notice.to, contact_id: notice.contactId ?? null,
    staff_id: notice.staffId ?? null, link_id: notice.linkId ?? null, request_id: notice.requestId ?? null, language: notice.language,
    status: 'queued', attempts: 0, error: null, created_at: now(), sent_at: null,
  };
  await scope.insert('notices', row).execute();
  await enqueue(scope, 'notice', { noticeId: row.id });
  return row.id;
}
