import { css } from 'lit';
import { dateTileStyles } from '../../parts/date-tile.ts';
import { pillStyles } from '../../parts/pill.ts';
import { stateStyles } from '../../parts/states.ts';
import { buttons } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

const own = css`
  :host {
    container-type: inline-size;
  }
  .back {
    margin-block-start: calc(var(--cc-space) * -4);
    margin-inline-start: calc(var(--cc-space) * -3);
    padding-inline: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3);
  }
  .back svg {
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .back:dir(rtl) svg {
    scale: -1 1;
  }
  .sheet {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4);
    margin-block-end: calc(var(--cc-space) * 5);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    border-radius: var(--cc-radius);
    background: var(--cc-accent-soft);
  }
  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: calc(var(--cc-space) * 1) calc(var(--cc-space) * 3);
    margin: calc(var(--cc-space) * 2) 0 calc(var(--cc-space) * 4);
  }
  .number-line,
  .small,
  .place {
    font-size: var(--cc-font-small);
  }
  .number-line {
    color: var(--cc-muted);
  }
  .service,
  .place {
    grid-column: 1 / -1;
  }
  .service {
    font-size: var(--cc-font-title);
    font-weight: 700;
    line-height: 1.2;
    text-wrap: balance;
  }
  .details,
  .column,
  .notes {
    display: grid;
    align-content: start;
    gap: calc(var(--cc-space) * 3);
    min-width: 0;
  }
  .card {
    padding: calc(var(--cc-space) * 4);
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius);
    background: var(--cc-surface);
  }
  .title {
    display: block;
    margin-bottom: calc(var(--cc-space) * 2);
    font-weight: var(--cc-weight);
  }
  .strong,
  .author {
    font-weight: var(--cc-weight);
  }
  .author {
    color: var(--cc-ink);
  }
  .prose {
    white-space: pre-line;
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
  .card > .state {
    padding: calc(var(--cc-space) * 4) 0;
  }
  .card > .state a.link {
    margin: 0 auto;
  }
  .facts dt {
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .facts dd + dt {
    margin-top: calc(var(--cc-space) * 3);
  }
  .charges {
    width: 100%;
    border-collapse: collapse;
  }
  .charges th {
    font-weight: 400;
    text-align: start;
  }
  .charges thead th {
    padding: 0 0 calc(var(--cc-space) * 2);
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .charges tbody :is(th, td) {
    padding: calc(var(--cc-space) * 3) 0;
    border-top: 1px solid var(--cc-line);
    vertical-align: top;
  }
  .charges th > span {
    display: block;
  }
  .charges .number {
    padding-inline-start: calc(var(--cc-space) * 4);
    text-align: end;
    white-space: nowrap;
  }
  .charges,
  .sums {
    font-variant-numeric: tabular-nums;
  }
  .charges .wide {
    display: none;
  }
  .charges + .sums,
  .sums + .sums {
    border-top: 1px solid var(--cc-line);
    padding-top: calc(var(--cc-space) * 2);
  }
  .sums + .title {
    margin-top: calc(var(--cc-space) * 3);
    padding-top: calc(var(--cc-space) * 4);
    border-top: 1px solid var(--cc-line);
    margin-bottom: 0;
  }
  .sums + .sums {
    margin-top: calc(var(--cc-space) * 2);
  }
  .sum {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 4);
    padding-block: calc(var(--cc-space) * 1.5);
  }
  .sum dd {
    white-space: nowrap;
  }
  .sum .small {
    display: block;
  }
  .sum.total {
    font-weight: var(--cc-weight);
  }
  .sum.total dd {
    font-size: calc(var(--cc-font-size) * 1.25);
  }
  .notes .small {
    margin-bottom: calc(var(--cc-space) * 1);
  }
  /* The view's own width: the center is 720 px wide then. */
  @container (min-width: 688px) {
    .details {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
      gap: calc(var(--cc-space) * 4);
    }
    .card {
      padding: calc(var(--cc-space) * 5);
    }
    .service {
      font-size: calc(var(--cc-font-size) * 1.625);
    }
    .charges .wide {
      display: table-cell;
    }
    .charges .narrow {
      display: none;
    }
    .sums {
      width: 340px;
      max-width: 100%;
      margin-inline-start: auto;
    }
    .paper > .title {
      width: 340px;
      margin-inline-start: auto;
    }
  }
`;

export const styles = [reset, buttons, pillStyles, dateTileStyles, stateStyles, own];
