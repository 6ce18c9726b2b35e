import { globSync, readFileSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

/** The business of the server, one folder each; the order says nothing. */
export const capabilities: readonly string[] = [
  'access',
  'account',
  'inbox',
  'work',
  'documents',
  'estimates',
  'invoices',
  'payments',
  'sharing',
  'conversation',
  'files',
  'booking',
  'notices',
  'office',
  'imports',
];

/** One import of one module, as seen from the repository's root: `from` and `to` are paths, or `to` a package's name. */
interface Edge {
  from: string;
  to: string;
  /** Whether only types cross, so that nothing is loaded. */
  typeOnly: boolean;
}

/** Why an import may not be, or undefined when it may. */
type Law = (edge: Edge) => string | undefined;

/** Pure and without imports: the one module that both sides run, so that a total is the same wherever it is shown. */
const arithmetic = 'server/contract/totals.ts';

/** Who may know whom. */
const laws: Law[] = [
  ({ from, to }) =>
    isIn(from, 'server/contract') && to !== 'zod' && !isIn(to, 'server/contract')
      ? 'server/contract is what both sides share: it imports only zod'
      : undefined,

  ({ from, to, typeOnly }) =>
    isIn(from, 'widget') && isIn(to, 'server') && to !== arithmetic && !(typeOnly && isIn(to, 'server/contract'))
      ? 'the widget takes only types from the server, and only those of server/contract (`import type`)'
      : undefined,

  ({ from, to }) =>
    isIn(from, 'widget/data') && (isLit(to) || elements.some((folder) => isIn(to, folder)))
      ? 'widget/data is the client without a face: it knows no element and no Lit'
      : undefined,

  ({ from, to }) =>
    isIn(from, 'server/platform') && capabilityOf(to)
      ? 'server/platform has no business of its own: it imports no capability'
      : undefined,

  ({ from, to }) =>
    capabilityOf(from) && capabilityOf(to) && capabilityOf(from) !== capabilityOf(to) && /(^|-)routes\.ts$/.test(posix.basename(to))
      ? 'routes are the HTTP face of their own capability: import the file named after the noun'
      : undefined,

  ({ from, to }) =>
    isIn(to, 'server/demo') && !isIn(from, 'server/demo') && from !== 'server/main.ts'
      ? 'server/demo is imported by server/main.ts only, and only in demo mode'
      : undefined,
];

/** The one law for tests: one that also runs on the built file must not bring source modules beside it. */
const testLaws: Law[] = [
  ({ from, to, typeOnly }) =>
    /^widget\/.*(?<!\.unit)\.test\.ts$/.test(from) && isIn(to, 'widget') && !typeOnly && !isFreeForTests(to)
      ? 'import the elements from elements/customer-center.ts, or call the file *.unit.test.ts (see web-test-runner.config.mjs)'
      : undefined,
];

const isFreeForTests = (path: string) => /^widget\/elements\/customer-center(-office)?\.ts$/.test(path) || isIn(path, 'widget/locale') || isIn(path, 'widget/office/locale') || isTest(path);

const elements = ['customer-center', 'booking', 'office', 'parts', 'elements'].map((folder) => `widget/${folder}`);

/**
 * The design's "who may know whom". Tests are freer: they put together what the product keeps apart.
 * The option `root` is the folder whose paths the laws speak of.
 */
export const layers: Rule.RuleModule = {
  meta: { type: 'problem', schema: [{ type: 'object', properties: { root: { type: 'string' } } }] },
  create(context) {
    const { root = context.cwd } = (context.options[0] ?? {}) as { root?: string };
    const from = relative(root, context.filename).split(sep).join('/');
    const check = (node: ESTree.Node, source: unknown, typeOnly: boolean) => {
      if (typeof source !== 'string') return;
      const to = source.startsWith('.') ? posix.join(posix.dirname(from), source) : source;
      const edge = { from, to, typeOnly };
      const reasons = isTest(from) ? testLaws.map((law) => law(edge)) : [...laws.map((law) => law(edge)), circle(root, from, to)];
      for (const message of reasons) if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => check(node, node.source?.value, isTypeOnly(node)),
      ExportAllDeclaration: (node) => check(node, node.source.value, isTypeOnly(node)),
      ImportExpression: (node) => check(node, (node.source as { value?: unknown }).value, false),
      // import('./x.ts').Type, which ESTree does not know
      TSImportType: (node: ESTree.Node & { source: { value?: unknown } }) => check(node, node.source.value, true),
    };
  },
};

/** Capabilities may build on one another, but not in a circle. */
function circle(root: string, from: string, to: string): string | undefined {
  const [start, next] = [capabilityOf(from), capabilityOf(to)];
  if (!start || !next || start === next) return undefined;
  const back = path(knownBy(root), next, start);
  return back && `capabilities import each other in a circle: ${[start, ...back].join(' → ')}`;
}

/** The shortest way from one capability to another along their imports. */
function path(graph: Map<string, Set<string>>, from: string, to: string): string[] | undefined {
  const ways = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1)!;
    if (last === to) return way;
    for (const next of graph.get(last) ?? []) {
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

const graphs = new Map<string, Map<string, Set<string>>>();

/** Which capabilities each capability imports, read once a run. */
function knownBy(root: string): Map<string, Set<string>> {
  const known = graphs.get(root);
  if (known) return known;
  const graph = new Map<string, Set<string>>();
  for (const capability of capabilities) {
    const imports = new Set<string>();
    for (const file of globSync(`server/${capability}/**/*.ts`, { cwd: root })) {
      if (isTest(file)) continue;
      for (const [, source] of readFileSync(resolve(root, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
        const target = capabilityOf(posix.join(dirname(file).split(sep).join('/'), source!));
        if (target && target !== capability) imports.add(target);
      }
    }
    graph.set(capability, imports);
  }
  graphs.set(root, graph);
  return graph;
}

function capabilityOf(path: string): string | undefined {
  return capabilities.find((name) => isIn(path, `server/${name}`));
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function isLit(name: string): boolean {
  return name === 'lit' || name.startsWith('lit/') || name.startsWith('@lit/');
}

function isTest(path: string): boolean {
  return /(\.(test|e2e)|(^|\/)testing)\.ts$/.test(path) || path.includes('/testing/');
}

type Typed = { importKind?: string; exportKind?: string; specifiers?: { importKind?: string; exportKind?: string }[] };

/** `import type …`, or an import of which every name is marked so. */
function isTypeOnly(node: unknown): boolean {
  const { importKind, exportKind, specifiers = [] } = node as Typed;
  const isType = (each: { importKind?: string; exportKind?: string }) => each.importKind === 'type' || each.exportKind === 'type';
  return importKind === 'type' || exportKind === 'type' || (specifiers.length > 0 && specifiers.every(isType));
}
