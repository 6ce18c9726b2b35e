import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addStaff } from '../account/staff.ts';
import type { Scope } from '../database/scope.ts';
import { textOf } from '../documents/pdf/testing/reading.ts';
import { receiptFacts } from '../documents/receipts.ts';
import { addAttempt, addRefund, type Attempt } from '../documents/testing/payments.ts';
import { addInvoice, addJob, invoiceContent, type SentDocument } from '../documents/testing/rows.ts';
import { attachmentsOf } from '../notices/attachments.ts';
import { smtpTransport } from '../notices/email.ts';
import type { SmsMessage } from '../notices/sms.ts';
import { noticeWorker, startReceiver, type Receiver } from '../notices/testing.ts';
import { makeTicket } from '../sharing/tickets.ts';
import { makeAccount, openTestApp } from '../testing.ts';
import { queueOfficePayment, queuePaymentFailed, queueReceipt, queueRefunded, queueRefundFailed } from './receipts.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let receiver: Receiver;
let acme: Scope;
let job: { customerId: string; jobId: string };
let [heater, filter]: SentDocument[] = [];

before(async () => {
  receiver = await startReceiver();
  harness = await openTestApp({ SMTP_URL: receiver.url, MAIL_FROM: 'notices@center.example' });
  acme = await makeAccount(harness.database);
  job = await addJob(acme);
  heater = await addInvoice(acme, job, invoiceContent(), { settled: 277_992 });
  filter = await addInvoice(acme, job, invoiceContent({ number: '1004', title: 'Filter change', total: 9000, kind: 'deposit' }), { settled: 4000 });
});
after(async () => {
  await harness.close();
  await receiver.close();
});

const email = { smsConfigured: false };
const texts: SmsMessage[] = [];
const logged: object[] = [];
async function delivered() {
  const before = receiver.mails.length;
  const sms = { send: async (message: SmsMessage) => void texts.push(message) };
  await noticeWorker(harness.database, harness.services, { email: smtpTransport(receiver.url), sms }, { error: (details) => void logged.push(details) }).drain();
  return receiver.mails.slice(before);
}
async function only() {
  const mails = await delivered();
  assert.equal(mails.length, 1);
  return mails[0]!;
}
const lines = (text: string | undefined) => text!.replaceAll(/[\u00a0\u202f]/g, ' ').trim().split('\n\n');
const both = () => ({ customerId: job.customerId, items: [{ invoice: heater!, amount: 277_992 }, { invoice: filter!, amount: 4000 }] });
const one = () => ({ customerId: job.customerId, items: [{ invoice: heater!, amount: 277_992 }] });
const receipt = (attempt: Attempt, ways = email, scope = acme) => scope.transaction((trx) => queueReceipt(trx, attempt, ways));

test('the receipt says what was paid, with what, by whom, and what is still due, and brings the PDF', async (t) => {
  const attempt = await addAttempt(acme, both(), { tip: 1500 });
  await receipt(attempt);
  const mail = await only();
  assert.deepEqual([mail.subject, mail.recipients], ['Receipt 5001 from Acme Plumbing & Heating', ['maria@example.com']]);
  const [first, block, ...rest] = lines(mail.text);
  assert.equal(first, 'Receipt 5001 from Acme Plumbing & Heating.');
  assert.deepEqual(block!.split('\n'), [
    'Receipt 5001: Paid on December 1, 2025', 'Paid by: Maria Lopez', 'Paid with: Visa ending 4242', 'Invoice 1003, Water heater replacement: $2,779.92', 'Deposit invoice 1004, Filter change: $40.00',
    'Still due: $50.00', 'Tip: $15.00', 'Total: $2,834.92',
  ]);
  assert.ok(rest.includes('You did not pay this? Call (404) 555-0142.'));
  for (const shown of ['Receipt 5001', 'Visa ending 4242', 'Deposit invoice 1004, Filter change', '$2,834.92', 'href="tel:+14045550142"']) assert.ok((mail.html as string).includes(shown), shown);
  assert.ok(lines(mail.text).join('\n').includes('You can also find this receipt in the customer center.\nhttp://localhost:8080/c/acme'));
  assert.doesNotMatch(`${mail.text}${mail.html as string}`, /\/go\/|undefined|null/, 'nothing in it opens anything by itself');
  const [file, ...others] = mail.attachments;
  assert.deepEqual([file!.filename, file!.contentType, others.length], ['receipt-5001.pdf', 'application/pdf', 0]);
  const text = textOf(t, file!.content);
  if (text) for (const shown of ['Receipt 5001', 'Pine Street Dental', 'Visa ending 4242', 'Invoice 1003', 'Filter change', 'Tip $15.00', 'Total paid $2,834.92']) assert.ok(text.includes(shown), shown);
});

test('a receipt in Spanish is all Spanish', async (t) => {
  await receipt(await addAttempt(acme, both(), { language: 'es-MX', tip: 1500 }));
  const mail = await only();
  assert.equal(mail.subject, 'Recibo 5001 de Acme Plumbing & Heating');
  assert.deepEqual(lines(mail.text)[1]!.split('\n'), [
    'Recibo 5001: Pagado el 1 de diciembre de 2025', 'Pagado por: Maria Lopez', 'Pagado con: Tarjeta Visa terminada en 4242', 'Factura 1003, Water heater replacement: $2,779.92',
    'Factura de anticipo 1004, Filter change: $40.00', 'Queda por pagar: $50.00', 'Propina: $15.00', 'Total: $2,834.92',
  ]);
  assert.match(mail.text!, /Gracias por su pago\./);
  assert.match(mail.html as string, /<html lang="es">/);
  assert.doesNotMatch(mail.text!.replace(/Water heater replacement|Filter change/g, ''), /\b(your|the|paid|you|receipt)\b/i);
  const text = textOf(t, mail.attachments[0]!.content);
  if (text) assert.match(text, /Recibo 5001.*Total pagado/);
});

test('there is one receipt, however often it is queued', async () => {
  const attempt = await addAttempt(acme, one());
  for (let time = 0; time < 3; time += 1) await receipt(attempt);
  await only();
  await receipt(attempt);
  assert.deepEqual(await delivered(), []);
  await assert.rejects(acme.insert('notices', { ...(await acme.from('notices').selectAll().where('attempt_id', '=', attempt.id).executeTakeFirstOrThrow()), id: 'ntc_again' }).execute());
});

test('where nobody on file paid, the name that a customer typed for them stands in no message', async () => {
  await receipt(await addAttempt(acme, one(), { contact_id: null, link_id: 'link_x', person: 'link_x', payer: 'Buy at http://evil.example' }));
  const { text, html } = await only();
  assert.doesNotMatch(`${text}${html as string}`, /evil\.example|Paid by|customer center|https?:/);
});

test('a payer known by a mobile number gets one sentence where text messages are set up, and nothing elsewhere', async () => {
  const attempt = await addAttempt(acme, one(), { address: '+14045550187' });
  await receipt(attempt);
  await receipt(await addAttempt(acme, one(), { address: null }), { smsConfigured: true });
  assert.deepEqual([await delivered(), texts.splice(0)], [[], []]);
  await receipt(attempt, { smsConfigured: true });
  assert.deepEqual(await delivered(), []);
  assert.deepEqual(texts.splice(0).map(({ to, text }) => [to, text]), [['+14045550187', 'Acme Plumbing & Heating received your payment of $2,779.92 for invoice 1003: receipt 5001.']]);
});

test('a receipt that cannot be drawn does not keep the mail from going', async () => {
  const attempt = await addAttempt(acme, one());
  await receipt(attempt);
  const notice = await acme.from('notices').selectAll().where('attempt_id', '=', attempt.id).executeTakeFirstOrThrow();
  await only();
  logged.length = 0;
  assert.deepEqual(await attachmentsOf(acme, { ...notice, attempt_id: 'att_gone' }, 'en', { error: (details) => void logged.push(details) }), []);
  assert.match(JSON.stringify(logged), /att_gone/);
  assert.doesNotMatch(JSON.stringify(logged), /maria@/);
});

test('a bank debit that was refused says that it is due again and how to pay', async () => {
  const attempt = await addAttempt(acme, both(), { state: 'failed', method_type: 'us_bank_account', method_brand: 'FIRST BANK', method_last4: '6789' });
  await acme.transaction((trx) => queuePaymentFailed(trx, attempt, email));
  const mail = await only();
  assert.equal(mail.subject, 'Your payment to Acme Plumbing & Heating did not go through');
  const [, block, intro, url] = lines(mail.text);
  assert.deepEqual(block!.split('\n'), [
    'Pine Street Dental: Payment of December 1, 2025', 'Paid with: Bank account ending 6789', 'Invoice 1003, Water heater replacement: $2,779.92', 'Deposit invoice 1004, Filter change: $40.00', 'Total: $2,819.92',
  ]);
  assert.equal(intro, 'The bank refused the payment, so the amount is due again. To pay, open invoices 1003 and 1004 again and pay in another way.');
  assert.equal(url, 'http://localhost:8080/c/acme');
  assert.deepEqual(mail.attachments, []);

  const spanish = await addAttempt(acme, one(), { state: 'failed', language: 'es' });
  await acme.transaction((trx) => queuePaymentFailed(trx, spanish, email));
  assert.match((await only()).text!, /^Su pago a Acme Plumbing & Heating no se pudo completar\.[^]*abra de nuevo la factura 1003 y pague de otra forma\./);

  const mended = await addAttempt(acme, one(), { state: 'failed' });
  await acme.transaction((trx) => queuePaymentFailed(trx, mended, email));
  await acme.update('payment_attempts').set({ state: 'succeeded' }).where('id', '=', mended.id).execute();
  assert.deepEqual(await delivered(), [], 'not when it has become untrue');
});

test('each refund is told once, with its amount and the receipt that shows it; one that the bank sent back is not', async (t) => {
  const attempt = await addAttempt(acme, one());
  const [first, second] = [await addRefund(acme, attempt, 5000), await addRefund(acme, attempt, 7500, { state: 'pending', created_at: '2025-12-04T15:00:00.000Z' })];
  const failed = await addRefund(acme, attempt, 900, { state: 'failed' });
  for (const id of [first, second, first, failed]) await acme.transaction((trx) => queueRefunded(trx, attempt, id, email));
  const mails = await delivered();
  assert.deepEqual(mails.map(({ subject }) => subject), ['Acme Plumbing & Heating sends $50.00 back to you', 'Acme Plumbing & Heating sends $75.00 back to you']);
  const block = lines(mails[1]!.text)[1]!.split('\n');
  assert.equal(block[0], 'Receipt 5001: Refund of $75.00');
  assert.deepEqual(block.slice(-2), ['Total: $2,779.92', 'Refunded so far: $125.00']);
  const text = textOf(t, mails[1]!.attachments[0]!.content);
  if (text) assert.match(text, /Refunded, Dec 3, 2025 -\$50\.00.*Refunded, Dec 4, 2025, on its way -\$75\.00.*Paid after refunds \$2,654\.92/);

  const spanish = await addAttempt(acme, one(), { language: 'es' });
  const refund = await addRefund(acme, spanish, 5000);
  await acme.transaction((trx) => queueRefunded(trx, spanish, refund, email));
  assert.equal((await only()).subject, 'Acme Plumbing & Heating le devuelve $50.00');
});

test('a refund’s mail says why, and what is due again of its invoice', async () => {
  const invoice = await addInvoice(acme, job, invoiceContent({ number: '1010', total: 9000 }), { number: '1010', settled: 4000 });
  const attempt = await addAttempt(acme, { customerId: job.customerId, items: [{ invoice, amount: 9000 }] });
  const refund = await addRefund(acme, attempt, 5000, { reason: 'Billed twice' });
  await acme.transaction((trx) => queueRefunded(trx, attempt, refund, email));
  const block = lines((await only()).text)[1]!.split('\n');
  assert.ok(block.includes('Reason: Billed twice'));
  assert.equal(block[block.findIndex((line) => line.startsWith('Invoice 1010')) + 1], 'Still due: $50.00');
});

test('a refund that the bank sends back is told to whoever had been told that it was coming, once', async () => {
  const attempt = await addAttempt(acme, one());
  const [told, untold] = [await addRefund(acme, attempt, 5000), await addRefund(acme, attempt, 600, { state: 'failed' })];
  await acme.transaction((trx) => queueRefunded(trx, attempt, told, email));
  await only();
  await acme.update('refunds').set({ state: 'failed' }).where('id', '=', told).execute();
  for (const id of [told, told, untold]) await acme.transaction((trx) => queueRefundFailed(trx, attempt, id, email));
  const mail = await only();
  assert.deepEqual([mail.subject, mail.attachments], ['Acme Plumbing & Heating could not return $50.00 to you', []]);
  assert.match(mail.text!, /The bank sent the money back\. Acme Plumbing & Heating will be in touch with you about another way\./);
  const spanish = await addAttempt(acme, one(), { language: 'es' });
  const refund = await addRefund(acme, spanish, 5000);
  await acme.transaction((trx) => queueRefunded(trx, spanish, refund, email));
  await only();
  await acme.update('refunds').set({ state: 'failed' }).where('id', '=', refund).execute();
  await acme.transaction((trx) => queueRefundFailed(trx, spanish, refund, email));
  assert.equal((await only()).subject, 'Acme Plumbing & Heating no pudo devolverle $50.00');
});

test('the office is told at the account’s address, in the account’s language', async () => {
  for (const [slug, locale, subjects] of [
    ['office-en', 'en', ['Pine Street Dental paid invoice 1003 online ($2,779.92)', 'The bank refused the payment of Pine Street Dental for invoice 1003 ($2,779.92)', 'The payment of Pine Street Dental for invoice 1003 ($2,779.92) is disputed']],
    ['office-es', 'es', ['Pine Street Dental pagó en línea la factura 1003 ($2,779.92)', 'El banco rechazó el pago de Pine Street Dental por la factura 1003 ($2,779.92)', 'El pago de Pine Street Dental por la factura 1003 ($2,779.92) está en disputa']],
  ] as const) {
    const scope = await makeAccount(harness.database, slug, { locale });
    const ofJob = await addJob(scope);
    const items = [{ invoice: await addInvoice(scope, ofJob), amount: 277_992 }];
    const paid = await addAttempt(scope, { customerId: ofJob.customerId, items });
    const failed = await addAttempt(scope, { customerId: ofJob.customerId, items }, { state: 'failed' });
    for (const [index, [kind, attempt]] of ([['officePaid', paid], ['officePaymentFailed', failed], ['officeDisputed', paid]] as const).entries()) {
      await scope.transaction((trx) => queueOfficePayment(trx, attempt, kind));
      if (kind !== 'officeDisputed') await scope.transaction((trx) => queueOfficePayment(trx, attempt, kind));
      const mail = await only();
      assert.deepEqual([mail.subject, mail.recipients, mail.attachments], [subjects[index], ['office@acme.example'], []]);
      assert.doesNotMatch(`${mail.html as string}`, /<a /);
    }
  }
});

test('an office without an address of its own is told at its owners’', async () => {
  const scope = await makeAccount(harness.database, 'owners', { email: null });
  for (const [name, role] of [['olga', 'owner'], ['carl', 'clerk'], ['omar', 'owner']] as const) await addStaff(scope, { name, role, email: `${name}@acme.example` });
  const ofJob = await addJob(scope);
  const attempt = await addAttempt(scope, { customerId: ofJob.customerId, items: [{ invoice: await addInvoice(scope, ofJob), amount: 277_992 }] });
  await scope.transaction((trx) => queueOfficePayment(trx, attempt, 'officePaid'));
  assert.deepEqual((await delivered()).flatMap((mail) => mail.recipients).sort(), ['olga@acme.example', 'omar@acme.example']);
});

test('hostile names, titles and numbers stay words', async () => {
  const hostile = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'x\r\nBcc: victim@example.com', '\u202egnp.exe', '{{7*7}} ${7*7} $&', '</div></body>', '\u0007\u200b\u2028\ufeff', 'y'.repeat(400), '&lt;b&gt;'];
  for (const [index, words] of hostile.entries()) {
    const scope = await makeAccount(harness.database, `hostile-${index}`, { name: words });
    const ofJob = await addJob(scope);
    await scope.update('customers').set({ name: words }).where('id', '=', ofJob.customerId).execute();
    const items = [{ invoice: await addInvoice(scope, ofJob, invoiceContent({ title: words, number: words })), amount: 100 }];
    const attempt = await addAttempt(scope, { customerId: ofJob.customerId, items }, { payer: words, receipt_number: words, method_brand: words });
    const refund = await addRefund(scope, attempt, 50);
    await receipt(attempt, email, scope);
    await scope.transaction((trx) => queueRefunded(trx, attempt, refund, email));
    await scope.transaction((trx) => queueOfficePayment(trx, attempt, 'officePaid'));
    const mails = await delivered();
    assert.equal(mails.length, 3, words);
    for (const mail of mails) {
      assert.equal(mail.recipients.length, 1);
      assert.equal(mail.headers.get('bcc'), undefined);
      assert.equal(mail.headerLines.filter((line) => line.key === 'subject').length, 1);
      const html = mail.html as string;
      assert.doesNotMatch(html, /<(script|img)|<\/body>[^]*<\/body>/, words);
      assert.doesNotMatch(`${mail.subject}${mail.text}${html}`, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b\u2028\u202e\ufeff]/, words);
      for (const { filename } of mail.attachments) assert.match(filename!, /^receipt-[A-Za-z0-9-]{1,40}\.pdf$/);
    }
  }
});

test('a ticket opens the receipt once, in the language of whoever asked', async (t) => {
  const attempt = await addAttempt(acme, one());
  const { url } = await makeTicket(acme, 'http://localhost', { kind: 'receipt', id: attempt.id, language: 'es' });
  const get = () => harness.app.inject({ url: new URL(url).pathname });
  const answer = await get();
  assert.deepEqual([answer.statusCode, answer.headers['content-type'], answer.headers['content-disposition']], [200, 'application/pdf', 'attachment; filename="receipt-5001.pdf"']);
  const text = textOf(t, answer.rawPayload);
  if (text) assert.match(text, /Recibo 5001/);
  assert.equal((await get()).statusCode, 404);
});

test('what was not paid has no receipt, nor has another account’s payment', async () => {
  const open = await addAttempt(acme, one(), { state: 'processing' });
  const paid = await addAttempt(acme, one());
  await assert.rejects(receiptFacts(acme, open.id), { code: 'not_found' });
  await assert.rejects(receiptFacts(await makeAccount(harness.database, 'other'), paid.id), { code: 'not_found' });
  assert.equal((await receiptFacts(acme, paid.id)).receiptNumber, '5001');
});

test('of an invoice that was taken back nothing is still due', async () => {
  const invoice = await addInvoice(acme, job, invoiceContent({ number: '1009' }), { number: '1009', status: 'void', settled: 0 });
  const attempt = await addAttempt(acme, { customerId: job.customerId, items: [{ invoice, amount: 100 }] });
  assert.deepEqual((await receiptFacts(acme, attempt.id)).items.map(({ number, due }) => [number, due]), [['1009', 0]]);
});
