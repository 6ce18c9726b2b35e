import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { draftEstimate, heater, mailDocument } from '../testing/documents.ts';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import { complaintsOf, goThroughDoor } from '../testing/steps.ts';
import type { Website } from '../testing/website.ts';

let journey: Journey;
let site: Website;
before(async () => {
  journey = await startJourney();
  site = await journey.website('plain-html');
});
after(() => journey.close());

let people = 0;
const someone = async (language?: string) => {
  const email = `reader${++people}@example.com`;
  const household = await makeHousehold(journey, email);
  if (language) await journey.office('PATCH', `/contacts/${household.contactId}`, { language });
  return { email, ...household };
};
/** The next letter with such a subject; others to the same person are passed over. */
async function letterTo(email: string, subject: RegExp) {
  for (;;) {
    const letter = await journey.mailbox.next(email);
    if (subject.test(letter.subject)) return letter;
  }
}
/** The total that a reader of the estimate is told. */
const total = (page: Page, amount: string) => page.getByText(amount).filter({ visible: true }).first().waitFor();
/** Moves the focus forward until it is where it is wanted, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < 80; steps += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the focus never got there');
}
/** No name of a sentence stands where its words should, whatever was loaded before. */
async function readsAsWords(page: Page): Promise<void> {
  const text = await page.locator('cc-view-estimate, cc-view-invoice').first().evaluate((view) => (view as HTMLElement).shadowRoot!.textContent ?? '');
  assert.doesNotMatch(text, /\b(paper|document|estimate|invoice|story|job|shell|status)\.[a-z]/);
}
async function saved(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync((await download.path())!);
}

test('by e-mail, through the door, to a choice and an approval by keyboard with a typed name; certificate, and the office’s inbox', async () => {
  const { email, jobId } = await someone();
  const estimate = await draftEstimate(journey, jobId);
  await mailDocument(journey, 'estimates', estimate);
  const letter = await letterTo(email, /^Estimate \d+ from Acme/);
  const context = await journey.profile();
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await goThroughDoor(page, letter, site.origin);
  // 392.00 + 2,389.00 · 1.08
  await total(page, '$2,972.12');
  await readsAsWords(page);

  const best = page.getByRole('radio', { name: /Best/ });
  await tabTo(page, page.getByRole('radio', { name: /Better/ }));
  await page.keyboard.press('ArrowDown');
  assert.equal(await best.isChecked(), true);
  await tabTo(page, page.getByRole('checkbox', { name: /Expansion tank/ }));
  await page.keyboard.press('Space');
  await total(page, '$4,317.80');
  await tabTo(page, page.getByRole('button', { name: 'Approve' }).first());
  await page.keyboard.press('Enter');
  const name = page.getByLabel('Your name', { exact: true });
  await tabTo(page, name);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Maria O’Brien-Lin');
  await page.keyboard.press('Enter');
  await shows(page, 'Approved by Maria O’Brien-Lin');
  await shows(page, '$1,079.45');

  const certificate = await saved(page, () => page.getByRole('button', { name: 'Download the certificate' }).click());
  assert.equal(certificate.subarray(0, 5).toString(), '%PDF-');
  const file = await saved(page, () => page.getByRole('button', { name: 'Download', exact: true }).click());
  assert.equal(file.subarray(0, 5).toString(), '%PDF-');

  const [item] = (await journey.office<{ items: { kind: string; text: string; document: { kind: string; id: string } }[] }>('GET', '/inbox')).items;
  assert.equal(item?.kind, 'estimateApproved');
  assert.match(item.text, /approved estimate \d+ \(\$4,317\.80\)/);
  assert.deepEqual([item.document.kind, item.document.id], ['estimate', estimate]);
  await letterTo('office@acme.example', /approved/i);
  await letterTo(email, /approved/i);
  const { versions, decision } = await journey.office<{ versions: { opened: { name: string }[]; notices: { handedOverAt: string | null }[] }[]; decision: { by: string } }>('GET', `/estimates/${estimate}`);
  assert.equal(versions[0]!.opened.length, 1);
  assert.ok(versions[0]!.notices[0]!.handedOverAt, 'handed to the transport');
  assert.equal(decision.by, 'Maria O’Brien-Lin');
  assert.deepEqual(complaints, []);
  assert.ok(!journey.log().includes('/d/acct_'), 'no ticket in the log');
  await context.close();
});

test('a remark on a line, a revision, the difference, and the approval of the new version', async () => {
  const { email, jobId } = await someone();
  const estimate = await draftEstimate(journey, jobId);
  await mailDocument(journey, 'estimates', estimate);
  const context = await journey.profile({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await goThroughDoor(page, await letterTo(email, /^Estimate/), site.origin);
  await page.getByRole('button', { name: 'Ask for a change' }).first().click();
  await page.getByRole('button', { name: 'Remark: Labor' }).click();
  await page.keyboard.type('Can one person do it?');
  // A reload in the middle loses nothing.
  await page.reload();
  await page.getByLabel(/Remark: Labor/).filter({ visible: true }).waitFor();
  assert.equal(await page.getByLabel(/Remark: Labor/).inputValue(), 'Can one person do it?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await shows(page, 'You asked for a change');
  const { remarks } = await journey.office<{ remarks: { id: string; text: string; lineId: string }[] }>('GET', `/estimates/${estimate}`);
  assert.deepEqual(remarks.map(({ lineId, text }) => [lineId, text]), [['labor', 'Can one person do it?']]);

  await journey.office('POST', `/estimates/${estimate}/remarks/${remarks[0]!.id}/answer`, { answer: 'Yes, in three hours.' });
  await journey.office('PATCH', `/estimates/${estimate}`, { lines: heater.lines.map((line) => (line.id === 'labor' ? { ...line, quantity: '3' } : line)) });
  // The old version is still on the screen: approving it is refused, and the new one shows with what changed.
  await mailDocument(journey, 'estimates', estimate, { note: 'One person, three hours.' });
  await page.getByRole('radio', { name: /Good/ }).check();
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByRole('button', { name: 'Approve', exact: true }).last().click();
  await shows(page, 'This estimate has changed meanwhile');
  await shows(page, 'What changed since version 1');
  await shows(page, 'Yes, in three hours.');
  await shows(page, 'One person, three hours.');
  assert.equal(await page.getByRole('radio', { name: /Good/ }).isChecked(), true, 'the choice on a line that stayed survives');
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByRole('button', { name: 'Approve', exact: true }).last().click();
  await shows(page, /Approved by/);
  await context.close();
});

test('a colleague opens a link that was sent on, in another browser, and approves with a drawn signature', async () => {
  const { email, jobId } = await someone();
  await mailDocument(journey, 'estimates', await draftEstimate(journey, jobId));
  const context = await journey.profile();
  const page = await context.newPage();
  await goThroughDoor(page, await letterTo(email, /^Estimate/), site.origin);
  await page.getByRole('button', { name: 'Send it on' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Dr. Lin');
  await page.getByLabel(/E-mail address/).fill('dr.lin@example.com');
  await page.getByRole('checkbox', { name: /approve or decline/ }).check();
  await page.getByRole('button', { name: 'Send the link' }).click();
  await shows(page, /on its way/);
  const letter = await letterTo('dr.lin@example.com', /estimate/i);
  assert.ok(!letter.text.includes('Dr. Lin'), 'what was typed does not travel');

  const other = await journey.profile();
  const tab = await other.newPage();
  await goThroughDoor(tab, letter, site.origin);
  await total(tab, '$2,972.12');
  assert.equal(await tab.getByRole('button', { name: 'All my jobs' }).count(), 0);
  assert.equal(await tab.getByRole('button', { name: 'Send it on' }).count(), 0);
  await tab.getByRole('button', { name: 'Approve' }).first().click();
  await tab.getByLabel('Your name', { exact: true }).fill('Dr. Lin');
  await tab.getByRole('radio', { name: 'Draw it' }).check();
  const pad = tab.locator('cc-drawing-pad canvas');
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await tab.mouse.move(box.x + 30, box.y + box.height / 2);
  await tab.mouse.down();
  for (const [x, y] of [[60, 20], [90, -20], [130, 15], [170, -10]] as const) await tab.mouse.move(box.x + x, box.y + box.height / 2 + y, { steps: 5 });
  await tab.mouse.up();
  await tab.getByRole('button', { name: 'Approve', exact: true }).last().click();
  await shows(tab, 'Approved by Dr. Lin');

  // The sender sees that the link was opened, and ends it: the colleague's page is closed at once.
  await page.reload();
  await shows(page, 'Approved by Dr. Lin');
  await page.getByRole('button', { name: 'Send it on' }).click();
  await shows(page, /opened 1 time/);
  await page.getByRole('button', { name: 'End link' }).first().click();
  await page.getByRole('button', { name: 'End link' }).last().click();
  await shows(page, /no longer works/);
  await tab.reload();
  await tab.getByLabel('E-mail address').waitFor();
  await context.close();
  await other.close();
});

test('from the estimate to all jobs with a code, to the same place', async () => {
  const { email, jobId } = await someone();
  await mailDocument(journey, 'estimates', await draftEstimate(journey, jobId));
  const context = await journey.profile();
  const page = await context.newPage();
  await goThroughDoor(page, await letterTo(email, /^Estimate/), site.origin);
  await total(page, '$2,972.12');
  await page.getByRole('button', { name: 'All my jobs' }).click();
  const letter = await letterTo(email, /^\d{6} /);
  await page.getByLabel('6-digit code').fill(letter.code!);
  await page.getByRole('link', { name: 'Work history' }).first().waitFor();
  await total(page, '$2,972.12');
  await page.getByRole('link', { name: 'Work history' }).first().click();
  await page.getByRole('heading', { name: 'Work history' }).waitFor();
  await page.getByRole('link', { name: /View estimate/ }).first().click();
  await total(page, '$2,972.12');
  await context.close();
});

test('where the contractor asks for a code, approving needs it', async () => {
  const { email, jobId } = await someone();
  await journey.office('PATCH', '/account', { approvalVerification: 'code' });
  await mailDocument(journey, 'estimates', await draftEstimate(journey, jobId, { termsRequired: true }));
  const context = await journey.profile();
  const page = await context.newPage();
  await goThroughDoor(page, await letterTo(email, /^Estimate/), site.origin);
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByRole('button', { name: 'Send me the code' }).click();
  // The terms come first: the first error has the focus.
  await shows(page, 'Tick this to approve');
  await page.getByRole('checkbox', { name: 'I accept the terms' }).check();
  await page.getByRole('button', { name: 'Send me the code' }).click();
  const letter = await letterTo(email, /^\d{6} /);
  await page.getByLabel(/6-digit code/).fill(letter.code!);
  await page.getByRole('button', { name: 'Approve', exact: true }).last().click();
  await shows(page, /Approved by/);
  await journey.office('PATCH', '/account', { approvalVerification: 'none' });
  await context.close();
});

test('the whole of it in Spanish', async () => {
  const { email, jobId } = await someone('es');
  const estimate = await draftEstimate(journey, jobId);
  await mailDocument(journey, 'estimates', estimate);
  const letter = await journey.mailbox.next(email);
  assert.match(letter.subject, /^Presupuesto \d+ de Acme/);
  const context = await journey.profile({ locale: 'es-US', viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await goThroughDoor(page, letter, site.origin);
  await total(page, '$2,972.12');
  await page.getByRole('radio', { name: /Best/ }).check();
  await page.getByRole('button', { name: 'Aprobar' }).first().click();
  await page.getByRole('button', { name: 'Aprobar', exact: true }).last().click();
  await shows(page, /Aprobado por Maria O’Brien/);
  const text = await page.locator('customer-center').evaluate((center) => (center as HTMLElement).shadowRoot!.textContent ?? '');
  assert.ok(!/Approve|Download|Deposit/.test(text), 'no English is left');
  await context.close();
});
