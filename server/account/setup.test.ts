import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setupDone } from '../contract/office.ts';
import { makeAccount, openTestApp } from '../testing.ts';
import { TestBrowser } from '../testing-browser.ts';
import { setupLink, slugOf } from './setup.ts';

type Harness = Awaited<ReturnType<typeof openTestApp>>;
let harness: Harness;
before(async () => void (harness = await openTestApp()));
after(() => harness.close());

const wish = { ownerName: 'Pat Acme', email: 'Pat@Acme.example', name: 'Acme Plumbing & Heating', phone: '+14045550142', country: 'US', timeZone: 'America/New_York', locale: 'en', currency: 'USD' };
const tokenIn = async (of: Harness): Promise<string> => (await setupLink(of.services))!.split('#setup=')[1]!;
const setUp = (of: Harness, body: object) => of.app.inject({ method: 'POST', url: '/v1/setup', payload: body });

test('the console’s link of an empty server makes one account, whose owner is in the office', async () => {
  const token = await tokenIn(harness);
  assert.equal(await setupLink(harness.services), `http://localhost:8080/office#setup=${token}`, 'a restart prints the same');
  assert.match((await harness.app.inject('/office')).body, /<customer-center-office routing="query" heading-level="1" setup>/);
  // A wrong token, and what is wrong with the rest, make nothing.
  const refused = await setUp(harness, { ...wish, token: 'A'.repeat(43) });
  assert.equal(refused.statusCode, 404);
  for (const [field, value] of Object.entries({ name: ' ', email: 'x', phone: '404', timeZone: 'Mars', currency: 'dollars', slug: 'A b', ownerName: '', locale: 'E', token: 'short' })) {
    const answer = await setUp(harness, { ...wish, token, [field]: value });
    assert.deepEqual([answer.statusCode, answer.json<{ errors: { path: string }[] }>().errors[0]!.path], [400, `/${field}`]);
  }

  // The browser that clicks twice makes one account all the same.
  const answers = await Promise.all([setUp(harness, { ...wish, token }), setUp(harness, { ...wish, token, name: 'The other' }), setUp(harness, { ...wish, token, slug: 'third' })]);
  const made = answers.filter((answer) => answer.statusCode === 201);
  assert.equal(made.length, 1, answers.map((answer) => answer.body).join('\n'));
  for (const answer of answers) if (answer !== made[0]) assert.equal(answer.body, refused.body);
  assert.equal((await harness.services.db.selectFrom('accounts').select('id').execute()).length, 1);
  assert.equal((await harness.services.db.selectFrom('staff').select('id').execute()).length, 1);
  assert.equal(made[0]!.headers['cache-control'], 'no-store');

  const done = setupDone.parse(made[0]!.json());
  const [address, handoff] = done.url.split('#cc=');
  assert.equal(address, `http://localhost:8080/office?account=${done.account.slug}`);
  const browser = new TestBrowser(harness.app, done.account.slug, 'http://localhost:8080');
  assert.equal((await browser.exchange(handoff!)).statusCode, 200);
  const session = (await browser.send('GET', '/v1/office/session')).json<Record<string, unknown>>();
  assert.deepEqual([session['name'], session['role'], session['accountSlug']], ['Pat Acme', 'owner', done.account.slug]);
  assert.equal((await new TestBrowser(harness.app, done.account.slug, 'http://localhost:8080').exchange(handoff!)).statusCode, 400, 'nobody else gets in with it');

  assert.equal(await setupLink(harness.services), undefined);
  assert.equal((await setUp(harness, { ...wish, token })).body, refused.body);
  assert.match((await harness.app.inject('/office')).body, new RegExp(`<customer-center-office account="${done.account.slug}" routing="query" heading-level="1">`));
});

test('a server with an account has no set-up, whatever the token', async () => {
  const other = await openTestApp();
  try {
    const token = await tokenIn(other);
    await makeAccount(other.database, 'first');
    assert.equal((await setUp(other, { ...wish, token })).statusCode, 404);
    assert.equal((await other.services.db.selectFrom('accounts').select('slug').execute()).length, 1);
    await makeAccount(other.database, 'second');
    assert.match((await other.app.inject('/office')).body, /<customer-center-office routing="query" heading-level="1">/, 'of several, the person says which');
    const statuses: number[] = [];
    for (let tries = 0; tries < 70; tries++) statuses.push((await setUp(other, { ...wish, token })).statusCode);
    assert.equal(statuses.at(-1), 429, 'whoever tries tokens runs into a limit');
  } finally {
    await other.close();
  }
});

test('an account’s name in addresses is made of its name', () => {
  const names = { 'Acme Plumbing & Heating': 'acme-plumbing-heating', 'Peñón Jardinería, S. A.': 'penon-jardineria-s-a', 'O’Brien’s': 'obriens', 'Строитель': 'office', '—': 'office' };
  for (const [name, slug] of Object.entries(names)) assert.equal(slugOf(name), slug);
  assert.equal(slugOf(`${'x'.repeat(39)} & Sons`).length, 39);
});
