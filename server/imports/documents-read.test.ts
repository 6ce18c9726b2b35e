import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { EstimateView } from '../contract/estimates.ts';
import type { InvoiceView } from '../contract/invoices.ts';
import type { History } from '../contract/work.ts';
import type { Scope } from '../database/scope.ts';
import { Reader } from '../estimates/testing.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp, soak } from '../testing.ts';
import { charge, customer, dump, find, importFolder, job, newFolder, sampleFolder, writeExport } from './testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let accounts = 0;
before(async () => {
  harness = await openTestApp();
});
after(() => harness.close());

/** An account of its own with everything of the sample, and its office. */
async function sample() {
  const scope = await makeAccount(harness.database, `read-${(accounts += 1)}`);
  await importFolder(scope, sampleFolder);
  return { scope, office: officeOf(harness.app, await makeApiKey(scope, ['read', 'write', 'links'])), tables: await dump(scope) };
}

/** A contact who came by a link of the office to the whole center. */
async function signedIn(scope: Scope, office: ReturnType<typeof officeOf>, contact: number) {
  const { id } = find((await dump(scope)).contacts, 'contact', contact);
  const { url } = (await office('POST', 'access-links', { contactId: id })).body as { url: string };
  const reader = new Reader(harness.app, scope.account.slug);
  assert.equal((await reader.browser.open(url)).statusCode, 200);
  return reader;
}

describe('an imported document in the widget', () => {
  test('an open estimate waits for an answer, and is approved as it stands', async () => {
    const { scope, office, tables } = await sample();
    const reader = await signedIn(scope, office, 7100);
    const { waiting } = (await reader.browser.get('/customers/all/history')).json() as History;
    const estimate = find(tables.estimates, 'estimate', 8202);
    assert.deepEqual(waiting.items.map((row) => [row.number, row.waitsFor, row.waitsDocument]), [['1042', 'estimate', { kind: 'estimate', id: estimate['id'], amount: { amount: 243705, currency: 'USD' } }]]);
    reader.base = `/customers/all/estimates/${String(estimate['id'])}`;
    const view = (await reader.browser.get(reader.base)).json() as EstimateView;
    assert.deepEqual([view.status, view.version, view.decision, view.totals.total.amount, view.rights.approve], ['sent', 1, null, 243705, true]);
    const approved = await reader.approve({ options: [], signature: { kind: 'typed', name: 'Odile Brandt' } }, view.etag);
    assert.deepEqual([approved.status, approved.body.status, approved.body.decision.by, approved.body.totals.total.amount], [200, 'approved', 'Odile Brandt', 243705]);
    const after = await dump(scope);
    // The charges are the same ones, and the source still knows them.
    assert.deepEqual([find(after.charges, 'charge', 9303)['id'], find(after.jobs, 'job', 8202)['tax'], find(after.jobs, 'job', 8202)['subtotal']], [find(tables.charges, 'charge', 9303)['id'], 12705, 231000]);
    const report = await importFolder(scope, sampleFolder);
    assert.deepEqual((await dump(scope)).estimates, after.estimates);
    assert.equal(report.of('estimate', 'unchanged'), 3);
  });

  test('one that the source has decided is read as decided, without evidence', async () => {
    const { scope, office, tables } = await sample();
    const reader = await signedIn(scope, office, 7100);
    const id = String(find(tables.estimates, 'estimate', 8201)['id']);
    const view = (await reader.browser.get(`/customers/all/estimates/${id}`)).json() as EstimateView;
    assert.deepEqual([view.status, view.decision, view.totals.total.amount], ['approved', null, 131250]);
    reader.base = `/customers/all/estimates/${id}`;
    assert.equal((await reader.approve({ options: [] }, view.etag)).code, 'document_decided');
    assert.equal((await reader.post('/downloads', { what: 'document' })).status, 201);
  });

  test('invoices are among the open ones with what is due of them', async () => {
    const { scope, office } = await sample();
    const reader = await signedIn(scope, office, 7101);
    const { items } = (await reader.browser.get('/customers/all/invoices?state=open')).json() as { items: { id: string; number: string; due: { amount: number } }[] };
    assert.deepEqual(items.map((row) => [row.number, row.due.amount]), [['1043', 66050], ['1044', 18000]]);
    const view = (await reader.browser.get(`/customers/all/invoices/${items[0]!.id}`)).json() as InvoiceView;
    assert.deepEqual([view.status, view.payments.map((each) => [each.receivedOn, each.method, each.amount.amount]), view.content.lines], ['partlyPaid', [['2025-09-20', 'cardOnline', 50000]], []]);
  });
});

test('the office reads and sends an imported document as it is; only then is anybody told', async () => {
  const { scope, office, tables } = await sample();
  for (const [path, rows] of [['estimates', tables.estimates], ['invoices', tables.invoices]] as const) {
    for (const row of rows) {
      const { status, body } = await office('GET', `${path}/${String(row['id'])}`);
      assert.deepEqual([status, body.number, body.changed, body.version], [200, row['number'], false, 1]);
    }
  }
  const id = String(find(tables.invoices, 'invoice', 8204)['id']);
  const { status, body } = await office('POST', `invoices/${id}/send`, { channels: ['email'] });
  assert.deepEqual([status, body.links.length, body.invoice.version], [200, 1, 1]);
  assert.equal((await dump(scope)).notices.length, 1);
  const paid = await office('POST', 'payments', { jobId: find(tables.jobs, 'job', 8204)['id'], receivedOn: '2026-01-01', method: 'check', amount: 18000 });
  assert.equal(paid.status, 201);
  const after = await dump(scope);
  assert.equal(find(after.invoices, 'invoice', 8204)['settled'], 18000);
  await importFolder(scope, sampleFolder);
  assert.deepEqual((await dump(scope)).invoices, after.invoices);
});

test('whoever approves while an import makes a further version approves one of the two, and it is the one they saw', async () => {
  const { path, remove } = newFolder();
  for (let round = 1; round <= soak(100); round += 1) {
    const scope = await makeAccount(harness.database, `race-${round}`);
    const office = officeOf(harness.app, await makeApiKey(scope, ['read', 'write', 'links']));
    const made = { customers: [customer(1)], jobs: [job(10, 1, { status: 'new', subtotal: '20.00', total: '20.00', estimate_sent_on: '2025-02-01' })], job_charges: [charge(100, 10, '20.00')] };
    writeExport(path, made);
    await importFolder(scope, path);
    const reader = await signedIn(scope, office, 1);
    reader.base = `/customers/all/estimates/${String(find((await dump(scope)).estimates, 'estimate', 10)['id'])}`;
    const { etag } = (await reader.browser.get(reader.base)).json() as EstimateView;
    Object.assign(made.jobs[0]!, { subtotal: '50.00', total: '50.00' });
    Object.assign(made.job_charges[0]!, { total: '50.00', price_per_unit: '50.00' });
    writeExport(path, made);
    const [answer] = await Promise.all([reader.approve({ options: [] }, etag), importFolder(scope, path)]);
    const { estimates: [estimate], decisions } = await dump(scope);
    if (answer.status === 200) assert.deepEqual([estimate!['status'], estimate!['version'], decisions.map((row) => row['version'])], ['approved', 1, [1]]);
    else assert.deepEqual([answer.code, estimate!['status'], estimate!['version'], decisions], ['stale', 'sent', 2, []]);
  }
  remove();
});
