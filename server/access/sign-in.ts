/** Sign-in without a password: a request that reveals nothing, a mail with a link and a code, the code's check. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import { createHash } from 'node:crypto';
import type { codeEntry, SignInRequest, signInRequestNew, Tokens } from '../contract/access.ts';
import type { SignInRequestsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { queueNotice } from '../notices/notices.ts';
import { after, newId, now } from '../platform/ids.ts';
import { limitKey, networkOf, takeOrRefuse, type Bucket } from '../platform/limits.ts';
import { enqueue } from '../platform/outbox.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import { codeOf, sameSecret, type Derive } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';
import { emailKey, maskAddress } from '../platform/text.ts';
import { linkLife, makeLink, type LinkRow } from './links.ts';
import { startSession, tokensOf, type Browser, type SessionRow } from './sessions.ts';

export type SignInRow = Selectable<SignInRequestsTable>;
type NewRequest = z.output<typeof signInRequestNew>;
/** Why a code is sent: to sign in, or to lead from one document to the whole center. */
type Purpose = Exclude<SignInRow['purpose'], 'approval'>;

const MOST_TRIES = 5;
const RETRY_AFTER = 30;

/** At most 5 messages an hour and 10 a day to one address, over all accounts. */
export const addressBuckets = (derive: Derive, address: string): Bucket[] => [
  { key: limitKey(derive, 'mail-hour', address), burst: 3, perHour: 2 },
  { key: limitKey(derive, 'mail-day', address), burst: 6, perHour: 4 / 24 },
];
/** Charged before, and apart from, everything a request does: a refused one costs its sender all the same. */
export const limitAsking = (scope: Scope, ip: string): Promise<void> => takeOrRefuse(scope.db, askingBuckets(scope, ip));

const askingBuckets = (scope: Scope, ip: string): Bucket[] => [
  { key: `ask:${networkOf(ip)}`, burst: 30, perHour: 120 },
  { key: `ask:${scope.accountId}`, burst: 300, perHour: 3000 },
  { key: 'ask:all', burst: 3000, perHour: 30_000 },
];

/**
 * Writes the wish and answers. Whether anybody has this address is found out by the worker, so known and unknown
 * addresses cost the same and answer alike.
 */
export async function requestSignIn(scope: Scope, services: Services, wish: NewRequest, purpose: Purpose = 'signIn'): Promise<SignInRequest> {
  const channel = wish.address.includes('@') ? 'email' : 'sms';
  if (channel === 'sms' && (!services.smsConfigured || wish.audience === 'staff')) throw invalidField('/address', 'an e-mail address is needed here');
  const address = channel === 'email' ? emailKey(wish.address) : wish.address;
  await takeOrRefuse(scope.db, addressBuckets(services.derive, address));
  const row: SignInRow = {
    account_id: scope.accountId, id: newId('signInRequest'), audience: wish.audience, purpose, channel, address, challenge: wish.challenge,
    waiting_jkts: '[]', tries: 0, language: wish.language ?? null, page_id: await listedPageOf(scope, wish),
    destination: wish.destination ?? null, created_at: now(), expires_at: after(linkLife.signIn), spent_at: null,
  };
  await writeRequest(scope, row);
  return { id: row.id, masked: maskAddress(wish.address), channel, expiresAt: row.expires_at, retryAfter: RETRY_AFTER };
}

async function writeRequest(scope: Scope, row: SignInRow): Promise<void> {
  await scope.transaction(async (trx) => {
    await trx.insert('sign_in_requests', row).execute();
    await enqueue(trx, 'signIn', { requestId: row.id });
  });
}

/** Asks again for what an expired link asked: same person, same browser's verifier, same destination. */
export async function repeatSignIn(scope: Scope, link: LinkRow): Promise<void> {
  const before = await scope.from('sign_in_requests').selectAll().where('id', '=', link.request_id ?? '').executeTakeFirst();
  if (!before) throw notFound();
  await writeRequest(scope, {
    ...before, id: newId('signInRequest'), waiting_jkts: '[]', tries: 0, created_at: now(), expires_at: after(linkLife.signIn), spent_at: null,
  });
}

/** Browsers that came through the link and wait for the code; null once the request is closed to them. */
export const waitingOf = (request: SignInRow): string[] | null => JSON.parse(request.waiting_jkts) as string[] | null;

export const closeToOthers = async (scope: Scope, link: LinkRow): Promise<void> =>
  void (await scope.update('sign_in_requests').set({ waiting_jkts: 'null' }).where('id', '=', link.request_id ?? '').execute());

/**
 * The listed page a URL belongs to: that very page, else (for customers, whose center stands on each) one of the same site.
 * Never the URL itself.
 */
async function listedPageOf(scope: Scope, { pageUrl, audience }: Pick<NewRequest, 'pageUrl' | 'audience'>): Promise<string | null> {
  if (!pageUrl) return null;
  const { origin, pathname } = new URL(pageUrl);
  const pages = await scope.from('pages').select(['id', 'url', 'main']).where('origin', '=', origin).orderBy('main', 'desc').orderBy('id').execute();
  const same = pages.find((page) => new URL(page.url).pathname === pathname);
  return (same ?? (audience === 'staff' ? undefined : pages[0]))?.id ?? null;
}

/** The worker's part: if somebody has the address, make the link and queue the message. */
export async function answerSignIn(scope: Scope, derive: Derive, requestId: string): Promise<void> {
  await scope.transaction(async (trx) => {
    const request = await trx.from('sign_in_requests').selectAll().where('id', '=', requestId).executeTakeFirst();
    if (!request || request.purpose === 'approval' || request.spent_at || request.expires_at <= now()) return;
    if (await trx.from('links').select('id').where('request_id', '=', requestId).executeTakeFirst()) return;
    const who = await whoHas(trx, request);
    if (!who) return;
    const { row } = await makeLink(trx, derive, {
      kind: 'signIn', contact_id: who.contactId, staff_id: who.staffId, channel: request.channel, address: request.address,
      request_id: request.id, destination: request.destination, page_id: request.page_id,
    });
    await queueNotice(trx, {
      kind: request.purpose, channel: request.channel, to: who.to, contactId: who.contactId, staffId: who.staffId, linkId: row.id,
      requestId: request.id, language: request.language ?? who.language ?? trx.account.locale,
    });
  });
}

/** The mail goes to the address on file, never to what was typed. */
async function whoHas(scope: Scope, request: SignInRow) {
  if (request.audience === 'staff') {
    const staff = await scope.from('staff').select(['id', 'email']).where('email_key', '=', request.address).executeTakeFirst();
    return staff && { contactId: null, staffId: staff.id, to: staff.email, language: null };
  }
  const contact = await scope
    .from('contacts')
    .select(['id', 'email', 'mobile', 'language'])
    .where(request.channel === 'sms' ? 'mobile' : 'email_key', '=', request.address)
    .orderBy('id')
    .executeTakeFirst();
  return contact && { contactId: contact.id, staffId: null, to: (request.channel === 'sms' ? contact.mobile : contact.email)!, language: contact.language };
}

/** RFC 7636 S256. */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/**
 * Checks a typed code, at most five times a request, in the asking browser (verifier) or one that came through the link (key).
 * @throws {Problem} `code_wrong`, `code_expired`; `not_found` from any other browser, which costs the person no try.
 */
export async function enterCode(scope: Scope, derive: Derive, requestId: string, entry: z.output<typeof codeEntry>, browser: Browser): Promise<Tokens> {
  const request = await scope.from('sign_in_requests').selectAll().where('id', '=', requestId).executeTakeFirst();
  const asked = request?.challenge && entry.verifier && sameSecret(challengeOf(entry.verifier), request.challenge);
  const waits = request && waitingOf(request)?.includes(browser.jkt);
  // A code for an approval opens nothing.
  if (!request || request.purpose === 'approval' || !(asked || waits)) throw notFound();
  await tryCode(scope, derive, requestId, entry.code);
  return scope.transaction(async (trx) => {
    // Nobody has the address: there is no link, and the right code opens nothing either.
    const link = await trx.from('links').selectAll().where('request_id', '=', requestId).where('revoked_at', 'is', null).executeTakeFirst();
    if (!link) throw new Problem('code_wrong');
    const session = await spendRequest(trx, link, browser, entry.staySignedIn);
    if (!session) throw new Problem('code_expired');
    return tokensOf(derive, session, link.destination);
  });
}

/**
 * Compares a typed code. The try counts whatever comes of it, so call it outside the transaction of what it opens.
 * @throws {Problem} `code_wrong`, `code_expired`.
 */
export async function tryCode(scope: Scope, derive: Derive, requestId: string, code: string): Promise<void> {
  const tried = await scope
    .update('sign_in_requests')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', requestId)
    .where('tries', '<', MOST_TRIES)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', now())
    .executeTakeFirst();
  if (!tried.numUpdatedRows) throw new Problem('code_expired');
  if (!sameSecret(code, codeOf(derive, requestId))) throw new Problem('code_wrong');
}

/** Makes the one session of a sign-in request; the other way in dies with it. Nothing when it was spent meanwhile. */
export async function spendRequest(scope: Scope, link: LinkRow, browser: Browser, staySignedIn: boolean): Promise<SessionRow | undefined> {
  const time = now();
  const spent = await scope
    .update('sign_in_requests')
    .set({ spent_at: time })
    .where('id', '=', link.request_id!)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', time)
    .executeTakeFirst();
  if (!spent.numUpdatedRows) return undefined;
  const session = await startSession(scope, link, browser, staySignedIn);
  if (session) await scope.update('links').set({ expires_at: time }).where('id', '=', link.id).execute();
  return session;
}
