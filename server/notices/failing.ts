/** A notice that failed for good: the office is told, because whoever it was for does not know what it says. */
import type { Selectable } from 'kysely';
import type { NoticesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { addInboxItem, type InboxFacts } from '../platform/attention.ts';
import { announce } from '../platform/live.ts';
import { isOfficeNotice } from './notices.ts';

type NoticeRow = Pick<Selectable<NoticesTable>, 'id' | 'kind' | 'to_address' | 'contact_id' | 'staff_id' | 'link_id' | 'document_kind' | 'document_id' | 'attempt_id'>;

/** Asked for by the person, who sees that nothing comes and asks again; or for the office itself. */
const isTheirOwn = ({ kind, staff_id: staffId }: NoticeRow): boolean => ['signIn', 'center', 'approvalCode'].includes(kind) || staffId !== null || isOfficeNotice(kind);

/** @param silently it was not wanted any more. */
export const failNotice = (scope: Scope, notice: NoticeRow, reason: string, silently = false): Promise<void> =>
  scope.transaction(async (trx) => {
    const failed = await trx.update('notices').set({ status: 'failed', error: reason }).where('id', '=', notice.id).where('status', '=', 'queued').executeTakeFirst();
    if (!failed.numUpdatedRows) return;
    await announce(trx, 'notice', notice.id);
    if (silently || isTheirOwn(notice)) return;
    const { customerId, jobId, ...data } = await factsOf(trx, notice);
    await addInboxItem(trx, { kind: 'noticeFailed', customerId, jobId, data, cause: `noticeFailed:${notice.id}` });
  });

async function factsOf(trx: Scope, notice: NoticeRow): Promise<Partial<InboxFacts> & { customerId: string | null; jobId: string | null }> {
  const link = notice.link_id === null ? undefined : await trx.from('links').select(['document_kind', 'document_id']).where('id', '=', notice.link_id).executeTakeFirst();
  const [kind, id] = [notice.document_kind ?? link?.document_kind ?? null, notice.document_id ?? link?.document_id ?? null];
  const document = kind && id ? await documentOf(trx, kind, id) : undefined;
  const attempt = notice.attempt_id === null ? undefined : await trx.from('payment_attempts').select('customer_id').where('id', '=', notice.attempt_id).executeTakeFirst();
  const contact = notice.contact_id === null ? undefined : await trx.from('contacts').select(['name', 'customer_id']).where('id', '=', notice.contact_id).executeTakeFirst();
  const customerId = document?.customer_id ?? attempt?.customer_id ?? contact?.customer_id ?? null;
  const customer = customerId === null ? undefined : await trx.from('customers').select('name').where('id', '=', customerId).executeTakeFirst();
  return {
    customerId, jobId: document?.job_id ?? null, ...(customer ? { customer: customer.name } : {}),
    ...(document && kind && id ? { document: { kind, id }, number: document.number ?? '' } : {}),
    // An address that a customer typed for somebody else stands in no sentence of ours.
    ...(contact && notice.kind !== 'sharedDocument' ? { person: contact.name, to: notice.to_address, contactId: notice.contact_id } : {}),
  };
}

async function documentOf(trx: Scope, kind: 'job' | 'estimate' | 'invoice', id: string): Promise<{ customer_id: string; number: string | null; job_id: string } | undefined> {
  if (kind !== 'job') return trx.from(`${kind}s` as 'estimates').select(['customer_id', 'number', 'job_id']).where('id', '=', id).executeTakeFirst();
  const job = await trx.from('jobs').select(['customer_id', 'number']).where('id', '=', id).executeTakeFirst();
  return job && { ...job, job_id: id };
}
