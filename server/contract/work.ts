/** Work history as the customer reads it. */
import { z } from 'zod';
import { documentRow } from './documents.ts';
import { day, instant, list, money, paging, ref, text } from './wire.ts';

export const jobStatus = z.enum(['new', 'scheduled', 'complete', 'canceled', 'lost']);
export type JobStatus = z.infer<typeof jobStatus>;

export const addressView = z.object({
  id: z.string(),
  name: z.string().nullable(),
  line1: z.string(),
  line2: z.string().nullable(),
  city: z.string(),
  region: z.string(),
  postalCode: z.string(),
  country: z.string(),
});
export type AddressView = z.infer<typeof addressView>;
export const addressViews = list(addressView.extend({ customerId: z.string() }));

/** Either a moment with an arrival window, or only a day. */
export const visitView = z.object({
  id: z.string(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  /** The technician arrives between `startsAt` and this many minutes later; null means at `startsAt`. */
  arrivalWindowMinutes: z.int().nullable(),
  date: day.nullable(),
  technician: z.string().nullable(),
});
export type VisitView = z.infer<typeof visitView>;

/** A row of the history. */
export const jobRow = z.object({
  id: z.string(),
  number: z.string(),
  service: z.string(),
  status: jobStatus,
  customerId: z.string(),
  customerName: z.string(),
  address: z.string().nullable(),
  /** The visit that matters: the next one, else the last one. */
  visit: visitView.nullable(),
  /** When the job happened or was made, for its place in the past. */
  occurredAt: instant,
  technician: z.string().nullable(),
  total: money.nullable(),
  balance: money.nullable(),
  /** What is to be paid now, of the invoices that were sent; null where there are none, and `balance` is all there is to say. */
  due: money.nullable(),
  /** What the job waits for: the person's decision on an estimate, or a payment. */
  waitsFor: z.enum(['estimate', 'payment']).nullable(),
  /** The estimate or invoice to open for that; null where there is none, such as after an import. */
  waitsDocument: z.object({ kind: documentRow.shape.kind, id: z.string(), amount: money }).nullable(),
});
export type JobRow = z.infer<typeof jobRow>;
export const jobRows = list(jobRow);

export const jobsQuery = paging.extend({
  when: z.enum(['waiting', 'upcoming', 'past']),
  q: text(100).optional(),
  addressId: ref.optional(),
});

/** `GET …/customers/{customer}/history`: the first screen in one request. */
export const history = z.object({ waiting: jobRows, upcoming: jobRows, past: jobRows, addresses: addressViews.shape.items });
export type History = z.infer<typeof history>;

export const chargeView = z.object({
  id: z.string(),
  description: z.string(),
  details: z.string().nullable(),
  quantity: z.string(),
  unit: z.string().nullable(),
  unitPrice: money,
  discount: money,
  total: money,
});
export type ChargeView = z.infer<typeof chargeView>;

export const paymentMethod = z.enum(['cash', 'check', 'card', 'cardOnline', 'bank', 'other']);
export const paymentView = z.object({ id: z.string(), receivedOn: day, method: paymentMethod, amount: money, reference: z.string().nullable() });
export type PaymentView = z.infer<typeof paymentView>;

export const noteView = z.object({ id: z.string(), author: z.string().nullable(), body: z.string(), createdAt: instant });
export type NoteView = z.infer<typeof noteView>;

/** One job, everything its tabs show. Only shared notes are among the notes. */
export const jobView = z.object({
  id: z.string(),
  number: z.string(),
  service: z.string(),
  scope: z.string().nullable(),
  status: jobStatus,
  customer: z.object({ id: z.string(), name: z.string() }),
  address: addressView.nullable(),
  contact: z.object({ name: z.string(), email: z.string().nullable(), mobile: z.string().nullable() }).nullable(),
  technician: z.string().nullable(),
  visits: z.array(visitView),
  /** `summary` hides the single lines: `charges` is then empty. */
  presentation: z.enum(['summary', 'detailed']),
  charges: z.array(chargeView),
  payments: z.array(paymentView),
  subtotal: money,
  tax: money,
  total: money,
  paid: money,
  balance: money,
  /** What is to be paid now, of the invoices that were sent; null where there are none. */
  due: money.nullable(),
  waitsFor: z.enum(['estimate', 'payment']).nullable(),
  notes: z.array(noteView),
  /** What was sent, newest first. */
  documents: z.array(documentRow),
  createdAt: instant,
  completedAt: instant.nullable(),
});
export type JobView = z.infer<typeof jobView>;
