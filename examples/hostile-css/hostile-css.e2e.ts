import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { makeHousehold, shows, startJourney, type Journey } from '../testing/journey.ts';
import { signIn } from '../testing/steps.ts';

let journey: Journey;
before(async () => {
  journey = await startJourney();
});
after(() => journey.close());

/** What a page's styles must not change. The font family is missing on purpose: the widget takes the page's own. */
const properties = [
  'color', 'backgroundColor', 'fontSize', 'fontWeight', 'fontStyle', 'lineHeight', 'letterSpacing', 'wordSpacing', 'textTransform', 'textAlign', 'textIndent', 'textShadow',
  'textDecorationLine', 'whiteSpace', 'cursor', 'visibility', 'paddingTop', 'paddingLeft', 'marginTop', 'marginLeft', 'borderTopWidth', 'borderTopColor', 'borderTopLeftRadius',
  'display', 'float', 'boxSizing', 'minHeight', 'listStyleType', 'pointerEvents', 'direction', 'opacity',
];

/** Computed styles of every element that the widget draws, by a name that is the same on both pages. */
const probe = (page: Page) =>
  page.evaluate((names) => {
    const found: Record<string, Record<string, string>> = {};
    const visit = (root: ShadowRoot | Element, path: string) => {
      for (const [index, element] of [...root.children].entries()) {
        if (['STYLE', 'SLOT', 'SVG', 'OPTION'].includes(element.tagName.toUpperCase()) || element.closest('svg')) continue;
        const name = `${path}/${element.localName}${index}`;
        const style = getComputedStyle(element) as unknown as Record<string, string>;
        found[name] = Object.fromEntries(names.map((property) => [property, style[property] ?? '']));
        if (element.shadowRoot) visit(element.shadowRoot, `${name}#`);
        visit(element, name);
      }
    };
    visit(document.querySelector('customer-center')!.shadowRoot!, '');
    return found;
  }, properties);

async function compare(prepare: (page: Page, origin: string) => Promise<unknown>): Promise<{ elements: number; differences: string[] }> {
  const probes = [];
  for (const folder of ['plain-html', 'hostile-css']) {
    const site = await journey.website(folder);
    const context = await journey.profile({ viewport: { width: 1000, height: 900 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await prepare(page, site.origin);
    await page.waitForTimeout(300);
    probes.push(await probe(page));
    await context.close();
  }
  const [calm, hostile] = probes as [Record<string, Record<string, string>>, Record<string, Record<string, string>>];
  assert.deepEqual(Object.keys(hostile), Object.keys(calm), 'the same elements are drawn');
  const differences = Object.entries(calm).flatMap(([name, styles]) =>
    Object.entries(styles).flatMap(([property, value]) => (hostile[name]?.[property] === value ? [] : [`${name} ${property}: ${value} → ${hostile[name]?.[property]}`])),
  );
  return { elements: Object.keys(calm).length, differences };
}

test('a page that styles every element, and html{font-size:62.5%}, changes nothing about the sign-in', async () => {
  const { elements, differences } = await compare(async (page, origin) => {
    await page.goto(`${origin}/`);
    await page.getByLabel('E-mail address').waitFor();
  });
  assert.ok(elements >= 15, `${elements} elements`);
  assert.deepEqual(differences.slice(0, 10), []);
});

test('nor about the history and a job', async () => {
  let people = 0;
  for (const then of [async () => undefined, async (page: Page) => { await page.getByText('Water heater replacement').first().click(); await shows(page, '412 Pine Street'); }]) {
    const { elements, differences } = await compare(async (page, origin) => {
      const email = `person${++people}@example.com`;
      await makeHousehold(journey, email);
      await signIn(journey, page, `${origin}/`, email);
      await shows(page, 'Water heater replacement');
      await then(page);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    });
    assert.ok(elements >= 30, `${elements} elements`);
    assert.deepEqual(differences.slice(0, 10), []);
  }
});
