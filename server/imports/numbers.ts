/** Numbers of customers, jobs and documents: the source's where they are free, else ones beside them or of the account's counter. */
import type { Scope } from '../database/scope.ts';
import { nextNumber } from '../work/numbers.ts';
import { inList } from '../platform/lists.ts';
import type { Work } from './parts.ts';
import type { Issue } from './records.ts';

/** The account's counter of each. */
export const counters = { customer: 'customers', job: 'jobs', estimate: 'estimates', invoice: 'invoices', credit: 'credits' } as const;
export type Numbered = keyof typeof counters;
export const numberedKinds = Object.keys(counters) as Numbered[];

interface Wanting {
  id: string;
  number: string | null;
}

/** A number for each, not used by any other row. `existing` are the rows of those that have one. */
export async function settleNumbers(work: Work, kind: Numbered, wanting: Wanting[], existing: Map<string, string>): Promise<Map<string, string>> {
  const wished = wanting.flatMap(({ number }) => number ?? []);
  const rows = wished.length ? await numbered(work.scope, kind).select(['id', 'number']).where('number', 'in', inList(wished)).execute() : [];
  const owners = new Map(rows.map((row) => [row.number!, row.id]));
  const kept = await numbersOf(work.scope, kind, wanting.filter(({ number }) => !number).flatMap(({ id }) => existing.get(id) ?? []));
  const settled = new Map<string, string>();
  for (const { id, number } of wanting) {
    const own = existing.get(id);
    const owner = number && owners.get(number);
    const free = number !== null && (!owner || owner === own) && !work.claimed?.has(`${kind} ${number}`);
    const given = free ? number : ((own && !number ? kept.get(own) : undefined) ?? (await another(work, kind, number, owners, own)));
    if (given !== number && !(own && !number)) work.tally.issues.push(renumbered(kind, id, number, given));
    owners.set(given, own ?? id);
    work.claimed?.add(`${kind} ${given}`);
    settled.set(id, given);
  }
  return settled;
}

const renumbered = (kind: Numbered, id: string, number: string | null, given: string): Issue => ({
  outcome: 'mended',
  kind,
  id,
  reason: number ? 'its number is taken by another; given one beside it' : 'it has no number; given the next one',
  detail: number ? `${number} → ${given}` : given,
  record: { id, number },
});

async function numbersOf(scope: Scope, kind: Numbered, ids: string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const rows = await numbered(scope, kind).select(['id', 'number']).where('id', 'in', inList(ids)).execute();
  return new Map(rows.map((row) => [row.id, row.number!]));
}

/** `85000-2` beside a taken 85000; without a wish the next of the counter. */
async function another(work: Work, kind: Numbered, number: string | null, owners: Map<string, string>, own: string | undefined): Promise<string> {
  for (let round = 2; ; round += 1) {
    const candidate = number ? `${number.slice(0, 24)}-${round}` : await nextNumber(work.scope, counters[kind]);
    if (owners.has(candidate) || work.claimed?.has(`${kind} ${candidate}`)) continue;
    const row = await numbered(work.scope, kind).select('id').where('number', '=', candidate).executeTakeFirst();
    if (!row || row.id === own) return candidate;
  }
}

/** Rows that share one sequence of numbers: deposits are among the invoices, credits count for themselves. */
function numbered(scope: Scope, kind: Numbered) {
  // Every table has an id and a number; the type of one stands for all.
  const rows = scope.from((kind === 'credit' ? 'invoices' : counters[kind]) as 'invoices');
  return kind === 'invoice' || kind === 'credit' ? rows.where('kind', kind === 'credit' ? '=' : '<>', 'credit') : rows;
}
