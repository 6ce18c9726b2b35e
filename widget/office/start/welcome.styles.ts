import { css } from 'lit';

export const styles = css`
  .screen {
    max-width: 816px;
  }
  .progress {
    display: flex;
    gap: calc(var(--cc-space) * 2);
  }
  .progress li {
    flex: 1;
    min-width: 0;
  }
  .progress button {
    display: grid;
    gap: calc(var(--cc-space) * 1);
    align-content: start;
    width: 100%;
    min-height: var(--cc-target);
    padding-top: calc(var(--cc-space) * 2);
    border-top: 4px solid var(--cc-line);
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .progress .past button,
  .progress button[aria-current='step'] {
    border-color: var(--cc-accent-text);
  }
  .progress button[aria-current='step'] {
    color: var(--cc-ink);
    font-weight: var(--cc-weight);
  }
  .dot {
    font-variant-numeric: tabular-nums;
  }
  .step {
    display: grid;
    gap: calc(var(--cc-space) * 5);
  }
  .step .sub {
    font-size: calc(var(--cc-font-size) * 1.25);
  }
  .grow {
    flex: 1;
  }
  @container screen (max-width: 559px) {
    .progress .words {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .progress button {
      justify-items: center;
    }
  }
`;
