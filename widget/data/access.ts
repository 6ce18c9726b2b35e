/** Signing in and out, as the wire has it. What to do with the answers is the session's (session.ts). */
import type { Exchanged, SessionView, SignInRequest, Tokens } from '../../server/contract/access.ts';
import type { Authority, Client } from './client.ts';

interface Ask {
  challenge: string;
  language: string;
  /** The view the person wanted to see. */
  destination?: string | undefined;
}

/**
 * Asks for a message with a link and a code. The answer is the same whether the contractor knows the address or not.
 * `address` is an e-mail address, or a mobile number in E.164.
 */
export function requestSignIn(client: Client, ask: Ask & { address: string }): Promise<SignInRequest> {
  return client.send('POST', '/sign-in-requests', { body: { ...ask, ...pageUrl() } });
}

/** “All my jobs” in a document session: sends a code to the address that the document's notice went to. */
export function requestCenter(client: Client, as: Authority, document: string, ask: Ask): Promise<SignInRequest> {
  return client.send('POST', `/documents/${document}/center`, { as, body: { ...ask, ...pageUrl() }, idempotencyKey: crypto.randomUUID() });
}

interface CodeAnswer {
  code: string;
  /** Absent after a handoff from another browser: there this browser's key says who waits. */
  verifier?: string | undefined;
  staySignedIn: boolean;
}

export function enterCode(client: Client, as: Authority, request: string, answer: CodeAnswer): Promise<Tokens> {
  return client.send('POST', `/sign-in-requests/${request}/code`, { as, body: answer });
}

export function exchangeHandoff(
  client: Client,
  as: Authority,
  answer: { handoff: string; verifier?: string | undefined; staySignedIn: boolean },
): Promise<Exchanged> {
  return client.send('POST', '/handoffs/exchange', { as, body: answer });
}

export function refreshSession(client: Client, as: Authority, refreshToken: string): Promise<Tokens> {
  // A request that hangs would hold the lock that all tabs wait for.
  return client.send('POST', '/session/refresh', { as, body: { refreshToken }, signal: AbortSignal.timeout(20_000) });
}

export function readSession(client: Client, as: Authority): Promise<SessionView> {
  return client.send('GET', '/session', { as });
}

export function endSession(client: Client, as: Authority, everywhere = false): Promise<void> {
  return client.send('POST', everywhere ? '/session/end-all' : '/session/end', { as, body: {}, idempotencyKey: crypto.randomUUID() });
}

/** Where the link should come back to: this page, without what only this visit knows. */
function pageUrl(): { pageUrl?: string } {
  const url = location.origin + location.pathname + location.search;
  return /^https?:/.test(url) && url.length <= 500 ? { pageUrl: url } : {};
}
