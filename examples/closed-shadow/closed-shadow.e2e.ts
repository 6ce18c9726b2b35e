import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ElementHandle, Page } from 'playwright-core';
import { mailDocument } from '../testing/documents.ts';
import { startJourney, type Journey } from '../testing/journey.ts';
import { makeBills, typeCard } from '../testing/paying.ts';
import { complaintsOf, goThroughDoor } from '../testing/steps.ts';

let journey: Journey;
before(async () => {
  journey = await startJourney({ paying: true });
});
after(() => journey.close());

/** Nothing outside sees into a closed root; the test keeps hold of it as it is made. */
const center = async (page: Page): Promise<ElementHandle> =>
  (await page.waitForFunction(() => (window as unknown as { closedRoot?: ShadowRoot }).closedRoot?.querySelector('customer-center'))).asElement()!;

test('in another component’s closed shadow root, under a strict policy, it pays; taken out and put back meanwhile as well', async () => {
  const site = await journey.website('closed-shadow');
  const email = 'maria@example.com';
  const { invoices } = await makeBills(journey, email);
  await mailDocument(journey, 'invoices', invoices[0]!.id);
  const context = await journey.profile();
  await context.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      const root = attach.call(this, init);
      if (init.mode === 'closed') Object.assign(window, { closedRoot: root });
      return root;
    };
  });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await goThroughDoor(page, await journey.mailbox.next(email), site.origin);
  const widget = await center(page);
  assert.equal(await page.evaluate(() => document.querySelector('my-account')!.shadowRoot), null, 'it is closed');
  await (await widget.waitForSelector('[role=link]:has-text("Pay $100.00")')).click();
  await page.getByTestId('stripe-card-number').waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('[data-testid=stripe-element]')!.getRootNode() === document), true, 'Stripe’s form stands in the page itself');
  await typeCard(page);

  await page.evaluate(() => (document.querySelector('my-account') as unknown as { reinsert(): void }).reinsert());
  await page.getByTestId('stripe-card-number').waitFor();
  assert.equal(await page.getByTestId('stripe-element').count(), 1, 'one form, made anew');
  assert.equal(await page.getByTestId('stripe-card-number').inputValue(), '');
  await typeCard(page);
  await (await widget.waitForSelector('button[aria-disabled=false]:has-text("Pay $100.00")')).click();
  await widget.waitForSelector('text=Thank you. $100.00 is paid.');
  assert.equal(await page.getByTestId('stripe-element').count(), 0, 'nothing of it stays behind');
  assert.deepEqual(await page.evaluate(() => (window as unknown as { violations: string[] }).violations), []);
  assert.deepEqual(complaints.filter((text) => !/401/.test(text)), []);
  await context.close();
});
