import { css } from 'lit';
import { listStyles } from './list.styles.ts';

const own = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4);
    margin-bottom: calc(var(--cc-space) * 3);
  }
  .top > span + span {
    margin-inline-start: calc(var(--cc-space) * -3);
  }
  .top .button {
    padding-inline: calc(var(--cc-space) * 3);
  }
  .title {
    font-size: var(--cc-font-title);
    font-weight: 700;
    line-height: 1.2;
  }
  /* Two choices that exclude each other, as one thing. */
  .switch {
    display: flex;
    width: fit-content;
    border: 1px solid var(--cc-line-strong);
    border-radius: var(--cc-radius-control);
    background: var(--cc-surface);
  }
  .switch button {
    min-height: 42px;
    min-width: 88px;
    padding-inline: calc(var(--cc-space) * 4);
    border-radius: calc(var(--cc-radius-control) - 1px);
    font-weight: var(--cc-weight);
    text-align: center;
  }
  .switch button[aria-pressed='true'] {
    background: var(--cc-accent-soft);
    color: var(--cc-accent-text);
    box-shadow: inset 0 0 0 2px;
  }
  @media (forced-colors: active) {
    .switch button[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -3px;
    }
  }
  .heads {
    border-bottom: 1px solid var(--cc-line);
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .heads > span {
    display: none;
  }
  .pick {
    position: relative;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: calc(var(--cc-space) * 2);
    cursor: pointer;
  }
  .heads .pick {
    min-height: 48px;
    padding-inline: calc(var(--cc-space) * 4);
    color: var(--cc-ink);
  }
  .pick input {
    flex: none;
    width: 20px;
    height: 20px;
    accent-color: var(--cc-accent-text);
    cursor: pointer;
  }
  /* As large as a finger, without pushing the words apart. */
  .row .pick {
    justify-content: center;
    min-width: var(--cc-target);
    min-height: var(--cc-target);
    margin: -10px -12px;
  }
  .go > * {
    display: block;
  }
  .number,
  .date,
  .of {
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
    font-weight: 400;
  }
  .amount b {
    font-weight: var(--cc-weight);
  }
  .amount .of,
  .selection .of {
    display: block;
  }
  /* What has the focus is not under the sum. */
  .row .go,
  .pick input,
  .more .button {
    scroll-margin-block-end: calc(var(--cc-target) * 3);
  }
  .selection {
    position: sticky;
    z-index: 2;
    bottom: calc(var(--cc-space) * 3);
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4);
    width: fit-content;
    margin: calc(var(--cc-space) * 4) auto 0;
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 5);
    border: 1px solid var(--cc-line-strong);
    border-radius: calc(var(--cc-target) * 0.75);
    background: var(--cc-surface);
    font-variant-numeric: tabular-nums;
    font-weight: var(--cc-weight);
    box-shadow: 0 4px 16px rgb(0 0 0 / 12%);
  }
  .filters {
    display: grid;
    gap: calc(var(--cc-space) * 3);
    margin-bottom: calc(var(--cc-space) * 4);
  }
  /* On a phone a card: the words beside the box, what is due in the corner. */
  @container (max-width: 687.9px) {
    .row {
      grid-template-columns: auto minmax(0, 1fr) auto;
      column-gap: calc(var(--cc-space) * 3);
    }
    .row .pick {
      grid-row: 1 / span 3;
    }
    .row > :is(.name, .meta, .state-pill) {
      grid-column: 2 / -1;
    }
    .row > .name {
      grid-column-end: 3;
    }
    .row.settled > :is(.name, .meta, .state-pill) {
      grid-column-start: 1;
    }
    .row > .amount {
      grid-area: 1 / 3;
    }
  }
  /* The view's own width: the center is 720 px wide then. */
  @container (min-width: 688px) {
    .filters {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .rows {
      display: grid;
      grid-template-columns: auto minmax(0, 5fr) minmax(0, 4fr) auto auto;
    }
    .heads,
    .rows ul,
    .row {
      display: grid;
      grid-column: 1 / -1;
      grid-template-columns: 20px minmax(0, 5fr) minmax(0, 4fr) 130px 120px;
      grid-template-columns: subgrid;
      align-items: center;
      column-gap: calc(var(--cc-space) * 4);
    }
    .heads {
      padding-inline: calc(var(--cc-space) * 4);
    }
    .heads > span {
      display: block;
      padding-block: calc(var(--cc-space) * 2);
    }
    .heads > :last-child {
      text-align: end;
    }
    .heads .pick {
      padding: 0;
    }
    .heads .pick span {
      position: absolute;
      width: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .row > .name {
      grid-column: 2;
    }
    .date {
      display: block;
    }
  }
`;

export const styles = [...listStyles, own];
