/** The sequences of numbers as the office sets them: where each goes on. */
import type { z } from 'zod';
import type { Numbering, numberingChange } from '../contract/office.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { invalidField } from '../platform/problems.ts';
import { counterOf, raiseCounter } from './numbers.ts';

const tables = { estimate: 'estimates', invoice: 'invoices', job: 'jobs', customer: 'customers' } as const;
const sequences = Object.keys(tables) as (keyof Numbering)[];

/** The number that each sequence gives next; one that was brought along from elsewhere is passed over. */
export async function readNumbering(scope: Scope): Promise<Numbering> {
  const next: Numbering = { estimate: 1, invoice: 1, job: 1, customer: 1 };
  for (const sequence of sequences) next[sequence] = (await counterOf(scope, tables[sequence])) + 1;
  return next;
}

/** @throws {Problem} `invalid_request` with the path, for a number that was given out or passed. */
export const changeNumbering = (scope: Scope, change: z.output<typeof numberingChange>): Promise<Numbering> =>
  inTurn(scope, async (trx) => {
    for (const sequence of sequences) {
      const wanted = change[sequence];
      if (wanted === undefined) continue;
      const next = (await counterOf(trx, tables[sequence])) + 1;
      if (wanted < next) throw invalidField(`/${sequence}`, `is given out already; the next one is ${next}`);
      await raiseCounter(trx, tables[sequence], wanted - 1);
    }
    return readNumbering(trx);
  });
