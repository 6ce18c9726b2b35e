import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { sql } from 'kysely';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { addStaff } from '../../server/account/staff.ts';
import { openDatabase } from '../../server/database/open.ts';
import { accountColumns, scopeOf } from '../../server/database/scope.ts';
import { draftEstimate, mailDocument } from '../testing/documents.ts';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import { makeBills } from '../testing/paying.ts';
import { doorButton, goThroughDoor } from '../testing/steps.ts';
import type { Website } from '../testing/website.ts';

let journey: Journey;
let site: Website;
const ids: Record<string, string> = {};
before(async () => {
  journey = await startJourney({ paying: true });
  site = await journey.website('plain-html');
  const { customerId, contactId, jobId } = await makeHousehold(journey, 'maria@example.com');
  const estimate = await draftEstimate(journey, jobId);
  await mailDocument(journey, 'estimates', estimate);
  const { invoices } = await makeBills(journey, 'ridge@example.com', 2);
  Object.assign(ids, { customer: customerId, contact: contactId, job: jobId, estimate, invoice: invoices[0]!.id });
  // She asks for a change, which is the first thing in the inbox.
  const context = await journey.profile();
  const page = await context.newPage();
  await goThroughDoor(page, await journey.mailbox.next('maria@example.com'), site.origin);
  await page.getByRole('button', { name: 'Ask for a change' }).first().click();
  await page.getByRole('button', { name: 'Remark: Labor' }).click();
  await page.keyboard.type('Can one person do it?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await shows(page, 'You asked for a change');
  await context.close();
});
after(() => journey.close());

let people = 0;
/** An owner of the office, signed in by the letter that they asked for. */
async function staff(options: BrowserContextOptions = {}, where = `${journey.publicUrl}/office`): Promise<{ page: Page; context: BrowserContext }> {
  const email = `owner${++people}@acme.example`;
  const database = await openDatabase(journey.databaseUrl);
  const account = await database.db.selectFrom('accounts').select(accountColumns).executeTakeFirstOrThrow();
  await addStaff(scopeOf(database.db, database.engine, account), { name: 'Olga Owner', email, role: 'owner' });
  await database.close();
  const context = await journey.profile(options);
  const page = await context.newPage();
  await page.goto(where);
  await page.getByRole('textbox').fill(email);
  await page.getByRole('button').filter({ hasText: /Send me a link|Enviarme/ }).click();
  await page.goto((await journey.mailbox.next(email)).link);
  await doorButton(page).click();
  await page.getByRole('navigation').first().waitFor();
  return { page, context };
}

async function go(page: Page, path: string): Promise<void> {
  const url = new URL(page.url());
  url.search = `?account=acme&cc=${path}`;
  await page.goto(url.href);
  await page.locator('customer-center-office main > [data-view]').waitFor();
  await page.locator('[part~=skeleton]').first().waitFor({ state: 'detached' });
}

const screens = ['/inbox', '/customers', '/customers/{customer}', '/customers/{customer}/access', '/customers/{customer}/activity', '/customers/{customer}/see/{contact}', '/jobs', '/jobs/{job}', '/documents/estimates', '/documents/invoices',
  '/estimates/{estimate}', '/invoices/{invoice}', '/settings', '/settings/branding', '/settings/website', '/settings/install', '/settings/payments', '/settings/staff', '/welcome'];
const filled = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name]!);

for (const [what, options] of [
  ['wide, in the light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light', locale: 'en-US' }],
  ['on a phone, in the dark, in Spanish', { viewport: { width: 360, height: 760 }, colorScheme: 'dark', locale: 'es-US', hasTouch: true }],
] as const)
  test(`every screen ${what}: shows, fits, and can be used by everybody`, async () => {
    const { page, context } = await staff({ ...options, bypassCSP: true });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    for (const path of screens) {
      await go(page, filled(path));
      await page.getByRole('heading').first().waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.target.join(' ')} ${nodes[0]?.failureSummary ?? ''}`), []);
    }
    assert.deepEqual(errors, []);
    await context.close();
  });

test('the inbox by keyboard alone: found, read, answered, done', async () => {
  const { page, context } = await staff({ viewport: { width: 1280, height: 900 } });
  await shows(page, /Asks to change estimate/);
  await page.keyboard.press('j');
  await shows(page, /Can one person do it/);
  await page.keyboard.press('r');
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type('Yes, it can.');
  for (let tabs = 0; tabs < 12 && !/^Send\b/.test(await focusedText(page)); tabs++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await shows(page, /Yes, it can\./);
  const letter = await letterAbout('maria@example.com', /Yes, it can\./);
  assert.match(letter.link, /\/go\/acme#/);
  await page.locator('body').click({ position: { x: 400, y: 880 } });
  await page.keyboard.press('e');
  await shows(page, /Done/);
  await context.close();
});

test('what they see is seen without a trace: no fact changes', async () => {
  const { page, context } = await staff({ viewport: { width: 1280, height: 900 } });
  const before = await facts();
  await go(page, filled('/customers/{customer}/see/{contact}'));
  await shows(page, 'Water heater replacement');
  await page.getByText('Water heater replacement').filter({ visible: true }).first().click();
  await shows(page, /50 gallon heater|Estimate/);
  await page.getByRole('link', { name: 'Open invoices' }).filter({ visible: true }).first().click();
  await shows(page, /open invoice/i);
  assert.deepEqual(await facts(), before);
  await context.close();
});

test('embedded in a page of the contractor’s own: a link asked for there comes back there', async () => {
  const own = await journey.website('office');
  const { page, context } = await staff({ viewport: { width: 1280, height: 900 } }, `${own.origin}/`);
  assert.equal(new URL(page.url()).origin, own.origin);
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  await context.close();
});

test('a page deep inside is where one arrives after signing in', async () => {
  const { page, context } = await staff({ viewport: { width: 1280, height: 900 } }, `${journey.publicUrl}/office?account=acme&cc=${filled('/customers/{customer}')}`);
  await page.getByRole('heading', { name: 'Maria O’Brien', level: 1 }).waitFor();
  await context.close();
});

const focusedText = (page: Page) =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.textContent?.trim() ?? '';
  });

async function letterAbout(to: string, words: RegExp) {
  for (;;) {
    const letter = await journey.mailbox.next(to);
    if (words.test(letter.text)) return letter;
  }
}

/** Everything the database knows of what the customer did and was sent; not the staff's own sessions. */
async function facts(): Promise<Record<string, unknown>> {
  const database = await openDatabase(journey.databaseUrl);
  try {
    const tables = ['links', 'handoffs', 'notices', 'inbox_items', 'document_opens', 'decisions', 'remarks', 'messages', 'estimates', 'invoices', 'payments', 'outbox', 'download_tickets', 'sign_in_requests'];
    const rows = await Promise.all(tables.map(async (table) => [table, (await sql.raw(`select * from ${table}`).execute(database.db)).rows] as const));
    const sessions = await database.db.selectFrom('sessions').selectAll().where('kind', '<>', 'staff').execute();
    return { ...Object.fromEntries(rows), sessions };
  } finally {
    await database.close();
  }
}

