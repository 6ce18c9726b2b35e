import { css } from 'lit';
import { styles as payStyles } from './pay-view.styles.ts';

const own = css`
  /* The buttons go below before a name is squeezed. */
  .sum {
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--cc-space) * 1) calc(var(--cc-space) * 4);
  }
  .sum + .sum {
    border-top: 1px solid var(--cc-line);
  }
  .card-name {
    flex: 1 1 13em;
  }
  .card-name .pill {
    margin-block-start: calc(var(--cc-space) * 1);
  }
  .sum .button.quiet {
    padding-inline: calc(var(--cc-space) * 2);
  }
  .sum > .tips {
    gap: 0 calc(var(--cc-space) * 2);
    margin-inline: calc(var(--cc-space) * -2);
  }
  /* The question and its answers have a line of their own. */
  .sure {
    flex: 1 0 100%;
    padding-block-end: calc(var(--cc-space) * 2);
  }
  .sure p {
    margin-block-end: calc(var(--cc-space) * 2);
    font-weight: var(--cc-weight);
  }
  .sure .tips {
    gap: calc(var(--cc-space) * 2);
  }
  .form + .small,
  .card .actions {
    margin-block: calc(var(--cc-space) * 3) 0;
  }
  .card .error {
    margin-block: calc(var(--cc-space) * 3) 0;
  }
`;

export const styles = [payStyles, own];
