import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rollup } from 'rollup';
import { loadTogether } from './load-together.ts';

describe('loadTogether', () => {
  it('requests a view and what it shares with another view at the same time', async () => {
    const entry = await bundle({
      entry: `import { own } from 'own'; globalThis.open = () => [own, import('view'), import('other'), import('alone')];`,
      own: 'export const own = 1;',
      view: `import { own } from 'own'; import { shared } from 'shared'; export const view = [own, shared];`,
      other: `import { shared } from 'shared'; export const other = shared;`,
      alone: 'export const alone = 1;',
      shared: `export const shared = 'shared';`,
    });
    assert.match(entry, /Promise\.all\(\[import\("\.\/view\.js"\), import\("\.\/shared\.js"\)\]\)\.then\(\(all\) => all\[0\]\)/);
    assert.match(entry, /Promise\.all\(\[import\("\.\/other\.js"\), import\("\.\/shared\.js"\)\]\)/);
    assert.match(entry, /, import\('\.\/alone\.js'\)\]/);
  });

  /** The code of the entry. */
  async function bundle(modules: Record<string, string>): Promise<string> {
    const virtual = { name: 'virtual', resolveId: (id: string) => id, load: (id: string) => modules[id] ?? null };
    const result = await rollup({ input: 'entry', preserveEntrySignatures: false, plugins: [virtual, loadTogether()] });
    const { output } = await result.generate({ chunkFileNames: '[name].js' });
    return output[0].code;
  }
});
