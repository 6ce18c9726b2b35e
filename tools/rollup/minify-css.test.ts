import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { squeeze } from './minify-css.ts';

describe('squeeze', () => {
  const samples: [what: string, css: string, small: string][] = [
    ['a rule', '\n  :host {\n    color: red;\n    margin: 0 auto;\n  }\n', ' :host{color:red;margin:0 auto;}'],
    ['a comment, also with an apostrophe', 'a { /* don’t, and don\'t */ top: 0; }', 'a{top:0;}'],
    ['a list of selectors', 'a:hover,\n  b > c :focus-visible {}', 'a:hover,b > c :focus-visible{}'],
    ['a query', '@media (min-width: 30em) and (hover: hover) { a {} }', '@media (min-width:30em) and (hover:hover){a{}}'],
    ['arithmetic', 'a { width: calc(100% - 2 * var(--b, 1px)); }', 'a{width:calc(100% - 2 * var(--b,1px));}'],
    ['quoted text', `a::after { content: ' ; /* b */ '; }`, `a::after{content:' ; /* b */ ';}`],
    ['a piece before an expression', ' { gap: 1px;\n  ', '{gap:1px;'],
    ['a piece after an expression', ' > a { top: 0 }', ' > a{top:0}'],
  ];
  for (const [what, css, small] of samples) it(what, () => assert.equal(squeeze(css), small));
});
