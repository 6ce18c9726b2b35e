/** An account that takes payments over the sandbox, for tests: its office, people who pay, and what their browsers do with Stripe. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { makeLink } from '../access/links.ts';
import { buildApp, servicesOf } from '../app.ts';
import type { Invoice, InvoiceView } from '../contract/invoices.ts';
import type { OnlinePayment, PaymentAttempt, PaymentNew, PaymentStarted } from '../contract/payments.ts';
import type { OpenDatabase } from '../database/open.ts';
import type { AccountRow, Scope } from '../database/scope.ts';
import { startSandbox, type Sandbox } from '../demo/stripe-sandbox/server.ts';
import { checkMoney } from '../invoices/testing.ts';
import { now } from '../platform/ids.ts';
import { outboxWorker } from '../platform/outbox.ts';
import { linkUrl } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';
import { makeAccount, makeApiKey, officeOf, openTestDatabase, testConfig, type TestDatabase } from '../testing.ts';
import { TestBrowser } from '../testing-browser.ts';
import { paymentJobs, reconcile } from './jobs.ts';
import { newConnection } from './onboarding.ts';

export const secrets = { own: 'whsec_own_0123456789abcdef', connect: 'whsec_connect_0123456789abcdef' };

export const stripeSettings = (sandbox: Pick<Sandbox, 'url' | 'keys'>): Record<string, string> => ({
  STRIPE_SECRET_KEY: sandbox.keys.secret, STRIPE_PUBLISHABLE_KEY: sandbox.keys.publishable, STRIPE_API_BASE: sandbox.url, STRIPE_CONNECT_WEBHOOK_SECRET: secrets.connect,
  STRIPE_WEBHOOK_SECRET: secrets.own,
});

/** One account's connection, as onboarding leaves it. */
export async function connect(scope: Scope, stripeAccount: string | null, more: { livemode?: 0 | 1 } = {}): Promise<void> {
  await scope
    .insert('stripe_connections', {
      ...newConnection(scope, more.livemode === 1, { mode: stripeAccount ? 'connect' : 'own', stripe_account_id: stripeAccount }), status: 'active', charges_enabled: 1, details_submitted: 1,
      connected_at: now(), checked_at: now(),
    })
    .execute();
  await scope.db.updateTable('accounts').set({ takes_payments: 1 }).where('id', '=', scope.accountId).execute();
}

interface Wishes {
  account?: Partial<AccountRow>;
  settings?: Record<string, string>;
  /** Whether Stripe's events arrive. */
  webhooks?: boolean;
  database?: TestDatabase;
}

export async function openPayments({ account = {}, settings = {}, webhooks = false, database: given }: Wishes = {}) {
  const sandbox = await startSandbox({ port: 0 });
  const database = given ?? (await openTestDatabase());
  const config = testConfig({ DATABASE_URL: database.url, ...stripeSettings(sandbox), ...settings });
  const opened = async (over: OpenDatabase) => {
    const services = servicesOf({ config, database: over });
    return { services, app: await buildApp({ config, database: over }, services) };
  };
  const { app, services } = await opened(database);
  const stripeAccount = sandbox.control.connect();
  const scope = await makeAccount(database, 'acme', account);
  await connect(scope, stripeAccount);
  const errors: string[] = [];
  const log = { info: () => undefined, error: (_: object, message: string) => void errors.push(message) };
  const worker = outboxWorker(database, { ...handlersOf(services), ...paymentJobs(services, log) }, { error: () => undefined });
  if (webhooks) {
    await app.listen({ host: '127.0.0.1', port: 0 });
    sandbox.control.webhook({ url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/v1/webhooks/stripe/connect`, secret: secrets.connect, connect: true });
  }
  const office = officeOf(app, await makeApiKey(scope, ['read', 'write', 'links', 'settings']));
  const make = async (path: string, body: object): Promise<string> => {
    const answer = await office('POST', path, body);
    assert.equal(answer.status, 201, answer.text);
    return (answer.body as { id: string }).id;
  };
  const customer = await make('customers', { name: 'Pine Street Dental', company: true });
  const contact = await make('contacts', { customerId: customer, name: 'Maria O’Brien', email: 'maria@pinedental.example' });

  const world = {
    app, services, database, config, sandbox, stripeAccount, scope, office, customer, contact, errors, make, opened, log,
    /** An invoice that was sent, of one line. */
    async invoice(amount: number, { customerId = customer, contactId = contact, job = {} as object, ...more }: { customerId?: string; contactId?: string; job?: object; onlinePayment?: boolean } = {}): Promise<Invoice> {
      const jobId = await make('jobs', { customerId, contactId, service: 'Water heater', ...job });
      const id = await make('invoices', { jobId, lines: [{ description: 'Work', unitPrice: amount }], taxes: [], ...more });
      const answer = await office('POST', `invoices/${id}/send`, {});
      assert.equal(answer.status, 200, answer.text);
      return (answer.body as { invoice: Invoice }).invoice;
    },
    /** Somebody signed in as this contact, with a browser of their own. */
    async payer(contactId = contact, via = app): Promise<Payer> {
      const { token } = await makeLink(scope, services.derive, { kind: 'access', contact_id: contactId });
      const payer = new Payer(via, sandbox, stripeAccount);
      const answer = await payer.browser.open(linkUrl(config.PUBLIC_URL, 'acme', token));
      assert.equal(answer.statusCode, 200, answer.body);
      return payer;
    },
    /** Somebody with the link of one document. */
    async reader(kind: 'invoice' | 'estimate', id: string, actions = ['view', 'pdf', 'pay']): Promise<Payer> {
      const answer = await office('POST', 'document-links', { contactId: contact, document: { kind, id }, actions });
      assert.equal(answer.status, 201, answer.text);
      const reader = new Payer(app, sandbox, stripeAccount);
      assert.equal((await reader.browser.open((answer.body as { url: string }).url)).statusCode, 200);
      const session = (await reader.browser.get('/session')).json() as { document: { id: string } };
      reader.base = `/documents/${session.document.id}`;
      return reader;
    },
    /** The office's view of every online payment, newest first. */
    online: async (): Promise<OnlinePayment[]> => ((await office('GET', 'online-payments')).body as { items: OnlinePayment[] }).items,
    due: async (id: string): Promise<number> => ((await office('GET', `invoices/${id}`)).body as Invoice).due.amount,
    status: async (id: string): Promise<string> => ((await office('GET', `invoices/${id}`)).body as Invoice).status,
    /** Events have arrived, and what they are hints for is done. */
    async quiet(): Promise<void> {
      await sandbox.control.idle();
      await worker.drain();
    },
    drain: () => worker.drain(),
    /** Limits have their own test. */
    unlimited: async () => void (await database.db.deleteFrom('rate_buckets').execute()),
    /** The minute's look at what is open, now. */
    async reconcile(): Promise<void> {
      await scope.update('payment_attempts').set({ check_at: now() }).where('state', 'in', ['open', 'processing', 'failed']).execute();
      await reconcile(services, log);
    },
    /** The ledger says what Stripe says, and everything kept of money adds up. */
    async agree(tips = 0): Promise<void> {
      await checkMoney(scope);
      const rows = await scope.from('payments').select('amount').where('attempt_id', 'is not', null).execute();
      assert.equal(rows.reduce((sum, row) => sum + row.amount, 0) + tips, sandbox.control.totals(stripeAccount).net['usd'] ?? 0, 'the ledger and Stripe differ');
    },
    async close(): Promise<void> {
      await app.close();
      await sandbox.close();
      await database.close();
    },
  };
  return world;
}
export type PayWorld = Awaited<ReturnType<typeof openPayments>>;

/** Notices and the like have tests of their own. */
const handlersOf = (_: Services) => ({ notice: async () => undefined, signIn: async () => undefined });

let keys = 0;

/** What an answer of the API holds is for the test to say. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;
export interface Answer {
  status: number;
  code: string | undefined;
  body: Json;
}

/** A person with a browser, and with what Stripe.js does in it. */
export class Payer {
  readonly browser: TestBrowser;
  readonly sandbox: Sandbox;
  readonly stripeAccount: string;
  base = '/customers/all';
  returnUrl = 'https://www.acme.example/account';

  constructor(app: ConstructorParameters<typeof TestBrowser>[0], sandbox: Sandbox, stripeAccount: string) {
    this.browser = new TestBrowser(app);
    this.sandbox = sandbox;
    this.stripeAccount = stripeAccount;
  }

  async call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.browser.send(method, `${this.browser.path}${this.base}${path}`, body, { headers });
    const json: Json = answer.body ? answer.json() : undefined;
    return { status: answer.statusCode, code: (json as { code?: string } | undefined)?.code, body: json };
  }
  /** As they see it now. */
  async see(id: string): Promise<InvoiceView> {
    return (await this.call('GET', `/invoices/${id}`)).body as InvoiceView;
  }
  /** Asks for these invoices: whole, or the amounts given. */
  async ask(items: ({ id: string; amount?: number; etag?: string } | string)[], more: Partial<PaymentNew> = {}, key = `test-key-${++keys}`): Promise<Answer> {
    const wanted: PaymentNew['items'] = [];
    for (const item of items) {
      const { id, amount, etag } = typeof item === 'string' ? { id: item } : item;
      const seen = amount === undefined || etag === undefined ? (this.base.startsWith('/customers') ? await this.see(id) : ((await this.call('GET', '')).body as { invoice: InvoiceView }).invoice) : undefined;
      wanted.push({ invoiceId: id, etag: etag ?? seen!.etag, amount: amount ?? seen!.payable.amount });
    }
    return this.call('POST', '/payments', { items: wanted, returnUrl: this.returnUrl, ...more }, { 'idempotency-key': key });
  }
  async start(items: Parameters<Payer['ask']>[0], more: Partial<PaymentNew> = {}): Promise<PaymentStarted> {
    const answer = await this.ask(items, more);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body as PaymentStarted;
  }
  /** What Stripe.js does; a decline is told by the payment. */
  confirm({ clientSecret }: Pick<PaymentStarted, 'clientSecret'>, method = 'pm_card_visa') {
    return this.sandbox.control.confirm(intentOf(clientSecret), method, { account: this.stripeAccount });
  }
  async sync(id: string): Promise<PaymentAttempt> {
    const answer = await this.call('POST', `/payments/${id}/sync`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body as PaymentAttempt;
  }
  /** All of it: asks, confirms, looks. */
  async pay(items: Parameters<Payer['ask']>[0], method = 'pm_card_visa', more: Partial<PaymentNew> = {}): Promise<PaymentAttempt> {
    const started = await this.start(items, more);
    this.confirm(started, method);
    return this.sync(started.payment.id);
  }
}

/** The PaymentIntent that a client's secret belongs to. */
export const intentOf = (clientSecret: string | null): string => {
  assert.ok(clientSecret, 'there is something to confirm');
  return clientSecret.split('_secret_')[0]!;
};
