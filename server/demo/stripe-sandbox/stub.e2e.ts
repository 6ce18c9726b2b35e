import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { Stripe } from 'stripe';
import { browserArgs, findBrowser } from '../../../tools/browser.ts';
import { startSandbox, type Sandbox } from './server.ts';
import { answerStripe } from './testing.ts';

/** What the contractor's page has, as the documentation asks for it: no inline script, no inline style, and Trusted Types. */
const policy =
  "default-src 'none'; script-src 'self' https://js.stripe.com; connect-src https://api.stripe.com; frame-src https://js.stripe.com; require-trusted-types-for 'script'";

let sandbox: Sandbox;
let site: Server;
let website: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let stripe: Stripe;

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  stripe = new Stripe(sandbox.keys.secret, { host: '127.0.0.1', port: sandbox.port, protocol: 'http', telemetry: false });
  site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
    response.end('<!doctype html><html lang="en"><head><title>A page</title><script src="https://js.stripe.com/endive/stripe.js"></script></head><body><div id="here"></div></body></html>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => site.once('listening', resolve));
  website = `http://127.0.0.1:${(site.address() as AddressInfo).port}/pay`;
  browser = await chromium.launch({ executablePath: findBrowser(), args: [...browserArgs] });
});
after(async () => {
  await browser.close();
  await sandbox.close();
  site.close();
  site.closeAllConnections();
});
beforeEach(async () => {
  await sandbox.control.reset();
  context = await browser.newContext();
  await answerStripe(context, sandbox);
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 40')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(website);
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(complaints, []);
});

type Result = { error?: { type: string; code?: string; message: string; payment_intent?: { status: string } }; paymentIntent?: { status: string }; setupIntent?: { status: string }; thrown?: string };
interface Shown extends Window {
  stripe: { elements(options: object): Group } & Record<'confirmPayment' | 'confirmSetup' | 'handleNextAction', (options: object) => Promise<Result>>;
  group: Group;
  element: { mount(node: unknown): void; on(name: string, then: () => void): void; destroy(): void };
  result: Result | undefined;
}
interface Group {
  create(type: string, options?: object): Shown['element'];
  submit(): Promise<{ error?: unknown }>;
  update(options: object): void;
}

/** Shows the form, as our widget does. */
async function show(options: object): Promise<void> {
  await page.evaluate(
    ([key, options]) => {
      const shown = window as unknown as Shown;
      shown.stripe = (window as unknown as { Stripe: (key: string) => Shown['stripe'] }).Stripe(key);
      shown.group = shown.stripe.elements(options);
      shown.element = shown.group.create('payment');
      return new Promise<void>((resolve) => {
        shown.element.on('ready', resolve);
        shown.element.mount(document.querySelector('#here'));
      });
    },
    [sandbox.keys.publishable, options] as const,
  );
}

const fill = async (number: string) => {
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiry').fill('12 / 40');
  await page.getByLabel('CVC').fill('123');
};

/** Submits and confirms; the outcome is `result` of the window. */
const press = (how: 'confirmPayment' | 'confirmSetup', clientSecret: string, more: object = {}) =>
  page.evaluate(
    ([how, options]) => {
      const shown = window as unknown as Shown;
      shown.result = undefined;
      void shown.group
        .submit()
        .then(({ error }) => (error ? ({ error } as Result) : shown.stripe[how]({ elements: shown.group, ...options })))
        .catch((error: unknown) => ({ thrown: String(error) }))
        .then((result) => (shown.result = result));
    },
    [how, { clientSecret, redirect: 'if_required', confirmParams: { return_url: `${website}?back` }, ...more }] as const,
  );
const result = async (): Promise<Result> => (await page.waitForFunction(() => (window as unknown as Shown).result)).jsonValue() as Promise<Result>;
let lastKey = 0;
const pay = (amount = 12_500, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({ amount, currency: 'usd', ...more }, { idempotencyKey: `stub:${++lastKey}` });
const statusOf = async (id: string) => (await stripe.paymentIntents.retrieve(id)).status;
const shownFor = { mode: 'payment', amount: 12_500, currency: 'usd', appearance: { variables: { colorPrimary: '#0a6', colorText: '#222222', borderRadius: '10px' } } };

test('a card is declined, then another pays, under a strict policy of the page', async () => {
  const { id, client_secret } = await pay();
  await show(shownFor);
  await page.getByText('Test form: no real card is charged').waitFor();
  assert.equal(await page.getByTestId('stripe-card-number').evaluate((input) => getComputedStyle(input).borderRadius), '10px');
  await press('confirmPayment', client_secret!);
  assert.equal((await result()).error?.code, 'incomplete_number');
  await fill('4000 0000 0000 9995');
  await press('confirmPayment', client_secret!);
  assert.deepEqual([(await result()).error?.type, (await result()).error?.code], ['card_error', 'card_declined']);
  await fill('4242 4242 4242 4242');
  await press('confirmPayment', client_secret!);
  assert.equal((await result()).paymentIntent?.status, 'succeeded');
  assert.equal(await statusOf(id), 'succeeded');
  await press('confirmPayment', client_secret!);
  const { error } = await result();
  assert.deepEqual([error?.code, error?.payment_intent?.status], ['payment_intent_unexpected_state', 'succeeded']);
  assert.equal(sandbox.control.log().filter(({ path, body }) => path === '/v1/payment_methods' && JSON.stringify(body).includes('4242424242424242')).length, 0);
});

test('another amount than the one shown is refused, and nothing is charged', async () => {
  const { id, client_secret } = await pay(13_000);
  await show(shownFor);
  await fill('4242424242424242');
  await press('confirmPayment', client_secret!);
  assert.match((await result()).error!.message, /amount \(12500\) specified in Elements does not match the amount \(13000\)/);
  assert.equal(await statusOf(id), 'requires_payment_method');
  assert.deepEqual(sandbox.control.events().map(({ type }) => type), ['payment_intent.created']);
  await page.evaluate(() => (window as unknown as Shown).group.update({ amount: 13_000 }));
  await press('confirmPayment', client_secret!);
  assert.equal((await result()).paymentIntent?.status, 'succeeded');
});

for (const [deed, press3ds, status, told] of [
  ['completed', 'stripe-3ds-complete', 'succeeded', undefined],
  ['failed', 'stripe-3ds-fail', 'requires_payment_method', 'payment_intent_authentication_failure'],
  ['closed', 'stripe-3ds-close', 'requires_payment_method', 'payment_intent_authentication_failure'],
] as const)
  test(`3-D Secure in the page, ${deed}`, async () => {
    const { id, client_secret } = await pay();
    await show(shownFor);
    await fill('4000000000003220');
    await press('confirmPayment', client_secret!);
    await page.getByTestId(press3ds).click();
    assert.equal((await result()).error?.code, told);
    assert.equal(await statusOf(id), status);
    await page.getByTestId('stripe-3ds').waitFor({ state: 'detached' });
  });

test('3-D Secure that was left goes on where it was', async () => {
  const { id, client_secret } = await pay();
  await show(shownFor);
  await fill('4000002760003155');
  await press('confirmPayment', client_secret!);
  await page.getByTestId('stripe-3ds-leave').click();
  assert.equal((await result()).paymentIntent?.status, 'requires_action');
  assert.equal(await statusOf(id), 'requires_action');
  await page.evaluate((clientSecret) => {
    const shown = window as unknown as Shown;
    shown.result = undefined;
    void shown.stripe.handleNextAction({ clientSecret }).then((result) => (shown.result = result));
  }, client_secret!);
  await page.getByTestId('stripe-3ds-complete').click();
  assert.equal((await result()).paymentIntent?.status, 'succeeded');
});

test('Klarna and 3-D Secure by redirect leave the page and come back', async () => {
  for (const kind of ['klarna', 'card'] as const) {
    const { id, client_secret } = await pay();
    await page.goto(website);
    await show(shownFor);
    if (kind === 'klarna') await page.getByLabel('Klarna').check();
    else await fill('4000000000003063');
    await press('confirmPayment', client_secret!);
    await page.getByTestId('accept').click();
    await page.waitForURL(`${website}?back*`);
    const { searchParams } = new URL(page.url());
    assert.deepEqual([searchParams.get('payment_intent'), searchParams.get('redirect_status')], [id, 'succeeded']);
    assert.equal(await statusOf(id), 'succeeded');
  }
});

test('without redirect: if_required every payment comes back to the page', async () => {
  const { client_secret } = await pay();
  await show(shownFor);
  await fill('4242424242424242');
  await press('confirmPayment', client_secret!, { redirect: 'always' });
  await page.waitForURL(`${website}?back*redirect_status=succeeded`);
});

test('a bank account is debited later', async () => {
  const { id, client_secret } = await pay();
  await show(shownFor);
  await page.getByLabel('Bank account').check();
  await page.getByLabel('Routing number').fill('110000000');
  await page.getByLabel('Account number').fill('000111111116');
  await press('confirmPayment', client_secret!);
  assert.equal((await result()).paymentIntent?.status, 'processing');
  sandbox.control.settle(id);
  assert.equal(await statusOf(id), 'requires_payment_method');
});

test('a card is kept without a payment, and pays later without the form', async () => {
  const customer = await stripe.customers.create({});
  const setup = await stripe.setupIntents.create({ customer: customer.id });
  await show({ mode: 'setup', currency: 'usd' });
  await fill('5555555555554444');
  await press('confirmSetup', setup.client_secret!);
  assert.equal((await result()).setupIntent?.status, 'succeeded');
  const [card] = (await stripe.customers.listPaymentMethods(customer.id)).data;
  const { client_secret } = await pay(500, { customer: customer.id });
  const paid = await page.evaluate(
    ([clientSecret, payment_method, return_url]) =>
      (window as unknown as Shown).stripe.confirmPayment({ clientSecret, confirmParams: { payment_method, return_url }, redirect: 'if_required' }),
    [client_secret!, card!.id, website] as const,
  );
  assert.equal(paid.paymentIntent?.status, 'succeeded');
});

test('where only cards are wanted, the form asks for nothing else, and both sides must say so', async () => {
  const customer = await stripe.customers.create({});
  const onlyCards = await stripe.setupIntents.create({ customer: customer.id, allowed_payment_method_types: ['card'] });
  const any = await stripe.setupIntents.create({ customer: customer.id });
  await show({ mode: 'setup', currency: 'usd', allowedPaymentMethodTypes: ['card'] });
  assert.equal(await page.getByLabel('Bank account').count(), 0);
  await fill('4242424242424242');
  await press('confirmSetup', any.client_secret!);
  assert.match((await result()).error!.message, /allowed payment method types/);
  await press('confirmSetup', onlyCards.client_secret!);
  assert.equal((await result()).setupIntent?.status, 'succeeded');
});

test('the form changes its language with what was typed in it, and its dialog is as dark as the form', async () => {
  const { client_secret } = await pay();
  await show({ ...shownFor, locale: 'en', appearance: { theme: 'night' } });
  await fill('4000000000003220');
  await page.evaluate(() => (window as unknown as Shown).group.update({ locale: 'es' }));
  assert.equal(await page.getByLabel('Número de tarjeta').inputValue(), '4000000000003220');
  await press('confirmPayment', client_secret!);
  assert.equal(await page.getByTestId('stripe-3ds').evaluate((dialog) => getComputedStyle(dialog).backgroundColor), 'rgb(48, 49, 61)');
  await page.getByTestId('stripe-3ds-complete').click();
  assert.equal((await result()).paymentIntent?.status, 'succeeded');
});

test('what Stripe forbids throws', async () => {
  await show(shownFor);
  const { client_secret } = await pay();
  const thrown = await page.evaluate(async (clientSecret) => {
    const shown = window as unknown as Shown;
    const Stripe = (window as unknown as { Stripe: (key: string) => Shown['stripe'] }).Stripe;
    const payment = { mode: 'payment', amount: 500, currency: 'usd' };
    const shadow = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
    const deeds: Record<string, () => unknown> = {
      live: () => Stripe('pk_live_never'),
      secret: () => Stripe('sk_test_sandbox'),
      types: () => shown.stripe.elements({ ...payment, paymentMethodTypes: ['card'] }),
      button: () => shown.stripe.elements(payment).create('paymentRequestButton'),
      shadow: () => shown.stripe.elements(payment).create('payment').mount(shadow.appendChild(document.createElement('div'))),
      detached: () => shown.stripe.elements(payment).create('payment').mount(document.createElement('div')),
      decimals: () => shown.stripe.elements({ ...payment, amount: 5.5 }),
      property: () => shown.stripe.elements({ ...payment, appearance: { variables: { colorText: 'var(--cc-text)' } } }),
      unsubmitted: () => shown.stripe.confirmPayment({ elements: shown.group, clientSecret, redirect: 'if_required' }),
      address: () => shown.stripe.confirmPayment({ elements: shown.group, clientSecret }),
      gone: () => {
        shown.element.destroy();
        return shown.group.submit();
      },
    };
    const told: Record<string, string> = {};
    for (const [name, deed] of Object.entries(deeds)) {
      try {
        await deed();
        told[name] = 'nothing';
      } catch (error) {
        told[name] = (error as Error).name;
      }
    }
    return told;
  }, client_secret!);
  assert.deepEqual([...new Set(Object.values(thrown))], ['IntegrationError'], JSON.stringify(thrown));
});
