import { css } from 'lit';
import { dateTileStyles } from '../../parts/date-tile.ts';
import { paperStyles } from '../../parts/paper.styles.ts';
import { buttons } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

const own = css`
  .details,
  .column,
  .notes {
    display: grid;
    align-content: start;
    gap: calc(var(--cc-space) * 3);
    min-width: 0;
  }
  .documents {
    display: grid;
    gap: calc(var(--cc-space) * 2);
    margin-bottom: calc(var(--cc-space) * 4);
  }
  .document {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius);
    background: var(--cc-surface);
  }
  .document .amount {
    grid-area: 1 / 2;
    justify-self: end;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .document .pill {
    justify-self: start;
  }
  .document .button {
    grid-column: 1 / -1;
  }
  .author {
    color: var(--cc-ink);
    font-weight: var(--cc-weight);
  }
  .visits {
    display: grid;
    gap: calc(var(--cc-space) * 4);
  }
  .visit {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: start;
    gap: calc(var(--cc-space) * 4);
  }
  .visit + .visit {
    padding-top: calc(var(--cc-space) * 4);
    border-top: 1px solid var(--cc-line);
  }
  .visits + .small {
    margin-top: calc(var(--cc-space) * 3);
  }
  .words {
    display: grid;
    gap: 2px;
  }
  .together {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 10px;
  }
  .card a.link {
    display: flex;
    align-items: center;
    width: fit-content;
    min-height: var(--cc-target);
  }
  .card a.link:last-child {
    margin-bottom: calc(var(--cc-space) * -2.5);
  }
  .card > .state a.link {
    margin: 0 auto;
  }
  .notes .small {
    margin-bottom: calc(var(--cc-space) * 1);
  }
  @container (min-width: 348px) {
    .document .button {
      grid-column: 2;
    }
  }
  /* The view's own width: the center is 720 px wide then. */
  @container (min-width: 688px) {
    .document {
      grid-template-columns: auto minmax(0, 1fr) auto auto;
    }
    .document .amount {
      grid-area: 1 / 3;
    }
    .document .button {
      grid-column: 4;
      min-width: 160px;
    }
    .details {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
      gap: calc(var(--cc-space) * 4);
    }
  }
`;

export const styles = [reset, buttons, paperStyles, dateTileStyles, own];
