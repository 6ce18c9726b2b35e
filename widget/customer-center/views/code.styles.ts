import { css } from 'lit';
import { styles as signInStyles } from './sign-in.styles.ts';

export const styles = [
  ...signInStyles,
  css`
    .code {
      max-width: 220px;
      font-size: 24px;
      font-variant-numeric: tabular-nums;
      letter-spacing: 0.2em;
    }
    form + .form {
      margin-top: calc(var(--cc-space) * 6);
    }
    .nothing {
      padding-top: calc(var(--cc-space) * 4);
      border-top: 1px solid var(--cc-line);
      font-weight: var(--cc-weight);
    }
    .ways {
      display: grid;
      justify-items: start;
    }
    .ways li {
      display: flex;
      align-items: center;
      min-height: var(--cc-target);
    }
    .ways .button {
      padding-inline: 0;
      border-inline: 0;
      text-align: start;
    }
  `,
];
