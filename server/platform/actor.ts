/** Who calls. Capabilities decide by this alone, never by anything the body says. */
import type { DocumentAction } from '../contract/access.ts';
import type { Scope as KeyScope } from '../contract/account.ts';

export type Actor =
  | { kind: 'nobody' }
  /** A signed-in person: every contact they are, and every customer those may see. */
  | {
      kind: 'customer'; sessionId: string; contactIds: string[]; customerIds: string[];
      /** A member of the staff who sees what this person sees, with a session of their own. */
      looking?: true;
    }
  | { kind: 'document'; sessionId: string; linkId: string; contactId: string | null; documentKind: 'job' | 'estimate' | 'invoice'; documentId: string; actions: DocumentAction[] }
  | { kind: 'staff'; sessionId: string; staffId: string; role: 'owner' | 'clerk'; scopes: KeyScope[] }
  | { kind: 'key'; keyId: string; scopes: KeyScope[] };

/** A name for limits and stored answers; never shown. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case 'nobody': return 'nobody';
    case 'key': return actor.keyId;
    default: return actor.sessionId;
  }
}

/** Who is behind a customer's session, for limits: a link opens as many sessions as somebody likes. */
export const personOf = (actor: Actor): string | undefined => (actor.kind === 'document' ? actor.linkId : actor.kind === 'customer' ? actor.contactIds[0] : '');
