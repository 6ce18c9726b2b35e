/** Turns among the writers of one account. */
import type { Scope } from './scope.ts';

/**
 * Runs `work` in a transaction in which no other such work of this account runs. Rules that span rows (one main page, one
 * level of sub-customers, numbers, “create unless it exists”) then read simply and hold, and nothing can deadlock.
 * SQLite has one writer anyway; PostgreSQL waits at the account's row, which references to the account do not wait for.
 */
export const inTurn = <R>(scope: Scope, work: (trx: Scope) => Promise<R>): Promise<R> =>
  scope.transaction(async (trx) => {
    if (trx.engine === 'postgres')
      await trx.db.selectFrom('accounts').select('id').where('id', '=', trx.accountId).forNoKeyUpdate().execute();
    return work(trx);
  });

/** The column of a unique rule that a statement broke, or undefined for any other error. */
export function brokenUnique(error: unknown): string | undefined {
  const { code, message, constraint } = error as { code?: string; message?: string; constraint?: string };
  // SQLite names the columns (`jobs.account_id, jobs.number`), PostgreSQL the index (`jobs_number`).
  if (code === 'SQLITE_CONSTRAINT_UNIQUE') return /\.(\w+)$/.exec(message ?? '')?.[1] ?? '';
  if (code === '23505') return constraint ?? '';
  return undefined;
}

/** Whether a statement left a reference to nothing: what it refers to was deleted meanwhile, or is still referred to. */
export const brokenReference = (error: unknown): boolean =>
  ['SQLITE_CONSTRAINT_FOREIGNKEY', '23503'].includes((error as { code?: string }).code ?? '');
