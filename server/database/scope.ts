/** Queries bound to one account: the only way to the tables that belong to accounts. */
import type { DeleteQueryBuilder, DeleteResult, InsertQueryBuilder, InsertResult, Insertable, Kysely, SelectQueryBuilder, Transaction, UpdateQueryBuilder, UpdateResult } from 'kysely';
import type { AccountsTable, Database, ScopedTables } from './schema.ts';
import { notify, publish, type Change } from './changes.ts';
import type { Engine } from './open.ts';
import type { Selectable } from 'kysely';

export type AccountRow = Omit<Selectable<AccountsTable>, 'logo_base64'>;
type Name = keyof ScopedTables;
type Values<T extends Name> = Omit<Insertable<ScopedTables[T]>, 'account_id'>;

/** One account's window on the database. In a transaction, `scope.db` is that transaction. */
export interface Scope {
  readonly account: AccountRow;
  readonly accountId: string;
  readonly engine: Engine;
  /** For joins; every table joined must be bound by `account_id` as well. */
  readonly db: Kysely<Database>;
  from<T extends Name>(table: T): SelectQueryBuilder<Database, T, object>;
  insert<T extends Name>(table: T, values: Values<T> | Values<T>[]): InsertQueryBuilder<Database, T, InsertResult>;
  update<T extends Name>(table: T): UpdateQueryBuilder<Database, T, T, UpdateResult>;
  delete<T extends Name>(table: T): DeleteQueryBuilder<Database, T, DeleteResult>;
  /** Runs `work` in one transaction (the running one, if there is one). Nothing outside the database may be awaited in it. */
  transaction<R>(work: (scope: Scope) => Promise<R>): Promise<R>;
  /** Tells that something has changed to whoever watches, once the transaction has succeeded; when it fails, nobody hears of it. */
  announce(change: Change): Promise<void>;
  /** The same window for work in bulk, which announces nothing. */
  quietly(): Scope;
}

/** @param held what the running transaction will have changed; `quiet` where nobody is told. */
export function scopeOf(db: Kysely<Database> | Transaction<Database>, engine: Engine, account: AccountRow, held?: Change[] | 'quiet'): Scope {
  const accountId = account.id;
  // Kysely cannot follow a table name that is a type parameter; the public signatures above are exact.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const untyped = db as unknown as Kysely<any>;
  return {
    account,
    accountId,
    engine,
    db,
    from: (table) => untyped.selectFrom(table as Name).where(`${table}.account_id`, '=', accountId as never) as never,
    insert: (table, values) =>
      untyped
        .insertInto(table)
        .values(
          Array.isArray(values)
            ? values.map((row) => ({ account_id: accountId, ...row }))
            : { account_id: accountId, ...values },
        ) as never,
    update: (table) => untyped.updateTable(table as Name).where(`${table}.account_id`, '=', accountId as never) as never,
    delete: (table) => untyped.deleteFrom(table as Name).where(`${table}.account_id`, '=', accountId as never) as never,
    transaction: async (work) => {
      if (db.isTransaction) return work(scopeOf(db, engine, account, held));
      if (held === 'quiet') return db.transaction().execute((trx) => work(scopeOf(trx, engine, account, held)));
      const changes: Change[] = [];
      const result = await db.transaction().execute(async (trx) => {
        const done = await work(scopeOf(trx, engine, account, changes));
        if (engine === 'postgres') await notify(trx, accountId, changes);
        return done;
      });
      if (engine === 'sqlite') publish(accountId, changes);
      return result;
    },
    announce: async (change) => {
      if (held === 'quiet') return;
      if (held) held.push(change);
      else if (engine === 'postgres') await notify(db, accountId, [change]);
      else publish(accountId, [change]);
    },
    quietly: () => scopeOf(db, engine, account, 'quiet'),
  };
}

/** Every column of an account but the logo's bytes. */
export const accountColumns = [
  'id', 'slug', 'name', 'accent', 'phone', 'email', 'country', 'time_zone', 'locale', 'currency', 'marketing',
  'booking_published', 'taxes', 'tax_included', 'tax_rounding', 'estimate_terms', 'invoice_terms', 'other_ways_to_pay', 'invoice_due_days',
  'approval_verification', 'attach_pdf', 'partial_payments', 'ask_tip', 'stripe_receipts', 'takes_payments', 'logo_hash', 'logo_type', 'failed_handoffs', 'created_at', 'updated_at',
] as const satisfies (keyof AccountsTable)[];
