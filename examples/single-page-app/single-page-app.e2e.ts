import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import { complaintsOf, signIn } from '../testing/steps.ts';
import type { Website } from '../testing/website.ts';

let journey: Journey;
let site: Website;
before(async () => {
  journey = await startJourney();
  site = await journey.website('single-page-app', { path: '/account' });
  await makeHousehold(journey, 'maria@example.com');
});
after(() => journey.close());

test('inside an app with its own router: leaving and coming back keeps the session, Back belongs to whoever made the step', async () => {
  const context = await journey.profile();
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await signIn(journey, page, `${site.origin}/account`, 'maria@example.com');
  await page.getByText('Water heater replacement').first().click();
  await shows(page, '412 Pine Street');
  assert.equal(new URL(page.url()).pathname, '/account');
  await page.getByRole('link', { name: 'About' }).click();
  await shows(page, 'About us');
  assert.equal(new URL(page.url()).hash, '#team', 'the fragment stays the app’s');
  await page.goBack();
  await shows(page, 'Water heater replacement');
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('link', { name: 'My account' }).click();
  await page.getByRole('heading', { name: 'Work history' }).waitFor();
  assert.deepEqual(complaints.filter((text) => !text.includes('401')), []);
  await context.close();
});

test('removed and put back, and inside somebody else’s closed shadow root, it works on', async () => {
  const context = await journey.profile();
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await signIn(journey, page, `${site.origin}/account`, 'maria@example.com');
  await page.evaluate(() => {
    const widget = document.querySelector('customer-center')!;
    widget.remove();
    document.body.append(widget);
  });
  await shows(page, 'Water heater replacement');
  const text = await page.evaluate(async () => {
    const widget = document.querySelector('customer-center')!;
    const host = document.createElement('div');
    document.body.append(host);
    const root = host.attachShadow({ mode: 'closed' });
    root.append(widget);
    for (let waited = 0; waited < 100; waited++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const deep = (node: ParentNode): string => [...node.querySelectorAll('*')].map((element) => (element.shadowRoot ? deep(element.shadowRoot) : '')).join('') + (node.textContent ?? '');
      const seen = deep(widget.shadowRoot!);
      if (seen.includes('Water heater replacement')) return seen;
    }
    return '';
  });
  assert.match(text, /Water heater replacement/);
  assert.deepEqual(complaints.filter((line) => !line.includes('401')), []);
  await context.close();
});

test('in a frame of another origin it leads to the hosted page instead', async () => {
  const context = await journey.profile();
  const page = await context.newPage();
  const outer = await journey.website('plain-html', { listed: false });
  await page.goto(`${outer.origin}/`);
  await page.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    frame.width = '800';
    frame.height = '600';
    document.body.append(frame);
  }, `${site.origin.replace('127.0.0.1', 'localhost')}/account`);
  const frame = page.frameLocator('iframe');
  const link = frame.locator('customer-center a[href*="/c/acme"]:visible').first();
  await link.waitFor();
  assert.equal(await link.getAttribute('target'), '_blank');
  await context.close();
});

test('on a website that is not listed: a way on for the customer, an explanation for the owner, a sighting for the office', async () => {
  const context = await journey.profile();
  const page = await context.newPage();
  const warnings: string[] = [];
  page.on('console', (message) => void (message.type() === 'warning' && warnings.push(message.text())));
  const outer = await journey.website('plain-html', { listed: false });
  await page.goto(`${outer.origin}/`);
  await page.locator('customer-center a[href*="/c/acme"]:visible').first().waitFor();
  await page.locator('a[href="tel:+14045550142"]:visible').first().waitFor();
  assert.ok(warnings.some((text) => text.includes(outer.origin)), warnings.join('\n'));
  const { items } = await journey.office<{ items: { origin: string }[] }>('GET', '/sightings');
  assert.ok(items.some((item) => item.origin === outer.origin));
  await context.close();
});
