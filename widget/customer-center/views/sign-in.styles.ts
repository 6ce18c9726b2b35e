import { css } from 'lit';
import { buttons, fields } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

/** Also of the other views that are one short form. */
const formStyles = css`
  form,
  .form {
    display: grid;
    gap: calc(var(--cc-space) * 4);
    max-width: 420px;
    margin-inline: auto;
  }
  .title {
    font-size: var(--cc-font-title);
    font-weight: 700;
    line-height: 1.25;
  }
  .lead,
  .help {
    color: var(--cc-muted);
  }
  .check small {
    display: block;
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .help a {
    display: inline-flex;
    align-items: center;
    min-height: var(--cc-target);
    white-space: nowrap;
  }
`;

export const styles = [reset, buttons, fields, formStyles];
