/** Sessions: tokens bound to a key, derived from the session and its generation, so that none is stored. */
import type { Selectable } from 'kysely';
import type { SessionView, Tokens } from '../contract/access.ts';
import type { SessionsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { after, newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { Problem } from '../platform/problems.ts';
import { officePrefix, sameSecret, type Derive } from '../platform/secrets.ts';
import type { Actor } from '../platform/actor.ts';
import { maskAddress } from '../platform/text.ts';
import { contactsOf, wayTo } from './contacts.ts';
import { isOneTime, isShared, type LinkRow } from './links.ts';

export type SessionRow = Selectable<SessionsTable>;

/** Seconds. */
export const ACCESS_TOKEN_LIFE = 600;
const IDLE_LIFE = 7 * 24 * 3600;
const LONGEST_LIFE = 30 * 24 * 3600;
const DOCUMENT_LIFE = 24 * 3600;
/** On a computer that others use too; the browser forgets the session sooner than this. */
const SHARED_LIFE = 12 * 3600;
/** A refresh whose answer was lost may be repeated this long. */
const GRACE = 10;

export interface Browser {
  jkt: string;
  origin: string | null;
  userAgent: string;
}

/**
 * Opens a session from a link whose conditions are met. Counting the use is also what a revocation waits for or is waited
 * for by, so no session is left behind by a link that ended meanwhile, and a one-time link opens one.
 * @returns nothing when the link has ended or is used up.
 */
export async function startSession(scope: Scope, link: LinkRow, browser: Browser, staySignedIn = true): Promise<SessionRow | undefined> {
  let use = scope.update('links').set((eb) => ({ uses: eb('uses', '+', 1), last_used_at: now() })).where('id', '=', link.id).where('revoked_at', 'is', null);
  if (isOneTime(link)) use = use.where('uses', '=', 0);
  if (!(await use.executeTakeFirst()).numUpdatedRows) return undefined;
  const kind = link.staff_id ? 'staff' : link.kind === 'document' ? 'document' : 'customer';
  const time = now();
  const longest = after(kind === 'document' ? DOCUMENT_LIFE : staySignedIn ? LONGEST_LIFE : SHARED_LIFE);
  // What an access or document link opened ends with it; a sign-in link ends by being used.
  const bound = link.kind !== 'signIn' && !link.staff_id;
  const row: SessionRow = {
    account_id: scope.accountId, id: newId('session'), kind, link_id: link.id, contact_id: link.kind === 'signIn' ? null : link.contact_id,
    staff_id: link.staff_id, channel: link.kind === 'signIn' ? link.channel : null, address: link.kind === 'signIn' ? link.address : null,
    jkt: browser.jkt, origin: browser.origin, user_agent: browser.userAgent.slice(0, 300), generation: 1, rotated_at: time,
    previous_rotated_at: null, created_at: time, last_seen_at: time,
    expires_at: bound && link.expires_at < longest ? link.expires_at : longest, revoked_at: null,
  };
  await scope.insert('sessions', row).execute();
  await announce(scope, 'link', link.id);
  return row;
}

/**
 * The same person's session in another browser's keeping: it opens the same and ends no later. Touching the link is what a
 * revocation waits for or is waited for by, as when a session begins.
 * @returns nothing when the session or its link has ended.
 */
export async function continueSession(scope: Scope, id: string, browser: Browser): Promise<SessionRow | undefined> {
  const from = await liveSessions(scope).selectAll().where('id', '=', id).executeTakeFirst();
  if (!from) return undefined;
  const time = now();
  const touched = await scope.update('links').set({ last_used_at: time }).where('id', '=', from.link_id ?? '').where('revoked_at', 'is', null).executeTakeFirst();
  if (!touched.numUpdatedRows) return undefined;
  const row: SessionRow = {
    ...from, id: newId('session'), jkt: browser.jkt, origin: browser.origin, user_agent: browser.userAgent.slice(0, 300), generation: 1, rotated_at: time,
    previous_rotated_at: null, created_at: time, last_seen_at: time,
  };
  await scope.insert('sessions', row).execute();
  return row;
}

type TokenKind = 'access' | 'refresh';
const macOf = (derive: Derive, kind: TokenKind, accountId: string, sessionId: string, generation: number) =>
  derive(kind, accountId, sessionId, String(generation));

export function tokensOf(derive: Derive, session: SessionRow, destination: string | null): Tokens {
  const token = (kind: TokenKind) =>
    `${session.id}.${session.generation}.${macOf(derive, kind, session.account_id, session.id, session.generation)}`;
  const staff = session.kind === 'staff' ? officePrefix('ccs', session.account_id) : '';
  return { accessToken: staff + token('access'), refreshToken: token('refresh'), expiresIn: ACCESS_TOKEN_LIFE, kind: session.kind, destination };
}

/** Session id and generation of a genuine token of this account. */
export function readToken(derive: Derive, kind: TokenKind, accountId: string, token: string): { id: string; generation: number } | undefined {
  const prefix = officePrefix('ccs', accountId);
  const match = /^(sess_[0-9A-Z]{26})\.(\d{1,9})\.([\w-]{43})$/.exec(token.startsWith(prefix) ? token.slice(prefix.length) : token);
  if (!match) return undefined;
  const [, id, generation, mac] = match as unknown as [string, string, string, string];
  return sameSecret(mac, macOf(derive, kind, accountId, id, Number(generation))) ? { id, generation: Number(generation) } : undefined;
}

/** Whether an access token of this generation still serves. */
export function isFresh(session: Pick<SessionRow, 'generation' | 'rotated_at' | 'previous_rotated_at'>, generation: number): boolean {
  const since = generation === session.generation ? session.rotated_at : generation === session.generation - 1 ? session.previous_rotated_at : null;
  return since !== null && since > after(-ACCESS_TOKEN_LIFE);
}

/**
 * Trades a refresh token for the next generation. The one before is accepted for a moment, and gets the same answer.
 * An older one was copied: the session ends.
 * @throws {Problem} `session_ended`.
 */
export async function refreshSession(scope: Scope, derive: Derive, refreshToken: string, jkt: string): Promise<Tokens> {
  const claim = readToken(derive, 'refresh', scope.accountId, refreshToken);
  if (!claim) throw new Problem('session_ended');
  const session = await scope.transaction(async (trx) => {
    let query = trx.from('sessions').selectAll().where('id', '=', claim.id);
    if (trx.engine === 'postgres') query = query.forUpdate();
    const row = await query.executeTakeFirst();
    const time = now();
    if (!row || row.jkt !== jkt || row.revoked_at || row.expires_at <= time || row.rotated_at < after(-IDLE_LIFE)) return undefined;
    if (claim.generation === row.generation) {
      const next = { generation: row.generation + 1, rotated_at: time, previous_rotated_at: row.rotated_at, last_seen_at: time };
      await trx.update('sessions').set(next).where('id', '=', row.id).execute();
      return { ...row, ...next };
    }
    if (claim.generation === row.generation - 1 && row.rotated_at > after(-GRACE)) return row;
    await trx.update('sessions').set({ revoked_at: time }).where('id', '=', row.id).execute();
    await announce(trx, 'ended', row.id);
    return undefined;
  });
  if (!session) throw new Problem('session_ended');
  return tokensOf(derive, session, null);
}

/** The rows that a browser could still use: neither ended nor expired nor left idle. */
export const liveSessions = (scope: Scope) =>
  scope.from('sessions').where('revoked_at', 'is', null).where('expires_at', '>', now()).where('rotated_at', '>', after(-IDLE_LIFE));

export async function endSession(scope: Scope, id: string): Promise<boolean> {
  const ended = await scope.update('sessions').set({ revoked_at: now() }).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst();
  if (!ended.numUpdatedRows) return false;
  await announce(scope, 'ended', id);
  return true;
}

/** Ends every session of the same person: by proved address, by contact, or by staff member. */
export async function endAllSessions(scope: Scope, sessionId: string): Promise<void> {
  const session = await scope.from('sessions').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow();
  const contacts = session.kind === 'staff' ? [] : await contactsOf(scope, session);
  const ids = contacts.map((contact) => contact.id);
  // A person is their contacts and the addresses of these, whichever way they came in.
  const addresses = contacts.flatMap((contact) => [contact.email_key, contact.mobile]).filter((address) => address !== null);
  await scope
    .update('sessions')
    .set({ revoked_at: now() })
    .where('revoked_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('id', '=', session.id),
        ...(ids.length ? [eb('contact_id', 'in', ids)] : []),
        ...(addresses.length ? [eb('address', 'in', addresses)] : []),
        ...(session.staff_id ? [eb('staff_id', '=', session.staff_id)] : []),
      ]),
    )
    .execute();
  await announce(scope, 'ended');
}

/** Who is here, for the widget. */
export async function viewSession(scope: Scope, actor: Actor, smsConfigured: boolean): Promise<SessionView> {
  if (actor.kind === 'document') {
    const link = await scope.from('links').selectAll().where('id', '=', actor.linkId).executeTakeFirstOrThrow();
    const contact = link.contact_id ? await scope.from('contacts').selectAll().where('id', '=', link.contact_id).executeTakeFirst() : undefined;
    const way = contact && !isShared(link) ? wayTo(link, contact, smsConfigured) : undefined;
    return {
      kind: 'document', name: link.recipient ?? contact?.name ?? '', language: isShared(link) ? null : (contact?.language ?? null), customers: [], canApprove: actor.actions.includes('approve'), canPay: actor.actions.includes('pay'),
      document: { id: link.id, kind: actor.documentKind, documentId: actor.documentId, actions: actor.actions, masked: way ? maskAddress(way.address) : null },
    };
  }
  if (actor.kind !== 'customer') throw new Problem('session_ended');
  const contacts = await scope.from('contacts').selectAll().where('id', 'in', actor.contactIds).orderBy('id').execute();
  const customers = await scope.from('customers').select(['id', 'name', 'parent_id']).where('id', 'in', actor.customerIds).orderBy('name').orderBy('id').execute();
  const ids = new Set(actor.customerIds);
  const tops = customers.filter((customer) => !customer.parent_id || !ids.has(customer.parent_id));
  const ordered = tops.flatMap((top) => [top, ...customers.filter((customer) => customer.parent_id === top.id)]);
  return {
    kind: 'customer', name: contacts[0]?.name ?? '', language: contacts.find((contact) => contact.language)?.language ?? null,
    customers: ordered.map((customer) => ({ id: customer.id, name: customer.name, parentId: customer.parent_id })),
    canApprove: contacts.some((contact) => contact.can_approve === 1), canPay: contacts.some((contact) => contact.can_pay === 1), document: null,
  };
}
