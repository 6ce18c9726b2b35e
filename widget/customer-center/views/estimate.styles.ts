import { css } from 'lit';
import { paperStyles } from '../../parts/paper.styles.ts';
import { buttons } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

const own = css`
  /* No grid: there a foot would stick within its own row only. */
  .stack {
    display: flex;
    flex-direction: column;
    gap: calc(var(--cc-space) * 4);
  }
  .stack .card {
    margin-top: 0;
  }
  .stack .actions {
    margin-block-end: calc(var(--cc-space) * 2);
  }
  .amount {
    font-variant-numeric: tabular-nums;
    font-weight: var(--cc-weight);
    white-space: nowrap;
  }
  .bad {
    color: var(--cc-bad);
  }
  .group {
    display: grid;
    gap: calc(var(--cc-space) * 2.5);
  }
  legend {
    padding: 0;
    margin-bottom: calc(var(--cc-space) * 2.5);
    font-size: var(--cc-font-large);
  }
  .group .choice {
    padding: 0;
  }
  .choice.on {
    border-color: var(--cc-accent-text);
    background: var(--cc-accent-soft);
    box-shadow: inset 0 0 0 1px var(--cc-accent-text);
  }
  .choice label {
    display: flex;
    gap: calc(var(--cc-space) * 3);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    cursor: pointer;
  }
  .choice input {
    flex: none;
    width: 20px;
    height: 20px;
    margin-top: 2px;
    accent-color: var(--cc-accent-text);
  }
  .words {
    flex: 1;
    min-width: 0;
  }
  .words > *,
  details .prose {
    display: block;
  }
  .choice:has(details) label {
    padding-bottom: 0;
  }
  details {
    padding: 0 calc(var(--cc-space) * 4) calc(var(--cc-space) * 2) calc(var(--cc-space) * 12);
  }
  summary {
    width: fit-content;
    color: var(--cc-accent-text);
    font-size: var(--cc-font-small);
    font-weight: var(--cc-weight);
    line-height: var(--cc-target);
    cursor: pointer;
  }
  /* Nothing that takes the focus hides behind the foot. */
  .cc :is(button, input, summary, [tabindex]) {
    scroll-margin-block: calc(var(--cc-space) * 24);
  }
  .foot {
    position: sticky;
    bottom: 0;
    display: flex;
    align-items: center;
    gap: calc(var(--cc-space) * 4);
    margin-inline: calc(var(--cc-space) * -4);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4) max(calc(var(--cc-space) * 3), env(safe-area-inset-bottom));
    border-top: 1px solid var(--cc-line);
    background: var(--cc-surface);
  }
  .foot .muted,
  .foot .amount {
    display: block;
  }
  .foot .amount {
    font-size: calc(var(--cc-font-size) * 1.25);
  }
  .foot .button {
    flex: 1;
  }
  @container (min-width: 688px) {
    .foot {
      position: static;
      justify-content: flex-end;
      margin: 0;
      padding: 0;
      border: 0;
      background: none;
    }
    .foot .button {
      flex: 0 1 220px;
    }
  }
  @media print {
    .choice.on {
      border-color: var(--cc-ink);
      background: none;
      box-shadow: none;
    }
    summary {
      display: none;
    }
    details::details-content {
      content-visibility: visible;
      block-size: auto;
    }
  }
`;

export const styles = [reset, buttons, paperStyles, own];
