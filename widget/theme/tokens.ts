/**
 * Every public token, in light and dark. The three outer elements adopt these styles; everything inside inherits them. A page
 * sets its own on the element: `customer-center { --cc-radius: 4px }`.
 *
 * @cssproperty --cc-accent Fills in the contractor's colour: the primary button, counts.
 * @cssproperty --cc-accent-ink Words on `--cc-accent`.
 * @cssproperty --cc-accent-text Words, links and lines in the contractor's colour, readable on surface, canvas and soft.
 * @cssproperty --cc-accent-soft A tint of the accent, under what is chosen.
 * @cssproperty --cc-ink Words.
 * @cssproperty --cc-muted Second words: dates, hints, labels of values.
 * @cssproperty --cc-line Lines between and around things.
 * @cssproperty --cc-line-strong Outlines of fields and controls, 3:1 against surface and canvas.
 * @cssproperty --cc-surface Cards, lists and fields.
 * @cssproperty --cc-canvas What the cards lie on.
 * @cssproperty --cc-hover Under the pointer.
 * @cssproperty --cc-skeleton Bars that stand for what is being loaded.
 * @cssproperty --cc-ok Words about what is paid or confirmed.
 * @cssproperty --cc-ok-soft Ground for `--cc-ok`.
 * @cssproperty --cc-warn Words about what waits or is due.
 * @cssproperty --cc-warn-soft Ground for `--cc-warn`.
 * @cssproperty --cc-bad Words about what failed.
 * @cssproperty --cc-bad-soft Ground for `--cc-bad`.
 * @cssproperty --cc-plain Words of a neutral pill.
 * @cssproperty --cc-plain-soft Ground for `--cc-plain`.
 * @cssproperty --cc-font Font family; the page's own unless set.
 * @cssproperty --cc-font-size Size of ordinary words, 16px. All other sizes follow from it.
 * @cssproperty --cc-font-small Second words, 14 at 16.
 * @cssproperty --cc-font-large Headings of sections, 18 at 16.
 * @cssproperty --cc-font-title Heading of the view, 24 at 16.
 * @cssproperty --cc-weight Weight of names and headings.
 * @cssproperty --cc-space Step of all distances, 4px.
 * @cssproperty --cc-radius Corners of cards and lists.
 * @cssproperty --cc-radius-control Corners of buttons and fields.
 * @cssproperty --cc-target Least height and width of anything to tap.
 * @cssproperty --cc-width Widest column of text.
 * @cssproperty --cc-focus Colour of the focus ring.
 * @cssproperty --cc-focus-width Width of the focus ring.
 * @cssproperty --cc-motion How long a transition takes; 0 where the person asked for no motion.
 */
import { css, unsafeCSS } from 'lit';

/** Colours by day. The accent's come from the account's card (`accent.ts`). */
export const light = {
  accent: 'var(--cc-brand-light-fill, #0b62c4)',
  'accent-ink': 'var(--cc-brand-light-ink, #ffffff)',
  'accent-text': 'var(--cc-brand-light-text, #0b62c4)',
  'accent-soft': 'var(--cc-brand-light-soft, #e9f1fa)',
  ink: '#17212b',
  muted: '#55616e',
  line: '#dfe5eb',
  'line-strong': '#848f9b',
  surface: '#ffffff',
  canvas: '#f5f7f9',
  hover: '#f8fafb',
  skeleton: '#e6ebf0',
  ok: '#0f6b3e',
  'ok-soft': '#e4f5eb',
  warn: '#7a4d00',
  'warn-soft': '#fdf1d8',
  bad: '#a61b12',
  'bad-soft': '#fdeaea',
  plain: '#45515d',
  'plain-soft': '#eaeef2',
};

/** Colours by night: a set of its own, not an inversion. */
export const dark: Record<keyof typeof light, string> = {
  accent: 'var(--cc-brand-dark-fill, #7db4f5)',
  'accent-ink': 'var(--cc-brand-dark-ink, #0f151b)',
  'accent-text': 'var(--cc-brand-dark-text, #7db4f5)',
  'accent-soft': 'var(--cc-brand-dark-soft, #1b2d42)',
  ink: '#e8edf2',
  muted: '#a3b0bd',
  line: '#2c3844',
  'line-strong': '#6b7b8b',
  surface: '#161e26',
  canvas: '#0f151b',
  hover: '#1c262f',
  skeleton: '#25303a',
  ok: '#7fd8a8',
  'ok-soft': '#143324',
  warn: '#f0c675',
  'warn-soft': '#3a2d12',
  bad: '#ff9d94',
  'bad-soft': '#431d1b',
  plain: '#c3cdd7',
  'plain-soft': '#26313b',
};

const declare = (scheme: string, colours: typeof light) =>
  unsafeCSS(`color-scheme:${scheme};${Object.entries(colours).map(([name, value]) => `--cc-${name}:${value}`).join(';')}`);
const darkSet = declare('dark', dark);

export const tokens = css`
  :host {
    ${declare('light', light)};
    --cc-font: inherit;
    --cc-font-size: 16px;
    --cc-font-small: calc(var(--cc-font-size) * 0.875);
    --cc-font-large: calc(var(--cc-font-size) * 1.125);
    --cc-font-title: calc(var(--cc-font-size) * 1.5);
    --cc-weight: 650;
    --cc-space: 4px;
    --cc-radius: 12px;
    --cc-radius-control: 10px;
    --cc-target: 44px;
    --cc-width: 980px;
    --cc-focus: var(--cc-accent-text);
    --cc-focus-width: 2px;
    --cc-motion: 120ms;
  }
  :host([color-scheme='dark']),
  :host([data-around='dark']:not([color-scheme='light'])) {
    ${darkSet};
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --cc-motion: 0ms;
    }
  }
`;
