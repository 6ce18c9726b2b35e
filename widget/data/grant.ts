import type { Tokens } from '../../server/contract/access.ts';
import { refreshSession } from './access.ts';
import type { Channel } from './channel.ts';
import { ApiError, type Authority, type Client } from './client.ts';
import { base64url, keyOf, prove, sha256 } from './proof.ts';
import type { Store } from './store.ts';

/** What storage keeps of a grant; its access token lives in memory only. */
export interface Kept {
  refreshToken: string;
  /** When it was last renewed, in this browser's own clock. */
  at: number;
}

interface Access {
  token: string;
  until: number;
}

/** Renewed this long before its end, so that a request never leaves with a token that dies on the way. */
const marginMs = 30_000;

/** Speaks for this browser's key alone: what the endpoints that give out tokens ask for. */
export function keyHolder(store: Store): Authority {
  return {
    async headers(htm, htu, nonce) {
      return { DPoP: await prove(await keyOf(store), { htm, htu, nonce }) };
    },
  };
}

/** One session's tokens, kept fresh across all tabs that share them. */
export class Grant implements Authority {
  #access: Access | undefined;
  #refreshing: Promise<boolean> | undefined;

  constructor(
    private client: Client,
    private store: Store,
    private channel: Channel,
    /** Under which name storage keeps it; undefined for one that is not adopted yet. */
    private name: string | undefined,
    private kept: Kept,
    private ended: (grant: Grant) => void,
  ) {}

  /** A new session's. */
  static of(tokens: Tokens, ...[client, store, channel, ended]: [Client, Store, Channel, (grant: Grant) => void]): Grant {
    const grant = new Grant(client, store, channel, undefined, keptOf(tokens), ended);
    grant.#access = accessOf(tokens);
    return grant;
  }

  /** Storage keeps it from now on under this name, and other tabs may use it. */
  async adopt(name: string): Promise<void> {
    this.name = name;
    await this.store.put(name, this.kept);
    this.#tell();
  }

  /** Another tab's news. */
  hear({ token, until }: Access): void {
    this.#access = { token, until };
  }

  async headers(htm: string, htu: string, nonce: string | undefined): Promise<Record<string, string>> {
    if (!this.#access || this.#access.until - marginMs < Date.now()) await this.#refresh();
    const token = this.#access?.token;
    if (!token) throw new ApiError('session_ended', 401);
    const ath = base64url(await sha256(token));
    return { Authorization: `DPoP ${token}`, DPoP: await prove(await keyOf(this.store), { htm, htu, nonce, ath }) };
  }

  /** The server no longer takes the access token. */
  renew(): Promise<boolean> {
    return this.#refresh();
  }

  /** Speaks once more after storage was emptied: to tell the server that the session is over. */
  async parting(): Promise<Authority> {
    const pair = await keyOf(this.store);
    const token = this.#access && this.#access.until > Date.now() ? this.#access.token : undefined;
    const holder: Authority = { headers: async (htm, htu, nonce) => ({ DPoP: await prove(pair, { htm, htu, nonce }) }) };
    const { refreshToken } = (this.name && (await this.store.get<Kept>(this.name))) || this.kept;
    const access = async () => token ?? (await refreshSession(this.client, holder, refreshToken)).accessToken;
    let used: Promise<string> | undefined;
    return {
      async headers(htm, htu, nonce) {
        const current = await (used ??= access());
        const ath = base64url(await sha256(current));
        return { Authorization: `DPoP ${current}`, DPoP: await prove(pair, { htm, htu, nonce, ath }) };
      },
    };
  }

  /** One at a time: in this page by the promise, among tabs by the lock. */
  #refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refreshUnderLock(this.#access?.token)
      .catch((error: unknown) => {
        if (error instanceof ApiError && (error.status === 401 || error.status === 400)) {
          this.#access = undefined;
          this.ended(this);
          return false;
        }
        throw error;
      })
      .finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #refreshUnderLock(stale: string | undefined): Promise<boolean> {
    const seen = await this.#current();
    return navigator.locks.request(`${this.store.scope} ${this.name}`, async () => {
      const { refreshToken } = await this.#current();
      // Another tab was faster: it tells everybody what it got, though perhaps a moment after its lock is free.
      if (refreshToken !== seen.refreshToken && this.#access?.token === stale) await this.channel.next('access', 1000);
      if (this.#access && this.#access.token !== stale) return true;
      const tokens = await this.#ask(refreshToken);
      this.kept = keptOf(tokens);
      this.#access = accessOf(tokens);
      if (this.name) await this.store.put(this.name, this.kept);
      this.#tell();
      return true;
    });
  }

  /** Asks twice when no answer comes: the server may have rotated the token, and takes the old one a few seconds more. */
  async #ask(refreshToken: string): Promise<Tokens> {
    const as = keyHolder(this.store);
    try {
      return await refreshSession(this.client, as, refreshToken);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'offline' || !navigator.onLine) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return refreshSession(this.client, as, refreshToken);
    }
  }

  async #current(): Promise<Kept> {
    if (!this.name) return this.kept;
    const kept = await this.store.get<Kept>(this.name);
    if (!kept) throw new ApiError('session_ended', 401);
    return kept;
  }

  #tell(): void {
    if (this.name === 'session' && this.store.lasting && this.#access) this.channel.post({ type: 'access', ...this.#access });
  }
}

const keptOf = ({ refreshToken }: Tokens): Kept => ({ refreshToken, at: Date.now() });
const accessOf = ({ accessToken: token, expiresIn }: Tokens): Access => ({ token, until: Date.now() + expiresIn * 1000 });
