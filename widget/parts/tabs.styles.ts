import { css } from 'lit';

export const styles = css`
  .tabs {
    display: flex;
    flex-wrap: wrap;
    border-bottom: 1px solid var(--cc-line);
  }
  .tab {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: calc(var(--cc-space) * 2);
    min-height: 48px;
    margin-bottom: -1px;
    padding: 0 calc(var(--cc-space) * 3.5);
    border-bottom: 3px solid transparent;
    color: var(--cc-muted);
    font-weight: var(--cc-weight);
    white-space: nowrap;
  }
  .tab[aria-selected='true'] {
    border-color: var(--cc-accent-text);
    color: var(--cc-ink);
  }
  .tab:focus-visible,
  .panel:focus-visible {
    outline-offset: -2px;
    border-radius: 6px;
  }
  .panel:focus-visible {
    outline-offset: 4px;
  }
  .count {
    min-width: 22px;
    padding: 1px 6px;
    border-radius: 999px;
    background: var(--cc-plain-soft);
    color: var(--cc-plain);
    font-size: 0.8125em;
    text-align: center;
  }
  .panel {
    padding-top: calc(var(--cc-space) * 5);
  }
  /* Forced colours paint every border; only the selected tab may have one. */
  @media (forced-colors: active) {
    .tab {
      border-color: Canvas;
    }
    .tab[aria-selected='true'] {
      border-color: Highlight;
    }
  }
  @media (hover: hover) {
    .tab:hover {
      color: var(--cc-ink);
    }
  }
`;
