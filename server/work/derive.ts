/** What a job row keeps beside its parts, computed in one place so that the office, imports and payments agree. */
import { Temporal } from 'temporal-polyfill';
import type { JobsTable, VisitsTable } from '../database/schema.ts';
import { storedInstant } from '../platform/calendar.ts';
import { searchable } from '../platform/text.ts';

/** What the documents of a job say; absent where there are none of a kind, and the job's own days count. */
export interface JobDocuments {
  /** An estimate waits for the customer's decision. */
  undecided?: boolean;
  /** What is still due of its invoices. */
  due?: number;
}

type Job = Pick<
  JobsTable,
  'status' | 'completed_at' | 'created_at' | 'subtotal' | 'tax' | 'paid' | 'estimate_sent_on' | 'estimate_answered_on' | 'invoiced_on'
>;

/** When a visit counts as being, for ordering: its start, else noon of its day in the account's zone. */
export function visitSortAt(visit: Pick<VisitsTable, 'starts_at' | 'date'>, timeZone: string): string {
  if (visit.starts_at) return visit.starts_at;
  if (!visit.date) throw new RangeError('a visit has a start or a date');
  return storedInstant(Temporal.PlainDate.from(visit.date).toZonedDateTime({ timeZone, plainTime: '12:00' }));
}

/** Midnight at the start of today in the account's zone: what lies before it is past. */
export function startOfToday(timeZone: string): string {
  // No day begins within a minute, and zone arithmetic is dear for what every page asks.
  const minute = Math.floor(Date.now() / 60_000);
  const known = starts.get(timeZone);
  if (known?.minute === minute) return known.start;
  const start = storedInstant(Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(timeZone).startOfDay());
  starts.set(timeZone, { minute, start });
  return start;
}
const starts = new Map<string, { minute: number; start: string }>();


/** Where an open job without a visit stands: after everything that has a date. */
export const UNSCHEDULED = '9999-12-31T00:00:00.000Z';

/** The job's place in the history, whether it is open, and what it waits for. */
export function derivedOf(job: Job, lastVisitSortAt: string | null, documents: JobDocuments = {}): Pick<JobsTable, 'occurs_at' | 'open' | 'waits_for'> {
  const open = job.status === 'new' || job.status === 'scheduled';
  const undecided = open && (documents.undecided ?? Boolean(job.estimate_sent_on && !job.estimate_answered_on));
  const due = documents.due ?? (job.invoiced_on ? job.subtotal + job.tax - job.paid : 0);
  return {
    occurs_at: lastVisitSortAt ?? (open ? UNSCHEDULED : (job.completed_at ?? job.created_at)),
    open: open ? 1 : 0,
    waits_for: undecided ? 'estimate' : due > 0 && job.status !== 'canceled' && job.status !== 'lost' ? 'payment' : null,
  };
}

/** What a job is found by. */
export const jobSearchText = (job: Pick<JobsTable, 'number' | 'service' | 'scope' | 'technician' | 'po_number'>): string =>
  searchable(job.number, job.service, job.scope?.slice(0, 500), job.technician, job.po_number);
