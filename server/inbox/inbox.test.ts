import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { makeStaffLink } from '../access/links.ts';
import { addStaff, removeStaff } from '../account/staff.ts';
import { inboxCounts, inboxItem, inboxItems, type InboxItem } from '../contract/inbox.ts';
import type { Scope } from '../database/scope.ts';
import { addJob } from '../documents/testing/rows.ts';
import { addInboxItem, type NewItem } from '../platform/attention.ts';
import { after as later, newId, now } from '../platform/ids.ts';
import { outboxWorker } from '../platform/outbox.ts';
import { toCursor } from '../platform/paging.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';
import { TestBrowser } from '../testing-browser.ts';
import { wakeItem } from './inbox.ts';
import { inboxJobs } from './jobs.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let office: ReturnType<typeof officeOf>;

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  office = officeOf(harness.app, await makeApiKey(acme, ['read', 'write']));
});
after(() => harness.close());
beforeEach(() => acme.delete('inbox_items').execute());

/** Puts it before the office. @returns its id. */
async function add(more: Partial<NewItem> = {}, scope = acme): Promise<string> {
  await scope.transaction((trx) => addInboxItem(trx, { kind: 'stripeDisconnected', customerId: null, data: {}, ...more }));
  return (await scope.from('inbox_items').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).id;
}
const list = async (query = ''): Promise<string[]> => {
  const { status, body, text } = await office('GET', `inbox${query}`);
  assert.equal(status, 200, text);
  return inboxItems.parse(body).items.map((item) => item.id);
};
const counts = async () => inboxCounts.parse((await office('GET', 'inbox/counts')).body);
const change = async (id: string, body: object): Promise<InboxItem> => {
  const answer = await office('PATCH', `inbox/${id}`, body);
  assert.equal(answer.status, 200, answer.text);
  return inboxItem.parse(answer.body);
};
/** Which field was refused. */
const refused = async (id: string, body: object): Promise<string> => (await office('PATCH', `inbox/${id}`, body)).body.errors[0].path;
const oneOfStaff = async (name = 'Carl', scope = acme) => (await addStaff(scope, { name, email: `${newId('staff')}@acme.example`, role: 'clerk' })).id;

test('an inbox item is open until it is done', async () => {
  const id = await add();
  assert.deepEqual(await list(), [id]);
  const done = await office('POST', `inbox/${id}/done`);
  assert.ok(done.body.doneAt);
  assert.deepEqual((await office('POST', `inbox/${id}/done`)).body, done.body);
  assert.deepEqual([await list(), await list('?state=done')], [[], [id]]);
  assert.equal((await change(id, { done: false })).doneAt, null);
  assert.deepEqual(await list(), [id]);
  for (const [method, path] of [['POST', '/done'], ['GET', ''], ['PATCH', '']] as const) {
    assert.equal((await office(method, `inbox/${newId('inboxItem')}${path}`, method === 'PATCH' ? {} : undefined)).status, 404);
    assert.equal((await office(method, `inbox/nonsense${path}`, method === 'PATCH' ? {} : undefined)).status, 404);
  }
});

test('an item says what happened, to whom, about what, and for how much', async () => {
  const { customerId, jobId } = await addJob(acme);
  const estimate = { kind: 'estimate', id: newId('estimate') } as const;
  const id = await add({
    kind: 'changesRequested', customerId, jobId,
    data: { document: estimate, number: '1042', customer: 'Pine Street Dental', version: 2, words: 'Could it be cheaper?', total: { amount: 277_992, currency: 'USD' } },
  });
  const item = (await office('GET', `inbox/${id}`)).body;
  // Of a customer who was deleted since, the name stays in what it says, and nothing leads there.
  const gone = (await office('POST', 'customers', { name: 'Gone' })).body.id;
  await office('DELETE', `customers/${gone}`);
  const of = (await office('GET', `inbox/${await add({ kind: 'noticeFailed', customerId: gone, data: { customer: 'Gone' } })}`)).body;
  assert.deepEqual([of.customerId, of.customerName, /Gone/.test(of.text)], [null, null, true]);
  assert.deepEqual(
    [item.kind, item.tone, item.text, item.words, item.customerId, item.customerName, item.document, item.amount],
    ['changesRequested', 'warn', 'Pine Street Dental asks for changes to estimate 1042 ($2,779.92).', 'Could it be cheaper?', customerId, 'Pine Street Dental', { ...estimate, number: '1042' }, { amount: 277_992, currency: 'USD' }],
  );
  assert.deepEqual([item.job.id, item.job.service, item.at, item.readAt, item.assignee, item.snoozedUntil], [jobId, 'Water heater', item.createdAt, null, null, null]);
});

test('the list is found by state, reader, topic, assignee, customer and words, each alone and together', async () => {
  const { customerId } = await addJob(acme);
  const staff = await oneOfStaff();
  const [plain, payment, decided] = [
    await add(), await add({ kind: 'paymentReceived', customerId, data: { number: 'INV-7', customer: 'Pérez & Sons', by: 'Ana', words: '100% sure_' } }),
    await add({ kind: 'estimateApproved', customerId, data: { number: '1042', customer: 'Pine Street Dental' } }),
  ];
  await change(payment, { read: true, assigneeId: staff });
  assert.deepEqual(await list(), [decided, payment, plain]);
  for (const [query, found] of [
    ['unread=true', [decided, plain]], ['topic=payments', [payment, plain]], ['topic=delivery', []], [`assignee=${staff}`, [payment]], ['assignee=none', [decided, plain]],
    [`customerId=${customerId}`, [decided, payment]], [`customerId=${customerId}&topic=decisions&unread=true`, [decided]], ['q=perez', [payment]], ['q=PINE%201042', [decided]], ['q=pine%20inv', []],
    ['q=%25', [payment]], ['q=_', [payment]], ['q=%5C', []], ['q=%20', [decided, payment, plain]], [`assignee=${newId('staff')}`, []], [`customerId=${newId('customer')}`, []],
  ] as const)
    assert.deepEqual(await list(`?${query}`), found, query);
});

test('pages follow each other without a gap, and each costs one page', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 7; index++) ids.unshift(await add());
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await office('GET', `inbox?limit=3${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.items.map((item: InboxItem) => item.id));
    cursor = body.nextCursor;
  }
  assert.deepEqual(seen, ids);
});

test('a query that means nothing is refused with the field', async () => {
  for (const [query, path] of [
    ['state=gone', '/state'], ['unread=false', '/unread'], ['topic=all', '/topic'], ['assignee=me', '/assignee'], ['done=true', '/done'], ['cursor=nonsense', '/cursor'], ['limit=0', '/limit'],
    [`cursor=${toCursor('a', 'b')}`, '/cursor'], [`cursor=${toCursor('\0')}`, '/cursor'], ['q=%00', '/q'], ['customerId=%00', '/customerId'], [`q=${'x'.repeat(101)}`, '/q'],
  ] as const) {
    const { status, body } = await office('GET', `inbox?${query}`);
    assert.deepEqual([status, body.errors?.[0]?.path], [400, path], query);
  }
});

test('counts say what is open, unread, mine and put off, and stop at a thousand', async () => {
  const staff = await oneOfStaff('Olga');
  const browser = new TestBrowser(harness.app, 'acme');
  await browser.open(await makeStaffLink(acme, harness.services, staff));
  const ids = [await add(), await add(), await add(), await add()];
  await change(ids[0]!, { assigneeId: staff, read: true });
  await change(ids[1]!, { snoozedUntil: later(3600) });
  await change(ids[2]!, { done: true });
  assert.deepEqual(await counts(), { open: 2, unread: 1, mine: 0, snoozed: 1 });
  assert.deepEqual((await browser.send('GET', '/v1/office/inbox/counts')).json(), { open: 2, unread: 1, mine: 1, snoozed: 1 });
  const mine = (await browser.send('GET', '/v1/office/inbox?assignee=me')).json() as { items: { id: string }[] };
  assert.deepEqual(mine.items.map((item) => item.id), [ids[0]]);
  const rows = Array.from({ length: 1200 }, () => ({ id: newId('inboxItem'), kind: 'notMe' as const, data: '{}', customer_id: null, created_at: now(), done_at: null }));
  for (let start = 0; start < rows.length; start += 200) await acme.insert('inbox_items', rows.slice(start, start + 200)).execute();
  assert.deepEqual(await counts(), { open: 1000, unread: 1000, mine: 0, snoozed: 1 });
});

test('an item is read, given to somebody of the staff, and to nobody else', async () => {
  const id = await add();
  const staff = await oneOfStaff();
  const read = await change(id, { read: true, assigneeId: staff });
  assert.deepEqual(read.assignee, { id: staff, name: 'Carl' });
  assert.ok(read.readAt);
  assert.equal((await change(id, { read: true })).readAt, read.readAt, 'the first time stays');
  assert.equal((await change(id, { read: false })).readAt, null);
  const verde = await makeAccount(harness.database, 'verde');
  for (const stranger of [newId('staff'), await oneOfStaff('Stranger', verde), 'me', '']) assert.equal(await refused(id, { assigneeId: stranger }), '/assigneeId', stranger);
  await removeStaff(acme, staff);
  assert.equal((await office('GET', `inbox/${id}`)).body.assignee, null, 'whoever left looks after nothing');
  assert.deepEqual(await list('?assignee=none'), [id]);
});

test('two clerks who take one item at once both get an answer, and one of them has it', async () => {
  const id = await add();
  const people = [await oneOfStaff('Ana'), await oneOfStaff('Bob')];
  const answers = await Promise.all(people.map((assigneeId) => office('PATCH', `inbox/${id}`, { assigneeId })));
  assert.deepEqual(answers.map(({ status }) => status), [200, 200]);
  const { assignee } = (await office('GET', `inbox/${id}`)).body;
  assert.ok(people.includes(assignee.id));
});

/** Lets the clock reach what was put off. */
async function wakeAll(): Promise<void> {
  await harness.services.db.updateTable('outbox').set({ run_at: now() }).where('done_at', 'is', null).execute();
  await outboxWorker(harness.database, inboxJobs(harness.services), { error: (details) => assert.fail(JSON.stringify(details)) }).drain();
}

test('what is put off comes back by itself: unread, and before what came meanwhile', async () => {
  const [id, other] = [await add(), await add()];
  const until = later(3600);
  const snoozed = await change(id, { read: true, snoozedUntil: until });
  assert.equal(snoozed.snoozedUntil, until);
  assert.deepEqual([await list(), await list('?state=snoozed')], [[other], [id]]);
  await wakeAll();
  assert.deepEqual([await list(), await list('?state=snoozed')], [[id, other], []]);
  const back = (await office('GET', `inbox/${id}`)).body;
  assert.deepEqual([back.readAt, back.snoozedUntil], [null, null]);
  assert.ok(back.at >= back.createdAt);
});

test('a snooze that was changed, ended by hand or overtaken by “done” wakes nobody', async () => {
  const id = await add();
  const [first, second] = [later(3600), later(7200)];
  await change(id, { read: true, snoozedUntil: first });
  await change(id, { snoozedUntil: second });
  await wakeItem(acme, id, first);
  assert.deepEqual(await list('?state=snoozed'), [id]);
  await change(id, { snoozedUntil: null });
  const back = (await office('GET', `inbox/${id}`)).body;
  assert.ok(back.readAt, 'whoever fetched it back has read it');
  await change(id, { snoozedUntil: first });
  await change(id, { done: true });
  await wakeAll();
  assert.deepEqual([await list(), await list('?state=done')], [[], [id]]);
  assert.equal((await office('GET', `inbox/${id}`)).body.snoozedUntil, null);
  assert.equal(await refused(id, { snoozedUntil: first }), '/snoozedUntil');
});

test('nothing is put off into the past, or for longer than a year', async () => {
  const id = await add();
  for (const until of [now(), later(-60), later(400 * 24 * 3600), 'tomorrow', '2999-01-01T00:00:00Z']) assert.equal(await refused(id, { snoozedUntil: until }), '/snoozedUntil', until);
  for (const [field, value] of [['read', 'yes'], ['done', null], ['position', 'x']] as const) assert.equal(await refused(id, { [field]: value }), `/${field}`);
});

test('of one cause the office is told once, however many find it at once', async () => {
  await Promise.all(Array.from({ length: 5 }, () => acme.transaction((trx) => addInboxItem(trx, { kind: 'handoffsFailing', customerId: null, data: {}, cause: 'handoffsFailing' }))));
  const [id] = await list();
  assert.equal((await list()).length, 1);
  await change(id!, { done: true });
  await add({ kind: 'handoffsFailing', cause: 'handoffsFailing' });
  assert.equal((await list()).length, 1, 'looked after, it may be told again');
  // Whoever looks at the old one again leads nobody to a page that has failed since.
  const failed = () => acme.db.selectFrom('accounts').select('failed_handoffs').where('id', '=', acme.accountId).executeTakeFirstOrThrow();
  await acme.db.updateTable('accounts').set({ failed_handoffs: 3 }).where('id', '=', acme.accountId).execute();
  await change(id!, { read: false });
  assert.equal((await failed()).failed_handoffs, 3);
});

test('a key that may only read changes nothing', async () => {
  const reader = officeOf(harness.app, await makeApiKey(acme, ['read']));
  const id = await add();
  assert.deepEqual(
    [(await reader('GET', 'inbox')).status, (await reader('PATCH', `inbox/${id}`, { read: true })).status, (await reader('POST', `inbox/${id}/answer`, { text: 'x', channels: ['email'] })).status],
    [200, 403, 403],
  );
});
