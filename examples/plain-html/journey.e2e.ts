import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import { ask, complaintsOf, doorButton, goThroughDoor, signIn } from '../testing/steps.ts';
import type { Website } from '../testing/website.ts';

let journey: Journey;
let site: Website;
before(async () => {
  journey = await startJourney();
  site = await journey.website('plain-html');
});
after(() => journey.close());

let people = 0;
const someone = async () => {
  const email = `person${++people}@example.com`;
  return { email, ...(await makeHousehold(journey, email)) };
};

test('from the contractor’s page over a real mail and the door back to that page, to the history and a job', async () => {
  const { email } = await someone();
  const context = await journey.profile();
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(`${site.origin}/`);
  await ask(page, email);
  const letter = await journey.mailbox.next(email);
  assert.match(letter.subject, /^\d{6} /, 'the code comes first');
  assert.deepEqual(letter.mail.from?.value[0], { name: 'Acme Plumbing & Heating', address: 'notices@center.example' });

  // In a new tab of the same browser, as a mail program opens it.
  const tab = await context.newPage();
  await goThroughDoor(tab, letter, site.origin);
  await shows(tab, 'Water heater replacement');
  assert.ok(!tab.url().includes('cc='), 'the handoff has left the address');
  await tab.getByText('Water heater replacement').first().click();
  await shows(tab, '412 Pine Street');
  await shows(tab, /Replace the 50 gallon heater/);
  await tab.getByRole('tab', { name: 'Charges' }).click();
  await shows(tab, '$1,899.00');
  await tab.getByRole('tab', { name: 'Notes' }).click();
  await shows(tab, 'Please keep the garage clear.');
  assert.equal(await tab.getByText('Dog bites.').count(), 0, 'a note that is not shared never leaves the office');

  // The tab that waited follows by itself.
  await page.getByRole('heading', { name: 'Work history' }).waitFor();
  assert.deepEqual(complaints, []);
  assert.ok(!journey.log().includes(letter.link.split('#')[1]!), 'no secret in the log');
  assert.ok(!journey.log().includes(email), 'no address in the log');
  await context.close();
});

test('on a phone: Back moves inside the center, reload and a discarded tab come back to the same place', async () => {
  const { email } = await someone();
  const context = await journey.profile({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await signIn(journey, page, `${site.origin}/`, email);
  const address = page.url();
  await page.getByText('Water heater replacement').first().click();
  await page.getByRole('tab', { name: 'Notes' }).click();
  await shows(page, 'Please keep the garage clear.');
  assert.equal(page.url(), address, 'the address stays the page’s own');
  await page.reload();
  await shows(page, 'Please keep the garage clear.');
  await page.goBack();
  await page.getByRole('heading', { name: 'Work history' }).waitFor();
  assert.equal(page.url(), address);

  // A tab that was thrown away comes back with its address, its history entry and its storage, and nothing else.
  await page.getByText('Water heater replacement').first().click();
  await shows(page, '412 Pine Street');
  await page.goto('about:blank');
  await page.goBack();
  await shows(page, '412 Pine Street');
  await shows(page, 'Water heater replacement');
  await context.close();
});

test('reload while waiting for the mail keeps waiting, and the code can still be typed', async () => {
  const { email } = await someone();
  const context = await journey.profile();
  const page = await context.newPage();
  await page.goto(`${site.origin}/`);
  await ask(page, email);
  const letter = await journey.mailbox.next(email);
  await page.reload();
  await shows(page, 'Look in your e-mail');
  await page.getByLabel('6-digit code').fill(letter.code!);
  await page.getByRole('heading', { name: 'Work history' }).waitFor();
  await context.close();
});

test('the link opened in another browser asks for the code of the same mail', async () => {
  const { email } = await someone();
  const asking = await journey.profile();
  const page = await asking.newPage();
  await page.goto(`${site.origin}/`);
  await ask(page, email);
  const letter = await journey.mailbox.next(email);
  const other = await journey.profile();
  const tab = await other.newPage();
  await goThroughDoor(tab, letter, site.origin);
  await tab.getByLabel('6-digit code').fill('000000');
  await tab.getByText('That code is not right').waitFor();
  await tab.getByLabel('6-digit code').fill(letter.code!);
  await tab.getByRole('heading', { name: 'Work history' }).waitFor();
  await asking.close();
  await other.close();
});

test('an access link from the office opens the center; revoking it ends the open session within a second', async () => {
  const { email, contactId } = await someone();
  const { id } = await journey.office<{ id: string }>('POST', '/access-links', { contactId, send: 'email' });
  const context = await journey.profile();
  const page = await context.newPage();
  await goThroughDoor(page, await journey.mailbox.next(email), site.origin);
  await shows(page, 'Water heater replacement');
  await journey.office('DELETE', `/links/${id}`);
  await page.getByText('Water heater replacement').first().click();
  await page.getByLabel('E-mail address').waitFor({ timeout: 3000 });
  await context.close();
});

test('a document link opens its one job, and leads to all jobs with a code to the address the notice went to', async () => {
  const { email, contactId, jobId } = await someone();
  await journey.office('POST', '/document-links', { contactId, document: { kind: 'job', id: jobId }, send: 'email' });
  const context = await journey.profile();
  const page = await context.newPage();
  await goThroughDoor(page, await journey.mailbox.next(email), site.origin);
  await shows(page, 'Water heater replacement');
  await page.getByText(/person\d+@|p•••\d?@/).first().waitFor();
  assert.equal(await page.getByText(email).count(), 0, 'whoever holds the link is not told the address');
  await page.reload();
  await shows(page, 'Water heater replacement');
  await page.getByRole('button', { name: 'All my jobs' }).click();
  const letter = await journey.mailbox.next(email);
  await page.getByLabel('6-digit code').fill(letter.code!);
  await page.getByRole('link', { name: 'Work history' }).first().waitFor();
  await shows(page, 'Water heater replacement');
  await page.getByRole('link', { name: 'Work history' }).first().click();
  await shows(page, 'Dryer vent cleaning');
  await context.close();
});

test('the door keeps its token for this tab: Back and reload still work', async () => {
  const { contactId } = await someone();
  const { url } = await journey.office<{ url: string }>('POST', '/access-links', { contactId });
  const context = await journey.profile();
  const page = await context.newPage();
  await page.goto(url);
  assert.ok(!page.url().includes('#'), 'the token has left the address bar');
  await page.reload();
  await doorButton(page).click();
  await page.waitForURL((address) => address.origin === site.origin);
  await shows(page, 'Water heater replacement');
  await context.close();
});

test('an expired link sends a fresh one in one tap', async () => {
  const { email, contactId } = await someone();
  const { id } = await journey.office<{ id: string }>('POST', '/access-links', { contactId, send: 'email' });
  const letter = await journey.mailbox.next(email);
  const { openDatabase } = await import('../../server/database/open.ts');
  const database = await openDatabase(journey.databaseUrl);
  await database.db.updateTable('links').set({ expires_at: '2020-01-01T00:00:00.000Z' }).where('id', '=', id).execute();
  await database.close();
  const context = await journey.profile();
  const page = await context.newPage();
  await page.goto(letter.link);
  await doorButton(page).click();
  await page.getByRole('button', { name: /fresh link/i }).click();
  const fresh = await journey.mailbox.next(email);
  assert.notEqual(fresh.link, letter.link);
  await goThroughDoor(page, fresh, site.origin);
  await shows(page, 'Water heater replacement');
  await context.close();
});

test('in Spanish, in dark mode, by keyboard alone', async () => {
  const { email } = await someone();
  const context = await journey.profile({ locale: 'es-MX', colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(`${site.origin}/`);
  await page.locator('customer-center input[type=email], customer-center input[name=username]').first().focus();
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  const letter = await journey.mailbox.next(email);
  assert.match(letter.subject, /código/i);
  await page.locator('customer-center input[autocomplete=one-time-code]').focus();
  await page.keyboard.type(letter.code!);
  await page.getByRole('heading', { name: 'Historial de trabajos' }).waitFor();
  // Tab until the job is reached, then open it.
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if ((await focusedText(page)).includes('Water heater replacement')) break;
  }
  await page.keyboard.press('Enter');
  await page.getByRole('tab').first().waitFor();
  for (let presses = 0; presses < 60; presses++) {
    if ((await focusedRole(page)) === 'tab') break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await shows(page, 'Please keep the garage clear.');
  const background = await page.evaluate(() => getComputedStyle(document.querySelector('customer-center')!).colorScheme);
  assert.match(background, /dark/);
  await context.close();
});

const focused = `(() => { let element = document.activeElement; while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement; return element; })()`;
const focusedText = (page: import('playwright-core').Page) => page.evaluate(`(${focused})?.innerText ?? ''`) as Promise<string>;
const focusedRole = (page: import('playwright-core').Page) => page.evaluate(`(${focused})?.getAttribute('role') ?? ''`) as Promise<string>;

test('everything written to a browser’s storage opens nothing in another browser', async () => {
  const { email } = await someone();
  const context = await journey.profile();
  const page = await context.newPage();
  await signIn(journey, page, `${site.origin}/`, email);
  // Copies what can be copied. The key cannot: it is not extractable, so a thief has to bring one of their own.
  const stolen = await page.evaluate(async () => {
    const dump: unknown[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
      for (const store of database.objectStoreNames) {
        const all = await new Promise<unknown[]>((resolve) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
        });
        for (const value of all) {
          const key = (value as { privateKey?: CryptoKey; key?: CryptoKeyPair } | undefined)?.privateKey ?? (value as { key?: CryptoKeyPair } | undefined)?.key?.privateKey;
          if (key) dump.push(await crypto.subtle.exportKey('pkcs8', key).then(() => 'EXPORTED', (error: Error) => error.name));
          dump.push(JSON.stringify(value));
        }
      }
      database.close();
    }
    return dump.map(String);
  });
  assert.ok(!stolen.includes('EXPORTED'));
  const secrets = [...new Set(stolen.flatMap((text) => text.match(/[\w.-]{20,}/g) ?? []))];
  assert.ok(secrets.some((secret) => secret.startsWith('sess_')), 'the refresh token is among the loot');
  const { TestBrowser } = await import('../../server/testing-browser.ts');
  const inject = { inject: ({ method, url, headers, payload }: { method: string; url: string; headers: Record<string, string>; payload?: unknown }) =>
    fetch(journey.publicUrl + url, { method, headers: { ...headers, ...(payload ? { 'content-type': 'application/json' } : {}) }, ...(payload ? { body: JSON.stringify(payload) } : {}) })
      .then(async (answer) => ({ statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.clone().text(), json: () => ({ code: answer.headers.get('dpop-nonce') ? 'proof_required' : '' }) })) };
  const thief = new TestBrowser(inject as never, 'acme', site.origin, journey.publicUrl);
  for (const secret of secrets) {
    for (const send of [() => thief.refresh(secret), () => thief.exchange(secret), () => thief.send('GET', '/v1/accounts/acme/session', undefined, { token: secret })]) {
      const answer = await send();
      assert.ok(answer.statusCode >= 400, `${secret.slice(0, 8)}… was accepted`);
    }
  }
  await page.reload();
  await page.getByRole('heading', { name: 'Work history' }).waitFor();
  await context.close();
});
