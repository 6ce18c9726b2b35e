import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { EstimateContent } from '../contract/estimates.ts';
import type { InvoiceContent } from '../contract/invoices.ts';
import type { Scope } from '../database/scope.ts';
import { contentHash } from '../documents/versions.ts';
import { readEstimate } from '../estimates/reading.ts';
import { createInvoice } from '../invoices/drafts.ts';
import { readInvoice } from '../invoices/invoices.ts';
import { statementOf } from '../invoices/statement.ts';
import { nextFree } from '../work/numbers.ts';
import { makeAccount, openTestDatabase, type TestDatabase } from '../testing.ts';
import { charge, customer, dump, find, importFolder, job, newFolder, payment, reasons, sampleFolder, writeExport, type MadeUp, type Row, type Values } from './testing.ts';

let database: TestDatabase;
let accounts = 0;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

const newAccount = (more = {}): Promise<Scope> => makeAccount(database, `documents-${(accounts += 1)}`, more);

async function imported(made: MadeUp, more = {}) {
  const scope = await newAccount(more);
  const { path, remove } = newFolder();
  writeExport(path, { customers: [customer(1)], ...made });
  const report = await importFolder(scope, path);
  remove();
  return { scope, report, counted: reasons(report), ...(await dump(scope)) };
}

const contentOf = <Content = InvoiceContent>(tables: { document_versions: Row[] }, document: Row): Content =>
  JSON.parse(String(tables.document_versions.find((row) => row['document_id'] === document['id'] && row['version'] === document['version'])!['content'])) as Content;

describe('the sample', () => {
  let scope: Scope;
  let tables: Awaited<ReturnType<typeof dump>>;
  const saidOf = (document: Row): Record<string, string | null> =>
    JSON.parse(String(tables.imported_documents.find((row) => row['job_id'] === document['job_id'])!['data'])) as Record<string, string | null>;
  const cents = (text: string | null | undefined): number => Math.round(Number(text) * 100);
  before(async () => {
    scope = await newAccount({ time_zone: 'America/Los_Angeles' });
    await importFolder(scope, sampleFolder);
    tables = await dump(scope);
  });

  test('an estimate that was sent is open, won or lost, as the source says', () => {
    const said = [8201, 8202, 8205].map((id) => find(tables.estimates, 'estimate', id)).map((row) => [row['number'], row['status'], row['version'], row['sent_at'], row['decided_at']]);
    assert.deepEqual(said, [
      ['1041', 'approved', 1, '2026-10-08T22:00:00.000Z', '2026-10-20T19:00:00.000Z'],
      ['1042', 'sent', 1, '2026-11-11T07:30:00.000Z', null],
      ['1045', 'declined', 1, '2026-01-16T16:00:00.000Z', '2026-02-01T16:00:00.000Z'],
    ]);
    assert.equal(tables.estimates.length, 3);
    // There is no evidence of ours, and none is made up.
    assert.deepEqual(tables.decisions, []);
  });

  test('an invoice is unpaid, partly paid or paid by the payments there are; a complete job below zero is a credit, an open one stays a job', () => {
    const rows = [8200, 8203, 8204, 8206, 8208, 8215].map((id) => find(tables.invoices, 'invoice', id));
    assert.deepEqual(
      rows.map((row) => [row['number'], row['kind'], row['status'], row['total'], row['settled'], row['due_on']]),
      [
        ['1040', 'invoice', 'sent', 24000, 24000, '2024-04-10'],
        ['1043', 'invoice', 'sent', 116050, 50000, '2025-10-16'],
        ['1044', 'invoice', 'sent', 18000, 0, '2025-12-03'],
        ['1045-2', 'credit', 'sent', -4500, 0, null],
        ['1047', 'invoice', 'sent', 42000, 31000, '2026-06-09'],
        ['1054', 'invoice', 'sent', 8500, 8500, '2026-07-06'],
      ],
    );
    assert.equal(tables.invoices.length, 6);
  });

  test('totals agree with the source to the cent, and so do balances but for the one that was reported', () => {
    for (const row of [...tables.estimates, ...tables.invoices]) {
      const [said, own] = [saidOf(row), tables.jobs.find((each) => each['id'] === row['job_id'])!];
      assert.equal(row['total'], cents(said['total']), String(row['external_id']));
      assert.equal(row['total'], Number(own['subtotal']) + Number(own['tax']));
      assert.equal(contentOf(tables, row).fixedTax, cents(said['tax']));
      if (row['settled'] !== undefined && row['external_id'] !== 'kickserv:invoice:8208') assert.equal(Number(row['total']) - Number(row['settled']), cents(said['balance_remaining']));
    }
  });

  test('a version says what the source said on its day, with one line a charge and the adjusting one', () => {
    const stove = contentOf(tables, find(tables.invoices, 'invoice', 8204));
    assert.deepEqual(stove.lines.map((line) => [line.description, line.quantity, line.unitPrice, line.total]), [['Labor', '1.5', 10000, 15000], ['Adjustment', '1', 3000, 3000]]);
    const lodge = contentOf(tables, find(tables.invoices, 'invoice', 8203));
    assert.deepEqual(
      [lodge.issuedOn, lodge.dueOn, lodge.terms, lodge.presentation, lodge.poNumber, lodge.title, lodge.to.customer, lodge.address, lodge.tax, lodge.job],
      ['2025-09-16', '2025-10-16', 'Net 30', 'summary', 'TL-2209', 'Service', 'Tamarack Lodge & Cabins', ['4 Fir Spur', 'Cannon Beach, OR 97110'], 6050, { number: '1043', service: 'Service' }],
    );
    // Its quantity and price come to another amount than its source's total, which counts.
    assert.deepEqual(lodge.lines.map((line) => [line.quantity, line.unitPrice, line.total]), [['8', 11000, 88000], ['1', 22000, 22000]]);
    const skylight = contentOf<EstimateContent>(tables, find(tables.estimates, 'estimate', 8202));
    assert.deepEqual([skylight.terms, skylight.issuedOn, skylight.lines[0]!.discount, skylight.deposit, skylight.expiresOn], ['Price good for 30 days.\n\nHalf in advance.', '2026-11-10', 9000, null, null]);
    assert.deepEqual(skylight.lines.map((line) => line.id), [find(tables.charges, 'charge', 9303)['id']]);
    assert.equal(contentOf(tables, find(tables.invoices, 'invoice', 8200)).terms, 'Due upon receipt\n\nThank you!');
  });

  test('versions are frozen as those that the office sends: nothing differs from the working copy', async () => {
    for (const row of tables.document_versions) assert.equal(contentHash(JSON.parse(String(row['content']))), row['hash']);
    for (const { id } of tables.estimates) {
      const { changed, decision, status, versions } = await readEstimate(scope, String(id));
      assert.deepEqual([changed, decision, versions.length, versions[0]!.notices], [false, null, 1, []], status);
    }
    for (const { id } of tables.invoices) assert.equal((await readInvoice(scope, String(id))).changed, false);
  });

  test('what is invoiced counts as invoiced: the office cannot bill it a second time', async () => {
    for (const { invoice_id: invoice, charge_id: id, amount } of tables.invoice_charges) {
      const { invoiced, total, job_id: own } = tables.charges.find((row) => row['id'] === id)!;
      assert.deepEqual([invoiced, amount, own], [total, total, tables.invoices.find((row) => row['id'] === invoice)!['job_id']]);
    }
    assert.equal(tables.invoice_charges.length, 8);
    const jobId = String(find(tables.jobs, 'job', 8208)['id']);
    const all = { kind: 'invoice', jobId, fromCharges: 'rest', contactId: null, lines: [], dueOn: null, fixedTax: 0 } as const;
    await assert.rejects(createInvoice(scope, { ...all, lines: [] }), { code: 'conflict' });
  });

  test('the job waits for its documents, and the statement has them', async () => {
    const waits = [8200, 8201, 8202, 8203, 8204, 8205, 8206, 8208, 8214, 8215].map((id) => find(tables.jobs, 'job', id)['waits_for']);
    assert.deepEqual(waits, [null, null, 'estimate', 'payment', 'payment', null, null, 'payment', null, null]);
    const pilar = String(find(tables.customers, 'customer', 7105)['id']);
    const { closing, open, entries } = await statementOf(scope, [pilar], { from: '2026-01-01', to: '2026-12-31' });
    assert.deepEqual([closing.amount, open.map((each) => [each.number, each.due.amount]), entries.length], [11000, [['1047', 11000]], 6]);
  });

  test('numbers go on above the imported ones, each kind for itself', async () => {
    assert.deepEqual(await scope.transaction(async (trx) => [await nextFree(trx, 'estimates'), await nextFree(trx, 'invoices'), await nextFree(trx, 'credits')]), ['1046', '1055', '1046']);
  });
});

describe('what the source says decides', () => {
  const day = (month: number): string => `2025-0${month}-15T10:00:00-05:00`;
  const worth = (amount: string, more: Values = {}): Values => ({ subtotal: amount, total: amount, balance_remaining: amount, ...more });
  const cases: [string, Values, string | null, string | null][] = [
    ['an estimate that was sent', { status: 'new', estimate_sent_on: day(1) }, 'sent', null],
    ['one that was won', { status: 'new', estimate_sent_on: day(1), won_date: day(2) }, 'approved', null],
    ['one that was lost', { status: 'lost', estimate_sent_on: day(1) }, 'declined', null],
    ['one of work that went on', { status: 'scheduled', estimate_sent_on: day(1) }, 'approved', null],
    ['one of work that was called off first', { status: 'canceled', estimate_sent_on: day(1) }, null, null],
    ['one of work that was won and called off', { status: 'canceled', estimate_sent_on: day(1), won_date: day(2) }, 'approved', null],
    ['a job that was won without one', { status: 'scheduled', won_date: day(2) }, null, null],
    ['an invoice', { status: 'complete', invoice_date: day(3), invoice_status: 'unpaid' }, null, 'invoice'],
    ['an invoice before the work is done', { status: 'scheduled', invoice_date: day(3) }, null, 'invoice'],
    ['work to be done that says “unpaid”', { status: 'scheduled', invoice_status: 'unpaid' }, null, null],
    ['work that is done and says “unpaid”', { status: 'complete', invoice_status: 'unpaid' }, null, 'invoice'],
    ['work that is done, without an invoice', { status: 'complete' }, null, null],
    ['… paid, but not by these payments', { status: 'complete', balance_remaining: '0.00' }, null, null],
    ['… below zero', worth('-20.00', { status: 'complete' }), null, 'credit'],
    ['an invoice below zero of work to be done', worth('-20.00', { status: 'scheduled', invoice_date: day(3) }), null, null],
    ['an estimate below zero', worth('-20.00', { status: 'lost', estimate_sent_on: day(1) }), null, null],
    ['estimate and invoice', { status: 'complete', estimate_sent_on: day(1), invoice_date: day(3) }, 'approved', 'invoice'],
  ];
  test('estimates, invoices and credits of every state', async () => {
    const jobs = cases.map(([, values], index) => job(10 + index, 1, { ...worth('20.00'), ...values }));
    const charges = jobs.map((row) => charge(Number(row['id']) + 100, Number(row['id']), String(row['subtotal'])));
    const { estimates, invoices, counted } = await imported({ jobs, job_charges: charges, payments: [] });
    for (const [index, [name, , estimate, invoice]] of cases.entries())
      assert.deepEqual([find(estimates, 'estimate', 10 + index)?.['status'] ?? null, find(invoices, 'invoice', 10 + index)?.['kind'] ?? null], [estimate, invoice], name);
    assert.deepEqual(
      ['noted job: its total is negative; it becomes a credit', 'noted job: its total is negative; it stays a job without documents', 'noted job: it is paid, but not by the payments here; no invoice is made of it'].map((reason) => counted[reason]),
      [1, 2, 1],
    );
  });

  test('a total that is not what its lines and its tax come to is reported with both figures', async () => {
    const { report, invoices } = await imported({
      jobs: [job(10, 1, { ...worth('20.00'), tax: '1.60', total: '21.61', status: 'complete', invoice_date: day(3) })], job_charges: [charge(100, 10, '20.00')], payments: [],
    });
    assert.equal(invoices[0]!['total'], 2160);
    assert.deepEqual([...report.causes.values()].find((cause) => cause.kind === 'invoice'), {
      outcome: 'noted', kind: 'invoice', reason: 'its total is not the one that the source states', count: 1, examples: ['10: total 21.60, source 21.61'],
    });
  });

  test('one without charges has the service for its line; more than 500 lines are too many', async () => {
    const jobs = [job(10, 1, { status: 'complete', invoice_date: day(3), balance_remaining: '0' }), job(11, 1, { ...worth('501.00'), status: 'complete', invoice_date: day(3) })];
    const tables = await imported({ jobs, job_charges: Array.from({ length: 501 }, (_, index) => charge(1000 + index, 11, '1.00')), payments: [] });
    assert.deepEqual(tables.invoices.map((row) => row['external_id']), ['kickserv:invoice:10']);
    assert.deepEqual(contentOf(tables, tables.invoices[0]!).lines.map((line) => [line.description, line.total]), [['Service', 0]]);
    assert.equal(tables.counted['noted invoice: it has more lines than a document may have; none is made'], 1);
    assert.equal(find(tables.jobs, 'job', 11)['waits_for'], 'payment');
  });

  test('a number that is taken is given beside; a source’s tax is an amount, in yen too', async () => {
    const jobs = [job(10, 1, { status: 'new', job_number: 7, estimate_sent_on: day(1), ...worth('1200'), tax: '97', total: '1297' })];
    const scope = await newAccount({ currency: 'JPY', country: 'JP', time_zone: 'Asia/Tokyo' });
    const { path, remove } = newFolder();
    writeExport(path, { customers: [customer(1)], jobs: [job(9, 1)] });
    await importFolder(scope, path);
    const { jobs: [first], customers: [only] } = await dump(scope);
    const own = { external_id: null, created_at: '', updated_at: '', job_id: String(first!['id']), customer_id: String(only!['id']), contact_id: null, draft: '{}', version: 1, hash: '', total: 0, search_text: '' };
    await scope.insert('estimates', { ...own, id: 'est_own', number: '7', status: 'sent', expires_on: null, sent_at: null, decided_at: null }).execute();
    writeExport(path, { customers: [customer(1)], jobs, job_charges: [charge(100, 10, '1200')] });
    const report = await importFolder(scope, path);
    const estimate = find((await dump(scope)).estimates, 'estimate', 10);
    assert.deepEqual([estimate['number'], estimate['total']], ['7-2', 1297]);
    assert.equal(reasons(report)['mended estimate: its number is taken by another; given one beside it'], 1);
    remove();
  });

  test('money that came in before is spread over invoice and job alike in every size of batch', async () => {
    const ids = Array.from({ length: 57 }, (_, index) => 10 + index);
    const { invoices, jobs } = await imported({
      jobs: ids.map((id) => job(id, 1, { ...worth('20.00'), balance_remaining: '5.00', status: 'complete', invoice_date: day(3) })),
      job_charges: ids.map((id) => charge(id + 100, id, '20.00')), payments: ids.map((id) => payment(id + 200, id, '15.00')),
    });
    assert.deepEqual(new Set(invoices.map((row) => `${row['total']} ${row['settled']}`)), new Set(['2000 1500']));
    assert.deepEqual(new Set(jobs.map((row) => `${row['paid']} ${row['waits_for']}`)), new Set(['1500 payment']));
  });
});
