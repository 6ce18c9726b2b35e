/** The way to the office's part of the API, for staff who are signed in. */
import type { SessionView, StaffSession } from '../../server/contract/access.ts';
import { doorName } from '../names.ts';
import { ApiError, Client, type Authority, type Options, type PostOptions, type Sending } from './client.ts';
import { registry } from './registry.ts';
import type { SessionState } from './state.ts';

export type { StaffSession };

/** The session as the rest of the client knows it, with the member of the staff behind it. */
interface StaffView extends SessionView {
  staff: StaffSession;
}

/**
 * One account's office. Paths that begin with `/v1/` are the server's own, all others the account's. Signing in, staying so and
 * signing out are the same as for customers, with links of the staff's and a place of their own in the browser's storage.
 */
export class OfficeClient extends Client {
  #authority: Authority | undefined;
  #nonce: string | undefined;

  constructor(
    api: string,
    /** The account's name in addresses. */
    readonly slug: string,
  ) {
    super(api, `office ${slug}`);
  }

  /** Who is signed in; undefined while nobody is. */
  get staff(): StaffSession | undefined {
    const { phase, session } = this.state;
    return phase === 'signedIn' ? (session as StaffView | undefined)?.staff : undefined;
  }

  /** Changes the given fields. `ifMatch`: the version that the person has before their eyes. */
  change<T>(path: string, body: unknown, ifMatch?: string): Promise<T> {
    return this.#asStaff('PATCH', path, { body, ...(ifMatch !== undefined && { ifMatch }) });
  }

  /** Makes something, once, however often the same wish is sent under its key. */
  make<T>(path: string, body: unknown, options: PostOptions = {}): Promise<T> {
    return this.#asStaff('POST', path, { idempotencyKey: crypto.randomUUID(), ...options, body });
  }

  /** Reads while somebody is signed in. */
  read<T>(path: string, options: Options = {}): Promise<T> {
    return this.#asStaff('GET', path, options);
  }

  /** Reads what a contact can read, as the contact sees it; `path` is the account's. */
  async readAs<T>(contact: string, path: string, options: Options): Promise<T> {
    await this.start();
    const as = this.#authority;
    if (!as) throw new ApiError('session_ended', 401);
    const headers = async (...asked: Parameters<Authority['headers']>) => ({ ...(await as.headers(...asked)), 'View-As': contact });
    // The session's own address is ours to translate; the contact's is not.
    return super.send<T>('GET', path, { ...options, as: { headers, renew: () => as.renew?.() ?? Promise.resolve(false) } });
  }

  /** Takes something away. */
  async remove(path: string): Promise<void> {
    await this.#asStaff('DELETE', path, {});
  }

  /** Sends a file as it is. */
  async upload<T>(path: string, file: Blob): Promise<T> {
    const response = await this.#fetch('PUT', path, { body: file, headers: { 'Content-Type': file.type } });
    return (await response.json()) as T;
  }

  /** The lines of a stream, each as it comes, until the server or the signal ends it. */
  async *lines<T>(path: string, signal: AbortSignal): AsyncGenerator<T> {
    const { body } = await this.#fetch('GET', path, { signal });
    if (!body) return;
    let rest = '';
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const [last = '', ...lines] = (rest + part.value).split('\n').reverse();
        rest = last;
        for (const line of lines.reverse()) if (line) yield JSON.parse(line) as T;
      }
    } finally {
      reader.cancel().catch(() => undefined);
    }
  }

  override become(state: SessionState, authority?: Authority): void {
    this.#authority = authority;
    // On our own origin the door kept the link for this tab; whoever uses it next must not walk in.
    if (state.phase === 'signedOut' && this.state.phase === 'signedIn') sessionStorage.removeItem(doorName(this.slug));
    super.become(state, authority);
  }

  override async send<T>(method: string, path: string, wanted: Sending = {}): Promise<T> {
    const options = wanted.as ? { ...wanted, as: this.#learning(wanted.as) } : wanted;
    if (path === '/session') return staffView(await super.send<StaffSession>('GET', '/v1/office/session', options)) as T;
    if (path === '/sign-in-requests') return super.send(method, path, { ...options, body: { ...(options.body as object), audience: 'staff' } });
    return super.send(method, path.startsWith('/session/end') ? `/v1/office${path}` : path, options);
  }

  /** Hears the nonce that a request leaves with, so that what is no JSON need not ask for one of its own. */
  #learning(as: Authority): Authority {
    return {
      headers: (method, url, nonce) => as.headers(method, url, (this.#nonce = nonce ?? this.#nonce)),
      renew: () => as.renew?.() ?? Promise.resolve(false),
    };
  }

  protected override address(path: string): string {
    return path.startsWith('/v1/') ? this.api + path : `${this.api}/v1/accounts/${encodeURIComponent(this.slug)}${path}`;
  }

  /** With the rights of whoever is signed in; a session that ends meanwhile ends it with `session_ended`. */
  async #asStaff<T>(method: string, path: string, options: Sending): Promise<T> {
    await this.start();
    return this.send<T>(method, path, { as: this.#authority, ...options });
  }

  /** For what is no JSON. Sends once more with a fresh nonce, or a renewed token. */
  async #fetch(method: string, path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> {
    await this.start();
    const url = this.address(path);
    for (let turn = 0; ; turn += 1) {
      const as = this.#authority;
      if (!as) throw new ApiError('session_ended', 401);
      const headers = { ...init.headers, ...(await as.headers(method, url, this.#nonce)) };
      const response = await fetch(url, { ...init, method, headers, credentials: 'omit', referrerPolicy: 'strict-origin' }).catch((error: unknown) => {
        throw error instanceof TypeError ? new ApiError('offline') : error;
      });
      this.#nonce = response.headers.get('DPoP-Nonce') ?? this.#nonce;
      if (response.ok) return response;
      const error = await ApiError.from(response);
      const again = error.code === 'proof_required' || (error.status === 401 && (await as.renew?.()));
      if (!again || turn === 2) throw error;
    }
  }
}

/** The office client of an account, one a page. */
export function officeFor(api: string, slug: string, version: string): OfficeClient {
  const clients = (registry().clients ??= new Map<string, Client>());
  const key = `office ${version} ${api} ${slug}`;
  const known = clients.get(key);
  if (known instanceof OfficeClient) return known;
  const client = new OfficeClient(api, slug);
  clients.set(key, client);
  return client;
}

const staffView = (staff: StaffSession): StaffView => ({
  kind: 'customer', name: staff.name, language: null, customers: [{ id: staff.staffId ?? '', name: staff.name, parentId: null }],
  canApprove: false, canPay: false, document: null, staff,
});
