import type { ESLint } from 'eslint';
import { layers } from './layers.ts';
import { noRem, noStyleAttribute } from './templates.ts';

/** The rules that only this repository needs. */
export const house: ESLint.Plugin = {
  rules: { layers, 'no-rem': noRem, 'no-style-attribute': noStyleAttribute },
};
