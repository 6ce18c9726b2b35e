import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Scope } from '../database/scope.ts';
import { OperatorError } from '../database/open.ts';
import { PermanentFailure } from '../platform/outbox.ts';
import { codeOf } from '../platform/secrets.ts';
import { makeAccount, openTestApp } from '../testing.ts';
import { gsmLength, toGsm } from './clean.ts';
import { noEmail } from './email.ts';
import type { PaymentGist } from './payment.ts';
import { renderSms, type NoticeFacts } from './render.ts';
import { NotSent, noSms, transportOf, twilioTransport, type SmsMessage, type SmsTransport } from './sms.ts';
import { hurry, noticeRow, noticeWorker, queueSignIn } from './testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database);
});
after(() => harness.close());

/** Answers each message with the next of `answers`; resolves when there is none. */
function provider(...answers: Error[]): SmsTransport & { sent: SmsMessage[] } {
  const sent: SmsMessage[] = [];
  return {
    sent,
    send: async (message) => {
      sent.push(message);
      const answer = answers.shift();
      if (answer) throw answer;
    },
  };
}
const drain = (sms: SmsTransport) => noticeWorker(harness.database, harness.services, { email: noEmail, sms }).drain();

test('a text message has the code first and its link last', async () => {
  const { noticeId, requestId, token } = await queueSignIn(acme, harness.services, '+14045550187');
  const sms = provider();
  await drain(sms);
  assert.equal(sms.sent.length, 1);
  const { to, text, idempotencyKey } = sms.sent[0]!;
  assert.deepEqual([to, idempotencyKey], ['+14045550187', noticeId]);
  assert.ok(text.startsWith(`${codeOf(harness.services.derive, requestId)} is your code for Acme`));
  assert.ok(text.endsWith(`/go/acme#${token}`));
  assert.ok(gsmLength(text)! <= 160, text);
  assert.equal((await noticeRow(acme, noticeId)).status, 'sent');
});

test('an attempt with an unknown end is not repeated', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, '+14045550188');
  const sms = provider(Object.assign(new Error('timeout of 15000ms exceeded'), { code: 'ECONNABORTED' }));
  await drain(sms);
  await hurry(harness.database);
  await drain(sms);
  assert.equal(sms.sent.length, 1);
  const row = await noticeRow(acme, noticeId);
  assert.deepEqual([row.status, row.error, row.attempts], ['failed', 'uncertain', 1]);
});

test('a worker that dies while sending leaves nothing to be sent twice', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, '+14045550189');
  let reached = () => undefined as void;
  const written = new Promise<void>((resolve) => (reached = resolve));
  // It never answers, as for a process that is gone.
  void drain({ send: () => (reached(), new Promise<void>(() => undefined)) });
  await written;
  await hurry(harness.database);
  const sms = provider();
  await drain(sms);
  assert.equal(sms.sent.length, 0);
  const row = await noticeRow(acme, noticeId);
  assert.deepEqual([row.status, row.error], ['failed', 'uncertain']);
});

test('what certainly did not leave is tried again', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, '+14045550190');
  const sms = provider(new NotSent('the SMS provider could not be reached (ECONNREFUSED)'));
  await drain(sms);
  assert.equal((await noticeRow(acme, noticeId)).status, 'queued');
  await hurry(harness.database);
  await drain(sms);
  const row = await noticeRow(acme, noticeId);
  assert.deepEqual([row.status, row.attempts, sms.sent.length], ['sent', 2, 2]);
});

test('a refused number ends it', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, '+14045550191');
  const sms = provider(new PermanentFailure('the SMS provider refused it (400, 21211)'));
  await drain(sms);
  await hurry(harness.database);
  await drain(sms);
  assert.equal(sms.sent.length, 1);
  assert.equal((await noticeRow(acme, noticeId)).status, 'failed');
});

test('without a provider a notice says what is missing', async () => {
  const { noticeId } = await queueSignIn(acme, harness.services, '+14045550192');
  await drain(noSms);
  assert.match((await noticeRow(acme, noticeId)).error!, /TWILIO_ACCOUNT_SID/);
});

const facts: NoticeFacts = {
  kind: 'signIn', language: 'en', office: false, account: { name: 'Acme', phone: null, accent: '#000000', country: 'US' }, code: '123456',
  url: `https://center.example.com/go/acme#${'a'.repeat(43)}`, life: 900,
  document: null, payment: null,
};

test('every kind in every language fits one message, however long the name', () => {
  for (const kind of ['signIn', 'center', 'accessLink', 'documentLink', 'freshLink'] as const)
    for (const language of ['en', 'es'] as const)
      for (const name of ['Acme', 'Acme Plumbing & Heating', 'Peñarrubia “Jardinería” Ibáñez – Ltd.', 'The Very Long Plumbing, Heating and Air Conditioning Company of Atlanta']) {
        const code = kind === 'signIn' || kind === 'center' ? '123456' : null;
        const text = renderSms({ ...facts, kind, language, code, account: { ...facts.account, name } });
        assert.ok(gsmLength(text) !== undefined && gsmLength(text)! <= 160, `${gsmLength(text)}: ${text}`);
        assert.ok(text.startsWith(code ?? ''), text);
        assert.ok(text.includes(facts.url!));
      }
});

const document = { kind: 'estimate', number: '1042', title: 'Water heater', customer: 'Pine Street Dental', total: { amount: 277_992, currency: 'USD' }, until: '2025-12-14' } as const;
const about = { ...facts, code: null, life: 30 * 24 * 3600, document };

test('every message about a document fits one, however long names, number and amount', () => {
  const names = ['Acme', 'Acme Plumbing & Heating', 'Peñarrubia “Jardinería” Ibáñez – Ltd.', 'The Very Long Plumbing, Heating and Air Conditioning Company of Atlanta'];
  for (const kind of ['estimate', 'invoice', 'sharedDocument', 'approvalCode', 'estimateApproved', 'estimateDeclined', 'changesRequested'] as const)
    for (const sort of ['estimate', 'invoice', 'deposit', 'credit'] as const)
      for (const language of ['en', 'es'] as const)
        for (const name of names)
          for (const customer of names)
            for (const [number, amount, currency] of [['1042', 277_992, 'USD'], ['2023-0000-0000-000001042-B', 999_999_999_999, 'CRC']] as const) {
              const code = kind === 'approvalCode' ? '123456' : null;
              const text = renderSms({
                ...about, kind, language, code, url: code ? null : about.url, life: code ? 900 : about.life, account: { ...about.account, name, phone: '+14045550142' },
                document: { ...document, kind: sort, number, customer, total: { amount, currency } },
              });
              assert.ok(gsmLength(text) !== undefined && gsmLength(text)! <= 160, `${gsmLength(text)}: ${text}`);
              assert.ok(text.includes(number.slice(0, 19)), text);
              if (code) assert.match(text, /^123456 .*(minutes|minutos)\.$/);
              else assert.ok(text.endsWith(about.url!), text);
            }
});

test('a message about a document says the most that fits', () => {
  const sms = (more: Partial<NoticeFacts>) => renderSms({ ...about, ...more }).replace(about.url!, '…');
  assert.equal(sms({ kind: 'estimate' }), 'Acme: estimate 1042, $2,779.92. The link works for 30 days: …');
  assert.equal(sms({ kind: 'estimate', language: 'es' }), 'Acme: presupuesto 1042, $2,779.92. El enlace sirve durante 30 días: …'.replace('í', 'i'));
  assert.equal(sms({ kind: 'invoice', document: { ...document, kind: 'credit', number: '17', total: { amount: 5000, currency: 'CRC' } } }), 'Acme: credit 17, CRC 50.00. The link works for 30 days: …', 'no sign that would make it three messages');
  assert.equal(sms({ kind: 'sharedDocument' }), 'Pine Street Dental sent you estimate 1042 of Acme. The link works for 30 days: …');
  const phone = { ...about.account, phone: '+14045550142' };
  assert.equal(sms({ kind: 'estimateApproved', account: phone }), 'Estimate 1042 of Acme was approved. Not you? Call (404) 555-0142. …');
  assert.equal(sms({ kind: 'estimateDeclined', language: 'es', account: phone }), 'Se rechazó el presupuesto 1042 de Acme. ¿No fue usted? Llame al (404) 555-0142. …'.replace('ó', 'o'));
  assert.equal(sms({ kind: 'approvalCode', code: '123456', url: null, life: 900 }), '123456 is your code to approve estimate 1042 of Acme. It works for 15 minutes.');
});

const paid: PaymentGist = {
  refund: { amount: 5000, reason: null },
  payment: {
    state: 'succeeded', receiptNumber: '5001', startedOn: '2025-12-01', paidOn: '2025-12-01', customer: { name: 'Pine Street Dental', billingAddress: null }, payer: 'Maria Lopez', payerOnFile: true,
    method: { type: 'card', brand: 'visa', last4: '4242' }, currency: 'USD', amount: 277_992, tip: 0, refunds: [],
    items: [{ invoiceId: 'inv_1', kind: 'invoice', number: '1003', title: 'Water heater', amount: 277_992, due: 0 }],
  },
};
const ofPayment: NoticeFacts = { ...facts, code: null, url: null, life: 0, payment: paid };

test('every message about a payment fits one, however long names, numbers and amounts, and has no link', () => {
  const { payment } = paid;
  for (const kind of ['receipt', 'paymentFailed', 'refunded', 'refundFailed'] as const)
    for (const language of ['en', 'es'] as const)
      for (const name of ['Acme', 'Peñarrubia “Jardinería” Ibáñez – Ltd.', 'The Very Long Plumbing, Heating and Air Conditioning Company of Atlanta'])
        for (const [number, count, amount, currency] of [['1042', 1, 277_992, 'USD'], ['2023-0000-0000-000001042-B', 3, 999_999_999_999, 'CRC'], ['7', 40, 100, 'JPY']] as const) {
          const items = Array.from({ length: count }, () => ({ ...payment.items[0]!, number }));
          const text = renderSms({ ...ofPayment, kind, language, account: { ...facts.account, name }, payment: { refund: { amount, reason: 'Billed twice' }, payment: { ...payment, receiptNumber: number, amount, currency, items } } });
          assert.ok(gsmLength(text) !== undefined && gsmLength(text)! <= 160, `${gsmLength(text)}: ${text}`);
          assert.doesNotMatch(text, /http|undefined|null/);
        }
});

test('a message about a payment is one plain sentence or two', () => {
  const sms = (more: Partial<NoticeFacts>) => renderSms({ ...ofPayment, ...more });
  assert.equal(sms({ kind: 'receipt' }), 'Acme received your payment of $2,779.92 for invoice 1003: receipt 5001.');
  assert.equal(sms({ kind: 'receipt', language: 'es' }), 'Acme recibio su pago de $2,779.92 por la factura 1003: recibo 5001.');
  assert.equal(sms({ kind: 'paymentFailed' }), 'Acme: the bank refused your payment of $2,779.92. Please open invoice 1003 again and pay in another way.');
  assert.equal(sms({ kind: 'refunded' }), 'Acme sends $50.00 of receipt 5001 back to you. It can take ten business days until you see it.');
  assert.equal(sms({ kind: 'refundFailed' }), 'Acme could not return $50.00 of receipt 5001 to you: the bank sent it back. They will be in touch with you.');
});

test('a code without a link leaves no loose end', () => {
  assert.equal(renderSms({ ...facts, kind: 'center', url: null }), '123456 is your code for Acme. It works for 15 minutes.');
  assert.equal(renderSms({ ...facts, kind: 'center', url: null, language: 'es' }), '123456 es su clave para Acme. Sirve durante 15 minutos.');
});

test('plain text keeps what has no plain form', () => {
  assert.equal(toGsm('Ibáñez’s “café” – 水'), 'Ibañez\'s "café" - 水');
});

test('Twilio’s answers are told apart', async () => {
  const asked: object[] = [];
  const answer = (error: object) => transportOf({ messages: { create: async (message) => (asked.push(message), Promise.reject(Object.assign(new Error('x'), error))) } }, 'MG123');
  const outcome = (error: object) => answer(error).send({ to: '+14045550187', text: 'x', idempotencyKey: 'k' }).catch((thrown: unknown) => (thrown as Error).constructor);
  assert.equal(await outcome({ status: 400, code: 21211 }), PermanentFailure);
  assert.equal(await outcome({ status: 429 }), NotSent);
  assert.equal(await outcome({ status: 401 }), NotSent);
  assert.equal(await outcome({ code: 'ECONNREFUSED' }), NotSent);
  for (const unknown of [{ status: 500 }, { code: 'ECONNABORTED' }, { code: 'ECONNRESET' }, {}]) assert.equal(await outcome(unknown), Error);
  assert.deepEqual(asked[0], { to: '+14045550187', body: 'x', messagingServiceSid: 'MG123' });
});

test('the SDK is loaded only when it is wanted, and its absence is one sentence', async () => {
  const settings = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'x', from: '+14045550100' };
  await assert.rejects(
    twilioTransport(settings, () => Promise.reject(new Error("Cannot find package 'twilio'"))),
    (error: Error) => error instanceof OperatorError && /run `npm install twilio`/.test(error.message),
  );
  assert.equal(typeof (await twilioTransport(settings)).send, 'function');
});
