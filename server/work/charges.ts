/** Charges: the lines on a job. */
import { invalidField } from '../platform/problems.ts';
import { referred, type RecordKind } from './kind.ts';
import { decimalOf, thousandthsOf } from './quantity.ts';
import { refreshOf } from './refresh.ts';

export const charges: RecordKind<'charges'> = {
  name: 'charges',
  prefix: 'charge',
  fieldsOf: (row) => ({
    jobId: row.job_id, position: row.position, description: row.description, details: row.details, quantity: decimalOf(row.quantity), unit: row.unit,
    unitPrice: row.unit_price, discount: row.discount, total: row.total,
  }),
  /** A total stands until something it is made of changes. */
  merge: (before, change) => ({
    ...before,
    ...change,
    total: change.total ?? (['quantity', 'unitPrice', 'discount'].some((field) => field in change) ? undefined : before.total),
  }),
  async columnsOf(scope, fields) {
    await referred(scope, 'jobs', fields.jobId, '/jobId');
    const quantity = thousandthsOf(fields.quantity);
    return {
      job_id: fields.jobId, position: fields.position, description: fields.description, details: fields.details, quantity, unit: fields.unit,
      unit_price: fields.unitPrice, discount: fields.discount, total: fields.total ?? chargeTotal(quantity, fields.unitPrice, fields.discount),
    };
  },
  settle: refreshOf,
};

const MOST = 999_999_999_999n;

/**
 * Quantity (in thousandths) times unit price, rounded half away from zero, less the discount; exact at any size.
 * Away from zero, so that a line and the line that takes it back always cancel out.
 * @throws {Problem} `invalid_request` when the total is larger than an amount may be.
 */
export function chargeTotal(quantity: number, unitPrice: number, discount: number): number {
  const product = BigInt(quantity) * BigInt(unitPrice);
  const size = ((product < 0n ? -product : product) + 500n) / 1000n;
  const total = (product < 0n ? -size : size) - BigInt(discount);
  if (total > MOST || total < -MOST) throw invalidField('/quantity', 'makes a total that is too large');
  return Number(total);
}
