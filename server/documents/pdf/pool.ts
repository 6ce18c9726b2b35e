/**
 * A few worker threads that take tasks one at a time. They are started when first needed, do not keep the process alive while
 * they wait, and are replaced when one dies or takes too long.
 */
import type { Worker } from 'node:worker_threads';

/** What a worker answers to a message. */
export type Answer<R> = { result: R } | { error: string };

export interface PoolOptions {
  start: () => Worker;
  /** Workers at the same time. */
  most: number;
  /** Tasks that may wait for one. */
  mostWaiting: number;
  timeoutMs: number;
}

/** More tasks wait than may; later there will be room again. */
export class PoolFull extends Error {}

interface Job<T, R> {
  task: T;
  resolve: (result: R) => void;
  reject: (error: Error) => void;
}
interface Hand<T, R> {
  worker: Worker;
  job?: Job<T, R> | undefined;
  timer?: NodeJS.Timeout | undefined;
}

export class Pool<T, R> {
  readonly #options: PoolOptions;
  readonly #hands = new Set<Hand<T, R>>();
  readonly #waiting: Job<T, R>[] = [];

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** @throws {PoolFull} when too many wait already. */
  run(task: T): Promise<R> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#options.mostWaiting) throw new PoolFull(`${this.#waiting.length} tasks wait already`);
      this.#waiting.push({ task, resolve, reject });
      this.#next();
    });
  }

  /** Ends every worker; what runs or waits is rejected. The next task starts anew. */
  async end(): Promise<void> {
    const hands = [...this.#hands];
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the workers were ended'));
    for (const hand of hands) this.#lose(hand, new Error('the workers were ended'));
    await Promise.all(hands.map(({ worker }) => worker.terminate()));
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    const hand = [...this.#hands].find(({ job }) => !job) ?? (this.#hands.size < this.#options.most ? this.#hire() : undefined);
    if (!hand) return;
    const job = this.#waiting.shift()!;
    hand.job = job;
    hand.worker.ref();
    hand.timer = setTimeout(() => {
      this.#lose(hand, new Error(`took longer than ${this.#options.timeoutMs} ms`));
      void hand.worker.terminate();
    }, this.#options.timeoutMs);
    try {
      hand.worker.postMessage(job.task);
    } catch (error) {
      // What cannot be cloned; the worker has seen nothing of it.
      this.#free(hand);
      job.reject(error as Error);
      this.#next();
    }
  }

  #hire(): Hand<T, R> {
    const hand: Hand<T, R> = { worker: this.#options.start() };
    hand.worker.unref();
    hand.worker.on('message', (answer: Answer<R>) => {
      const { job } = hand;
      this.#free(hand);
      if (job && 'error' in answer) job.reject(new Error(answer.error));
      else if (job) job.resolve((answer as { result: R }).result);
      this.#next();
    });
    hand.worker.on('error', (error) => this.#lose(hand, error));
    hand.worker.on('exit', (code) => this.#lose(hand, new Error(`the worker ended with code ${code}`)));
    this.#hands.add(hand);
    return hand;
  }

  #free(hand: Hand<T, R>): void {
    clearTimeout(hand.timer);
    hand.job = undefined;
    hand.worker.unref();
  }

  /** A worker that will not answer any more; another one takes its place with the next task. */
  #lose(hand: Hand<T, R>, error: unknown): void {
    if (!this.#hands.delete(hand)) return;
    const { job } = hand;
    this.#free(hand);
    job?.reject(error instanceof Error ? error : new Error(String(error)));
    this.#next();
  }
}
