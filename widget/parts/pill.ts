import { css, html, type TemplateResult } from 'lit';

/** What a state means: paid, waiting, or neither. The word says it too; the colour only helps. */
type PillTone = 'ok' | 'warn' | 'plain';

/** A state as a word on a tint. A template and not an element, because a history has one on every row. */
export function pill(tone: PillTone, text: string): TemplateResult {
  return html`<span class="pill ${tone}" part="pill">${text}</span>`;
}

export const pillStyles = css`
  .pill {
    display: inline-block;
    padding: 3px 10px;
    border-radius: 999px;
    font-size: 0.8125em;
    font-weight: var(--cc-weight);
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
    overflow-wrap: normal;
  }
  .pill.ok {
    background: var(--cc-ok-soft);
    color: var(--cc-ok);
  }
  .pill.warn {
    background: var(--cc-warn-soft);
    color: var(--cc-warn);
  }
  .pill.plain {
    background: var(--cc-plain-soft);
    color: var(--cc-plain);
  }
  @media (forced-colors: active) {
    .pill {
      border: 1px solid;
    }
  }
`;
