/** `npm run backup -- <file>`: a checked copy of the SQLite database, taken while the server runs. */
import '../platform/runtime.ts';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { readDatabaseUrl } from '../config.ts';
import { here, readArguments, runCommand } from '../platform/command.ts';
import { OperatorError } from './open.ts';

const usage = 'Usage: npm run backup -- <file>';

await runCommand(async () => {
  const [target, ...more] = readArguments({}, usage).positionals;
  if (!target || more.length > 0) throw new OperatorError(usage);
  const url = readDatabaseUrl(process.env);
  if (!url.startsWith('sqlite:'))
    throw new OperatorError('PostgreSQL has its own tool for this: pg_dump --format=custom --file=<file> "$DATABASE_URL", and pg_restore to bring it back.');
  const size = await backUp(resolve(url.slice('sqlite:'.length).replace(/^\/\//, '')), here('backup', target));
  console.log(`Backed up to ${target} (${(size / 1024 / 1024).toFixed(1)} MB, checked). To restore it, stop the server and put the file where DATABASE_URL points.`);
});

/** The target appears whole and checked, or not at all. */
async function backUp(source: string, target: string): Promise<number> {
  if (!existsSync(source)) throw new OperatorError(`There is no database at ${source}: set DATABASE_URL to the one to back up.`);
  if (existsSync(target)) throw new OperatorError(`${target} exists already: give the backup a name of its own.`);
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    const database = new Sqlite(source, { readonly: true, timeout: 10_000 });
    try {
      // All pages in one step: between steps a busy server's writes would make it begin again, for ever.
      await database.backup(partial, { progress: () => 0x7fffffff });
    } finally {
      database.close();
    }
    check(partial);
    flush(partial);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'EACCES' || code === 'SQLITE_CANTOPEN' || /directory does not exist/i.test(String(error)))
      throw new OperatorError(`${target} cannot be written: choose another folder.`);
    throw error;
  }
  return statSync(target).size;
}

function check(file: string): void {
  const copy = new Sqlite(file);
  try {
    // One file without companions: what a backup must be to be copied elsewhere.
    copy.pragma('journal_mode = DELETE');
    const verdict = copy.pragma('quick_check', { simple: true });
    if (verdict !== 'ok') throw new OperatorError(`The copy is damaged (${String(verdict)}); so is probably the database: keep the earlier backups.`);
  } finally {
    copy.close();
  }
}

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
