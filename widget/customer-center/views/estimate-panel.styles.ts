import { css } from 'lit';
import { buttons, fields } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

const own = css`
  form {
    display: grid;
    gap: calc(var(--cc-space) * 4);
    padding: calc(var(--cc-space) * 5) calc(var(--cc-space) * 4);
    border: 2px solid var(--cc-accent-text);
    border-radius: var(--cc-radius);
    background: var(--cc-surface);
  }
  form > * {
    max-width: 560px;
  }
  .title {
    font-size: var(--cc-font-large);
    font-weight: 700;
    line-height: 1.25;
  }
  .muted {
    color: var(--cc-muted);
  }
  .small {
    font-size: var(--cc-font-small);
  }
  .prose {
    white-space: pre-line;
  }
  legend {
    padding: 0;
  }
  textarea.field {
    resize: vertical;
  }
  .marks,
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--cc-space) * 6);
  }
  .buttons {
    gap: calc(var(--cc-space) * 2);
  }
  .buttons .primary {
    flex: 1 1 200px;
  }
  /* What a typed name looks like as a mark. */
  .signed {
    min-height: 56px;
    padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3);
    border-bottom: 1px solid var(--cc-line-strong);
    font-family: 'Segoe Script', 'Bradley Hand', 'Snell Roundhand', cursive;
    font-size: 24px;
    font-style: italic;
  }
  .terms {
    max-height: 14em;
    overflow: auto;
    padding: calc(var(--cc-space) * 3);
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius-control);
  }
  .flush {
    padding-inline: 0;
    border-inline: 0;
  }
  .lines li {
    padding-block: calc(var(--cc-space) * 2);
    border-top: 1px solid var(--cc-line);
  }
  .lines .closed {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 3);
    padding-block: 0;
  }
  .closed .button {
    flex: none;
    white-space: nowrap;
  }
`;

export const styles = [reset, buttons, fields, own];
