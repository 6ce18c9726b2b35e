/** How far a document got: sent, handed to the transport, opened by a person, each a fact of its own. */
import type { DocumentCarrier, DocumentFacts, DocumentKind } from '../contract/documents.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { invalidField } from '../platform/problems.ts';

/** A person who reads a document; staff never are one. */
export interface Reader {
  /** The contact, or the link of somebody it was sent on to. */
  person: string;
  name: string;
  /** How they are reached; null where nothing is on file. */
  address: string | null;
  contactId: string | null;
  linkId: string | null;
  sessionId: string;
}

/**
 * The person has this version before their eyes. Told again, it stays at the first time.
 * @throws {Problem} `invalid_request` for a version later than the document's own, which was never sent.
 */
export async function recordOpen(scope: Scope, kind: DocumentKind, { id, version: last }: { id: string; version: number }, version: number, reader: Reader): Promise<void> {
  if (version > last) throw invalidField('/version', 'is no version that was sent');
  const opened = await scope
    .insert('document_opens', {
      document_kind: kind, document_id: id, version, person: reader.person, name: reader.name, contact_id: reader.contactId, link_id: reader.linkId, opened_at: now(),
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'document_kind', 'document_id', 'version', 'person']).doNothing())
    .executeTakeFirst();
  if (opened.numInsertedOrUpdatedRows) await announce(scope, kind, id);
}

/** The version that this person had seen last before this one. */
export async function openedBefore(scope: Scope, kind: DocumentKind, id: string, version: number, person: string): Promise<number | undefined> {
  const row = await scope
    .from('document_opens')
    .select('version')
    .where('document_kind', '=', kind)
    .where('document_id', '=', id)
    .where('person', '=', person)
    .where('version', '<', version)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return row?.version;
}

/** Kinds of notices that bring a document to somebody. */
const carriers = (kind: DocumentKind): DocumentCarrier[] => [kind, `${kind}Reminder`, 'sharedDocument'];

/** For the office, newest version first. */
export async function factsOf(scope: Scope, kind: DocumentKind, id: string): Promise<DocumentFacts[]> {
  const [versions, opens, notices] = await Promise.all([
    scope.from('document_versions').select(['version', 'content', 'hash', 'created_at']).where('document_kind', '=', kind).where('document_id', '=', id).orderBy('version', 'desc').execute(),
    scope.from('document_opens').selectAll().where('document_kind', '=', kind).where('document_id', '=', id).orderBy('opened_at').execute(),
    scope.from('notices').selectAll().where('document_kind', '=', kind).where('document_id', '=', id).where('kind', 'in', carriers(kind)).orderBy('created_at').execute(),
  ]);
  return versions.map(({ version, content, hash, created_at: sentAt }) => ({
    version, sentAt, hash, note: (JSON.parse(content) as { note?: string | null }).note ?? null,
    notices: notices
      .filter((notice) => notice.document_version === version)
      .map((notice) => ({ id: notice.id, kind: notice.kind as DocumentCarrier, channel: notice.channel, to: notice.to_address, status: notice.status, handedOverAt: notice.sent_at })),
    opened: opens.filter((open) => open.version === version).map((open) => ({ name: open.name, contactId: open.contact_id, linkId: open.link_id, at: open.opened_at })),
  }));
}
