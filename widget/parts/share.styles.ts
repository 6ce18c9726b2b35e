import { css } from 'lit';
import { buttons, fields } from '../theme/controls.ts';
import { reset } from '../theme/reset.ts';

const own = css`
  :host {
    container-type: inline-size;
  }
  .card {
    padding: calc(var(--cc-space) * 4);
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius);
    background: var(--cc-surface);
  }
  .top,
  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4);
  }
  .top .button {
    margin-inline-end: calc(var(--cc-space) * -3);
  }
  .title,
  .strong {
    font-weight: var(--cc-weight);
  }
  .top .title {
    font-size: var(--cc-font-large);
  }
  #links {
    display: block;
    margin-top: calc(var(--cc-space) * 4);
    padding-top: calc(var(--cc-space) * 4);
    border-top: 1px solid var(--cc-line);
  }
  .muted {
    color: var(--cc-muted);
  }
  .small {
    font-size: var(--cc-font-small);
  }
  form {
    display: grid;
    gap: calc(var(--cc-space) * 4);
    margin-top: calc(var(--cc-space) * 4);
  }
  .hint:empty {
    display: none;
  }
  legend {
    padding: 0;
  }
  .send {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--cc-space) * 3);
  }
  .send .error {
    margin: 0;
  }
  .done:not(:empty) {
    margin-top: calc(var(--cc-space) * 4);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    border-radius: var(--cc-radius-control);
    background: var(--cc-ok-soft);
    color: var(--cc-ok);
  }
  li {
    padding-block: calc(var(--cc-space) * 3);
  }
  li + li {
    border-top: 1px solid var(--cc-line);
  }
  .words {
    display: grid;
    min-width: 0;
  }
  .sure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--cc-space) * 2);
  }
  .sure p {
    flex: 1 0 100%;
    margin: 0;
  }
  @container (min-width: 600px) {
    form {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    fieldset,
    .send {
      grid-column: 1 / -1;
    }
  }
`;

export const styles = [reset, buttons, fields, own];
