/** Work history. `customer` is an id of the session's customers, or `all`. */
import type { History, JobRow } from '../../server/contract/work.ts';
import type { Client } from './client.ts';

/** A page of jobs; hand `nextCursor` back for the next one, null at the end. */
export interface JobPage {
  items: JobRow[];
  nextCursor: string | null;
}

/** Which jobs to list. */
export interface JobsWanted {
  when: 'waiting' | 'upcoming' | 'past';
  q?: string | undefined;
  addressId?: string | undefined;
  cursor?: string | undefined;
}

/** Everything the first screen shows, in one request. */
export function readHistory(client: Client, customer: string, signal?: AbortSignal): Promise<History> {
  return client.get(`/customers/${encodeURIComponent(customer)}/history`, { signal });
}

export function readJobs(client: Client, customer: string, wanted: JobsWanted, signal?: AbortSignal): Promise<JobPage> {
  return client.get(`/customers/${encodeURIComponent(customer)}/jobs`, { query: { ...wanted }, signal });
}
