/** Numbers that people use for customers, jobs and documents: given in order, or brought along from elsewhere. */
import { sql } from 'kysely';
import type { Scope } from '../database/scope.ts';
import { Problem } from '../platform/problems.ts';

/** What has numbers, and the name of its counter. Credits are rows of `invoices`, but count for themselves. */
const counters = { customers: 'customer', jobs: 'job', estimates: 'estimate', invoices: 'invoice', credits: 'credit', receipts: 'receipt' } as const;
type Counted = keyof typeof counters;
/** Receipts are only counted: nobody brings numbers of theirs along. */
export type Numbered = Exclude<Counted, 'receipts'>;

/**
 * The number to store: the one wished for, else the one there is, else the next. Call it in a transaction.
 * @throws {Problem} `already_exists` when another row has it.
 */
export async function numberFor(scope: Scope, table: Numbered, wished: string | undefined, before: { number: string } | undefined): Promise<string> {
  if (wished === undefined) return before?.number ?? (await nextFree(scope, table));
  if (wished === before?.number) return wished;
  if (await isTaken(scope, table, wished)) throw new Problem('already_exists', { errors: [{ path: '/number', message: 'another one has this number' }] });
  // Numbering goes on above what was brought along; the counter's row also makes two writers take turns.
  await raiseCounter(scope, table, countable(wished));
  return wished;
}

/** The value of a number that a counter could have given; 0 for others. */
export const countable = (number: string | null): number => (number && /^\d{1,9}$/.test(number) ? Number(number) : 0);

/** Raises the account's counter to at least `value`: the number given last. It never falls. */
export async function raiseCounter(scope: Scope, table: Numbered, value: number): Promise<void> {
  if (!value) return;
  await scope
    .insert('counters', { kind: counters[table], value })
    .onConflict((conflict) => conflict.columns(['account_id', 'kind']).doUpdateSet({ value }).where('counters.value', '<', value))
    .execute();
}

/** The number that was given last, or would have been; 0 before the first. */
export const counterOf = async (scope: Scope, table: Counted): Promise<number> =>
  (await scope.from('counters').select('value').where('kind', '=', counters[table]).executeTakeFirst())?.value ?? 0;

/** The counter's next number; a row may have it already that was numbered elsewhere. */
export async function nextNumber(scope: Scope, table: Counted): Promise<string> {
  const { value } = await scope
    .insert('counters', { kind: counters[table], value: 1 })
    .onConflict((conflict) => conflict.columns(['account_id', 'kind']).doUpdateSet({ value: sql<number>`counters.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return String(value);
}

/** The counter's next number that no row has. Given in a transaction that fails, it is given again. */
export async function nextFree(scope: Scope, table: Numbered): Promise<string> {
  for (;;) {
    const number = await nextNumber(scope, table);
    if (!(await isTaken(scope, table, number))) return number;
  }
}

async function isTaken(scope: Scope, table: Numbered, number: string): Promise<boolean> {
  // Every table has a number and an id; the type of one stands for all.
  let rows = scope.from((table === 'credits' ? 'invoices' : table) as 'invoices').select('id').where('number', '=', number);
  if (table === 'credits' || table === 'invoices') rows = rows.where('kind', table === 'credits' ? '=' : '<>', 'credit');
  return Boolean(await rows.executeTakeFirst());
}
