/** Charges: the lines on a job. */
import { decimalOf, lineTotal, thousandthsOf } from '../contract/totals.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import { referred, type RecordKind } from './kind.ts';
import { refreshOf } from './refresh.ts';

export const charges: RecordKind<'charges'> = {
  name: 'charges',
  prefix: 'charge',
  fieldsOf: (row) => ({
    jobId: row.job_id, position: row.position, description: row.description, details: row.details, quantity: decimalOf(row.quantity), unit: row.unit,
    unitPrice: row.unit_price, discount: row.discount, taxes: JSON.parse(row.taxes) as [], total: row.total,
  }),
  /** A total stands until something it is made of changes. */
  merge: (before, change) => ({
    ...before,
    ...change,
    total: change.total ?? (['quantity', 'unitPrice', 'discount'].some((field) => field in change) ? undefined : before.total),
  }),
  more: (row) => ({ invoiced: row.invoiced }),
  async columnsOf(scope, fields, before) {
    await referred(scope, 'jobs', fields.jobId, '/jobId');
    const total = fields.total ?? chargeTotal(fields.quantity, fields.unitPrice, fields.discount);
    if (before && before.invoiced !== 0 && (before.job_id !== fields.jobId || Math.abs(total) < Math.abs(before.invoiced) || total * before.invoiced < 0))
      throw new Problem('conflict', { detail: 'More than that of this charge is on invoices; void those first.' });
    return {
      job_id: fields.jobId, position: fields.position, description: fields.description, details: fields.details, quantity: thousandthsOf(fields.quantity), unit: fields.unit,
      unit_price: fields.unitPrice, discount: fields.discount, taxes: JSON.stringify(fields.taxes), total,
    };
  },
  settle: refreshOf,
  keptBy: [['invoice_charges', 'charge_id']],
};

/** What a charge comes to. @throws {Problem} `invalid_request` when that is larger than an amount may be. */
export function chargeTotal(quantity: string, unitPrice: number, discount: number): number {
  try {
    return lineTotal({ quantity, unitPrice, discount: { amount: discount } }).total;
  } catch {
    throw invalidField('/quantity', 'makes a total that is too large');
  }
}
