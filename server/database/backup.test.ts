import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeAccount, openTestDatabase, testEngine, type TestDatabase } from '../testing.ts';
import { openDatabase } from './open.ts';

const tool = fileURLToPath(new URL('./backup-cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'backup-test-'));
let database: TestDatabase;
before(async () => (database = await openTestDatabase()));
after(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const run = (url: string, ...args: string[]) =>
  new Promise<{ code: number; output: string; errors: string }>((resolve) =>
    execFile(process.execPath, [tool, ...args], { env: { PATH: process.env['PATH'], DATABASE_URL: url } }, (error, output, errors) =>
      resolve({ code: error ? Number(error.code) : 0, output, errors }),
    ),
  );

if (testEngine === 'postgres') test('PostgreSQL is backed up by its own tool', async () => {
  const { code, errors } = await run(database.url, join(folder, 'x'));
  assert.equal(code, 1);
  assert.match(errors, /pg_dump/);
});

if (testEngine === 'sqlite') test('a backup taken while rows are written is whole and starts', async () => {
  await makeAccount(database, 'first');
  let writing = true;
  let written = 0;
  const writer = (async () => {
    while (writing) {
      await makeAccount(database, `during-${++written}`);
      // SQLite answers without a pause, in which nothing else of this process would get its turn.
      await setImmediate();
    }
  })();
  const file = join(folder, 'backup.sqlite');
  const { code, output, errors } = await run(database.url, file);
  writing = false;
  await writer;
  assert.equal(code, 0, errors);
  assert.match(output, /checked/);
  assert.ok(written > 0);
  assert.deepEqual(readdirSync(folder), ['backup.sqlite'], 'one file, nothing beside it');

  const restored = await openDatabase(`sqlite:${file}`, { exclusive: true });
  const slugs = (await restored.db.selectFrom('accounts').select('slug').execute()).map(({ slug }) => slug);
  const pages = await restored.db.selectFrom('pages').select('id').execute();
  await restored.close();
  assert.ok(slugs.includes('first'));
  // A page is written after its account; at most the last one may be missing, and none the other way round.
  assert.ok(slugs.length - pages.length <= 1 && pages.length <= slugs.length);
});

if (testEngine === 'sqlite') test('what cannot be backed up is refused in a sentence and leaves nothing behind', async () => {
  const taken = join(folder, 'taken');
  writeFileSync(taken, 'mine');
  const cases: [url: string, args: string[], sentence: RegExp][] = [
    [database.url, [], /^Usage:/],
    [database.url, [taken], /exists already/],
    [database.url, [join(folder, 'no', 'such', 'folder', 'x')], /cannot be written/],
    [`sqlite:${join(folder, 'none.sqlite')}`, [join(folder, 'y')], /There is no database/],
  ];
  for (const [url, args, sentence] of cases) {
    const { code, errors } = await run(url, ...args);
    assert.equal(code, 1);
    assert.match(errors, sentence);
    assert.doesNotMatch(errors, /\n\s+at /);
  }
  assert.ok(!existsSync(join(folder, 'none.sqlite')) && !existsSync(join(folder, 'y')));
});
