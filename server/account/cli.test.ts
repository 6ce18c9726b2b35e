import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildApp, servicesOf } from '../app.ts';
import { accountDefaults } from '../contract/account.ts';
import { TestBrowser } from '../testing-browser.ts';
import { officeOf, openTestDatabase, testConfig, type TestDatabase } from '../testing.ts';

let database: TestDatabase;
let app: Awaited<ReturnType<typeof buildApp>>;
const secret = 'test-key-0123456789-abcdefghijklmnop';

before(async () => {
  database = await openTestDatabase();
  const config = testConfig({ DATABASE_URL: database.url, SECRET_KEY: secret });
  app = await buildApp({ config, database }, servicesOf({ config, database }));
});
after(async () => {
  await app.close();
  await database.close();
});

interface Ended {
  code: number;
  out: string;
  err: string;
}
const run = (file: string) => async (args: string[], environment: Record<string, string> = {}): Promise<Ended> => {
  const env = { PATH: process.env['PATH'], DATABASE_URL: database.url, PUBLIC_URL: 'http://localhost:8080', SECRET_KEY: secret, ...environment };
  const path = fileURLToPath(new URL(file, import.meta.url));
  return promisify(execFile)(process.execPath, [path, ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, out: error.stdout, err: error.stderr }),
  );
};
const account = run('./cli.ts');
const key = run('./key-cli.ts');

test('one command makes an account, and its link and its key work', async () => {
  const made = await account([
    'create', 'acme', '--owner', 'olga@acme.example', '--name', 'Acme Plumbing', '--phone', '(404) 555-0142', '--page', 'https://www.acme.example/account', '--time-zone', 'America/Chicago',
  ]);
  assert.equal(made.code, 0, made.err);
  const card = (await app.inject('/v1/accounts/acme')).json<Record<string, unknown>>();
  assert.deepEqual([card['name'], card['phone'], card['timeZone'], card['currency'], card['email']], ['Acme Plumbing', '+14045550142', 'America/Chicago', 'USD', 'olga@acme.example']);
  const office = officeOf(app, /cck_\S+/.exec(made.out)![0]);
  const { body: settings } = await office('GET', 'account');
  assert.deepEqual(Object.fromEntries(Object.keys(accountDefaults).map((setting) => [setting, settings[setting]])), accountDefaults);
  assert.deepEqual((await office('GET', 'session')).body.scopes, ['read', 'write', 'links', 'settings']);
  assert.deepEqual((await office('GET', 'staff')).body.items.map((person: { email: string; role: string }) => [person.email, person.role]), [['olga@acme.example', 'owner']]);
  assert.equal((await office('GET', 'pages')).body.items[0].main, true);
  const browser = new TestBrowser(app, 'acme');
  assert.equal((await browser.open(/http:\S+\/go\/acme#\S+/.exec(made.out)![0])).statusCode, 200);
  assert.equal((await browser.send('GET', '/v1/office/api-keys')).statusCode, 200);

  assert.match((await account(['list'])).out, /^acme\tAcme Plumbing\tacct_/);
});

test('what is wrong with a command is one sentence and exit code 1', async () => {
  const owner = ['--owner', 'olga@acme.example'];
  const cases: [() => Promise<Ended>, RegExp][] = [
    [() => account([]), /^Usage:/],
    [() => account(['remove', 'acme']), /^Usage:/],
    [() => account(['create', 'verde']), /^--owner is missing/],
    [() => account(['create', 'Verde!', ...owner]), /^The name Verde!: lower-case letters/],
    [() => account(['create', 'verde', '--owner', 'olga']), /^--owner: an e-mail address/],
    [() => account(['create', 'verde', ...owner, '--phone', '12']), /^--phone: 12 is no phone number in US/],
    [() => account(['create', 'verde', ...owner, '--time-zone', 'Mars']), /^--time-zone: an IANA time zone/],
    [() => account(['create', 'verde', ...owner, '--page', 'http://verde.example']), /^--page: https is required/],
    [() => account(['create', 'verde', ...owner, '--colour', 'red']), /^Unknown option '--colour'/],
    [() => account(['create', 'acme', ...owner]), /^There is an account acme already/],
    [() => account(['create', 'verde', ...owner], { SECRET_KEY: 'short' }), /^SECRET_KEY is too short/],
    [() => account(['list'], { DATABASE_URL: 'mysql://x' }), /^DATABASE_URL must be/],
    [() => key([]), /^Usage:/],
    [() => key(['create', '--scopes', 'read']), /^--account is missing/],
    [() => key(['create', '--account', 'acme']), /^--scopes is missing/],
    [() => key(['create', '--account', 'acme', '--scopes', 'read,everything']), /^--scopes: choose among/],
    [() => key(['create', '--account', 'nobody', '--scopes', 'read']), /^There is no account nobody/],
    [() => key(['revoke', 'key_x']), /^There is no API key key_x/],
  ];
  const ended = await Promise.all(cases.map(([command]) => command()));
  for (const [index, { code, err, out }] of ended.entries()) {
    assert.match(err, cases[index]![1]);
    assert.deepEqual([code, out], [1, ''], err);
    assert.doesNotMatch(err, /\n\s+at /, 'no stack');
  }
  assert.doesNotMatch((await account(['list'])).out, /verde/, 'nothing is left half made');
});

test('keys are made, listed without their secrets, and revoked from the command line', async () => {
  const made = await key(['create', '--account', 'acme', '--scopes', 'write,read', '--name', 'Sync']);
  assert.equal(made.code, 0, made.err);
  const secretKey = /cck_\S+/.exec(made.out)![0];
  const id = /key_\w+/.exec(made.out)![0];
  assert.equal((await officeOf(app, secretKey)('GET', 'jobs')).status, 200);
  const listed = await key(['list', '--account', 'acme']);
  assert.match(listed.out, new RegExp(`^${id}\\tacme\\tread,write\\tSync\\t`, 'm'));
  assert.ok(!listed.out.includes(secretKey.slice(-43)));
  assert.equal((await key(['revoke', id])).code, 0);
  assert.equal((await officeOf(app, secretKey)('GET', 'jobs')).status, 401);
  assert.equal((await key(['revoke', id])).code, 1);
});
