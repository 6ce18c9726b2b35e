/** From the office's working copy to the frozen version, and what a choice of its lines comes to. */
import type { Selectable } from 'kysely';
import type { Tax, TaxRounding } from '../contract/documents.ts';
import type { EstimateContent, EstimateDraft, EstimateLine, TotalsView } from '../contract/estimates.ts';
import { depositOf, totalsOf, type Totals } from '../contract/totals.ts';
import type { JobsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { frozenLineOf, keyedLines, type Keyed } from '../documents/lines.ts';
import { partiesOf, type Parties } from '../documents/parties.ts';
import { invalidField } from '../platform/problems.ts';

/** The working copy as it is stored: settings resolved, every line with its id. */
export interface StoredDraft extends Omit<EstimateDraft, 'contactId' | 'lines' | 'title' | 'taxes' | 'taxIncluded' | 'rounding' | 'terms'> {
  title: string;
  taxes: Tax[];
  taxIncluded: boolean;
  rounding: TaxRounding;
  terms: string | null;
  lines: Keyed<EstimateDraft['lines'][number]>[];
  /** Charges of the job that the lines were made of; approval puts the chosen lines in their place. */
  origin: string[];
}

/** @throws {Problem} `invalid_request` with the path of what does not fit together. */
export function checkDraft(draft: Omit<StoredDraft, 'lines'> & { lines: EstimateDraft['lines'] }): StoredDraft {
  const groups = new Set<string>();
  for (const [index, { key }] of draft.groups.entries()) {
    if (groups.has(key)) throw invalidField(`/groups/${index}/key`, 'another group has this key');
    groups.add(key);
  }
  const selected = new Set<string>();
  for (const [index, { group, optional, selected: chosen }] of draft.lines.entries()) {
    if (group === null) continue;
    if (!groups.has(group)) throw invalidField(`/lines/${index}/group`, 'is not among the groups');
    if (optional) throw invalidField(`/lines/${index}/optional`, 'a line of a group is a choice already');
    if (chosen && selected.has(group)) throw invalidField(`/lines/${index}/selected`, 'another line of this group is selected');
    if (chosen) selected.add(group);
  }
  const checked = { ...draft, lines: keyedLines(draft.lines, draft.taxes) };
  estimateTotals(frozenParts(checked));
  return checked;
}

type Parts = Pick<EstimateContent, 'lines' | 'groups' | 'taxes' | 'taxIncluded' | 'rounding' | 'fixedTax' | 'deposit'>;

function frozenParts({ lines, groups, taxes, taxIncluded, rounding, fixedTax, deposit }: StoredDraft): Parts {
  const frozen = lines.map((line, index): EstimateLine => ({ ...frozenLineOf(line, index), optional: line.optional, group: line.group, selected: line.selected }));
  // One of a group is always chosen, from the first sight on.
  for (const { key } of groups) {
    const own = frozen.filter((line) => line.group === key);
    if (own[0] && !own.some((line) => line.selected)) own[0].selected = true;
  }
  return { lines: frozen, groups, taxes, taxIncluded, rounding, fixedTax, deposit };
}

/** The whole version, as the customer will see it. */
export async function contentOf(
  scope: Scope, draft: StoredDraft, job: Selectable<JobsTable> & { id: string }, more: { number: string; contactId: string | null; note: string | null },
): Promise<EstimateContent> {
  return contentFrom(draft, await partiesOf(scope, job, more.contactId), job, more);
}

/** The same for parties that are known. */
export const contentFrom = (
  draft: StoredDraft, parties: Parties, job: Pick<Selectable<JobsTable>, 'po_number'>, { number, note }: { number: string; note: string | null },
): EstimateContent => ({
  kind: 'estimate', number, title: draft.title, ...parties, poNumber: job.po_number, ...frozenParts(draft), terms: draft.terms, termsRequired: draft.termsRequired,
  expiresOn: draft.expiresOn, note,
});

/** Ids of the lines that count until somebody chooses. */
export const preselected = ({ lines }: Pick<EstimateContent, 'lines'>): string[] =>
  lines.filter((line) => (line.optional || line.group !== null ? line.selected : true)).map((line) => line.id);

/**
 * All lines that count with these choices.
 * @throws {Problem} `invalid_request`, for a choice that does not exist, or none or two of one group.
 */
export function chosenLines({ lines, groups }: EstimateContent, options: string[]): string[] {
  const choices = new Map(lines.filter((line) => line.optional || line.group !== null).map((line) => [line.id, line]));
  for (const [index, id] of options.entries()) {
    if (!choices.has(id)) throw invalidField(`/options/${index}`, 'is not a choice of this estimate');
    if (options.indexOf(id) !== index) throw invalidField(`/options/${index}`, 'is named twice');
  }
  for (const { key, name } of groups) {
    const own = lines.filter((line) => line.group === key);
    const chosen = own.filter((line) => options.includes(line.id));
    if (own.length && chosen.length !== 1) throw invalidField('/options', `choose one of “${name}”`);
  }
  return lines.filter((line) => !choices.has(line.id) || options.includes(line.id)).map((line) => line.id);
}

/** What these lines come to; those that are preselected unless said. @throws {Problem} `invalid_request` for sums that are too large. */
export function estimateTotals(content: Parts, chosen: string[] = preselected(content)): Totals & { deposit: number } {
  const counted = new Set(chosen);
  try {
    const totals = totalsOf(content.lines.filter((line) => counted.has(line.id)), content);
    return { ...totals, deposit: depositOf(totals.total, content.deposit) };
  } catch {
    throw invalidField('/lines', 'make a total that is too large');
  }
}

/** The taxes with what each comes to. */
export const taxAmounts = ({ taxes }: Pick<EstimateContent, 'taxes'>, totals: Pick<Totals, 'taxes'>) => taxes.map((tax) => ({ ...tax, amount: totals.taxes.find(({ key }) => key === tax.key)?.amount ?? 0 }));

export function totalsView(content: Pick<EstimateContent, 'currency' | 'taxes'>, totals: Totals & { deposit: number }): TotalsView {
  const money = (amount: number) => ({ amount, currency: content.currency });
  return {
    subtotal: money(totals.subtotal), taxes: taxAmounts(content, totals).map((tax) => ({ ...tax, amount: money(tax.amount) })),
    tax: money(totals.tax), total: money(totals.total), deposit: totals.deposit > 0 ? money(totals.deposit) : null,
  };
}

