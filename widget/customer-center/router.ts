import { draftPrefix } from '../names.ts';

/** Where in the center the person is. Views get it by `routerContext`; the shell owns it. */
export interface Router {
  /** `/`, `/jobs/job_01…?tab=notes`. */
  readonly path: string;
  /** Shows another view; what is no path changes nothing. `replace` keeps Back where it was (a tab within a view). */
  go(path: string, options?: { replace?: boolean }): void;
  /** Back to the view before, or to `fallback` when there was none. */
  back(fallback?: string): void;
  /** Keeps unsent text under a name, so that a reload or a discarded tab loses nothing; undefined forgets it. */
  saveDraft(name: string, value: string | undefined): void;
  restoreDraft(name: string): string | undefined;
}

/**
 * How views relate to the page's history. `history`: each view is an entry, the address stays the page's own. `query`: each
 * view has an address, `?cc=/jobs/…`. `none`: the page's history is left alone.
 */
export type Routing = 'history' | 'query' | 'none';

/** How a view came to show: by a step of the person, in place of the one before, or by the browser's Back and Forward. */
export type Move = 'go' | 'replace' | 'pop';

/** What an entry of the page's history knows about one element. */
interface Place {
  path: string;
  /** How many of our own entries lie before this one, so that Back never leaves the page by accident. */
  depth: number;
}
type Places = Record<string, Place>;

const isPath = (value: unknown): value is string => typeof value === 'string' && /^\/(?!\/)/.test(value);

/** Names of the routers at work: a second element for the same account has a history of its own. */
const names = new Set<string>();

/** The router of one element. Its names in the page's storage and history begin with `scope`. */
export class PageRouter implements Router {
  #name: string;
  #place: Place;
  #memory: string[] = [];

  constructor(
    scope: string,
    private routing: Routing,
    private changed: (how: Move) => void,
  ) {
    this.#name = scope;
    for (let n = 2; names.has(this.#name); n++) this.#name = `${scope} ${n}`;
    this.#place = this.#restore();
  }

  get path(): string {
    return this.#place.path;
  }

  connect(): void {
    names.add(this.#name);
    if (this.routing !== 'none') addEventListener('popstate', this.#onPop);
  }

  disconnect(): void {
    names.delete(this.#name);
    removeEventListener('popstate', this.#onPop);
  }

  go(path: string, { replace = false } = {}): void {
    const before = this.#place;
    if (path === before.path || !isPath(path)) return;
    this.#place = { path, depth: before.depth + (replace ? 0 : 1) };
    if (this.#ownsEntries()) {
      // The entry we leave must know where it stood, also when it was the page's own.
      if (!replace) this.#write(before, true);
      this.#write(this.#place, replace);
    } else if (!replace) this.#memory.push(before.path);
    this.#remember();
    this.changed(replace ? 'replace' : 'go');
  }

  back(fallback = '/'): void {
    if (this.#ownsEntries() && this.#place.depth > 0) history.back();
    else if (this.#memory.length > 0) {
      this.#place = { path: this.#memory.pop()!, depth: 0 };
      this.#remember();
      this.changed('pop');
    } else this.go(fallback, { replace: true });
  }

  saveDraft(name: string, value: string | undefined): void {
    this.#save(`draft ${name}`, value);
  }

  restoreDraft(name: string): string | undefined {
    return this.#load(`draft ${name}`);
  }

  #onPop = ({ state }: PopStateEvent): void => {
    const place = this.routing === 'query' ? { path: pathInAddress() ?? '/', depth: placesIn(state)[this.#name]?.depth ?? 0 } : placesIn(state)[this.#name];
    // An entry that says nothing is the page's own (a jump to `#contact`): the person stays where they were.
    if (!place) return this.#write(this.#place, true);
    if (place.path === this.#place.path) return;
    this.#place = place;
    this.#remember();
    this.changed('pop');
  };

  /** A page that keeps something else than an object in its entries is left alone. */
  #ownsEntries(): boolean {
    return this.routing !== 'none' && typeof history.state === 'object';
  }

  /** Adds our place to the entry, beside whatever the page keeps there. */
  #write(place: Place, replace: boolean): void {
    if (!this.#ownsEntries()) return;
    const state = { ...history.state, cc: { ...placesIn(history.state), [this.#name]: place } };
    const url = this.routing === 'query' ? addressOf(place.path) : undefined;
    if (replace) history.replaceState(state, '', url);
    else history.pushState(state, '', url);
  }

  #restore(): Place {
    const start = { path: '/', depth: 0 };
    if (this.routing === 'none') return start;
    const known = placesIn(history.state)[this.#name];
    if (this.routing === 'query') return { path: pathInAddress() ?? '/', depth: known?.depth ?? 0 };
    if (known && isPath(known.path)) return known;
    // Some page routers overwrite the entry while they start. A fresh visit begins at the beginning; a reload does not.
    const kept = this.#load('path');
    return isReturn() && isPath(kept) ? { path: kept, depth: 0 } : start;
  }

  #remember(): void {
    if (this.routing === 'history') this.#save('path', this.path);
  }

  #save(name: string, value: string | undefined): void {
    try {
      const key = draftPrefix(this.#name) + name;
      if (value === undefined) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch {
      // Without storage a reload begins anew; nothing else depends on it.
    }
  }

  #load(name: string): string | undefined {
    try {
      return sessionStorage.getItem(draftPrefix(this.#name) + name) ?? undefined;
    } catch {
      return undefined;
    }
  }
}

const placesIn = (state: unknown): Places => ((state as { cc?: Places } | null)?.cc ?? {});

/** Whether the page is shown again: reloaded, reached by Back, or brought back after the browser had discarded the tab. */
function isReturn(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload' || navigation?.type === 'back_forward' || (document as { wasDiscarded?: boolean }).wasDiscarded === true;
}

/** `?cc=/jobs/…`, read and written as text: the rest of the query is the page's, to the letter. */
function pathInAddress(): string | undefined {
  const pair = location.search.slice(1).split('&').find((each) => each.startsWith('cc='));
  try {
    const path = pair && decodeURIComponent(pair.slice(3));
    return isPath(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function addressOf(path: string): string {
  const rest = location.search.slice(1).split('&').filter((each) => each && !each.startsWith('cc='));
  const own = path === '/' ? [] : [`cc=${encodeURIComponent(path).replaceAll('%2F', '/')}`];
  const query = [...rest, ...own].join('&');
  return location.pathname + (query && `?${query}`) + location.hash;
}
