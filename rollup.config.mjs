import { globSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { literalsHtmlCssMinifier } from '@literals/rollup-plugin-html-css-minifier';
import esbuild from 'rollup-plugin-esbuild';
import { loadTogether } from './tools/rollup/load-together.ts';
import { minifyCss } from './tools/rollup/minify-css.ts';
import { shareEntry } from './tools/rollup/share-entry.ts';

const entry = 'widget/elements/customer-center.ts';

/** TypeScript with the widget's own project: experimental decorators, fields assigned in the constructor. */
const compile = [
  nodeResolve({ browser: true, extensions: ['.ts', '.js'] }),
  esbuild({ tsconfig: 'widget/tsconfig.json', target: 'es2022' }),
];
/** Our own plugin for CSS: the other one leaves out templates with expressions. */
const minified = [literalsHtmlCssMinifier({ failOnError: true, options: { shouldMinifyCSS: () => false } }), ...compile, minifyCss()];
const minify = terser({ ecma: 2021, module: true, compress: { passes: 3 }, format: { comments: /^!/ } });
/** Instead of each module's licence comment; the build writes the file. */
const banner = ({ isEntry }) => (isEntry ? '/*! Licences of what is inside: licenses.txt */' : '');

/**
 * Modules that come together though Rollup would part them: a few chunks of up to 10 KB cost a page far less than many small ones,
 * because each is compressed alone. None of them may be in the entry, and one of
 * each group is imported dynamically; a group without such a one makes Rollup part the entry.
 */
const together = {
  session: /\/data\/(session|access|address|channel|proof|grant|store|tab)\.ts$/,
  waiting: /\/(views\/(code|confirm)(\.styles)?|locale\/en-code)\.ts$/,
  center: /\/(customer-center\/bar(\.styles)?|locale\/(en-center|formats)|data\/documents|parts\/(resource|states|pill|paper|paper\.styles|paper-actions|print)|locale\/en-documents|views\/(paper-view|all-my-jobs-event))\.ts$|\/lit-html\/direct.*\.js$/,
  lists: /\/views\/((list-view|row-list|search-bar|view-memory|invoices|invoice-rows|history|history-rows)|(list|history|invoices)\.styles)\.ts$/,
  bills: /\/(data\/(invoices|payments)|locale\/en-(invoices|due)|views\/(invoice|invoice\.styles|invoice-(paper|state)|due|pay-path|statement.*))\.ts$/,
  // A receipt comes with what leads to it: nobody shall have paid and then wait for its view.
  paid: /\/(payment-event|views\/(paid|(payment|cards)-view|(pay|cards)-view\.styles|paying|pay-(basket|parts))|locale\/(amounts|en-paying|en-receipt))\.ts$/,
  pay: /\/(views\/pay-view|parts\/stripe-form|data\/stripe)\.ts$|\/@stripe\//,
};
const groupOf = (id) => Object.keys(together).find((name) => together[name].test(id));

/** A script with its lazy chunks in dist/cdn: everything for the first view in one file, the rest by content hash. */
const script = (name, input, manualChunks = groupOf) => ({
  input: { [name]: input },
  preserveEntrySignatures: false,
  plugins: [...minified, loadTogether(), shareEntry(), minify],
  output: {
    dir: 'dist/cdn',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    banner,
    manualChunks,
    onlyExplicitManualChunks: true,
    // Tiny modules that two lazy views share are cheaper repeated than requested one after another.
    experimentalMinChunkSize: 1000,
  },
});

export default [
  script('customer-center', entry),
  // A script of its own: nothing of the office is in what customers load.
  script('customer-center-office', 'widget/elements/customer-center-office.ts', () => undefined),
  script('door', 'widget/door/door.ts'),
  {
    // One classic file, for site builders and tag managers that know no modules.
    input: entry,
    plugins: [...minified, minify],
    output: {
      file: 'dist/cdn/customer-center.iife.js',
      format: 'iife',
      name: 'CustomerCenter',
      inlineDynamicImports: true,
      banner,
    },
  },
  {
    // For people with a bundler of their own: one file a module, readable, Lit left to them.
    input: globSync('widget/elements/*.ts', { exclude: ['**/*.test.ts'] }),
    external: /^(lit|@lit\/|@stripe\/)/,
    plugins: compile,
    output: { dir: 'dist/npm', format: 'es', preserveModules: true, preserveModulesRoot: 'widget' },
  },
];
