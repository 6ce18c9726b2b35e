/** The two comparisons: rounds on both servers in turn, so that whatever slows the machine slows both. */
import { fork, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto';
import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { calculateJwkThumbprint } from 'jose';
import { makeLink } from '../../server/access/links.ts';
import { startSession, tokensOf } from '../../server/access/sessions.ts';
import { openDatabase } from '../../server/database/open.ts';
import { accountColumns, scopeOf } from '../../server/database/scope.ts';
import { proofChecker } from '../../server/platform/dpop.ts';
import { deriveWith } from '../../server/platform/secrets.ts';
import type { Measurement, Round } from './load.ts';
import { proofFor } from './proof.ts';
import type { Measured } from './seed.ts';
import type { ServerArguments, Usage } from './served.ts';

export interface Comparison {
  engine: string;
  name: string;
  ratio: number;
  goal: string;
  ok: boolean;
  /** Not reaching the goal is an error. */
  required?: boolean;
  details: Record<string, Record<string, number>>;
}

const publicUrl = 'https://center.example.com';
const secretKey = randomBytes(32).toString('base64url');
const derive = deriveWith(secretKey);
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as JsonWebKey;
const jkt = await calculateJwkThumbprint({ kty: 'EC', crv: 'P-256', x: key.x!, y: key.y! });

/** The page of the real app against the same page from the driver itself: requests a second. */
export async function againstCeiling(engine: string, measured: Measured, quick: boolean): Promise<Comparison> {
  const token = await signIn(measured);
  return withServers([[measured, 'app-server.ts'], [measured, 'ceiling-server.ts']], async (servers, load) => {
    await assertSamePage(servers, measured, token);
    const [seconds, rounds] = quick ? [0.3, 3] : [1, 6];
    const measure = (server: Server, requests: number) => load({ ...roundOn(server, measured, token), connections: 20, seconds, requests });
    // The first rounds warm up and tell how many proofs a round needs.
    const needs: number[] = [];
    for (const server of servers) {
      await measure(server, 2000);
      needs.push(1000 + Math.ceil(1.5 * seconds * rate(await measure(server, 6000 * seconds))));
    }
    const runs: Measurement[][] = servers.map(() => []);
    const before = await Promise.all(servers.map((server) => server.usage()));
    for (let i = 0; i < rounds; i++) for (const [index, server] of servers.entries()) runs[index]!.push(await measure(server, needs[index]!));
    const details: Comparison['details'] = {};
    for (const [index, name] of ['app', 'ceiling'].entries()) {
      const { rss, cpu } = await servers[index]!.usage();
      const requests = runs[index]!.reduce((sum, run) => sum + run.requests, 0);
      details[name] = { ...figures(runs[index]!), 'ms CPU each': round((cpu - before[index]!.cpu) / requests), 'MB RSS': Math.round(rss / 1e6) };
    }
    const ratio = details['app']!['req/s']! / details['ceiling']!['req/s']!;
    return { engine, name: 'history page, app / ceiling in requests a second', ratio, goal: '≥ 0.6', ok: ratio >= 0.6, details };
  });
}

/** The same customer's page among few and among many jobs of others: the median of one request at a time. */
export async function besideOthers(engine: string, few: Measured, many: Measured, quick: boolean): Promise<Comparison> {
  const places = [few, many];
  const tokens = [await signIn(few), await signIn(many)];
  return withServers([[few, 'app-server.ts'], [many, 'app-server.ts']], async (servers, load) => {
    const measure = (index: number, requests: number) => load({ ...roundOn(servers[index]!, places[index]!, tokens[index]!), connections: 1, seconds: 60, requests });
    for (const index of [0, 1]) await measure(index, 300);
    const latencies: number[][] = [[], []];
    // Short turns, each first in every other one.
    for (let turn = 0; turn < (quick ? 10 : 60); turn++) for (const index of turn % 2 ? [1, 0] : [0, 1]) latencies[index]!.push(...(await measure(index, 40)).latencies);
    const details = Object.fromEntries(places.map(({ jobs }, index) => [`${jobs} jobs`, { 'ms median': round(percentile(latencies[index]!, 0.5)), 'ms p99': round(percentile(latencies[index]!, 0.99)) }]));
    const ratio = percentile(latencies[1]!, 0.5) / percentile(latencies[0]!, 0.5);
    return { engine, name: `history page, ${many.jobs} / ${few.jobs} jobs in the database`, ratio, goal: '≤ 1.2', ok: ratio <= 1.2, details };
  });
}

const rate = ({ requests, seconds }: Measurement) => requests / seconds;
const round = (value: number) => Math.round(value * 100) / 100;
const percentile = (values: number[], share: number) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]!;
const figures = (runs: Measurement[]) => {
  const latencies = runs.flatMap((run) => run.latencies);
  return { 'req/s': Math.round(percentile(runs.map(rate), 0.5)), 'ms p50': round(percentile(latencies, 0.5)), 'ms p99': round(percentile(latencies, 0.99)) };
};

/** Signs the measured customer in, as an access link would, and hands back the access token (it lives ten minutes). */
async function signIn({ url, accountId, contactId }: Measured): Promise<string> {
  const database = await openDatabase(url);
  try {
    const account = await database.db.selectFrom('accounts').select(accountColumns).where('id', '=', accountId).executeTakeFirstOrThrow();
    const scope = scopeOf(database.db, database.engine, account);
    const { row } = await makeLink(scope, derive, { kind: 'access', contact_id: contactId });
    const session = (await startSession(scope, row, { jkt, origin: `https://www.${account.slug}.example`, userAgent: 'bench' }))!;
    return tokensOf(derive, session, null).accessToken;
  } finally {
    await database.close();
  }
}

interface Server {
  port: number;
  usage(): Promise<Usage>;
}
type Load = (round: Round) => Promise<Measurement>;

const pathOf = ({ slug }: Measured) => `/v1/accounts/${slug}/customers/all/history`;
const roundOn = (server: Server, measured: Measured, token: string) => ({
  port: server.port, path: pathOf(measured), publicUrl, origin: `https://www.${measured.slug}.example`, token, key, nonce: proofChecker(derive).nonce(),
});

async function withServers<R>(wanted: [Measured, string][], work: (servers: Server[], load: Load) => Promise<R>): Promise<R> {
  const children: ChildProcess[] = [];
  const start = (file: string, ...args: string[]) => {
    const child = fork(new URL(file, import.meta.url), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    children.push(child);
    return child;
  };
  try {
    const servers: Server[] = [];
    for (const [{ url, accountId }, file] of wanted) {
      const child = start(file, JSON.stringify({ databaseUrl: url, publicUrl, secretKey, jkt, accountId } satisfies ServerArguments));
      const { port } = await next<{ port: number }>(child);
      servers.push({ port, usage: async () => (child.send('usage'), next<Usage>(child)) });
    }
    const generator = start('load.ts');
    return await work(servers, async (round) => (generator.send(round), next<Measurement>(generator)));
  } finally {
    for (const child of children) child.disconnect();
    await Promise.all(children.filter((child) => child.exitCode === null).map((child) => once(child, 'exit')));
  }
}

/** The next thing a child says; an error when it ends instead. */
async function next<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  try {
    const ended = once(child, 'exit', over).then(() => Promise.reject(new Error('a process of the measurement ended early')));
    const [message] = (await Promise.race([once(child, 'message', over), ended])) as [T];
    return message;
  } finally {
    over.abort();
  }
}

/** A comparison of two different answers would say nothing. */
async function assertSamePage(servers: Server[], measured: Measured, token: string): Promise<void> {
  const pages = await Promise.all(
    servers.map(async (server) => {
      const round = roundOn(server, measured, token);
      const answer = await fetch(`http://127.0.0.1:${server.port}${round.path}`, { headers: { authorization: `DPoP ${token}`, origin: round.origin, dpop: proofFor(round)() } });
      if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    }),
  );
  if (!isDeepStrictEqual(pages[0], pages[1])) throw new Error('the app and the ceiling answer differently: bring the ceiling up to date');
}
