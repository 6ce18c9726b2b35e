/** What a person has chosen of an estimate, and what that comes to: the server's arithmetic on the frozen lines. */
import { depositOf, totalsOf } from '../../../server/contract/totals.ts';
import type { EstimateContent, EstimateLine, TotalsView } from '../../../server/contract/estimates.ts';

/** Ids of the chosen lines; those that are always part of the estimate need not be among them. */
export type Chosen = ReadonlySet<string>;

/** Choices, each with its line as the person saw it. They outlive a reload and a new version while the line says the same. */
export type Kept = Record<string, [chosen: boolean, line: string]>;

export const isChoice = ({ optional, group }: EstimateLine): boolean => optional || group !== null;

/** What the contractor suggests, then what this person chose among lines that still say the same. */
export function chosenAtFirst({ lines }: EstimateContent, kept: Kept = {}): Chosen {
  let chosen: Chosen = new Set(lines.filter((line) => line.selected && isChoice(line)).map(({ id }) => id));
  for (const line of lines) {
    const [on, face] = kept[line.id] ?? [];
    if (on !== undefined && face === faceOf(line)) chosen = choose(lines, chosen, line, on);
  }
  return chosen;
}

/** Chooses a line or leaves it out; of a group, the others give way. */
export function choose(lines: readonly EstimateLine[], chosen: Chosen, line: EstimateLine, on: boolean): Chosen {
  const rest = lines.filter(({ id, group }) => chosen.has(id) && id !== line.id && !(on && line.group && group === line.group));
  return new Set([...rest, ...(on ? [line] : [])].map(({ id }) => id));
}

export const keep = ({ lines }: EstimateContent, chosen: Chosen): Kept =>
  Object.fromEntries(lines.filter(isChoice).map((line) => [line.id, [chosen.has(line.id), faceOf(line)]]));

/** The lines that count. */
export const countedLines = ({ lines }: EstimateContent, chosen: Chosen): EstimateLine[] =>
  lines.filter((line) => !isChoice(line) || chosen.has(line.id));

/** Keys of the groups of which nothing is chosen yet. */
export const openGroups = ({ lines }: EstimateContent, chosen: Chosen): string[] => {
  const decided = new Set(lines.filter(({ id }) => chosen.has(id)).map(({ group }) => group));
  return [...new Set(lines.flatMap(({ group }) => (group && !decided.has(group) ? [group] : [])))];
};

export function totalsFor(content: EstimateContent, chosen: Chosen): TotalsView {
  const money = (amount: number) => ({ amount, currency: content.currency });
  const { subtotal, taxes, tax, total } = totalsOf(countedLines(content, chosen), content);
  return {
    subtotal: money(subtotal),
    taxes: content.taxes.map((each, at) => ({ ...each, amount: money(taxes[at]!.amount) })),
    tax: money(tax),
    total: money(total),
    deposit: content.deposit && money(depositOf(total, content.deposit)),
  };
}

/** Everything that a line says but for the contractor's suggestion. */
const faceOf = (line: EstimateLine): string => JSON.stringify({ ...line, selected: undefined });
