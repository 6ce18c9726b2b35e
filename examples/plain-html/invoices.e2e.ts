import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { today } from '../../server/platform/calendar.ts';
import { mailDocument } from '../testing/documents.ts';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import { goThroughDoor, signIn } from '../testing/steps.ts';
import type { Website } from '../testing/website.ts';

let journey: Journey;
let site: Website;
before(async () => {
  journey = await startJourney();
  site = await journey.website('plain-html');
});
after(() => journey.close());

/** A day is the account's, which may still be in yesterday. */
const accountZone = 'America/New_York';
let people = 0;
const someone = async () => {
  const email = `payer${++people}@example.com`;
  return { email, ...(await makeHousehold(journey, email)) };
};
const bill = async (jobId: string, more: object = {}) => (await journey.office<{ id: string }>('POST', '/invoices', { jobId, fromCharges: 'rest', ...more })).id;

test('detailed shows every line, a summary none: on the page, and in the file', async () => {
  const { email, jobId } = await someone();
  const detailed = await bill(jobId, { otherWaysToPay: 'By check to Acme, PO box 12.' });
  await mailDocument(journey, 'invoices', detailed);
  const context = await journey.profile();
  const page = await context.newPage();
  await goThroughDoor(page, await journey.mailbox.next(email), site.origin);
  await shows(page, '50 gallon heater');
  await shows(page, 'By check to Acme, PO box 12.');
  await shows(page, '$1,899.00');

  const other = await someone();
  await mailDocument(journey, 'invoices', await bill(other.jobId, { presentation: 'summary' }));
  const elsewhere = await journey.profile();
  const tab = await elsewhere.newPage();
  await goThroughDoor(tab, await journey.mailbox.next(other.email), site.origin);
  await shows(tab, '$1,899.00');
  assert.equal(await tab.getByText('50 gallon heater').count(), 0);
  await context.close();
  await elsewhere.close();
});

test('open invoices of all the person’s customers: filter, select all, the sum; paid ones leave the list', async () => {
  const { email, customerId, contactId, jobId } = await someone();
  const { id: branch } = await journey.office<{ id: string }>('POST', '/customers', { name: 'Branch office', parentId: customerId });
  const { id: addressId } = await journey.office<{ id: string }>('POST', '/addresses', { customerId: branch, line1: '9 Church Street', city: 'Decatur', region: 'GA' });
  const { id: second } = await journey.office<{ id: string }>('POST', '/jobs', { customerId: branch, addressId, service: 'Sewer camera', poNumber: 'PO-88' });
  await journey.office('POST', '/charges', { jobId: second, description: 'Camera', unitPrice: 30_000 });
  for (const job of [jobId, second]) await journey.office('POST', `/invoices/${await bill(job)}/send`, { contactId });
  const context = await journey.profile({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await signIn(journey, page, `${site.origin}/`, email);
  await page.getByRole('link', { name: 'Open invoices' }).click();
  await shows(page, 'Sewer camera');
  await shows(page, 'PO PO-88');
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await shows(page, '2 selected: $2,199.00');
  await page.getByLabel('Search invoices').fill('church');
  await shows(page, /1 invoice found/);
  await page.getByRole('link', { name: /Sewer camera/ }).click();
  await shows(page, '9 Church Street');

  await journey.office('POST', '/payments', { jobId: second, receivedOn: today(accountZone), method: 'check', amount: 30_000, reference: '1042' });
  await page.reload();
  await shows(page, 'Paid');
  await page.getByRole('link', { name: 'Open invoices' }).click();
  // The list is as it was left, filter and all: what was found there is paid.
  await shows(page, /No invoice matches/);
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.getByText('Water heater replacement').first().waitFor();
  assert.equal(await page.getByText('Sewer camera').filter({ visible: true }).count(), 0);
  await context.close();
});

test('a statement adds up on the page, and comes as PDF and CSV', async () => {
  const { email, contactId, jobId } = await someone();
  await journey.office('POST', `/invoices/${await bill(jobId)}/send`, { contactId });
  await journey.office('POST', '/payments', { jobId, receivedOn: today(accountZone), method: 'cash', amount: 50_000 });
  const context = await journey.profile();
  const page = await context.newPage();
  await signIn(journey, page, `${site.origin}/`, email);
  await page.getByRole('link', { name: 'Open invoices' }).click();
  await page.getByRole('link', { name: 'Statement' }).or(page.getByRole('button', { name: 'Statement' })).first().click();
  await page.getByRole('heading', { name: 'Statement' }).waitFor();
  await shows(page, '$1,399.00');
  for (const [button, begins] of [['Download PDF', '%PDF-'], ['Download CSV', '\ufeff']] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
    const text = readFileSync((await download.path())!, 'utf8');
    assert.ok(text.startsWith(begins), text.slice(0, 20));
    if (button.endsWith('CSV')) assert.match(text, /-500\.00/);
  }
  await context.close();
});

test('printed, an invoice stands alone on its sheets: nothing of the website, no buttons', async () => {
  const { email, jobId } = await someone();
  await mailDocument(journey, 'invoices', await bill(jobId));
  const context = await journey.profile({ viewport: { width: 1024, height: 800 } });
  const page = await context.newPage();
  await goThroughDoor(page, await journey.mailbox.next(email), site.origin);
  await shows(page, '50 gallon heater');
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await page.getByRole('button', { name: 'Print' }).click();
  await page.emulateMedia({ media: 'print' });
  const visible = await page.evaluate(() => {
    const shown: string[] = [];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.matches('button, a.button, header, footer, nav, h1') && element.checkVisibility({ visibilityProperty: true })) shown.push(element.outerHTML.slice(0, 80));
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return shown;
  });
  assert.deepEqual(visible, []);
  await shows(page, '50 gallon heater');
  const folder = process.env['PICTURES'] ?? mkdtempSync(join(tmpdir(), 'customer-center-print-'));
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, 'invoice-print.png'), fullPage: true });
  const pdf = await page.pdf();
  writeFileSync(join(folder, 'invoice-print.pdf'), pdf);
  assert.equal((pdf.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length, 1, 'one sheet');
  await context.close();
});
