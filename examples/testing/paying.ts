/** Paying as a person does it, in the form that stands in for Stripe's. */
import type { Page } from 'playwright-core';
import { draftEstimate, mailDocument } from './documents.ts';
import { makeHousehold, type Journey } from './journey.ts';

/** The button that says how much it charges. */
export const payButton = (page: Page) => page.getByRole('link', { name: /^Pay \$/ }).filter({ visible: true }).first();

/** Types a card; any future date and any three digits go with it. */
export async function typeCard(page: Page, number = '4242424242424242'): Promise<void> {
  await page.getByTestId('stripe-card-number').fill(number);
  await page.getByTestId('stripe-expiry').fill('12 / 40');
  await page.getByTestId('stripe-cvc').fill('123');
}

/** Chooses a bank account in place of a card. */
export async function typeBank(page: Page, account: string): Promise<void> {
  await page.getByTestId('stripe-method-bank').check();
  await page.getByTestId('stripe-routing').fill('110000000');
  await page.getByTestId('stripe-account-number').fill(account);
}

/** Presses the button once Stripe's form is there. */
export async function pay(page: Page): Promise<void> {
  await page.locator('[part~=button][aria-disabled=false]').filter({ hasText: /^\s*Pay/ }).filter({ visible: true }).first().click();
}

/** Goes from an invoice to its pay view. */
export async function toPay(page: Page): Promise<void> {
  await payButton(page).click();
  await page.getByText('How do you want to pay?').waitFor();
}

/** A household with so many invoices that were sent, each of 100 dollars more. */
export async function makeBills(journey: Journey, email: string, count = 1): Promise<{ customerId: string; contactId: string; invoices: { id: string; number: string }[] }> {
  const { customerId, contactId } = await makeHousehold(journey, email);
  const invoices: { id: string; number: string }[] = [];
  for (let index = 1; index <= count; index++) {
    const { id: jobId } = await journey.office<{ id: string }>('POST', '/jobs', { customerId, contactId, service: `Repair ${index}` });
    await journey.office('POST', '/charges', { jobId, description: `Work ${index}`, unitPrice: index * 10_000 });
    const { id } = await journey.office<{ id: string }>('POST', '/invoices', { jobId, fromCharges: 'rest' });
    const { invoice } = await journey.office<{ invoice: { number: string } }>('POST', `/invoices/${id}/send`, {});
    invoices.push({ id, number: invoice.number });
  }
  return { customerId, contactId, invoices };
}

/** An estimate with a deposit of a quarter, by e-mail. */
export async function mailEstimate(journey: Journey, email: string): Promise<string> {
  const { jobId } = await makeHousehold(journey, email);
  const estimate = await draftEstimate(journey, jobId);
  await mailDocument(journey, 'estimates', estimate);
  return estimate;
}
