/**
 * The cents that rounding leaves. Every document rounds its own taxes; the one that bills the last of a job's charges takes the
 * difference, tax by tax, so that a job that is invoiced whole comes to the same in its documents as in itself.
 */
import type { AppliedTax, Tax } from '../contract/documents.ts';
import type { InvoiceKind } from '../contract/invoices.ts';
import { thousandthsOf, totalsOf, type CountedLine } from '../contract/totals.ts';
import type { Scope } from '../database/scope.ts';
import { taxedLines } from '../work/refresh.ts';
import { billedWith } from './billing.ts';
import { draftOf, draftTotals, type ChargesTax, type JobRow, type StoredDraft } from './content.ts';

/** Keys differ from document to document, and so may the way in which a rate is written. */
const nameOf = ({ name, percent }: AppliedTax): string => `${thousandthsOf(percent)} ${name}`;
const baseOf = (lines: CountedLine[], key: string): number => lines.reduce((sum, line) => sum + (line.taxes.includes(key) ? line.total : 0), 0);
const sumOf = (amounts: number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** What remains of its taxes when the lines that bill no charge stand alone; absent where none does. */
export function chargesTaxOf(draft: StoredDraft): ChargesTax | undefined {
  const { taxes, taxIncluded, rounding, fixedTax } = draft;
  const { lines, totals } = draftTotals(draft);
  const [own, others] = [lines.filter((_, index) => draft.lines[index]!.chargeId !== null), lines.filter((_, index) => draft.lines[index]!.chargeId === null)];
  if (own.length === 0) return undefined;
  if (taxIncluded) return { tax: fixedTax, taxes: {} };
  const alone = totalsOf(others, { taxes, taxIncluded, rounding }).taxes;
  const parts = partsOf(own, taxes, totals.taxes.map(({ amount }, index) => amount - alone[index]!.amount));
  return { tax: sumOf(Object.values(parts).map((part) => part.amount)) + fixedTax, taxes: parts };
}

/** Of each tax the sum of the lines that bear it, and what it comes to. */
function partsOf(lines: CountedLine[], taxes: Tax[], amounts: number[]): ChargesTax['taxes'] {
  const parts: ChargesTax['taxes'] = {};
  for (const [index, tax] of taxes.entries()) {
    const known = parts[nameOf(tax)] ?? { base: 0, amount: 0 };
    parts[nameOf(tax)] = { base: known.base + baseOf(lines, tax.key), amount: known.amount + amounts[index]! };
  }
  return parts;
}

/**
 * Gives a document that bills the last of the charges the cents that are missing, or takes off those that are too many. A tax of
 * which the documents have not billed exactly what the charges say is left as its rate says: there somebody has decided otherwise.
 */
export async function settleRounding(scope: Scope, job: JobRow, draft: StoredDraft, { id, kind }: { id: string | null; kind: InvoiceKind }): Promise<StoredDraft> {
  const { roundings: before = {}, chargesTax, ...written } = draft;
  const borne = new Set(written.lines.flatMap((line) => line.taxes));
  // A tax that is here for its cents alone goes with them.
  const taxes = written.taxes.filter(({ key }) => borne.has(key) || !Object.hasOwn(before, key));
  const roundings: Record<string, number> = {};
  let { total } = draftTotals({ ...written, taxes }).totals;
  for (const [tax, wanted] of await differencesOf(scope, job, { ...written, taxes }, { id, kind })) {
    // Not past nothing: below it an invoice would be a credit, above it a credit an invoice.
    const amount = kind === 'credit' ? Math.min(wanted, Math.max(0, -total)) : Math.max(wanted, -Math.max(0, total));
    if (amount === 0) continue;
    const known = taxes.find((each) => nameOf(each) === nameOf(tax)) ?? { ...tax, key: freeKey(taxes) };
    if (!taxes.includes(known)) taxes.push(known);
    roundings[known.key] = amount;
    total += amount;
  }
  return { ...written, taxes, ...(Object.keys(roundings).length ? { roundings } : {}), ...(chargesTax ? { chargesTax } : {}) };
}

/** By how much each of the job's taxes would differ; first what keeps the total away from nothing. */
async function differencesOf(scope: Scope, job: JobRow, draft: StoredDraft, { id, kind }: { id: string | null; kind: InvoiceKind }): Promise<[AppliedTax, number][]> {
  const own = chargesTaxOf(draft);
  if (!own || draft.taxIncluded || job.tax_included === 1) return [];
  if ((await billedWith(scope, job, draft.lines, id)).some(({ total, amount }) => total !== amount)) return [];
  const others = await scope.from('invoices').select('draft').where('job_id', '=', job.id).where('status', '=', 'sent').where('id', '<>', id ?? '').execute();
  const documents = [own, ...others.flatMap((row) => draftOf(row).chargesTax ?? [])];
  const charges = await scope.from('charges').select(['total', 'taxes']).where('job_id', '=', job.id).execute();
  const { lines, taxes } = taxedLines(charges);
  const whole = totalsOf(lines, { taxes, taxIncluded: false, rounding: job.tax_rounding ?? scope.account.tax_rounding }).taxes;
  const found = Object.entries(partsOf(lines, taxes, whole.map((each) => each.amount))).flatMap(([named, { base, amount }]): [AppliedTax, number][] => {
    const parts = documents.flatMap((document) => document.taxes[named] ?? []);
    if (sumOf(parts.map((part) => part.base)) !== base) return [];
    const { name, percent } = taxes.find((tax) => nameOf(tax) === named)!;
    return [[{ name, percent }, amount - sumOf(parts.map((part) => part.amount))]];
  });
  return found.sort(([, a], [, b]) => (kind === 'credit' ? a - b : b - a));
}

function freeKey(taxes: { key: string }[]): string {
  let number = taxes.length + 1;
  while (taxes.some(({ key }) => key === `tax-${number}`)) number++;
  return `tax-${number}`;
}
