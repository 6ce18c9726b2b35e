import { css } from 'lit';

export const styles = css`
  .padded {
    padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
  }
  .contact {
    display: grid;
    gap: calc(var(--cc-space) * 2);
    padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
  }
  .who {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 3);
  }
  .who .button,
  .panel-head .button {
    flex: none;
    margin-inline-end: calc(var(--cc-space) * -4);
    overflow-wrap: normal;
  }
  .who .button {
    margin-top: calc(var(--cc-space) * -2);
  }
  @container screen (max-width: 480px) {
    .actions .button {
      flex: 1;
      min-width: 100%;
    }
  }
  .reach {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--cc-space) * 4);
  }
  .reach a {
    display: inline-flex;
    align-items: center;
    min-height: 32px;
    font-weight: 400;
  }
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--cc-space) * 2);
  }
  .copy {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--cc-space) * 2);
  }
  .copy .field {
    flex: 1;
    min-width: min(100%, 220px);
    width: auto;
  }
`;
