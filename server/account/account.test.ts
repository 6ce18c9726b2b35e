import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { account, accountDefaults, card, page } from '../contract/account.ts';
import type { Scope } from '../database/scope.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';
import { addEstimate, addInvoice, addJob } from '../documents/testing/rows.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let office: ReturnType<typeof officeOf>;

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  office = officeOf(harness.app, await makeApiKey(acme, ['read', 'write', 'settings']));
});
after(() => harness.close());

const readCard = (origin?: string, slug = 'acme') => harness.app.inject({ method: 'GET', url: `/v1/accounts/${slug}`, headers: origin ? { origin } : {} });

test('the card answers any website, may be kept a minute where it says yes, and says whether the website is listed', async () => {
  for (const [origin, allowed] of [['https://www.acme.example', true], ['https://elsewhere.example', false], ['http://localhost:8080', true], [undefined, true]] as const) {
    const answer = await readCard(origin);
    const body = answer.json<{ originAllowed: boolean }>();
    assert.deepEqual(card.parse(body), body);
    assert.equal(body.originAllowed, allowed, origin);
    assert.deepEqual([answer.headers['cache-control'], answer.headers['access-control-allow-origin']], [allowed ? 'public, max-age=60' : 'no-cache', origin]);
    assert.match(String(answer.headers['vary']), /Origin/);
  }
  assert.equal((await readCard(undefined, 'nobody')).statusCode, 404);
});

test('a change of the settings shows on the card at once', async () => {
  const change = { name: 'Acme & Daughters', accent: '#AA3300', phone: null, timeZone: 'America/Denver', marketing: false };
  const { status, body } = await office('PATCH', 'account', change);
  assert.equal(status, 200);
  assert.deepEqual(account.parse(body), body);
  assert.deepEqual((await office('GET', 'account')).body, body);
  const shown = (await readCard()).json<Record<string, unknown>>();
  assert.deepEqual([shown['name'], shown['accent'], shown['phone'], shown['email']], ['Acme & Daughters', '#aa3300', null, 'office@acme.example']);
});

test('whatever is wrong with a setting is told with its path', async () => {
  const wrong = { name: '', accent: 'red', phone: '404', email: 'x', country: 'us', timeZone: 'Mars/Olympus', locale: 'E', currency: 'usd', marketing: 1, slug: 'other' };
  for (const [field, value] of Object.entries(wrong)) {
    const { status, body } = await office('PATCH', 'account', { [field]: value });
    assert.deepEqual([status, body.errors?.[0].path], [400, `/${field}`], field);
  }
});

test('the currency may change until there is an amount', async () => {
  const verde = officeOf(harness.app, await makeApiKey(await makeAccount(harness.database, 'verde'), ['read', 'write', 'settings']));
  assert.equal((await verde('PATCH', 'account', { currency: 'EUR' })).body.currency, 'EUR');
  const { body: customer } = await verde('POST', 'customers', { name: 'x' });
  const { body: job } = await verde('POST', 'jobs', { customerId: customer.id, service: 'x' });
  await verde('POST', 'charges', { jobId: job.id, description: 'x', unitPrice: 100 });
  assert.equal((await verde('PATCH', 'account', { currency: 'JPY' })).body.code, 'conflict');
  assert.equal((await verde('PATCH', 'account', { currency: 'EUR', name: 'Same currency' })).status, 200);
});

const documentSettings = {
  taxes: [{ key: 'state', name: 'Sales tax', percent: '6.625' }, { key: 'city', name: 'City tax', percent: '2' }], taxIncluded: true, taxRounding: 'line',
  estimateTerms: 'Valid for 30 days.\nParts may differ.', invoiceTerms: 'Late after 30 days.', otherWaysToPay: 'By check to Acme, PO Box 1',
  invoiceDueDays: 30, approvalVerification: 'code', attachPdf: true,
};

test('what new documents start with is kept as it was set, and is nobody else’s business', async () => {
  const call = officeOf(harness.app, await makeApiKey(await makeAccount(harness.database, 'documents'), ['read', 'settings']));
  const before = (await call('GET', 'account')).body;
  for (const [setting, value] of Object.entries(accountDefaults)) if (setting !== 'marketing') assert.deepEqual(before[setting], value, setting);
  const { status, body } = await call('PATCH', 'account', documentSettings);
  assert.equal(status, 200);
  assert.deepEqual(account.parse(body), { ...before, ...documentSettings, updatedAt: body.updatedAt });
  const { body: last } = await call('PATCH', 'account', { estimateTerms: null });
  assert.deepEqual(last, { ...body, estimateTerms: null, updatedAt: last.updatedAt }, 'the others stay');
  const shown = (await readCard(undefined, 'documents')).json<object>();
  assert.deepEqual(Object.keys(documentSettings).filter((setting) => setting in shown), []);
  assert.doesNotMatch(JSON.stringify(shown), /Sales tax|PO Box|Late after/);
});

test('a setting of documents that cannot be is told with its path', async () => {
  const [state, city] = documentSettings.taxes as [object, object];
  const wrong: [object, string][] = [
    [{ taxes: [state, { ...city, key: 'state' }] }, '/taxes/1/key'],
    [{ taxes: [{ ...state, key: 'no spaces' }] }, '/taxes/0/key'],
    [{ taxes: [state, { ...city, percent: '100.001' }] }, '/taxes/1/percent'],
    [{ taxes: [state, { ...city, percent: 6.5 }] }, '/taxes/1/percent'],
    [{ taxes: [state, { ...city, name: '' }] }, '/taxes/1/name'],
    [{ taxes: Array.from({ length: 11 }, (_, index) => ({ ...state, key: `t${index}` })) }, '/taxes'],
    [{ taxRounding: 'never' }, '/taxRounding'],
    [{ estimateTerms: 'x'.repeat(20_001) }, '/estimateTerms'],
    [{ invoiceTerms: '\u0000' }, '/invoiceTerms'],
    [{ otherWaysToPay: 'x'.repeat(4001) }, '/otherWaysToPay'],
    [{ invoiceDueDays: -1 }, '/invoiceDueDays'],
    [{ invoiceDueDays: 366 }, '/invoiceDueDays'],
    [{ approvalVerification: 'sms' }, '/approvalVerification'],
    [{ attachPdf: 1 }, '/attachPdf'],
  ];
  for (const [change, path] of wrong) {
    const { status, body } = await office('PATCH', 'account', change);
    assert.deepEqual([status, body.errors?.[0].path], [400, path]);
  }
});

for (const kind of ['estimates', 'invoices'] as const)
  test(`the currency is fixed once there are ${kind}`, async () => {
    const scope = await makeAccount(harness.database, kind);
    const call = officeOf(harness.app, await makeApiKey(scope, ['read', 'write', 'settings']));
    const { customerId, jobId } = await addJob(scope);
    assert.equal((await call('PATCH', 'account', { currency: 'EUR' })).status, 200);
    await (kind === 'estimates' ? addEstimate(scope, { customerId, jobId }) : addInvoice(scope, { customerId, jobId }));
    assert.equal((await call('PATCH', 'account', { currency: 'JPY' })).body.code, 'conflict');
  });

test('settings take the settings scope', async () => {
  const writer = officeOf(harness.app, await makeApiKey(acme, ['read', 'write', 'links']));
  for (const [method, path] of [['PATCH', 'account'], ['DELETE', 'account/logo'], ['POST', 'pages'], ['POST', 'sightings/allow'], ['GET', 'api-keys'], ['POST', 'api-keys']] as const)
    assert.equal((await writer(method, path, method === 'PATCH' || method === 'POST' ? {} : undefined)).status, 403, path);
});

test('there is exactly one main page whenever there are any', async () => {
  const call = officeOf(harness.app, await makeApiKey(await makeAccount(harness.database, 'pages'), ['read', 'settings']));
  const mains = async () => {
    const { body } = await call('GET', 'pages');
    return body.items.filter((each: { main: boolean }) => each.main).map((each: { url: string }) => each.url);
  };
  const [{ body: second }, { body: third }] = [await call('POST', 'pages', { url: 'https://two.example/a#b' }), await call('POST', 'pages', { url: 'https://three.example', main: true })];
  assert.deepEqual([page.parse(second), second.url, third.url], [second, 'https://two.example/a', 'https://three.example/']);
  assert.deepEqual(await mains(), ['https://three.example/']);
  await call('PATCH', `pages/${second.id}`, { main: true });
  assert.deepEqual(await mains(), ['https://two.example/a']);
  assert.equal((await call('PATCH', `pages/${second.id}`, { main: false })).body.errors[0].path, '/main');
  const { body } = await call('GET', 'pages');
  for (const each of body.items) {
    assert.equal((await mains()).length, 1);
    assert.equal((await call('DELETE', `pages/${each.id}`)).status, 204);
  }
  assert.deepEqual(await mains(), []);
  assert.equal((await call('POST', 'pages', { url: 'https://first.example' })).body.main, true, 'the first is the main one');
  const together = await Promise.all(Array.from({ length: 6 }, (_, index) => call('POST', 'pages', { url: `https://p${index}.example`, main: true })));
  assert.ok(together.every((answer) => answer.status === 201));
  assert.equal((await mains()).length, 1);
});

test('a page must be https, is listed once, and opens the account’s doors to its website at once', async () => {
  for (const url of ['http://acme.example', 'ftp://acme.example', 'https://user:word@acme.example', 'acme.example'])
    assert.equal((await office('POST', 'pages', { url })).body.errors[0].path, '/url', url);
  assert.equal((await readCard('https://new.example')).json<{ originAllowed: boolean }>().originAllowed, false);
  const { body: added } = await office('POST', 'pages', { url: 'https://new.example/center' });
  assert.equal((await readCard('https://new.example')).json<{ originAllowed: boolean }>().originAllowed, true);
  const again = await office('POST', 'pages', { url: 'https://new.example/center' });
  assert.deepEqual([again.status, again.body.code, again.body.errors[0].path], [409, 'already_exists', '/url']);
  await office('DELETE', `pages/${added.id}`);
  assert.equal((await readCard('https://new.example')).json<{ originAllowed: boolean }>().originAllowed, false);
});

const report = (url: string, origin?: string, ip = '203.0.113.7') =>
  harness.app.inject({ method: 'POST', url: '/v1/accounts/acme/sightings', remoteAddress: ip, headers: origin ? { origin } : {}, payload: { url } });

test('a website that was seen is listed by one click', async () => {
  for (const path of ['/a?secret=1', '/b']) assert.equal((await report(`https://blog.acme.example${path}`, 'https://blog.acme.example')).statusCode, 204);
  await report('https://www.acme.example/listed', 'https://www.acme.example');
  const { body } = await office('GET', 'sightings');
  assert.deepEqual(body.items.map(({ origin, count }: { origin: string; count: number }) => [origin, count]), [['https://blog.acme.example', 2]]);
  const allowed = await office('POST', 'sightings/allow', { origin: 'https://blog.acme.example' });
  assert.deepEqual([allowed.status, allowed.body.url], [200, 'https://blog.acme.example/']);
  assert.deepEqual((await office('GET', 'sightings')).body.items, []);
  assert.deepEqual((await office('POST', 'sightings/allow', { origin: 'https://blog.acme.example' })).body, allowed.body, 'a second click does no harm');
  assert.equal((await office('POST', 'sightings/allow', { origin: 'https://never.example' })).status, 404);
  await report('http://plain.example/', 'http://plain.example');
  assert.equal((await office('POST', 'sightings/allow', { origin: 'http://plain.example' })).body.errors[0].path, '/origin');
});

test('a website can report only itself, and nobody fills the list or reports without end', async () => {
  for (const [url, origin] of [['https://a.example/', 'https://b.example'], ['https://a.example/', 'null'], ['javascript:alert(1)', undefined]] as const)
    assert.equal((await report(url, origin)).json<{ errors: { path: string }[] }>().errors[0]!.path, '/url');
  const statuses: number[] = [];
  for (let index = 0; index < 12; index++) statuses.push((await report('https://flood.example/', undefined, '198.51.100.9')).statusCode);
  assert.equal(statuses.filter((status) => status === 204).length, 10);
  assert.equal(statuses.at(-1), 429);
  for (let index = 0; index < 60; index++) await report(`https://site${index}.example/`, undefined, `198.51.100.${20 + index}`);
  const { body } = await office('GET', 'sightings');
  assert.equal(body.items.length, 50);
  assert.equal(body.items[0].origin, 'https://site59.example', 'the latest are kept');
});
