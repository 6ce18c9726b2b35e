/** Lines made of a job's charges: all that is left of them, or a part. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Tax } from '../contract/documents.ts';
import type { invoiceNew } from '../contract/invoices.ts';
import { decimalOf, lineTotal } from '../contract/totals.ts';
import type { ChargesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import { taxedLines } from '../work/refresh.ts';
import { within } from './billing.ts';
import type { JobRow, WrittenLine } from './content.ts';
import { depositOfInvoice } from './words.ts';

type Charge = Selectable<ChargesTable>;
type Wish = NonNullable<z.output<typeof invoiceNew>['fromCharges']>;
/** A charge and how much of it is billed. */
interface Part {
  charge: Charge;
  amount: number;
}

/** @throws {Problem} `invalid_request` at a part that is more than is left, `conflict` when nothing is left at all. */
export async function linesFromCharges(scope: Scope, job: JobRow, wish: Wish, taxLeft: number): Promise<{ lines: WrittenLine[]; taxes: Tax[] }> {
  const charges = await scope.from('charges').selectAll().where('job_id', '=', job.id).orderBy('position').orderBy('id').execute();
  const parts = wish === 'rest' ? await restOf(scope, charges) : wish.map((each, index) => partOfCharge(charges, wish, each, index));
  if (parts.length === 0 && taxLeft === 0) throw new Problem('conflict', { detail: 'Nothing is left to invoice: every charge of this job is on invoices.' });
  const { lines, taxes } = taxedLines(parts.map(({ charge }) => charge));
  const written = lines.map((charge, index): WrittenLine => ({
    id: charge.id, description: charge.description, details: charge.details, ...pricesOf(charge, parts[index]!.amount), taxes: charge.taxes, chargeId: charge.id, depositId: null,
  }));
  return { lines: [...written, ...(wish === 'rest' ? await depositsOf(scope, job) : [])], taxes };
}

/** Of each charge what is not invoiced yet; one that costs nothing is shown once. */
async function restOf(scope: Scope, charges: Charge[]): Promise<Part[]> {
  const free = charges.filter((charge) => charge.total === 0).map((charge) => charge.id);
  const shown = free.length ? await scope.from('invoice_charges').select('charge_id').where('charge_id', 'in', free).execute() : [];
  const gone = new Set(shown.map((row) => row.charge_id));
  return charges.filter((charge) => (charge.total === 0 ? !gone.has(charge.id) : charge.invoiced !== charge.total)).map((charge) => ({ charge, amount: charge.total - charge.invoiced }));
}

function partOfCharge(charges: Charge[], wish: Exclude<Wish, 'rest'>, { chargeId, amount }: Exclude<Wish, 'rest'>[number], index: number): Part {
  const charge = charges.find((each) => each.id === chargeId);
  const path = `/fromCharges/${index}`;
  if (!charge) throw invalidField(`${path}/chargeId`, 'no charge of this job');
  if (wish.findIndex((each) => each.chargeId === chargeId) !== index) throw invalidField(`${path}/chargeId`, 'is named twice');
  const left = charge.total - charge.invoiced;
  if (left === 0 && charge.total !== 0) throw invalidField(`${path}/chargeId`, 'is on invoices already');
  if (amount === undefined) return { charge, amount: left };
  if (!within(amount, left) || (amount === 0 && left !== 0)) throw invalidField(`${path}/amount`, 'is more than is left of this charge');
  return { charge, amount };
}

/** The deposits that were asked for and that no invoice has subtracted. */
async function depositsOf(scope: Scope, job: JobRow): Promise<WrittenLine[]> {
  const deposits = await scope
    .from('invoices')
    .select(['id', 'number', 'total'])
    .where('job_id', '=', job.id)
    .where('kind', '=', 'deposit')
    .where('status', '=', 'sent')
    .where('subtracted_by', 'is', null)
    .orderBy('sent_at')
    .orderBy('id')
    .execute();
  return deposits.map(({ id, number, total }) => ({
    description: depositOfInvoice(scope.account.locale, number ?? ''), details: null, quantity: '1', unit: null, unitPrice: -total, discount: null, taxes: [], chargeId: null, depositId: id,
  }));
}

/**
 * Quantity and price of a line that bills `amount` of a charge. A part is shown as a part of the quantity where that comes out
 * even, and as one piece at its price elsewhere; so is a charge whose source has rounded in its own way.
 */
export function pricesOf(charge: Pick<Charge, 'quantity' | 'unit' | 'unit_price' | 'discount' | 'total'>, amount: number): Pick<WrittenLine, 'quantity' | 'unit' | 'unitPrice' | 'discount'> {
  const quantity = evenPart(charge.quantity, amount, charge.total);
  const discount = evenPart(charge.discount, amount, charge.total);
  if (quantity !== undefined && discount !== undefined) {
    const prices = { quantity: decimalOf(quantity), unitPrice: charge.unit_price, discount: discount > 0 ? { amount: discount } : null };
    if (lineTotal(prices).total === amount) return { ...prices, unit: charge.unit };
  }
  return { quantity: '1', unit: null, unitPrice: amount, discount: null };
}

/** `value × over ÷ under` where that is whole. */
function evenPart(value: number, over: number, under: number): number | undefined {
  if (over === under) return value;
  if (under === 0 || (BigInt(value) * BigInt(over)) % BigInt(under) !== 0n) return undefined;
  return Number((BigInt(value) * BigInt(over)) / BigInt(under));
}
