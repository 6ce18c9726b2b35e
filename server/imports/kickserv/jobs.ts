/** A Kickserv job: the job, when it is visited, and what it says about its estimate and invoice. */
import type { JobStatus } from '../../contract/work.ts';
import { daysAfter } from '../../platform/calendar.ts';
import { noonOf, type Moment } from '../moments.ts';
import type { JobRecord } from '../records.ts';
import { Unusable, type Reading } from './reading.ts';

/** Fields that have their own place; all others are kept word for word for the documents. */
const placed = new Set(['id', 'customer_id', 'name', 'description', 'updated_at', 'deleted_at']);

const LONGEST_TERMS = 20_000;

const statuses: Record<string, JobStatus> = {
  new: 'new', scheduled: 'scheduled', complete: 'complete', completed: 'complete', canceled: 'canceled', cancelled: 'canceled', lost: 'lost',
};

/** @throws {Unusable} */
export function jobOf(reading: Reading): JobRecord {
  const id = reading.id();
  if (reading.text('deleted_at')) throw new Unusable('it is deleted in Kickserv');
  const service = reading.line(200, 'name');
  if (!service) reading.mended('it has no service; “Service” stands in its place');
  const status = statusOf(reading);
  return {
    kind: 'job',
    id,
    customerId: reading.id('customer_id'),
    number: reading.line(30, 'job_number'),
    service: service ?? 'Service',
    scope: reading.prose(10_000, 'description'),
    status,
    poNumber: reading.line(50, 'po_number'),
    presentation: reading.flag('detailed_invoice', true) ? 'detailed' : 'summary',
    ...amountsOf(reading),
    createdAt: reading.moment('created_at')?.instant ?? null,
    completedAt: reading.moment('completed_on', 'completed_at')?.instant ?? null,
    estimateSentOn: reading.moment('estimate_sent_on')?.day ?? null,
    estimateAnsweredOn: answerOf(reading)?.moment.day ?? null,
    invoicedOn: reading.moment('invoice_date')?.day ?? null,
    estimate: estimateOf(reading),
    invoice: invoiceOf(reading, status),
    visit: visitOf(reading),
    document: Object.fromEntries(Object.entries(reading.fields).filter(([name]) => !placed.has(name))),
  };
}

function statusOf(reading: Reading): JobStatus {
  const written = reading.text('status');
  const status = written && statuses[written.toLowerCase()];
  if (status) return status;
  const guess: JobStatus = reading.text('completed_on')
    ? 'complete'
    : reading.text('canceled_on')
      ? 'canceled'
      : reading.text('lost_date')
        ? 'lost'
        : reading.text('scheduled_on')
          ? 'scheduled'
          : 'new';
  reading.mended(`its status is not known; taken as ${guess} from its dates`, written ?? 'none');
  return guess;
}

/** The tax is the source's own fixed amount: a rate would round differently and change what somebody owes. */
function amountsOf(reading: Reading): Pick<JobRecord, 'subtotal' | 'tax' | 'total' | 'balance'> {
  const [subtotal, total, balance] = [reading.money('subtotal'), reading.money('total'), reading.money('balance_remaining')];
  const given = reading.money('tax');
  const tax = given ?? (subtotal !== null && total !== null ? total - subtotal : 0);
  if (subtotal !== null && total !== null && subtotal + tax !== total)
    reading.noted('its subtotal and tax are not its total', `${reading.text('subtotal')} + ${reading.text('tax')} ≠ ${reading.text('total')}`);
  return { subtotal, tax, total, balance };
}

function answerOf(reading: Reading): { answer: 'won' | 'lost'; moment: Moment } | null {
  const [won, lost] = [reading.moment('won_date'), reading.moment('lost_date')];
  return won ? { answer: 'won', moment: won } : lost ? { answer: 'lost', moment: lost } : null;
}

/** A job can be won or lost without an estimate; what was never sent is nothing for its customer to see. */
function estimateOf(reading: Reading): JobRecord['estimate'] {
  const sent = reading.moment('estimate_sent_on', 'estimate_viewed_on');
  if (!sent) return null;
  const answer = answerOf(reading);
  return {
    issuedOn: sent.day,
    issuedAt: instantOf(reading, sent),
    answer: answer?.answer ?? null,
    answeredAt: answer && instantOf(reading, answer.moment),
    terms: termsOf(reading, 'estimate_terms', 'estimate_notes'),
  };
}

/** Jobs that are still to be done may say “unpaid” though nobody has made an invoice. */
function invoiceOf(reading: Reading, status: JobStatus): JobRecord['invoice'] {
  const [state, isComplete] = [reading.text('invoice_status')?.toLowerCase(), status === 'complete'];
  const invoiced = reading.moment('invoice_date', 'invoice_sent_date');
  const made = invoiced !== null || state === 'paid' || (state !== undefined && isComplete);
  if (!made && !isComplete) return null;
  const issued = invoiced ?? reading.moment('completed_on', 'completed_at', 'invoice_paid_on', 'scheduled_on', 'scheduled_at', 'created_at');
  return {
    made,
    issuedOn: issued?.day ?? null,
    issuedAt: issued && instantOf(reading, issued),
    dueOn: issued && dueOf(reading, issued.day),
    terms: termsOf(reading, 'invoice_terms', 'invoice_notes'),
  };
}

/** Kickserv prints both beneath the lines. */
const termsOf = (reading: Reading, ...names: string[]): string | null =>
  reading.fitProse(names.flatMap((name) => reading.text(name) ?? []).join('\n\n') || null, LONGEST_TERMS);

const instantOf = ({ account }: Reading, { dayOnly, day, instant }: Moment): string => (dayOnly ? noonOf(day, account.timeZone) : instant);

/** Kickserv writes it into the terms: “Net 30”, “Due upon receipt”. Null where they say something else. */
function dueOf(reading: Reading, issuedOn: string): string | null {
  const terms = reading.text('invoice_terms') ?? '';
  const days = /\bnet[ -]?(\d{1,3})\b/i.exec(terms)?.[1] ?? (/\bdue (up)?on receipt\b/i.test(terms) ? '0' : undefined);
  return days === undefined ? null : daysAfter(issuedOn, Number(days));
}

function visitOf(reading: Reading): JobRecord['visit'] {
  const start = reading.moment('scheduled_on', 'scheduled_at');
  if (!start) return null;
  const end = reading.moment('ends_at');
  if (start.dayOnly && (!end || end.dayOnly)) return { date: start.day };
  if (end && end.instant < start.instant) {
    reading.mended('its visit ends before it starts; kept without an end', `${start.instant} – ${end.instant}`);
    return { startsAt: start.instant, endsAt: null };
  }
  return { startsAt: start.instant, endsAt: end?.instant ?? null };
}
