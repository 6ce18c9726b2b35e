/** What an invoice bills: how much of each charge, which deposits it subtracts, and its share of the job's fixed tax. */
import { sql } from 'kysely';
import type { InvoiceKind } from '../contract/invoices.ts';
import { partOf } from '../contract/totals.ts';
import type { Scope } from '../database/scope.ts';
import { frozenLineOf } from '../documents/lines.ts';
import { readVersion } from '../documents/versions.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import { laterThan } from '../work/later.ts';
import type { DraftLine, JobRow } from './content.ts';

/** Whether an amount is none or a part of a whole, be that above or below zero. */
export const within = (amount: number, whole: number): boolean => (whole < 0 ? amount <= 0 && amount >= whole : amount >= 0 && amount <= whole);

/** How much these lines bill of each charge. */
export function billedBy(lines: DraftLine[]): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const [index, line] of lines.entries())
    if (line.chargeId !== null) amounts.set(line.chargeId, (amounts.get(line.chargeId) ?? 0) + frozenLineOf(line, index).total);
  return amounts;
}

interface Billing {
  kind: InvoiceKind;
  jobId: string;
  /** The invoice itself, once it is there. */
  invoiceId: string | null;
  lines: DraftLine[];
}

/**
 * No charge is invoiced beyond what it comes to, and each deposit is subtracted once, as a whole.
 * @param sending what was right when it was written may not be any more: then it is a conflict.
 * @throws {Problem} `invalid_request` with the path, or `conflict` on sending.
 */
export async function checkBilling(scope: Scope, { kind, jobId, invoiceId, lines }: Billing, sending = false): Promise<void> {
  const refuse = (index: number, field: 'chargeId' | 'depositId', message: string) =>
    sending ? new Problem('conflict', { detail: `Line ${index + 1} ${message}.` }) : invalidField(`/lines/${index}/${field}`, message);
  const amounts = billedBy(lines);
  const left = await leftOf(scope, jobId, [...amounts.keys()], invoiceId);
  const deposits = await openDeposits(scope, jobId, lines.flatMap((line) => line.depositId ?? []), invoiceId);
  for (const [index, { chargeId, depositId, taxes }] of lines.entries()) {
    if (kind === 'deposit' && (chargeId ?? depositId) !== null) throw refuse(index, chargeId !== null ? 'chargeId' : 'depositId', 'refers to what a deposit does not bill');
    if (chargeId !== null) {
      const charge = left.get(chargeId);
      if (!charge) throw refuse(index, 'chargeId', 'refers to a charge that is not on this job');
      if (!within(charge.others + amounts.get(chargeId)!, charge.total)) throw refuse(index, 'chargeId', 'bills more than is left of its charge');
    }
    if (depositId === null) continue;
    const total = deposits.get(depositId);
    if (chargeId !== null || total === undefined) throw refuse(index, 'depositId', 'refers to no deposit of this job that is still to be subtracted');
    if (lines.findIndex((line) => line.depositId === depositId) !== index) throw refuse(index, 'depositId', 'subtracts a deposit a second time');
    if (taxes.length > 0 || frozenLineOf(lines[index]!, index).total !== -total) throw refuse(index, 'depositId', 'must take off what the deposit invoice comes to, without taxes');
  }
}

/** What these charges come to, and what other invoices bill of them. */
async function leftOf(scope: Scope, jobId: string, chargeIds: string[], invoiceId: string | null): Promise<Map<string, { total: number; others: number }>> {
  if (chargeIds.length === 0) return new Map();
  const charges = await scope.from('charges').select(['id', 'total', 'invoiced']).where('job_id', '=', jobId).where('id', 'in', chargeIds).execute();
  const own = await ownAmounts(scope, invoiceId);
  return new Map(charges.map(({ id, total, invoiced }) => [id, { total, others: invoiced - (own.get(id) ?? 0) }]));
}

async function ownAmounts(scope: Scope, invoiceId: string | null): Promise<Map<string, number>> {
  const rows = invoiceId === null ? [] : await scope.from('invoice_charges').select(['charge_id', 'amount']).where('invoice_id', '=', invoiceId).execute();
  return new Map(rows.map((row) => [row.charge_id, row.amount]));
}

async function openDeposits(scope: Scope, jobId: string, ids: string[], invoiceId: string | null): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await scope
    .from('invoices')
    .select(['id', 'total', 'subtracted_by'])
    .where('id', 'in', ids)
    .where('job_id', '=', jobId)
    .where('kind', '=', 'deposit')
    .where('status', '=', 'sent')
    .execute();
  return new Map(rows.filter((row) => row.subtracted_by === null || row.subtracted_by === invoiceId).map((row) => [row.id, row.total]));
}

/**
 * Keeps what an invoice bills from now on; nothing of a void one.
 * @throws {Problem} `conflict` when others stand on what it billed before, such as a credit that gives back a part of it.
 */
export async function writeBilling(trx: Scope, invoiceId: string, lines: DraftLine[]): Promise<void> {
  const [before, after] = [await ownAmounts(trx, invoiceId), billedBy(lines)];
  await trx.delete('invoice_charges').where('invoice_id', '=', invoiceId).execute();
  const rows = [...after].map(([charge_id, amount]) => ({ invoice_id: invoiceId, charge_id, amount }));
  for (let start = 0; start < rows.length; start += 200) await trx.insert('invoice_charges', rows.slice(start, start + 200)).execute();
  await countInvoiced(trx, [...new Set([...before.keys(), ...after.keys()])]);
  await trx.update('invoices').set({ subtracted_by: null }).where('subtracted_by', '=', invoiceId).execute();
  const deposits = lines.flatMap((line) => line.depositId ?? []);
  if (deposits.length) await trx.update('invoices').set({ subtracted_by: invoiceId }).where('id', 'in', deposits).execute();
}

async function countInvoiced(trx: Scope, chargeIds: string[]): Promise<void> {
  if (chargeIds.length === 0) return;
  const sums = await trx
    .from('invoice_charges')
    .where('charge_id', 'in', chargeIds)
    .select(['charge_id', sql<number>`cast(sum(amount) as bigint)`.as('sum')])
    .groupBy('charge_id')
    .execute();
  const sumOf = new Map(sums.map((row) => [row.charge_id, row.sum]));
  const charges = await trx.from('charges').select(['id', 'description', 'total', 'invoiced', 'updated_at']).where('id', 'in', chargeIds).execute();
  for (const charge of charges) {
    const invoiced = sumOf.get(charge.id) ?? 0;
    if (!within(invoiced, charge.total))
      throw new Problem('conflict', { detail: `Another document stands on what this one says of “${charge.description}”; make that void first.` });
    if (invoiced !== charge.invoiced) await trx.update('charges').set({ invoiced, updated_at: laterThan(charge.updated_at) }).where('id', '=', charge.id).execute();
  }
}

/** What of the job's fixed tax is on no other invoice yet. */
export async function fixedTaxLeft(scope: Scope, job: JobRow, invoiceId: string | null): Promise<number> {
  if (job.fixed_tax === 0) return 0;
  const others = await scope.from('invoices').select(['id', 'version']).where('job_id', '=', job.id).where('status', '=', 'sent').where('id', '<>', invoiceId ?? '').execute();
  let left = job.fixed_tax;
  for (const { id, version } of others) left -= (await readVersion(scope, 'invoice', id, version))?.content.fixedTax ?? 0;
  return within(left, job.fixed_tax) ? left : left * job.fixed_tax < 0 ? 0 : job.fixed_tax;
}

/** Of each charge of the job what it comes to, and what is billed of it once these lines are. */
export async function billedWith(scope: Scope, job: JobRow, lines: DraftLine[], invoiceId: string | null): Promise<{ total: number; amount: number }[]> {
  const [own, amounts] = [await ownAmounts(scope, invoiceId), billedBy(lines)];
  const charges = await scope.from('charges').select(['id', 'total', 'invoiced']).where('job_id', '=', job.id).execute();
  return charges.map(({ id, total, invoiced }) => ({ total, amount: invoiced - (own.get(id) ?? 0) + (amounts.get(id) ?? 0) }));
}

/**
 * The part of the job's fixed tax that goes with what these lines bill. Parts are taken from what is billed altogether, and the
 * invoice that bills the last of the charges takes what is left, so that all of them carry exactly the job's tax.
 */
export async function fixedTaxShare(scope: Scope, job: JobRow, lines: DraftLine[], invoiceId: string | null): Promise<number> {
  const left = await fixedTaxLeft(scope, job, invoiceId);
  if (left === 0) return 0;
  const billed = await billedWith(scope, job, lines, invoiceId);
  if (billed.every(({ total, amount }) => amount === total)) return left;
  const sum = (of: (each: { total: number; amount: number }) => number) => billed.reduce((all, each) => all + of(each), 0);
  const share = partOf(job.fixed_tax, sum((each) => each.amount), sum((each) => each.total)) - (job.fixed_tax - left);
  return within(share, left) ? share : share * left < 0 ? 0 : left;
}
