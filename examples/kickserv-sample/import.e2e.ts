import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { shows, startJourney, type Journey } from '../testing/journey.ts';
import { signIn } from '../testing/steps.ts';

let journey: Journey;
before(async () => {
  journey = await startJourney();
});
after(() => journey.close());

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const importSample = () =>
  run(process.execPath, ['server/imports/cli.ts', 'kickserv', 'examples/kickserv-sample', '--account', 'acme', '--rejects', '/dev/null'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: journey.databaseUrl },
  });

test('an imported customer signs in by mail and reads the imported history and approves the imported estimate; the import itself told nobody', async () => {
  await importSample();
  assert.equal(journey.mailbox.letters.length, 0);
  const site = await journey.website('plain-html');
  const context = await journey.profile();
  const page = await context.newPage();
  // One address, two customers: the switch starts at all of them.
  await signIn(journey, page, `${site.origin}/`, 'odile@example.com');
  await shows(page, 'Roof repair');
  await shows(page, 'Gutter cleaning');
  await page.getByLabel('Showing').waitFor();
  await page.getByText('Gutter cleaning').last().click();
  await page.getByRole('tab', { name: 'Charges' }).click();
  await shows(page, /Total/);
  assert.equal(journey.mailbox.letters.length, 1, 'only the mail that was asked for');
  await page.goBack();
  await page.getByRole('link', { name: 'View estimate' }).click();
  await shows(page, '$2,437.05');
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByLabel('Your name', { exact: true }).fill('Odile Brandt');
  await page.getByRole('button', { name: 'Approve', exact: true }).last().click();
  await shows(page, 'Approved by Odile Brandt');
  await context.close();
});
