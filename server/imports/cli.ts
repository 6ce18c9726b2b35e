/** `npm run import -- <source> <folder> --account <slug>`: brings another system's export into an account. */
import '../platform/runtime.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { readDatabaseUrl } from '../config.ts';
import { openDatabase, OperatorError, type OpenDatabase } from '../database/open.ts';
import { accountColumns, scopeOf, type AccountRow, type Scope } from '../database/scope.ts';
import { here, readArguments, runCommand } from '../platform/command.ts';
import { openKickserv } from './kickserv/export.ts';
import { progressOn } from './progress.ts';
import { reportText } from './report-text.ts';
import { Report } from './report.ts';
import { runImport } from './run.ts';
import type { SourceAccount, SourceExport } from './records.ts';

const usage = 'npm run import -- kickserv <folder> --account <slug> [--dry-run] [--rejects <file>]';

/** The systems that can be imported from. */
const sources: Record<string, (folder: string, account: SourceAccount) => Promise<SourceExport>> = { kickserv: openKickserv };

interface Wish {
  open: (typeof sources)[string];
  folder: string;
  slug: string;
  dryRun: boolean;
  rejects: string | null;
}

const options = { account: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, rejects: { type: 'string' } } as const;

await runCommand(async () => {
  // On a large machine V8 would rather let garbage lie than collect it; an import makes much of it and keeps little.
  setFlagsFromString('--optimize-for-size');
  const wish = readWish();
  const database = await openDatabase(readDatabaseUrl(process.env), { poolSize: 2 });
  const report = new Report(wish.rejects);
  const close: (() => Promise<void>)[] = [database.close];
  try {
    const target = await accountScope(database, wish.slug);
    const { country, currency, time_zone: timeZone } = target.account;
    const source = await wish.open(wish.folder, { country, currency, timeZone });
    let desk = target;
    if (wish.dryRun) {
      const spare = await spareDesk(target.account);
      desk = spare.scope;
      close.push(spare.close);
    }
    const began = performance.now();
    await runImport(source, { target, desk, dryRun: wish.dryRun, report, progress: progressOn(process.stderr) });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const rejects = report.close();
    console.log(wish.dryRun ? 'A dry run: nothing was written. An import would do this:\n' : `${source.label} was imported into ${wish.slug} in ${seconds} s.\n`);
    console.log(reportText(report, rejects));
  } finally {
    report.close();
    for (const each of close.reverse()) await each();
  }
});

/** @throws {OperatorError} */
function readWish(): Wish {
  const { values, positionals } = readArguments(options, `Usage: ${usage}`);
  const [name, folder, ...more] = positionals;
  if (!name || !folder) throw new OperatorError(`Say what to import and from where: ${usage}`);
  if (more.length) throw new OperatorError(`“${more[0]}” is one argument too many; a folder's name with spaces needs quotes: ${usage}`);
  const open = sources[name];
  if (!open) throw new OperatorError(`“${name}” is not a source that can be imported; there is ${Object.keys(sources).join(', ')}.`);
  if (!values.account) throw new OperatorError(`Say into which account: ${usage}`);
  const file = values.rejects ?? (values['dry-run'] ? null : `import-rejects-${new Date().toISOString().slice(0, 10)}.jsonl`);
  return { open, folder: here('import', folder), slug: values.account, dryRun: values['dry-run'], rejects: file && here('import', file) };
}

async function accountScope({ db, engine }: OpenDatabase, slug: string): Promise<Scope> {
  const account = await db.selectFrom('accounts').select(accountColumns).where('slug', '=', slug).executeTakeFirst();
  if (!account) throw new OperatorError(`There is no account “${slug}”; make it with npm run account -- create ${slug} --owner <e-mail>.`);
  return scopeOf(db, engine, account);
}

/** A dry run stages in a database of its own, which is gone afterwards. */
async function spareDesk(account: AccountRow): Promise<{ scope: Scope; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'customer-center-dry-run-'));
  const { db, engine, close } = await openDatabase(`sqlite:${join(folder, 'staging.sqlite')}`);
  await db.insertInto('accounts').values(account).execute();
  return {
    scope: scopeOf(db, engine, account),
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
