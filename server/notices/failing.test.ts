import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeDocumentLinks } from '../access/document-links.ts';
import { makeLink } from '../access/links.ts';
import type { InboxItem } from '../contract/inbox.ts';
import { openEstimates } from '../estimates/testing.ts';
import { PermanentFailure } from '../platform/outbox.ts';
import type { NewNotice } from './notices.ts';
import { hurry, noticeRow, noticeWorker, queue, queueSignIn } from './testing.ts';

let world: Awaited<ReturnType<typeof openEstimates>>;
before(async () => void (world = await openEstimates({}, { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'mail@center.example' })));
after(() => world.close());

/** Sends what is queued through transports that refuse it so. */
async function refuse(error: Error): Promise<void> {
  const send = async () => Promise.reject(error);
  await noticeWorker(world.database, world.services, { email: { send, close: () => undefined }, sms: { send } }).drain();
}
const permanently = new PermanentFailure('the mail server refused it (550)');
const inbox = async (): Promise<InboxItem[]> => (await world.office('GET', 'inbox?topic=delivery')).body.items;
const queued = () => world.scope.from('notices').select('id').where('status', '=', 'queued').execute();

test('a document that could not be delivered is told to the office once: which, to whom, and where it went', async () => {
  const draft = await world.draft();
  const { body } = await world.office('POST', `estimates/${draft.id}/send`, { channels: ['email'] });
  await refuse(permanently);
  const [item, ...others] = await inbox();
  assert.deepEqual(others, []);
  assert.deepEqual(
    [item!.kind, item!.tone, item!.text], ['noticeFailed', 'bad', `Estimate ${body.estimate.number} for Pine Street Dental could not be delivered to Maria O’Brien (maria@pinedental.example).`],
  );
  assert.deepEqual([item!.customerId, item!.job!.id, item!.document], [world.customer, draft.jobId, { kind: 'estimate', id: draft.id, number: body.estimate.number }]);
  assert.equal((await world.office('GET', `inbox/${item!.id}`)).body.recipient.contactId, world.contact);
  assert.deepEqual((await world.office('GET', 'inbox?q=maria@pinedental')).body.items.length, 1);
  await hurry(world.database);
  await refuse(permanently);
  assert.equal((await inbox()).length, 1);
  await world.office('POST', `inbox/${item!.id}/done`);
});

test('a message that is only late is told to nobody until it has failed for good', async () => {
  const draft = await world.draft();
  await world.office('POST', `estimates/${draft.id}/send`, { channels: ['email'] });
  for (let attempt = 1; attempt <= 12; attempt++) {
    await hurry(world.database);
    await refuse(new Error('greylisted'));
    assert.equal((await inbox()).length, attempt < 12 ? 0 : 1, `after attempt ${attempt}`);
  }
  await world.office('POST', `inbox/${(await inbox())[0]!.id}/done`);
});

test('who asked for a code, and what is for the office itself, makes no item; nor does what is no longer wanted', async () => {
  const { noticeId, linkId } = await queueSignIn(world.scope, world.services, 'nobody@elsewhere.example');
  await refuse(permanently);
  assert.equal((await noticeRow(world.scope, noticeId)).status, 'failed');
  const draft = await world.draft();
  await world.send(draft.id);
  const document = { kind: 'estimate', id: draft.id, version: 1 } as const;
  const notices: NewNotice[] = [
    { kind: 'officeApproved', channel: 'email', to: 'office@acme.example', language: 'en', document },
    { kind: 'freshLink', channel: 'email', to: 'old@acme.example', language: 'en', linkId },
  ];
  for (const notice of notices) await queue(world.scope, notice);
  await world.scope.update('links').set({ revoked_at: '2025-01-01T00:00:00.000Z' }).where('id', '=', linkId).execute();
  await refuse(permanently);
  assert.deepEqual([await queued(), await inbox()], [[], []]);
});

test('an address that a customer typed stands in no sentence, and a login link that fails is told of too', async () => {
  const draft = await world.draft();
  await world.send(draft.id);
  const contact = await world.scope.from('contacts').selectAll().where('id', '=', world.contact).executeTakeFirstOrThrow();
  await world.scope.transaction(async (trx) => {
    await makeDocumentLinks(trx, world.services, { kind: 'estimate', id: draft.id, version: 1 }, { contact: { ...contact, email: 'pay-here@evil.example' }, channels: ['email'], notice: 'sharedDocument' });
    const { row } = await makeLink(trx, world.services.derive, { kind: 'access', contact_id: contact.id, channel: 'email', address: contact.email });
    await queue(trx, { kind: 'accessLink', channel: 'email', to: contact.email!, contactId: contact.id, linkId: row.id, language: 'en' });
  });
  await refuse(permanently);
  const number = (await world.office('GET', `estimates/${draft.id}`)).body.number as string;
  assert.deepEqual((await inbox()).map((item) => item.text), [
    'A message for Pine Street Dental could not be delivered to Maria O’Brien (maria@pinedental.example).', `Estimate ${number} for Pine Street Dental could not be delivered, to somebody who is not on file.`,
  ]);
});
