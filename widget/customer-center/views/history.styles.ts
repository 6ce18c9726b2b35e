import { css } from 'lit';
import { dateTileStyles } from '../../parts/date-tile.ts';
import { pillStyles } from '../../parts/pill.ts';
import { stateStyles } from '../../parts/states.ts';
import { buttons, fields } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

const own = css`
  :host {
    container-type: inline-size;
  }
  section + section {
    margin-top: calc(var(--cc-space) * 8);
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
  .card,
  .ask {
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
  .words {
    display: grid;
    gap: 2px;
    min-width: 0;
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
  .when {
    color: var(--cc-ink);
  }
  /* One thing to press a row: the button's own area covers all of it. */
  .go::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .name .go:focus-visible,
  .ask .go:focus-visible {
    outline: none;
  }
  .go:focus-visible::after {
    outline: var(--cc-focus-width) solid var(--cc-focus);
    outline-offset: -3px;
    border-radius: var(--cc-radius);
  }
  .amount,
  .sum {
    font-variant-numeric: tabular-nums;
    line-height: 1.35;
    text-align: end;
    white-space: nowrap;
  }
  .past .words {
    display: contents;
  }
  .past .name {
    grid-column: 1;
  }
  .past .amount {
    grid-area: 1 / 2;
  }
  .past .meta,
  .past .state-pill {
    grid-column: 1 / -1;
  }
  .coming {
    grid-template-columns: auto minmax(0, 1fr);
  }
  .coming .tile {
    grid-row: span 2;
  }
  .side {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px calc(var(--cc-space) * 2);
  }
  .asks {
    display: grid;
    gap: calc(var(--cc-space) * 3);
  }
  .ask {
    border-inline-start: 4px solid var(--cc-accent-text);
    border-top: 1px solid var(--cc-line);
    row-gap: calc(var(--cc-space) * 3);
    /* Large text: the button drops below the sum instead of covering it. */
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
  }
  .ask.payment {
    border-inline-start-color: var(--cc-warn);
  }
  .ask .words {
    flex: 1 0 100%;
  }
  .sum {
    align-self: center;
    font-size: var(--cc-font-large);
    font-weight: var(--cc-weight);
    text-align: start;
  }
  .ask .button {
    position: static;
    grid-column: 2;
    min-width: 112px;
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
  @container (min-width: 348px) {
    .past .meta {
      grid-column: 1;
    }
    .past .state-pill {
      grid-column: 2;
      justify-self: end;
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
    /* The rows of a list share their columns, so that amounts stand under each other. */
    ul {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto auto;
    }
    ul:has(> .coming) {
      grid-template-columns: auto minmax(0, 1fr) auto auto;
    }
    .row {
      grid-column: 1 / -1;
      grid-template-columns: minmax(0, 1fr) auto auto;
      grid-template-columns: subgrid;
      align-items: center;
    }
    .past .words {
      display: grid;
    }
    .past .amount,
    .past .state-pill {
      grid-area: auto / 2;
    }
    .past .state-pill {
      grid-column: 3;
    }
    .state-pill {
      text-align: end;
    }
    .coming {
      grid-template-columns: auto minmax(0, 1fr) auto auto;
      grid-template-columns: subgrid;
    }
    .coming .tile {
      grid-row: auto;
    }
    .side {
      display: contents;
    }
    .relative {
      grid-column: 3;
    }
    .coming .state-pill {
      grid-column: 4;
    }
    .ask {
      display: grid;
    }
    .ask .button {
      grid-column: auto;
    }
    .sum {
      text-align: end;
    }
  }
`;

export const styles = [reset, buttons, fields, pillStyles, dateTileStyles, stateStyles, own];
