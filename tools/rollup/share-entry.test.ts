import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { rollup, type Plugin, type RollupOutput } from 'rollup';
import { shareEntry } from './share-entry.ts';

/** What an entry of these tests puts on `globalThis`, the way an element class would be defined. */
interface Probe {
  Shared: object;
  open(): Promise<{ usesShared: object; nested: object }>;
}

const shared = `export class Shared {}; export const twice = (n) => 2 * n;`;
const entry = `
  import { Shared, twice } from 'shared';
  (globalThis.probes ??= []).push({ Shared, twice, open: () => import('view') });
`;
const view = `
  import { Shared, twice } from 'shared';
  import { nested } from 'nested';
  export const usesShared = Shared;
  export { nested };
`;
const nested = `import { Shared } from 'shared'; export const nested = Shared;`;
const sources = { entry, view, shared, nested };

describe('shareEntry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'share-entry-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  let probes: Probe[] = [];
  beforeEach(() => {
    probes = [];
    // Each test is a page of its own.
    Object.assign(globalThis, { probes, [Symbol.for('customer-center')]: undefined });
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Loads a built entry as a page would, `query` and all. */
  async function load(name: string, query = ''): Promise<Probe> {
    await import(pathToFileURL(join(folder, name, 'entry.js')).href + query);
    return probes.at(-1)!;
  }

  it('gives lazy chunks the entry’s own objects, whatever the address of the script', async () => {
    await bundle(sources, join(folder, 'query'));
    const { Shared, open } = await load('query', '?ver=6.5');
    assert.equal((await open()).usesShared, Shared);
    assert.equal((await open()).nested, Shared);
  });

  it('starts the entry once a script tag, never from a chunk', async () => {
    await bundle(sources, join(folder, 'twice'));
    const first = await load('twice', '?ver=1');
    const second = await load('twice');
    await second.open();
    assert.equal((await first.open()).usesShared, first.Shared);
    assert.equal(probes.length, 2);
  });

  it('keeps two releases on one page apart', async () => {
    await bundle(sources, join(folder, 'old'));
    await bundle({ ...sources, shared: shared.replace('2 *', '3 *') }, join(folder, 'new'));
    for (const release of [await load('old'), await load('new')]) {
      assert.equal((await release.open()).usesShared, release.Shared);
    }
  });

  it('names chunks by what they rely on', async () => {
    const chunk = (output: RollupOutput) => output.output[1]!.fileName;
    const before = await bundle(sources);
    assert.equal(chunk(before), chunk(await bundle(sources)));
    assert.notEqual(chunk(before), chunk(await bundle({ ...sources, shared: shared.replace('2 *', '3 *') })));
  });

  it('leaves no address of the entry in a chunk', async () => {
    await bundle(sources, join(folder, 'plain'));
    const { output } = await bundle(sources);
    for (const file of output.slice(1)) {
      assert.doesNotMatch(readFileSync(join(folder, 'plain', file.fileName), 'utf8'), /entry\.js/);
    }
  });

  it('refuses to share a variable that changes', async () => {
    const changing = `export let twice = 1; export class Shared {}; export const change = () => { twice += 1; };`;
    const used = entry.replace('twice', 'twice, change').replace('open:', 'change, open:');
    const reads = view.replace('usesShared = Shared', 'usesShared = [Shared, twice]');
    await assert.rejects(bundle({ ...sources, shared: changing, entry: used, view: reads }), /must not be reassigned/);
  });
});

/** Bundles modules given by name; writes the files when a folder is named. */
async function bundle(modules: Record<string, string>, dir?: string): Promise<RollupOutput> {
  const virtual: Plugin = {
    name: 'virtual',
    resolveId: (id) => (id in modules ? id : null),
    load: (id) => modules[id] ?? null,
  };
  const result = await rollup({ input: 'entry', preserveEntrySignatures: false, plugins: [virtual, shareEntry()] });
  const options = { chunkFileNames: 'chunks/[name]-[hash].js', format: 'es' } as const;
  return dir ? result.write({ ...options, dir }) : result.generate(options);
}
