/** Keeps the documentation true: settings, commands, links, and everything that the element offers a page. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md'], { cwd: root, exclude: (path) => path.includes('node_modules') });

test('operating.md lists the settings that the server reads, and no others', () => {
  const known = [...read('server/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name);
  const listed = rows('docs/operating.md', 'Settings').map(([name]) => bare(name));
  assert.ok(known.length > 5);
  assert.deepEqual(listed.toSorted(), known.toSorted());
});

test('every npm script that a page names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const page of pages) {
    for (const [command, name] of read(page).matchAll(/npm (?:run (?:-s |--silent )?)?([\w:]+)/g)) {
      if (command.startsWith('npm run') || name === 'start' || name === 'test') assert.ok(name! in scripts, `${page}: ${command}`);
    }
  }
});

test('every file that a page tells people to run or read exists', () => {
  for (const page of pages) {
    for (const [, path] of read(page).matchAll(/`(?:npx node )?((?:server|widget|tools|docs|examples)\/[\w./-]+\.(?:ts|md))`/g)) {
      assert.ok(existsSync(join(root, path!)), `${page}: ${path}`);
    }
  }
});

test('every link within the repository leads somewhere', () => {
  for (const page of pages) {
    for (const [, target = ''] of withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = '', heading] = target.split('#');
      const file = path ? resolve(root, dirname(page), path) : join(root, page);
      assert.ok(existsSync(file), `${page}: ${target}`);
      if (heading === undefined || statSync(file).isDirectory()) continue;
      assert.ok(headings(read(relative(root, file))).has(heading), `${page}: ${target} has no such heading`);
    }
  }
});

/** Where each element is described, and the slots that its page speaks of. */
const describedIn: Record<string, { page: string; slots: string[] }> = {
  'customer-center': { page: 'docs/embedding.md', slots: [''] },
  'customer-center-office': { page: 'docs/office.md', slots: [] },
};

test('each element’s page names every attribute, property, event, slot, part and token of it', (t) => {
  if (!existsSync(join(root, 'dist/custom-elements.json'))) return t.skip('`npm run manifest` has not run');
  interface Named {
    name: string;
    kind?: string;
    fieldName?: string;
  }
  type Element = { tagName: string } & Record<'attributes' | 'members' | 'events' | 'slots' | 'cssParts' | 'cssProperties', Named[] | undefined>;
  const { modules } = JSON.parse(read('dist/custom-elements.json')) as { modules: { declarations: Element[] }[] };
  const elements = modules.flatMap((module) => module.declarations);
  assert.deepEqual(elements.map(({ tagName }) => tagName).toSorted(), Object.keys(describedIn).toSorted());
  const names = (list: Named[] = []) => list.map(({ name }) => name);
  for (const element of elements) {
    const { page, slots } = describedIn[element.tagName]!;
    const attributes = rows(page, 'Attributes and properties');
    assert.deepEqual(attributes.map(([name]) => bare(name)).toSorted(), names(element.attributes).toSorted());
    const fields = element.members?.filter((member) => member.kind === 'field');
    assert.deepEqual(names(fields).filter((name) => !attributes.some(([, property]) => bare(property) === name)), []);
    assert.deepEqual(rows(page, 'Events').map(([name]) => bare(name)).toSorted(), names(element.events).toSorted());
    assert.deepEqual(rows(page, 'Parts').map(([name]) => bare(name)).toSorted(), names(element.cssParts).toSorted());
    const tokens = rows('docs/embedding.md', 'Tokens').map(([name]) => bare(name));
    assert.deepEqual(names(element.cssProperties).filter((name) => !tokens.includes(name)), []);
    assert.deepEqual(names(element.slots), slots, page);
  }
});

test('embedding.md has every token with its values by day and by night', () => {
  const source = read('widget/theme/tokens.ts');
  const documented = [...source.matchAll(/@cssproperty (--[\w-]+)/g)].map(([, name]) => name!);
  const table = new Map(rows('docs/embedding.md', 'Tokens').map(([name, ...values]) => [bare(name), values.map(bare)]));
  assert.deepEqual(documented.filter((name) => !table.has(name)), []);
  const colours = (scheme: string) => {
    const body = new RegExp(`export const ${scheme}\\b[^{]*{([^}]+)}`).exec(source)?.[1] ?? '';
    return [...body.matchAll(/'?([\w-]+)'?: '([^']+)'/g)].map(([, name, value]) => [`--cc-${name}`, value!.startsWith('var(--cc-brand') ? 'account' : value!] as const);
  };
  const [light, dark] = [colours('light'), colours('dark')];
  assert.ok(light.length > 10 && dark.length === light.length);
  for (const [name, value] of light) assert.equal(table.get(name)?.[0], value, `${name} by day`);
  for (const [name, value] of dark) assert.equal(table.get(name)?.[1], value, `${name} by night`);
  const others = source.slice(source.indexOf('export const tokens')).matchAll(/^ {4}(--cc-[\w-]+): ([^;]+);/gm);
  for (const [, name, value] of [...others].slice(0, documented.length - light.length)) assert.equal(table.get(name!)?.[0], value, name);
});

test('embedding.md quotes every message that the element writes to the console', async () => {
  const page = rows('docs/embedding.md', 'Troubleshooting').map(([message]) => bare(message));
  const said: string[] = [];
  const before = [console.warn, globalThis.location] as const;
  console.warn = (message: string) => void said.push(message);
  Object.defineProperty(globalThis, 'location', { value: { origin: 'https://www.acme.example' }, configurable: true });
  try {
    // By its address, so that the widget's own TypeScript project stays apart from this one.
    const { explain } = (await import(new URL('../widget/customer-center/owner.ts', import.meta.url).href)) as {
      explain(trouble: string, where: { account: string; api: string }): void;
    };
    const troubles = [...read('widget/customer-center/owner.ts').matchAll(/^ {2}(\w+): \(/gm)].map(([, name]) => name!);
    for (const trouble of troubles) explain(trouble, { account: 'acme', api: 'https://center.example.com' });
  } finally {
    console.warn = before[0];
    Object.defineProperty(globalThis, 'location', { value: before[1], configurable: true });
  }
  assert.ok(said.length > 5);
  assert.deepEqual(said.filter((message) => !page.includes(message)), []);
});

test('pages name no folder of anybody’s own machine', () => {
  for (const page of pages) assert.doesNotMatch(read(page), /(?<!\w)\/(?:work|home|Users|root)\//, page);
});

/** The cells of the tables between a heading and the next one, without the tables' own headings. */
function rows(page: string, heading: string): string[][] {
  const lines = read(page).split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  assert.notEqual(start, -1, `${page} has no heading “${heading}”`);
  const length = lines.slice(start + 1).findIndex((line) => /^#+ /.test(line));
  const cells = lines
    .slice(start + 1, length === -1 ? undefined : start + 1 + length)
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
  return cells.filter((_row, index) => !isRule(cells[index]) && !isRule(cells[index + 1]));
}

const isRule = (row: string[] | undefined) => row?.every((cell) => /^-+$/.test(cell)) ?? false;

/** What stands between a cell's backticks. */
function bare(cell = ''): string {
  return /^`(.*)`$/.exec(cell)?.[1] ?? cell;
}

function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

/** A page's headings as the fragments that lead to them. */
function headings(text: string): Set<string> {
  const lines = text.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm);
  return new Set([...lines].map(([, heading]) => heading!.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-')));
}
