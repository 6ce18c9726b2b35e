import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import { buildReactExample } from './build.ts';

let journey: Journey;
before(async () => {
  await buildReactExample();
  journey = await startJourney();
});
after(() => journey.close());

test('in a React 19 app: properties and events reach the element and the app, and it may come and go', async () => {
  const website = await journey.website('react');
  const { contactId, jobId } = await makeHousehold(journey, 'react@example.com');
  const { url } = await journey.office<{ url: string }>('POST', '/access-links', { contactId });
  const page = await (await journey.profile()).newPage();
  const said = page.locator('.top [role="status"]');
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));

  await page.goto(website.origin);
  await said.getByText('Nobody is signed in.').waitFor();
  await page.goto(url);
  await page.locator('button').first().click();
  await said.getByText('A customer is signed in.').waitFor();

  await page.getByText('Water heater replacement').first().click();
  await said.getByText(`View: /jobs/${jobId}`).waitFor();

  const element = page.locator('customer-center');
  assert.equal(await element.getAttribute('color-scheme'), 'light');
  await page.getByRole('button', { name: 'Dark' }).click();
  assert.equal(await element.getAttribute('color-scheme'), 'dark');

  await page.getByRole('button', { name: 'Leave the account page' }).click();
  assert.equal(await element.count(), 0);
  await page.getByRole('button', { name: 'My account' }).click();
  await shows(page, 'Water heater replacement');
  await said.getByText('A customer is signed in.').waitFor();
  assert.deepEqual(errors, []);
});
