/** Lines as the office writes them, made ready to be frozen; and how those of two versions differ. */
import { ulid } from 'ulid';
import type { z } from 'zod';
import type { lineFields, Tax } from '../contract/documents.ts';
import type { LineChange } from '../contract/estimates.ts';
import type { InvoiceContent } from '../contract/invoices.ts';
import { lineTotal } from '../contract/totals.ts';
import { invalidField } from '../platform/problems.ts';

type Written = z.output<typeof lineFields>;
export type FrozenLine = InvoiceContent['lines'][number];
/** A line that has its id. */
export type Keyed<Line extends Written> = Line & { id: string };

/** Gives an id to each line without one. @throws {Problem} `invalid_request` for an id twice or a tax that is not listed. */
export function keyedLines<Line extends Written>(lines: Line[], taxes: Tax[]): Keyed<Line>[] {
  const keys = new Set<string>();
  for (const [index, tax] of taxes.entries()) {
    if (keys.has(tax.key)) throw invalidField(`/taxes/${index}/key`, 'another tax has this key');
    keys.add(tax.key);
  }
  const seen = new Set<string>();
  return lines.map((line, index) => {
    const id = line.id ?? ulid().toLowerCase();
    if (seen.has(id)) throw invalidField(`/lines/${index}/id`, 'another line has this id');
    seen.add(id);
    const unknown = line.taxes.findIndex((key, at) => !keys.has(key) || line.taxes.indexOf(key) !== at);
    if (unknown >= 0) throw invalidField(`/lines/${index}/taxes/${unknown}`, 'is not among the taxes, or named twice');
    // What a line comes to must be an amount, whether it is sent or not.
    frozenLineOf(line, index);
    return { ...line, id };
  });
}

/** What the line says, and what it comes to. @throws {Problem} `invalid_request` for a total that is too large. */
export function frozenLineOf(line: Written, index: number): FrozenLine {
  const { id = '', description, details, quantity, unit, unitPrice, taxes } = line;
  try {
    const { discount, total } = lineTotal(line);
    const discountPercent = line.discount && 'percent' in line.discount ? line.discount.percent : null;
    return { id, description, details, quantity, unit, unitPrice, discount, discountPercent, total, taxes };
  } catch {
    throw invalidField(`/lines/${index}/quantity`, 'makes a total that is too large');
  }
}

/** Line by line, in the order of the later version; what is gone comes last. */
export function compareLines<Line extends FrozenLine>(before: Line[], after: Line[]): LineChange[] {
  const past = new Map(before.map((line) => [line.id, line]));
  const changes: LineChange[] = [];
  for (const line of after) {
    const was = past.get(line.id);
    past.delete(line.id);
    if (!was) changes.push({ lineId: line.id, change: 'added', before: null });
    else if (JSON.stringify(sorted(was)) !== JSON.stringify(sorted(line))) changes.push({ lineId: line.id, change: 'changed', before: said(was) });
  }
  for (const line of past.values()) changes.push({ lineId: line.id, change: 'removed', before: said(line) });
  return changes;
}

/** What a line says, without what makes it a choice. */
const said = ({ id, description, details, quantity, unit, unitPrice, discount, discountPercent, total, taxes }: FrozenLine): FrozenLine => ({
  id, description, details, quantity, unit, unitPrice, discount, discountPercent, total, taxes,
});

/** `selected` is only where the choice begins, not what is offered. */
const sorted = ({ selected: _, ...line }: FrozenLine & { selected?: boolean }) => Object.entries(line).sort(([a], [b]) => (a < b ? -1 : 1));
