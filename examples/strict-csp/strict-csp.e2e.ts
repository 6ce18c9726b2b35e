import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import { complaintsOf, signIn } from '../testing/steps.ts';

let journey: Journey;
before(async () => {
  journey = await startJourney();
});
after(() => journey.close());

test('under a strict content security policy with Trusted Types, everything works and nothing is refused', async () => {
  await makeHousehold(journey, 'maria@example.com');
  const site = await journey.website('strict-csp');
  const context = await journey.profile();
  await context.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await signIn(journey, page, `${site.origin}/`, 'maria@example.com');
  await page.getByText('Water heater replacement').first().click();
  await shows(page, '412 Pine Street');
  await page.getByRole('tab', { name: 'Charges' }).click();
  await shows(page, '$1,899.00');
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByRole('tab', { name: 'Notas' }).waitFor();
  assert.deepEqual(await page.evaluate(() => (window as unknown as { violations: string[] }).violations), []);
  assert.deepEqual(complaints.filter((text) => !text.includes('401')), []);
  await context.close();
});
