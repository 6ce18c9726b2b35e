/** What the office's editor of invoices needs: a preview of what is not saved yet, and reminders. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { invoiceView, type Invoice, type InvoiceView } from '../contract/invoices.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';
import type { Scope } from '../database/scope.ts';
import { make, makeJob, piece, send } from './testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let office: ReturnType<typeof officeOf>;
before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  office = officeOf(harness.app, await makeApiKey(acme, ['read', 'write', 'links', 'settings']));
});
after(() => harness.close());

const draftOn = async (body: object = {}, charges: number[] = [10_000, 5000]) => {
  const { jobId, chargeIds, contactId } = await makeJob(acme, { charges });
  const answer = await office('POST', 'invoices', { jobId, fromCharges: 'rest', ...body });
  assert.equal(answer.status, 201, answer.text);
  return { id: (answer.body as Invoice).id, jobId, chargeIds, contactId };
};
const sentOn = async (body: object = {}) => {
  const made = await draftOn(body);
  await send(acme, made.id);
  return made;
};
const remind = (id: string, body: object = { channels: ['email'] }) => office('POST', `invoices/${id}/remind`, body);
const facts = async () => JSON.stringify(await Promise.all((['invoices', 'invoice_charges', 'charges', 'jobs', 'document_versions', 'document_opens', 'notices', 'links'] as const).map((table) => acme.from(table).selectAll().execute())));
const timeless = (view: InvoiceView) => ({ ...view, sentAt: null });

test('a preview shows what is not saved yet exactly as the saved one would read, and records nothing', async () => {
  const { id, chargeIds } = await draftOn();
  const change = { title: 'First part', lines: [piece(4000, { id: 'first', chargeId: chargeIds[0] }), piece(1000, { id: 'extra' })], presentation: 'detailed', poNumber: 'PO 7', dueOn: '2030-01-01' };
  const before = await facts();
  const preview = await office('POST', `invoices/${id}/preview`, change);
  assert.equal(preview.status, 200, preview.text);
  assert.equal(await facts(), before);
  const shown = invoiceView.parse(preview.body);
  assert.deepEqual([shown.content.title, shown.total.amount, shown.content.dueOn, shown.content.poNumber, shown.content.lines.length], ['First part', 5000, '2030-01-01', 'PO 7', 2]);
  assert.equal((await office('PATCH', `invoices/${id}`, change)).status, 200);
  assert.deepEqual(timeless((await office('GET', `invoices/${id}/preview`)).body as InvoiceView), timeless(shown));
  assert.deepEqual(timeless((await office('POST', `invoices/${id}/preview`, {})).body as InvoiceView), timeless(shown));
});

test('of what was sent the preview shows the next version, until it says the same', async () => {
  const { id } = await sentOn();
  const next = (await office('POST', `invoices/${id}/preview`, { title: 'Corrected' })).body as InvoiceView;
  assert.deepEqual([next.version, next.content.title], [2, 'Corrected']);
  assert.equal(((await office('POST', `invoices/${id}/preview`, {})).body as InvoiceView).version, 1);
});

test('what could not be saved is not previewed either, with the same words', async () => {
  const { id, chargeIds } = await draftOn();
  const wrong: object[] = [
    { lines: [piece(10_001, { chargeId: chargeIds[0] })] }, { lines: [piece(1, { chargeId: 'chg_none' })] }, { lines: [piece(1, { taxes: ['none'] })] }, { contactId: 'cont_none' },
    { dueOn: 'soon' }, { title: '' }, { kind: 'credit' },
  ];
  for (const body of wrong) {
    const [preview, patch] = [await office('POST', `invoices/${id}/preview`, body), await office('PATCH', `invoices/${id}`, body)];
    assert.equal(preview.status, 400, JSON.stringify(body) + preview.text);
    assert.equal(preview.text, patch.text);
  }
  const taken = await sentOn();
  await office('POST', `invoices/${taken.id}/void`);
  assert.equal((await office('POST', `invoices/${taken.id}/preview`, { title: 'x' })).text, (await office('PATCH', `invoices/${taken.id}`, { title: 'x' })).text);
});

test('a reminder is a message with a fresh link, a fact among the others', async () => {
  const { id } = await sentOn();
  const answer = await remind(id, { channels: ['email'], note: 'A check is fine too.' });
  assert.equal(answer.status, 200, answer.text);
  const { version, versions } = answer.body as Invoice;
  assert.equal(version, 1);
  assert.deepEqual(versions[0]!.notices.map(({ kind, channel, to }) => [kind, channel, to]), [['invoiceReminder', 'email', 'maria@example.com']]);
  assert.equal((await acme.from('notices').select('note').where('document_id', '=', id).executeTakeFirstOrThrow()).note, 'A check is fine too.');
});

test('nobody is reminded of what is not sent, paid, taken back, or theirs to receive', async () => {
  const conflict = async (id: string) => assert.deepEqual([(await remind(id)).status, (await remind(id)).body.code], [409, 'conflict']);
  await conflict((await draftOn()).id);
  const paid = await sentOn();
  await make(acme, 'payments', { jobId: paid.jobId, amount: 15_000, method: 'cash', receivedOn: '2026-02-01' });
  await conflict(paid.id);
  const part = await sentOn();
  await make(acme, 'payments', { jobId: part.jobId, amount: 5000, method: 'cash', receivedOn: '2026-02-01' });
  assert.equal((await remind(part.id)).status, 200, 'of the rest they are');
  const taken = await sentOn();
  await office('POST', `invoices/${taken.id}/void`);
  await conflict(taken.id);
  const { jobId } = await makeJob(acme);
  const credit = (await office('POST', 'invoices', { jobId, kind: 'credit', lines: [piece(-500)] })).body as Invoice;
  await send(acme, credit.id);
  await conflict(credit.id);
  assert.equal((await remind('inv_none')).status, 404);
});

test('what was sent is not deleted, and a program is told why', async () => {
  const { id } = await sentOn();
  const refused = await office('DELETE', `invoices/${id}`);
  assert.deepEqual([refused.status, refused.body.items], [409, [{ kind: 'version', count: 1 }]]);
});
