import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ApiError } from '../../data/errors.ts';

/** What a list can be narrowed to. */
interface Filter {
  q: string;
  addressId: string;
}

interface Page<Row> {
  items: Row[];
  nextCursor: string | null;
}

/** What is asked of the server besides what makes the list. */
interface Wanted {
  q: string | undefined;
  addressId: string | undefined;
  cursor: string | undefined;
}

/** What a list needs to stand there again as it was. */
export interface ListMemory<Row> {
  first: Page<Row>;
  shown: Page<Row>;
  filter: Filter;
}

const everything: Filter = { q: '', addressId: '' };
const none: Page<never> = { items: [], nextCursor: null };

/** One list of rows: its first page comes with the screen, further pages and filtered ones from their own requests. */
export class RowList<Row extends { id: string }> implements ReactiveController {
  items: readonly Row[] = [];
  nextCursor: string | null = null;
  filter: Filter = everything;
  /** What is under way: other rows, or more of them. */
  busy: 'filter' | 'more' | undefined;
  /** Why it could not be done; `busy` says nothing any more then. */
  error: ApiError | undefined;
  failedAt: 'filter' | 'more' | undefined;
  /** Which one of a view it is. */
  readonly name: string;

  readonly #host: ReactiveControllerHost;
  readonly #read: (wanted: Wanted, signal: AbortSignal) => Promise<Page<Row>>;
  #first: Page<Row> = none;
  #current: AbortController | undefined;

  constructor(
    host: ReactiveControllerHost,
    name: string,
    read: (wanted: Wanted, signal: AbortSignal) => Promise<Page<Row>>,
  ) {
    this.#host = host;
    this.name = name;
    this.#read = read;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#resume);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#resume);
    this.#stop();
  }

  /** Back on the network: what was asked for meanwhile is asked for again; more rows wait for another press. */
  #resume = (): void => {
    if (!this.error) return;
    if (this.failedAt === 'filter') void this.narrow({});
    else {
      this.error = undefined;
      this.#host.requestUpdate();
    }
  };

  get filtered(): boolean {
    return this.filter.q !== '' || this.filter.addressId !== '';
  }

  /** Whether there is nothing at all, whatever the filter. */
  get bare(): boolean {
    return this.#first.items.length === 0;
  }

  /** Shows a first page, unfiltered. */
  start(page: Page<Row>): void {
    this.#stop();
    this.#first = page;
    this.filter = everything;
    this.#show(page);
  }

  /** Narrows the list; what it showed stays until the answer is here. True when the list now shows what was asked for. */
  async narrow(filter: Partial<Filter>): Promise<boolean> {
    this.filter = { ...this.filter, ...filter };
    if (!this.filtered) {
      this.#stop();
      this.#show(this.#first);
      return true;
    }
    const page = await this.#ask('filter');
    if (page) this.#show(page);
    return page !== undefined;
  }

  /** Adds the next page. Gives the first new row, for the focus, and how many there are. */
  async more(): Promise<{ first: Row | undefined; count: number } | undefined> {
    if (this.busy || !this.nextCursor) return undefined;
    const page = await this.#ask('more', this.nextCursor);
    if (!page) return undefined;
    const known = new Set(this.items.map(({ id }) => id));
    const added = page.items.filter(({ id }) => !known.has(id));
    this.#show({ items: [...this.items, ...added], nextCursor: page.nextCursor });
    return { first: added[0], count: added.length };
  }

  remember(): ListMemory<Row> {
    return { first: this.#first, shown: { items: [...this.items], nextCursor: this.nextCursor }, filter: this.filter };
  }

  restore({ first, shown, filter }: ListMemory<Row>): void {
    this.#first = first;
    this.filter = filter;
    this.#show(shown);
  }

  #show({ items, nextCursor }: Page<Row>): void {
    this.items = items;
    this.nextCursor = nextCursor;
    this.#host.requestUpdate();
  }

  #stop(): void {
    this.#current?.abort();
    this.busy = undefined;
    this.error = undefined;
  }

  async #ask(what: 'filter' | 'more', cursor?: string): Promise<Page<Row> | undefined> {
    this.#stop();
    const { signal } = (this.#current = new AbortController());
    const { q, addressId } = this.filter;
    this.busy = what;
    this.#host.requestUpdate();
    try {
      const page = await this.#read({ q: q || undefined, addressId: addressId || undefined, cursor }, signal);
      return signal.aborted ? undefined : page;
    } catch (error) {
      if (!signal.aborted) {
        this.error = error instanceof ApiError ? error : new ApiError('internal');
        this.failedAt = what;
      }
      return undefined;
    } finally {
      if (!signal.aborted) {
        this.busy = undefined;
        this.#host.requestUpdate();
      }
    }
  }
}
