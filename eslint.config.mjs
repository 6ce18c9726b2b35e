import { defineConfig } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';
import { house } from './tools/lint/plugin.ts';

const widget = ['widget/**/*.ts'];
const server = ['server/**/*.ts'];
/** What node:test awaits itself. */
const safe = ['describe', 'it', 'only', 'skip', 'suite', 'test', 'todo'];
const tests = ['**/*.{test,e2e}.ts', '**/testing.ts', '**/testing/**'];

/** An import that names a value of `name`; its types stay welcome. */
const noValueOf = (name, message) => ({ name, message, allowTypeImports: true });

/** What is nearly always a slip, and what the compiler lets pass. */
const mistakes = [
  'array-callback-return',
  'no-async-promise-executor',
  'no-cond-assign',
  'no-constant-binary-expression',
  'no-constant-condition',
  'no-debugger',
  'no-duplicate-case',
  'no-empty',
  'no-irregular-whitespace',
  'no-loss-of-precision',
  'no-misleading-character-class',
  'no-self-assign',
  'no-self-compare',
  'no-sparse-arrays',
  'no-throw-literal',
  'no-unsafe-finally',
  'no-useless-catch',
  'no-useless-escape',
  'object-shorthand',
  'require-yield',
  'use-isnan',
];

export default defineConfig(
  { ignores: ['**/node_modules/', '**/dist/', '.data/', 'tools/mocha.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict],
    plugins: { house },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'house/layers': ['error', { root: import.meta.dirname }],
      ...Object.fromEntries(mistakes.map((rule) => [rule, 'error'])),
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // With noUncheckedIndexedAccess, `!` says what the writer knows and the compiler cannot.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A promise that nobody waits for loses its error.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: safe }] },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },

  {
    files: server,
    ignores: tests,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'It can be guessed: use node:crypto.' },
      ],
      'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'location', 'name', 'status', 'event'],
    },
  },

  {
    files: widget,
    extends: [lit.configs['flat/all'], wc.configs['flat/recommended'], litA11y.configs.recommended],
    settings: { wc: { elementBaseClasses: ['LitElement'] } },
    rules: {
      'house/no-rem': 'error',
      'house/no-style-attribute': 'error',
      'lit/attribute-names': ['error', { convention: 'kebab' }],
      // A row's own handler reads better than data attributes, and Lit keeps one listener a binding anyway.
      'lit/no-template-arrow': 'off',
      // repeat() is for lists that keep state or focus; a plain map is right for the rest.
      'lit/no-template-map': 'off',
      // ${' '} keeps a space that the formatting of a template would lose.
      'lit/no-useless-template-literals': 'off',
      // @query knows only selectors that never change.
      'lit/prefer-query-decorators': 'off',
      'lit/quoted-expressions': ['error', 'never'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "Decorator[expression.callee.name='customElement']",
          message: 'A second script must not throw: use the guarded define() of widget/elements.',
        },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            ...['lit/directives/style-map.js', 'lit-html/directives/style-map.js'].map((name) => ({
              name,
              message: 'styleMap breaks under a strict CSP: use a class, or element.style.setProperty().',
            })),
            noValueOf('@stripe/stripe-js', 'It loads Stripe as soon as it is imported: use @stripe/stripe-js/pure.'),
            noValueOf('zod', 'zod costs more than the whole first view: the widget uses its types only.'),
            { name: 'zod/mini', message: 'The widget uses types of server/contract only.' },
            { name: 'lit/decorators.js', importNames: ['customElement'], message: 'Use the guarded define().' },
            { name: 'lit/decorators/custom-element.js', message: 'Use the guarded define().' },
          ],
        },
      ],
    },
  },

  {
    files: ['widget/**/*.test.ts'],
    rules: {
      // Every assertion of chai is thenable once one of them is: only that one must be awaited.
      '@typescript-eslint/no-floating-promises': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: "ExpressionStatement > CallExpression[callee.property.name='accessible']",
          message: 'Nothing is checked unless it is awaited.',
        },
      ],
    },
  },
);
