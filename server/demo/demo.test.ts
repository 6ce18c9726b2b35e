import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeLink } from '../access/links.ts';
import { buildApp } from '../app.ts';
import { estimateStatus, type EstimateView } from '../contract/estimates.ts';
import { invoiceKind, invoiceStatus, presentation, type InvoiceRow, type InvoiceView, type Statement } from '../contract/invoices.ts';
import { customerFields, jobFields } from '../contract/records.ts';
import type { Evidence } from '../documents/evidence.ts';
import { estimateStatusOf, invoiceStatusOf, isOverdue } from '../documents/status.ts';
import { contentHash, etagOf } from '../documents/versions.ts';
import { startReceiver, type Receiver } from '../notices/testing.ts';
import { daysAfter, today } from '../platform/calendar.ts';
import { linkUrl, newToken } from '../platform/secrets.ts';
import { TestBrowser } from '../testing-browser.ts';
import { firstScreen } from '../work/history.ts';
import { createRecord } from '../work/records.ts';
import { openAccounts } from './accounts.ts';
import { startDemo, type Demo } from './start.ts';

let receiver: Receiver;
let demo: Demo;
const started = new Date().toISOString();
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

test('the office opens as its owner and as a clerk', async () => {
  const app = await buildApp({ config: demo.services.config, database: demo.services.database }, demo.services);
  for (const account of ['acme', 'verde'] as const)
    for (const role of ['owner', 'clerk'] as const) {
      const browser = new TestBrowser(app, account, demo.urls.center, demo.urls.center);
      assert.equal((await browser.open(await demo.staffLink(account, role))).statusCode, 200);
      assert.equal((await browser.send('GET', '/v1/office/session')).json<{ role: string }>().role, role);
    }
  await app.close();
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
  for (const scope of Object.values(demo.scopes))
    for (const job of await scope.from('jobs').selectAll().execute()) {
      assert.equal(job.subtotal, sumOf(await scope.from('charges').select('total as amount').where('job_id', '=', job.id).execute()), job.number);
      const credits = await scope.from('invoices').select(['id', 'total as amount']).where('job_id', '=', job.id).where('kind', '=', 'credit').where('status', '=', 'sent').execute();
      const goodwill = [];
      for (const credit of credits) if (!(await scope.from('invoice_charges').select('charge_id').where('invoice_id', '=', credit.id).executeTakeFirst())) goodwill.push(credit);
      assert.equal(job.paid, sumOf(await scope.from('allocations').select('amount').where('job_id', '=', job.id).execute()) - sumOf(goodwill), job.number);
      const invoices = await scope.from('invoices').select('id').where('job_id', '=', job.id).where('kind', '=', 'invoice').where('status', '=', 'sent').execute();
      assert.equal(job.invoiced_on !== null, invoices.length > 0, job.number);
    }
});

const sumOf = (rows: { amount: number }[]) => rows.reduce((total, { amount }) => total + amount, 0);

test('both accounts have documents in every state that the contract names', async () => {
  for (const [slug, scope] of Object.entries(demo.scopes)) {
    const day = today(scope.account.time_zone);
    const [estimates, invoices] = [await scope.from('estimates').selectAll().execute(), await scope.from('invoices').selectAll().execute()];
    const found = <T>(all: readonly T[], rows: T[]) => assert.deepEqual(all.filter((one) => !rows.includes(one)), [], slug);
    found(estimateStatus.options, estimates.map((row) => estimateStatusOf(row, day)));
    found(invoiceStatus.options, invoices.map(invoiceStatusOf));
    found(invoiceKind.options, invoices.map((row) => row.kind));
    found(presentation.options, invoices.filter((row) => row.status === 'sent').map((row) => row.presentation));
    found([true, false], invoices.map((row) => isOverdue(row, day)));
    found([true, false], (await scope.from('remarks').select('answer').execute()).map(({ answer }) => answer !== null));
    assert.ok(estimates.some((row) => row.version > 1), `${slug} has a revision`);
    assert.ok(invoices.some((row) => row.kind === 'credit' && row.settled === 0), `${slug} has an open credit`);
    assert.ok((await scope.from('document_opens').select('person').execute()).length > 0);
  }
  const { acme, verde } = demo.scopes;
  const marks = async (scope: typeof acme) => (await scope.from('decisions').select('evidence').execute()).map(({ evidence }) => JSON.parse(evidence) as Evidence);
  assert.deepEqual(new Set((await marks(acme)).map(({ mark }) => mark?.kind)), new Set(['typed', 'drawn', undefined]));
  assert.ok((await marks(acme)).some(({ signer }) => signer.forSomebodyElse));
  assert.ok((await marks(verde)).every(({ decision, verified }) => (decision === 'approved') === Boolean(verified)), 'approving at Verde took a code');
  const invoices = await acme.from('invoices').selectAll().execute();
  assert.ok(invoices.some((row) => row.online_payment === 0) && invoices.some((row) => row.kind === 'credit' && row.settled === row.total));
  assert.ok(invoices.some((row) => row.subtracted_by), 'a final invoice subtracts a deposit');
  assert.ok(await acme.from('links').select('id').where('shared_by', 'is not', null).where('expires_at', '>', started).executeTakeFirst(), 'an estimate was sent on');
});

test('frozen versions and approvals are what their hashes say, each at its own time', async () => {
  for (const scope of Object.values(demo.scopes)) {
    const versions = await scope.from('document_versions').selectAll().execute();
    assert.ok(versions.length > 50);
    for (const version of versions) assert.equal(contentHash(JSON.parse(version.content)), version.hash);
    for (const { estimate_id: id, version, evidence, hash, created_at: at } of await scope.from('decisions').selectAll().execute()) {
      const decided = JSON.parse(evidence) as Evidence;
      assert.deepEqual([contentHash(decided), decided.versionHash, decided.at], [hash, versions.find((row) => row.document_id === id && row.version === version)?.hash, at]);
    }
    assert.ok(versions.some((version) => version.created_at < daysAfter(started.slice(0, 10), -300)));
    assert.ok(versions.every((version) => version.created_at <= new Date().toISOString()));
  }
  assert.ok(Math.abs(Date.now() - (performance.timeOrigin + performance.now())) < 60_000, 'the clock is right again');
});

test('the ledger agrees with the documents', async () => {
  for (const scope of Object.values(demo.scopes)) {
    const [invoices, allocations] = [await scope.from('invoices').selectAll().execute(), await scope.from('allocations').selectAll().execute()];
    for (const invoice of invoices) {
      assert.equal(invoice.settled, sumOf(allocations.filter((row) => row.invoice_id === invoice.id)), invoice.number ?? invoice.id);
      assert.ok(Math.abs(invoice.settled) <= Math.abs(invoice.total) && invoice.settled * invoice.total >= 0);
    }
    for (const payment of await scope.from('payments').selectAll().execute()) assert.equal(sumOf(allocations.filter((row) => row.payment_id === payment.id)), payment.amount);
    assert.equal(sumOf(allocations.filter((row) => row.transfer_id !== null)), 0);
    for (const charge of await scope.from('charges').select(['id', 'total', 'invoiced']).execute()) {
      assert.equal(charge.invoiced, sumOf(await scope.from('invoice_charges').select('amount').where('charge_id', '=', charge.id).execute()));
      assert.ok(charge.invoiced <= charge.total);
    }
    const numbers = (credit: boolean) => invoices.filter((row) => row.number && (row.kind === 'credit') === credit).map((row) => Number(row.number)).sort((a, b) => a - b);
    for (const given of [numbers(true), numbers(false)]) assert.deepEqual(given, given.map((_, index) => given[0]! + index), 'without gaps');
  }
});

test('every document reads through the customer’s routes, and by a document link', async () => {
  const app = await buildApp({ config: demo.services.config, database: demo.services.database }, demo.services);
  const people = { acme: ['maria@pinestreet.example', 'luis.ortiz@mail.example'], verde: ['elena@ramirez.example', 'manager@vistahills.example', 'linh@tran.example'] } as const;
  const browserOf = (slug: 'acme' | 'verde') => new TestBrowser(app, slug, new URL(demo.urls[slug]).origin, demo.urls.center);
  for (const slug of ['acme', 'verde'] as const) {
    const scope = demo.scopes[slug];
    const seen = new Set<string>();
    for (const person of people[slug]) {
      const browser = browserOf(slug);
      // The same address may belong to several customers, each with a link of its own.
      for (const { id } of await scope.from('contacts').select('id').where('email_key', '=', person).execute()) {
        const { token } = await makeLink(scope, demo.services.derive, { kind: 'access', contact_id: id });
        await browser.open(linkUrl(demo.urls.center, slug, token));
        const get = async <T>(path: string, status = 200) => {
          const answer = await browser.get(`/customers/all${path}`);
          assert.equal(answer.statusCode, status, `${path}: ${answer.body}`);
          return answer.json() as T;
        };
        const own = ((await browser.get('/session')).json() as { customers: { id: string }[] }).customers.map((customer) => customer.id);
        for (const estimate of await scope.from('estimates').selectAll().where('customer_id', 'in', own).execute()) {
          const view = await get<EstimateView>(`/estimates/${estimate.id}`, estimate.version ? 200 : 404);
          if (!estimate.version) continue;
          assert.deepEqual([view.etag, view.status], [etagOf(estimate.version, estimate.hash), estimateStatusOf(estimate, today(scope.account.time_zone))]);
          seen.add(estimate.id);
        }
        for (const invoice of await scope.from('invoices').selectAll().where('customer_id', 'in', own).execute()) {
          const view = await get<InvoiceView>(`/invoices/${invoice.id}`, invoice.version ? 200 : 404);
          if (!invoice.version) continue;
          assert.deepEqual([view.total.amount, view.status, view.content.lines.length > 0], [invoice.total, invoiceStatusOf(invoice), invoice.presentation === 'detailed']);
          seen.add(invoice.id);
        }
        const day = today(scope.account.time_zone);
        const open = await get<{ items: InvoiceRow[] }>('/invoices?state=open');
        const statement = await get<Statement>(`/statement?from=${daysAfter(day, -90)}&to=${day}`);
        assert.deepEqual(new Set(statement.open.map((row) => row.id)), new Set(open.items.map((row) => row.id)));
        assert.equal(statement.closing.amount, statement.open.reduce((sum, row) => sum + row.due.amount, 0), `${person} owes what is open`);
      }
    }
    const sent = [...(await scope.from('estimates').select('id').where('version', '>', 0).execute()), ...(await scope.from('invoices').select('id').where('version', '>', 0).execute())];
    assert.deepEqual(sent.filter(({ id }) => !seen.has(id)), []);
    for (const kind of ['estimate', 'invoice'] as const) {
      const reader = browserOf(slug);
      assert.equal((await reader.open((await demo.documentLink(slug, kind))!)).statusCode, 200);
      const { document } = (await reader.get('/session')).json() as { document: { id: string; kind: string } };
      assert.equal(document.kind, kind);
      assert.equal(((await reader.get(`/documents/${document.id}`)).json() as { kind: string }).kind, kind);
    }
  }
  await app.close();
});

test('data that was kept is found again, and made no second time', async () => {
  const count = async () => [(await demo.scopes.acme.from('estimates').select('id').execute()).length, (await demo.scopes.verde.from('invoices').select('id').execute()).length];
  const before = await count();
  const again = await openAccounts(demo.services, demo.urls);
  assert.deepEqual([again.acme.accountId, again.verde.accountId, ...(await count())], [demo.scopes.acme.accountId, demo.scopes.verde.accountId, ...before]);
});

test('the mailbox begins with two estimates and an invoice, and nothing was mailed for the past', async () => {
  await until(() => demo.mailbox.length >= 3);
  const letters = demo.mailbox.map(({ channel, to, attachments }) => [channel, to, attachments.map(({ name }) => name.replace(/\d+/g, '#'))]);
  assert.deepEqual(letters.toSorted(), [['email', 'elena@ramirez.example', []], ['email', 'maria@pinestreet.example', ['estimate-#-v#.pdf']], ['sms', '+14045550187', []]]);
  for (const scope of Object.values(demo.scopes)) assert.deepEqual(await scope.from('notices').select(['kind', 'created_at']).where('created_at', '<', started).execute(), []);
  assert.equal((await demo.services.db.selectFrom('outbox').select('id').execute()).length, 3);
  const { origin } = new URL(demo.urls.mailbox);
  const listed = (await (await fetch(`${origin}/messages`)).json()) as { attachments: { url: string }[] }[];
  const file = await fetch(origin + listed.flatMap(({ attachments }) => attachments)[0]!.url);
  assert.deepEqual([file.headers.get('content-type'), (await file.text()).slice(0, 5)], ['application/pdf', '%PDF-']);
});

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done() && tries < 400; tries++) await sleep(50);
  assert.ok(done());
}

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
  await until(() => demo.mailbox.length >= 5);
  const [mail, text] = (['email', 'sms'] as const).map((channel) => demo.mailbox.slice(3).find((message) => message.channel === channel)!);
  assert.match(mail!.subject, /^\d{6} is your code for Acme/);
  assert.match(text!.text, /^\d{6} is your code for Acme/);
  assert.ok(receiver.mails.some((received) => received.messageId === mail!.id));
  const listed = (await (await fetch(`${new URL(demo.urls.mailbox).origin}/messages`)).json()) as unknown[];
  assert.equal(listed.length, 5);
});

test('an access link leads to the door', async () => {
  const link = await demo.accessLink('verde', 'elena@ramirez.example');
  assert.match(link, new RegExp(`^${demo.urls.center}/go/verde#[\\w-]{43}$`));
  assert.equal((await fetch(link)).status, 200);
});

test('a second demo finds its own ports and its own data', async () => {
  const other = await startDemo({ port: 0, quiet: true, logLevel: 'silent' });
  assert.notEqual(other.urls.center, demo.urls.center);
  assert.notEqual(other.scopes.acme.accountId, demo.scopes.acme.accountId);
  await other.close();
});
