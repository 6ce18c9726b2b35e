import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { house } from './plugin.ts';

/** The repository's own configuration, without the rules that need a real project around the sample. */
const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  overrideConfig: [tseslint.configs.disableTypeChecked],
});

/** The rules that a sample breaks when it stands at `path`. */
async function broken(path: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path });
  return result!.messages.filter(({ ruleId }) => ruleId !== '@typescript-eslint/no-unused-vars').map(({ ruleId }) => ruleId);
}

const layers = 'house/layers';
const imports = '@typescript-eslint/no-restricted-imports';

/** Each law once: where, the sample, and the rule that must object; no rule means that it is fine so. */
const samples: [where: string, code: string, rule?: string][] = [
  ['server/contract/work.ts', `import { z } from 'zod'; import { money } from './wire.ts'; export { z, money };`],
  ['server/contract/work.ts', `import { sql } from 'kysely'; export { sql };`, layers],
  ['server/contract/work.ts', `import type { Scope } from '../database/scope.ts'; export type { Scope };`, layers],

  ['widget/data/work.ts', `import type { Job } from '../../server/contract/work.ts'; export type { Job };`],
  ['widget/data/work.ts', `import { type Job } from '../../server/contract/work.ts'; export type { Job };`],
  ['widget/data/work.ts', `import { job } from '../../server/contract/work.ts'; export { job };`, layers],
  ['widget/data/work.ts', `import type { Scope } from '../../server/database/scope.ts'; export type { Scope };`, layers],
  ['widget/data/work.ts', `export type Scope = import('../../server/database/scope.ts').Scope;`, layers],
  ['widget/data/work.ts', `import '../parts/cc-tabs.ts';`, layers],
  ['widget/data/work.ts', `import { html } from 'lit'; export { html };`, layers],

  ['server/platform/limits.ts', `export * from '../access/sessions.ts';`, layers],
  ['server/platform/limits.ts', `export const sessions = await import('../access/sessions.ts');`, layers],
  ['server/notices/notices.ts', `import { routes } from '../work/routes.ts'; export { routes };`, layers],
  ['server/notices/notices.ts', `import { routes } from '../account/office-routes.ts'; export { routes };`, layers],
  ['server/account/keys.ts', `import { routes } from './office-routes.ts'; export { routes };`],
  ['server/app.ts', `import { routes } from './work/routes.ts'; export { routes };`],
  ['server/work/work.test.ts', `import { routes } from '../access/routes.ts'; export { routes };`],
  ['server/access/testing/matrix.ts', `import { routes } from '../../work/routes.ts'; export { routes };`],
  ['server/app.ts', `import { demo } from './demo/demo.ts'; export { demo };`, layers],
  ['server/main.ts', `export const demo = await import('./demo/demo.ts');`],

  ['widget/parts/cc-box.test.ts', `import '../elements/customer-center.ts'; import type { CcBox } from './cc-box.ts'; export type { CcBox };`],
  ['widget/parts/cc-box.test.ts', `import { en } from '../locale/en.ts'; import { at } from '../testing.ts'; export { en, at };`],
  ['widget/parts/cc-box.test.ts', `import './cc-box.ts';`, layers],
  ['widget/parts/cc-box.unit.test.ts', `import './cc-box.ts';`],

  ['widget/parts/cc-box.ts', `import { styleMap } from 'lit/directives/style-map.js'; export { styleMap };`, imports],
  ['widget/parts/cc-box.ts', `import { z } from 'zod'; export { z };`, imports],
  ['widget/parts/cc-box.ts', `import type { z } from 'zod'; export type { z };`],
  ['widget/parts/cc-box.ts', `import { loadStripe } from '@stripe/stripe-js'; export { loadStripe };`, imports],
  ['widget/parts/cc-box.ts', `import { loadStripe } from '@stripe/stripe-js/pure'; export { loadStripe };`],
  ['widget/parts/cc-box.ts', `import { customElement } from 'lit/decorators.js'; export { customElement };`, imports],
  ['widget/parts/cc-box.ts', `@customElement('cc-box') export class CcBox extends LitElement {}`, 'no-restricted-syntax'],

  ['widget/parts/cc-box.ts', 'export const styles = css`p { margin: 1em }`;'],
  ['widget/parts/cc-box.ts', 'export const styles = css`p { margin: 1.5rem }`;', 'house/no-rem'],
  ['widget/parts/cc-box.ts', 'export const styles = css`p { margin: ${gap}rem }`;', 'house/no-rem'],
  ['widget/parts/cc-box.ts', 'export const view = html`<p style="color: red">a</p>`;', 'house/no-style-attribute'],
  ['widget/parts/cc-box.ts', 'export const view = html`<p class="a" style=${b}>a</p>`;', 'house/no-style-attribute'],

  ['widget/parts/cc-box.test.ts', 'expect(box).to.be.accessible();', 'no-restricted-syntax'],
  ['widget/parts/cc-box.test.ts', 'await expect(box).to.be.accessible();'],

  ['server/access/links.ts', `export const token = Math.random();`, 'no-restricted-properties'],
  ['server/access/links.ts', `export const host = window.location;`, 'no-restricted-globals'],
];

describe('the lint rules', () => {
  for (const [where, code, rule] of samples) {
    it(`${rule ?? 'nothing'} objects to ${where}: ${code}`, async () => {
      const rules = await broken(where, code);
      if (rule) assert.ok(rules.includes(rule), `objected: ${rules.join(', ')}`);
      else assert.deepEqual(rules, []);
    });
  }
});

describe('capabilities that import each other', () => {
  const root = mkdtempSync(join(tmpdir(), 'layers-'));
  after(() => rmSync(root, { recursive: true }));

  it('in a circle fail, in a line do not', () => {
    const files: Record<string, string> = {
      'server/work/jobs.ts': `import { links } from '../access/links.ts';`,
      'server/access/links.ts': `import type { Notice } from '../notices/notices.ts';`,
      'server/notices/notices.ts': `export * from '../work/jobs.ts';`,
      'server/booking/booking.ts': `import { jobs } from '../work/jobs.ts';`,
    };
    for (const [file, code] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), code);
    }
    const messages = Object.entries(files).flatMap(([file, code]) => lint(join(root, file), code));
    assert.deepEqual(messages, [
      'capabilities import each other in a circle: work → access → notices → work',
      'capabilities import each other in a circle: access → notices → work → access',
      'capabilities import each other in a circle: notices → work → access → notices',
    ]);
  });

  function lint(filename: string, code: string): string[] {
    const config: Linter.Config = {
      files: ['**/*.ts'],
      plugins: { house },
      languageOptions: { parser: tseslint.parser as Linter.Parser },
      rules: { [layers]: ['error', { root }] },
    };
    return new Linter({ cwd: root }).verify(code, config, { filename }).map(({ message }) => message);
  }
});
