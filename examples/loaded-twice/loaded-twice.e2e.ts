import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import { ask, complaintsOf, goThroughDoor } from '../testing/steps.ts';

let journey: Journey;
before(async () => {
  journey = await startJourney();
});
after(() => journey.close());

test('the script loaded twice, once with ?ver=, is one widget with one session', async () => {
  const email = 'maria@example.com';
  await makeHousehold(journey, email);
  const site = await journey.website('loaded-twice');
  const context = await journey.profile();
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const scripts: string[] = [];
  page.on('request', (request) => void (request.resourceType() === 'script' && scripts.push(request.url())));
  await page.goto(`${site.origin}/`);
  await page.locator('customer-center').nth(1).getByRole('heading', { name: 'Iniciar sesión' }).waitFor();
  await ask(page, email);
  await goThroughDoor(page, await journey.mailbox.next(email), site.origin);
  await page.locator('customer-center').first().getByRole('heading', { name: 'Work history' }).waitFor();
  await page.locator('customer-center').nth(1).getByRole('heading', { name: 'Historial de trabajos' }).waitFor();
  await shows(page, 'Water heater replacement');
  const chunks = scripts.filter((url) => url.includes('/chunks/'));
  const fetched = chunks.map((url) => url.split('?')[0]);
  assert.ok(chunks.every((url) => !url.includes('?')), 'chunks have one address');
  assert.ok(fetched.length > 0);
  assert.deepEqual(complaints.filter((text) => !text.includes('401')), []);
  await context.close();
});
