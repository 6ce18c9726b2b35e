/** Live news of the office: what others have changed meanwhile, so that whoever shows it reads it again. */
import type { OfficeEvent } from '../../server/contract/inbox.ts';
import type { OfficeClient } from './office.ts';

/** The server says that it is alive every 20 seconds; a connection that is silent for longer than this is dead. */
const silenceMs = 50_000;
/** Waits before connecting again, longer each time. */
const waitsMs = [500, 2000, 5000, 15_000, 30_000];

/** `again`: news may have been missed, so everything is read anew. */
export type News = OfficeEvent | { what: 'again'; id: null };
type Listener = (news: News) => void;

/** Listens as long as somebody wants to hear. All screens share one stream. */
export class Live {
  #listeners = new Set<Listener>();
  #stop: AbortController | undefined;

  constructor(private client: OfficeClient) {}

  /** Calls `listener` for every piece of news, until the returned function is called. */
  hear(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (!this.#stop) void this.#listen((this.#stop = new AbortController()).signal);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.abort();
      this.#stop = undefined;
    };
  }

  async #listen(signal: AbortSignal): Promise<void> {
    let failures = 0;
    for (let upToDate = true; !signal.aborted; upToDate = false) {
      const silence = new AbortController();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const heard = () => {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), silenceMs);
      };
      try {
        heard();
        for await (const event of this.client.lines<OfficeEvent>('/v1/office/events', AbortSignal.any([signal, silence.signal]))) {
          heard();
          failures = 0;
          if (event.what !== 'alive') this.#tell(event);
          else if (!upToDate) this.#tell({ what: 'again', id: null });
          upToDate = true;
        }
      } catch {
        failures += 1;
      } finally {
        clearTimeout(timer);
      }
      if (!signal.aborted && this.client.state.phase !== 'signedIn') return void (this.#stop = undefined);
      await pause(waitsMs[Math.min(failures, waitsMs.length - 1)]!, signal);
    }
  }

  #tell(news: News): void {
    for (const listener of [...this.#listeners]) listener(news);
  }
}

/** Until then, or until the connection is back. */
const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
