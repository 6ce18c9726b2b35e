import { css } from 'lit';
import { paperStyles } from '../../parts/paper.styles.ts';
import { buttons, fields } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

const own = css`
  .cc {
    max-width: 600px;
  }
  .cc .sums {
    width: auto;
  }
  .flush {
    padding-inline: 0;
    border-inline: 0;
  }
  .card + .error,
  .warn + .card {
    margin-top: calc(var(--cc-space) * 3);
  }
  .error {
    margin-block: 0 calc(var(--cc-space) * 2);
    font-weight: var(--cc-weight);
  }
  .warn {
    border-color: transparent;
    background: var(--cc-warn-soft);
    color: var(--cc-warn);
  }
  .warn li + li,
  .form,
  .form ~ .check,
  .form ~ .button {
    margin-top: calc(var(--cc-space) * 2);
  }
  .sum .field {
    width: 9em;
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .sum .error {
    max-width: 9em;
    margin-top: calc(var(--cc-space) * 1.5);
    white-space: normal;
  }
  legend {
    padding: 0;
  }
  legend .small {
    font-weight: 400;
  }
  .tips {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--cc-space) * 6);
  }
  .check br + .small {
    display: block;
    line-height: 1.4;
  }
  .on-paper {
    display: none;
  }
  @media print {
    .on-paper {
      display: block;
    }
  }
  /* Its frames need not start anew when a saved card was looked at. */
  .form.away {
    display: none;
  }
  /* No grid: there a foot would stick within its own row only. */
  .foot {
    position: sticky;
    z-index: 1;
    bottom: 0;
    margin-top: calc(var(--cc-space) * 2);
    padding-block: calc(var(--cc-space) * 3);
    background: var(--cc-canvas);
  }
  /* Stripe's form scrolls its fields into sight without knowing of a foot. */
  .typing .foot {
    position: static;
  }
  /* What has the focus is not under the foot. */
  input,
  .button {
    scroll-margin-block-end: calc(var(--cc-target) * 3);
  }
`;

export const styles = [reset, buttons, fields, paperStyles, own];
