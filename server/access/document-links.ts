/** Links that open one document for one contact, with the notices that carry them. */
import type { Selectable } from 'kysely';
import { documentAction, type DocumentAction } from '../contract/access.ts';
import type { DocumentKind } from '../contract/documents.ts';
import type { ContactsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { queueNotice, type NoticeKind, type PaymentNoticeKind } from '../notices/notices.ts';
import type { Actor } from '../platform/actor.ts';
import { limitKey, takeOrRefuse } from '../platform/limits.ts';
import { invalidField } from '../platform/problems.ts';
import { linkToken, linkUrl } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';
import { emailKey } from '../platform/text.ts';
import { customersOf, withinRights } from './contacts.ts';
import { makeLink } from './links.ts';

export type Contact = Selectable<ContactsTable>;
type Channel = 'email' | 'sms';

/** What a contact may do with a document unless the office says less. */
export const everyAction: DocumentAction[] = documentAction.options;

/** A contact who may see this customer's records. @throws {Problem} `invalid_request` with the path. */
export async function contactFor(scope: Scope, contactId: string, customerId: string): Promise<Contact> {
  const contact = await scope.from('contacts').selectAll().where('id', '=', contactId).executeTakeFirst();
  if (!contact || !(await customersOf(scope, [contact])).includes(customerId)) throw invalidField('/contactId', 'no contact of this customer');
  return contact;
}

/** Whether a contact can be reached in these ways, and was not reached too often. Call it before the transaction. */
export async function checkChannels(scope: Scope, { derive, smsConfigured }: Services, contact: Contact, channels: Channel[]): Promise<void> {
  for (const [index, channel] of channels.entries()) {
    const path = `/channels/${index}`;
    if (channels.indexOf(channel) !== index) throw invalidField(path, 'is named twice');
    if (channel === 'sms' && !smsConfigured) throw invalidField(path, 'text messages are not configured on this server');
    const to = addressOf(contact, channel);
    if (!to) throw invalidField(path, channel === 'sms' ? 'this contact has no mobile number' : 'this contact has no e-mail address');
    await takeOrRefuse(scope.db, [{ key: limitKey(derive, 'office-mail', emailKey(to)), burst: 30, perHour: 20 }]);
  }
}

/** The ways in which a contact can be reached. */
export const contactsWays = (contact: Contact, smsConfigured: boolean): Channel[] =>
  (['email', 'sms'] as const).filter((channel) => addressOf(contact, channel) !== null && (channel === 'email' || smsConfigured));

const addressOf = (contact: Contact, channel: Channel) => (channel === 'sms' ? contact.mobile : contact.email);

export interface DocumentLink {
  linkId: string;
  channel: Channel | null;
  url: string;
}

/** One link a way of sending, or one to copy; queued in the transaction of the sending. */
export async function makeDocumentLinks(
  trx: Scope,
  { derive, config }: Pick<Services, 'derive' | 'config'>,
  document: { kind: DocumentKind; id: string; version: number },
  { contact, channels, actions = everyAction, notice, messageId, note }: { contact: Contact; channels: Channel[]; actions?: DocumentAction[] | undefined; notice: Exclude<NoticeKind, PaymentNoticeKind>; messageId?: string; note?: string | null },
): Promise<DocumentLink[]> {
  const links: DocumentLink[] = [];
  for (const channel of channels.length ? channels : [null]) {
    const to = channel && addressOf(contact, channel);
    const { row, token } = await makeLink(trx, derive, {
      kind: 'document', contact_id: contact.id, channel, address: to, document_kind: document.kind, document_id: document.id, actions: withinRights(actions, contact),
    });
    if (channel && to)
      await queueNotice(trx, { kind: notice, channel, to, contactId: contact.id, linkId: row.id, language: contact.language ?? trx.account.locale, document, messageId, note });
    links.push({ linkId: row.id, channel, url: linkUrl(config.PUBLIC_URL, trx.account.slug, token) });
  }
  return links;
}

/** A link that opens the whole center to a contact, and the message that brings it; queued in the transaction of its cause. */
export async function sendAccessLink(trx: Scope, { derive }: Pick<Services, 'derive'>, contact: Contact, channel: Channel, notice: { kind: 'officeMessage'; messageId: string }): Promise<void> {
  const to = addressOf(contact, channel);
  if (!to) return;
  const { row } = await makeLink(trx, derive, { kind: 'access', contact_id: contact.id, channel, address: to });
  await queueNotice(trx, { ...notice, channel, to, contactId: contact.id, linkId: row.id, language: contact.language ?? trx.account.locale });
}

/** What the office allowed this contact last; a message about a document gives back no right that it withheld. */
export async function allowedLast(trx: Scope, documentId: string, contactId: string): Promise<DocumentAction[] | undefined> {
  const link = await trx.from('links').select('actions').where('document_id', '=', documentId).where('contact_id', '=', contactId).where('shared_by', 'is', null).orderBy('id', 'desc').executeTakeFirst();
  return link && (JSON.parse(link.actions) as DocumentAction[]);
}

/** Links without their secrets, as an answer may carry them that is stored. */
export const withoutUrls = (links: DocumentLink[]): Omit<DocumentLink, 'url'>[] => links.map(({ url: _, ...link }) => link);

/** The secrets again, which follow from the links' ids; for a caller who might have made the links. */
export function withUrls({ derive, config }: Pick<Services, 'derive' | 'config'>, slug: string, actor: Actor, links: Omit<DocumentLink, 'url'>[]): (Omit<DocumentLink, 'url'> & { url: string | null })[] {
  const may = (actor.kind === 'staff' || actor.kind === 'key') && actor.scopes.includes('links');
  return links.map((link) => ({ ...link, url: may ? linkUrl(config.PUBLIC_URL, slug, linkToken(derive, link.linkId)) : null }));
}
