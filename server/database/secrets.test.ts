import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { buildApp } from '../app.ts';
import { TestBrowser } from '../testing-browser.ts';
import { emptyTestDatabase, testConfig, testEngine } from '../testing.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { startChild } from './testing/child.ts';
import type { Secrets } from './testing/flows.ts';

let place: { url: string; remove(): Promise<void> };
let database: OpenDatabase;
let app: FastifyInstance;
let secrets: Secrets;
let logs: string;
/** Every value of every table. */
let stored: string[];
/** The database's files, journal included, as the killed server left them. Empty on PostgreSQL. */
let files = '';

before(async () => {
  place = await emptyTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'customer-center-secrets-'));
  const secretsFile = join(folder, 'secrets.json');
  const child = startChild('flows.ts', { url: place.url, secretsFile });
  child.go();
  await child.ended;
  assert.equal(child.process.signalCode, 'SIGKILL', child.errors());
  secrets = JSON.parse(readFileSync(secretsFile, 'utf8')) as Secrets;
  rmSync(folder, { recursive: true });
  logs = child.lines.join('\n') + child.errors();
  if (testEngine === 'sqlite') {
    const home = dirname(place.url.slice('sqlite:'.length));
    files = readdirSync(home).map((file) => readFileSync(join(home, file), 'latin1')).join('\n');
  }
  database = await openDatabase(place.url);
  stored = await dump(database);
  app = await buildApp({ config: testConfig(), database });
});
after(async () => {
  await app.close();
  await database.close();
  await place.remove();
});

async function dump({ db }: OpenDatabase): Promise<string[]> {
  const tables = await db.introspection.getTables();
  const values = new Set<string>();
  for (const { name } of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    for (const row of rows) for (const value of Object.values(row)) if (value !== null) values.add(String(value));
  }
  return [...values];
}

test('no secret is in the database, its files or its stored answers', () => {
  assert.ok(secrets.tokens.length > 25, `${secrets.tokens.length} secrets were made`);
  assert.ok(stored.length > 150, `${stored.length} values are stored`);
  const everything = stored.join('\n') + files;
  for (const token of [...secrets.tokens, secrets.secretKey]) {
    assert.ok(!everything.includes(token), token);
    // What a session or key token adds to its public parts.
    assert.ok(!everything.includes(token.slice(-43)), token);
  }
  for (const code of secrets.codes) assert.doesNotMatch(stored.join('\n'), new RegExp(`(?<!\\d)${code}(?!\\d)`), 'a code');
});

test('no secret, code or address is in the log, however much it says', () => {
  assert.ok(logs.split('\n').length > 50, 'the log says something');
  for (const token of [...secrets.tokens, secrets.secretKey, ...secrets.addresses]) assert.ok(!logs.includes(token.slice(-43)), token);
  for (const code of secrets.codes) assert.doesNotMatch(logs, new RegExp(`"${code}"|(?<![\\w.:-])${code}(?![\\w.:-])`), 'a code');
});

/** Whatever could be taken for a token: whole values, the parts of values, and what looks like a token in files and log. */
function candidates(): string[] {
  const found = new Set<string>();
  for (const value of stored) for (const part of [value, ...(value.match(/[\w.-]{16,}/g) ?? [])]) if (part.length >= 16 && part.length <= 200) found.add(part);
  for (const part of `${files}\n${logs}`.match(/(?<![\w-])[\w-]{43}(?![\w-])/g) ?? []) found.add(part);
  return [...found];
}

let calls = 0;
/** From a network of its own each time, so that no limit hides what a door would say. */
async function attempt(request: InjectOptions): Promise<string> {
  calls += 1;
  const answer = await app.inject({ ...request, remoteAddress: `10.${calls >> 16}.${(calls >> 8) & 255}.${calls & 255}` });
  return `${answer.statusCode} ${(answer.json() as { code?: string }).code}`;
}

test('nothing that is stored or logged opens any door', async () => {
  const thief = new TestBrowser(app);
  const path = thief.path;
  const nonce = (await thief.send('POST', `${path}/session/refresh`, { refreshToken: 'x' }, { token: null })).headers['dpop-nonce'] as string;
  const own = { origin: thief.publicUrl };
  const page = { origin: thief.origin! };
  const proved = (method: string, url: string, token?: string) => ({ ...page, dpop: thief.proof(method, url, token, { nonce }), ...(token ? { authorization: `DPoP ${token}` } : {}) });
  const post = (url: string, payload: object): InjectOptions => ({ method: 'POST', url, payload, headers: proved('POST', url) });
  const doors: Record<string, (text: string) => InjectOptions> = {
    door: (token) => ({ method: 'POST', url: `${path}/door`, headers: own, payload: { token } }),
    exchange: (text) => post(`${path}/handoffs/exchange`, { handoff: text, verifier: text }),
    refresh: (refreshToken) => post(`${path}/session/refresh`, { refreshToken }),
    'access token': (token) => ({ url: `${path}/session`, headers: proved('GET', `${path}/session`, token) }),
    'API key': (key) => ({ url: '/v1/office/session', headers: { authorization: `Bearer ${key}` } }),
    'staff token': (token) => ({ url: '/v1/office/session', headers: proved('GET', '/v1/office/session', token) }),
  };
  const said = new Map<string, string>();
  const accountId = stored.find((value) => value.startsWith('acct_'))!;
  const sessions = stored.filter((value) => /^sess_\w{26}$/.test(value));
  assert.ok(sessions.length >= 6);
  const tried = candidates();
  assert.ok(tried.length > 100, `${tried.length} candidates`);
  for (const text of tried) {
    for (const [door, request] of Object.entries(doors)) said.set(`${door}: ${await attempt(request(text))}`, text);
    if (!/^[\w-]{43}$/.test(text)) continue;
    // Dressed up as what it would have to be.
    said.set(`API key: ${await attempt(doors['API key']!(`cck_${accountId}_${text}`))}`, text);
    for (const session of sessions)
      for (const door of ['refresh', 'access token', 'staff token'] as const)
        said.set(`${door}: ${await attempt(doors[door]!(`${door === 'staff token' ? `ccs_${accountId}_` : ''}${session}.2.${text}`))}`, text);
  }
  const opened = [...said].filter(([answer]) => !/^(door: (400 invalid_request|404 not_found)|exchange: 400 invalid_request|refresh: (400 invalid_request|401 session_ended)|access token: 401 \w+|API key: 401 unauthenticated|staff token: 401 \w+)$/.test(answer));
  assert.deepEqual(opened, []);
  // Every door was really reached, past its schema and its proof.
  for (const answer of ['door: 404 not_found', 'exchange: 400 invalid_request', 'refresh: 401 session_ended', 'access token: 401 session_ended', 'API key: 401 unauthenticated', 'staff token: 401 session_ended'])
    assert.ok(said.has(answer), answer);
});

test('no stored number opens the code door, even to a browser that stole the verifier', async () => {
  await database.db.deleteFrom('rate_buckets').execute();
  const asking = new TestBrowser(app);
  const asked = await asking.askSignIn('maria@example.com');
  const numbers = new Set([...stored.join('\n').matchAll(/(?<!\d)\d{6}(?!\d)/g), ...logs.matchAll(/(?<!\d)\d{6}(?!\d)/g)].map(([digits]) => digits));
  for (const code of [...numbers].slice(0, 4)) assert.equal((await asking.enterCode(asked.request.id, code, asked.verifier)).statusCode, 401);
  // A stored challenge is not its verifier.
  const challenges = stored.filter((value) => /^[\w-]{43}$/.test(value));
  for (const verifier of challenges) assert.equal((await asking.enterCode(asked.request.id, '000000', verifier)).statusCode, 404);
});
