import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { InvoiceContent } from '../contract/invoices.ts';
import { invoiceNew } from '../contract/invoices.ts';
import type { Scope } from '../database/scope.ts';
import { changeEstimate } from '../estimates/drafts.ts';
import { withdrawEstimate } from '../estimates/sending.ts';
import { changeInvoice, createInvoice } from '../invoices/drafts.ts';
import { sendInvoice } from '../invoices/sending.ts';
import { voidInvoice } from '../invoices/voiding.ts';
import { servicesOf } from '../app.ts';
import { makeAccount, openTestDatabase, testConfig, type TestDatabase } from '../testing.ts';
import { charge, customer, dump, find, importFolder, job, newFolder, payment, reasons, sampleFolder, writeExport, type Row } from './testing.ts';

let database: TestDatabase;
let accounts = 0;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

const newAccount = (): Promise<Scope> => makeAccount(database, `again-${(accounts += 1)}`);

/** An open estimate (job 10), an invoice that is partly paid (11) and a credit (12). */
const small = () => ({
  customers: [customer(1), customer(2)],
  jobs: [
    job(10, 1, { status: 'new', subtotal: '20.00', tax: '1.60', total: '21.60', estimate_sent_on: '2025-02-01T10:00:00-05:00', estimate_terms: 'Good for 30 days.' }),
    job(11, 1, { status: 'complete', subtotal: '30.00', tax: '2.40', total: '32.40', balance_remaining: '22.40', invoice_status: 'unpaid', invoice_date: '2025-03-01T10:00:00-05:00' }),
    job(12, 2, { status: 'complete', subtotal: '-5.00', total: '-5.00', balance_remaining: '-5.00', invoice_status: 'unpaid', invoice_date: '2025-03-02T10:00:00-05:00' }),
  ],
  job_charges: [charge(100, 10, '20.00'), charge(101, 11, '25.00'), charge(102, 11, '5.00'), charge(103, 12, '-5.00')],
  payments: [payment(200, 11, '10.00')],
});

async function world() {
  const [scope, folder, made] = [await newAccount(), newFolder(), small()];
  const again = async () => {
    writeExport(folder.path, made);
    const report = await importFolder(scope, folder.path);
    return { report, counted: reasons(report), ...(await dump(scope)) };
  };
  const first = await again();
  const id = (kind: 'estimate' | 'invoice', of: number) => String(find(kind === 'estimate' ? first.estimates : first.invoices, kind, of)['id']);
  return { scope, made, again, first, id, remove: folder.remove };
}

const contentOf = (tables: { document_versions: Row[] }, document: Row): InvoiceContent =>
  JSON.parse(String(tables.document_versions.find((row) => row['document_id'] === document['id'] && row['version'] === document['version'])!['content'])) as InvoiceContent;
/** Everything that would reach a customer. */
const told = ({ outbox, notices, links, inbox_items: items, messages }: Awaited<ReturnType<typeof dump>>) => [outbox, notices, links, items, messages];
const nobody = [[], [], [], [], []];

test('a run over what an import made before there were documents adds each of them once', async () => {
  const scope = await newAccount();
  await importFolder(scope, sampleFolder);
  const whole = await dump(scope);
  for (const table of ['allocations', 'invoice_charges', 'document_versions', 'invoices', 'estimates'] as const) await scope.delete(table).execute();
  await scope.delete('import_applied').where('kind', 'in', ['estimate', 'invoice']).execute();
  await scope.delete('counters').where('kind', 'in', ['estimate', 'invoice', 'credit']).execute();
  await scope.update('charges').set({ invoiced: 0 }).execute();
  const report = await importFolder(scope, sampleFolder);
  assert.deepEqual((['estimate', 'invoice', 'credit', 'job', 'charge'] as const).map((kind) => report.of(kind, 'created')), [3, 5, 1, 0, 0]);
  const added = await dump(scope);
  const said = (tables: typeof added) => [...tables.estimates, ...tables.invoices].map((row) => [row['external_id'], row['number'], row['status'], row['total'], row['settled']]).sort();
  assert.deepEqual(said(added), said(whole));
  for (const table of ['jobs', 'counters', 'payments'] as const) assert.deepEqual(added[table].map(({ updated_at: _, ...row }) => row), whole[table].map(({ updated_at: _, ...row }) => row), table);
  assert.deepEqual(told(added), nobody);
  await importFolder(scope, sampleFolder);
  assert.deepEqual(await dump(scope), added);
});

describe('a job that has changed at the source', () => {
  test('makes a further version of what nobody has touched here, and nobody is told', async () => {
    const { made, again, first, remove } = await world();
    Object.assign(made.jobs[1]!, { subtotal: '37.00', tax: '3.00', total: '40.00', balance_remaining: '30.00', po_number: 'PO-9' });
    Object.assign(made.job_charges[1]!, { total: '32.00', price_per_unit: '32.00' });
    made.jobs[0]!['estimate_terms'] = 'Good for 60 days.';
    const after = await again();
    const [estimate, invoice] = [find(after.estimates, 'estimate', 10), find(after.invoices, 'invoice', 11)];
    assert.deepEqual([estimate['version'], estimate['total'], invoice['version'], invoice['total'], invoice['settled'], invoice['po_number']], [2, 2160, 2, 4000, 1000, 'PO-9']);
    assert.deepEqual([contentOf(after, estimate).terms, contentOf(after, invoice).total, contentOf(after, invoice).issuedOn], ['Good for 60 days.', 4000, '2025-03-01']);
    // What was sent stays readable as it was.
    for (const row of first.document_versions) assert.ok(after.document_versions.some((other) => other['hash'] === row['hash']));
    assert.deepEqual([after.report.of('estimate', 'updated'), after.report.of('invoice', 'updated'), after.report.of('credit', 'unchanged'), after.document_versions.length], [1, 1, 1, 5]);
    assert.deepEqual([find(after.charges, 'charge', 101)['invoiced'], find(after.charges, 'charge', 102)['invoiced']], [3200, 500]);
    assert.deepEqual(told(after), nobody);
    const { report, ...tables } = await again();
    assert.deepEqual(tables.document_versions, after.document_versions);
    assert.equal(report.of('invoice', 'unchanged'), 1);
    remove();
  });

  test('a charge that is gone leaves the invoice; one that moves takes its amount to the other job', async () => {
    const { made, again, remove } = await world();
    made.jobs.push(job(13, 2, { status: 'complete', subtotal: '0', invoice_date: '2025-04-01T10:00:00-05:00' }));
    await again();
    made.job_charges[2]!['job_id'] = 13;
    made.job_charges[3]!['deleted_at'] = '2026-01-01T00:00:00Z';
    made.job_charges.push(charge(104, 12, '-6.00'));
    Object.assign(made.jobs[1]!, { subtotal: '25.00', tax: '2.40', total: '27.40', balance_remaining: '17.40' });
    Object.assign(made.jobs[2]!, { subtotal: '-6.00', total: '-6.00', balance_remaining: '-6.00' });
    Object.assign(made.jobs[3]!, { subtotal: '5.00', total: '5.00' });
    const after = await again();
    const totals = [11, 12, 13].map((id) => find(after.invoices, 'invoice', id)).map((row) => [row['version'], row['total'], row['kind']]);
    assert.deepEqual(totals, [[2, 2740, 'invoice'], [2, -600, 'credit'], [2, 500, 'invoice']]);
    for (const row of after.charges) if (row['id'] !== find(after.charges, 'charge', 100)['id']) assert.equal(row['invoiced'], row['total']);
    for (const billed of after.invoice_charges) assert.equal(after.charges.find((row) => row['id'] === billed['charge_id'])!['job_id'], after.invoices.find((row) => row['id'] === billed['invoice_id'])!['job_id']);
    remove();
  });

  test('lines without their job, in an export of its own, make a further version as well', async () => {
    const { scope, id, remove } = await world();
    const { path, remove: removeSome } = newFolder();
    writeExport(path, { job_charges: [charge(105, 11, '1.00')] });
    await importFolder(scope, path);
    const { invoices, charges } = await dump(scope);
    const row = invoices.find((each) => each['id'] === id('invoice', 11))!;
    assert.deepEqual([row['version'], row['total'], row['settled'], find(charges, 'charge', 105)['invoiced']], [2, 3340, 1000, 100]);
    removeSome();
    remove();
  });

  test('an answer decides the estimate; what is charged later does not change what was decided', async () => {
    const { made, again, remove } = await world();
    Object.assign(made.jobs[0]!, { status: 'scheduled', won_date: '2025-02-03T10:00:00-05:00' });
    const won = await again();
    const row = find(won.estimates, 'estimate', 10);
    assert.deepEqual([row['status'], row['decided_at'], row['version'], find(won.jobs, 'job', 10)['waits_for']], ['approved', '2025-02-03T15:00:00.000Z', 1, null]);
    made.job_charges.push(charge(106, 10, '7.00'));
    Object.assign(made.jobs[0]!, { subtotal: '27.00', total: '28.60' });
    const after = await again();
    assert.deepEqual([find(after.estimates, 'estimate', 10)['total'], find(after.jobs, 'job', 10)['subtotal']], [2160, 2700]);
    const cause = [...after.report.causes.values()].find(({ kind }) => kind === 'estimate')!;
    assert.deepEqual([cause.reason, cause.examples], ['it was decided before its charges changed; it stays as it was', ['10: total 21.60, now 28.60']]);
    remove();
  });

  test('what the source takes back is void or withdrawn, and comes back with its number; an invoice becomes a credit of its own', async () => {
    const { made, again, first, remove } = await world();
    made.jobs[0]!['estimate_sent_on'] = null;
    Object.assign(made.jobs[1]!, { status: 'scheduled', invoice_date: null });
    const back = await again();
    assert.deepEqual([find(back.estimates, 'estimate', 10)['status'], find(back.invoices, 'invoice', 11)['status'], back.report.of('estimate', 'removed'), back.report.of('invoice', 'removed')], ['withdrawn', 'void', 1, 1]);
    assert.deepEqual([find(back.charges, 'charge', 101)['invoiced'], find(back.jobs, 'job', 11)['paid'], find(back.jobs, 'job', 11)['waits_for']], [0, 1000, null]);
    Object.assign(made.jobs, small().jobs);
    const again1 = await again();
    const [before, now] = [find(first.invoices, 'invoice', 11), find(again1.invoices, 'invoice', 11)];
    assert.deepEqual([now['id'], now['number'], now['status'], now['settled'], find(again1.estimates, 'estimate', 10)['status']], [before['id'], before['number'], 'sent', 1000, 'sent']);
    Object.assign(made.jobs[1]!, { subtotal: '-3.00', tax: '0', total: '-3.00', balance_remaining: '-13.00' });
    Object.assign(made.job_charges[1]!, { total: '-8.00', price_per_unit: '-8.00' });
    const turned = await again();
    assert.deepEqual(turned.invoices.filter((row) => row['job_id'] === before['job_id']).map((row) => [row['kind'], row['status'], row['number'], row['total']]).sort(), [['credit', 'sent', '911', -300], ['invoice', 'void', '911', 3240]]);
    remove();
  });
});

describe('what the office has done to a document stays', () => {
  const everything = (made: ReturnType<typeof small>) => {
    for (const each of made.jobs) Object.assign(each, { po_number: 'NEW', estimate_terms: 'new', invoice_terms: 'new' });
  };
  const kept = 'it was changed or decided here after an earlier import; it stays as it is';

  test('a working copy that was changed', async () => {
    const { scope, made, again, id, remove } = await world();
    await changeEstimate(scope, id('estimate', 10), { title: 'Written here' });
    await changeInvoice(scope, id('invoice', 11), { otherWaysToPay: 'At the counter' });
    const before = await dump(scope);
    everything(made);
    const { estimates, invoices, counted } = await again();
    for (const [kind, rows, old, of] of [['estimate', estimates, before.estimates, 10], ['invoice', invoices, before.invoices, 11]] as const) assert.deepEqual(find(rows, kind, of), find(old, kind, of));
    assert.deepEqual([find(invoices, 'invoice', 12)['version'], counted[`noted estimate: ${kept}`], counted[`noted invoice: ${kept}`], counted[`noted credit: ${kept}`]], [2, 1, 1, undefined]);
    assert.deepEqual(Object.keys((await again()).counted).filter((reason) => reason.endsWith(kept)), [], 'said once');
    remove();
  });

  test('one that was withdrawn, void or deleted', async () => {
    const { scope, made, again, id, remove } = await world();
    await withdrawEstimate(scope, id('estimate', 10));
    await voidInvoice(scope, id('invoice', 11));
    await scope.delete('invoice_charges').where('invoice_id', '=', id('invoice', 12)).execute();
    await scope.delete('document_versions').where('document_id', '=', id('invoice', 12)).execute();
    await scope.delete('invoices').where('id', '=', id('invoice', 12)).execute();
    assert.equal((await again()).report.of('invoice', 'unchanged'), 1);
    everything(made);
    const { estimates, invoices, jobs, counted } = await again();
    assert.deepEqual([find(estimates, 'estimate', 10)['status'], find(invoices, 'invoice', 11)['status'], invoices.length], ['withdrawn', 'void', 1]);
    assert.deepEqual([find(jobs, 'job', 11)['invoiced_on'], find(jobs, 'job', 11)['waits_for'], find(jobs, 'job', 10)['waits_for']], [null, null, null]);
    assert.equal(counted['noted credit: it was deleted here after an earlier import; it stays deleted'], 1);
    remove();
  });

  test('one that it sent with changes, whose charges then stay as they are billed', async () => {
    const { scope, made, again, id, remove } = await world();
    await changeInvoice(scope, id('invoice', 11), { title: 'Written here' });
    const services = servicesOf({ config: testConfig({ DATABASE_URL: database.url }), database });
    await sendInvoice(scope, services, id('invoice', 11), { channels: [], note: null });
    Object.assign(made.job_charges[1]!, { total: '99.00', price_per_unit: '99.00' });
    made.job_charges[2]!['deleted_at'] = '2026-01-01T00:00:00Z';
    Object.assign(made.jobs[1]!, { subtotal: '99.00', total: '101.40', balance_remaining: '91.40' });
    const { charges, invoices, counted, report } = await again();
    assert.deepEqual([101, 102].map((of) => find(charges, 'charge', of)['total']), [2500, 500]);
    assert.deepEqual([find(invoices, 'invoice', 11)['version'], find(invoices, 'invoice', 11)['total'], report.of('charge', 'removed')], [2, 3240, 0]);
    assert.equal(counted['noted charge: an invoice that was made or changed here bills it; it stays as it is'], 2);
    remove();
  });

  test('an invoice that it made itself before the first import that makes any', async () => {
    const { scope, made, again, first, id, remove } = await world();
    const invoice = id('invoice', 11);
    await scope.delete('allocations').where('invoice_id', '=', invoice).execute();
    await scope.delete('invoice_charges').where('invoice_id', '=', invoice).execute();
    await scope.delete('invoices').where('id', '=', invoice).execute();
    await scope.update('charges').set({ invoiced: 0 }).execute();
    await scope.delete('import_applied').where('kind', '=', 'invoice').where('source_id', '=', '11').execute();
    const own = await createInvoice(scope, invoiceNew.parse({ jobId: find(first.jobs, 'job', 11)['id'], fromCharges: 'rest' }));
    await sendInvoice(scope, servicesOf({ config: testConfig({ DATABASE_URL: database.url }), database }), own, { channels: [], note: null });
    everything(made);
    const { invoices, counted } = await again();
    assert.deepEqual(invoices.filter((row) => row['kind'] === 'invoice').map((row) => [row['id'], row['version'], row['total'], row['settled']]), [[own, 1, 3240, 1000]]);
    assert.equal(counted['noted invoice: the office has made one here already; none is added'], 1);
    remove();
  });
});

test('an export without charges makes no document whose lines are missing; the next one with them does', async () => {
  const [scope, some, all] = [await newAccount(), newFolder(), newFolder()];
  const { job_charges: _, ...made } = small();
  writeExport(some.path, made);
  const counted = reasons(await importFolder(scope, some.path));
  assert.equal(counted['noted estimate: its charges are not here; it comes with an export that has them'], 1);
  assert.deepEqual([(await dump(scope)).invoices, (await dump(scope)).estimates], [[], []]);
  writeExport(all.path, small());
  await importFolder(scope, all.path);
  const { invoices, estimates } = await dump(scope);
  assert.deepEqual([invoices.map((row) => row['total']).sort(), estimates.map((row) => row['total'])], [[-500, 3240], [2160]]);
  some.remove();
  all.remove();
});

test('an export without charges leaves invoices and credits as they are; a payment deleted here takes no invoice away', async () => {
  const { scope, made, again, remove } = await world();
  Object.assign(made.jobs[1]!, { invoice_date: null, invoice_status: null, balance_remaining: '0' });
  made.payments.push(payment(201, 11, '22.40'));
  const { invoices: [paid] } = await again();
  assert.deepEqual([paid!['status'], paid!['version'], paid!['settled']], ['sent', 2, 3240]);
  await scope.delete('allocations').execute();
  await scope.delete('payments').execute();
  const { path, remove: removeSome } = newFolder();
  const bare = made.jobs.map(({ subtotal: _subtotal, total: _total, ...rest }) => rest);
  const before = await dump(scope);
  writeExport(path, { customers: made.customers, jobs: bare });
  await importFolder(scope, path);
  await again();
  const after = await dump(scope);
  assert.deepEqual([after.invoices, after.document_versions], [before.invoices, before.document_versions]);
  removeSome();
  remove();
});

test('a job that moves to another customer takes its documents along, and they name that one', async () => {
  const { made, again, remove } = await world();
  made.jobs[1]!['customer_id'] = 2;
  const after = await again();
  const row = find(after.invoices, 'invoice', 11);
  assert.deepEqual([row['customer_id'], row['contact_id'], row['version']], [find(after.customers, 'customer', 2)['id'], find(after.contacts, 'contact', 2)['id'], 2]);
  assert.deepEqual([contentOf(after, row).to.customer, contentOf(after, row).total], ['Customer 2', 3240]);
  remove();
});
