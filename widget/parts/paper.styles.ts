import { css } from 'lit';
import { pillStyles } from './pill.ts';
import { stateStyles } from './states.ts';

/** The paper's look. It has a container of its own width; print is black on white, whatever the page's colours. */
export const paperStyles = css`
  ${pillStyles}
  ${stateStyles}
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
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
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
  .subject,
  .place {
    flex: 1 0 100%;
    min-width: 0;
  }
  .subject {
    font-size: var(--cc-font-title);
    font-weight: 700;
    line-height: 1.2;
    text-wrap: balance;
  }
  .card {
    padding: calc(var(--cc-space) * 4);
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius);
    background: var(--cc-surface);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--cc-space) * 2);
    margin-block-end: calc(var(--cc-space) * 4);
  }
  .actions + .error {
    margin-block: calc(var(--cc-space) * -2) calc(var(--cc-space) * 4);
    color: var(--cc-bad);
  }
  cc-share {
    margin-block-end: calc(var(--cc-space) * 4);
  }
  .card > .state {
    padding: calc(var(--cc-space) * 4) 0;
  }
  .title {
    display: block;
    margin-bottom: calc(var(--cc-space) * 2);
    font-weight: var(--cc-weight);
  }
  .strong {
    font-weight: var(--cc-weight);
  }
  .prose {
    white-space: pre-line;
  }
  .facts dt {
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .facts dd + dt {
    margin-top: calc(var(--cc-space) * 3);
  }
  .facts.across {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: calc(var(--cc-space) * 3) calc(var(--cc-space) * 8);
    margin-bottom: calc(var(--cc-space) * 5);
  }
  .lead {
    font-size: var(--cc-font-title);
    font-variant-numeric: tabular-nums;
    font-weight: 700;
    line-height: 1.2;
  }
  .sender {
    display: none;
  }
  .card + .card {
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
    flex: none;
    white-space: nowrap;
  }
  .sum .small {
    display: block;
  }
  .sum.total,
  .sum.due {
    font-weight: var(--cc-weight);
  }
  .sum.total dd {
    font-size: calc(var(--cc-font-size) * 1.25);
  }
  .sum.due dd {
    font-size: var(--cc-font-title);
    line-height: 1.2;
  }
  /* The view's own width: the center is 720 px wide then. */
  @container (min-width: 688px) {
    .card {
      padding: calc(var(--cc-space) * 5);
    }
    .subject {
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
  @media print {
    :host {
      --cc-ink: #000;
      --cc-muted: #333;
      --cc-line: #999;
      --cc-surface: #fff;
      --cc-radius: 0;
    }
    .cc {
      font-size: 11pt;
    }
    .button,
    .sheet,
    .stale,
    .screen {
      display: none !important;
    }
    .sender {
      display: grid;
      margin-bottom: 16pt;
    }
    .pill {
      border: 1px solid;
      background: none !important;
      color: #000 !important;
    }
    .card {
      padding-inline: 0;
      border-width: 1px 0 0;
    }
    thead {
      display: table-header-group;
    }
    tr,
    .sum,
    .title,
    .head,
    .card + .card {
      break-inside: avoid;
    }
    .title {
      break-after: avoid;
    }
    .sums {
      break-before: avoid;
    }
  }
`;
