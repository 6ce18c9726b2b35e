/** A server in the page, for tests: `fetch` to its origin ends here, all else goes on to the network. */
import type { SessionView, Tokens } from '../../../server/contract/access.ts';
import type { Card } from '../../../server/contract/account.ts';
import { digest, verify } from './proofs.ts';

interface Call {
  method: string;
  /** Below the account: `/session/refresh`. */
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  headers: Headers;
}
type Answer = [status: number, body?: unknown, headers?: Record<string, string>];
type Handler = (call: Call) => Answer | Promise<Answer>;

interface FakeSession {
  view: SessionView;
  kind: 'customer' | 'document';
  jkt: string;
  access: string;
  refresh: string;
  ended?: boolean;
}
interface Handoff {
  view: SessionView;
  kind: 'signIn' | 'access' | 'document';
  challenge?: string;
  destination?: string;
}

let count = 0;
const secret = (name: string) => `${name}-${++count}-`.padEnd(43, 'x').slice(0, 43);
export const problem = (status: number, code: string, headers: Record<string, string> = {}): Answer => [status, { type: '', title: code, status, code }, headers];

export const maria: SessionView = {
  kind: 'customer', name: 'Maria O’Brien', language: null, canApprove: true, canPay: true, document: null,
  customers: [
    { id: 'cust_1', name: 'Pine Street Dental', parentId: null },
    { id: 'cust_2', name: 'Pine Street Annex', parentId: 'cust_1' },
  ],
}; // prettier-ignore
export const bob: SessionView = { ...maria, name: 'Bob Stone', customers: [{ id: 'cust_9', name: 'Bob Stone', parentId: null }] };
export const sheet: SessionView = {
  ...maria, kind: 'document', customers: [],
  document: { id: 'link_1', kind: 'job', documentId: 'job_1', actions: ['view'], masked: 'm***@example.com' },
}; // prettier-ignore

export class FakeApi {
  readonly origin = 'https://center.test';
  readonly account = `acme-${Math.random().toString(36).slice(2, 10)}`;
  readonly calls: Call[] = [];
  card: Card = {
    id: 'acct_1', slug: this.account, name: 'Acme Plumbing & Heating', logoUrl: null, accent: '#0b62c4', phone: '+14045550142',
    email: null, country: 'US', timeZone: 'America/New_York', locale: 'en', currency: 'USD', marketing: false, bookingPublished: false,
    sms: false, hostedUrl: `${this.origin}/c/${this.account}`, originAllowed: true,
  }; // prettier-ignore
  /** Nothing answers. */
  offline = false;
  /** How often a refresh token was rotated. */
  refreshes = 0;
  nonce = 'nonce-1';
  /** The code of every message. */
  code = '123456';
  /** Who the next message's code signs in. */
  person = maria;
  readonly sessions: FakeSession[] = [];
  readonly handoffs = new Map<string, Handoff>();
  readonly #requests = new Map<string, { challenge: string; destination?: string; jkt?: string; view: SessionView }>();
  readonly #routes: [method: string, path: RegExp, handler: Handler][] = [];
  readonly #seen = new Set<string>();
  readonly #network = window.fetch;

  constructor() {
    window.fetch = (input, init) => this.#fetch(input, init);
  }

  restore(): void {
    window.fetch = this.#network;
  }

  /** Answers one more route; later ones go before earlier ones. */
  on(method: string, path: RegExp, handler: Handler): void {
    this.#routes.unshift([method, path, handler]);
  }

  callsTo(path: string | RegExp): Call[] {
    return this.calls.filter((call) => (typeof path === 'string' ? call.path === path : path.test(call.path)));
  }

  /** A handoff as the door makes it. */
  handoff(view: SessionView, kind: Handoff['kind'] = 'access', more: Partial<Handoff> = {}): string {
    const token = secret('handoff');
    this.handoffs.set(token, { view, kind, ...more });
    return token;
  }

  /** The handoff of the link in the last message. */
  link(): string {
    const [, request] = [...this.#requests].at(-1)!;
    return this.handoff(request.view, 'signIn', request);
  }

  async #fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.origin !== this.origin) return this.#network(input, init);
    const path = url.pathname.replace(`/v1/accounts/${this.account}`, '');
    const text = await request.text();
    const body = text ? JSON.parse(text) : {};
    const call: Call = { method: request.method, path, query: url.searchParams, body, headers: request.headers };
    this.calls.push(call);
    await new Promise((resolve) => setTimeout(resolve, 1));
    request.signal.throwIfAborted();
    if (this.offline) throw new TypeError('Failed to fetch');
    const [status, answer, headers] = path === url.pathname ? problem(404, 'not_found') : await this.#answer(call, url);
    return new Response(answer === undefined ? null : JSON.stringify(answer), { status, headers: { ...headers } });
  }

  async #answer(call: Call, url: URL): Promise<Answer> {
    const { method, path, headers, body } = call;
    const accessToken = /^DPoP (.+)$/.exec(headers.get('Authorization') ?? '')?.[1];
    let jkt: string | undefined;
    if (headers.has('DPoP') || accessToken) {
      const bare = url.origin + url.pathname;
      jkt = await verify(headers.get('DPoP'), { method, url: bare, nonce: this.nonce, accessToken }, this.#seen);
      if (!jkt) return problem(401, 'proof_required', { 'DPoP-Nonce': this.nonce });
    }
    const session = this.sessions.find((each) => each.access === accessToken && each.jkt === jkt && !each.ended);
    if (accessToken && !session) return problem(401, 'session_ended');
    for (const [verb, pattern, handler] of this.#routes) if (verb === method && pattern.test(path)) return handler(call);

    if (method === 'GET' && path === '') return [200, this.card];
    if (path === '/sightings') return [204];
    if (path === '/sign-in-requests') return this.#ask(body, this.person);
    const entry = /^\/sign-in-requests\/(\w+)\/code$/.exec(path);
    if (entry) return this.#enter(entry[1]!, body, jkt!);
    if (path === '/handoffs/exchange') return this.#exchange(body, jkt!);
    if (path === '/session/refresh') return this.#refresh(String(body.refreshToken), jkt!);

    if (!session) return problem(401, 'unauthenticated');
    if (path === '/session') return [200, session.view];
    if (/^\/documents\/\w+\/center$/.test(path)) return this.#ask(body, maria);
    if (path.startsWith('/session/end')) {
      for (const each of this.sessions) if (each === session || path.endsWith('-all')) each.ended = true;
      return [204];
    }
    if (path.endsWith('/history')) {
      const none = { items: [], nextCursor: null };
      return [200, { waiting: none, upcoming: none, past: none, addresses: [] }];
    }
    return problem(404, 'not_found');
  }

  #ask({ challenge, destination }: Record<string, unknown>, view: SessionView): Answer {
    const id = `sir_${++count}`;
    this.#requests.set(id, { challenge: String(challenge), view, ...(destination ? { destination: String(destination) } : {}) });
    return [202, { id, masked: 'm***@example.com', channel: 'email', expiresAt: new Date(Date.now() + 900_000).toISOString(), retryAfter: 30 }];
  }

  async #enter(id: string, { code, verifier }: Record<string, unknown>, jkt: string): Promise<Answer> {
    const request = this.#requests.get(id);
    if (!request) return problem(404, 'not_found');
    if (code === '000000') return problem(410, 'code_expired');
    const knows = verifier ? (await digest(String(verifier))) === request.challenge : request.jkt === jkt;
    if (code !== this.code || !knows) return problem(401, 'code_wrong');
    return [200, this.#open(request.view, 'customer', jkt, request.destination)];
  }

  async #exchange({ handoff: token, verifier }: Record<string, unknown>, jkt: string): Promise<Answer> {
    const handoff = this.handoffs.get(String(token));
    if (!handoff) return problem(400, 'invalid_request');
    this.handoffs.delete(String(token));
    if (handoff.kind === 'signIn' && (!verifier || (await digest(String(verifier))) !== handoff.challenge)) {
      const requestId = `sir_${++count}`;
      this.#requests.set(requestId, { challenge: '', jkt, view: handoff.view });
      return [200, { codeNeeded: true, requestId, masked: 'm***@example.com', channel: 'email' }];
    }
    return [200, this.#open(handoff.view, handoff.kind === 'document' ? 'document' : 'customer', jkt, handoff.destination)];
  }

  #open(view: SessionView, kind: 'customer' | 'document', jkt: string, destination?: string): Tokens {
    const session: FakeSession = { view, kind, jkt, access: secret('access'), refresh: secret('refresh') };
    this.sessions.push(session);
    return this.#tokens(session, destination);
  }

  /** The token before the last one ends the session: somebody has stolen it. */
  #refresh(token: string, jkt: string): Answer {
    const session = this.sessions.find((each) => each.refresh === token && each.jkt === jkt && !each.ended);
    if (!session) return problem(401, 'session_ended');
    this.refreshes += 1;
    session.access = secret('access');
    session.refresh = secret('refresh');
    return [200, this.#tokens(session)];
  }

  #tokens({ access, refresh, kind }: FakeSession, destination?: string): Tokens {
    return { accessToken: access, expiresIn: 600, refreshToken: refresh, kind, destination: destination ?? null };
  }
}
