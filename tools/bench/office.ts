/** How long a clerk waits in a large office: through the real app over HTTP, one request after the other. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Comparison } from './compare.ts';
import { cityOf, emailOf, firstNameOf, lastNameOf, nameOf, phoneOf, streetOf } from './office-people.ts';
import type { SeededOffice } from './office-seed.ts';
import type { ServerArguments } from './served.ts';

/** Milliseconds that 99 of 100 answers take at most. */
const GOAL = 100;
/** What else the machine does is not what is measured: everything is asked so often, at different times, and the shortest counts. */
const PASSES = 3;

type Search = (n: number) => string;
const swapped = (word: string, at: number): string => word.slice(0, at) + (word[at + 1] ?? '') + word[at]! + word.slice(at + 2);
const without = (word: string, at: number): string => word.slice(0, at) + word.slice(at + 1);

/** What people type, each of somebody who is there but the last two. */
const searches: Record<string, Search> = {
  'a full name': nameOf,
  'a last name': lastNameOf,
  'a beginning': (n) => lastNameOf(n).slice(0, 3 + (n % 3)),
  'two letters': (n) => firstNameOf(n).slice(0, 2),
  'two beginnings': (n) => `${firstNameOf(n).slice(0, 3)} ${lastNameOf(n).slice(0, 3)}`,
  'a letter missing': (n) => without(lastNameOf(n), 2),
  'letters swapped': (n) => `${firstNameOf(n)} ${swapped(lastNameOf(n), 1)}`,
  'a phone number': (n) => phoneOf(n).replace(/^\+1(...)(...)/, '($1) $2-'),
  'the end of a number': (n) => phoneOf(n).slice(-7),
  'an e-mail address': emailOf,
  'a house': (n) => streetOf(n),
  'two common words': (n) => `${firstNameOf(n)} ${cityOf(n).city}`,
  'a customer number': (n) => String(10_000 + n),
  'common words that do not meet': (n) => ['Atlanta Decatur', 'Peachtree Pine', 'Street Avenue', 'mail.example post.example'][n % 4]!,
  'nothing that is there': (n) => `qx${n}zz kwv`,
};

const lists: Record<string, (n: number) => string> = {
  'first page': () => '/v1/office/inbox',
  unread: () => '/v1/office/inbox?unread=true',
  'a topic': (n) => `/v1/office/inbox?topic=${['decisions', 'payments', 'delivery'][n % 3]}`,
  'what is done': () => '/v1/office/inbox?state=done',
  counts: () => '/v1/office/inbox/counts',
};

const asked = (path: string, q: string): string => `${path}?q=${encodeURIComponent(q)}`;

export async function inLargeOffice(engine: string, office: SeededOffice, quick: boolean): Promise<Comparison[]> {
  const child = fork(new URL('./app-server.ts', import.meta.url), [
    JSON.stringify({ databaseUrl: office.url, publicUrl: 'https://center.example.com', secretKey: randomBytes(32).toString('base64'), jkt: '', accountId: office.accountId } satisfies ServerArguments),
  ], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const read = async (path: string): Promise<number> => {
      const start = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${office.key}` } });
      const body = await answer.text();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${body}`);
      return performance.now() - start;
    };
    const rounds = quick ? 20 : 100;
    const results: Comparison[] = [];
    for (const [name, kinds] of Object.entries({
      'customer search': mapped(searches, (search) => (n: number) => asked('/v1/office/customer-rows', search(n))),
      'job search': mapped(searches, (search) => (n: number) => asked('/v1/office/job-rows', search(n))),
      'inbox and its counts': lists,
      'lists': { customers: () => '/v1/office/customer-rows', jobs: () => '/v1/office/job-rows', 'open jobs': () => '/v1/office/job-rows?state=open', 'canceled jobs': () => '/v1/office/job-rows?state=canceled' },
    })) {
      const [times, raw] = [mapped(kinds, () => new Array<number>(rounds).fill(Infinity)), [] as number[]];
      // Warm: statements are prepared, and what is asked often is planned.
      for (const path of Object.values(kinds)) for (let n = 0; n < 5; n++) await read(path(somebody(n, office)));
      for (let pass = 0; pass < PASSES; pass++)
        for (let round = 0; round < rounds; round++)
          for (const [kind, path] of Object.entries(kinds)) {
            const took = await read(path(somebody(round, office)));
            raw.push(took);
            times[kind]![round] = Math.min(times[kind]![round]!, took);
          }
      const all = Object.values(times).flat();
      const p99 = at(all, 0.99);
      results.push({
        engine, name: `${name}, ${office.customers} customers, ${office.jobs} jobs, ${office.items} inbox items: ms p99`, ratio: p99, goal: `≤ ${GOAL}`, ok: p99 <= GOAL, required: true,
        details: { all: figures(all), 'every single asking': figures(raw), ...mapped(times, figures) },
      });
    }
    return results;
  } finally {
    child.disconnect();
    if (child.exitCode === null) await once(child, 'exit');
  }
}

const somebody = (round: number, { customers }: SeededOffice): number => (round * 104_729 + 31) % customers;
const mapped = <From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
const at = (values: number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;
const round = (value: number): number => Math.round(value * 100) / 100;
const figures = (values: number[]): Record<string, number> => ({ 'ms p50': round(at(values, 0.5)), 'ms p99': round(at(values, 0.99)), 'ms longest': round(Math.max(...values)) });
