/** Work history and single jobs. `customer` is an id of the session's customers, or `all`. */
import type { History, JobRow, JobView } from '../../server/contract/work.ts';
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

export function readJob(client: Client, customer: string, job: string, signal?: AbortSignal): Promise<JobView> {
  return client.get(`/customers/${encodeURIComponent(customer)}/jobs/${encodeURIComponent(job)}`, { signal });
}

/** The one job that a document link opens; the contact's e-mail and phone are masked in it. */
export async function readJobSheet(client: Client, document: string, signal?: AbortSignal): Promise<JobView> {
  const sheet = await client.get<{ kind: 'job'; job: JobView }>(`/documents/${encodeURIComponent(document)}`, { signal });
  return sheet.job;
}
