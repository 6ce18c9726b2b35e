/** Tables and indexes, written once for both engines: `text` and `integer` are what STRICT SQLite knows; PostgreSQL gets its equals. */
import { sql, type Kysely } from 'kysely';
import type { Engine } from '../open.ts';

export const scoped = `account_id text not null references accounts(id), id text not null`;
export const stamped = `${scoped}, external_id text, created_at text not null, updated_at text not null`;
export const within = (table: string, column: string): string => `foreign key (account_id, ${column}) references ${table}(account_id, id)`;

/** Columns by table. A table without a primary key of its own has `(account_id, id)`. */
export async function createTables(db: Kysely<unknown>, engine: Engine, tables: Record<string, string>, onSqlite?: 'without rowid'): Promise<void> {
  for (const [name, listed] of Object.entries(tables)) {
    const columns = listed.includes('primary key') ? listed : `${listed}, primary key (account_id, id)`;
    await sql.raw(`create table ${name} (${typesOf(engine, columns)})${engine === 'sqlite' ? ` strict${onSqlite ? `, ${onSqlite}` : ''}` : ''}`).execute(db);
  }
}

/** Adds columns; one that must not be null needs a default for the rows there are. */
export async function addColumns(db: Kysely<unknown>, engine: Engine, columns: Record<string, string[]>): Promise<void> {
  for (const [table, listed] of Object.entries(columns))
    for (const column of listed) await sql.raw(`alter table ${table} add column ${typesOf(engine, column)}`).execute(db);
}

export async function createIndexes(db: Kysely<unknown>, indexes: string[]): Promise<void> {
  for (const index of indexes) await sql.raw(`create ${index}`).execute(db);
}

const typesOf = (engine: Engine, columns: string): string =>
  engine === 'postgres'
    ? columns.replace(/\binteger\b/g, 'bigint').replace(/\btext\b(?=\s|,|$)/g, 'text collate "C"')
    : columns.replace(/double precision/g, 'real');
