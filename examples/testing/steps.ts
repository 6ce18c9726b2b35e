/** The steps of a journey, as a person takes them. */
import type { Page } from 'playwright-core';
import type { Journey } from './journey.ts';
import type { Letter } from './mailbox.ts';

/** Types an address into the widget and asks for a link. */
export async function ask(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await page.getByText('Look in your e-mail').waitFor();
}

/** The one button of the door; its words depend on the kind of link and the language. */
export const doorButton = (page: Page) => page.locator('main button:visible').first();

/** Opens the link of a letter and clicks at the door, until the contractor's page is back. */
export async function goThroughDoor(page: Page, letter: Pick<Letter, 'link'>, origin: string): Promise<void> {
  await page.goto(letter.link);
  await doorButton(page).click();
  await page.waitForURL((url) => url.origin === origin);
}

/** The whole way in, in one browser: ask, read the letter, click at the door. */
export async function signIn(journey: Journey, page: Page, website: string, email: string): Promise<void> {
  await page.goto(website);
  await ask(page, email);
  await goThroughDoor(page, await journey.mailbox.next(email), new URL(website).origin);
  await page.getByRole('heading', { name: 'Work history' }).waitFor();
}

/** Collects what a page complains about: uncaught errors, refused content, console errors. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy|TrustedHTML/i.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}
