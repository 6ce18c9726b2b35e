/** Rate limits as token buckets in the database, so that a restart or a second process resets nothing. */
import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { Problem } from './problems.ts';
import type { Derive } from './secrets.ts';

export interface Bucket {
  /** What is counted; personal values are hashed before they get here (`limitKey`). */
  key: string;
  /** How many may come at once. */
  burst: number;
  /** Refill; so at most `burst + perHour` in any hour. */
  perHour: number;
}

/** Takes one token of every bucket, or says no. Every bucket is independent: exhausting one spares the others. */
export async function take(db: Kysely<Database>, buckets: Bucket[], cost = 1): Promise<boolean> {
  const time = Date.now();
  // PostgreSQL would otherwise take a fraction beside an integer column for an integer.
  const real = (value: number) => sql<number>`cast(${value} as double precision)`;
  for (const { key, burst, perHour } of buckets) {
    const grown = sql<number>`rate_buckets.tokens + (${real(time)} - rate_buckets.updated_at) * ${real(perHour / 3_600_000)}`;
    const refilled = sql<number>`case when ${grown} > ${real(burst)} then ${real(burst)} else ${grown} end`;
    const { rows } = await sql`
      insert into rate_buckets (key, tokens, updated_at) values (${key}, ${real(burst - cost)}, ${time})
      on conflict (key) do update set tokens = ${refilled} - ${real(cost)}, updated_at = ${time} where ${refilled} >= ${real(cost)}
      returning key`.execute(db);
    if (rows.length === 0) return false;
  }
  return true;
}

/** @throws {Problem} `too_many_requests`. */
export async function takeOrRefuse(db: Kysely<Database>, buckets: Bucket[]): Promise<void> {
  if (!(await take(db, buckets))) throw new Problem('too_many_requests', { headers: { 'retry-after': '60' } });
}

/** The network a caller comes from: an IPv4 address, or the /64 of an IPv6 one, which is one household's. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(ip);
  if (mapped) return mapped[1]!;
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const groups = tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** A bucket's key that does not store the address it is about. */
export const limitKey = (derive: Derive, kind: string, value: string): string => `${kind}:${derive('limit', kind, value).slice(0, 24)}`;
