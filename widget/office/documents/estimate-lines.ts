/** What can be done with the lines of an estimate and its packages. Of each package group exactly one line is preselected. */
import type { EstimateValues, GroupValues, LineValues } from './estimate-values.ts';

type Parts = Pick<EstimateValues, 'lines' | 'groups'>;

const key = () => crypto.randomUUID();

/** An empty line; it bears the same taxes as the one before it. */
export const newLine = (taxes: string[]): LineValues => ({
  id: key(), description: '', details: '', quantity: '1', unit: '', unitPrice: '', discount: { kind: 'none', value: '' }, taxes, optional: false, group: '', selected: false,
});

export const newGroup = (): GroupValues => ({ key: key(), name: '' });

/** The same line once more, below it, with an id of its own. */
export function duplicate(lines: readonly LineValues[], index: number): LineValues[] {
  const line = lines[index]!;
  const copy = { ...structuredClone(line), id: key(), selected: line.group ? false : line.selected };
  return [...lines.slice(0, index + 1), copy, ...lines.slice(index + 1)];
}

/** A line one place up or down; the same lines where it cannot go. */
export function moved(lines: readonly LineValues[], index: number, step: -1 | 1): LineValues[] {
  const to = index + step;
  const next = [...lines];
  if (!next[index] || !next[to]) return next;
  [next[index], next[to]] = [next[to], next[index]];
  return next;
}

/** What a line is to the customer: always part of it, an extra, or one of a group's packages (`group:<key>`). */
export const partOf = ({ optional, group }: LineValues): string => (group ? `group:${group}` : optional ? 'optional' : 'always');

export function withPart(line: LineValues, part: string): LineValues {
  const group = part.startsWith('group:') ? part.slice('group:'.length) : '';
  return { ...line, group, optional: part === 'optional', selected: part === 'optional' ? line.selected && line.optional : false };
}

/** Chooses a line beforehand or not; of a group, the others give way. */
export const preselect = (lines: readonly LineValues[], id: string, on: boolean): LineValues[] => {
  const chosen = lines.find((line) => line.id === id);
  return lines.map((line) => (line.id === id ? { ...line, selected: on } : on && chosen?.group && line.group === chosen.group ? { ...line, selected: false } : line));
};

/** Lines of groups that are gone become plain ones, and each group has one line that is preselected. */
export function settled({ lines, groups }: Parts): LineValues[] {
  const known = new Set(groups.map((group) => group.key));
  const plain = lines.map((line) => (line.group && !known.has(line.group) ? { ...line, group: '', selected: false } : line));
  const decided = new Set<string>();
  const once = plain.map((line) => {
    if (!line.group || !line.selected) return line;
    if (decided.has(line.group)) return { ...line, selected: false };
    decided.add(line.group);
    return line;
  });
  return once.map((line) => {
    if (!line.group || decided.has(line.group)) return line;
    decided.add(line.group);
    return { ...line, selected: true };
  });
}

/** A line that was deleted, back in its place; where it was the one chosen beforehand, it is so again. */
export function restored({ lines, groups }: Parts, { line, index }: { line: LineValues; index: number }): LineValues[] {
  const all = [...lines.slice(0, index), line, ...lines.slice(index)];
  return settled({ groups, lines: line.group && line.selected ? preselect(all, line.id, true) : all });
}

/** A tax that is added applies to every line; one that is taken away, to none. */
export function withTaxes({ lines, taxes: before }: Pick<EstimateValues, 'lines' | 'taxes'>, taxes: EstimateValues['taxes']): LineValues[] {
  const known = new Set(taxes.map((tax) => tax.key));
  const added = [...known].filter((each) => !before.some((tax) => tax.key === each));
  return lines.map((line) => ({ ...line, taxes: [...line.taxes.filter((each) => known.has(each)), ...added] }));
}
