import { css } from 'lit';

/** How the sections of the settings look. */
export const sectionStyles = css`
  .section {
    display: grid;
    gap: calc(var(--cc-space) * 5);
    max-width: 760px;
  }
  .section-head {
    display: grid;
    gap: calc(var(--cc-space) * 1);
  }
  .section-title {
    font-size: calc(var(--cc-font-size) * 1.25);
    font-weight: 700;
    line-height: 1.3;
  }
  .facts > div {
    display: grid;
    gap: 0 calc(var(--cc-space) * 4);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 5);
  }
  .facts > div + div {
    border-top: 1px solid var(--cc-line);
  }
  .facts dt {
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  @container screen (min-width: 560px) {
    .facts > div {
      grid-template-columns: 180px minmax(0, 1fr);
    }
  }
  .panel.padded > .sub + .muted {
    margin-top: calc(var(--cc-space) * -3);
  }
  .row .grow {
    flex: 1 1 min(100%, 320px);
  }
  .row .actions {
    margin-inline-start: auto;
  }
  @container screen (max-width: 480px) {
    .row .actions {
      width: 100%;
    }
  }
  .actions > :is(.quiet, .bad):first-child {
    margin-inline-start: calc(var(--cc-space) * -4.5);
  }
  .row .actions > .bad:last-child {
    margin-inline-end: calc(var(--cc-space) * -4.5);
  }
  .row .muted,
  .row small {
    display: block;
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .code {
    display: block;
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius-control);
    background: var(--cc-canvas);
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: var(--cc-font-small);
    line-height: 1.6;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    user-select: all;
  }
  fieldset {
    display: grid;
    gap: calc(var(--cc-space) * 2);
  }
  legend {
    padding: 0;
  }
  .button.bad {
    border-color: transparent;
    background: none;
    color: var(--cc-bad);
  }
`;
