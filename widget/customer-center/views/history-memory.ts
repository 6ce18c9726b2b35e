import type { SessionView } from '../../../server/contract/access.ts';
import type { History } from '../../../server/contract/work.ts';
import type { ListMemory } from './job-list.ts';

/** The work history as a person left it, so that Back from a job leads to the same row of the same pages. */
interface HistoryMemory {
  customer: string;
  history: History;
  waiting: ListMemory;
  upcoming: ListMemory;
  past: ListMemory;
  /** The row that was pressed. */
  row: string | undefined;
  readAt: number;
}

/** After this the rows are read anew; a person who reads one job for so long does not expect the old place any more. */
const freshFor = 10 * 60_000;

/** By session: the elements of a page share it, and whoever signs in next has another one and finds nothing of it. */
const memories = new WeakMap<SessionView, HistoryMemory>();

export function remember(session: SessionView, memory: HistoryMemory): void {
  memories.set(session, memory);
}

/** What was left here, once. */
export function recall(session: SessionView | undefined, customer: string): HistoryMemory | undefined {
  const memory = session && memories.get(session);
  if (!memory) return undefined;
  memories.delete(session);
  return memory.customer === customer && Date.now() - memory.readAt < freshFor ? memory : undefined;
}
