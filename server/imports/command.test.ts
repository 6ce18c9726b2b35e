import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { makeAccount, openTestDatabase, soak, type TestDatabase } from '../testing.ts';
import { dump, importFolder, newFolder, sampleFolder, startCommand, writeLargeExport, type Row } from './testing.ts';

let database: TestDatabase;
const work = newFolder();
before(async () => {
  database = await openTestDatabase();
});
after(async () => {
  await database.close();
  work.remove();
});

const run = (...args: string[]) => startCommand(args, database.url, work.path).ended;

test('the sample by the command: a report with every reason, and a file of rejects', async () => {
  const scope = await makeAccount(database, 'command');
  const { code, output, errors } = await run('kickserv', sampleFolder, '--account', 'command');
  assert.deepEqual([code, errors.includes('Error')], [0, false], errors);
  assert.match(output, /^Kickserv was imported into command in [\d.]+ s\.$/m);
  assert.match(output, /^jobs +12 +0 +0 +0 +5 +4$/m);
  assert.match(output, /^estimates +3 +0[\s\S]*^invoices +5 +0[\s\S]*^credits +1 +0/m);
  assert.match(output, /^ {2}1 charge: its amount is not a number \(9314: total: x12\.50\)$/m);
  assert.match(errors, /^Reading customers\.xml: done$/m);
  const file = join(work.path, readdirSync(work.path).find((name) => /^import-rejects-\d{4}-\d\d-\d\d\.jsonl$/.test(name))!);
  assert.ok(readFileSync(file, 'utf8').split('\n').length > 20);
  assert.equal((await dump(scope)).customers.length, 8);
});

test('a dry run by the command leaves everything as it was, also the folder', async () => {
  const scope = await makeAccount(database, 'dry');
  const [before, files] = [await dump(scope), readdirSync(work.path)];
  const { code, output } = await run('kickserv', sampleFolder, '--account', 'dry', '--dry-run');
  assert.equal(code, 0);
  assert.match(output, /nothing was written/);
  assert.match(output, /^customers +8 /m);
  assert.deepEqual([await dump(scope), readdirSync(work.path)], [before, files]);
});

describe('what is wrong with the command is said in one sentence, with exit code 1', () => {
  before(async () => {
    await makeAccount(database, 'wrong');
    mkdirSync(join(work.path, 'empty'));
    mkdirSync(join(work.path, 'both'));
    for (const name of ['jobs.xml', 'jobs.json']) writeFileSync(join(work.path, 'both', name), '');
    mkdirSync(join(work.path, 'broken'));
    writeFileSync(join(work.path, 'broken', 'jobs.xml'), '<jobs>\n<job><id>1</jobs>');
  });
  const cases: [string[], RegExp][] = [
    [[], /^Say what to import and from where: npm run import -- kickserv/],
    [['kickserv', '.'], /^Say into which account/],
    [['quickserv', '.', '--account', 'wrong'], /^“quickserv” is not a source/],
    [['kickserv', 'a', 'b', '--account', 'wrong'], /^“b” is one argument too many/],
    [['kickserv', '.', '--account', 'wrong', '--fast'], /^Unknown option '--fast'/],
    [['kickserv', sampleFolder, '--account', 'nobody'], /^There is no account “nobody”/],
    [['kickserv', 'nowhere', '--account', 'wrong'], /^There is no folder .*nowhere/],
    [['kickserv', 'empty', '--account', 'wrong'], /empty holds none of customers, jobs, job_charges or payments/],
    [['kickserv', 'both', '--account', 'wrong'], /both holds both jobs\.(json|xml) and jobs/],
    [['kickserv', 'broken', '--account', 'wrong'], /^jobs\.xml is broken at line 2, column \d+: unexpected close tag/],
    [['kickserv', sampleFolder, '--account', 'wrong', '--rejects', 'nowhere/rejects.jsonl'], /^The file of rejects .* cannot be written/],
  ];
  for (const [args, message] of cases) {
    test(args.join(' ') || 'nothing', async () => {
      const { code, output, errors } = await run(...args);
      const said = errors.split('\n').filter((line) => line && !/: (done|\d+ %)$|^Usage: /.test(line));
      assert.deepEqual([code, output, said.length], [1, '', 1], errors);
      assert.match(said[0]!, message);
    });
  }
});

describe('kill -9 in the middle', () => {
  const folder = join(work.path, 'large');
  let size: { customers: number; jobs: number };
  before(async () => {
    mkdirSync(folder);
    size = await writeLargeExport(folder, 2);
  });

  for (let round = 1; round <= soak(20); round += 1) {
    test(`leaves whole customers, and the next run completes (${round})`, async () => {
      const [scope, other] = [await makeAccount(database, `killed-${round}`), await makeAccount(database, `whole-${round}`)];
      // Every second time while it is still staging.
      const enough = round % 2 ? 1 + Math.floor(Math.random() * size.customers * 0.8) : 0;
      for (const kill of [true, false]) {
        const { child, ended } = startCommand(['kickserv', folder, '--account', `killed-${round}`], database.url, work.path);
        while (kill && child.exitCode === null) {
          const rows = await scope.from(enough ? 'customers' : 'import_staged').select('account_id').execute();
          if (rows.length > enough) break;
          await wait(2);
        }
        if (kill) {
          child.kill('SIGKILL');
          if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
        }
        const { code, errors } = await ended;
        const tables = await dump(scope);
        for (const customer of tables.customers) whole(customer, tables);
        if (kill) continue;
        assert.equal(code, 0, errors);
        assert.deepEqual([tables.customers.length, tables.jobs.length, tables.import_staged], [size.customers, size.jobs, []]);
      }
      await importFolder(other, folder);
      assert.deepEqual(told(await dump(scope)), told(await dump(other)));
    });
  }

  /** As in `writeLargeExport`: ten jobs to a customer, each with a visit, a charge and an invoice. */
  function whole(customer: Row, { jobs, visits, charges, contacts, imported_documents, invoices, invoice_charges, document_versions }: Awaited<ReturnType<typeof dump>>): void {
    const id = Number(String(customer['external_id']).split(':').at(-1));
    const expected = Array.from({ length: size.jobs }, (_, index) => index + 1).filter((job) => 1 + Math.floor(job / 10) === id).length;
    const own = jobs.filter((job) => job['customer_id'] === customer['id']);
    assert.equal(own.length, expected, `jobs of customer ${id}`);
    const ids = new Set(own.map((job) => job['id']));
    for (const rows of [visits, charges, imported_documents, invoices]) assert.equal(rows.filter((row) => ids.has(row['job_id'])).length, expected);
    for (const invoice of invoices.filter((row) => ids.has(row['job_id']))) {
      assert.equal(document_versions.find((version) => version['document_id'] === invoice['id'])?.['hash'], invoice['hash']);
      assert.deepEqual([invoice['total'], invoice_charges.find((billed) => billed['invoice_id'] === invoice['id'])?.['amount']], [2700, 2550]);
    }
    assert.equal(contacts.filter((contact) => contact['customer_id'] === customer['id']).length, 1);
    for (const job of own) assert.deepEqual([job['subtotal'], job['waits_for']], [2550, 'payment']);
  }

  /** What an import says, without what is made up for each row. */
  function told(tables: Awaited<ReturnType<typeof dump>>): Row[] {
    // Of a document, the hash also says how it was left, ids and all.
    const fixed = ({ hash, kind, source_id, number, name, subtotal, occurs_at, value, total }: Row) =>
      ({ hash: String(hash).split(' ')[0], kind, source_id, number, name, subtotal, occurs_at, value, total });
    return [...tables.import_applied, ...tables.customers, ...tables.jobs, ...tables.invoices.map(({ hash: _, ...row }) => row), ...tables.counters].map(fixed).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
});

test('memory does not grow with the file: 300 MB of jobs in less than 300 MB', { timeout: 3_600_000 }, async () => {
  const folder = join(work.path, 'huge');
  mkdirSync(folder);
  const size = await writeLargeExport(folder, soak(300));
  const scope = await makeAccount(database, 'huge');
  const tell = encodeURIComponent('process.on("exit", () => console.error("peak", process.resourceUsage().maxRSS))');
  const running = startCommand(['kickserv', folder, '--account', 'huge'], database.url, work.path, [`--import=data:text/javascript,${tell}`]);
  const { code, output, errors } = await running.ended;
  assert.equal(code, 0, errors);
  const peak = Number(/^peak (\d+)$/m.exec(errors)?.[1]) / 1024;
  assert.ok(peak > 50 && peak < 300, `${Math.round(peak)} MB`);
  assert.match(output, new RegExp(`^jobs +${size.jobs.toLocaleString('en')} `, 'm'));
  const { count } = await scope.from('jobs').select((row) => row.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  assert.equal(Number(count), size.jobs);
});
