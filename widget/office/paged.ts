import type { LitElement, ReactiveController, ReactiveControllerHost } from 'lit';
import { ApiError } from '../data/errors.ts';
import type { Page } from '../data/office-lists.ts';

/** A list that comes page by page. What was read stays while it is read anew, and when that fails. */
export class Paged<Row> implements ReactiveController {
  items: Row[] | undefined;
  error: ApiError | undefined;
  loading = false;
  readonly #host: ReactiveControllerHost;
  readonly #read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>;
  #next: string | null = null;
  #current: AbortController | undefined;

  constructor(host: ReactiveControllerHost, read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#online);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#online);
    this.#current?.abort();
  }

  /** Whether there is more than what was read. */
  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** Reads the first page anew. `forget`: for another list in the same place. */
  async load({ forget = false } = {}): Promise<void> {
    if (forget) this.items = undefined;
    await this.#turn(undefined);
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    if (this.#next !== null && !this.loading) await this.#turn(this.#next);
  }

  /** Reads the next page, and takes the focus to the first row that is new; `rows` is what the host's rows match. */
  async reveal(host: LitElement, rows: string): Promise<void> {
    const before = this.items?.length ?? 0;
    await this.more();
    await host.updateComplete;
    host.renderRoot.querySelectorAll<HTMLElement>(rows)[before]?.focus();
  }

  async #turn(cursor: string | undefined): Promise<void> {
    this.#current?.abort();
    const { signal } = (this.#current = new AbortController());
    this.loading = true;
    this.error = undefined;
    this.#host.requestUpdate();
    try {
      const page = await this.#read(cursor, signal);
      if (signal.aborted) return;
      this.items = cursor === undefined ? page.items : [...(this.items ?? []), ...page.items];
      this.#next = page.nextCursor;
    } catch (error) {
      if (signal.aborted) return;
      this.error = error instanceof ApiError ? error : new ApiError('internal');
    }
    this.loading = false;
    this.#host.requestUpdate();
  }

  readonly #online = (): void => {
    if (this.error?.code === 'offline') void this.load();
  };
}
