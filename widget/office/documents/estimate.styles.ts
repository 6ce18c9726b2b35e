/** How the screen of one estimate looks: writing on the left, what the customer will see on the right; one of them on a phone. */
import { css } from 'lit';

export const estimateStyles = css`
  .screen.estimate {
    max-width: 1480px;
  }
  .facts-row {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--cc-space) * 2);
    width: 100%;
    margin-top: calc(var(--cc-space) * 1);
  }
  .facts-row .pill.plain {
    background: none;
    box-shadow: inset 0 0 0 1px var(--cc-line);
  }
  .halves {
    display: grid;
    gap: calc(var(--cc-space) * 5);
    align-items: start;
  }
  .halves > * {
    min-width: 0;
  }
  .sides-switch {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: calc(var(--cc-space) * 2);
  }
  .sides-switch [aria-pressed='true'] {
    border-color: var(--cc-accent-text);
    background: var(--cc-accent-soft);
    color: var(--cc-accent-text);
  }
  .looking {
    display: grid;
    gap: calc(var(--cc-space) * 2);
    border-radius: var(--cc-radius);
  }
  .over .link {
    min-height: 24px;
    font-weight: 400;
  }
  .button.danger {
    color: var(--cc-bad);
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--cc-space) * 2);
  }
  .end-of-row {
    margin-inline-start: auto;
  }
  .rows > .padded {
    display: grid;
    gap: calc(var(--cc-space) * 3);
    padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
  }
  .decision-facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr));
    gap: calc(var(--cc-space) * 2.5) calc(var(--cc-space) * 4);
  }
  @container screen (max-width: 979px) {
    [data-side='edit'] .looking,
    [data-side='preview'] .writing {
      display: none;
    }
  }
  @container screen (min-width: 980px) {
    .sides-switch {
      display: none;
    }
    /* Where the navigation stands beside and not below. */
    .writing {
      --cc-office-save-bar: sticky;
    }
    .halves {
      grid-template-columns: minmax(0, 1.2fr) minmax(0, 1fr);
    }
    .looking {
      position: sticky;
      top: calc(var(--cc-space) * 4);
      max-height: calc(100vh - 32px);
      overflow: auto;
    }
  }
`;
