/** One import from beginning to end: read and stage everything, then apply customer by customer. */
import type { Scope } from '../database/scope.ts';
import { countable, raiseCounter } from '../work/numbers.ts';
import { applyStaged } from './apply.ts';
import { settleFamilies } from './families.ts';
import { numberedDocuments } from './document-plans.ts';
import { hurry, takeCare } from './haste.ts';
import { counters, numberedKinds, type Numbered } from './numbers.ts';
import type { Progress } from './progress.ts';
import type { ImportRecord, SourceExport } from './records.ts';
import type { Report } from './report.ts';
import { Staging } from './staging.ts';

/** Records staged in one transaction. */
const BATCH = 250;

export interface ImportRun {
  /** The account that is imported into. */
  target: Scope;
  /** Where records are staged: the target, or elsewhere in a dry run, which leaves the target as it is. */
  desk: Scope;
  dryRun: boolean;
  report: Report;
  progress: Progress;
}

/** The highest numbers an export uses, and who is under whom. */
interface Overview {
  numbers: Record<Numbered, number>;
  parents: Map<string, string>;
}

export async function runImport(source: SourceExport, { target, desk, ...more }: ImportRun): Promise<void> {
  // Nobody is told of every single record.
  const run: ImportRun = { target: target.quietly(), desk: desk.quietly(), ...more };
  const staging = await Staging.begin(run.desk, source.source);
  try {
    await hurry(run.desk);
    await hurry(run.target);
    const overview = await stageAll(source, staging, run);
    for (const issue of await settleFamilies(staging, run.target, overview.parents)) run.report.issue(issue);
    await staging.analyse();
    if (!run.dryRun) for (const kind of numberedKinds) await raiseCounter(run.target, counters[kind], overview.numbers[kind]);
    await applyStaged(run, staging, new Set(source.files.map((file) => file.kind)));
  } finally {
    run.progress.end();
    await takeCare(run.desk);
    await takeCare(run.target);
    await staging.end();
  }
}

async function stageAll(source: SourceExport, staging: Staging, { report, progress }: ImportRun): Promise<Overview> {
  const overview: Overview = { numbers: { customer: 0, job: 0, estimate: 0, invoice: 0, credit: 0 }, parents: new Map() };
  for (const file of source.files) {
    progress.begin(`Reading ${file.name}`, file.bytes);
    let waiting: { record: ImportRecord; original: unknown }[] = [];
    const stage = async (all: boolean) => {
      while (waiting.length >= BATCH || (all && waiting.length)) {
        for (const issue of await staging.add(file.kind, waiting.slice(0, BATCH))) report.issue(issue);
        waiting = waiting.slice(BATCH);
      }
    };
    for await (const { bytes, records, issues } of file.read()) {
      for (const issue of issues) report.issue(issue);
      for (const { record } of records) look(record, overview);
      waiting.push(...records);
      await stage(false);
      progress.advance(bytes);
    }
    await stage(true);
  }
  return overview;
}

function look(record: ImportRecord, { numbers, parents }: Overview): void {
  if (record.kind === 'customer' && record.parentId) parents.set(record.id, record.parentId);
  if (!('number' in record)) return;
  const number = countable(record.number);
  const kinds = record.kind === 'job' ? (['job', ...numberedDocuments(record)] as const) : (['customer'] as const);
  for (const kind of kinds) numbers[kind] = Math.max(numbers[kind], number);
}
