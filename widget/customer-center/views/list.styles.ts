import { css } from 'lit';
import { pillStyles } from '../../parts/pill.ts';
import { stateStyles } from '../../parts/states.ts';
import { buttons, fields } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

/** Lists of things to open: rows, search and choice above them, “Show more” below. */
const own = css`
  :host {
    container-type: inline-size;
  }
  .section-head {
    display: grid;
    gap: calc(var(--cc-space) * 3);
    margin-bottom: calc(var(--cc-space) * 3);
  }
  .section-title {
    font-size: var(--cc-font-large);
    font-weight: var(--cc-weight);
    line-height: 1.3;
  }
  .card {
    overflow: hidden;
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius);
    background: var(--cc-surface);
  }
  .row {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: start;
    gap: calc(var(--cc-space) * 1) calc(var(--cc-space) * 4);
    padding: calc(var(--cc-space) * 3.5) calc(var(--cc-space) * 4);
    transition: background-color var(--cc-motion);
  }
  .row + .row {
    border-top: 1px solid var(--cc-line);
  }
  .name,
  .name .go {
    font-weight: var(--cc-weight);
    line-height: 1.35;
  }
  .meta,
  .relative {
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .meta {
    line-height: 1.45;
  }
  /* Lines break between the parts before they break within one. */
  .meta > span {
    display: inline-block;
  }
  /* One thing to press a row: the button's own area covers all of it. */
  .go::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .go:focus-visible {
    outline: none;
  }
  .go:focus-visible::after {
    outline: var(--cc-focus-width) solid var(--cc-focus);
    outline-offset: -3px;
    border-radius: var(--cc-radius);
  }
  .amount {
    font-variant-numeric: tabular-nums;
    line-height: 1.35;
    text-align: end;
    white-space: nowrap;
  }
  .tools {
    display: grid;
    gap: calc(var(--cc-space) * 2);
  }
  .search,
  .select {
    position: relative;
    min-width: 0;
  }
  .tools .field {
    padding-block: 0;
  }
  .search .field {
    padding-inline-start: 42px;
  }
  .select .field {
    padding-inline-end: 40px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  .tools svg {
    position: absolute;
    top: 50%;
    width: 20px;
    height: 20px;
    translate: 0 -50%;
    fill: none;
    stroke: var(--cc-muted);
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    pointer-events: none;
  }
  .search svg {
    inset-inline-start: 13px;
  }
  .select svg {
    inset-inline-end: 12px;
  }
  [aria-busy='true'] {
    animation: fade 1ms 200ms forwards;
  }
  @keyframes fade {
    to {
      opacity: 0.6;
    }
  }
  .more {
    margin-top: calc(var(--cc-space) * 3);
    text-align: center;
  }
  .more .error {
    margin-bottom: calc(var(--cc-space) * 2);
  }
  @media (hover: hover) {
    .row:hover {
      background: var(--cc-hover);
    }
  }
  /* The view's own width: the center is 720 px wide then. */
  @container (min-width: 688px) {
    .section-head {
      grid-template-columns: auto minmax(0, 1fr);
      align-items: center;
    }
    .tools {
      grid-template-columns: repeat(auto-fit, minmax(0, 260px));
      grid-auto-flow: column;
      justify-content: end;
      gap: calc(var(--cc-space) * 3);
    }
    .tools .field {
      min-height: 44px;
    }
  }
`;

export const listStyles = [reset, buttons, fields, pillStyles, stateStyles, own];
