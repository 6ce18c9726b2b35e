/** What happened before somebody looks: told in any order, lived through in the order of time, by the same functions as everything later. */
import { mock } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import type { Scope } from '../database/scope.ts';

interface Entry {
  /** Milliseconds since the epoch. */
  at: number;
  work(scope: Scope): Promise<unknown>;
}

const MINUTE = 60_000;

export class Diary {
  readonly #entries: Entry[] = [];
  /** How much was told of each day. */
  readonly #told = new Map<number, number>();
  readonly #today: Temporal.PlainDate;
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
    this.#today = Temporal.Now.plainDateISO(timeZone);
  }

  /** Something of a day counted from today. What is told of one day follows each other; what is told of today was just now. */
  on(day: number, work: Entry['work']): void {
    const told = this.#told.get(day) ?? 0;
    this.#told.set(day, told + 1);
    const start = this.#today.add({ days: day }).toZonedDateTime({ timeZone: this.#timeZone, plainTime: day < 0 ? '09:00' : '00:00' }).epochMilliseconds;
    this.#entries.push({ at: day < 0 ? start + told * 3 * MINUTE : Math.max(start, Date.now() - 30 * MINUTE) + told, work });
  }

  /** The date of a day counted from today. */
  date(day: number): string {
    return this.#today.add({ days: day }).toString();
  }

  /**
   * Lives through all of it, in the transaction of `trx`. Whoever asks for the time meanwhile gets that of the event, so nothing
   * else may be going on: frozen versions, numbers, hashes and evidence are then what they would have been.
   */
  async live(trx: Scope): Promise<void> {
    mock.timers.enable({ apis: ['Date'] });
    try {
      for (const { at, work } of this.#entries.toSorted((a, b) => a.at - b.at)) {
        mock.timers.setTime(at);
        await work(trx);
      }
    } finally {
      mock.timers.reset();
    }
  }
}
