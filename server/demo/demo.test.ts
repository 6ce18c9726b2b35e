import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startReceiver, type Receiver } from '../notices/testing.ts';
import { customerFields, jobFields } from '../contract/records.ts';
import { newToken } from '../platform/secrets.ts';
import { firstScreen } from '../work/history.ts';
import { createRecord } from '../work/records.ts';
import { startDemo, type Demo } from './start.ts';

let receiver: Receiver;
let demo: Demo;
before(async () => {
  receiver = await startReceiver();
  demo = await startDemo({ port: 0, quiet: true, smtpUrl: receiver.url, logLevel: 'silent' });
});
after(async () => {
  await demo.close();
  await receiver.close();
});

test('every address answers', async () => {
  const { urls } = demo;
  for (const url of [...Object.values(urls).filter((url) => url !== urls.center), `${urls.center}/readyz`, `${urls.center}/c/acme`, `${urls.center}/go/verde`, `${urls.acme}/services`, `${urls.verde}/servicios`])
    assert.equal((await fetch(url)).status, 200, url);
  assert.equal((await fetch(`${urls.acme}/../demo.sqlite`)).status, 404);
  assert.equal(new Set([urls.center, urls.acme, urls.verde].map((url) => new URL(url).origin)).size, 3);
});

test('each account page has exactly the two lines', async () => {
  for (const [slug, url] of [['acme', demo.urls.acmeAccount], ['verde', demo.urls.verdeAccount]] as const) {
    const html = await (await fetch(url)).text();
    const lines = html.split('\n').filter((line) => line.includes(demo.urls.center));
    assert.equal(lines.length, 2);
    assert.equal(lines[0], `<script type="module" src="${demo.urls.center}/customer-center.js"></script>`);
    assert.match(lines[1]!, new RegExp(`^<customer-center account="${slug}"><a href="${demo.urls.center}/c/${slug}">[^<]+</a></customer-center>$`));
  }
});

test('the cards differ, and each knows its own website', async () => {
  const card = async (slug: string, origin: string) =>
    (await (await fetch(`${demo.urls.center}/v1/accounts/${slug}`, { headers: { origin: new URL(origin).origin } })).json()) as Record<string, unknown>;
  const [acme, verde] = [await card('acme', demo.urls.acme), await card('verde', demo.urls.verde)];
  for (const name of ['name', 'accent', 'phone', 'timeZone', 'locale', 'marketing']) assert.notEqual(acme[name], verde[name], name);
  for (const one of [acme, verde]) assert.deepEqual([one['originAllowed'], one['sms']], [true, true]);
  assert.equal((await card('acme', demo.urls.verde))['originAllowed'], false);
});

test('there is something to see in every part of the history', async () => {
  for (const scope of Object.values(demo.scopes)) {
    const customers = (await scope.from('customers').select('customers.id').execute()).map(({ id }) => id);
    assert.ok(customers.length >= 3);
    const { waiting, upcoming, past } = await firstScreen(scope, customers);
    assert.deepEqual(new Set(waiting.items.map((job) => job.waitsFor)), new Set(['estimate', 'payment']));
    assert.ok(upcoming.items.some((job) => job.visit?.arrivalWindowMinutes));
    assert.ok(past.nextCursor, 'more than one page');
    assert.ok((await scope.from('jobs').select('jobs.id').where('presentation', '=', 'summary').execute()).length > 0);
    for (const status of ['canceled', 'lost'] as const) assert.ok(await scope.from('jobs').select('jobs.id').where('status', '=', status).executeTakeFirst(), status);
    assert.equal((await scope.from('notes').select('shared').distinct().execute()).length > 0, true);
  }
  const perCustomer = await demo.scopes.acme.from('jobs').select((eb) => ['customer_id', eb.fn.countAll<number>().as('count')]).groupBy('customer_id').execute();
  assert.ok(Math.max(...perCustomer.map(({ count }) => Number(count))) >= 60);
});

test('what a job row keeps agrees with its parts', async () => {
  const { acme } = demo.scopes;
  for (const job of await acme.from('jobs').selectAll().execute()) {
    const sum = (rows: { amount: number }[]) => rows.reduce((total, { amount }) => total + amount, 0);
    assert.equal(job.subtotal, sum(await acme.from('charges').select('total as amount').where('job_id', '=', job.id).execute()), job.number);
    assert.equal(job.paid, sum(await acme.from('payments').select('amount').where('job_id', '=', job.id).execute()), job.number);
    assert.ok(job.paid <= job.subtotal + job.tax);
  }
});

test('numbers go on above those of the demo records', async () => {
  const { acme } = demo.scopes;
  const highest = async (table: 'customers' | 'jobs') => Math.max(...(await acme.from(table).select('number').execute()).map(({ number }) => Number(number)));
  const [customers, jobs] = [await highest('customers'), await highest('jobs')];
  const customer = await createRecord(acme, 'customers', customerFields.parse({ name: 'The next one' }));
  const job = await createRecord(acme, 'jobs', jobFields.parse({ customerId: customer.id, service: 'The next one' }));
  assert.deepEqual([Number(customer.number), Number(job.number)], [customers + 1, jobs + 1]);
});

test('a sign-in lands in the mailbox and in the SMTP server, a mobile number’s in the mailbox', async () => {
  const ask = (address: string) =>
    fetch(`${demo.urls.center}/v1/accounts/acme/sign-in-requests`, {
      method: 'POST', headers: { 'content-type': 'application/json', origin: demo.urls.acme, 'idempotency-key': newToken() },
      body: JSON.stringify({ address, challenge: newToken(), pageUrl: demo.urls.acmeAccount }),
    });
  for (const address of ['maria@pinestreet.example', '+14045550187']) {
    const answer = await ask(address);
    assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
  }
  for (let tries = 0; demo.mailbox.length < 2 && tries < 200; tries++) await sleep(50);
  const [mail, text] = (['email', 'sms'] as const).map((channel) => demo.mailbox.find((message) => message.channel === channel)!);
  assert.match(mail!.subject, /^\d{6} is your code for Acme/);
  assert.match(text!.text, /^\d{6} is your code for Acme/);
  assert.deepEqual(receiver.mails.map((received) => received.messageId), [mail!.id]);
  const listed = (await (await fetch(`${new URL(demo.urls.mailbox).origin}/messages`)).json()) as unknown[];
  assert.equal(listed.length, 2);
});

test('an access link leads to the door', async () => {
  const link = await demo.accessLink('verde', 'elena@ramirez.example');
  assert.match(link, new RegExp(`^${demo.urls.center}/go/verde#[\\w-]{43}$`));
  assert.equal((await fetch(link)).status, 200);
});

test('a second demo finds its own ports and its own data', async () => {
  const other = await startDemo({ port: 0, quiet: true, logLevel: 'silent' });
  assert.notEqual(other.urls.center, demo.urls.center);
  assert.equal(other.mailbox.length, 0);
  await other.close();
});
