import { css } from 'lit';

export const styles = css`
  .list {
    min-width: 0;
    background: var(--cc-surface);
  }
  .top {
    display: grid;
    gap: calc(var(--cc-space) * 3);
    padding: calc(var(--cc-space) * 4);
    border-bottom: 1px solid var(--cc-line);
  }
  .top .title {
    flex: 1;
    font-size: var(--cc-font-large);
  }
  .top .line .select {
    flex: none;
  }
  .back {
    margin: calc(var(--cc-space) * 2) 0 calc(var(--cc-space) * -4);
    padding-inline: calc(var(--cc-space) * 4);
  }
  .filters {
    display: grid;
    gap: calc(var(--cc-space) * 2);
  }
  .filters .field[type='search'] {
    min-height: var(--cc-target);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--cc-space) * 1.5);
  }
  .select.small {
    flex: 1 1 auto;
  }
  .select.small .field,
  .toggle {
    min-height: var(--cc-target);
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius-control);
    font-size: var(--cc-font-small);
  }
  .select.small .field {
    padding: 0 calc(var(--cc-space) * 7) 0 calc(var(--cc-space) * 2.5);
  }
  .select.small .chevron {
    inset-inline-end: 8px;
    width: 14px;
  }
  .toggle {
    flex: 1 1 auto;
    padding: 0 calc(var(--cc-space) * 2.5);
    text-align: center;
  }
  .select.small .field.set,
  .toggle[aria-pressed='true'] {
    border-color: var(--cc-accent-text);
    background: var(--cc-accent-soft);
    color: var(--cc-accent-text);
    font-weight: var(--cc-weight);
  }
  .aside {
    display: grid;
    gap: calc(var(--cc-space) * 2);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    border-bottom: 1px solid var(--cc-line);
    font-size: var(--cc-font-small);
  }
  .undo {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 3);
    padding-block: calc(var(--cc-space) * 1);
  }
  .undo .link {
    flex: none;
    min-width: var(--cc-target);
    min-height: var(--cc-target);
  }
  .items > li + li {
    border-top: 1px solid var(--cc-line);
  }
  .items > li:last-child {
    border-bottom: 1px solid var(--cc-line);
  }
  .item {
    display: grid;
    gap: 2px;
    width: 100%;
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    text-align: start;
  }
  .item:focus-visible {
    outline-offset: -2px;
  }
  .item[aria-current] {
    background: var(--cc-accent-soft);
  }
  @media (hover: hover) {
    .item:not([aria-current]):hover {
      background: var(--cc-hover);
    }
  }
  .line {
    display: flex;
    align-items: center;
    gap: calc(var(--cc-space) * 2);
    min-width: 0;
  }
  .dot {
    flex: none;
    width: 9px;
    height: 9px;
    border-radius: 50%;
    background: var(--cc-accent-text);
  }
  .name {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    font-weight: var(--cc-weight);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .item:not(.unread) .name {
    font-weight: 400;
  }
  .item.unread .name {
    font-weight: 700;
  }
  .when {
    flex: none;
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
    font-variant-numeric: tabular-nums;
  }
  .what .pill {
    padding-block: 1px;
    white-space: nowrap;
  }
  .quote {
    min-width: 0;
    overflow: hidden;
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .item[aria-current] :is(.when, .quote) {
    color: var(--cc-ink);
  }
  .face {
    display: grid;
    flex: none;
    place-items: center;
    width: 24px;
    height: 24px;
    border-radius: 50%;
    background: var(--cc-plain-soft);
    color: var(--cc-plain);
    font-size: 11px;
    font-weight: 700;
  }
  .more {
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
  }
  .beside {
    min-width: 0;
  }
  .nothing {
    display: none;
  }
  .chosen .list {
    display: none;
  }
  @container screen (min-width: 840px) {
    .inbox,
    .inbox.chosen {
      display: grid;
      grid-template-columns: minmax(340px, 420px) minmax(0, 1fr);
      align-items: start;
    }
    .list,
    .chosen .list {
      position: sticky;
      top: 0;
      display: block;
      min-height: 100dvh;
      max-height: 100dvh;
      border-inline-end: 1px solid var(--cc-line);
      overflow-y: auto;
      overscroll-behavior: contain;
    }
    .top {
      position: sticky;
      z-index: 2;
      top: 0;
      background: var(--cc-surface);
    }
    .item {
      scroll-margin-top: 180px;
    }
    /* The list's own heading shows. */
    .alone,
    .back {
      display: none;
    }
    .nothing {
      display: grid;
      place-items: center;
      min-height: 60dvh;
    }
  }
`;
