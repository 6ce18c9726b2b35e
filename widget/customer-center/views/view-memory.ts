import type { SessionView } from '../../../server/contract/access.ts';

/** Whose records a view showed, and when they were read. */
interface Memory {
  customer: string;
  readAt: number;
}

/** After this the rows are read anew; a person who reads one document for so long does not expect the old place any more. */
const freshFor = 10 * 60_000;

/**
 * A list as a person left it, so that Back leads to the same row of the same pages. By session: the elements of a page
 * share it, and whoever signs in next has another one and finds nothing of it.
 */
export class ViewMemory<T extends Memory> {
  readonly #left = new WeakMap<SessionView, T>();

  leave(session: SessionView, memory: T): void {
    this.#left.set(session, memory);
  }

  /** What was left here, once; unless something was paid since then: `paidAt`, in milliseconds as text. */
  take(session: SessionView | undefined, customer: string, paidAt: string | undefined): T | undefined {
    const memory = session && this.#left.get(session);
    if (!memory) return undefined;
    this.#left.delete(session);
    return memory.customer === customer && Date.now() - memory.readAt < freshFor && memory.readAt >= Number(paidAt ?? 0) ? memory : undefined;
  }
}
