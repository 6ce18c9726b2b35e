/** What server tests share: an empty database on the engine under test, an account in it, an app over it. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import pg from 'pg';
import { defaultColumns } from './account/accounts.ts';
import { makeKey } from './account/keys.ts';
import { buildApp, servicesOf } from './app.ts';
import { readConfig, type Config } from './config.ts';
import type { Scope as KeyScope } from './contract/account.ts';
import { openDatabase, type OpenDatabase } from './database/open.ts';
import { scopeOf, type AccountRow, type Scope } from './database/scope.ts';
import { newId, now } from './platform/ids.ts';

/** `sqlite` or `postgres`; the test command runs the server's tests once with each. */
export const testEngine = process.env['TEST_DATABASE'] === 'postgres' ? 'postgres' : 'sqlite';

/** A tenth of the full count, unless soaking. */
export const soak = (full: number): number => (process.env['SOAK'] ? full : Math.max(1, Math.ceil(full / 10)));

export interface TestDatabase extends OpenDatabase {
  url: string;
  /** Opens the same database again, as a second process would. */
  reopen(): Promise<OpenDatabase>;
}

/** A fresh database, migrated and empty; `close` removes it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { url, remove } = await emptyTestDatabase();
  const opened = await openDatabase(url, { poolSize: 10 });
  // Nobody pulls the plug on a test: waiting for the disk at every commit would only take the time of all others.
  if (opened.engine === 'sqlite') await sql`pragma synchronous = off`.execute(opened.db);
  return {
    ...opened,
    url,
    reopen: () => openDatabase(url, { poolSize: 5 }),
    close: async () => {
      await opened.close();
      await remove();
    },
  };
}

/** A place for a database, with nothing in it yet. */
export const emptyTestDatabase = async (): Promise<{ url: string; remove(): Promise<void> }> => (testEngine === 'postgres' ? newPostgresDatabase() : newSqliteFile());

function newSqliteFile() {
  const folder = mkdtempSync(join(tmpdir(), 'customer-center-test-'));
  return { url: `sqlite:${join(folder, 'test.sqlite')}`, remove: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function newPostgresDatabase() {
  const server = process.env['TEST_POSTGRES_URL'];
  if (!server) throw new Error('TEST_POSTGRES_URL is not set: run the tests with `npm test`, which starts PostgreSQL');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await administer(`create database ${name}`);
  await administer(`alter database ${name} set synchronous_commit to off`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => administer(`drop database ${name} with (force)`) };
}

export const testConfig = (more: Record<string, string> = {}): Config =>
  readConfig({ PUBLIC_URL: 'http://localhost:8080', SECRET_KEY: 'test-key-0123456789-abcdefghijklmnop', LOG_LEVEL: 'silent', WORKER: 'off', ...more });

/** An app on a fresh database. Use `app.inject`; nothing listens. */
export async function openTestApp(more: Record<string, string> = {}) {
  const database = await openTestDatabase();
  const config = testConfig({ DATABASE_URL: database.url, ...more });
  const services = servicesOf({ config, database });
  const app = await buildApp({ config, database }, services);
  return {
    app,
    services,
    database,
    config,
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}

/** An account with one page, `https://www.<slug>.example`, as its main page. */
export async function makeAccount(database: OpenDatabase, slug = 'acme', more: Partial<AccountRow> = {}): Promise<Scope> {
  const account: AccountRow = {
    id: newId('account'), slug, name: 'Acme Plumbing & Heating', accent: '#0b62c4', phone: '+14045550142', email: 'office@acme.example',
    country: 'US', time_zone: 'America/New_York', locale: 'en', currency: 'USD', ...defaultColumns, marketing: 1,
    logo_hash: null, logo_type: null, failed_handoffs: 0, created_at: now(), updated_at: now(), ...more,
  };
  await database.db.insertInto('accounts').values(account).execute();
  const scope = scopeOf(database.db, database.engine, account);
  await scope
    .insert('pages', { id: newId('page'), url: `https://www.${slug}.example/account`, origin: `https://www.${slug}.example`, main: 1, created_at: now() })
    .execute();
  return scope;
}

/** An API key of this account with these scopes; its secret. */
export const makeApiKey = async (scope: Scope, scopes: KeyScope[]): Promise<string> => (await makeKey(scope, { name: 'Test', scopes })).secret;

/** Talks to the office's API with an API key, as another back office does; `path` goes on from `/v1/office/`. */
export const officeOf = (app: FastifyInstance, key: string) =>
  async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object, headers: Record<string, string> = {}) => {
    const answer = await app.inject({ method, url: `/v1/office/${path}`, headers: { authorization: `Bearer ${key}`, ...headers }, ...(body ? { payload: body } : {}) });
    // What an answer holds is for the test to say.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    const json: any = answer.body ? answer.json() : undefined;
    return { status: answer.statusCode, body: json, text: answer.body, headers: answer.headers };
  };
