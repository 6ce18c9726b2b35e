import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeStaffLink } from '../access/links.ts';
import { addStaff } from '../account/staff.ts';
import { inboxItemView, type InboxItemView } from '../contract/inbox.ts';
import { openEstimates } from '../estimates/testing.ts';
import type { Mail } from '../notices/email.ts';
import type { SmsMessage } from '../notices/sms.ts';
import { noticeWorker } from '../notices/testing.ts';
import { addInboxItem } from '../platform/attention.ts';
import { makeAccount, makeApiKey, officeOf } from '../testing.ts';
import { TestBrowser } from '../testing-browser.ts';

let world: Awaited<ReturnType<typeof openEstimates>>;
const mails: Mail[] = [];
const texts: SmsMessage[] = [];

before(async () => {
  world = await openEstimates({}, { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'mail@center.example', TWILIO_ACCOUNT_SID: 'AC0', TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+14045550100' });
  await world.office('PATCH', `contacts/${world.contact}`, { mobile: '+14045550177' });
});
after(() => world.close());

/** Everything that was queued, as the transports got it. */
async function sent(): Promise<{ mail: Mail | undefined; sms: SmsMessage | undefined }> {
  mails.length = texts.length = 0;
  const transports = { email: { send: async (mail: Mail) => void mails.push(mail), close: () => undefined }, sms: { send: async (message: SmsMessage) => void texts.push(message) } };
  await noticeWorker(world.database, world.services, transports).drain();
  return { mail: mails.find((mail) => mail.to === 'maria@pinedental.example'), sms: texts[0] };
}
const linkIn = (text: string): string => /https?:\/\/\S+\/go\/\S+/.exec(text)![0];

/** A customer asks for changes; the item of it. */
async function wish(): Promise<{ id: string; estimate: string }> {
  const { id, reader } = await world.sent();
  assert.equal((await reader.post('/change-requests', { version: 1, text: 'Could it be cheaper?', remarks: [] })).status, 200);
  const [item] = (await world.office('GET', 'inbox')).body.items;
  // What this has sent is not what is looked at.
  await sent();
  await world.services.db.deleteFrom('rate_buckets').execute();
  return { id: item.id, estimate: id };
}
const read = async (id: string): Promise<InboxItemView> => inboxItemView.parse((await world.office('GET', `inbox/${id}`)).body);

test('a wish is answered by e-mail and by text, and both lead back to the estimate', async () => {
  const { id, estimate } = await wish();
  const before = await read(id);
  assert.deepEqual([before.recipient, before.answers, before.readAt], [{ contactId: world.contact, name: 'Maria O’Brien', channels: ['email', 'sms'] }, [], null]);
  const answer = await world.office('POST', `inbox/${id}/answer`, { text: 'Yes, by 5 %.\r\n\r\n\r\n\r\nShall we\u202e send it? <b>Call</b> us.', channels: ['email', 'sms'] });
  assert.equal(answer.status, 201, answer.text);
  const view = inboxItemView.parse(answer.body);
  assert.deepEqual([view.answers.length, view.answers[0]!.by, view.answers[0]!.channels, view.doneAt], [1, 'Acme Plumbing & Heating', ['email', 'sms'], null]);
  assert.ok(view.readAt, 'it was read');
  assert.deepEqual(await read(id), view);

  const { mail, sms } = await sent();
  assert.equal(mail!.subject, 'Acme Plumbing & Heating wrote to you');
  assert.match(mail!.text, /Yes, by 5 %\.\n\nShall we send it\? <b>Call<\/b> us\.\n/);
  assert.match(mail!.text, /Estimate \d+: Water heater/);
  assert.match(mail!.html, /Yes, by 5 %\.<br><br>Shall we send it\? &lt;b&gt;Call&lt;\/b&gt; us\./);
  assert.match(mail!.html, />See what it is about<\/a>/);
  assert.match(sms!.text, /^Acme Plumbing & Heating: Yes, by 5 %\. Shall we send it\? <b>Call<\/b> us\. http/);
  for (const text of [mail!.text, sms!.text]) {
    const reader = await world.reader(linkIn(text));
    assert.equal((await reader.see()).id, estimate);
  }
});

test('an answer is for whoever wrote, in their language, and from whoever of the staff answered', async () => {
  await world.office('PATCH', `contacts/${world.contact}`, { language: 'es' });
  const { id } = await wish();
  const staff = await addStaff(world.scope, { name: 'Olga', email: 'olga@acme.example', role: 'clerk' });
  const browser = new TestBrowser(world.app, 'acme');
  await browser.open(await makeStaffLink(world.scope, world.services, staff.id));
  const answer = await browser.send('POST', `/v1/office/inbox/${id}/answer`, { text: '¡Claro!', channels: ['email'] });
  assert.equal(answer.statusCode, 201, answer.body);
  assert.equal((answer.json() as InboxItemView).answers[0]!.by, 'Olga');
  const { mail, sms } = await sent();
  assert.deepEqual([mail!.subject, sms], ['Acme Plumbing & Heating le ha escrito', undefined]);
  assert.match(mail!.text, /¡Claro!/);
  const message = await world.scope.from('messages').selectAll().where('inbox_item_id', '=', id).executeTakeFirstOrThrow();
  assert.deepEqual([message.author, message.customer_id, message.contact_id, message.staff_id, message.document_kind], ['office', world.customer, world.contact, staff.id, 'estimate']);
  await world.office('PATCH', `contacts/${world.contact}`, { language: null });
});

test('what the office withheld of a document stays withheld in the link of an answer', async () => {
  const draft = await world.draft();
  const { url } = await world.send(draft.id, { actions: ['view', 'requestChanges'] });
  const reader = await world.reader(url);
  await reader.post('/change-requests', { version: 1, text: 'Hm', remarks: [] });
  const [item] = (await world.office('GET', 'inbox')).body.items;
  await sent();
  await world.services.db.deleteFrom('rate_buckets').execute();
  await world.office('POST', `inbox/${item.id}/answer`, { text: 'Well', channels: ['email'] });
  const again = await world.reader(linkIn((await sent()).mail!.text));
  assert.equal((await again.approve({}, '1-x')).status, 404);
});

test('an answer to what is about no document leads into the whole center', async () => {
  await world.scope.transaction((trx) => addInboxItem(trx, { kind: 'noticeFailed', customerId: world.customer, data: { customer: 'Pine Street Dental', contactId: world.contact } }));
  const [item] = (await world.office('GET', 'inbox')).body.items;
  await world.services.db.deleteFrom('rate_buckets').execute();
  assert.equal((await world.office('POST', `inbox/${item.id}/answer`, { text: 'Did our mail reach you?', channels: ['email'] })).status, 201);
  const { mail } = await sent();
  assert.match(mail!.html, />Open the customer center<\/a>/);
  const browser = new TestBrowser(world.app, 'acme');
  assert.equal((await browser.open(linkIn(mail!.text))).statusCode, 200);
  assert.equal((browser.tokens as { kind: string }).kind, 'customer');
});

test('an answer that is repeated with its key goes out once', async () => {
  const { id } = await wish();
  const send = () => world.office('POST', `inbox/${id}/answer`, { text: 'Once', channels: ['email'] }, { 'idempotency-key': 'answer-once' });
  const [first, second] = [await send(), await send()];
  assert.deepEqual([first.status, second.status, second.body], [201, 201, first.body]);
  await sent();
  assert.equal(mails.length, 1);
});

test('an answer that says nothing, goes nowhere or is too long is refused with the field', async () => {
  const { id } = await wish();
  for (const [body, path] of [
    [{ text: ' \n ', channels: ['email'] }, '/text'], [{ text: 'a\0b', channels: ['email'] }, '/text'], [{ text: 'x'.repeat(4001), channels: ['email'] }, '/text'], [{ text: 'x'.repeat(1001), channels: ['sms'] }, '/text'],
    [{ text: 'x', channels: [] }, '/channels'], [{ text: 'x', channels: ['email', 'email'] }, '/channels/1'], [{ text: 'x', channels: ['fax'] }, '/channels/0'], [{ text: 'x' }, '/channels'], [{ text: 'x', channels: ['email'], to: 'a@b.example' }, '/to'],
  ] as const) {
    const answer = await world.office('POST', `inbox/${id}/answer`, body);
    assert.deepEqual([answer.status, answer.body.errors?.[0]?.path], [400, path], JSON.stringify(body).slice(0, 80));
  }
  await world.office('PATCH', `contacts/${world.contact}`, { mobile: null });
  assert.equal((await world.office('POST', `inbox/${id}/answer`, { text: 'x', channels: ['sms'] })).body.errors[0].path, '/channels/0');
  assert.deepEqual((await read(id)).recipient?.channels, ['email']);
  assert.equal((await read(id)).answers.length, 0);
});

test('where nobody is behind an item there is nobody to answer, and nobody answers another account’s', async () => {
  await world.scope.transaction((trx) => addInboxItem(trx, { kind: 'stripeDisconnected', customerId: null, data: {} }));
  const [item] = (await world.office('GET', 'inbox')).body.items;
  assert.equal((await read(item.id)).recipient, null);
  assert.equal((await world.office('POST', `inbox/${item.id}/answer`, { text: 'x', channels: ['email'] })).body.code, 'conflict');
  const { id } = await wish();
  const verde = officeOf(world.app, await makeApiKey(await makeAccount(world.database, 'verde'), ['read', 'write']));
  assert.equal((await verde('POST', `inbox/${id}/answer`, { text: 'x', channels: ['email'] })).status, 404);
});

test('one person is not written to without end', async () => {
  const { id } = await wish();
  const statuses: number[] = [];
  for (let index = 0; index < 32; index++) statuses.push((await world.office('POST', `inbox/${id}/answer`, { text: `Answer ${index}`, channels: ['email'] })).status);
  assert.equal(statuses.at(-1), 429);
});
