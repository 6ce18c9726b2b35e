/** The exchange on the contractor's page: a handoff becomes a session, once. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Exchanged, handoffExchange } from '../contract/access.ts';
import type { HandoffsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { addInboxItem } from '../platform/attention.ts';
import { after, now } from '../platform/ids.ts';
import { Problem } from '../platform/problems.ts';
import { hashOf, newToken, sameSecret, type Derive } from '../platform/secrets.ts';
import { maskAddress } from '../platform/text.ts';
import { HANDOFF_LIFE, MOST_FAILED_HANDOFFS } from './door.ts';
import { destinationOf, linkLife, makeLink, type LinkRow } from './links.ts';
import { continueSession, endSession, startSession, tokensOf, type Browser, type SessionRow } from './sessions.ts';
import { challengeOf, spendRequest, waitingOf } from './sign-in.ts';

type Asked = z.output<typeof handoffExchange>;

/** Seconds in which the same key may repeat an exchange whose answer was lost. */
const GRACE = 10;
const MOST_WAITING = 5;

const refused = () => new Problem('invalid_request', { errors: [{ path: '/handoff', message: 'used, too old or unknown' }] });

/** @throws {Problem} `invalid_request` for a handoff that is used, too old or unknown; a replay by another key ends what it opened. */
export async function exchangeHandoff(
  scope: Scope,
  derive: Derive,
  asked: Asked,
  browser: Browser,
): Promise<Exchanged> {
  const hash = hashOf(asked.handoff);
  const time = now();
  const answer = await scope.transaction(async (trx): Promise<Exchanged | undefined> => {
    const claimed = await trx
      .update('handoffs')
      .set({ spent_at: time, spent_jkt: browser.jkt })
      .where('hash', '=', hash)
      .where('spent_at', 'is', null)
      .where('expires_at', '>', time)
      .executeTakeFirst();
    const handoff = await trx.from('handoffs').selectAll().where('hash', '=', hash).executeTakeFirst();
    const link = handoff && (await trx.from('links').selectAll().where('id', '=', handoff.link_id).where('revoked_at', 'is', null).executeTakeFirst());
    if (!handoff || !link) return undefined;
    if (!claimed.numUpdatedRows) {
      if (!handoff.spent_at) return undefined;
      if (handoff.spent_jkt === browser.jkt && handoff.spent_at > after(-GRACE)) return repeat(trx, derive, link, handoff);
      if (handoff.session_id && handoff.spent_jkt !== browser.jkt) await endSession(trx, handoff.session_id);
      return undefined;
    }
    // It arrived: the page works. (A person who must still type the code counts as arrived.)
    if (handoff.page_id)
      await trustPages(trx);
    if (handoff.from_session) {
      const session = await continueSession(trx, handoff.from_session, browser);
      return session && arrive(trx, derive, session, hash, handoff.destination ?? destinationOf(link));
    }
    if (link.kind === 'signIn') return openSignIn(trx, derive, link, asked, browser, hash);
    // Between the click and the exchange the link may have ended; a one-time link may have been used elsewhere.
    if (link.expires_at <= time) return undefined;
    const session = await startSession(trx, link, browser, asked.staySignedIn);
    return session && arrive(trx, derive, session, hash, destinationOf(link));
  });
  if (!answer) throw refused();
  return answer;
}

/** Remembers which session a handoff became, so that a lost answer can be repeated, and a thief's repetition punished. */
async function arrive(scope: Scope, derive: Derive, session: SessionRow, hash: string, destination: string | null): Promise<Exchanged> {
  await scope.update('handoffs').set({ session_id: session.id }).where('hash', '=', hash).execute();
  return tokensOf(derive, session, destination);
}

async function openSignIn(scope: Scope, derive: Derive, link: LinkRow, { verifier, staySignedIn }: Asked, browser: Browser, hash: string): Promise<Exchanged | undefined> {
  const request = await scope.from('sign_in_requests').selectAll().where('id', '=', link.request_id ?? '').executeTakeFirst();
  if (!request || request.spent_at || request.expires_at <= now()) return undefined;
  if (verifier && request.challenge && sameSecret(challengeOf(verifier), request.challenge)) {
    const session = await spendRequest(scope, link, browser, staySignedIn);
    return session && arrive(scope, derive, session, hash, destinationOf(link));
  }
  // Another browser: it must know the code of the same message. Remember its key so that only it may enter one.
  const waiting = waitingOf(request)?.filter((jkt) => jkt !== browser.jkt);
  if (!waiting) return undefined;
  await scope.update('sign_in_requests').set({ waiting_jkts: JSON.stringify([...waiting, browser.jkt].slice(-MOST_WAITING)) }).where('id', '=', request.id).execute();
  return { codeNeeded: true, requestId: request.id, masked: maskAddress(request.address), channel: request.channel };
}

/** The same browser asks again because the answer was lost. */
async function repeat(scope: Scope, derive: Derive, link: LinkRow, { session_id: sessionId, destination }: Selectable<HandoffsTable>): Promise<Exchanged | undefined> {
  const session = sessionId ? await scope.from('sessions').selectAll().where('id', '=', sessionId).where('revoked_at', 'is', null).executeTakeFirst() : undefined;
  if (session) return tokensOf(derive, session, destination ?? destinationOf(link));
  const request = await scope.from('sign_in_requests').selectAll().where('id', '=', link.request_id ?? '').where('spent_at', 'is', null).executeTakeFirst();
  return request && { codeNeeded: true, requestId: request.id, masked: maskAddress(request.address), channel: request.channel };
}

/**
 * The hosted page with this session handed over once: for what a contractor's page forbids, such as another company's script.
 * @throws {Problem} `session_ended` when it has no link any more.
 */
export async function handOver(scope: Scope, publicUrl: string, sessionId: string, destination?: string): Promise<{ url: string }> {
  const session = await scope.from('sessions').select('link_id').where('id', '=', sessionId).executeTakeFirst();
  if (!session?.link_id) throw new Problem('session_ended');
  const handoff = newToken();
  await scope
    .insert('handoffs', {
      hash: hashOf(handoff), link_id: session.link_id, page_id: null, created_at: now(), expires_at: after(HANDOFF_LIFE), spent_at: null, spent_jkt: null,
      session_id: null, counted: 0, from_session: sessionId, destination: destination ?? null,
    })
    .execute();
  return { url: `${publicUrl}/c/${scope.account.slug}#cc=${handoff}` };
}

/** A member of staff goes on in our office at once, without a message: a link of one use, knocked at already. */
export async function staffHandoff(scope: Scope, derive: Derive, staffId: string): Promise<string> {
  const { row } = await makeLink(scope, derive, { kind: 'access', staff_id: staffId, lifeSeconds: linkLife.staff });
  const handoff = newToken();
  await scope
    .insert('handoffs', {
      hash: hashOf(handoff), link_id: row.id, page_id: null, created_at: now(), expires_at: after(HANDOFF_LIFE), spent_at: null, spent_jkt: null, session_id: null,
      counted: 0, from_session: null, destination: null,
    })
    .execute();
  return handoff;
}

/** Leads people to the account's own pages again: one arrived there, somebody has looked, or the pages have changed. */
export const trustPages = async (scope: Scope): Promise<void> =>
  void (await scope.db.updateTable('accounts').set({ failed_handoffs: 0 }).where('id', '=', scope.accountId).where('failed_handoffs', '>', 0).execute());

/** Counts handoffs to the contractor's page that nobody exchanged: each link once, three in a row tell the office. */
export async function countFailedHandoffs(scope: Scope): Promise<void> {
  await scope.transaction(async (trx) => {
    const lost = await trx.from('handoffs').select(['hash', 'link_id', 'page_id']).where('counted', '=', 0).where('spent_at', 'is', null).where('expires_at', '<=', now()).execute();
    if (lost.length === 0) return;
    const links = new Set(lost.filter((handoff) => handoff.page_id).map((handoff) => handoff.link_id));
    if (links.size) for (const { link_id: known } of await trx.from('handoffs').select('link_id').where('counted', '=', 1).where('link_id', 'in', [...links]).execute()) links.delete(known);
    await trx.update('handoffs').set({ counted: 1 }).where('hash', 'in', lost.map((handoff) => handoff.hash)).execute();
    if (links.size === 0) return;
    const { failed_handoffs: failed } = await trx.db.updateTable('accounts').set((eb) => ({ failed_handoffs: eb('failed_handoffs', '+', links.size) })).where('id', '=', trx.accountId).returning('failed_handoffs').executeTakeFirstOrThrow();
    // Once, until somebody has looked after it.
    if (failed >= MOST_FAILED_HANDOFFS) await addInboxItem(trx, { kind: 'handoffsFailing', customerId: null, data: {}, cause: 'handoffsFailing' });
  });
}
