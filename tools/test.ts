/**
 * `npm test [-- <suite> …] [-- --soak]`: every suite, one line each, and at the end the sum of all.
 * A suite is named as its line says, or by the part before the colon (`server`). `--soak` asks the tests for full counts.
 */
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { chdir } from 'node:process';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import type { TestSession, TestSuiteResult } from '@web/test-runner';
import { findBrowser } from './browser.ts';
import { buildIfStale } from './build.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  /** What a person must read to mend the failures. */
  problems: string[];
}

type Suite = () => Promise<Outcome>;
type Environment = Record<string, string>;

const root = fileURLToPath(new URL('..', import.meta.url));
chdir(root);

const { names, soak } = readArguments(process.argv.slice(2));
if (soak) process.env.SOAK = '1';

let postgres: Promise<TestPostgres> | undefined;

/** One PostgreSQL for all suites that want one; each test file makes a database of its own in it. */
async function withPostgres(): Promise<Environment> {
  postgres ??= startPostgres();
  return { TEST_POSTGRES_URL: (await postgres).url };
}

/** What runs, in this order; what shares a line runs side by side. */
const stages: Record<string, Suite>[] = [
  // First, because the React example is checked against the typings that come out of it.
  { manifest: () => program('tools/manifest.ts') },
  {
    types: async () =>
      add([
        await program('node_modules/typescript/bin/tsc', '--pretty', 'false', '-p', 'tsconfig.json'),
        await program('node_modules/typescript/bin/tsc', '--pretty', 'false', '-p', 'widget/tsconfig.json'),
      ]),
    lint: () => program('node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'),
  },
  {
    templates: () => program('tools/templates.ts'),
    tools: async () => nodeTests('tools/**/*.test.ts', await withPostgres()),
  },
  { 'server:sqlite': () => nodeTests('server/**/*.test.ts', { TEST_DATABASE: 'sqlite' }) },
  {
    'server:postgres': async () =>
      nodeTests('server/**/*.test.ts', { TEST_DATABASE: 'postgres', ...(await withPostgres()) }, needsNoDatabase),
  },
  {
    build: async () => {
      await buildIfStale();
      return { passed: 1, failed: 0, skipped: 0, problems: [] };
    },
  },
  { 'widget:source': () => widgetTests({}) },
  {
    'widget:dist': async () => {
      await buildIfStale();
      return widgetTests({ WIDGET_BUILD: 'dist' });
    },
  },
  { size: () => program('tools/size.ts') },
  {
    e2e: async () => {
      await buildIfStale();
      return nodeTests('{examples,server,tools}/**/*.e2e.ts', { CHROME_PATH: findBrowser(), ...(await withPostgres()) });
    },
  },
];

/** Drawing PDFs and the sandbox know no database: once is enough. */
function needsNoDatabase(path: string): boolean {
  return path.startsWith('server/documents/pdf/') || path.startsWith('server/demo/stripe-sandbox/');
}

const known = stages.flatMap((stage) => Object.keys(stage));
const isWanted = (suite: string) => names.length === 0 || names.some((name) => suite === name || suite.startsWith(`${name}:`));
const unknown = names.filter((name) => !known.some((suite) => suite === name || suite.startsWith(`${name}:`)));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  process.exit(1);
}

const outcomes: Outcome[] = [];
for (const stage of stages) {
  const suites = Object.entries(stage).filter(([name]) => isWanted(name));
  outcomes.push(...(await Promise.all(suites.map(([name, suite]) => report(name, suite)))));
}
await (await postgres?.catch(() => undefined))?.stop();

const total = add(outcomes);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed > 0 ? 1 : 0);

/** Runs a suite and prints its line. One that breaks off or finds nothing to test has failed. */
async function report(name: string, suite: Suite): Promise<Outcome> {
  const started = Date.now();
  let outcome: Outcome;
  try {
    outcome = await suite();
  } catch (error) {
    outcome = failure(error instanceof Error ? error.message : String(error));
  }
  if (outcome.passed + outcome.failed === 0) outcome = failure('no test was run');
  const { passed, failed, skipped, problems } = outcome;
  const counts = [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`].filter(Boolean);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${failed > 0 ? '✗' : '✓'} ${name.padEnd(16)} ${counts.join(', ').padEnd(24)} ${seconds.padStart(6)} s`);
  for (const problem of problems) console.log(problem.trimEnd().replace(/^/gm, '    '));
  return outcome;
}

/** A program that counts as one check: its exit code. Its output is shown when it fails. */
async function program(file: string, ...args: string[]): Promise<Outcome> {
  const { code, output } = await execute([file, ...args], {});
  return code === 0 ? { passed: 1, failed: 0, skipped: 0, problems: [] } : failure(output || `${file} ended with ${code}`);
}

/** Tests of Node's own runner: the files two at a time, each in a process of its own. */
async function nodeTests(pattern: string, environment: Environment, leftOut: (path: string) => boolean = () => false): Promise<Outcome> {
  const files = globSync(pattern, { exclude: (path) => path.includes('node_modules') }).filter((path) => !leftOut(path)).sort();
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0, problems: [] };
  const printed = new Map<string, string>();
  if (files.length === 0) return outcome;
  const env = { ...process.env, ...environment };
  // A test that hangs fails; under --soak some rightly take long.
  const timeout = soak ? Infinity : 3 * 60 * 1000;
  for await (const { type, data } of run({ files, concurrency: 2, env, timeout })) {
    if (type === 'test:stderr') printed.set(data.file, ((printed.get(data.file) ?? '') + data.message).slice(-4000));
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isFile = data.name === data.file || data.name === relative(root, data.file ?? '');
    if (data.details.type === 'suite' && type === 'test:pass') continue;
    if (data.skip !== undefined || data.todo !== undefined) {
      outcome.skipped += 1;
    } else if (type === 'test:fail') {
      const { error } = data.details;
      // The parent of a failed test has nothing to add.
      if (error.failureType === 'subtestsFailed') continue;
      outcome.failed += 1;
      const cause = isFile ? printed.get(data.file ?? '') : undefined;
      outcome.problems.push(`${relative(root, data.file ?? '')}: ${data.name}\n${cause ?? inspect(error.cause ?? error)}`);
    } else if (isFile) {
      outcome.failed += 1;
      outcome.problems.push(`${relative(root, data.file ?? '')}: holds no test`);
    } else {
      outcome.passed += 1;
    }
  }
  return outcome;
}

/** The widget's tests in Chromium; web-test-runner.config.mjs says on what. */
async function widgetTests(environment: Environment): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'widget-tests-'));
  const results = join(folder, 'results.json');
  try {
    const { code, output } = await execute(['node_modules/@web/test-runner/dist/bin.js'], { ...environment, TEST_RESULTS: results });
    const sessions = JSON.parse(readFileSync(results, 'utf8')) as TestSession[];
    const outcome = add(sessions.map(sessionOutcome));
    return code === 0 || outcome.failed > 0 ? outcome : add([outcome, failure(output)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sessionOutcome({ testFile, errors, testResults }: TestSession): Outcome {
  const file = relative(root, testFile);
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0, problems: [] };
  const visit = ({ tests, suites }: TestSuiteResult, path: string) => {
    for (const { name, passed, skipped, error } of tests) {
      outcome[skipped ? 'skipped' : passed ? 'passed' : 'failed'] += 1;
      if (!skipped && !passed) outcome.problems.push(`${file}: ${path}${name}\n${error?.message ?? ''}\n${error?.stack ?? ''}`);
    }
    for (const suite of suites) visit(suite, `${path}${suite.name} › `);
  };
  if (testResults) visit(testResults, '');
  for (const { message, stack } of errors) {
    outcome.failed += 1;
    outcome.problems.push(`${file}: ${message}\n${stack ?? ''}`);
  }
  if (outcome.passed + outcome.failed + outcome.skipped === 0) return failure(`${file}: holds no test`);
  return outcome;
}

/** Runs a script under the Node that runs this one. */
async function execute(command: string[], environment: Environment): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, command, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { code, output };
}

function failure(problem: string): Outcome {
  return { passed: 0, failed: 1, skipped: 0, problems: [problem] };
}

function add(outcomes: Outcome[]): Outcome {
  return outcomes.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
      problems: [...sum.problems, ...each.problems],
    }),
    { passed: 0, failed: 0, skipped: 0, problems: [] },
  );
}

function readArguments(args: string[]): { names: string[]; soak: boolean } {
  return { names: args.filter((each) => !each.startsWith('--')), soak: args.includes('--soak') };
}
