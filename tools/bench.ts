/**
 * `npm run bench [-- --json] [--quick] [--office]`: prints ratios, which mean the same on any machine. A ratio below its goal is printed
 * as such and is not an error. How long a clerk waits in a large office is printed in milliseconds, and too long is an error; with
 * `--office` nothing else is measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { againstCeiling, besideOthers, type Comparison } from './bench/compare.ts';
import { drawingPdfs } from './bench/pdf.ts';
import { inLargeOffice } from './bench/office.ts';
import { seedOffice } from './bench/office-seed.ts';
import { seed } from './bench/seed.ts';
import { startPostgres } from './postgres.ts';

const flags = new Set(process.argv.slice(2));
const quick = flags.has('--quick');
const json = flags.has('--json');
const officeOnly = flags.has('--office');
const size = { few: 1000, many: quick ? 100_000 : 1_000_000, customers: quick ? 10_000 : 100_000 };

const comparisons: Comparison[] = [];
for (const comparison of officeOnly ? [] : await drawingPdfs(quick)) report(comparison);
await measure('sqlite', async (measureOn) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await measureOn((name) => Promise.resolve(`sqlite:${join(folder, `${name}.sqlite`)}`));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
await measure('postgres', async (measureOn) => {
  const server = await startPostgres();
  try {
    await measureOn((name) => createDatabase(server.url, name));
  } finally {
    await server.stop();
  }
});
if (json) console.log(JSON.stringify(comparisons, null, 2));
if (comparisons.some(({ ok, required }) => required && !ok)) process.exitCode = 1;

type Place = (name: string) => Promise<string>;

async function measure(engine: string, within: (measureOn: (place: Place) => Promise<void>) => Promise<void>): Promise<void> {
  await within(async (place) => {
    for (const comparison of await inLargeOffice(engine, await seedOffice(await place('office'), size.customers), quick)) report(comparison);
    if (officeOnly) return;
    const [few, many] = [await seed(await place('few'), size.few), await seed(await place('many'), size.many)];
    for (const compare of [() => againstCeiling(engine, few, quick), () => besideOthers(engine, few, many, quick)]) report(await compare());
  });
}

function report(comparison: Comparison): void {
  comparisons.push(comparison);
  if (!json) print(comparison);
}

function print({ engine, name, ratio, goal, ok, details }: Comparison): void {
  console.log(`${engine.padEnd(9)} ${name}: ${ratio.toFixed(2)} (goal ${goal}) ${ok ? 'ok' : 'below'}`);
  for (const [what, values] of Object.entries(details))
    console.log(`          ${what.padEnd(22)} ${Object.entries(values).map(([unit, value]) => `${value} ${unit}`).join(', ')}`);
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${name}`).finally(() => client.end());
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
}
