import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { newId, now } from './platform/ids.ts';
import { refusalOf } from './platform/runtime.ts';
import { makeAccount, openTestDatabase, testEngine, type TestDatabase } from './testing.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const children = new Set<ChildProcess>();
let database: TestDatabase;

before(async () => (database = await openTestDatabase()));
after(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const child of children) if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  await database.close();
});

const good = () => ({
  PUBLIC_URL: 'http://localhost:8080', PORT: '0', SECRET_KEY: 'test-key-0123456789-abcdefghijklmnop', DATABASE_URL: database.url, LOG_LEVEL: 'silent',
});

interface Running {
  child: ChildProcess;
  output(): string;
  errors(): string;
  ended: Promise<number | null>;
}
/** An environment of its own: nothing of this process but what makes programs run. */
function start(settings: Record<string, string>, args: string[] = [], nodeArgs: string[] = []): Running {
  const child = spawn(process.execPath, [...nodeArgs, main, ...args], { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let [output, errors] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return { child, output: () => output, errors: () => errors, ended: new Promise((resolve) => child.once('close', resolve)) };
}

/** What a program that refuses to start says. */
async function refusal(settings: Record<string, string>, args: string[] = [], nodeArgs: string[] = []): Promise<string> {
  const { ended, errors, output } = start(settings, args, nodeArgs);
  assert.equal(await ended, 1);
  assert.equal(output(), '');
  assert.doesNotMatch(errors(), /\bat .*:\d+:\d+|node:internal/, 'a sentence, not a stack');
  return errors().trim();
}
async function until<T>(look: () => T | undefined | null | false, what: string): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = look();
    if (found) return found;
    await sleep(50);
  }
  throw new Error(`${what} did not happen`);
}
const listening = async (running: Running): Promise<string> => {
  const found = await until(() => /listening on (http:\/\/[^)]+)\)/.exec(running.output()) ?? (running.child.exitCode !== null && [running.errors(), '']), 'listening');
  assert.ok(found[1], `it ended: ${found[0]}`);
  return found[1];
};

test('each wrong setting is one sentence that names it', async () => {
  const { SECRET_KEY: _key, ...keyless } = good();
  const cases: [Record<string, string>, RegExp][] = [
    [keyless, /^SECRET_KEY is missing: set it .*openssl rand/],
    [{ ...good(), SECRET_KEY: 'short-1234567890' }, /^SECRET_KEY is too short: [^\n]*$/],
    ...['demo-secret-demo-secret-demo-secret-demo', 'please-change-me-please-0123456789', 'abcdefghijklmnopqrstuvwxyz0123456789', 'Zx8-kL2mQ9rTZx8-kL2mQ9rTZx8-kL2mQ9rT'].map(
      (key): [Record<string, string>, RegExp] => [{ ...good(), SECRET_KEY: key }, /^SECRET_KEY is a known or guessable value/],
    ),
    [{ ...good(), PUBLIC_URL: 'http://center.example.com' }, /^PUBLIC_URL must begin with https/],
    [{ ...good(), DATABASE_URL: 'mysql://localhost/x' }, /^DATABASE_URL must be sqlite:<file> or postgres/],
    [{ ...good(), DATABASE_URL: `sqlite:${main}/nested/file` }, /^DATABASE_URL does not lead to a usable database: its folder is a file/],
    [{ ...good(), DATABASE_URL: 'postgres://someone:the-password@127.0.0.1:1/center' }, /^DATABASE_URL does not lead to a usable database: nothing answers/],
    [{ ...good(), SMTP_URL: 'smtp://localhost' }, /^MAIL_FROM is missing/],
    [{ ...good(), LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/],
    [{ ...good(), TRUST_PROXY: '1' }, /^TRUST_PROXY must be/],
  ];
  await Promise.all(
    cases.map(async ([settings, sentence]) => {
      const said = await refusal(settings);
      assert.match(said, sentence);
      assert.equal(said.split('\n').length, 1, said);
      assert.doesNotMatch(said, /the-password/);
    }),
  );
  assert.match(await refusal(good(), ['--unknown']), /^Unknown option/);
});

test('another Node is refused in one sentence', async () => {
  assert.equal(refusalOf('24.1.0'), undefined);
  assert.match(refusalOf('20.19.0')!, /runs on Node 24, not 20\.19\.0/);
  const pretend = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"26.1.0"}})';
  assert.match(await refusal(good(), [], ['--import', pretend]), /^Customer Center runs on Node 24, not 26\.1\.0: [^\n]*$/);
});

test('it serves, tells a new operator what to do, and ends when told to', async () => {
  const running = start(good());
  const url = await listening(running);
  await until(() => /There is no account yet\. .*\n {2}http:\/\/localhost:8080\/office#setup=[\w-]{43}\n/.test(running.output()), 'the link that makes the first account');
  assert.doesNotMatch(running.output(), /\/go\//);
  assert.equal((await fetch(`${url}/readyz`)).status, 200);

  if (testEngine === 'sqlite') {
    assert.match(await refusal(good()), /^Another process already serves .*: stop it, or use PostgreSQL for several\.$/);
    assert.match(await refusal(good(), ['--worker']), /^Another process already serves/);
  }
  assert.match(await refusal({ ...good(), PORT: new URL(url).port, DATABASE_URL: testEngine === 'sqlite' ? 'sqlite::memory:' : database.url }), /^Another program already listens on 127\.0\.0\.1 port \d+/);

  const told = Date.now();
  running.child.kill('SIGTERM');
  await sleep(200);
  assert.equal((await fetch(`${url}/readyz`)).status, 503, 'it says that it takes no new work');
  assert.equal((await fetch(`${url}/livez`)).status, 200, 'and still answers');
  assert.equal(await running.ended, 0);
  assert.ok(Date.now() - told < 10_000);
  assert.equal(running.errors(), '');
});

test('without e-mail the owners get a link on the console, once each start', async () => {
  const scope = await makeAccount(database, 'console');
  await scope.insert('staff', { id: newId('staff'), name: 'Pat', email: 'pat@acme.example', email_key: 'pat@acme.example', role: 'owner', created_at: now() }).execute();
  const running = start({ ...good(), WORKER: 'off' });
  await listening(running);
  const [, token] = await until(() => /console, pat@acme\.example: http:\/\/localhost:8080\/go\/console#([\w-]{43})/.exec(running.output()), 'the link');
  running.child.kill('SIGINT');
  assert.equal(await running.ended, 0);
  assert.ok(token);
  assert.doesNotMatch(running.errors(), /\S/);

  const mailing = start({ ...good(), SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'notices@center.example' });
  await listening(mailing);
  mailing.child.kill('SIGINT');
  assert.equal(await mailing.ended, 0);
  assert.doesNotMatch(mailing.output(), /\/go\//);
});

test('the worker runs alone and ends when told to', async () => {
  const worker = start({ ...good(), LOG_LEVEL: 'info' }, ['--worker']);
  await until(() => worker.output().includes('the worker runs'), 'the start');
  worker.child.kill('SIGTERM');
  assert.equal(await worker.ended, 0);
});
