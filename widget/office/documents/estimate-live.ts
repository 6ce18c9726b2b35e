/** What a customer would see of what is typed: asked for once typing pauses, the newest wish wins, and the last good one stays. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EstimateView } from '../../../server/contract/estimates.ts';
import { ApiError } from '../../data/errors.ts';
import type { EstimateChange } from '../../data/office-estimates.ts';

/** Typing pauses this long before the preview follows. */
const pauseMs = 400;

export class LivePreview<View = EstimateView, Change extends object = EstimateChange> implements ReactiveController {
  /** What shows; the last one that could be made. */
  value: View | undefined;
  /** Why it is not that of what is typed now: `incomplete`, or a problem's code. */
  behind: string | undefined;
  loading = false;
  readonly #host: ReactiveControllerHost;
  readonly #read: (change: Change, signal: AbortSignal) => Promise<View>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #current: AbortController | undefined;
  #wish: Change | undefined;
  #asked = '';

  constructor(host: ReactiveControllerHost, read: (change: Change, signal: AbortSignal) => Promise<View>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#online);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#online);
    clearTimeout(this.#timer);
    this.#current?.abort();
  }

  /** For another document. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#current?.abort();
    this.value = this.behind = this.#wish = undefined;
    this.#asked = '';
  }

  /** What is typed has changed; undefined while something in it cannot be understood. `anew`: the same may look different now. */
  follow(change: Change | undefined, { anew = false } = {}): void {
    clearTimeout(this.#timer);
    this.#wish = change;
    if (!change) return this.#become('incomplete');
    if (anew) this.#asked = '';
    if (JSON.stringify(change) === this.#asked) return this.behind === 'incomplete' ? this.#become(undefined) : undefined;
    this.#timer = setTimeout(() => void this.#load(change), this.value ? pauseMs : 0);
  }

  async #load(change: Change): Promise<void> {
    this.#current?.abort();
    const { signal } = (this.#current = new AbortController());
    this.#asked = JSON.stringify(change);
    this.loading = true;
    this.#host.requestUpdate();
    try {
      const value = await this.#read(change, signal);
      if (signal.aborted) return;
      this.value = value;
      this.behind = undefined;
    } catch (error) {
      if (signal.aborted) return;
      this.#asked = '';
      const { code } = error instanceof ApiError ? error : new ApiError('internal');
      this.behind = code === 'invalid_request' ? 'incomplete' : code;
    }
    this.loading = false;
    this.#host.requestUpdate();
  }

  #become(behind: string | undefined): void {
    this.behind = behind;
    this.#host.requestUpdate();
  }

  readonly #online = (): void => {
    if (this.behind === 'offline' && this.#wish) void this.#load(this.#wish);
  };
}
