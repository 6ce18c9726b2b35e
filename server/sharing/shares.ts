/** Links that a customer sends on: one document, to one person, never with more rights than their own. */
import type { Reading } from '../access/reader.ts';
import { endLinks, makeLink, type LinkRow } from '../access/links.ts';
import type { DocumentAction } from '../contract/access.ts';
import type { DocumentKind, Share, ShareNew } from '../contract/documents.ts';
import type { Scope } from '../database/scope.ts';
import { queueNotice } from '../notices/notices.ts';
import { daysAfter, endOfDay, today } from '../platform/calendar.ts';
import { now } from '../platform/ids.ts';
import { limitKey, takeOrRefuse } from '../platform/limits.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { emailKey, maskAddress } from '../platform/text.ts';

const MOST_DAYS = 90;
const MOST_LIVE = 20;

interface Document {
  kind: DocumentKind;
  id: string;
  version: number;
}

/** The links of this document that this contact sent on and that still work, newest first. */
export async function listShares(scope: Scope, document: Document, { reader, masked }: Reading): Promise<Share[]> {
  const rows = await live(scope, document, reader.contactId).orderBy('id', 'desc').execute();
  return rows.map((row) => viewShare(row, masked));
}

/** Charged before the transaction: what is refused costs all the same. */
export const limitSharing = (scope: Scope, { derive }: Services, { reader }: Reading, address: string): Promise<void> =>
  takeOrRefuse(scope.db, [
    { key: `share:${reader.contactId ?? reader.person}`, burst: 10, perHour: 10 },
    { key: limitKey(derive, 'shared-mail', emailKey(address)), burst: 3, perHour: 2 },
  ]);

/** @throws {Problem} `forbidden` for a link that was sent on itself; `invalid_request` with the path. */
export async function share(scope: Scope, services: Services, document: Document, { reader, rights, masked }: Reading, wish: ShareNew): Promise<Share> {
  if (!rights.share || !reader.contactId) throw new Problem('forbidden');
  const channel = wish.address.includes('@') ? 'email' : 'sms';
  if (channel === 'sms' && !services.smsConfigured) throw invalidField('/address', 'an e-mail address is needed here');
  const held = { view: true, message: true, pdf: rights.pdf, approve: rights.approve, requestChanges: rights.requestChanges, pay: rights.pay };
  for (const [index, action] of wish.actions.entries()) if (!held[action]) throw invalidField(`/actions/${index}`, 'is more than you may do yourself');
  const day = today(scope.account.time_zone);
  if (wish.expiresOn < day) throw invalidField('/expiresOn', 'is past already');
  if (wish.expiresOn > daysAfter(day, MOST_DAYS)) throw invalidField('/expiresOn', `at most ${MOST_DAYS} days from now`);
  return scope.transaction(async (trx) => {
    if ((await live(trx, document, reader.contactId).execute()).length >= MOST_LIVE) throw new Problem('conflict', { detail: 'Too many links are out; revoke one first.' });
    const actions: DocumentAction[] = [...new Set<DocumentAction>(['view', ...wish.actions])];
    const { row } = await makeLink(trx, services.derive, {
      kind: 'document', contact_id: reader.contactId, channel, address: wish.address, document_kind: document.kind, document_id: document.id, actions, shared_by: reader.contactId, shared_from: reader.linkId,
      recipient: wish.name, lifeSeconds: (Date.parse(endOfDay(wish.expiresOn, scope.account.time_zone)) - Date.now()) / 1000,
    });
    const sender = await trx.from('contacts').select('language').where('id', '=', reader.contactId!).executeTakeFirst();
    await queueNotice(trx, { kind: 'sharedDocument', channel, to: wish.address, linkId: row.id, language: sender?.language ?? trx.account.locale, document });
    return viewShare(row, masked);
  });
}

/** Ends it, and every session it opened. @throws {Problem} `not_found` for what is not this contact's. */
export async function unshare(scope: Scope, document: Document, { reader }: Reading, id: string): Promise<void> {
  const own = await live(scope, document, reader.contactId).where('id', '=', id).executeTakeFirst();
  if (!own || !(await endLinks(scope, { id }))) throw notFound();
}

const live = (scope: Scope, { kind, id }: Document, contactId: string | null) =>
  scope
    .from('links')
    .selectAll()
    .where('document_kind', '=', kind)
    .where('document_id', '=', id)
    .where('shared_by', '=', contactId ?? '')
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now());

const viewShare = (row: LinkRow, masked: boolean): Share => ({
  id: row.id, name: row.recipient ?? '', address: masked ? maskAddress(row.address ?? '') : (row.address ?? ''), actions: JSON.parse(row.actions) as DocumentAction[],
  createdAt: row.created_at, expiresAt: row.expires_at, uses: row.uses, lastUsedAt: row.last_used_at,
});
