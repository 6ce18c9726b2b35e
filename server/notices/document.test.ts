import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeLink } from '../access/links.ts';
import { addStaff } from '../account/staff.ts';
import type { DocumentAction } from '../contract/access.ts';
import type { EstimateLine as Line } from '../contract/estimates.ts';
import type { Scope } from '../database/scope.ts';
import { addDecision, addEstimate, addInvoice, addJob, estimateContent, invoiceContent, type SentDocument } from '../documents/testing/rows.ts';
import { freeze } from '../documents/versions.ts';
import { codeOf } from '../platform/secrets.ts';
import { makeAccount, openTestApp } from '../testing.ts';
import { smtpTransport } from './email.ts';
import { queueOfficeNotice, type DocumentNoticeKind } from './notices.ts';
import { renderSms, type NoticeFacts } from './render.ts';
import { noSms } from './sms.ts';
import { addContact, hurry, noticeRow, noticeWorker, queue, queueSignIn, startReceiver, type Receiver } from './testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let receiver: Receiver;
let acme: Scope;
let job: { customerId: string; jobId: string };

before(async () => {
  receiver = await startReceiver();
  harness = await openTestApp({ SMTP_URL: receiver.url, MAIL_FROM: 'notices@center.example' });
  acme = await makeAccount(harness.database);
  job = await addJob(acme);
});
after(async () => {
  await harness.close();
  await receiver.close();
});

const logged: object[] = [];
async function delivered() {
  const before = receiver.mails.length;
  await noticeWorker(harness.database, harness.services, { email: smtpTransport(receiver.url), sms: noSms }, { error: (details) => void logged.push(details) }).drain();
  return receiver.mails.slice(before);
}
async function only() {
  const mails = await delivered();
  assert.equal(mails.length, 1);
  return mails[0]!;
}

type Kind = Exclude<DocumentNoticeKind, 'officeApproved' | 'officeDeclined' | 'officeChangesRequested' | 'approvalCode'>;
/** A notice with a link to its document. */
async function queueAbout(scope: Scope, kind: Kind, document: SentDocument, { language = 'en', actions = ['view', 'pdf'] as DocumentAction[], to = 'maria@example.com' } = {}) {
  const contactId = await addContact(scope, to);
  const { row, token } = await makeLink(scope, harness.services.derive, { kind: 'document', contact_id: contactId, document_kind: document.kind, document_id: document.id, actions });
  return { noticeId: await queue(scope, { kind, channel: 'email', to, language, contactId, linkId: row.id, document }), token };
}
/** A notice with the code for approving. */
async function queueCode(scope: Scope, document: SentDocument, language = 'en') {
  const { noticeId, requestId } = await queueSignIn(scope, harness.services, 'maria@example.com', language);
  await scope.update('sign_in_requests').set({ purpose: 'approval' }).where('id', '=', requestId).execute();
  const about = { document_kind: document.kind, document_id: document.id, document_version: document.version };
  await scope.update('notices').set({ kind: 'approvalCode', link_id: null, ...about }).where('id', '=', noticeId).execute();
  return codeOf(harness.services.derive, requestId);
}
const lines = (text: string | undefined) => text!.replaceAll('\u00a0', ' ').trim().split('\n\n');

const said: Record<Kind, { en: string; es: string; open: { en: string; es: string } }> = {
  estimate: { en: 'Estimate 1042 from Acme Plumbing & Heating', es: 'Presupuesto 1042 de Acme Plumbing & Heating', open: { en: 'Open the estimate', es: 'Ver el presupuesto' } },
  invoice: { en: 'Invoice 1003 from Acme Plumbing & Heating', es: 'Factura 1003 de Acme Plumbing & Heating', open: { en: 'Open the invoice', es: 'Ver la factura' } },
  estimateReminder: {
    en: 'Reminder: estimate 1042 from Acme Plumbing & Heating', es: 'Recordatorio: presupuesto 1042 de Acme Plumbing & Heating', open: { en: 'Open the estimate', es: 'Ver el presupuesto' },
  },
  invoiceReminder: {
    en: 'Reminder: invoice 1003 from Acme Plumbing & Heating', es: 'Recordatorio: factura 1003 de Acme Plumbing & Heating', open: { en: 'Open the invoice', es: 'Ver la factura' },
  },
  sharedDocument: {
    en: 'Pine Street Dental sent you estimate 1042 of Acme Plumbing & Heating', es: 'Pine Street Dental le envió el presupuesto 1042 de Acme Plumbing & Heating',
    open: { en: 'Open the estimate', es: 'Ver el presupuesto' },
  },
  estimateApproved: {
    en: 'Estimate 1042 of Acme Plumbing & Heating was approved', es: 'Se aprobó el presupuesto 1042 de Acme Plumbing & Heating', open: { en: 'See the estimate', es: 'Ver el presupuesto' },
  },
  estimateDeclined: {
    en: 'Estimate 1042 of Acme Plumbing & Heating was declined', es: 'Se rechazó el presupuesto 1042 de Acme Plumbing & Heating', open: { en: 'See the estimate', es: 'Ver el presupuesto' },
  },
  changesRequested: {
    en: 'Changes to estimate 1042 of Acme Plumbing & Heating were asked for', es: 'Se pidieron cambios en el presupuesto 1042 de Acme Plumbing & Heating',
    open: { en: 'See the estimate', es: 'Ver el presupuesto' },
  },
};
for (const [kind, words] of Object.entries(said) as [Kind, (typeof said)[Kind]][])
  for (const language of ['en', 'es'] as const)
    test(`a mail says which document it is about, what it comes to, and leads to it (${kind}, ${language})`, async () => {
      const ofInvoice = kind === 'invoice' || kind === 'invoiceReminder';
      const document = await (ofInvoice ? addInvoice(acme, job, invoiceContent(), { number: null }) : addEstimate(acme, job, estimateContent(), { number: null }));
      // A reminder is sent of what still waits alone.
      if (kind === 'estimateReminder') await acme.update('estimates').set({ expires_on: null }).where('id', '=', document.id).execute();
      const { noticeId, token } = await queueAbout(acme, kind, document, { language });
      const mail = await only();
      assert.equal(mail.subject, words[language]);
      const [first, block, ...rest] = lines(mail.text);
      assert.equal(first, `${words[language]}.`);
      const [what, total, until] = block!.split('\n');
      assert.match(what!, /^(Estimate|Presupuesto|Invoice|Factura) 10\d\d: Water heater replacement$/);
      assert.equal(total, kind === 'invoiceReminder' ? (language === 'en' ? 'Still to pay: $2,779.92' : 'Por pagar: $2,779.92') : 'Total: $2,779.92');
      if (language === 'en') assert.equal(until, ofInvoice ? 'Due: December 31, 2025' : 'Valid until: December 14, 2025');
      else assert.equal(until, ofInvoice ? 'Vence: 31 de diciembre de 2025' : 'Válido hasta: 14 de diciembre de 2025');
      const url = `http://localhost:8080/go/acme#${token}`;
      assert.ok(rest.includes(url));
      const html = mail.html as string;
      assert.match(html, new RegExp(`<html lang="${language}">`));
      for (const shown of [`href="${url}"`, `>${words.open[language]}</a>`, 'Water heater replacement', '$2,779.92']) assert.ok(html.includes(shown), shown);
      assert.match(mail.text!, language === 'en' ? /works for 30 days/ : /sirve durante 30 días/);
      if (language === 'es') assert.doesNotMatch(mail.text!.replace('Water heater replacement', ''), /\b(your|the|link|estimate|you)\b/i);
      assert.doesNotMatch(mail.text!, /\bundefined|null\b/);
      assert.deepEqual(mail.attachments, []);
      assert.equal((await noticeRow(acme, noticeId)).status, 'sent');
    });

test('a reminder brings the office’s words, in full also by text, and none of what somebody decided meanwhile', async () => {
  const note = 'We keep the price until Friday. <b>Call</b> & ask for Rosa.';
  const invoice = await addInvoice(acme, job, invoiceContent(), { number: null });
  const { noticeId } = await queueAbout(acme, 'invoiceReminder', invoice);
  await acme.update('notices').set({ note }).where('id', '=', noticeId).execute();
  const mail = await only();
  assert.ok(lines(mail.text).includes(note));
  assert.ok((mail.html as string).includes('&lt;b&gt;Call&lt;/b&gt; &amp; ask for Rosa.'));

  const facts: NoticeFacts = {
    kind: 'invoiceReminder', language: 'en', office: false, account: { name: 'Acme Plumbing & Heating', phone: null, accent: '#0b62c4', country: 'US' }, code: null, url: 'https://c.example/go/acme#x', life: 2_592_000,
    document: { kind: 'invoice', number: '1003', title: 'Heater', customer: 'Pine Street Dental', total: { amount: 2500, currency: 'USD' }, until: null }, payment: null,
  };
  assert.equal(renderSms(facts), 'Acme Plumbing & Heating: a reminder of invoice 1003, $25.00. The link works for 30 days: https://c.example/go/acme#x');
  assert.equal(renderSms({ ...facts, note: 'Please call.' }), 'Acme Plumbing & Heating: Please call. Invoice 1003, $25.00. The link works for 30 days: https://c.example/go/acme#x');
  const long = 'Words '.repeat(60).trim();
  assert.ok(renderSms({ ...facts, language: 'es', note: long }).includes(long), 'what the office wrote is never cut');

  const paid = await addInvoice(acme, job, invoiceContent(), { number: null, settled: invoiceContent().total });
  await queueAbout(acme, 'invoiceReminder', paid);
  const declined = await addEstimate(acme, job, estimateContent(), { number: null, status: 'declined', expires_on: null });
  await queueAbout(acme, 'estimateReminder', declined);
  assert.deepEqual(await delivered(), []);
});

test('whoever finds that it was not they who decided is told whom to call', async () => {
  const document = await addEstimate(acme, job, estimateContent(), { number: null });
  for (const kind of ['estimateApproved', 'estimateDeclined', 'changesRequested'] as const) {
    await queueAbout(acme, kind, document);
    const mail = await only();
    assert.match(mail.text!, /It was not you\? Call \(404\) 555-0142\./);
    assert.doesNotMatch(mail.text!, /Questions\?/, 'the number stands once');
    assert.match(mail.html as string, /<a class="ink" href="tel:\+14045550142"/);
  }
  const silent = await makeAccount(harness.database, 'silent', { phone: null });
  await queueAbout(silent, 'estimateApproved', await addEstimate(silent, await addJob(silent)));
  assert.match((await only()).text!, /It was not you\? Tell Acme Plumbing & Heating at once\./);
});

test('deposits and credits are called what they are', async () => {
  for (const [content, language, subject, block] of [
    [{ kind: 'deposit', number: '1004' }, 'en', 'Deposit invoice 1004 from Acme Plumbing & Heating', /^Deposit invoice 1004: .*\nTotal: \$2,779\.92\nDue: /],
    [{ kind: 'deposit', number: '1005' }, 'es', 'Factura de anticipo 1005 de Acme Plumbing & Heating', /^Factura de anticipo 1005: /],
    [{ kind: 'credit', number: '17', total: -5000, dueOn: null }, 'en', 'Credit 17 from Acme Plumbing & Heating', /^Credit 17: .*\nCredit: \$50\.00$/],
    [{ kind: 'credit', number: '18', total: -5000, dueOn: null }, 'es', 'Nota de crédito 18 de Acme Plumbing & Heating', /^Nota de crédito 18: .*\nA su favor: \$50\.00$/],
  ] as const) {
    await queueAbout(acme, 'invoice', await addInvoice(acme, job, invoiceContent(content)), { language });
    const mail = await only();
    assert.equal(mail.subject, subject);
    assert.match(lines(mail.text)[1]!, block);
  }
});

test('a code for approving is not mistaken for one to sign in with', async () => {
  const document = await addEstimate(acme, job, estimateContent(), { number: null });
  for (const [language, subject, warning] of [
    ['en', 'is your code to approve estimate 1042 of Acme Plumbing & Heating', /It does nothing else: nobody can sign in with it\./],
    ['es', 'es su código para aprobar el presupuesto 1042 de Acme Plumbing & Heating', /nadie puede iniciar sesión con él\./],
  ] as const) {
    const code = await queueCode(acme, document, language);
    const mail = await only();
    assert.equal(mail.subject, `${code} ${subject}`);
    assert.ok(mail.text!.startsWith(code));
    assert.match(mail.text!, warning);
    assert.match(mail.text!, /15 minut[eo]s/);
    assert.doesNotMatch(mail.text!, /\/go\/|(link|enlace)/);
    assert.doesNotMatch(mail.html as string, /\/go\//);
    assert.match(mail.text!, /Water heater replacement/);
    assert.doesNotMatch(mail.text!, /\$\d/, 'what is approved may come to another sum');
  }
});

test('the office is told at the account’s address, in the account’s language', async () => {
  for (const [slug, locale, sentences] of [
    ['office-en', 'en', ['Pine Street Dental approved estimate 1042 ($3,000.00)', 'Pine Street Dental declined estimate 1042 ($2,779.92)', 'Pine Street Dental asks for changes to estimate 1042']],
    ['office-es', 'es', ['Pine Street Dental aprobó el presupuesto 1042 ($3,000.00)', 'Pine Street Dental rechazó el presupuesto 1042 ($2,779.92)', 'Pine Street Dental pide cambios en el presupuesto 1042']],
  ] as const) {
    const scope = await makeAccount(harness.database, slug, { locale });
    const ofJob = await addJob(scope);
    const [approved, declined] = [await addEstimate(scope, ofJob), await addEstimate(scope, ofJob, estimateContent(), { number: null })];
    const signer = { name: 'Mallory http://evil.example', address: 'm@example.com', contactId: null, forSomebodyElse: true };
    const { totals } = await addDecision(scope, approved, { signer, mark: { kind: 'typed', name: signer.name }, totals: { subtotal: 300_000, taxes: [], tax: 0, total: 300_000, deposit: 0 } });
    assert.equal(totals.total, 300_000);
    await addDecision(scope, declined, { decision: 'declined', signer, reason: 'Too dear, see http://evil.example' });
    for (const [index, [kind, document]] of ([['officeApproved', approved], ['officeDeclined', declined], ['officeChangesRequested', declined]] as const).entries()) {
      await scope.transaction((trx) => queueOfficeNotice(trx, { kind, document }));
      const mail = await only();
      assert.deepEqual([mail.subject, mail.recipients], [sentences[index], ['office@acme.example']]);
      assert.doesNotMatch(`${mail.text}${mail.html as string}`, /Mallory|evil\.example|Too dear|<a /);
      assert.equal(lines(mail.text).at(-1), 'Acme Plumbing & Heating');
    }
  }
});

test('an office without an address of its own is told at its owners’', async () => {
  const scope = await makeAccount(harness.database, 'owners', { email: null });
  for (const [name, role] of [['olga', 'owner'], ['carl', 'clerk'], ['omar', 'owner']] as const) await addStaff(scope, { name, role, email: `${name}@acme.example` });
  const document = await addEstimate(scope, await addJob(scope));
  await scope.transaction((trx) => queueOfficeNotice(trx, { kind: 'officeApproved', document }));
  const mails = await delivered();
  assert.deepEqual(mails.flatMap((mail) => mail.recipients).sort(), ['olga@acme.example', 'omar@acme.example']);
  for (const mail of mails) assert.equal(mail.subject, 'Pine Street Dental approved estimate 1042 ($2,779.92)');
});

test('the total is that of what is chosen to begin with, and after an approval that of what was approved', async () => {
  const [tank, labor, pan] = estimateContent().lines as [Line, Line, Line];
  const content = estimateContent({
    number: '1050', groups: [{ key: 'tanks', name: 'Tank' }], taxes: [{ key: 'state', name: 'Sales tax', percent: '8' }],
    lines: [{ ...tank, group: 'tanks' }, { ...labor, group: 'tanks', selected: true, taxes: ['state'] }, { ...pan, selected: true }],
  });
  const document = await addEstimate(acme, job, content);
  await queueAbout(acme, 'estimate', document);
  assert.match((await only()).text!, /Total: \$941\.31\n/);
  await addDecision(acme, document, { totals: { subtotal: 200_000, taxes: [], tax: 0, total: 200_000, deposit: 0 } });
  await queueAbout(acme, 'estimateApproved', document);
  const { text } = await only();
  assert.match(text!, /Total: \$2,000\.00\n/);
  assert.doesNotMatch(text!, /Valid until/);
});

test('a document that was replaced or taken back meanwhile is not announced; what was done with it still is', async () => {
  const replaced = await addEstimate(acme, job, estimateContent(), { number: null, version: 2 });
  await freeze(acme, 'estimate', replaced.id, 2, estimateContent({ title: 'Second thoughts' }));
  const withdrawn = await addEstimate(acme, job, estimateContent(), { number: null, status: 'withdrawn' });
  const voided = await addInvoice(acme, job, invoiceContent(), { number: null, status: 'void' });
  for (const document of [replaced, withdrawn, voided]) {
    const { noticeId } = await queueAbout(acme, document.kind, document);
    assert.deepEqual(await delivered(), []);
    const row = await noticeRow(acme, noticeId);
    assert.deepEqual([row.status, row.error, row.attempts], ['failed', 'no longer needed', 0]);
  }
  await queueAbout(acme, 'estimate', { ...replaced, version: 2 });
  assert.match((await only()).text!, /Second thoughts/);
  await queueAbout(acme, 'changesRequested', replaced);
  assert.match((await only()).text!, /Water heater replacement/, 'as it was when it was done');
  const { noticeId } = await queueAbout(acme, 'sharedDocument', { ...replaced, version: 3 });
  assert.deepEqual(await delivered(), []);
  assert.equal((await noticeRow(acme, noticeId)).error, 'no longer needed', 'a version that never was');
});

test('hostile titles, names and numbers stay words', async () => {
  const hostile = [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'x\r\nBcc: victim@example.com', 'x\nSubject: hello', '\u202egnp.exe', '{{7*7}} ${7*7} $&', '=?utf-8?B?RXZpbA==?=',
    '</div></body>', 'javascript:alert(1)', '\u0007\u200b\u2028\ufeff', 'y'.repeat(400), '=HYPERLINK("http://evil.example")', '&lt;b&gt;', '水道 🚿 Müller',
  ];
  for (const [index, words] of hostile.entries()) {
    const scope = await makeAccount(harness.database, `hostile-${index}`, { name: words });
    const content = estimateContent({ title: words, number: words, to: { customer: words, company: true, contact: words, billingAddress: words } });
    const document = await addEstimate(scope, await addJob(scope), content);
    await queueAbout(scope, 'sharedDocument', document);
    await scope.transaction((trx) => queueOfficeNotice(trx, { kind: 'officeApproved', document }));
    const code = await queueCode(scope, document);
    const mails = await delivered();
    assert.equal(mails.length, 3, words);
    assert.ok(mails.some((mail) => mail.subject!.startsWith(code)));
    for (const mail of mails) {
      assert.equal(mail.recipients.length, 1);
      assert.equal(mail.headers.get('bcc'), undefined);
      assert.equal(mail.headerLines.filter((line) => line.key === 'subject').length, 1);
      assert.ok([...mail.subject!].length <= 420, mail.subject);
      const html = mail.html as string;
      assert.doesNotMatch(html, /<(script|img)|<\/body>[^]*<\/body>/, words);
      assert.doesNotMatch(`${mail.subject}${mail.text}${html}`, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b\u2028\u202e\ufeff]/, words);
      if (words.startsWith('&lt')) assert.match(html, /&amp;lt;b&amp;gt;/);
      if (words.includes('${')) assert.match(html, /\{\{7\*7\}\} \$\{7\*7\} \$&amp;/);
    }
  }
});

test('the PDF goes with the mail where the account wants it, and only where its link may show it', async () => {
  const scope = await makeAccount(harness.database, 'attaching', { attach_pdf: 1 });
  const ofJob = await addJob(scope);
  const [estimate, invoice] = [await addEstimate(scope, ofJob), await addInvoice(scope, ofJob)];
  for (const [document, name] of [[estimate, 'estimate-1042-v1.pdf'], [invoice, 'invoice-1003.pdf']] as const) {
    await queueAbout(scope, document.kind, document);
    const [file, ...others] = (await only()).attachments;
    assert.deepEqual([file!.filename, file!.contentType, file!.contentDisposition, others.length], [name, 'application/pdf', 'attachment', 0]);
    assert.match(file!.content.subarray(0, 8).toString('latin1'), /^%PDF-1\./);
  }
  await queueAbout(scope, 'estimate', estimate, { actions: ['view', 'approve'] });
  await queueAbout(scope, 'estimateApproved', estimate);
  await queueAbout(scope, 'sharedDocument', estimate);
  await queueCode(scope, estimate);
  for (const mail of await delivered()) assert.deepEqual(mail.attachments, [], mail.subject);
});

test('a mail that is tried again carries the same file', async () => {
  const scope = await makeAccount(harness.database, 'again', { attach_pdf: 1 });
  await queueAbout(scope, 'estimate', await addEstimate(scope, await addJob(scope)));
  const first = await only();
  await scope.update('notices').set({ status: 'queued', sent_at: null }).execute();
  await harness.database.db.updateTable('outbox').set({ done_at: null }).where('account_id', '=', scope.accountId).execute();
  await hurry(harness.database);
  const second = await only();
  assert.equal(second.messageId, first.messageId);
  assert.ok(second.attachments[0]!.content.equals(first.attachments[0]!.content));
});

test('a PDF that cannot be made does not keep the mail from going', async () => {
  const scope = await makeAccount(harness.database, 'broken', { attach_pdf: 1 });
  const document = await addEstimate(scope, await addJob(scope), { ...estimateContent(), job: null as never });
  logged.length = 0;
  await queueAbout(scope, 'estimate', document);
  assert.deepEqual((await only()).attachments, []);
  assert.match(JSON.stringify(logged), new RegExp(document.id));
  assert.doesNotMatch(JSON.stringify(logged), /Pine Street|maria@/);
});
