import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ApiError } from '../../data/errors.ts';
import { readPages, readSightings, type Page, type Sighting } from '../../data/office-settings.ts';
import type { OfficeClient } from '../../data/office.ts';

/** Somebody who has just pasted the two lines looks here for whether it worked. */
const everyMs = 5000;

/** The listed pages and the websites seen besides, read anew every few seconds while they show. */
export class WebsiteWatch implements ReactiveController {
  pages: Page[] | undefined;
  sightings: Sighting[] = [];
  error: ApiError | undefined;
  readonly #host: ReactiveControllerHost & { office: OfficeClient };
  #timer: ReturnType<typeof setInterval> | undefined;
  #current: AbortController | undefined;

  constructor(host: ReactiveControllerHost & { office: OfficeClient }) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(this.#look, everyMs);
    window.addEventListener('focus', this.#look);
    window.addEventListener('online', this.#look);
    void this.load();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    window.removeEventListener('focus', this.#look);
    window.removeEventListener('online', this.#look);
    this.#current?.abort();
  }

  /** Reads both now. What was read stays when that fails. */
  async load(): Promise<void> {
    this.#current?.abort();
    const { signal } = (this.#current = new AbortController());
    const { office } = this.#host;
    try {
      const [pages, sightings] = await Promise.all([readPages(office, signal), readSightings(office, signal)]);
      if (signal.aborted) return;
      this.pages = pages;
      this.sightings = sightings;
      this.error = undefined;
    } catch (error) {
      if (signal.aborted) return;
      this.error = error instanceof ApiError ? error : new ApiError('internal');
    }
    this.#host.requestUpdate();
  }

  readonly #look = (): void => {
    if (document.visibilityState === 'visible') void this.load();
  };
}

/** The same website with or without `www.`: for a browser these are two. Undefined where there is hardly such a one. */
export function twinOf(address: string): string | undefined {
  const { protocol, hostname, port } = new URL(address);
  const labels = hostname.split('.');
  if (/^[\d.]+$|^\[/.test(hostname) || labels.length < 2 || hostname.endsWith('.localhost')) return undefined;
  const isBare = labels.length === 2 || (labels.length === 3 && labels[1]!.length <= 3);
  const twin = labels[0] === 'www' ? labels.slice(1).join('.') : isBare ? `www.${hostname}` : undefined;
  return twin && `${protocol}//${twin}${port && `:${port}`}`;
}
