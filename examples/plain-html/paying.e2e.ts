import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { OnlinePayment } from '../../server/contract/payments.ts';
import { mailDocument } from '../testing/documents.ts';
import { shows, startJourney, type Journey } from '../testing/journey.ts';
import { makeBills, mailEstimate, pay, payButton, toPay, typeBank, typeCard } from '../testing/paying.ts';
import { complaintsOf, goThroughDoor, signIn } from '../testing/steps.ts';
import type { Website } from '../testing/website.ts';

let journey: Journey;
let site: Website;
before(async () => {
  journey = await startJourney({ paying: true, account: { partial_payments: 1 } });
  site = await journey.website('plain-html');
});
after(() => journey.close());

let people = 0;
const next = () => `payer${++people}@example.com`;
const status = async (id: string) => (await journey.office<{ status: string }>('GET', `/invoices/${id}`)).status;
const online = async (invoiceId: string) => (await journey.office<{ items: OnlinePayment[] }>('GET', `/online-payments?invoiceId=${invoiceId}`)).items;
const control = () => journey.sandbox!.control;

/** One invoice, mailed; its reader has it before them, in a browser of their own. */
async function opened(): Promise<{ page: Page; email: string; invoice: string; close(): Promise<void> }> {
  const email = next();
  const { invoices } = await makeBills(journey, email);
  const invoice = invoices[0]!.id;
  await mailDocument(journey, 'invoices', invoice);
  const context = await journey.profile({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await goThroughDoor(page, await journey.mailbox.next(email), site.origin);
  await shows(page, 'Work 1');
  return { page, email, invoice, close: () => context.close() };
}

test('signed in by mail: two of the open invoices are paid together by card, and the receipt is there, on the page and by mail', async () => {
  const email = next();
  const { invoices } = await makeBills(journey, email, 3);
  const context = await journey.profile({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/stripe/.test(request.url())) asked.push(request.url());
  });
  await signIn(journey, page, `${site.origin}/`, email);
  await page.getByRole('link', { name: 'Open invoices' }).click();
  for (const { number } of invoices.slice(0, 2)) await page.getByRole('checkbox', { name: new RegExp(`\\b${number}\\b`) }).check();
  await shows(page, '2 selected: $300.00');
  assert.equal(asked.length, 0, 'nothing of Stripe before the pay view');
  await page.getByRole('link', { name: /^Pay \$300/ }).first().click();
  await page.getByText('How do you want to pay?').waitFor();
  await typeCard(page);
  assert.ok(asked.some((url) => url.startsWith('https://js.stripe.com/endive/')), asked.join());
  await pay(page);
  await shows(page, 'Thank you. $300.00 is paid.');
  await shows(page, 'Visa ending 4242');
  assert.deepEqual([await status(invoices[0]!.id), await status(invoices[1]!.id), await status(invoices[2]!.id)], ['paid', 'paid', 'sent']);
  const letter = await journey.mailbox.next(email);
  assert.match(letter.subject, /receipt/i);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Download/ }).click()]);
  assert.match(download.suggestedFilename(), /^receipt-\d+\.pdf$/);

  // A refund by the office, and both can be seen where the invoice is.
  const [payment] = await online(invoices[0]!.id);
  await journey.office('POST', `/online-payments/${payment!.id}/refunds`, { amount: 5000 });
  await page.reload();
  await shows(page, '-$50.00');
  assert.ok(!new URL(page.url()).search.includes('payment'), page.url());
  assert.deepEqual(complaints.filter((text) => !/401/.test(text)), []);
  await context.close();
});

test('a declined card is explained, and another one pays the same payment', async () => {
  const { page, invoice, close } = await opened();
  await toPay(page);
  await typeCard(page, '4000000000009995');
  await pay(page);
  await shows(page, 'There is not enough money on this card or account.');
  await typeCard(page);
  await pay(page);
  await shows(page, 'Thank you. $100.00 is paid.');
  assert.equal((await online(invoice)).length, 1);
  await close();
});

test('3-D Secure in place: refused, left and resumed, accepted', async () => {
  const { page, invoice, close } = await opened();
  await toPay(page);
  await typeCard(page, '4000002760003155');
  await pay(page);
  await page.getByTestId('stripe-3ds-fail').click();
  await shows(page, 'The bank could not confirm that it was you.');
  await typeCard(page, '4000002760003155');
  await pay(page);
  await page.getByTestId('stripe-3ds-leave').click();
  await shows(page, 'The payment was not finished. Nothing was charged.');
  assert.equal(await status(invoice), 'sent');
  await pay(page);
  await page.getByTestId('stripe-3ds-complete').click();
  await shows(page, 'Thank you. $100.00 is paid.');
  assert.equal((await online(invoice)).length, 1);
  await close();
});

test('3-D Secure on the bank’s own page leads back to the contractor’s, and a reload or a forged address changes nothing', async () => {
  const { page, invoice, close } = await opened();
  await toPay(page);
  await typeCard(page, '4000000000003063');
  await pay(page);
  await page.getByTestId('refuse').click();
  await page.waitForURL((url) => url.origin === site.origin);
  await shows(page, 'This payment did not go through');
  assert.equal(new URL(page.url()).search, '', 'nothing of Stripe stays in the address');
  await page.getByRole('button', { name: 'Pay again' }).click();
  await page.getByText('How do you want to pay?').waitFor();
  await typeCard(page, '4000000000003063');
  await pay(page);
  await page.getByTestId('accept').click();
  await page.waitForURL((url) => url.origin === site.origin);
  await shows(page, 'Thank you. $100.00 is paid.');
  await page.reload();
  await shows(page, /\$100\.00 is paid/);
  assert.equal(await status(invoice), 'paid');
  const [payment] = await online(invoice);
  await page.goto(`${site.origin}/?cc-payment=${payment!.id.slice(0, -4)}ZZZZ&payment_intent=pi_1&payment_intent_client_secret=pi_1_secret_x&redirect_status=succeeded`);
  await page.getByText(/is paid/).waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).search, '');
  await close();
});

test('a bank debit is on its way, then paid; another one is refused days later, and the invoice is open again', async () => {
  const first = await opened();
  await toPay(first.page);
  await typeBank(first.page, '000123456789');
  await pay(first.page);
  await shows(first.page, 'The payment of $100.00 is on its way');
  assert.equal(await status(first.invoice), 'sent');
  control().settle((await online(first.invoice))[0]!.paymentIntent!, 'succeeded');
  await control().idle();
  await until(async () => (await status(first.invoice)) === 'paid');
  await first.page.getByRole('button', { name: 'Check again' }).click();
  await shows(first.page, /\$100\.00 is paid/);
  await first.close();

  const second = await opened();
  await toPay(second.page);
  await typeBank(second.page, '000111111116');
  await pay(second.page);
  await shows(second.page, 'is on its way');
  control().settle((await online(second.invoice))[0]!.paymentIntent!, 'failed');
  await control().idle();
  const letter = await until(async () => journey.mailbox.letters.find((each) => each.to === second.email && /did not|not work|refused|failed/i.test(each.subject)));
  assert.ok(letter);
  await second.page.getByRole('button', { name: 'Check again' }).click();
  await shows(second.page, 'This payment did not go through');
  await second.page.getByRole('button', { name: 'Pay again' }).click();
  await second.page.getByText('How do you want to pay?').waitFor();
  await second.close();
});

test('the deposit is paid after approving the estimate, and is still asked for under the same link until then', async () => {
  const email = next();
  await mailEstimate(journey, email);
  const letter = await journey.mailbox.next(email);
  const context = await journey.profile({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await goThroughDoor(page, letter, site.origin);
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByRole('button', { name: 'Approve', exact: true }).last().click();
  await shows(page, /Approved by/);
  await page.reload();
  await payButton(page).click();
  await page.getByText('How do you want to pay?').waitFor();
  await typeCard(page);
  await pay(page);
  await shows(page, /Thank you\. \$743\.03 is paid\./);
  await context.close();
});

test('a part is paid and then the rest', async () => {
  const { page, invoice, close } = await opened();
  await toPay(page);
  const amount = page.getByLabel(/^Amount for/);
  await amount.fill('120');
  await pay(page);
  await shows(page, /at most \$?100/);
  await amount.fill('33.33');
  await typeCard(page);
  await pay(page);
  await shows(page, 'Thank you. $33.33 is paid.');
  assert.equal(await status(invoice), 'partlyPaid');
  await page.getByRole('link', { name: /^Invoice/ }).first().click();
  await toPay(page);
  await shows(page, 'Pay $66.67');
  await typeCard(page);
  await pay(page);
  await shows(page, 'Thank you. $66.67 is paid.');
  assert.equal(await status(invoice), 'paid');
  await close();
});

test('where Stripe is blocked, it is said, it can be tried again, and the hosted page pays with the same session', async () => {
  const { page, invoice, close } = await opened();
  const context = page.context();
  await context.unrouteAll();
  await context.route('https://js.stripe.com/**', (route) => route.abort('blockedbyclient'));
  await payButton(page).click();
  await shows(page, 'The payment form could not be loaded.');
  await page.getByRole('button', { name: /Retry|Try again/ }).first().click();
  await shows(page, 'The payment form could not be loaded.');
  await Promise.all([page.waitForURL((url) => url.origin === journey.publicUrl), page.getByText('Continue on our secure page').click()]);
  await page.getByText('How do you want to pay?').waitFor();
  await typeCard(page);
  await pay(page);
  await shows(page, 'Thank you. $100.00 is paid.');
  assert.equal(await status(invoice), 'paid');
  await close();
});

async function until<T>(look: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come about');
}
