/** Charges and payments of a Kickserv job. */
import type { ChargeRecord, PaymentRecord, Removal } from '../records.ts';
import { Unusable, type Reading } from './reading.ts';

/** Deleted at the source. Skipped, and taken away again where an earlier import made it. */
export class Deleted extends Unusable {
  readonly removal: Removal;
  constructor(removal: Removal) {
    super('it is deleted in Kickserv');
    this.removal = removal;
  }
}

/** @throws {Unusable} */
export function chargeOf(reading: Reading): ChargeRecord {
  const [id, jobId] = [reading.id(), reading.id('job_id')];
  if (reading.text('deleted_at')) throw new Deleted({ kind: 'charge', id, jobId, removed: true });
  const description = reading.line(500, 'description');
  const details = reading.prose(2000, 'details');
  const quantity = reading.thousandths('quantity') ?? 1000;
  const total = reading.money('total');
  if (total === null) throw new Unusable('it has no total');
  const discount = reading.money('discount') ?? 0;
  if (discount < 0) reading.mended('its discount is negative; its total stands as it is', reading.text('discount') ?? '');
  const order = reading.text('sort_order');
  const standIn = details?.split('\n')[0]?.slice(0, 500) || 'Charge';
  if (!description) reading.mended('it has no description; its details stand in its place', standIn);
  return {
    kind: 'charge',
    id,
    jobId,
    order: order && /^\d{1,5}$/.test(order) ? Number(order) : null,
    description: description ?? standIn,
    details,
    quantity,
    unitPrice: reading.money('price_per_unit', 'unit_price') ?? total,
    discount: Math.max(discount, 0),
    total,
    createdAt: reading.moment('created_on', 'created_at')?.instant ?? null,
  };
}

const methods: Record<string, PaymentRecord['method']> = {
  cash: 'cash', check: 'check', cheque: 'check', 'credit card': 'card', 'debit card': 'card', 'credit card (online)': 'cardOnline',
  ach: 'bank', 'bank transfer': 'bank', eft: 'bank',
};

/** @throws {Unusable} */
export function paymentOf(reading: Reading): PaymentRecord {
  const [id, jobId] = [reading.id(), reading.id('job_id')];
  if (reading.text('deleted_at')) throw new Deleted({ kind: 'payment', id, jobId, removed: true });
  const status = reading.text('status');
  if (status && !/(^|_)completed?$/i.test(status)) throw new Unusable('its money did not arrive', status.slice(0, 80));
  const amount = reading.money('amount');
  if (amount === null) throw new Unusable('it has no amount');
  if (amount === 0) throw new Unusable('its amount is zero');
  if (amount < 0) reading.noted('it is negative; kept as money given back', reading.text('amount') ?? '');
  const received = reading.moment('date', 'created_at');
  if (!received) throw new Unusable('it has no date');
  return {
    kind: 'payment',
    id,
    jobId,
    receivedOn: received.day,
    method: methods[reading.text('payment_type')?.toLowerCase() ?? ''] ?? 'other',
    amount,
    reference: referenceOf(reading),
    createdAt: reading.moment('created_at')?.instant ?? null,
  };
}

/** Check number and Stripe's id; the note only where there is neither, since it mostly repeats them. */
function referenceOf(reading: Reading): string | null {
  const ids = [reading.text('ref_number'), reading.text('stripe_payment_id')].filter(Boolean).join(' · ');
  // Kickserv writes line breaks of notes as backslash and n.
  const note = reading.text('notes')?.replace(/\\n/g, ' ') ?? null;
  return reading.fitLine(ids || note, 100);
}
