import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { endLinks } from '../access/links.ts';
import { invoice as invoiceSchema, invoiceRows, invoices as invoicesSchema, invoiceSent, invoiceView, statement as statementSchema, type InvoiceRow, type Statement } from '../contract/invoices.ts';
import type { Scope } from '../database/scope.ts';
import { daysAfter, today } from '../platform/calendar.ts';
import { TestBrowser } from '../testing-browser.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';
import { changeRecord } from '../work/records.ts';
import { applyCredit } from './credits.ts';
import { listInvoiceRows } from './reading.ts';
import { statementOf } from './statement.ts';
import { change, checkMoney, draft, make, makeJob, piece, send, sent, type Place } from './testing.ts';
import { voidInvoice } from './voiding.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let office: ReturnType<typeof officeOf>;
let place: Place;
let maria: TestBrowser;
let day: string;
before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme', { invoice_due_days: 30, takes_payments: 1 });
  office = officeOf(harness.app, await makeApiKey(acme, ['read', 'write', 'links']));
  place = await makeJob(acme, { charges: [20_000, -1500] });
  maria = new TestBrowser(harness.app);
  const link = await office('POST', 'access-links', { contactId: place.contactId });
  assert.equal((await maria.open(link.body.url)).statusCode, 200);
  day = today(acme.account.time_zone);
});
after(() => harness.close());

const read = async (path: string) => {
  const answer = await maria.get(path);
  return { status: answer.statusCode, body: answer.json(), text: answer.body };
};

test('the office makes, changes, sends and follows an invoice over HTTP, in the shapes of the contract', async () => {
  const made = await office('POST', 'invoices', { jobId: place.jobId, fromCharges: 'rest', externalId: 'erp:7' }, { 'idempotency-key': 'invoice-1' });
  assert.equal(made.status, 201, made.text);
  assert.deepEqual(invoiceSchema.parse(made.body), made.body);
  assert.deepEqual((await office('POST', 'invoices', { jobId: place.jobId, fromCharges: 'rest', externalId: 'erp:7' }, { 'idempotency-key': 'invoice-1' })).body, made.body);
  const { id } = made.body;
  const seen = { 'if-match': made.headers['etag'] as string };
  const changed = await office('PATCH', `invoices/${id}`, { title: 'New water heater' }, seen);
  assert.deepEqual([changed.status, changed.body.draft.title, changed.body.total.amount], [200, 'New water heater', 18_500]);
  for (const [method, path] of [['PATCH', ''], ['POST', '/send'], ['POST', '/void'], ['DELETE', '']] as const)
    assert.equal((await office(method, `invoices/${id}${path}`, method === 'DELETE' || path === '/void' ? undefined : {}, seen)).status, 412, path);
  const preview = await office('GET', `invoices/${id}/preview`);
  assert.deepEqual([preview.status, preview.body.status, preview.body.version, preview.body.content.number, preview.body.total.amount], [200, 'sent', 1, '', 18_500]);
  const answer = await office('POST', `invoices/${id}/send`, { channels: ['email'], note: 'Thank you' }, { 'idempotency-key': 'sending-1' });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(invoiceSent.parse(answer.body), answer.body);
  assert.deepEqual([answer.body.invoice.status, answer.body.invoice.number, answer.body.invoice.dueOn], ['sent', '1', daysAfter(day, 30)]);
  assert.deepEqual(answer.body.invoice.versions[0].notices.map((notice: { to: string; status: string }) => [notice.to, notice.status]), [['maria@example.com', 'queued']]);
  const again = await office('POST', `invoices/${id}/send`, { channels: ['email'], note: 'Thank you' }, { 'idempotency-key': 'sending-1' });
  assert.deepEqual(again.body, answer.body, 'the same links, once');
  const { body: stored } = await acme.from('idempotency').select('body').where('key', '=', 'sending-1').executeTakeFirstOrThrow();
  assert.ok(!stored.includes(answer.body.links[0].url.split('#')[1]), 'no secret is stored');
  for (const status of ['sent', 'open']) {
    const listed = await office('GET', `invoices?status=${status}&customerId=${place.customerId}&q=water+${answer.body.invoice.number}`);
    assert.deepEqual(invoicesSchema.parse(listed.body), listed.body);
    assert.deepEqual(listed.body.items.map((item: { id: string }) => item.id), [id]);
  }
  for (const query of ['status=draft', 'status=void', 'q=nowhere', 'externalId=erp:8']) assert.deepEqual((await office('GET', `invoices?${query}`)).body.items, [], query);
  // Who opens the link reads it, and with the right one only.
  const reader = new TestBrowser(harness.app);
  assert.equal((await reader.open(answer.body.links[0].url)).statusCode, 200);
  const { linkId } = answer.body.links[0];
  const byLink = await reader.get(`/documents/${linkId}`);
  assert.deepEqual([byLink.statusCode, byLink.json().invoice.id, byLink.json().invoice.rights.share], [200, id, true]);
  assert.equal((await reader.get(`/customers/all/invoices/${id}`)).statusCode, 404);
  assert.equal((await reader.send('POST', `${reader.path}/documents/${linkId}/opened`, { version: 1 })).statusCode, 204);
  assert.deepEqual((await office('GET', `invoices/${id}`)).body.versions[0].opened.map((open: { contactId: string; linkId: string }) => [open.contactId, open.linkId]), [[place.contactId, linkId]]);
  assert.equal((await office('DELETE', `invoices/${id}`)).status, 409);
  const gone = await office('POST', `invoices/${id}/void`);
  assert.deepEqual([gone.status, gone.body.status], [200, 'void']);
  assert.equal((await reader.get(`/documents/${linkId}`)).statusCode, 401, 'its links end with it');
  const nobody = await make(acme, 'customers', { name: 'Nobody' });
  const job = await make(acme, 'jobs', { customerId: nobody.id, service: 'Leak' });
  const unreachable = await office('POST', `invoices/${await draft(acme, { jobId: job.id, lines: [piece(100)] })}/send`, {});
  assert.deepEqual([unreachable.status, unreachable.body.errors[0].path], [400, '/contactId']);
});

test('a customer reads what was sent, as it was sent, and tells once that it was opened', async () => {
  const { id, number } = await sent(acme, { jobId: place.jobId, lines: [piece(5000, { description: 'Valve' })] });
  await change(acme, id, { title: 'Not sent yet', lines: [piece(9900, { description: 'Not sent yet' })], poNumber: 'unsent' });
  const { status, body } = await read(`/customers/${place.customerId}/invoices/${id}`);
  assert.equal(status, 200);
  assert.deepEqual(invoiceView.parse(body), body);
  assert.deepEqual([body.content.number, body.content.lines.map((line: { description: string }) => line.description), body.due.amount, body.status, body.overdue], [number, ['Valve'], 5000, 'sent', false]);
  assert.deepEqual(body.rights, { approve: false, requestChanges: false, pay: true, pdf: true, share: true });
  const rows = (await read('/customers/all/invoices?state=all')).text;
  assert.ok(!rows.toLowerCase().includes('not sent yet') && !rows.includes('unsent'));
  const opened = (version: number) => maria.send('POST', `${maria.path}/customers/all/invoices/${id}/opened`, { version });
  assert.deepEqual([(await opened(1)).statusCode, (await opened(1)).statusCode, (await opened(2)).statusCode], [204, 204, 400]);
  assert.equal((await office('GET', `invoices/${id}`)).body.versions[0].opened.length, 1);
  assert.equal((await office('GET', `invoices/${id}/preview`)).body.content.title, 'Not sent yet');
  assert.equal((await office('GET', `invoices/${id}`)).body.versions[0].opened.length, 1, 'a preview is no opening');
});

test('drafts, foreign invoices and unknown ones answer alike', async () => {
  const stranger = await makeJob(acme);
  const foreign = await sent(acme, { jobId: stranger.jobId, lines: [piece(100)] });
  const answers = await Promise.all([foreign.id, await draft(acme, { jobId: place.jobId, lines: [piece(1)] }), 'inv_none'].map((id) => read(`/customers/all/invoices/${id}`)));
  assert.deepEqual(answers.map((answer) => answer.status), [404, 404, 404]);
  assert.equal(new Set(answers.map((answer) => answer.text)).size, 1);
  assert.equal((await read(`/customers/${stranger.customerId}/invoices`)).status, 404);
  assert.equal((await read(`/customers/${stranger.customerId}/statement?from=${day}&to=${day}`)).status, 404);
});

test('a void invoice stands on its job as void, asks for nothing, and is in no list of invoices', async () => {
  const { id } = await sent(acme, { jobId: place.jobId, lines: [piece(100)] });
  await voidInvoice(acme, id);
  const { body } = await read(`/customers/all/invoices/${id}`);
  assert.deepEqual([body.status, body.due.amount, body.rights.pay], ['void', 0, false]);
  for (const state of ['open', 'all']) assert.ok(!(await read(`/customers/all/invoices?state=${state}`)).text.includes(id));
  const { documents, due } = (await read(`/customers/all/jobs/${place.jobId}`)).body as { documents: { id: string; status: string; due: object | null }[]; due: { amount: number } | null };
  assert.deepEqual(documents.filter((row) => row.id === id).map((row) => [row.status, row.due]), [['void', null]]);
  const open = await acme.from('invoices').select(['total', 'settled']).where('job_id', '=', place.jobId).where('status', '=', 'sent').where('kind', '<>', 'credit').execute();
  assert.equal(due?.amount ?? 0, open.reduce((sum, row) => sum + row.total - row.settled, 0), 'what is void is not due');
});

test('a summary tells nothing of its lines, not even what was taken off', async () => {
  const { jobId } = await makeJob(acme, { customerId: place.customerId, job: { presentation: 'summary' } });
  const secret = { description: 'Margin', details: 'Supplier price', discount: { amount: 1234 } };
  const { id } = await sent(acme, { jobId, lines: [piece(50_000, secret)] });
  const { body, text } = await read(`/customers/all/invoices/${id}`);
  assert.deepEqual([body.content.presentation, body.content.lines, body.subtotal.amount], ['summary', [], 48_766]);
  for (const word of ['Margin', 'Supplier', '1234', '50000']) assert.ok(!text.includes(word), word);
  assert.ok(!(await read('/customers/all/invoices?state=all')).text.includes('Margin'));
  const sheet = (await office('GET', `invoices/${id}/preview`)).text;
  assert.ok(!sheet.includes('Margin') && !sheet.includes('1234'));
});

test('paying online is off for a credit, and where job or invoice say so, at once', async () => {
  const { jobId } = await makeJob(acme, { customerId: place.customerId });
  const { id } = await sent(acme, { jobId, lines: [piece(100)] });
  const online = async (of = id) => (await read(`/customers/all/invoices/${of}`)).body.onlinePayment;
  assert.equal(await online(), true);
  await change(acme, id, { onlinePayment: false });
  assert.deepEqual([await online(), (await office('GET', `invoices/${id}`)).body.changed], [false, false]);
  await change(acme, id, { onlinePayment: true });
  await changeRecord(acme, 'jobs', jobId, { onlinePayment: false });
  assert.equal(await online(), false);
  const credit = await sent(acme, { jobId, kind: 'credit', lines: [piece(-100)], onlinePayment: true });
  assert.equal(await online(credit.id), false);
  assert.equal((await read(`/customers/all/invoices/${credit.id}`)).body.rights.pay, false);
});

test('open invoices come with the oldest due first, all with the newest first; pages neither repeat nor lose one', async () => {
  const scope = await makeAccount(harness.database, 'lists');
  const address = async (customerId: string, line1: string) => (await make(scope, 'addresses', { customerId, line1, city: 'Decatur' })).id;
  const home = await makeJob(scope);
  const homeAddress = await address(home.customerId, '12 Péachtree Street');
  await changeRecord(scope, 'jobs', home.jobId, { addressId: homeAddress, poNumber: 'PO-2207' });
  const below = await makeJob(scope, { parentId: home.customerId });
  const both = [home.customerId, below.customerId];
  for (let index = 0; index < 12; index++) await sent(scope, { jobId: index % 2 ? home.jobId : below.jobId, lines: [piece(1000)], dueOn: daysAfter('2026-03-10', (index * 5) % 9) });
  const paid = await sent(scope, { jobId: home.jobId, lines: [piece(0)] });
  const credit = await sent(scope, { jobId: home.jobId, kind: 'credit', lines: [piece(-500)] });
  const pages = async (state: 'open' | 'all', more: object = {}, between?: () => Promise<unknown>) => {
    const rows: InvoiceRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await listInvoiceRows(scope, both, { state, limit: 4, ...(cursor ? { cursor } : {}), ...more });
      rows.push(...invoiceRows.parse(page).items);
      cursor = page.nextCursor ?? undefined;
      await between?.();
    } while (cursor);
    return rows;
  };
  const open = await pages('open');
  assert.equal(new Set(open.map((row) => row.id)).size, 13);
  const places = open.map((row) => row.dueOn ?? row.issuedOn);
  assert.deepEqual(places, places.toSorted());
  assert.ok(!open.some((row) => row.id === paid.id) && open.some((row) => row.id === credit.id && row.dueOn === null && row.due.amount === -500), 'a credit that still holds something is open');
  assert.ok(open.every((row) => row.overdue === (row.kind !== 'credit' && row.dueOn! < today(scope.account.time_zone))));
  const all = await pages('all');
  assert.deepEqual(all.map((row) => row.id).slice(0, 2), [credit.id, paid.id]);
  assert.equal(all.length, 14);
  let later = 0;
  const meanwhile = await pages('all', {}, async () => void (later++ < 3 && (await sent(scope, { jobId: home.jobId, lines: [piece(1)] }))));
  assert.deepEqual(meanwhile.map((row) => row.id), all.map((row) => row.id), 'what is added meanwhile neither repeats nor hides another');
  const everything = await pages('all');
  const atHome = everything.filter((row) => row.customerId === home.customerId);
  for (const [q, found] of [['peachtree', atHome], ['po-2207', atHome], ['FERRER', everything], [credit.draft.title, everything], ['%', []]] as const)
    assert.deepEqual((await pages('all', { q })).map((row) => row.id), found.map((row) => row.id), q);
  assert.ok((await pages('all', { addressId: homeAddress })).every((row) => row.jobId === home.jobId && row.address === '12 Péachtree Street'));
  assert.deepEqual(await pages('all', { addressId: 'addr_none' }), []);
  await assert.rejects(listInvoiceRows(scope, both, { state: 'all', cursor: 'nonsense' }), { code: 'invalid_request' });
});

test('a statement tells what was owed after each invoice, payment and refund of a period', async () => {
  const scope = await makeAccount(harness.database, 'books');
  const { customerId, jobId } = await makeJob(scope);
  const issue = async (on: string, amount: number, kind: 'invoice' | 'credit' = 'invoice') => {
    const made = await sent(scope, { jobId, kind, lines: [piece(amount)], ...(kind === 'invoice' ? { dueOn: daysAfter(on, 14) } : {}) });
    await scope.update('invoices').set({ issued_on: on }).where('id', '=', made.id).execute();
    return made;
  };
  const pay = (receivedOn: string, amount: number) => make(scope, 'payments', { jobId, receivedOn, method: 'check', amount, reference: `R${amount}` });
  const first = await issue('2026-01-10', 10_000);
  await pay('2026-01-20', 4000);
  const second = await issue('2026-02-10', 5000);
  const credit = await issue('2026-02-15', -1000, 'credit');
  await pay('2026-03-01', 9000);
  await pay('2026-03-05', -500);
  await voidInvoice(scope, (await issue('2026-02-11', 77_700)).id);
  const of = (from: string, to: string) => statementOf(scope, [customerId], { from, to });
  const lines = ({ entries }: Statement) => entries.map((entry) => [entry.on, entry.kind, entry.number, entry.amount.amount, entry.balance.amount]);
  const winter = await of('2026-01-15', '2026-03-02');
  assert.deepEqual(statementSchema.parse(winter), winter);
  assert.deepEqual([winter.opening.amount, winter.closing.amount], [10_000, 1000]);
  assert.deepEqual(lines(winter), [
    ['2026-01-20', 'payment', 'R4000', -4000, 6000], ['2026-02-10', 'invoice', second.number, 5000, 11_000], ['2026-02-15', 'credit', credit.number, -1000, 10_000],
    ['2026-03-01', 'payment', 'R9000', -9000, 1000],
  ]);
  assert.deepEqual(winter.customers, [{ name: 'Ferrer household', billingAddress: null }]);
  assert.deepEqual(winter.account, { name: 'Acme Plumbing & Heating', phone: '(404) 555-0142', email: 'office@acme.example' });
  const march = await of('2026-03-01', '2026-12-31');
  assert.deepEqual([march.opening.amount, march.closing.amount, lines(march).at(-1)], [10_000, 1500, ['2026-03-05', 'refund', 'R-500', 500, 1500]]);
  // What was open then, not now.
  const then = await of('2026-01-01', '2026-02-28');
  assert.deepEqual(then.open.map((row) => [row.number, row.kind, row.due.amount, row.overdue]), [
    [first.number, 'invoice', 6000, true], [credit.number, 'credit', -1000, false], [second.number, 'invoice', 5000, true],
  ]);
  assert.equal(then.open.reduce((sum, row) => sum + row.due.amount, 0), then.closing.amount, 'nothing was paid beyond what was open');
  await checkMoney(scope);
  // A credit that is used moves no money: only what is open changes.
  await applyCredit(scope, credit.id, { invoiceId: second.id, amount: 500 });
  assert.deepEqual((await of('2026-01-01', '2026-12-31')).closing.amount, 1500);
  await checkMoney(scope);
  for (const [from, to] of [['2026-02-02', '2026-02-01'], ['2016-01-01', '2026-01-02']] as const) await assert.rejects(of(from, to), { code: 'invalid_request' });
  await of('2016-01-01', '2026-01-01');
  // Periods that follow each other fit together.
  const days = ['2026-01-01', '2026-01-20', '2026-02-10', '2026-02-11', '2026-03-05', '2026-04-01'];
  let balance = 0;
  for (const [index, from] of days.slice(0, -1).entries()) {
    const part = await of(from, daysAfter(days[index + 1]!, -1));
    assert.equal(part.opening.amount, balance);
    balance = part.closing.amount;
  }
  assert.equal(balance, 1500);
});

test('the office reads the statement of a customer with everybody below; a foreign one is absent', async () => {
  const below = await makeJob(acme, { parentId: place.customerId });
  await sent(acme, { jobId: below.jobId, lines: [piece(777)] });
  const period = `from=2020-01-01&to=${day}`;
  const { status, body } = await office('GET', `customers/${place.customerId}/statement?${period}`);
  assert.equal(status, 200);
  assert.equal(body.customers.length, 2);
  assert.ok(body.entries.some((entry: { amount: { amount: number } }) => entry.amount.amount === 777));
  assert.equal((await read(`/customers/all/statement?${period}`)).body.closing.amount, body.closing.amount, 'what its contacts read');
  const foreign = await makeAccount(harness.database, 'verde');
  const theirs = await makeJob(foreign);
  const answers = [await office('GET', `customers/${theirs.customerId}/statement?${period}`), await office('GET', `customers/cust_none/statement?${period}`)];
  assert.deepEqual(answers.map((answer) => [answer.status, answer.text]), [[404, answers[0]!.text], [404, answers[0]!.text]]);
  await checkMoney(acme);
});

test('a job that becomes another customer’s takes its invoices along, and their links end', async () => {
  const { jobId } = await makeJob(acme, { customerId: place.customerId });
  const { id } = await sent(acme, { jobId, lines: [piece(100)] });
  const other = await makeJob(acme);
  await changeRecord(acme, 'customers', other.customerId, { name: 'Osei household' });
  await changeRecord(acme, 'jobs', jobId, { customerId: other.customerId, contactId: other.contactId });
  assert.equal((await read(`/customers/all/invoices/${id}`)).status, 404);
  await send(acme, id);
  assert.equal((await office('GET', `invoices/${id}/preview`)).body.content.to.customer, 'Osei household');
  assert.equal((await acme.from('invoices').select('contact_id').where('id', '=', id).executeTakeFirstOrThrow()).contact_id, other.contactId);
  assert.equal(await endLinks(acme, { document_id: id }), true, 'a fresh link for the new one');
});
