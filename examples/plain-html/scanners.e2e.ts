/** Mail scanners open every link before its reader does. None may get in, and none may lock the reader out. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDatabase } from '../../server/database/open.ts';
import { soak } from '../../server/testing.ts';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import type { Letter } from '../testing/mailbox.ts';
import { ask, doorButton, goThroughDoor } from '../testing/steps.ts';
import type { Website } from '../testing/website.ts';

let journey: Journey;
let site: Website;
before(async () => {
  journey = await startJourney();
  site = await journey.website('plain-html');
});
after(() => journey.close());

async function render(link: string, then?: (page: import('playwright-core').Page) => Promise<unknown>): Promise<string> {
  const context = await journey.profile();
  const page = await context.newPage();
  await page.goto(link).catch(() => undefined);
  await page.waitForTimeout(300);
  await then?.(page);
  const text = await page.evaluate(() => document.documentElement.outerHTML).catch(() => '');
  await context.close();
  return text;
}
const clickEverything = async (page: import('playwright-core').Page) => {
  for (let round = 0; round < 3; round++)
    for (const control of await page.locator('button, a, input, select, [role=button]').all()) await control.click({ timeout: 400, noWaitAfter: true }).catch(() => undefined);
  await page.waitForTimeout(700);
};

/** How scanners behave: from a plain HEAD to a browser that presses everything. */
const scanners: Record<string, (link: string) => Promise<unknown>> = {
  'HEAD': (link) => fetch(link, { method: 'HEAD' }),
  'GET': (link) => fetch(link),
  'GET without the fragment': (link) => fetch(link.split('#')[0]!),
  'GET with the fragment as a path': (link) => fetch(link.replace('#', '/')),
  'two at once': (link) => Promise.all([fetch(link), fetch(link)]),
  'POST to the page': (link) => fetch(link, { method: 'POST', body: 'x' }),
  'a browser that renders': (link) => render(link),
  'a browser that renders twice': (link) => Promise.all([render(link), render(link)]),
  'a browser that clicks everything': (link) => render(link, clickEverything),
  'a browser that clicks and comes back': async (link) => {
    await render(link, clickEverything);
    await render(link, clickEverything);
  },
};

async function facts() {
  const database = await openDatabase(journey.databaseUrl);
  try {
    return {
      sessions: await database.db.selectFrom('sessions').selectAll().execute(),
      uses: (await database.db.selectFrom('links').select('uses').execute()).reduce((sum, link) => sum + link.uses, 0),
    };
  } finally {
    await database.close();
  }
}

for (const [name, scan] of Object.entries(scanners))
  test(`${name}: gets no session from a sign-in link, and the person still gets in`, async () => {
    for (let round = 0; round < Math.max(1, soak(10)); round++) {
      const email = `${name.replace(/\W+/g, '-').toLowerCase()}-${round}@example.com`;
      await makeHousehold(journey, email);
      const context = await journey.profile();
      const page = await context.newPage();
      await page.goto(`${site.origin}/`);
      await ask(page, email);
      const letter: Letter = await journey.mailbox.next(email);
      const before = await facts();
      await scan(letter.link);
      const scanned = await facts();
      assert.equal(scanned.sessions.length, before.sessions.length, 'the scanner has no session');
      const tab = await context.newPage();
      await goThroughDoor(tab, letter, site.origin);
      await shows(tab, 'Water heater replacement');
      await context.close();
    }
  });

for (const [name, scan] of Object.entries(scanners).filter(([name]) => !name.includes('clicks')))
  test(`${name}: an access link shows nothing of the customer and counts nothing before a click`, async () => {
    const email = `access-${name.replace(/\W+/g, '-').toLowerCase()}@example.com`;
    const { contactId } = await makeHousehold(journey, email);
    const { url, id } = await journey.office<{ url: string; id: string }>('POST', '/access-links', { contactId });
    const before = await facts();
    await scan(url);
    const seen = await render(url);
    for (const personal of ['Maria', email, 'Pine Street', 'heater']) assert.ok(!seen.includes(personal), `the door shows ${personal}`);
    const scanned = await facts();
    assert.equal(scanned.uses, before.uses);
    assert.equal((await journey.office<{ uses: number }>('GET', `/links/${id}`)).uses, 0);
    const context = await journey.profile();
    const page = await context.newPage();
    await page.goto(url);
    await doorButton(page).click();
    await shows(page, 'Water heater replacement');
    assert.equal((await journey.office<{ uses: number }>('GET', `/links/${id}`)).uses, 1);
    await context.close();
  });
