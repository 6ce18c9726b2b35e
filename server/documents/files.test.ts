import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setLogo } from '../account/logo.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { Problem } from '../platform/problems.ts';
import { makeAccount, openTestDatabase, type TestDatabase } from '../testing.ts';
import { documentFile, prepareFile, type WantedFile } from './files.ts';
import type { CertificateTask, EstimateTask, InvoiceTask } from './pdf/task.ts';
import { addDecision, addEstimate, addInvoice, addJob, estimateContent, invoiceContent } from './testing/rows.ts';
import { freeze } from './versions.ts';

let database: TestDatabase;
let acme: Scope;
let job: Awaited<ReturnType<typeof addJob>>;

before(async () => {
  database = await openTestDatabase();
  acme = await makeAccount(database);
  job = await addJob(acme);
});
after(() => database.close());

const estimate = (wanted: Partial<WantedFile> & { id: string }) => prepareFile(acme, { kind: 'estimate', what: 'document', ...wanted }, 'en');
const invoice = (wanted: Partial<WantedFile> & { id: string }, scope = acme) => prepareFile(scope, { kind: 'invoice', what: 'document', ...wanted }, 'en');
const isNotFound = (error: unknown) => error instanceof Problem && error.code === 'not_found';
const future = { expiresOn: '2999-12-31' };

test('a file is a PDF with a plain name', async () => {
  for (const [wanted, name] of [
    [await addEstimate(acme, job), 'estimate-1042-v1.pdf'],
    [await addInvoice(acme, job), 'invoice-1003.pdf'],
    [await addInvoice(acme, job, invoiceContent({ kind: 'deposit', number: '1004' })), 'invoice-1004.pdf'],
    [await addInvoice(acme, job, invoiceContent({ kind: 'credit', number: '17', total: -5000 })), 'credit-17.pdf'],
  ] as const) {
    const file = await documentFile(acme, { kind: wanted.kind, id: wanted.id, what: 'document' }, 'en');
    assert.deepEqual([file.name, file.type, file.missing], [name, 'application/pdf', []]);
    assert.match(file.bytes.subarray(0, 8).toString('latin1'), /^%PDF-1\./);
  }
});

test('no number makes a name that is a path, a header or a command', async () => {
  for (const [number, name] of [
    ['../../etc/passwd', 'estimate-etc-passwd-v1.pdf'], ['a"b\r\nSet-Cookie: x', 'estimate-a-b-Set-Cookie-x-v1.pdf'], ['$(reboot)', 'estimate-reboot-v1.pdf'],
    ['Ñ-17/é', 'estimate-N-17-e-v1.pdf'], ['水道', 'estimate-document-v1.pdf'], ['\u202egpj.exe', 'estimate-gpj-exe-v1.pdf'], ['9'.repeat(200), `estimate-${'9'.repeat(40)}-v1.pdf`],
  ] as const) {
    const { id } = await addEstimate(acme, job, estimateContent({ number }));
    assert.equal((await estimate({ id })).name, name);
  }
});

test('an estimate is the current version, or the one that was asked for', async () => {
  const document = await addEstimate(acme, job, estimateContent({ number: '1', ...future }), { version: 2 });
  await freeze(acme, 'estimate', document.id, 2, estimateContent({ number: '1', title: 'Second thoughts', ...future }));
  const [current, first] = [await estimate({ id: document.id }), await estimate({ id: document.id, version: 1 })];
  const [currentTask, firstTask] = [current.task as EstimateTask, first.task as EstimateTask];
  assert.deepEqual([current.name, currentTask.version, currentTask.content.title, currentTask.status], ['estimate-1-v2.pdf', 2, 'Second thoughts', 'sent']);
  assert.deepEqual([first.name, firstTask.version, firstTask.content.title, firstTask.status], ['estimate-1-v1.pdf', 1, 'Water heater replacement', undefined]);
  assert.equal(currentTask.chosen, undefined, 'what is preselected');
});

test('an estimate says how it stands today', async () => {
  const statusOf = async (expiresOn: string | null, status: 'sent' | 'withdrawn' | 'approved') => {
    const { id } = await addEstimate(acme, job, estimateContent({ number: '2', expiresOn }), { number: null, status });
    return ((await estimate({ id })).task as EstimateTask).status;
  };
  assert.equal(await statusOf('2020-01-01', 'sent'), 'expired');
  assert.equal(await statusOf(null, 'sent'), 'sent');
  assert.equal(await statusOf('2020-01-01', 'approved'), 'approved');
  assert.equal(await statusOf(null, 'withdrawn'), 'withdrawn');
});

test('an approved estimate shows what was chosen, and its certificate the evidence', async () => {
  const content = estimateContent({ number: '3' });
  const document = await addEstimate(acme, job, content, { status: 'approved' });
  const evidence = await addDecision(acme, document, { options: [{ id: 'pan', description: 'Drain pan', total: 9900 }] });
  assert.deepEqual(((await estimate({ id: document.id })).task as EstimateTask).chosen, ['pan']);
  const { name, task } = await estimate({ id: document.id, what: 'certificate' });
  assert.equal(name, 'certificate-3.pdf');
  assert.deepEqual([(task as CertificateTask).kind, (task as CertificateTask).evidence, (task as CertificateTask).content], ['certificate', evidence, content]);
  const file = await documentFile(acme, { kind: 'estimate', id: document.id, what: 'certificate' }, 'es');
  assert.match(file.bytes.subarray(0, 8).toString('latin1'), /^%PDF-1\./);
});

test('a certificate is of the version that was decided', async () => {
  const document = await addEstimate(acme, job, estimateContent({ number: '4' }), { version: 3, status: 'approved' });
  for (const version of [2, 3]) await freeze(acme, 'estimate', document.id, version, estimateContent({ number: '4', title: `Version ${version}` }));
  await addDecision(acme, document, { decision: 'declined', reason: 'Too dear' });
  await addDecision(acme, { ...document, version: 2 });
  const evidenceOf = async (version?: number) => ((await estimate({ id: document.id, what: 'certificate', ...(version ? { version } : {}) })).task as CertificateTask).evidence;
  assert.deepEqual([(await evidenceOf()).version, (await evidenceOf()).decision], [2, 'approved'], 'the latest');
  assert.deepEqual([(await evidenceOf(1)).version, (await evidenceOf(1)).decision], [1, 'declined']);
  await assert.rejects(evidenceOf(3), isNotFound);
  assert.equal(((await estimate({ id: document.id, version: 1 })).task as EstimateTask).chosen, undefined, 'declined: nothing was chosen');
});

test('an invoice shows what was paid by whom, and what is due', async () => {
  const document = await addInvoice(acme, job, invoiceContent({ number: '5' }), { settled: 100_000 });
  const paymentId = newId('payment');
  const stamps = { external_id: null, created_at: now(), updated_at: now() };
  await acme.insert('payments', { id: paymentId, customer_id: job.customerId, job_id: job.jobId, received_on: '2025-11-26', method: 'check', amount: 100_000, reference: '4711', ...stamps }).execute();
  await acme
    .insert('allocations', { id: newId('allocation'), payment_id: paymentId, transfer_id: null, job_id: job.jobId, invoice_id: document.id, amount: 100_000, created_at: now() })
    .execute();
  const task = (await invoice({ id: document.id })).task as InvoiceTask;
  assert.deepEqual([task.paid, task.due, task.status], [100_000, 177_992, 'partlyPaid']);
  assert.deepEqual(task.payments, [{ receivedOn: '2025-11-26', method: 'check', amount: { amount: 100_000, currency: 'USD' }, reference: '4711', paymentId: null }]);
  const voided = await addInvoice(acme, job, invoiceContent({ number: '6' }), { status: 'void' });
  assert.equal(((await invoice({ id: voided.id })).task as InvoiceTask).status, 'void');
});

test('the sender stands as it was, with the colour and the logo of today', async () => {
  const scope = await makeAccount(database, 'renamed');
  const document = await addInvoice(scope, await addJob(scope));
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
  await setLogo(scope, png);
  await scope.db.updateTable('accounts').set({ name: 'New name', phone: null, accent: '#aa3300' }).where('id', '=', scope.accountId).execute();
  const { branding } = (await invoice({ id: document.id }, scope)).task as InvoiceTask;
  assert.deepEqual([branding.name, branding.phone, branding.accent, branding.timeZone], ['Acme Plumbing & Heating', '+14045550142', '#aa3300', 'America/New_York']);
  assert.equal(branding.logo?.type, 'image/png');
  assert.match((await documentFile(scope, { kind: 'invoice', id: document.id, what: 'document' }, 'en')).bytes.subarray(0, 8).toString('latin1'), /^%PDF-1\./);
});

test('what is not there, was not sent, or is another account’s has no file', async () => {
  const [estimateId, invoiceId] = [(await addEstimate(acme, job, estimateContent({ number: '7' }))).id, (await addInvoice(acme, job, invoiceContent({ number: '7' }))).id];
  const draft = await addEstimate(acme, job, estimateContent({ number: '8' }), { number: null, version: 0, status: 'draft' });
  const other = await makeAccount(database, 'other');
  const wanted: [Scope, WantedFile][] = [
    [acme, { kind: 'estimate', id: newId('estimate'), what: 'document' }],
    [acme, { kind: 'estimate', id: invoiceId, what: 'document' }],
    [acme, { kind: 'estimate', id: estimateId, version: 2, what: 'document' }],
    [acme, { kind: 'estimate', id: estimateId, what: 'certificate' }],
    [acme, { kind: 'estimate', id: draft.id, what: 'document' }],
    [acme, { kind: 'invoice', id: invoiceId, what: 'certificate' }],
    [acme, { kind: 'invoice', id: estimateId, what: 'document' }],
    [other, { kind: 'estimate', id: estimateId, what: 'document' }],
    [other, { kind: 'invoice', id: invoiceId, what: 'document' }],
  ];
  for (const [scope, each] of wanted) await assert.rejects(documentFile(scope, each, 'en'), isNotFound);
});

test('a character that no font has is told to the office, once for each version', async () => {
  const document = await addEstimate(acme, job, estimateContent({ number: '9', title: 'Heater \u{13000}\u{13001}' }), { version: 2 });
  await freeze(acme, 'estimate', document.id, 2, estimateContent({ number: '9', title: '\u{13000}' }));
  const items = () => acme.from('inbox_items').select(['data', 'customer_id']).where('kind', '=', 'glyphsMissing').orderBy('id').execute();
  const draw = (version: number) => documentFile(acme, { kind: 'estimate', id: document.id, version, what: 'document' }, 'en');
  const [file] = await Promise.all([draw(1), draw(1), draw(1)]);
  assert.deepEqual(file.missing, ['\u{13000}', '\u{13001}']);
  assert.equal((await items()).length, 1);
  await draw(2);
  await draw(1);
  const told = await items();
  const common = { document: { kind: 'estimate', id: document.id }, number: '9', customer: 'Pine Street Dental' };
  assert.deepEqual(told.map(({ data }) => JSON.parse(data) as object), [{ ...common, version: 1, missing: 2 }, { ...common, version: 2, missing: 1 }]);
  assert.equal(told[0]!.customer_id, job.customerId);
});
