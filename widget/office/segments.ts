/** One of a few, all in sight: a row of buttons of which one is pressed. */
import { css, html, type TemplateResult } from 'lit';

export const segments = <Choice extends string>(label: string, choices: readonly (readonly [value: Choice, words: string])[], chosen: string, choose: (value: Choice) => void): TemplateResult =>
  html`<div class="segments" role="group" aria-label=${label}>
    ${choices.map(([value, words]) => html`<button type="button" aria-pressed=${value === chosen ? 'true' : 'false'} @click=${() => choose(value)}>${words}</button>`)}
  </div>`;

export const segmentStyles = css`
  .segments {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 2px;
    padding: 2px;
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius-control);
    background: var(--cc-surface);
  }
  .segments button {
    min-width: var(--cc-target);
    min-height: var(--cc-target);
    padding: 0 calc(var(--cc-space) * 3);
    border-radius: calc(var(--cc-radius-control) - 2px);
    color: var(--cc-muted);
    text-align: center;
  }
  .segments button[aria-pressed='true'] {
    background: var(--cc-accent-soft);
    color: var(--cc-accent-text);
    font-weight: var(--cc-weight);
  }
  @media (hover: hover) {
    .segments button:hover {
      color: var(--cc-ink);
    }
  }
  @media (forced-colors: active) {
    .segments button[aria-pressed='true'] {
      outline: 2px solid;
      outline-offset: -2px;
    }
  }
`;
