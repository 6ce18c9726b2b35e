/** Numbers that people use for customers and jobs: given in order, or brought along from elsewhere. */
import { sql } from 'kysely';
import type { Scope } from '../database/scope.ts';
import { Problem } from '../platform/problems.ts';

/** Tables with numbers, and the name of their counter. */
const counters = { customers: 'customer', jobs: 'job' } as const;
type Numbered = keyof typeof counters;

/**
 * The number to store: the one wished for, else the one there is, else the next. Call it in a transaction.
 * @throws {Problem} `already_exists` when another row has it.
 */
export async function numberFor(scope: Scope, table: Numbered, wished: string | undefined, before: { number: string } | undefined): Promise<string> {
  if (wished === undefined) return before?.number ?? (await nextNumber(scope, table));
  if (wished === before?.number) return wished;
  if (await isTaken(scope, table, wished)) throw new Problem('already_exists', { errors: [{ path: '/number', message: 'another one has this number' }] });
  // Numbering goes on above what was brought along; the counter's row also makes two writers take turns.
  if (/^\d{1,12}$/.test(wished)) await count(scope, table, Number(wished));
  return wished;
}

async function nextNumber(scope: Scope, table: Numbered): Promise<string> {
  for (;;) {
    const number = String(await count(scope, table));
    if (!(await isTaken(scope, table, number))) return number;
  }
}

const isTaken = async (scope: Scope, table: Numbered, number: string): Promise<boolean> =>
  Boolean(await scope.from(table).select('id').where('number', '=', number).executeTakeFirst());

/** Moves the counter on by one, or up to at least `floor`. */
async function count(scope: Scope, table: Numbered, floor?: number): Promise<number> {
  const moved = floor === undefined ? sql<number>`counters.value + 1` : sql<number>`case when counters.value < ${floor} then ${floor} else counters.value end`;
  const { value } = await scope
    .insert('counters', { kind: counters[table], value: floor ?? 1 })
    .onConflict((conflict) => conflict.columns(['account_id', 'kind']).doUpdateSet({ value: moved }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}
