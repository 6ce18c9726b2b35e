import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Sqlite from 'better-sqlite3';
import { soak, testEngine } from '../testing.ts';
import { OperatorError, openDatabase } from './open.ts';
import { startChild } from './testing/child.ts';

const skip = testEngine === 'sqlite' ? false : 'about SQLite files';
let folder: string;
before(() => void (folder = mkdtempSync(join(tmpdir(), 'customer-center-sqlite-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a second server on one file is refused in one sentence, and may start when the first was killed', { skip }, async () => {
  const url = `sqlite:${join(folder, 'held.sqlite')}`;
  const first = startChild('opener.ts', { url, exclusive: true });
  first.go();
  await first.said(1);
  assert.deepEqual(first.lines, ['open'], first.errors());
  await assert.rejects(openDatabase(url, { exclusive: true }), (error) => {
    assert.ok(error instanceof OperatorError);
    assert.match(error.message, /^Another process already serves .*held\.sqlite; [^.\n]+\.$/);
    return true;
  });
  // Command-line tools work beside a running server.
  await (await openDatabase(url)).close();
  await first.kill();
  await (await openDatabase(url, { exclusive: true })).close();
});

/** A file and its journal as they were while a server wrote, with the journal's size after each commit. */
interface Written {
  file: Buffer;
  journal: Buffer;
  sizes: number[];
}

async function writeJournal(commits: number): Promise<Written> {
  const path = join(folder, 'whole.sqlite');
  const database = await openDatabase(`sqlite:${path}`);
  const sqlite = new Sqlite(path);
  sqlite.pragma('wal_checkpoint(truncate)');
  // Without its checkpoints, so that everything since is in the journal alone.
  sqlite.pragma('wal_autocheckpoint = 0');
  const file = readFileSync(path);
  const write = sqlite.transaction((i: number) => {
    for (const half of ['left', 'right']) sqlite.prepare('insert into rate_buckets (key, tokens, updated_at) values (?, ?, ?)').run(`${half}-${i}`, i, i);
  });
  const sizes: number[] = [];
  for (let i = 1; i <= commits; i++) {
    write(i);
    sizes.push(statSync(`${path}-wal`).size);
  }
  const journal = readFileSync(`${path}-wal`);
  sqlite.close();
  await database.close();
  return { file, journal, sizes };
}

/** Opens what was left as the server would. The numbers of the commits found, or nothing when it was refused. */
async function recover({ file }: Written, journal: Buffer): Promise<number[] | undefined> {
  const place = join(folder, 'torn');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  const path = join(place, 'torn.sqlite');
  writeFileSync(path, file);
  writeFileSync(`${path}-wal`, journal);
  try {
    const database = await openDatabase(`sqlite:${path}`);
    const rows = await database.db.selectFrom('rate_buckets').select(['key', 'updated_at']).orderBy('updated_at').orderBy('key').execute();
    await database.close();
    const halves = Map.groupBy(rows, (row) => row.updated_at);
    for (const [commit, [left, right]] of halves) assert.deepEqual([left?.key, right?.key], [`left-${commit}`, `right-${commit}`], 'half a transaction');
    return [...halves.keys()];
  } catch (error) {
    if (error instanceof OperatorError) return undefined;
    throw error;
  }
}

test(`a journal torn at ${soak(2500)} places, or with ${soak(1000)} bits turned: every commit before the damage, whole, or a loud refusal`, { skip }, async () => {
  const written = await writeJournal(100);
  const { journal, sizes } = written;
  const damages: [at: number, torn: Buffer][] = [];
  for (let i = 0; i < soak(2500); i++) {
    const at = randomInt(journal.length + 1);
    damages.push([at, journal.subarray(0, at)]);
  }
  for (let i = 0; i < soak(1000); i++) {
    const at = randomInt(journal.length);
    const turned = Buffer.from(journal);
    turned[at]! ^= 1 << randomInt(8);
    damages.push([at, turned]);
  }
  for (const [at, torn] of damages) {
    const found = await recover(written, torn);
    if (!found) continue;
    const durable = sizes.filter((size) => size <= at).length;
    assert.ok(found.length >= durable, `damage at ${at}: ${durable} commits lay before it, ${found.length} are left`);
    assert.deepEqual(found, Array.from({ length: found.length }, (_, index) => index + 1), `damage at ${at}`);
  }
});

test('a damaged file is refused in one sentence that says what to do, and is not held', { skip }, async () => {
  const path = join(folder, 'damaged.sqlite');
  await (await openDatabase(`sqlite:${path}`)).close();
  const whole = readFileSync(path);
  for (const [from, to] of [[4096, 8192], [100, 400], [0, 100]] as const) {
    writeFileSync(path, Buffer.concat([whole.subarray(0, from), Buffer.alloc(to - from, 0xa5), whole.subarray(to)]));
    await assert.rejects(openDatabase(`sqlite:${path}`, { exclusive: true }), (error: Error) => {
      assert.ok(error instanceof OperatorError, error.stack);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  }
  writeFileSync(path, whole);
  await (await openDatabase(`sqlite:${path}`, { exclusive: true })).close();
});

const strace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
test('every acknowledged commit was flushed to the disk', { skip: skip || (!strace && 'strace is not here, or may not trace') }, async () => {
  const commits = 50;
  const trace = join(folder, 'trace');
  const child = startChild('committer.ts', { url: `sqlite:${join(folder, 'flushed.sqlite')}`, commits }, ['strace', '-f', '-e', 'trace=fsync,fdatasync,write', '-o', trace]);
  child.go();
  await child.ended;
  assert.equal(child.lines.length, 1 + commits, child.errors());
  // In the order of the trace: since the one before, each acknowledgement was preceded by a flush.
  let flushed = false;
  for (const line of readFileSync(trace, 'utf8').split('\n')) {
    if (/\bf(data)?sync\(/.test(line)) flushed = true;
    if (!/\bwrite\(1, "committed /.test(line)) continue;
    assert.ok(flushed, `acknowledged before it was flushed: ${line}`);
    flushed = false;
  }
});
