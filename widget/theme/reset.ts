/**
 * Keeps the page's style out. A page's rules stop at a shadow root, but what they set on the element itself, or on everything
 * (`* { letter-spacing: 3px }`), is inherited across it, and `all: initial` on the host loses to the page. So the first
 * element inside each shadow root is `<div class="cc">`, which says every inherited property anew, except the font family:
 * the center speaks in the page's own font.
 */
import { css } from 'lit';

export const reset = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  .cc {
    color: var(--cc-ink);
    font-family: var(--cc-font, inherit);
    font-size: var(--cc-font-size, 16px);
    font-style: normal;
    font-variant: normal;
    font-weight: 400;
    font-stretch: normal;
    line-height: 1.5;
    letter-spacing: normal;
    word-spacing: normal;
    word-break: normal;
    overflow-wrap: anywhere;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
    hyphens: manual;
    quotes: auto;
    list-style: none;
    border-collapse: collapse;
    border-spacing: 0;
    cursor: auto;
    pointer-events: auto;
    user-select: auto;
    visibility: visible;
    tab-size: 4;
    -webkit-font-smoothing: auto;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
    font-size: inherit;
    font-weight: inherit;
  }
  ul,
  ol {
    list-style: none;
  }
  button,
  input,
  select,
  textarea {
    margin: 0;
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
  }
  button {
    padding: 0;
    border: 0;
    background: none;
    text-align: inherit;
    cursor: pointer;
  }
  img,
  svg {
    display: block;
    max-width: 100%;
  }
  :focus-visible {
    outline: var(--cc-focus-width) solid var(--cc-focus);
    outline-offset: 2px;
  }
  /* Headings take the focus when a view opens; a ring around words that nobody can press says nothing. */
  :is(h1, h2, h3, [role='heading']):focus {
    outline: none;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
