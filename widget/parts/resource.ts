import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ApiError } from '../data/errors.ts';

/**
 * One thing that a view reads from the server. What was read stays visible while it is read anew and when that fails, and a
 * read that failed for lack of a connection is repeated by itself when the connection is back.
 */
export class Resource<T> implements ReactiveController {
  value: T | undefined;
  error: ApiError | undefined;
  loading = false;
  readonly #host: ReactiveControllerHost;
  readonly #read: (signal: AbortSignal) => Promise<T>;
  #current: AbortController | undefined;

  constructor(host: ReactiveControllerHost, read: (signal: AbortSignal) => Promise<T>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('online', this.#online);
    window.addEventListener('offline', this.#offline);
    // The element was moved while it was reading.
    if (this.loading) void this.load();
  }

  hostDisconnected(): void {
    window.removeEventListener('online', this.#online);
    window.removeEventListener('offline', this.#offline);
    this.#current?.abort();
  }

  /** Whether the browser knows that it has no connection, or the last read found none. */
  get offline(): boolean {
    return this.error ? this.error.code === 'offline' : !navigator.onLine;
  }

  /** Reads anew; a read that is still under way no longer counts. `forget` is for another thing in the same place. */
  async load({ forget = false } = {}): Promise<void> {
    this.#current?.abort();
    const { signal } = (this.#current = new AbortController());
    if (forget) this.value = undefined;
    this.loading = true;
    this.error = undefined;
    this.#host.requestUpdate();
    try {
      const value = await this.#read(signal);
      if (!signal.aborted) this.value = value;
    } catch (error) {
      if (!signal.aborted) this.error = error instanceof ApiError ? error : new ApiError('internal');
    }
    if (signal.aborted) return;
    this.loading = false;
    this.#host.requestUpdate();
  }

  readonly #online = () => {
    if (this.offline) void this.load();
    else this.#host.requestUpdate();
  };
  readonly #offline = () => this.#host.requestUpdate();
}
