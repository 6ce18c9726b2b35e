/** An answer of the office: kept as its message, and sent with a link back to what it is about. */
import type { z } from 'zod';
import { mayReach } from '../access/contacts.ts';
import { allowedLast, checkChannels, contactsWays, makeDocumentLinks, sendAccessLink, type Contact } from '../access/document-links.ts';
import type { inboxAnswer, InboxItemView } from '../contract/inbox.ts';
import type { Scope } from '../database/scope.ts';
import type { Actor } from '../platform/actor.ts';
import type { InboxFacts } from '../platform/attention.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { changeItem, itemRow, viewItem, type ItemRow } from './inbox.ts';

type Answer = z.output<typeof inboxAnswer>;
type Document = { kind: 'estimate' | 'invoice'; id: string; version: number };

/** Characters that go into a text message, which is paid for by the piece. */
const MOST_IN_SMS = 1000;

/** The item with what was answered, and whom an answer reaches. @throws {Problem} `not_found`. */
export async function itemView(scope: Scope, services: Services, id: string): Promise<InboxItemView> {
  const row = await itemRow(scope, id);
  const messages = await scope.from('messages').select(['messages.id', 'name', 'body', 'channels', 'created_at']).where('inbox_item_id', '=', id).orderBy('messages.id').execute();
  const contact = await recipientOf(scope, row);
  const channels = contact ? contactsWays(contact, services.smsConfigured) : [];
  return {
    ...(await viewItem(scope, row)),
    answers: messages.map((message) => ({
      id: message.id, by: message.name, body: message.body, channels: JSON.parse(message.channels ?? '[]') as Answer['channels'], createdAt: message.created_at,
    })),
    recipient: contact && channels.length ? { contactId: contact.id, name: contact.name, channels } : null,
  };
}

/** Whether the answer can be sent, and not too many were. Call it before the transaction. */
export async function checkAnswer(scope: Scope, services: Services, id: string, { text, channels }: Answer): Promise<void> {
  const contact = await mustReach(scope, await itemRow(scope, id));
  if (channels.includes('sms') && [...text.trim()].length > MOST_IN_SMS) throw invalidField('/text', `a text message takes at most ${MOST_IN_SMS} characters`);
  await checkChannels(scope, services, contact, channels);
}

/** Keeps the answer and queues its messages; the item has been read, and is done when somebody says so. */
export const answerItem = (scope: Scope, services: Services, actor: Actor, id: string, { text, channels }: Answer): Promise<InboxItemView> =>
  scope.transaction(async (trx) => {
    const row = await itemRow(trx, id);
    const contact = await mustReach(trx, row);
    const document = await documentOf(trx, row, contact);
    const messageId = newId('message');
    const job = row.job_id === null ? undefined : await trx.from('jobs').select('id').where('id', '=', row.job_id).executeTakeFirst();
    await trx
      .insert('messages', {
        id: messageId, customer_id: row.customer_id ?? contact.customer_id, job_id: job?.id ?? null, author: 'office', name: await nameOf(trx, actor), contact_id: contact.id,
        body: text.trim(), event: null, document_kind: document?.kind ?? null, document_id: document?.id ?? null, staff_id: actor.kind === 'staff' ? actor.staffId : null, channels: JSON.stringify(channels),
        inbox_item_id: id, created_at: now(),
      })
      .execute();
    if (document)
      await makeDocumentLinks(trx, services, document, { contact, channels, actions: await allowedLast(trx, document.id, contact.id), notice: 'officeMessage', messageId });
    else for (const channel of channels) await sendAccessLink(trx, services, contact, channel, { kind: 'officeMessage', messageId });
    await changeItem(trx, id, { read: true });
    await announce(trx, 'inbox', id);
    return itemView(trx, services, id);
  });

/** Who wrote it, as the customer may read. */
async function nameOf(scope: Scope, actor: Actor): Promise<string> {
  const staff = actor.kind === 'staff' ? await scope.from('staff').select('name').where('id', '=', actor.staffId).executeTakeFirst() : undefined;
  return staff?.name ?? scope.account.name;
}

async function mustReach(scope: Scope, row: ItemRow): Promise<Contact> {
  const contact = await recipientOf(scope, row);
  if (!contact) throw new Problem('conflict', { detail: 'There is nobody to answer.' });
  return contact;
}

/** Who did it, else the contact of the document, of the job, or the customer's first; as long as they may see what it is about. */
async function recipientOf(scope: Scope, row: ItemRow): Promise<Contact | undefined> {
  if (row.customer_id === null || row.kind === 'notMe' || row.kind === 'glyphsMissing') return undefined;
  const { document, contactId } = JSON.parse(row.data) as Partial<InboxFacts>;
  const ofDocument = document && (await scope.from(`${document.kind}s` as 'estimates').select('contact_id').where('id', '=', document.id).executeTakeFirst());
  const ofJob = row.job_id === null ? undefined : await scope.from('jobs').select('contact_id').where('id', '=', row.job_id).executeTakeFirst();
  for (const id of [contactId, ofDocument?.contact_id, ofJob?.contact_id]) {
    const contact = id ? await scope.from('contacts').selectAll().where('id', '=', id).executeTakeFirst() : undefined;
    if (contact && (!document || (await mayReach(scope, contact, document)))) return contact;
  }
  return scope.from('contacts').selectAll().where('customer_id', '=', row.customer_id).orderBy('id').executeTakeFirst();
}

/** What the link leads to: the document, unless it is gone or no longer this contact's to see. */
async function documentOf(scope: Scope, row: ItemRow, contact: Contact): Promise<Document | undefined> {
  const { document } = JSON.parse(row.data) as Partial<InboxFacts>;
  if (!document || document.kind === 'job') return undefined;
  const { kind, id } = document;
  const found = await scope.from(`${kind}s` as 'estimates').select('version').where('id', '=', id).executeTakeFirst();
  return found && found.version > 0 && (await mayReach(scope, contact, { kind, id })) ? { kind, id, version: found.version } : undefined;
}
