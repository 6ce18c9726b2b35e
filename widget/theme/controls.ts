/**
 * What a person presses, fills in or reads as a state, drawn once for every view. They are classes on native elements: a form
 * and its fields share one shadow root, which password managers and autofill need.
 */
import { css } from 'lit';

/** `.button`, with `.primary` (one a screen), `.quiet` (a link that acts) and `.wide`. */
export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--cc-space) * 2);
    min-height: var(--cc-target);
    min-width: var(--cc-target);
    padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4.5);
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius-control);
    background: var(--cc-surface);
    color: var(--cc-ink);
    font-weight: var(--cc-weight);
    line-height: 1.25;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition:
      background-color var(--cc-motion),
      border-color var(--cc-motion);
  }
  .button.primary {
    border-color: transparent;
    background: var(--cc-accent);
    color: var(--cc-accent-ink);
  }
  .button.quiet {
    border-color: transparent;
    background: none;
    color: var(--cc-accent-text);
  }
  .button.wide {
    width: 100%;
  }
  .button[aria-disabled='true'],
  .button:disabled {
    cursor: default;
    opacity: 0.65;
  }
  @media (hover: hover) {
    .button:hover {
      border-color: var(--cc-line-strong);
    }
    .button.primary:hover {
      border-color: transparent;
      box-shadow: inset 0 0 0 2px color-mix(in srgb, var(--cc-accent-ink) 40%, transparent);
    }
    .button.quiet:hover {
      border-color: transparent;
      background: var(--cc-accent-soft);
    }
  }
  .link {
    color: var(--cc-accent-text);
    font-weight: var(--cc-weight);
    text-decoration: none;
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
`;

/** `.label`, `.field` (on input, select and textarea), `.hint` and `.error` beside its cause. */
export const fields = css`
  .label {
    display: block;
    margin-bottom: calc(var(--cc-space) * 1.5);
    font-size: var(--cc-font-small);
    font-weight: var(--cc-weight);
  }
  .field {
    display: block;
    width: 100%;
    min-height: 48px;
    padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3.5);
    border: 1px solid var(--cc-line-strong);
    border-radius: var(--cc-radius-control);
    background: var(--cc-surface);
    color: var(--cc-ink);
    /* Below 16 px phones zoom into the field. */
    font-size: max(16px, 1em);
    appearance: none;
  }
  .field::placeholder {
    color: var(--cc-muted);
    opacity: 1;
  }
  .field:focus-visible {
    border-color: var(--cc-focus);
    outline-offset: 0;
  }
  .field[aria-invalid='true'] {
    border-color: var(--cc-bad);
  }
  .hint,
  .error {
    margin-top: calc(var(--cc-space) * 1.5);
    font-size: var(--cc-font-small);
  }
  .hint {
    color: var(--cc-muted);
  }
  .error {
    color: var(--cc-bad);
  }
  .check {
    display: flex;
    align-items: center;
    gap: calc(var(--cc-space) * 3);
    min-height: var(--cc-target);
    cursor: pointer;
  }
  .check input {
    flex: none;
    width: 20px;
    height: 20px;
    accent-color: var(--cc-accent-text);
  }
`;
