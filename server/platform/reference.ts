/** The API's reference: one page of plain HTML made of the OpenAPI document. No script, nothing from elsewhere; the browser's own search finds everything. */
import { problemCodes } from '../contract/wire.ts';
import { escapeHtml } from './text.ts';

/** What is used of a JSON Schema. */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}
type Content = Record<string, { schema?: Schema }>;
interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content?: Content };
  responses?: Record<string, { content?: Content }>;
  'x-access'?: string;
}
/** What is used of an OpenAPI document. */
export interface Described {
  info: { title: string; version: string };
  paths?: Record<string, Record<string, unknown>>;
}

export const referenceStyle = `
:root { color-scheme: light dark; --canvas: #f5f7f9; --sheet: #ffffff; --ink: #17212b; --muted: #55616e; --line: #dfe5eb; --accent: #0b62c4; }
@media (prefers-color-scheme: dark) { :root { --canvas: #0f151b; --sheet: #161e26; --ink: #e8edf2; --muted: #a3b0bd; --line: #2c3844; --accent: #7db4f5; } }
body { margin: 0; background: var(--canvas); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { box-sizing: border-box; max-width: 1044px; margin: 0 auto; padding: 24px 16px 64px; }
a { color: var(--accent); }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 36px; }
h2 { margin: 32px 0 8px; font-size: 20px; line-height: 28px; }
h3 { margin: 16px 0 4px; font-size: 14px; line-height: 20px; color: var(--muted); }
nav ul { columns: 220px; margin: 8px 0; padding: 0; list-style: none; }
nav li { padding: 4px 0; break-inside: avoid; }
details { margin: 8px 0; border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); }
summary { padding: 10px 14px; border-radius: 10px; cursor: pointer; overflow-wrap: anywhere; }
summary:focus-visible, a:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
summary b { display: inline-block; min-width: 62px; font-size: 13px; }
summary span { display: block; color: var(--muted); }
.inner { padding: 0 14px 14px; }
p { margin: 4px 0 8px; }
code, pre { font: 13.5px/20px ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
pre { margin: 0; padding: 10px 12px; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--canvas); }
pre i { color: var(--muted); font-style: normal; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 4px 8px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
`;

/** Who a route's `access` lets in, in words. */
function callersOf(access: string): string {
  const [kind, right = ''] = access.split(':');
  const plain: Record<string, string> = {
    anyone: 'anybody, from any website', visitor: 'visitors of the account’s own pages', own: 'pages of this server alone', customer: 'a signed-in customer',
    session: 'a signed-in customer, or the holder of a document link', operator: 'the operator',
  };
  if (kind === 'document') return `the holder of a document link that allows “${right}”`;
  if (access === 'office:owner') return 'owners of the account';
  if (kind === 'office') return `staff and API keys with the scope “${right}”`;
  return plain[access] ?? access;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
interface Listed extends Operation {
  method: string;
  path: string;
}

function operationsOf(document: Described): Listed[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [{ ...(item[method] as Operation), method: method.toUpperCase(), path }] : [])),
  );
}

/** What the path is about: the first word that names a thing. */
function subjectOf(path: string): string {
  const words = path.split('/').filter((word) => word && !word.startsWith('{') && word !== 'v1');
  if (words[0] === 'office') return words[1] ?? 'office';
  if (words[0] !== 'accounts') return words[0] ?? 'other';
  const own = words.slice(1);
  return (own[0] === 'customers' ? own[1] : own[0]) ?? 'account';
}

/** By face of the API, then by subject, from A to Z. */
function groupsOf(operations: Listed[]): Map<string, Map<string, Listed[]>> {
  const faces = new Map<string, Map<string, Listed[]>>();
  for (const operation of operations) {
    const face = operation.tags?.[0] ?? 'Other';
    const groups = faces.get(face) ?? new Map<string, Listed[]>();
    faces.set(face, groups);
    const subject = subjectOf(operation.path);
    groups.set(subject, [...(groups.get(subject) ?? []), operation]);
  }
  return new Map([...faces].map(([face, groups]) => [face, new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)))]));
}

/** A type as TypeScript writes it, already HTML; what a type cannot say stands behind it. */
function typeOf(schema: Schema | undefined, indent = ''): string {
  if (!schema) return 'unknown';
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeOf(choice, indent)))].join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => typeOf(part, indent)).join(' &amp; ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(' | ');
  if (schema.type === 'array') {
    const item = typeOf(schema.items, indent);
    return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
  }
  if (schema.properties) return objectOf(schema, schema.properties, indent);
  if (schema.type === 'object') return typeof schema.additionalProperties === 'object' ? `{ [key: string]: ${typeOf(schema.additionalProperties, indent)} }` : 'object';
  return escapeHtml(schema.type ?? 'unknown');
}

const literal = (value: unknown): string => escapeHtml(JSON.stringify(value));

function objectOf({ required = [] }: Schema, properties: Record<string, Schema>, indent: string): string {
  const names = Object.keys(properties);
  // Money is everywhere.
  if (names.join() === 'amount,currency') return '{ amount: integer; currency: string }';
  if (names.length === 0) return '{}';
  const inner = `${indent}  `;
  const lines = names.map((name) => {
    const property = properties[name]!;
    const more = limitsOf(property);
    return `${inner}${escapeHtml(name)}${required.includes(name) ? '' : '?'}: ${typeOf(property, inner)};${more ? ` <i>// ${more}</i>` : ''}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

/** Bounds, form and default. */
function limitsOf(schema: Schema): string {
  const own = schema.anyOf?.length === 2 && schema.anyOf[1]!.type === 'null' ? { ...schema.anyOf[0]!, default: schema.default } : schema;
  const { format, minimum, maximum, minLength, maxLength, minItems, maxItems } = own;
  const parts = [
    format, rangeOf(minimum, maximum), rangeOf(minLength, maxLength, ' characters'), rangeOf(minItems, maxItems, ' items'), own.default === undefined ? '' : `${JSON.stringify(own.default)} when absent`,
  ];
  return escapeHtml(parts.filter(Boolean).join(', '));
}

/** What only keeps sums exact is no bound that anybody meets. */
const BEYOND = 999_999_999_999;
function rangeOf(minimum = -BEYOND, maximum = BEYOND, what = ''): string {
  const [least, most] = [minimum > -BEYOND, maximum < BEYOND];
  if (least && most) return minimum === maximum ? `${minimum}${what}` : `${minimum} to ${maximum}${what}`;
  return least ? `at least ${minimum}${what}` : most ? `at most ${maximum}${what}` : '';
}

const schemaOf = (content: Content | undefined): Schema | undefined => Object.values(content ?? {})[0]?.schema;
const block = (title: string, html: string): string => `<h3>${title}</h3>\n<pre tabindex="0">${html}</pre>\n`;

function operationHtml(operation: Listed): string {
  const { method, path, summary = '', parameters = [], requestBody, responses = {} } = operation;
  const access = operation['x-access'];
  const rows = parameters.map(({ name, in: place, required, schema }) => {
    const more = schema ? limitsOf(schema) : '';
    return `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(place)}${required ? ', required' : ''}</td><td><code>${typeOf(schema)}</code>${more ? ` ${more}` : ''}</td></tr>`;
  });
  const answers = Object.entries(responses).map(([status, { content }]) => {
    const schema = schemaOf(content);
    return schema ? block(`Answer ${escapeHtml(status)}`, typeOf(schema)) : `<h3>Answer ${escapeHtml(status)}</h3>\n`;
  });
  const body = schemaOf(requestBody?.content);
  return `<details>
<summary><b>${method}</b> <code>${escapeHtml(path)}</code><span>${escapeHtml(summary)}</span></summary>
<div class="inner">
${access ? `<p>For ${escapeHtml(callersOf(access))} (<code>${escapeHtml(access)}</code>).</p>\n` : ''}${rows.length ? `<h3>Parameters</h3>\n<table>${rows.join('')}</table>\n` : ''}${body ? block('Body', typeOf(body)) : ''}${answers.join('')}</div>
</details>`;
}

/** The whole page. */
export function referencePage(document: Described): string {
  const faces = groupsOf(operationsOf(document));
  const idOf = (face: string, subject: string) => escapeHtml(`${face}-${subject}`.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
  const contents = [...faces].map(([face, groups]) =>
    `<h2>${escapeHtml(face)}</h2>\n<ul>${[...groups.keys()].map((subject) => `<li><a href="#${idOf(face, subject)}">${escapeHtml(subject)}</a></li>`).join('')}</ul>`);
  const sections = [...faces].flatMap(([face, groups]) =>
    [...groups].map(([subject, operations]) => `<section>\n<h2 id="${idOf(face, subject)}">${escapeHtml(face)}: ${escapeHtml(subject)}</h2>\n${operations.map(operationHtml).join('\n')}\n</section>`));
  const codes = Object.entries(problemCodes).map(([code, [status, title]]) => `<tr><td>${status}</td><td><code>${code}</code></td><td>${escapeHtml(title)}</td></tr>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference</title>
<style>${referenceStyle}</style>
</head>
<body>
<main>
<h1>API reference</h1>
<p>${escapeHtml(document.info.title)}, version ${escapeHtml(document.info.version)}. For programs the same is at <a href="/docs/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<p>Another back office calls <code>/v1/office/…</code> with <code>Authorization: Bearer &lt;API key&gt;</code>. Money is <code>{ amount, currency }</code> in minor units, times are UTC, days are <code>YYYY-MM-DD</code>. Lists answer <code>{ items, nextCursor }</code>: hand <code>nextCursor</code> back as <code>cursor</code>.</p>
<nav aria-label="Contents">
${contents.join('\n')}
</nav>
<section>
<h2>Errors</h2>
<p>Errors are <code>application/problem+json</code> (RFC 9457) with one of these codes, and <code>errors: [{ path, message }]</code> where fields are wrong. What a caller may not see answers like what does not exist.</p>
<table>${codes.join('')}</table>
</section>
${sections.join('\n')}
</main>
</body>
</html>
`;
}
