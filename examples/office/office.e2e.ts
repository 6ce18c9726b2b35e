import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { pay, typeCard } from '../testing/paying.ts';
import { shows, startJourney, type Journey } from '../testing/journey.ts';
import type { Letter } from '../testing/mailbox.ts';
import { doorButton, goThroughDoor } from '../testing/steps.ts';
import { openPage, type Website } from '../testing/website.ts';

/** A newcomer's whole way, through screens alone: nothing is in the database, and no test touches the API. */
let journey: Journey;
let site: Website;
let html = '<!doctype html><title>Our plumber</title><h1>Our plumber</h1>';
let office: BrowserContext;
let clerk: Page;
before(async () => {
  journey = await startJourney({ empty: true });
  site = await openPage(() => html);
  office = await journey.profile({ viewport: { width: 1280, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });
  clerk = await office.newPage();
});
after(async () => {
  await journey.close();
  await site.close();
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).filter({ visible: true }).first();
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).filter({ visible: true }).first();
/** In the dialog that is open: what stands in it comes last on its page. */
const inDialog = (page: Page, name: string | RegExp) => page.locator('cc-dialog').getByRole('button', { name, exact: typeof name === 'string' }).filter({ visible: true }).last();
const place = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click();
/** The next letter to Maria about this; others before it are left. */
async function letterAbout(subject: RegExp): Promise<Letter> {
  for (;;) {
    const letter = await journey.mailbox.next('maria@example.com');
    if (subject.test(letter.subject)) return letter;
  }
}
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test('the link of the console leads from an e-mail address to an account with its first customer and the two lines on a page', async () => {
  const started = Date.now();
  const [setup] = /http:\S+\/office#setup=[\w-]{43}/.exec(journey.log()) ?? [];
  assert.ok(setup, journey.log());
  await clerk.goto(setup);
  await clerk.getByLabel('Your name').fill('Olga Owner');
  await clerk.getByLabel('Your e-mail address').fill('olga@acme.example');
  await clerk.getByLabel('Name of the company').fill('Acme Plumbing');
  await clerk.getByLabel('Phone').fill('(404) 555-0142');
  await button(clerk, 'Make the account').click();
  await shows(clerk, /Welcome, Olga/);
  assert.ok(!clerk.url().includes('setup'), 'the secret is gone from the address');
  await button(clerk, 'Go on').click();
  await clerk.getByLabel('Name', { exact: true }).fill('Maria O’Brien');
  await clerk.getByLabel('E-mail address').fill('maria@example.com');
  await button(clerk, 'Add the customer').click();
  await shows(clerk, 'Maria O’Brien is added.');
  await button(clerk, 'Go on').click();
  await shows(clerk, 'Connect Stripe');
  await button(clerk, 'Go on').click();
  await clerk.getByLabel('Address of the page').fill(`${site.origin}/`);
  await button(clerk, 'List this page').click();
  await button(clerk, /^Copy/).click();
  const lines = await clipboard(clerk);
  assert.match(lines, /<script type="module" src="\S+\/customer-center\.js"><\/script>\s*<customer-center account="acme-plumbing">/);
  // The newcomer pastes them, and opens the page once.
  html += lines;
  const visitor = await journey.profile();
  const page = await visitor.newPage();
  await page.goto(site.origin);
  await page.getByLabel('E-mail address').waitFor();
  await visitor.close();
  await shows(clerk, /Seen/);
  await button(clerk, 'Open the inbox').click();
  await clerk.getByRole('heading', { name: 'Inbox' }).waitFor();
  assert.ok(Date.now() - started < 300_000, 'under five minutes');
});

test('the link of the console works no second time', async () => {
  const [setup] = /http:\S+\/office#setup=[\w-]{43}/.exec(journey.log()) ?? [];
  const context = await journey.profile();
  const page = await context.newPage();
  await page.goto(setup!);
  await shows(page, /Sign in to the office|Which office/);
  await context.close();
});

test('Stripe is connected on the settings screen', async () => {
  await place(clerk, 'Settings');
  await link(clerk, /payments/i).click();
  await button(clerk, 'Connect Stripe').click();
  await clerk.getByTestId('finish').click();
  await clerk.getByRole('link', { name: 'Back to the office' }).click();
  await shows(clerk, 'Customers can pay online.');
});

test('an estimate goes by mail, is approved on the customer’s page, and the clerk sees it come in; so does the paid invoice', async () => {
  await place(clerk, 'Customers');
  await clerk.getByRole('heading', { name: 'Customers' }).waitFor();
  await link(clerk, /Maria O’Brien/).click();
  await button(clerk, 'New job').click();
  await clerk.getByLabel('What is to be done').fill('Water heater replacement');
  await button(clerk, 'Create').click();
  await button(clerk, 'New estimate').click();
  await inDialog(clerk, 'Empty').click();
  await button(clerk, 'Add a line').click();
  await clerk.getByLabel('Description').first().fill('Heater, 50 gal');
  await clerk.getByLabel('Unit price').first().fill('2,389.00');
  await shows(clerk, '$2,389.00');
  await button(clerk, /^Send/).click();
  await inDialog(clerk, 'Send').click();
  await shows(clerk, 'On its way to Maria O’Brien.');
  await inDialog(clerk, 'Close').click();
  await shows(clerk, /Sent /);

  const customer = await journey.profile({ viewport: { width: 390, height: 800 } });
  const page = await customer.newPage();
  await goThroughDoor(page, await letterAbout(/stimate/), site.origin);
  await shows(page, 'Heater, 50 gal');
  await place(clerk, 'Inbox');
  await clerk.getByRole('heading', { name: 'Inbox' }).waitFor();
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByRole('button', { name: /^Approve/ }).last().click();
  await shows(page, /approved/i);
  // Live: nobody reloads.
  await shows(clerk, /Approved estimate/);
  await clerk.getByText(/Approved estimate/).first().click();
  await link(clerk, /Job /).click();

  await button(clerk, 'New invoice').click();
  await inDialog(clerk, /Create|New invoice/).click();
  await button(clerk, /^Send/).click();
  await inDialog(clerk, 'Send').click();
  await shows(clerk, 'On its way to Maria O’Brien.');
  await inDialog(clerk, 'Close').click();
  await shows(clerk, /Sent /);
  const letter = await letterAbout(/nvoice/);
  // A browser where a person has clicked before goes on by itself.
  await page.goto(letter.link);
  await page.waitForURL((url) => url.origin === site.origin);
  await page.getByRole('link', { name: /^Pay \$/ }).filter({ visible: true }).first().click();
  await place(clerk, 'Inbox');
  await typeCard(page);
  await pay(page);
  await shows(page, /Thank you/);
  await shows(clerk, /Paid invoice/);
  await customer.close();
});

test('a login link is copied, mailed, opened, listed and revoked, and the session it opened ends within a second', async () => {
  await place(clerk, 'Customers');
  await clerk.getByRole('heading', { name: 'Customers' }).waitFor();
  await link(clerk, /Maria O’Brien/).click();
  await button(clerk, /^E-mail login link/).click();
  await shows(clerk, /Login link sent to/);
  assert.match((await letterAbout(/Your customer center/)).link, /\/go\/acme-plumbing#/);
  await button(clerk, /^Copy login link/).click();
  await shows(clerk, 'The login link is copied.');
  const customer = await journey.profile();
  const page = await customer.newPage();
  await page.goto(await clipboard(clerk));
  await doorButton(page).click();
  await page.getByRole('heading', { name: 'Work history' }).waitFor();

  await clerk.getByRole('tab', { name: 'Links and sign-ins' }).click();
  await shows(clerk, 'Used once');
  await clerk.locator('li, tr, article').filter({ hasText: 'Used once' }).filter({ hasText: 'Copied, not sent' }).getByRole('button', { name: /Revoke/ }).first().click();
  await inDialog(clerk, /Revoke/).click();
  await shows(clerk, 'The link is revoked.');
  // The very next thing that the session asks for is refused.
  const [answer] = await Promise.all([page.waitForResponse((each) => each.url().includes('/customers/') && each.request().method() === 'GET'), page.getByRole('link', { name: 'Open invoices' }).click()]);
  assert.equal(answer.status(), 401);
  await shows(page, /signed out/);
  await customer.close();
});

test('a clerk is asked in, signs in by mail, and finds no settings to change', async () => {
  await place(clerk, 'Settings');
  await link(clerk, /Staff/).click();
  await button(clerk, 'Add somebody').click();
  await clerk.getByLabel('Name', { exact: true }).fill('Carla Clerk');
  await clerk.getByLabel('E-mail address').fill('carla@acme.example');
  await inDialog(clerk, /Save|Add/).click();
  await shows(clerk, 'carla@acme.example');
  const second = await journey.profile();
  const page = await second.newPage();
  await page.goto(`${journey.publicUrl}/office`);
  await page.getByLabel('Your e-mail address').fill('carla@acme.example');
  await button(page, 'Send me a link').click();
  const letter = await journey.mailbox.next('carla@acme.example');
  await page.goto(letter.link);
  await doorButton(page).click();
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  await place(page, 'Settings');
  await shows(page, /Only an owner may change this/);
  await second.close();
});
