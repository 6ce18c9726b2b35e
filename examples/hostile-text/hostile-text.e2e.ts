/** Scripts, markup, bidirectional controls and formulas in every text field: nothing runs, nothing is fetched, everything is text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { soak } from '../../server/testing.ts';
import { shows, startJourney, type Journey } from '../testing/journey.ts';
import { payloads } from '../testing/payloads.ts';
import { goThroughDoor } from '../testing/steps.ts';
import type { Website } from '../testing/website.ts';

const COUNT = soak(500);
/** Lines of one document; every payload stands in one, as description and as details. */
const LINES = 50;

let journey: Journey;
let site: Website;
before(async () => {
  journey = await startJourney();
  site = await journey.website('hostile-text');
});
after(() => journey.close());

/** A page that tells when a text has become a script, a dialog, or a request to anywhere but us and the website. */
async function watched(context: BrowserContext, escapes: string[]): Promise<Page> {
  const page = await context.newPage();
  await page.exposeFunction('pwned', (number: number) => void escapes.push(`ran ${number}`));
  page.on('dialog', (dialog) => {
    escapes.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && hostname !== 'localhost' && hostname !== '127.0.0.1') escapes.push(`asked for ${request.url()}`);
  });
  page.on('popup', () => void escapes.push('a window opened'));
  return page;
}

interface Told {
  email: string;
  estimate: string;
  invoice: string;
}

/** One household whose every field is a payload, with an estimate and an invoice of as many lines as there are texts. */
async function tell(texts: string[], batch: number): Promise<Told> {
  let next = batch;
  const text = (most = 200) => texts[next++ % texts.length]!.slice(0, most);
  const make = async (path: string, body: object) => (await journey.office<{ id: string }>('POST', path, body)).id;
  const email = `hostile${batch}@example.com`;
  const customerId = await make('/customers', { name: text(), company: true, billingAddress: text() });
  const contactId = await make('/contacts', { customerId, name: text(), email });
  const addressId = await make('/addresses', { customerId, name: text(100), line1: text(), line2: text(), city: text(100), region: text(100), postalCode: text(20) });
  const jobId = await make('/jobs', { customerId, addressId, contactId, service: text(), scope: text(), technician: text(100), poNumber: text(50), status: 'complete' });
  await make('/notes', { jobId, author: text(100), body: text(), shared: true });
  const lines = texts.map((each, index) => ({
    description: each, details: `${each}\n${text()}`, unit: text(20), unitPrice: 100 + index, taxes: ['tax'], ...(index < 3 ? { group: 'group' } : index < 6 ? { optional: true } : {}),
  }));
  for (const [position, each] of texts.slice(0, 5).entries()) await make('/charges', { jobId, position, description: each, details: each, unit: text(20), unitPrice: 1000 });
  const more = { title: text(), taxes: [{ key: 'tax', name: text(60), percent: '8' }], terms: text() };
  const estimate = await make('/estimates', { jobId, ...more, lines, groups: [{ key: 'group', name: text(100) }] });
  const invoice = await make('/invoices', { jobId, ...more, lines: lines.map(({ description, details, unit, unitPrice, taxes }) => ({ description, details, unit, unitPrice, taxes })), otherWaysToPay: text(), poNumber: text(50) });
  await journey.office('POST', `/estimates/${estimate}/send`, { channels: ['email'], note: text() });
  await journey.office('POST', `/invoices/${invoice}/send`, { channels: ['email'], note: text() });
  await make('/payments', { jobId, receivedOn: new Date().toISOString().slice(0, 10), method: 'check', amount: 500, reference: text(100) });
  return { email, estimate, invoice };
}

/** What a PDF holds, its compressed parts unpacked. */
function unpacked(pdf: Buffer): string {
  let text = pdf.toString('latin1');
  for (const match of text.matchAll(/stream\r?\n/g)) {
    try {
      text += inflateSync(pdf.subarray(match.index + match[0].length)).toString('latin1');
    } catch {
      // A font or picture; what it holds is no command.
    }
  }
  return text;
}

async function fileOf(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button, exact: true }).first().click()]);
  return readFileSync((await download.path())!);
}

const bare = (text: string) => text.replace(/[\p{Cf}\p{M}]/gu, '').replace(/\s+/g, ' ').trim();

test(`${COUNT} hostile texts in every field: nothing runs and nothing is fetched, in the widget, mails, PDF and CSV`, async () => {
  const all = payloads(COUNT);
  for (let start = 0; start < all.length; start += LINES) {
    const texts = all.slice(start, start + LINES);
    const { email, estimate, invoice } = await tell(texts, start);
    const context = await journey.profile();
    const escapes: string[] = [];
    const page = await watched(context, escapes);
    const letters = [await journey.mailbox.next(email), await journey.mailbox.next(email)];

    // The mails, shown by a program that runs whatever it finds.
    for (const letter of letters) {
      await page.setContent(letter.html, { waitUntil: 'load' });
      assert.equal(await page.locator('script, img, iframe, form, svg, object, base, link, video').count(), 0, letter.subject);
      assert.equal(letter.mail.headerLines.filter((line) => line.key === 'subject').length, 1);
      assert.doesNotMatch(letter.subject, /[\r\n\u202A-\u202E\u2066-\u2069]/);
      for (const link of await page.locator('a').evaluateAll((found) => found.map((each) => (each as HTMLAnchorElement).href))) assert.match(link, /^(http:\/\/localhost:\d+\/go\/acme#|tel:|mailto:)/);
    }
    const [toEstimate, toInvoice] = [letters.find((letter) => /^Estimate/.test(letter.subject))!, letters.find((letter) => !/^Estimate/.test(letter.subject))!];

    // The estimate: every line is there, word for word.
    await goThroughDoor(page, toEstimate, site.origin);
    await page.getByRole('button', { name: 'Approve' }).first().waitFor();
    const shown = bare(await page.locator('cc-view-estimate').evaluate((view) => (view as HTMLElement).shadowRoot!.textContent ?? ''));
    for (const text of texts) assert.ok(shown.includes(bare(text)), `not shown as it is: ${text}`);
    const pdf = unpacked(await fileOf(page, 'Download'));
    assert.doesNotMatch(pdf, /\/(URI|JS|JavaScript|Launch|OpenAction|AA|EmbeddedFile|SubmitForm|GoToR)\b/);
    await page.getByRole('button', { name: 'Ask for a change' }).first().click();
    await page.getByLabel('What should be different?').fill(texts[0]!);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await shows(page, 'You asked for a change');
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Approve' }).first().click();
    await page.getByLabel('Your name', { exact: true }).fill(texts[1]!.slice(0, 100));
    await page.getByRole('button', { name: 'Approve', exact: true }).last().click();
    await shows(page, /Approved by/);
    assert.doesNotMatch(unpacked(await fileOf(page, 'Download the certificate')), /\/(URI|JS|JavaScript|Launch|OpenAction|AA|EmbeddedFile)\b/);
    const facts = await journey.office<{ decision: { by: string }; remarks: { text: string }[] }>('GET', `/estimates/${estimate}`);
    assert.deepEqual([facts.decision.by, facts.remarks[0]!.text], [texts[1]!.slice(0, 100).trim(), texts[0]!.trim()]);
    for (const letter of journey.mailbox.letters.filter((each) => each.to === 'office@acme.example')) assert.ok(!letter.html.includes(texts[1]!), 'no visitor’s text in a mail');

    // The invoice, and from there to everything: history, job, list of invoices, statement, CSV.
    const other = await journey.profile();
    const tab = await watched(other, escapes);
    await goThroughDoor(tab, toInvoice, site.origin);
    await tab.getByRole('button', { name: 'Print' }).waitFor();
    assert.doesNotMatch(unpacked(await fileOf(tab, 'Download')), /\/(URI|JS|JavaScript|Launch|OpenAction|AA)\b/);
    await other.close();
    const { url } = await journey.office<{ url: string }>('POST', '/access-links', { contactId: (await journey.office<{ items: { id: string }[] }>('GET', `/contacts?q=${email}`)).items[0]!.id });
    const whole = await journey.profile();
    const center = await watched(whole, escapes);
    await goThroughDoor(center, { link: url }, site.origin);
    await center.getByRole('heading', { name: 'Work history' }).waitFor();
    await center.getByRole('link', { name: 'Open invoices' }).click();
    await center.getByRole('checkbox', { name: 'Select all' }).waitFor();
    await center.getByRole('link', { name: 'Statement' }).or(center.getByRole('button', { name: 'Statement' })).first().click();
    const csv = (await fileOf(center, 'Download CSV')).toString('utf8');
    await whole.close();
    for (const cell of cellsOf(csv)) assert.ok(!/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) || /^-?\d+(\.\d+)?$/.test(cell), `a cell that a spreadsheet computes: ${cell}`);
    assert.ok(invoice.startsWith('inv_'));
    assert.deepEqual(escapes, []);
    await context.close();
  }
});

/** Cells of a CSV (RFC 4180). */
function cellsOf(csv: string): string[] {
  const cells = [...csv.replace(/^\uFEFF/, '').matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r\n|$)/g)].map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
  assert.ok(cells.length > 10);
  return cells;
}
