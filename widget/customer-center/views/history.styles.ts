import { css } from 'lit';
import { dateTileStyles } from '../../parts/date-tile.ts';
import { listStyles } from './list.styles.ts';

const own = css`
  section + section {
    margin-top: calc(var(--cc-space) * 8);
  }
  .ask {
    overflow: hidden;
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius);
    background: var(--cc-surface);
  }
  .words {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  .when {
    color: var(--cc-ink);
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
    font-variant-numeric: tabular-nums;
    font-weight: var(--cc-weight);
    line-height: 1.35;
    white-space: nowrap;
  }
  .ask .button {
    position: static;
    grid-column: 2;
    min-width: 112px;
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

export const styles = [...listStyles, dateTileStyles, own];
