/**
 * `npm run manifest`: tells editors and frameworks about the public elements, from their types and doc comments. Writes
 * custom-elements.json, jsx.d.ts, html-custom-data.json, css-custom-data.json and types/ into dist, and fails when
 * something that a page may use has no description.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chdir } from 'node:process';
import { fileURLToPath } from 'node:url';
// @ts-expect-error -- the analyzer's command line has no types
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { generateJsxTypes } from '@wc-toolkit/jsx-types';
import ts from 'typescript';

interface Named {
  name?: string;
  description?: string;
  type?: { text: string };
}

interface Member extends Named {
  kind: 'field' | 'method';
  privacy?: 'private' | 'protected';
  static?: boolean;
}

interface Declaration extends Named {
  kind: string;
  tagName?: string;
  members?: Member[];
  attributes?: Named[];
  events?: Named[];
  slots?: Named[];
  cssParts?: Named[];
  cssProperties?: Named[];
}

interface Manifest {
  schemaVersion: string;
  modules: { kind: 'javascript-module'; path: string; declarations: Declaration[] }[];
}

const theme = 'widget/theme/tokens.ts';

chdir(fileURLToPath(new URL('..', import.meta.url)));

const manifest = await analyze();
const elements = manifest.modules.flatMap((module) => module.declarations);
const missing = [...elements.flatMap(undescribed), ...undescribedTokens()];
if (elements.length === 0) missing.push('no public element: none is in HTMLElementTagNameMap as customer-center…');
for (const each of missing) console.error(each);
if (missing.length > 0) process.exit(1);

mkdirSync('dist', { recursive: true });
write('custom-elements.json', manifest);
write('html-custom-data.json', htmlData());
write('css-custom-data.json', cssData());
declareTypes();
generateJsxTypes(manifest as Parameters<typeof generateJsxTypes>[0], {
  outdir: 'dist',
  fileName: 'jsx.d.ts',
  useCemTypes: true,
  componentTypePath: (_name, _tag, path = '') => `./types/${path.replace(/\.ts$/, '.js')}`,
});

/** The manifest of the public elements. Which they are, the tag-name maps say; names with `cc-` are inner parts. */
async function analyze(): Promise<Manifest> {
  const argv = ['analyze', '--litelement', '--quiet', '--globs', 'widget/**/*.ts', '--exclude', 'widget/**/*.test.ts'];
  const everything = (await cli({ argv, noWrite: true })) as Manifest;
  const themed = tokens();
  const modules = everything.modules.map((module) => {
    const tags = readFileSync(module.path, 'utf8').matchAll(/'?(customer-center(?:-\w+)*)'?: (\w+);/g);
    const declarations = [...tags].flatMap(([, tagName, name]) =>
      module.declarations.filter((each) => each.name === name).map((each) => tidy({ ...each, tagName: tagName!, cssProperties: [...(each.cssProperties ?? []), ...themed] })),
    );
    return { ...module, declarations };
  });
  return { ...everything, modules: modules.filter(({ declarations }) => declarations.length > 0) };
}

/** Without what no page may use: private members, and what the analyzer takes for the name of an event that it sees sent. */
function tidy(element: Declaration): Declaration {
  const members = element.members?.filter((each) => !each.privacy && !each.static && !each.name!.startsWith('_'));
  const events = element.events?.filter((each) => each.name?.startsWith('cc-'));
  return { ...element, ...(members && { members }), ...(events && { events }) };
}

/** The tokens that every public element understands: documented once, where they are set. */
function tokens(): Named[] {
  const lines = readFileSync(theme, 'utf8').matchAll(/@cssproperty (--[\w-]+) (.+)/g);
  return [...lines].map(([, name, description]) => ({ name: name!, description: description! }));
}

/** Tokens that are set, but not documented. */
function undescribedTokens(): string[] {
  const described = new Set(tokens().map(({ name }) => name));
  const set = readFileSync(theme, 'utf8').matchAll(/^\s+(--cc-[\w-]+):/gm);
  return [...new Set([...set].map(([, name]) => name!))]
    .filter((name) => !described.has(name))
    .map((name) => `${theme}: the css property "${name}" has no description`);
}

function undescribed(element: Declaration): string[] {
  const parts: Record<string, Named[] | undefined> = {
    attribute: element.attributes,
    event: element.events,
    slot: element.slots,
    'css part': element.cssParts,
    'css property': element.cssProperties,
    element: [{ ...element, name: element.tagName! }],
    field: element.members?.filter(({ kind }) => kind === 'field'),
    method: element.members?.filter(({ kind }) => kind === 'method'),
  };
  return Object.entries(parts).flatMap(([kind, list = []]) =>
    list
      .filter(({ description }) => !description?.trim())
      .map(({ name }) => `<${element.tagName}>: the ${kind} "${name}" has no description`),
  );
}

/** What VS Code and other editors offer in HTML. */
function htmlData() {
  return {
    version: 1.1,
    tags: elements.map(({ tagName, description, attributes = [] }) => ({
      name: tagName,
      description,
      attributes: attributes.map(({ name, description, type }) => ({
        name,
        description,
        ...(values(type?.text) && { values: values(type?.text) }),
      })),
    })),
  };
}

/** What they offer in CSS. */
function cssData() {
  const properties = new Map(elements.flatMap(({ cssProperties = [] }) => cssProperties.map((each) => [each.name, each])));
  return {
    version: 1.1,
    properties: [...properties.values()].map(({ name, description }) => ({ name, description })),
  };
}

/** The elements' classes and events as declaration files, which the JSX types refer to. */
function declareTypes(): void {
  const { config } = ts.readConfigFile('widget/tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, 'widget');
  const emit = { declaration: true, emitDeclarationOnly: true, noEmit: false, outDir: 'dist/types' };
  ts.createProgram(['widget/elements/customer-center.ts'], { ...options, ...emit }).emit();
}

/** The choices of a type such as `'light' | 'dark'`. */
function values(type = ''): { name: string }[] | undefined {
  const choices = [...type.matchAll(/'([^']+)'/g)].map(([, name]) => ({ name: name! }));
  return choices.length > 0 ? choices : undefined;
}

function write(file: string, content: unknown): void {
  writeFileSync(`dist/${file}`, `${JSON.stringify(content, null, 2)}\n`);
}
