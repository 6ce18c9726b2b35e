/** Opens SQLite or PostgreSQL behind one Kysely schema and brings it up to date. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  CompiledQuery, Kysely, PostgresDialect, SqliteAdapter, SqliteDialect, SqliteDriver,
  type DatabaseConnection, type SqliteDatabase,
} from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import pg from 'pg';
import type { Database } from './schema.ts';
import { migrations } from './migrations/index.ts';
import { tellPlanner } from './planner.ts';

export type Engine = 'sqlite' | 'postgres';

export interface OpenDatabase {
  db: Kysely<Database>;
  engine: Engine;
  /** A connection of its own, not connected yet, for what a pool cannot hold; PostgreSQL alone has such. */
  connection?(): pg.Client;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** The server and the worker hold the file for themselves; command-line tools do not. */
  exclusive?: boolean;
  /** Connections of the PostgreSQL pool. */
  poolSize?: number;
}

/** A setting or state that the operator must change; shown as one sentence, without a stack. */
export class OperatorError extends Error {}

/**
 * @param url `sqlite:<file>` or `postgres://…`.
 * @throws {OperatorError} when the database cannot be used.
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<OpenDatabase> {
  let opened: OpenDatabase | undefined;
  try {
    opened = url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length), options) : openPostgres(url, options);
    await migrate(opened.db, opened.engine);
    if (opened.engine === 'sqlite') await tellPlanner(opened.db);
    return opened;
  } catch (error) {
    await opened?.close();
    throw unusable(error);
  }
}

/** What a wrong DATABASE_URL looks like from here. Its text is not repeated: it holds a password. */
const wrongAddress: Record<string, string> = {
  ECONNREFUSED: 'nothing answers at its host and port', ENOTFOUND: 'its host is not known', ETIMEDOUT: 'its host does not answer',
  EAI_AGAIN: 'its host is not known', '28P01': 'its user or password is wrong', '28000': 'its user may not connect', '3D000': 'there is no such database',
  SQLITE_CANTOPEN: 'the file cannot be opened', SQLITE_NOTADB: 'the file is not a SQLite database', SQLITE_CORRUPT: 'the file is damaged; restore a backup', SQLITE_READONLY: 'the file cannot be written',
  EACCES: 'its folder cannot be written', EPERM: 'its folder cannot be written', EROFS: 'its folder cannot be written', ENOTDIR: 'its folder is a file', EEXIST: 'its folder is a file',
};

function unusable(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  const reason = typeof code === 'string' ? wrongAddress[code] : undefined;
  return reason ? new OperatorError(`DATABASE_URL does not lead to a usable database: ${reason}.`) : error;
}

function openSqlite(path: string, { exclusive }: OpenOptions): OpenDatabase {
  const file = path === ':memory:' ? path : resolve(path.replace(/^\/\//, ''));
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const guard = exclusive && file !== ':memory:' ? holdFile(file) : undefined;
  let sqlite: Sqlite.Database;
  try {
    sqlite = openFile(file);
  } catch (error) {
    guard?.close();
    throw error;
  }
  const db = new Kysely<Database>({ dialect: new ImmediateSqliteDialect(cachedStatements(sqlite)) });
  return {
    db,
    engine: 'sqlite',
    close: async () => {
      await db.destroy();
      guard?.close();
    },
  };
}

function openFile(file: string): Sqlite.Database {
  const sqlite = new Sqlite(file, { timeout: 5000 });
  try {
    // WAL with FULL: an acknowledged approval survives a power cut (NORMAL may lose the last ones).
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('cache_size = -65536');
    const check = String(sqlite.pragma('quick_check(1)', { simple: true }));
    if (check !== 'ok') throw new OperatorError(`The database file ${file} is damaged (${check.replace(/\s+/g, ' ')}); restore a backup.`);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** A lock that the operating system lets go when the process ends, however it ends. */
function holdFile(file: string): Sqlite.Database {
  const guard = new Sqlite(`${file}.lock`, { timeout: 0 });
  try {
    guard.pragma('journal_mode = DELETE');
    guard.exec('begin exclusive');
    return guard;
  } catch {
    guard.close();
    throw new OperatorError(
      `Another process already serves ${file}; SQLite takes one at a time: stop it, or use PostgreSQL for several.`,
    );
  }
}

/** Preparing is the dearest part of a small query; the set of statements is small, so each is prepared once. */
function cachedStatements(sqlite: Sqlite.Database): SqliteDatabase {
  const statements = new Map<string, Sqlite.Statement>();
  return {
    prepare(sql: string) {
      let statement = statements.get(sql);
      if (!statement) {
        if (statements.size >= 1000) statements.clear();
        statement = sqlite.prepare(sql);
        // DDL and control statements must not be kept: they hold the schema they were made for.
        if (/^\s*(select|insert|update|delete|with)\b/i.test(sql)) statements.set(sql, statement);
      }
      return statement as unknown as ReturnType<SqliteDatabase['prepare']>;
    },
    close: () => void sqlite.close(),
  };
}

/** `begin immediate`: a writer waits at the start instead of failing in the middle. */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;
  constructor(database: SqliteDatabase) {
    super({ database });
    this.#database = database;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver({ database: this.#database });
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }
}

function openPostgres(url: string, { poolSize = 20 }: OpenOptions): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    // bigint arrives as text; money and counters must be exact, so anything unsafe is an error rather than a float.
    types: { getTypeParser: ((oid: number, format?: 'text') => (oid === 20 ? safeInteger : pg.types.getTypeParser(oid, format))) as never },
  });
  pool.on('error', () => {
    // An idle connection that dies is replaced by the pool; queries report their own failures.
  });
  pool.on('connect', keepPlans);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  // Told soon when nobody answers there any more: otherwise it would wait in silence.
  const connection = () => new pg.Client({ connectionString: url, application_name: 'customer-center listens', keepAlive: true, connectionTimeoutMillis: 5000, query_timeout: 10_000 });
  return { db, engine: 'postgres', connection, close: () => db.destroy() };
}

/** Statements that are asked often enough to be worth a plan kept on every connection; a hundred at most, first come first served. */
const KEPT_PLANS = 100;
const OFTEN = 20;
const asked = new Map<string, number>();
const planNames = new Map<string, string>();

/** Parsing and planning cost PostgreSQL more than a small query itself, so what comes again and again is prepared by name. */
function keepPlans(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (statement: unknown, values?: unknown) => Promise<pg.QueryResult>;
  const planned = (text: unknown, values?: unknown) => {
    const name = typeof text === 'string' && values ? planName(text) : undefined;
    return name ? query({ name, text, values }) : query(text, values);
  };
  client.query = planned as typeof client.query;
}

function planName(text: string): string | undefined {
  const name = planNames.get(text);
  // A kept plan must not outlive a column that another process's release adds: only what names its columns is kept.
  if (name || planNames.size >= KEPT_PLANS || !/^(select|with|insert|update|delete) /.test(text) || text.includes('*')) return name;
  const times = (asked.get(text) ?? 0) + 1;
  if (asked.size >= 1000) asked.clear();
  asked.set(text, times);
  if (times < OFTEN) return undefined;
  planNames.set(text, `s${planNames.size}`);
  return undefined;
}

function safeInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`integer out of the safe range: ${value}`);
  return number;
}

async function migrate(db: Kysely<Database>, engine: Engine): Promise<void> {
  const named = Object.fromEntries(
    Object.entries(migrations).map(([name, up]): [string, Migration] => [name, { up: (migrating) => up(migrating, engine) }]),
  );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => named } });
  const { error } = await migrator.migrateToLatest();
  if (error) {
    if (error instanceof Error && /corrupted migrations|does not exist|missing/i.test(error.message))
      throw new OperatorError('The database was written by a newer release; start that one, or restore a backup from before it.');
    throw error;
  }
}
