import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeLink, endLinks } from '../access/links.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { codeOf } from '../platform/secrets.ts';
import { makeAccount, openTestApp } from '../testing.ts';
import { noEmail, smtpTransport } from './email.ts';
import { noSms } from './sms.ts';
import { addContact, hurry, noticeRow, noticeWorker, queue, queueSignIn, startReceiver, type Receiver } from './testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let receiver: Receiver;
let acme: Scope;

before(async () => {
  receiver = await startReceiver();
  harness = await openTestApp({ SMTP_URL: receiver.url, MAIL_FROM: 'notices@center.example' });
  acme = await makeAccount(harness.database);
});
after(async () => {
  await harness.close();
  await receiver.close();
});

const worker = () => noticeWorker(harness.database, harness.services, { email: smtpTransport(receiver.url), sms: noSms });
async function delivered() {
  const before = receiver.mails.length;
  await worker().drain();
  return receiver.mails.slice(before);
}
async function only() {
  const mails = await delivered();
  assert.equal(mails.length, 1);
  return mails[0]!;
}

test('a sign-in mail has the code first, the link, the contractor as its sender and one recipient', async () => {
  const { noticeId, requestId, token } = await queueSignIn(acme, harness.services, 'maria@example.com');
  const mail = await only();
  const code = codeOf(harness.services.derive, requestId);
  assert.equal(mail.subject, `${code} is your code for Acme Plumbing & Heating`);
  assert.ok(mail.text!.startsWith(code));
  const html = mail.html as string;
  assert.ok(html.includes(code) && html.indexOf(code) < html.indexOf('href'));
  const url = `http://localhost:8080/go/acme#${token}`;
  assert.ok(mail.text!.includes(url) && html.includes(`href="${url}"`));
  assert.ok(url.length <= 120);
  assert.match(mail.text!, /work for 15 minutes/);
  assert.match(mail.text!, /You did not ask for this\? You can ignore it/);
  assert.match(mail.text!, /\(404\) 555-0142/);
  assert.deepEqual(mail.from!.value, [{ name: 'Acme Plumbing & Heating', address: 'notices@center.example' }]);
  assert.deepEqual(mail.replyTo!.value, [{ name: 'Acme Plumbing & Heating', address: 'office@acme.example' }]);
  assert.deepEqual(mail.recipients, ['maria@example.com']);
  assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
  const row = await noticeRow(acme, noticeId);
  assert.deepEqual([row.status, row.attempts, row.error], ['sent', 1, null]);
  assert.ok(row.sent_at);
  for (const stored of Object.values(row)) assert.ok(!String(stored).includes(code) && !String(stored).includes(token));
});

test('a mail in Spanish is all Spanish and polite', async () => {
  const { requestId } = await queueSignIn(acme, harness.services, 'elena@example.com', 'es-MX');
  const mail = await only();
  assert.equal(mail.subject, `${codeOf(harness.services.derive, requestId)} es su código para Acme Plumbing & Heating`);
  assert.match(mail.text!, /sirven durante 15 minutos/);
  assert.match(mail.text!, /Puede ignorar este mensaje/);
  assert.match(mail.html as string, /<html lang="es">/);
  assert.doesNotMatch(mail.text!, /\b(your|code|link|the)\b/i);
});

test('other languages read English', async () => {
  await queueSignIn(acme, harness.services, 'li@example.com', 'zh');
  assert.match((await only()).subject!, /is your code for/);
});

for (const [language, subject, lasts] of [['en', /^Your customer center at Acme/, /7 days/], ['es', /^Su centro de clientes en Acme/, /7 días/]] as const)
  test(`an access link is sent without a code (${language})`, async () => {
    const contactId = await addContact(acme, `access-${language}@example.com`);
    const { row, token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
    await queue(acme, { kind: 'accessLink', channel: 'email', to: `access-${language}@example.com`, contactId, linkId: row.id, language });
    const mail = await only();
    assert.match(mail.subject!, subject);
    assert.match(mail.text!, lasts);
    assert.ok(mail.text!.includes(`#${token}`));
    assert.doesNotMatch(mail.text!, /\b\d{6}\b/);
  });

test('a document link and a fresh one say what they are', async () => {
  const contactId = await addContact(acme, 'doc@example.com');
  for (const [kind, subject] of [['documentLink', /sent you a job$/], ['freshLink', /^Your new link to/]] as const) {
    const { row } = await makeLink(acme, harness.services.derive, { kind: 'document', contact_id: contactId, document_kind: 'job', document_id: 'job_x', actions: ['view'] });
    await queue(acme, { kind, channel: 'email', to: 'doc@example.com', contactId, linkId: row.id, language: 'en' });
    const mail = await only();
    assert.match(mail.subject!, subject);
    assert.match(mail.text!, /30 days/);
  }
});

test('the code that leads from a document to all jobs needs no link', async () => {
  const { noticeId, requestId } = await queueSignIn(acme, harness.services, 'center@example.com');
  await acme.update('notices').set({ kind: 'center', link_id: null }).where('id', '=', noticeId).execute();
  const mail = await only();
  assert.ok(mail.text!.startsWith(codeOf(harness.services.derive, requestId)));
  assert.match(mail.text!, /to see all your jobs/);
  assert.match(mail.text!, /The code works for 15 minutes/);
  assert.doesNotMatch(mail.text!, /\/go\/|link/);
});

test('a mail to staff speaks of the office and not of the customer’s phone line', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, 'pat@acme.example');
  await acme.update('notices').set({ staff_id: 'staff_x', contact_id: null }).where('id', '=', noticeId).execute();
  const mail = await only();
  assert.match(mail.html as string, /Open the office/);
  assert.match(mail.subject!, /^\d{6} is your code for the office of Acme Plumbing & Heating$/);
  assert.doesNotMatch(mail.text!, /555-0142/);
});

test('a temporary refusal is tried again as the same mail', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, 'again@example.com');
  receiver.refuseWith(451);
  assert.deepEqual(await delivered(), []);
  const waiting = await noticeRow(acme, noticeId);
  assert.deepEqual([waiting.status, waiting.attempts], ['queued', 1]);
  assert.match(waiting.error!, /451/);
  assert.doesNotMatch(waiting.error!, /again@example\.com/);
  assert.deepEqual(await delivered(), [], 'not before its time');
  await hurry(harness.database);
  const first = await only();
  assert.deepEqual([(await noticeRow(acme, noticeId)).status, (await noticeRow(acme, noticeId)).attempts], ['sent', 2]);

  // The worker died between sending and remembering: the second mail is the first once more.
  await acme.update('notices').set({ status: 'queued', sent_at: null }).where('id', '=', noticeId).execute();
  await harness.database.db.updateTable('outbox').set({ done_at: null }).where('payload', 'like', `%${noticeId}%`).execute();
  await hurry(harness.database);
  const second = await only();
  assert.equal(second.messageId, first.messageId);
  assert.match(first.messageId!, /^<ntc_\w+@center\.example>$/);
  const withoutBoundary = (raw: string) => raw.replace(/-{2,}[\w=.-]*|boundary="[^"]*"|^Received:.*$/gm, '');
  assert.equal(withoutBoundary(second.raw), withoutBoundary(first.raw));
});

test('a permanent refusal ends it', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, 'gone@example.com');
  receiver.refuseWith(550);
  assert.deepEqual(await delivered(), []);
  await hurry(harness.database);
  assert.deepEqual(await delivered(), []);
  const row = await noticeRow(acme, noticeId);
  assert.deepEqual([row.status, row.attempts], ['failed', 1]);
  assert.match(row.error!, /550/);
});

test('a server that cannot be reached leaves the mail waiting', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, 'later@example.com');
  await noticeWorker(harness.database, harness.services, { email: smtpTransport('smtp://127.0.0.1:1'), sms: noSms }).drain();
  const row = await noticeRow(acme, noticeId);
  assert.equal(row.status, 'queued');
  assert.match(row.error!, /could not be reached/);
  await hurry(harness.database);
  await only();
});

test('without e-mail a notice says what is missing', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, 'none@example.com');
  await noticeWorker(harness.database, harness.services, { email: noEmail, sms: noSms }).drain();
  const row = await noticeRow(acme, noticeId);
  assert.deepEqual([row.status, row.error], ['failed', 'e-mail is not set up: set SMTP_URL and MAIL_FROM']);
});

const ends: Record<string, (made: { linkId: string; requestId: string }) => Promise<unknown>> = {
  'the link was revoked': ({ linkId }) => endLinks(acme, { id: linkId }),
  'the link has expired': ({ linkId }) => acme.update('links').set({ expires_at: now() }).where('id', '=', linkId).execute(),
  'the request is spent': ({ requestId }) => acme.update('sign_in_requests').set({ spent_at: now() }).where('id', '=', requestId).execute(),
  'the request has expired': ({ requestId }) => acme.update('sign_in_requests').set({ expires_at: now() }).where('id', '=', requestId).execute(),
};
for (const [why, end] of Object.entries(ends))
  test(`nothing is sent when ${why} meanwhile`, async () => {
    const made = await queueSignIn(acme, harness.services, 'ended@example.com');
    await end(made);
    assert.deepEqual(await delivered(), []);
    const row = await noticeRow(acme, made.noticeId);
    assert.deepEqual([row.status, row.error, row.attempts], ['failed', 'no longer needed', 0]);
  });

test('hostile account names stay names', async () => {
  const names = [
    'Evil\r\nBcc: victim@example.com', 'Evil\nSubject: hello', '"Quoted", Inc.', 'a@b.example, c@d.example', '<script>alert(1)</script>', 'Müller & Söhne 水道 🚿',
    'Evil <ceo@bank.example>', 'x'.repeat(300), '\u202egnp.exe', 'Comma, Semi; Colon: (comment)', '=?utf-8?B?RXZpbA==?=', '\\"\\',
  ];
  for (const [index, name] of names.entries()) {
    const scope = await makeAccount(harness.database, `hostile-${index}`, { name, email: index % 2 ? 'office@acme.example' : 'a@b.example, c@d.example' });
    const { requestId } = await queueSignIn(scope, harness.services, `to${index}@example.com`);
    const mail = await only();
    assert.deepEqual(mail.recipients, [`to${index}@example.com`], name);
    assert.deepEqual(mail.from!.value.map((from) => from.address), ['notices@center.example'], name);
    assert.equal(mail.headers.get('bcc'), undefined);
    assert.deepEqual(mail.replyTo?.value.map((reply) => reply.address), index % 2 ? ['office@acme.example'] : undefined, name);
    assert.ok(mail.subject!.startsWith(`${codeOf(harness.services.derive, requestId)} is your code for `), mail.subject!);
    assert.doesNotMatch(mail.from!.value[0]!.name, /[@<>\r\n\u202e]/);
    assert.doesNotMatch(mail.html as string, /<script/);
    // Nothing but the one mail of the header block: no header of the name's making.
    assert.equal(mail.headerLines.filter((line) => line.key === 'subject').length, 1);
  }
});

test('an address that is not one plain mailbox gets nothing', async () => {
  for (const to of ['a@example.com, b@example.com', 'a@example.com\r\nRCPT TO:<b@example.com>', '"a b"@example.com', '<a@example.com>', 'a@b@example.com', 'nobody']) {
    const { noticeId } = await queueSignIn(acme, harness.services, 'plain@example.com');
    await acme.update('notices').set({ to_address: to }).where('id', '=', noticeId).execute();
    assert.deepEqual(await delivered(), [], to);
    assert.equal((await noticeRow(acme, noticeId)).status, 'failed', to);
  }
});

test('two workers at once send one mail', async () => {
  await queueSignIn(acme, harness.services, 'once@example.com');
  const before = receiver.mails.length;
  await Promise.all([worker().drain(), worker().drain(), worker().drain()]);
  assert.equal(receiver.mails.length - before, 1);
});

test('a worker that is told to stop finishes its mail and leaves the others to the next', async () => {
  for (let index = 0; index < 3; index++) await queueSignIn(acme, harness.services, `stop${index}@example.com`);
  let sent = 0;
  const stopping = noticeWorker(harness.database, harness.services, {
    email: { send: async () => void (sent++, (stopped ??= stopping.stop())), close: () => undefined },
    sms: noSms,
  });
  let stopped: Promise<void> | undefined;
  await stopping.drain();
  await stopped;
  assert.equal(sent, 1);
  assert.equal((await delivered()).length, 2);
});
