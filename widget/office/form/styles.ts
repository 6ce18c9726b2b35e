/** How the office's screens look: head, panels, lists, tables and forms, drawn once. */
import { css } from 'lit';
import { pillStyles } from '../../parts/pill.ts';
import { stateStyles } from '../../parts/states.ts';
import { buttons, fields } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

const screen = css`
  :host {
    container: screen / inline-size;
  }
  .screen {
    display: grid;
    align-content: start;
    gap: calc(var(--cc-space) * 5);
    max-width: 1120px;
    padding: calc(var(--cc-space) * 6) calc(var(--cc-space) * 7) calc(var(--cc-space) * 10);
  }
  @container screen (max-width: 600px) {
    .screen {
      padding: calc(var(--cc-space) * 4);
    }
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3);
  }
  .head .grow {
    flex: 1;
    min-width: min(100%, 260px);
  }
  .title {
    font-size: var(--cc-font-title);
    font-weight: 700;
    line-height: 1.25;
  }
  .over {
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .sub {
    font-size: var(--cc-font-large);
    font-weight: var(--cc-weight);
  }
  .strong {
    font-weight: var(--cc-weight);
  }
  .small {
    font-size: var(--cc-font-small);
  }
  .bad-text {
    color: var(--cc-bad);
  }
  .panel {
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius);
    background: var(--cc-surface);
  }
  .panel.padded,
  .panel > .padded {
    display: grid;
    gap: calc(var(--cc-space) * 4);
    padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
  }
  .panel-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 2);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 5);
    border-bottom: 1px solid var(--cc-line);
  }
  .columns {
    display: grid;
    gap: calc(var(--cc-space) * 5);
    align-items: start;
  }
  @container screen (min-width: 860px) {
    .columns {
      grid-template-columns: minmax(0, 1.6fr) minmax(0, 1fr);
    }
  }
  .stack {
    display: grid;
    gap: calc(var(--cc-space) * 4);
    align-content: start;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--cc-space) * 2);
  }
  .rows > * + * {
    border-top: 1px solid var(--cc-line);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--cc-space) * 1) calc(var(--cc-space) * 4);
    width: 100%;
    min-height: var(--cc-target);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 5);
    color: inherit;
    text-align: start;
    text-decoration: none;
  }
  .row .grow {
    flex: 1;
    min-width: min(100%, 200px);
  }
  .row .amount,
  .amount {
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  @media (hover: hover) {
    button.row:hover,
    a.row:hover {
      background: var(--cc-hover);
    }
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th {
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
    font-weight: 400;
    text-align: start;
  }
  th,
  td {
    padding: calc(var(--cc-space) * 2.5) calc(var(--cc-space) * 3);
    vertical-align: top;
  }
  tbody tr {
    border-top: 1px solid var(--cc-line);
  }
  .banner {
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    border-radius: var(--cc-radius-control);
  }
  .banner.warn,
  .conflict {
    background: var(--cc-warn-soft);
    color: var(--cc-warn);
  }
  .banner.bad {
    background: var(--cc-bad-soft);
    color: var(--cc-bad);
  }
  .banner.plain {
    background: var(--cc-plain-soft);
    color: var(--cc-plain);
  }
  .banner.ok {
    background: var(--cc-ok-soft);
    color: var(--cc-ok);
  }
  .pill.bad {
    background: var(--cc-bad-soft);
    color: var(--cc-bad);
  }
  button.link {
    min-height: 24px;
    cursor: pointer;
  }
  /* What takes the focus is not hidden by the bars above and below. */
  :is(a, button, input, select, textarea, [tabindex]) {
    scroll-margin-block: 64px 104px;
  }
`;

const forms = css`
  form,
  .form {
    display: grid;
    gap: calc(var(--cc-space) * 4);
  }
  legend {
    padding: 0;
  }
  .two {
    display: grid;
    gap: calc(var(--cc-space) * 4);
    align-items: start;
  }
  @container screen (min-width: 560px) {
    .two {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  .optional {
    color: var(--cc-muted);
    font-weight: 400;
  }
  .select {
    position: relative;
    display: block;
  }
  .select .field {
    padding-inline-end: calc(var(--cc-space) * 10);
  }
  .chevron {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 12px;
    width: 18px;
    margin-block: auto;
    fill: none;
    stroke: var(--cc-muted);
    stroke-width: 2;
    pointer-events: none;
  }
  textarea.field {
    min-height: 88px;
    line-height: 1.5;
    resize: vertical;
  }
  .check small {
    display: block;
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .conflict {
    padding: calc(var(--cc-space) * 4);
    border-radius: var(--cc-radius-control);
  }
  .conflict li {
    display: grid;
    gap: calc(var(--cc-space) * 2);
    padding-block: calc(var(--cc-space) * 3);
  }
  .conflict .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 2);
    padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3);
    border-radius: var(--cc-radius-control);
    background: var(--cc-surface);
    color: var(--cc-ink);
  }
`;

/** For every screen. */
export const screenStyles = [reset, buttons, fields, pillStyles, stateStyles, screen, forms];
