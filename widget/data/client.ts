import type { Card } from '../../server/contract/account.ts';
import { keepCard, keptCard } from './card.ts';
import { ApiError } from './errors.ts';
import { takeHandoff } from './handoff.ts';
import type { Session } from './session.ts';
import type { SessionState } from './state.ts';
import { namesOf } from './database.ts';

export { ApiError } from './errors.ts';

/** A request as the page may see and cancel it: no credential is part of it. */
export interface Asking {
  readonly method: string;
  readonly url: string;
}

/** Says `false` to cancel a request that is about to leave. */
export type Hook = (asking: Asking) => boolean;

export interface Options {
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal | undefined;
}
export interface PostOptions extends Options {
  /** The same key for the same intent, so that a repeated tap or a lost answer has one effect. Made up when absent. */
  idempotencyKey?: string;
  /** The `etag` of what the person has before their eyes, without quotes: another version is refused as `stale`. */
  ifMatch?: string;
}

/** Who a request speaks for: puts the credentials on it, and renews them when the server says they have ended. */
export interface Authority {
  headers(method: string, url: string, nonce: string | undefined): Promise<Record<string, string>>;
  renew?(): Promise<boolean>;
}
export interface Sending extends PostOptions {
  body?: unknown;
  /** Instead of the signed-in person. */
  as?: Authority | undefined;
}

/**
 * The way to one account's part of the API. All elements of a page that show the same account share one, and with it one
 * session (see registry.ts). Paths are relative to the account and begin with a slash: `/customers/all/history`.
 */
export class Client {
  #hooks = new Set<Hook>();
  #listeners = new Set<() => void>();
  #nonce: string | undefined;
  #card: Promise<Card> | undefined;
  #session: Promise<Session> | undefined;
  #started: Promise<void> | undefined;
  #authority: Authority | undefined;
  #state: SessionState = { phase: 'starting' };

  /** What the door left in the address, until the server has answered to it. */
  handoff: string | undefined;

  constructor(
    /** Origin of the server, such as `https://center.example.com`. */
    readonly api: string,
    /** The account's slug. */
    readonly account: string,
  ) {}

  get<T>(path: string, options?: Options): Promise<T> {
    return this.#asPerson('GET', path, options);
  }

  post<T>(path: string, body: unknown, options?: PostOptions): Promise<T> {
    return this.#asPerson('POST', path, { ...options, body, idempotencyKey: options?.idempotencyKey ?? crypto.randomUUID() });
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#asPerson('PATCH', path, { body });
  }

  delete(path: string): Promise<void> {
    return this.#asPerson('DELETE', path);
  }

  /** The account's public card, asked for once a page. Rejects with `not_found` for an unknown account. */
  card(): Promise<Card> {
    this.#card ??= this.send<Card>('GET', '').then(
      (card) => (keepCard(this, card), card),
      (error: unknown) => {
        this.#card = undefined;
        throw error;
      },
    );
    return this.#card;
  }

  /** The card as it was the last time, at once and without a server. */
  get keptCard(): Card | undefined {
    return keptCard(this);
  }

  /** Who is here, as far as known. */
  get state(): SessionState {
    return this.#state;
  }

  /** Calls `listener` whenever `state` changes, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For the session only: makes a new state known, and who requests speak for from now on. */
  become(state: SessionState, authority?: Authority): void {
    this.#state = state;
    this.#authority = authority;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Lets an element see, and cancel, every request; several elements may. */
  intercept(hook: Hook): () => void {
    this.#hooks.add(hook);
    return () => this.#hooks.delete(hook);
  }

  /**
   * Finds out who is here: takes the handoff out of the address, at once, then reads what this browser has kept. A visitor
   * who was never here needs none of the session's code, which is why it comes separately.
   */
  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  /** After `failed`: tries again what could not be done. */
  retry(): Promise<void> {
    this.become({ phase: 'starting' });
    this.#started = this.#start();
    return this.#started;
  }

  async #start(): Promise<void> {
    this.takeHandoff();
    try {
      if (!this.handoff && !this.#session && !(await leftSomething(this))) return this.become({ phase: 'signedOut' });
    } catch {
      return this.become({ phase: 'failed', problem: 'storage' });
    }
    try {
      await (await this.session()).start();
    } catch {
      this.become({ phase: 'failed', problem: 'chunk' });
    }
  }

  /** Takes the handoff out of the address, where it must not stay even if nothing can be done with it. */
  takeHandoff(): void {
    this.handoff ??= takeHandoff();
  }

  /** Signing in and out, loaded when first needed. */
  session(): Promise<Session> {
    this.#session ??= import('./session.ts').then(
      ({ Session }) => new Session(this),
      (error: unknown) => {
        this.#session = undefined;
        throw error;
      },
    );
    return this.#session;
  }

  /** Where a path of this client is. */
  protected address(path: string): string {
    return `${this.api}/v1/accounts/${encodeURIComponent(this.account)}${path}`;
  }

  async #asPerson<T>(method: string, path: string, options?: Sending): Promise<T> {
    await this.start();
    return this.send(method, path, { as: this.#authority, ...options });
  }

  /**
   * Sends one request, and again where that helps: with a fresh nonce of the server, or with a renewed access token. Twice
   * at most, because the first renewal may be another tab's, and by now as dead as the token before.
   */
  async send<T>(method: string, path: string, { as, body, query, signal, idempotencyKey, ifMatch }: Sending = {}): Promise<T> {
    const bare = this.address(path);
    const url = bare + search(query);
    for (const hook of this.#hooks) if (!hook({ method, url })) throw new ApiError('canceled');

    const json = body === undefined ? null : JSON.stringify(body);
    let proved = false;
    let renewals = 0;
    for (;;) {
      const headers = {
        ...(await as?.headers(method, bare, this.#nonce)),
        ...(json && { 'Content-Type': 'application/json' }),
        ...(as && idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
        ...(ifMatch && { 'If-Match': `"${ifMatch}"` }),
      };
      const response = await reach(url, {
        method,
        headers,
        body: json,
        ...(signal && { signal }),
        credentials: 'omit',
        referrerPolicy: 'strict-origin',
      });
      const nonce = response.headers.get('DPoP-Nonce');
      if (nonce) this.#nonce = nonce;
      if (response.ok) return read<T>(response);

      const error = await ApiError.from(response);
      if (error.code === 'proof_required' && nonce && as && !proved) proved = true;
      else if (!endsSession(error) || renewals === 2 || !(await as?.renew?.())) throw error;
      else renewals += 1;
    }
  }
}

const endsSession = ({ code }: ApiError) => code === 'session_ended' || code === 'unauthenticated';

/** A key alone is what a visitor leaves who never got in. */
const leftSomething = async (client: Client) => (await namesOf(client)).some((name) => name !== 'key');

async function read<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  // A captive portal answers everything with a page of its own, and 200.
  return response.json().catch(() => Promise.reject(new ApiError('offline'))) as Promise<T>;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    // fetch tells "no network", "server down" and "refused by CORS or CSP" apart for nobody.
    throw error instanceof TypeError ? new ApiError('offline') : error;
  }
}

function search(query: Options['query'] = {}): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : '';
}
