/** Live events: what has changed in an account, told to its office's open screens as it happens. */
import { Readable } from 'node:stream';
import type pg from 'pg';
import type { OfficeEvent } from '../contract/inbox.ts';
import { listenEverywhere, listenHere, type Change } from '../database/changes.ts';
import type { OpenDatabase } from '../database/open.ts';
import type { Scope } from '../database/scope.ts';
import { Problem } from './problems.ts';

/** `alive` says that the connection is; so often, that proxies do not take it for a dead one. */
const ALIVE_MS = 20_000;
/** Streams of one member of the staff, or of one API key, in one process. */
export const MOST_STREAMS = 20;
/** Bytes that wait for a slow reader, beyond what its connection holds; then it may come again and read everything anew. */
const MOST_WAITING = 64 * 1024;
/** After a stream was told to end, so long until one that nobody reads is cut off. */
const CUT_MS = 1000;

/**
 * Says that something has changed, in the transaction of the change. `ended` is for this server alone: somebody's session, key or
 * listed website has come to an end, and their streams with it.
 */
export const announce = (scope: Scope, what: Exclude<OfficeEvent['what'], 'alive'> | 'ended', id: string | null = null): Promise<void> => scope.announce({ what, id });

export interface Watcher {
  accountId: string;
  /** Whose streams are counted together. */
  who: string;
  /** Whether the session or key still is one, and the website listed. */
  mayWatch(): Promise<boolean>;
  /** Ends after so many; otherwise when it must. */
  seconds?: number | undefined;
}
interface Stream extends Watcher {
  out: Readable;
  /** Whether it has begun: what happens before is read by whoever opened it. */
  begun: boolean;
}

export interface Live {
  /** A stream of JSON lines, beginning with `alive`. @throws {Problem} `too_many_requests`. */
  open(watcher: Watcher): Promise<Readable>;
  /** Ends all of them, for good. */
  close(): Promise<void>;
}

/** @param everyMs how often `alive` comes. */
export function liveStreams(database: OpenDatabase, everyMs = ALIVE_MS): Live {
  const streams = new Set<Stream>();
  let source: Promise<() => Promise<void>> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const hear = (accountId: string, change: Change) => {
    for (const stream of streams) {
      if (stream.accountId !== accountId) continue;
      if (change.what === 'ended') void check(stream);
      else if (stream.begun) send(stream, change as OfficeEvent);
    }
  };
  const listening = () => (source ??= listen(database, hear, lost).catch((error: unknown) => {
    source = undefined;
    throw error;
  }));
  /** What happens now is heard by nobody here: streams that went on would lie. They come again, and read everything anew. */
  function lost(): void {
    source = undefined;
    for (const stream of streams) end(stream);
  }
  async function check(stream: Stream): Promise<boolean> {
    const may = await stream.mayWatch().catch(() => false);
    if (!may) end(stream);
    return may;
  }
  const beat = () => {
    for (const stream of streams) if (stream.begun) void check(stream).then((may) => may && send(stream, alive));
  };

  return {
    open: async (watcher) => {
      if (closed) throw new Problem('unavailable');
      if ([...streams].filter(({ who }) => who === watcher.who).length >= MOST_STREAMS) throw new Problem('too_many_requests', { headers: { 'retry-after': '60' } });
      const stream: Stream = { ...watcher, out: new Readable({ read: () => undefined }), begun: false };
      streams.add(stream);
      timer ??= setInterval(beat, everyMs).unref();
      stream.out.once('close', () => {
        streams.delete(stream);
        if (streams.size) return;
        clearInterval(timer);
        timer = undefined;
      });
      try {
        await listening();
      } catch {
        stream.out.destroy();
        throw new Problem('unavailable');
      }
      // The session may have ended while nobody listened yet.
      if (!(await check(stream)) || closed) end(stream);
      else send(stream, alive);
      stream.begun = true;
      if (watcher.seconds !== undefined) {
        const over = setTimeout(() => end(stream), watcher.seconds * 1000).unref();
        stream.out.once('close', () => clearTimeout(over));
      }
      return stream.out;
    },
    close: async () => {
      closed = true;
      for (const stream of streams) end(stream);
      const stop = await source?.catch(() => undefined);
      await stop?.();
    },
  };
}

const alive: OfficeEvent = { what: 'alive', id: null };

function send({ out }: Stream, event: OfficeEvent): void {
  if (out.readableEnded || out.destroyed) return;
  if (out.readableLength > MOST_WAITING) out.destroy();
  else if (!ending.has(out)) out.push(`${JSON.stringify({ what: event.what, id: event.id })}\n`);
}

const ending = new WeakSet<Readable>();
function end({ out }: Stream): void {
  if (ending.has(out)) return;
  ending.add(out);
  out.push(null);
  setTimeout(() => out.destroy(), CUT_MS).unref();
}

/** @returns how to stop. */
async function listen(database: OpenDatabase, hear: (accountId: string, change: Change) => void, lost: () => void): Promise<() => Promise<void>> {
  if (!database.connection) {
    const stop = listenHere(hear);
    return async () => stop();
  }
  const client = database.connection();
  let stopped = false;
  const gone = () => {
    if (stopped) return;
    stopped = true;
    clearInterval(timer);
    lost();
    void client.end().catch(() => undefined);
  };
  client.on('error', gone);
  client.on('end', gone);
  const timer = setInterval(() => void client.query('select 1').catch(gone), ALIVE_MS).unref();
  try {
    await client.connect();
    await listenEverywhere(client, hear);
  } catch (error) {
    gone();
    throw error;
  }
  return () => stop(client);

  function stop(client: pg.Client): Promise<void> {
    stopped = true;
    clearInterval(timer);
    return client.end();
  }
}
