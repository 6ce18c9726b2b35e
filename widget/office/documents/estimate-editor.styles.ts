/** How the estimate editor looks: lines as calm cards whose numbers stand in columns. */
import { css } from 'lit';

export const editorStyles = css`
  .lines {
    display: grid;
    gap: calc(var(--cc-space) * 3);
  }
  .lines:empty {
    display: none;
  }
  .line > fieldset {
    display: grid;
    gap: calc(var(--cc-space) * 2);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 3) 0;
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius-control);
  }
  .line > fieldset:focus-within {
    border-color: var(--cc-line-strong);
  }
  .line .field,
  .group-row .field {
    min-height: var(--cc-target);
  }
  .field.amount {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .line-numbers {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: calc(var(--cc-space) * 3);
    align-items: start;
  }
  .line-more {
    display: grid;
    gap: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    align-items: start;
    padding-bottom: calc(var(--cc-space) * 3);
  }
  .line-total {
    text-align: end;
  }
  .line-total .amount {
    display: block;
    padding-block: calc(var(--cc-space) * 2.5);
  }
  .line-taxes {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--cc-space) * 4);
  }
  .line .check {
    gap: calc(var(--cc-space) * 2);
    font-size: var(--cc-font-small);
  }
  .line-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(var(--cc-space) * 3);
  }
  .line-foot .grow {
    flex: 1;
    min-width: 120px;
  }
  .line-foot .more {
    min-height: var(--cc-target);
  }
  .line-tools {
    display: flex;
    margin-inline-start: auto;
    margin-inline-end: calc(var(--cc-space) * -2.5);
  }
  .line-tools .button {
    padding: 0;
  }
  .tool-icon {
    width: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .pair {
    display: flex;
    gap: calc(var(--cc-space) * 2);
  }
  .pair > * {
    flex: 1;
    min-width: 0;
  }
  .undo {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 2);
  }
  .sums {
    display: grid;
    gap: calc(var(--cc-space) * 1);
    padding-top: calc(var(--cc-space) * 3);
    border-top: 1px solid var(--cc-line);
  }
  .sum {
    display: flex;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 4);
    color: var(--cc-muted);
  }
  .sum.total {
    padding-top: calc(var(--cc-space) * 1);
    color: var(--cc-ink);
    font-size: var(--cc-font-large);
    font-weight: var(--cc-weight);
  }
  .end {
    text-align: end;
  }
  .group-row {
    display: flex;
    align-items: start;
    gap: calc(var(--cc-space) * 2);
  }
  .group-row > :first-child {
    flex: 1;
    min-width: 0;
  }
  .group-row > .button {
    margin-top: calc(var(--cc-space) * 7);
  }
  .tax-list li {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  .save-bar {
    position: var(--cc-office-save-bar, static);
    bottom: 0;
    display: grid;
    gap: calc(var(--cc-space) * 3);
    padding-block: calc(var(--cc-space) * 3);
    border-top: 1px solid var(--cc-line);
    background: var(--cc-canvas);
  }
  .keys-hint {
    display: none;
  }
  .beside {
    display: grid;
    gap: calc(var(--cc-space) * 4);
    align-items: start;
  }
  @container screen (min-width: 440px) {
    .beside,
    .line-more {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .line-more .all,
    .line-more .line-taxes {
      grid-column: 1 / -1;
    }
    .line-numbers {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.4fr) minmax(0, 1.4fr);
    }
    /* One above the other their columns need no more than one head. */
    .line:not(:first-child) :is(.line-words, .line-numbers) .label {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .keys-hint {
      display: inline;
    }
  }
`;
