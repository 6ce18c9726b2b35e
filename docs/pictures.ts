/**
 * `npx node docs/pictures.ts`: takes the pictures of the documentation anew, from the demo, into `docs/pictures/`.
 */
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import { makeStaffLink } from '../server/access/links.ts';
// eslint-disable-next-line house/layers -- nothing of the product imports this script, and the demo is what it shows
import { startDemo } from '../server/demo/start.ts';
import { browserArgs, findBrowser } from '../tools/browser.ts';
import { buildIfStale } from '../tools/build.ts';

const folder = new URL('./pictures/', import.meta.url);
/** A README is loaded over phones, too. */
const MOST_BYTES = 150_000;

await buildIfStale();
mkdirSync(folder, { recursive: true });
const demo = await startDemo({ port: 0, quiet: true });
const browser = await chromium.launch({ executablePath: findBrowser(), args: [...browserArgs] });
try {
  const maria = () => demo.accessLink('acme', 'maria@pinestreet.example');

  await picture('history', { viewport: { width: 1100, height: 900 } }, async (page) => {
    await enter(page, await maria());
    await page.getByRole('heading', { name: 'Work history' }).waitFor();
    await page.getByRole('heading', { name: 'Past' }).waitFor();
    await page.evaluate(() => scrollTo(0, 0));
  });

  await picture('job-phone-dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark', isMobile: true, hasTouch: true }, async (page) => {
    await enter(page, await maria());
    await page.getByRole('heading', { name: 'Upcoming' }).waitFor();
    await page.getByText('Furnace tune-up').first().click();
    await page.getByRole('tab', { name: 'Details' }).waitFor();
  });

  await picture('estimate-phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, async (page) => {
    await enter(page, (await demo.documentLink('acme', 'estimate'))!);
    await page.getByRole('button', { name: 'Approve' }).first().waitFor();
    await page.evaluate(() => scrollTo(0, 0));
  });

  await picture('pay-phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, async (page) => {
    await enter(page, (await demo.documentLink('acme', 'invoice'))!);
    await page.getByRole('link', { name: /^Pay / }).first().click();
    await page.getByTestId('stripe-card-number').waitFor();
    await page.evaluate(() => scrollTo(0, 0));
  });

  await picture('sign-in-spanish', { viewport: { width: 720, height: 700 }, locale: 'es-US' }, async (page) => {
    await page.goto(demo.urls.verdeAccount);
    await page.locator('customer-center input').first().waitFor();
  });

  const office = { viewport: { width: 1200, height: 720 } };
  await picture('office-inbox', office, async (page) => {
    await enterOffice(page, '/inbox');
    await page.getByText('Asks to change').first().click();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  });
  await picture('office-customer', office, async (page) => {
    await enterOffice(page, '/customers');
    await page.getByRole('link', { name: /Maria and Sean/ }).first().click();
    await page.getByRole('button', { name: /^Copy login link/ }).first().waitFor();
  });
  await picture('office-estimate', office, async (page) => {
    await enterOffice(page, '/documents/estimates');
    await page.getByRole('link', { name: /Bathroom remodel/ }).first().click();
    await page.getByText('Subtotal').last().waitFor();
  });
  await picture('office-branding', office, async (page) => {
    await enterOffice(page, '/settings/branding');
    await page.getByLabel('Preview by night').or(page.getByText('Preview by night')).first().waitFor();
  });
  await picture('office-inbox-phone-dark', { viewport: { width: 390, height: 780 }, colorScheme: 'dark', isMobile: true, hasTouch: true }, async (page) => {
    await enterOffice(page, '/inbox');
    await page.getByText('Asks to change').first().waitFor();
  });
} finally {
  await browser.close();
  await demo.close();
}

/** Signs in as the owner, and shows a screen. */
async function enterOffice(page: Page, path: string): Promise<void> {
  const { id } = await demo.scopes.acme.from('staff').select('id').where('role', '=', 'owner').executeTakeFirstOrThrow();
  await page.goto(await makeStaffLink(demo.scopes.acme, demo.services, id));
  await page.getByRole('button').first().click();
  await page.getByRole('navigation').first().waitFor();
  await page.goto(`${demo.urls.center}/office?account=acme&cc=${path}`);
  await page.getByRole('navigation').first().waitFor();
}

/** Goes through the door as a person does, and waits until the contractor's page shows the center. */
async function enter(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button').first().click();
  await page.waitForURL(`${demo.urls.acmeAccount}**`);
}

async function picture(name: string, options: BrowserContextOptions, prepare: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'America/New_York', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await prepare(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(300);
  // The focus is on the heading, as for a reader who has just arrived; a picture has no reader.
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('customer-center, customer-center-office')) element.style.setProperty('--cc-focus-width', '0px');
  });
  const path = fileURLToPath(new URL(`${name}.png`, folder));
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  await context.close();
  const bytes = statSync(path).size;
  console.log(`docs/pictures/${name}.png ${Math.round(bytes / 1000)} KB`);
  if (bytes > MOST_BYTES) throw new Error(`${name}.png is larger than ${MOST_BYTES / 1000} KB`);
}
