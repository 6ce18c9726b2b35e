/** What an approval does to the job: the chosen lines become its charges, and the deposit an invoice. */
import type { Selectable } from 'kysely';
import { thousandthsOf } from '../contract/totals.ts';
import type { EstimateContent, EstimateLine } from '../contract/estimates.ts';
import type { ChargesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { makeDeposit } from '../invoices/deposit.ts';
import { newId, now } from '../platform/ids.ts';
import { laterThan } from '../work/later.ts';
import { estimateTotals } from './content.ts';
import { draftOf, jobOf, type EstimateRow } from './drafts.ts';

interface Approved {
  /** What is asked for now; 0 for nothing. */
  deposit: number;
  poNumber: string | null;
}
type Charge = Pick<Selectable<ChargesTable>, 'external_id' | 'position' | 'total' | 'invoiced' | 'taxes' | 'updated_at'> & { id: string };

/** The caller refreshes the job afterwards. */
export async function chargeJob(trx: Scope, row: EstimateRow, content: EstimateContent, chosen: string[], { deposit, poNumber }: Approved): Promise<void> {
  const job = await jobOf(trx, row);
  const { origin } = draftOf(row);
  const charges: Charge[] = await trx.from('charges').select(['id', 'external_id', 'position', 'total', 'invoiced', 'taxes', 'updated_at']).where('job_id', '=', job.id).execute();
  const lines = content.lines.filter((line) => chosen.includes(line.id));
  const own = charges.filter((charge) => origin.includes(charge.id));
  const others = charges.filter((charge) => !origin.includes(charge.id));
  const taxes = taxesOf(content, chosen, others.some((charge) => charge.taxes !== '[]') && (job.tax_included === 1) !== content.taxIncluded);

  // Charges that the estimate was made of give way to what was chosen of it, as far as no invoice bills them.
  const billing = own.length ? await trx.from('invoice_charges').select('charge_id').where('charge_id', 'in', own.map((charge) => charge.id)).execute() : [];
  const billed = new Set(billing.map((each) => each.charge_id));
  const replaced = own.filter((charge) => !billed.has(charge.id));
  if (replaced.length) await trx.delete('charges').where('id', 'in', replaced.map((charge) => charge.id)).execute();
  const left: EstimateLine[] = [];
  for (const line of lines) {
    const charge = own.find((each) => each.id === line.id && billed.has(each.id));
    if (!charge) left.push(line);
    else if (line.total * charge.invoiced >= 0 && Math.abs(line.total) >= Math.abs(charge.invoiced)) await write(trx, charge, columnsOf(line, taxes.ofLine(line)));
    else {
      // More of it is on invoices than it is to cost now: what is too much comes off by a line of its own.
      await shrink(trx, charge);
      left.push({ ...line, id: '', quantity: '1', unit: null, unitPrice: line.total - charge.invoiced, discount: 0, total: line.total - charge.invoiced });
    }
  }
  for (const charge of own) if (billed.has(charge.id) && !lines.some((line) => line.id === charge.id)) await shrink(trx, charge);

  const start = Math.max(-1, ...charges.filter((charge) => !replaced.includes(charge)).map((charge) => charge.position)) + 1;
  const time = now();
  const before = new Map(replaced.map((charge) => [charge.id, charge.external_id]));
  const rows = left.map((line, index) => ({
    id: before.has(line.id) ? line.id : newId('charge'), external_id: before.get(line.id) ?? null, created_at: time, updated_at: time, job_id: job.id, position: start + index,
    ...columnsOf(line, taxes.ofLine(line)),
  }));
  for (let at = 0; at < rows.length; at += 100) await trx.insert('charges', rows.slice(at, at + 100)).execute();

  // Of an estimate made of the job's charges the fixed tax was the job's; of any other one it comes on top.
  const fixed = (origin.length ? content.fixedTax : job.fixed_tax + content.fixedTax) + taxes.fixed;
  const rules = taxes.asJob ? {} : { tax_included: content.taxIncluded ? (1 as const) : (0 as const), tax_rounding: content.rounding };
  await trx.update('jobs').set({ fixed_tax: fixed, ...rules, ...(poNumber ? { po_number: poNumber } : {}) }).where('id', '=', job.id).execute();
  if (deposit > 0) await makeDeposit(trx, { estimate: { id: row.id, number: content.number, title: content.title }, job: await jobOf(trx, row), contactId: row.contact_id, amount: deposit, content });
}

/**
 * How the lines' taxes go over to charges. Where the job's other charges have taxes of the other manner (on top, or contained),
 * the approved ones cannot be told by rate beside them: what they come to is then a fixed amount.
 */
function taxesOf(content: EstimateContent, chosen: string[], asJob: boolean) {
  const named = new Map(content.taxes.map(({ key, name, percent }) => [key, { name, percent }]));
  const { taxes } = estimateTotals(content, chosen);
  return {
    asJob,
    fixed: asJob && !content.taxIncluded ? taxes.reduce((sum, { amount }) => sum + amount, 0) : 0,
    ofLine: (line: EstimateLine): string => JSON.stringify(asJob ? [] : line.taxes.flatMap((key) => named.get(key) ?? [])),
  };
}

const columnsOf = (line: EstimateLine, taxes: string) => ({
  description: line.description, details: line.details, quantity: thousandthsOf(line.quantity), unit: line.unit, unit_price: line.unitPrice, discount: line.discount, total: line.total, taxes,
});

const write = (trx: Scope, charge: Charge, columns: Partial<ReturnType<typeof columnsOf>>) =>
  trx.update('charges').set({ ...columns, updated_at: laterThan(charge.updated_at) }).where('id', '=', charge.id).execute();

/** Leaves of a charge what invoices bill of it. */
const shrink = (trx: Scope, charge: Charge) => write(trx, charge, { quantity: 1000, unit_price: charge.invoiced, discount: 0, total: charge.invoiced });
