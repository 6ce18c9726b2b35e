import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Plugin, ProgramNode, RenderedChunk } from 'rollup';

/**
 * Lets lazy chunks use what the entry already holds (Lit, contexts, parts) without naming its address.
 *
 * A chunk that says `import … from '../customer-center.js'` starts a second copy of the whole entry as soon as the page has
 * loaded it under another address, as WordPress does with `?ver=6.5`. So the entry puts what its chunks need
 * into a registry on `globalThis`, and the chunks read it there: one request to the first view, and one instance.
 *
 * The registry is keyed by the entry's content. Two releases on one page therefore never meet, and the same
 * release loaded twice shares the first one's objects.
 *
 * A registry holds values, where an import is a live binding: an exported `let` that changes later fails the build.
 */
export function shareEntry(): Plugin {
  return {
    name: 'share-entry',
    renderChunk(code, chunk, _options, { chunks }) {
      const entry = Object.values(chunks).find((each) => each.isEntry)!;
      const registry = `globalThis[Symbol.for("customer-center")]`;
      const key = JSON.stringify(keyOf(entry));
      const ast = this.parse(code);

      if (chunk.isEntry) {
        if (chunk.imports.length > 0) {
          this.error(`The entry ${chunk.fileName} must come in one request, but imports ${chunk.imports.join(', ')}`);
        }
        return replace(code, ast, (node) => {
          if (node.type !== 'ExportNamedDeclaration') return undefined;
          const names = node.specifiers.map((each) => [nameOf(each.local), nameOf(each.exported)] as const);
          for (const [local] of names) {
            if (isReassigned(ast, local)) this.error(`"${local}" is shared with lazy chunks and must not be reassigned`);
          }
          const members = names.map(([local, exported]) => `${exported}: ${local}`).join(', ');
          return `(${registry} ??= {})[${key}] ??= { ${members} };`;
        });
      }

      const isEntry = (source: unknown) => posix.join(posix.dirname(chunk.fileName), String(source)) === entry.fileName;
      if (chunk.dynamicImports.includes(entry.fileName)) {
        this.error(`${chunk.name} imports a module of the entry dynamically; import it statically`);
      }
      return replace(code, ast, (node) => {
        if (node.type !== 'ImportDeclaration' || !isEntry(node.source.value)) return undefined;
        const members = node.specifiers.map((each) => {
          if (each.type !== 'ImportSpecifier') throw new Error('Only named imports from the entry are expected');
          return `${nameOf(each.imported)}: ${nameOf(each.local)}`;
        });
        return members.length > 0 ? `const { ${members.join(', ')} } = ${registry}[${key}];` : '';
      });
    },
  };
}

/** What a chunk relies on: the entry's code and the names under which it shares it. */
function keyOf(entry: RenderedChunk): string {
  const hash = createHash('sha256');
  for (const [id, module] of Object.entries(entry.modules)) hash.update(`${posix.basename(id)}\n${module.code}\n`);
  return hash.update(entry.exports.join()).digest('hex').slice(0, 12);
}

type Statement = ProgramNode['body'][number];
type Located = Statement & { start: number; end: number };

/** `code` with each top-level statement replaced for which `change` gives another text. */
function replace(code: string, ast: ProgramNode, change: (node: Statement) => string | undefined): { code: string; map: null } {
  for (const node of (ast.body as Located[]).toReversed()) {
    const text = change(node);
    if (text !== undefined) code = code.slice(0, node.start) + text + code.slice(node.end);
  }
  return { code, map: null };
}

/** Whether the top-level `let` or `var` called `name` is assigned anywhere; constants, classes and functions are not. */
function isReassigned(ast: ProgramNode, name: string): boolean {
  const isVariable = ast.body.some(
    (node) =>
      node.type === 'VariableDeclaration' &&
      node.kind !== 'const' &&
      node.declarations.some((each) => each.id.type === 'Identifier' && each.id.name === name),
  );
  return isVariable && assigns(ast, name);
}

function assigns(node: unknown, name: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { type, left, argument } = node as { type?: string; left?: { name?: string }; argument?: { name?: string } };
  if (type === 'AssignmentExpression' && left?.name === name) return true;
  if (type === 'UpdateExpression' && argument?.name === name) return true;
  return Object.values(node).some((child) => assigns(child, name));
}

/** A specifier's name; a string literal (`export { a as "b c" }`) never comes out of Rollup here. */
function nameOf(node: { type: string; name?: string }): string {
  return node.name ?? '';
}
