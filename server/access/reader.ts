/** Who reads a document: the contact behind a session, or the person it was sent on to. */
import type { Reader } from '../documents/facts.ts';
import type { Scope } from '../database/scope.ts';
import type { Actor } from '../platform/actor.ts';
import { notFound, Problem } from '../platform/problems.ts';
import type { DocumentRights } from '../contract/documents.ts';
import { documentAction, type DocumentAction } from '../contract/access.ts';
import { customersOf, withinRights } from './contacts.ts';
import { isShared } from './links.ts';

export type { Reader } from '../documents/facts.ts';

/** A reader with what they may do, as it stands now. */
export interface Reading {
  reader: Reader;
  /**
   * Who pays here: the same for every document of a session, whichever of several contacts with one address is its reader. So
   * one selection is one payment in any order of its invoices, and cards that were kept are offered for all of them.
   */
  payer: Reader;
  rights: DocumentRights;
  /** Whether a customer sent it on to them. */
  shared: boolean;
  /** Whether addresses are hidden from them. */
  masked: boolean;
  /** Their way to a code: where the link went, or what is on file. */
  channelAddress: { channel: 'email' | 'sms'; address: string } | null;
}

/** For what waits for its turn: the session may have ended meanwhile. @throws {Problem} `session_ended`. */
export async function stillOpen(scope: Scope, actor: Actor): Promise<void> {
  const id = 'sessionId' in actor ? actor.sessionId : '';
  const session = await scope.from('sessions').select('revoked_at').where('id', '=', id).executeTakeFirst();
  if (!session || session.revoked_at) throw new Problem('session_ended');
}

/**
 * Of a customer's document, with rights as they stand now.
 * @throws {Problem} `not_found` when this session has no contact who may see this customer's records.
 */
export async function readingOf(scope: Scope, actor: Actor, customerId: string, smsConfigured: boolean): Promise<Reading> {
  if (actor.kind === 'document') {
    const link = await scope.from('links').selectAll().where('id', '=', actor.linkId).executeTakeFirstOrThrow();
    const contact = await scope.from('contacts').selectAll().where('id', '=', link.contact_id ?? '').executeTakeFirst();
    if (!contact || !(await customersOf(scope, [contact])).includes(customerId)) throw notFound();
    const shared = isShared(link);
    const reader: Reader = shared
      ? { person: link.id, name: link.recipient ?? '', address: link.address, contactId: null, linkId: link.id, sessionId: actor.sessionId }
      : { person: contact.id, name: contact.name, address: link.address ?? contact.email ?? contact.mobile, contactId: contact.id, linkId: link.id, sessionId: actor.sessionId };
    return { reader, payer: reader, rights: rightsOf(withinRights(JSON.parse(link.actions) as DocumentAction[], contact), !shared), shared, masked: true, channelAddress: wayOf(reader.address, smsConfigured) };
  }
  if (actor.kind !== 'customer') throw notFound();
  const contacts = await scope.from('contacts').selectAll().where('id', 'in', actor.contactIds).orderBy('id').execute();
  // Who is meant where one address belongs to several contacts: the customer's own contact before the parent's.
  let contact = contacts.find((each) => each.customer_id === customerId);
  for (const each of contact ? [] : contacts) if ((await customersOf(scope, [each])).includes(customerId)) contact ??= each;
  if (!contact) throw notFound();
  const readerOf = (each: typeof contact): Reader => ({ person: each.id, name: each.name, address: each.email ?? each.mobile, contactId: each.id, linkId: null, sessionId: actor.sessionId });
  const way = contact.email ?? (smsConfigured ? contact.mobile : null);
  return { reader: readerOf(contact), payer: readerOf(contacts[0]!), rights: rightsOf(withinRights(documentAction.options, contact), true), shared: false, masked: false, channelAddress: wayOf(way, smsConfigured) };
}

const rightsOf = (actions: DocumentAction[], share: boolean): DocumentRights => ({
  approve: actions.includes('approve'), requestChanges: actions.includes('requestChanges'), pay: actions.includes('pay'), pdf: actions.includes('pdf'), share,
});

const wayOf = (address: string | null, smsConfigured: boolean): Reading['channelAddress'] =>
  address === null ? null : address.includes('@') ? { channel: 'email', address } : smsConfigured ? { channel: 'sms', address } : null;
