/** Work after the answer: written in the transaction of its cause, leased by a worker, retried with back-off. */
import { sql, type Kysely } from 'kysely';
import type { OpenDatabase } from '../database/open.ts';
import type { Database, OutboxTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { after, newId, now } from './ids.ts';

const LEASE_SECONDS = 120;
/** After so many, a job has failed for good. */
export const MOST_ATTEMPTS = 12;
const BATCH = 5;

export type OutboxJob = OutboxTable;
export interface OutboxHandler {
  (job: OutboxJob, payload: Record<string, unknown>): Promise<void>;
}
/** Thrown by a handler when trying again cannot help. */
export class PermanentFailure extends Error {}

/** Writes a job beside its cause. Call it with the scope of the cause's transaction. */
export async function enqueue(scope: Scope, kind: string, payload: Record<string, unknown>, delaySeconds = 0): Promise<void> {
  await scope.db
    .insertInto('outbox')
    .values({
      id: newId('outbox'), account_id: scope.accountId, kind, payload: JSON.stringify(payload), run_at: after(delaySeconds),
      attempts: 0, leased_until: null, done_at: null, error: null,
    })
    .execute();
  nudge();
}

/** Wakes the workers of this process: something is due. */
const nudges = new Set<() => void>();
const nudge = (): void => nudges.forEach((wake) => wake());

export interface Worker {
  /** Does what is due now; resolves when nothing is left. Tests call it instead of waiting. */
  drain(): Promise<number>;
  start(): void;
  /** Lets the running job finish. */
  stop(): Promise<void>;
}

/** Which kinds a worker takes: these alone, or all but these. Kinds that wait for somebody else's server hold up no others. */
export interface Lane {
  kinds: readonly string[];
  others: boolean;
}

export function outboxWorker(
  database: OpenDatabase,
  handlers: Record<string, OutboxHandler>,
  log: { error(details: object, message: string): void },
  everyMs = 1000,
  lane: Lane = { kinds: [], others: true },
): Worker {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | undefined;
  let stopped = false;

  async function work(): Promise<number> {
    let done = 0;
    while (!stopped) {
      const jobs = await claim(database, lane);
      if (jobs.length === 0) return done;
      for (const [index, job] of jobs.entries()) {
        if (stopped) {
          await giveBack(database.db, jobs.slice(index));
          break;
        }
        if (!(await stillOurs(database.db, job))) continue;
        await perform(database.db, handlers, job, log);
        done++;
      }
    }
    return done;
  }
  const drain = () => (running ??= work().finally(() => (running = undefined)));
  const tick = () => {
    if (stopped) return;
    drain()
      .catch((error: unknown) => log.error({ err: { message: error instanceof Error ? error.message : String(error) } }, 'the worker could not look for work'))
      .finally(() => {
        clearTimeout(timer);
        if (!stopped) timer = setTimeout(tick, everyMs);
      });
  };
  const wake = () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(tick, 15);
  };
  return {
    drain,
    start: () => {
      nudges.add(wake);
      tick();
    },
    stop: async () => {
      stopped = true;
      nudges.delete(wake);
      clearTimeout(timer);
      await running?.catch(() => undefined);
    },
  };
}

/** Leases due jobs, each account's oldest first, so that one busy account does not hold up the others. */
async function claim({ db, engine }: OpenDatabase, { kinds, others }: Lane): Promise<OutboxJob[]> {
  const time = now();
  const mine = kinds.length ? sql`and kind ${sql.raw(others ? 'not in' : 'in')} (${sql.join(kinds)})` : sql``;
  const lock = engine === 'postgres' ? sql`for update skip locked` : sql``;
  const { rows } = await sql<OutboxJob>`
    update outbox set leased_until = ${after(LEASE_SECONDS)}, attempts = attempts + 1 where id in (
      select id from outbox where id in (
        select id from (
          select id, row_number() over (partition by account_id order by run_at) as place, run_at from outbox
          where done_at is null and run_at <= ${time} and (leased_until is null or leased_until < ${time}) ${mine}
        ) as due order by place, run_at limit ${BATCH}
      ) ${lock}
    ) and done_at is null and (leased_until is null or leased_until < ${time})
    returning *`.execute(db);
  return rows;
}

/**
 * Renews the lease of a job whose turn has come. When the ones before it took longer than the lease, another worker may have
 * taken it; the count of attempts tells.
 */
async function stillOurs(db: Kysely<Database>, job: OutboxJob): Promise<boolean> {
  const renewed = await db
    .updateTable('outbox')
    .set({ leased_until: after(LEASE_SECONDS) })
    .where('id', '=', job.id)
    .where('attempts', '=', job.attempts)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return renewed.numUpdatedRows > 0n;
}

/** Leased but not begun when the process was told to end: the next one need not wait for the lease. */
async function giveBack(db: Kysely<Database>, jobs: OutboxJob[]): Promise<void> {
  await db.updateTable('outbox').set((eb) => ({ leased_until: null, attempts: eb('attempts', '-', 1) })).where('id', 'in', jobs.map((job) => job.id)).execute();
}

async function perform(db: Kysely<Database>, handlers: Record<string, OutboxHandler>, job: OutboxJob, log: { error(details: object, message: string): void }) {
  try {
    const handler = handlers[job.kind];
    if (!handler) throw new PermanentFailure(`no handler for ${job.kind}`);
    await handler(job, JSON.parse(job.payload) as Record<string, unknown>);
    await db.updateTable('outbox').set({ done_at: now(), leased_until: null, error: null }).where('id', '=', job.id).execute();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const over = error instanceof PermanentFailure || job.attempts >= MOST_ATTEMPTS;
    log.error({ job: job.id, kind: job.kind, attempt: job.attempts, err: { message } }, over ? 'a job failed for good' : 'a job failed; it is tried again');
    await db
      .updateTable('outbox')
      .set({ leased_until: null, error: message.slice(0, 500), ...(over ? { done_at: now() } : { run_at: after(Math.min(3600, 5 * 2 ** (job.attempts - 1))) }) })
      .where('id', '=', job.id)
      .execute();
  }
}
