/**
 * The widget's tests, in Chromium. The same files run twice:
 *
 *  - on the source (default): every `widget/**\/*.test.ts`;
 *  - on what is shipped (`WIDGET_BUILD=dist`): all but `*.unit.test.ts`, which look inside a module.
 *
 * So that one file serves both, a test takes the elements only from `elements/customer-center.ts` or `customer-center-office.ts`, by
 * `import '../elements/customer-center.ts'`; here that import becomes the built `dist/cdn/customer-center.js`. A test creates
 * elements by their tags, and tells them apart by their tags. Types, dictionaries and test helpers come from where they
 * are. Helpers stand in `testing.ts` or in a folder `testing/`.
 */
import { writeFileSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { browserArgs, findBrowser } from './tools/browser.ts';

const onBuild = process.env.WIDGET_BUILD === 'dist';

/** Sends the one import of the elements to the built script. */
const built = {
  name: 'built',
  resolveImport({ source, context }) {
    const { pathname } = new URL(source, `http://localhost${context.path}`);
    const [, name] = /^\/widget\/elements\/(customer-center(?:-office)?)\.ts$/.exec(pathname) ?? [];
    return name && `/dist/cdn/${name}.js`;
  },
};

/** Leaves the results for tools/test.ts, which adds up all suites. */
const results = (file) => ({
  onTestRunFinished({ sessions }) {
    writeFileSync(file, JSON.stringify(sessions.map(({ testFile, errors, testResults }) => ({ testFile, errors, testResults }))));
  },
});

export default {
  files: ['widget/**/*.test.ts', ...(onBuild ? ['!widget/**/*.unit.test.ts'] : [])],
  nodeResolve: true,
  concurrency: 2,
  plugins: [
    ...(onBuild ? [built] : []),
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: new URL('widget/tsconfig.json', import.meta.url).pathname }),
  ],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: findBrowser(), args: [...browserArgs] },
    }),
  ],
  testFramework: { config: { timeout: 10_000 } },
  filterBrowserLogs: ({ args }) => !args.some((text) => String(text).includes('Lit is in dev mode')),
  reporters: process.env.TEST_RESULTS ? [results(process.env.TEST_RESULTS)] : [defaultReporter()],
  coverageConfig: { include: ['widget/**/*.ts'], exclude: ['**/*.test.ts', '**/testing/**'] },
};
