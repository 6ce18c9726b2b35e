/** Tokens to actors: the one place that turns a secret into rights. */
import type { DocumentAction } from '../contract/access.ts';
import type { Scope as KeyScope } from '../contract/account.ts';
import { viewAs } from '../contract/office.ts';
import type { Scope } from '../database/scope.ts';
import type { Actor } from '../platform/actor.ts';
import { after, now } from '../platform/ids.ts';
import { notFound } from '../platform/problems.ts';
import { hashOf, type Derive } from '../platform/secrets.ts';
import { contactsOf, customersOf, mayReach, withinRights } from './contacts.ts';
import { isFresh, readToken } from './sessions.ts';

/** What each staff role may do. */
const roleScopes: Record<'owner' | 'clerk', KeyScope[]> = {
  owner: ['read', 'write', 'links', 'settings'],
  clerk: ['read', 'write', 'links'],
};

/** The actor of a live session, or nothing: unknown, expired, revoked, another key and another origin are alike. */
export async function actorOfSession(scope: Scope, derive: Derive, accessToken: string, jkt: string, origin: string | null): Promise<Actor | undefined> {
  const claim = readToken(derive, 'access', scope.accountId, accessToken);
  if (!claim) return undefined;
  const session = await scope
    .from('sessions')
    .select(['id', 'kind', 'link_id', 'contact_id', 'staff_id', 'channel', 'address', 'jkt', 'origin', 'generation', 'rotated_at', 'previous_rotated_at', 'expires_at', 'last_seen_at', 'revoked_at'])
    .where('id', '=', claim.id)
    .executeTakeFirst();
  const time = now();
  if (!session || session.revoked_at || session.expires_at <= time || !isFresh(session, claim.generation)) return undefined;
  if (session.jkt !== jkt || (origin !== null && session.origin !== null && origin !== session.origin)) return undefined;
  // Once a minute is exact enough for “last seen”, and spares a write at every read.
  if (session.last_seen_at < after(-60)) await scope.update('sessions').set({ last_seen_at: time }).where('id', '=', session.id).execute();

  if (session.kind === 'staff') {
    const staff = await scope.from('staff').select(['id', 'role']).where('id', '=', session.staff_id ?? '').executeTakeFirst();
    return staff && { kind: 'staff', sessionId: session.id, staffId: staff.id, role: staff.role, scopes: roleScopes[staff.role] };
  }
  if (session.kind === 'document') {
    const link = await scope.from('links').selectAll().where('id', '=', session.link_id ?? '').executeTakeFirst();
    if (!link?.document_id || !link.document_kind || link.revoked_at || link.expires_at <= time) return undefined;
    const contact = await scope.from('contacts').select(['customer_id', 'can_approve', 'can_pay']).where('id', '=', link.contact_id ?? '').executeTakeFirst();
    if (!contact || !(await mayReach(scope, contact, { kind: link.document_kind, id: link.document_id }))) return undefined;
    return {
      kind: 'document', sessionId: session.id, linkId: link.id, contactId: link.contact_id,
      documentKind: link.document_kind, documentId: link.document_id, actions: withinRights(JSON.parse(link.actions) as DocumentAction[], contact),
    };
  }
  const contacts = await contactsOf(scope, session);
  if (contacts.length === 0) return undefined;
  return { kind: 'customer', sessionId: session.id, contactIds: contacts.map((contact) => contact.id), customerIds: await customersOf(scope, contacts) };
}

/** A member of the staff who looks at the center as this contact sees it. @throws {Problem} `not_found` for anybody else, and without such a contact. */
export async function actorWhoLooks(scope: Scope, caller: Actor, contactId: unknown): Promise<Actor> {
  if (caller.kind !== 'staff' || !caller.scopes.includes('read') || !viewAs.safeParse(contactId).success) throw notFound();
  const contact = await scope.from('contacts').select(['id', 'customer_id']).where('id', '=', String(contactId)).executeTakeFirst();
  if (!contact) throw notFound();
  return { kind: 'customer', sessionId: caller.sessionId, contactIds: [contact.id], customerIds: await customersOf(scope, [contact]), looking: true };
}

/** The actor of an API key, or nothing. */
export async function actorOfKey(scope: Scope, secret: string): Promise<Actor | undefined> {
  const key = await scope.from('api_keys').select(['id', 'scopes', 'last_used_at']).where('hash', '=', hashOf(secret)).where('revoked_at', 'is', null).executeTakeFirst();
  if (!key) return undefined;
  if (!key.last_used_at || key.last_used_at < after(-60)) await scope.update('api_keys').set({ last_used_at: now() }).where('id', '=', key.id).execute();
  return { kind: 'key', keyId: key.id, scopes: JSON.parse(key.scopes) as KeyScope[] };
}
