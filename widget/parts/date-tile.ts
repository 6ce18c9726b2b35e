import { css, html, type TemplateResult } from 'lit';
import type { Formats } from '../locale/formats.ts';

/**
 * A day as a leaf of a calendar, to find it at a glance. It reads as one full date: “Tuesday, November 24, 2026”. Without a day
 * the leaf is empty, and the words beside it say why.
 */
export function dateTile(formats: Formats, value: string | null): TemplateResult {
  if (!value) return html`<span class="tile none" part="date-tile" aria-hidden="true"><b>–</b></span>`;
  const { month, day, weekday, year } = formats.tile(value);
  return html`<time class="tile" part="date-tile" datetime=${formats.day(value)}>
    <span class="visually-hidden">${formats.date(value, 'full')}</span>
    <span aria-hidden="true">${month}</span><b aria-hidden="true">${day}</b
    ><span aria-hidden="true">${year ?? weekday}</span>
  </time>`;
}

export const dateTileStyles = css`
  .tile {
    display: block;
    flex: none;
    width: 56px;
    overflow: hidden;
    border: 1px solid var(--cc-line);
    border-radius: calc(var(--cc-radius) - 2px);
    background: var(--cc-surface);
    font-size: 0.75em;
    line-height: 1.2;
    text-align: center;
  }
  .tile > * {
    display: block;
    padding: 0 2px 6px;
    color: var(--cc-muted);
  }
  .tile > .visually-hidden + span {
    padding: 4px 2px 3px;
    background: var(--cc-accent-soft);
    color: var(--cc-accent-text);
    font-size: 0.9375em;
    font-weight: var(--cc-weight);
    letter-spacing: 0.06em;
    text-transform: uppercase;
  }
  .tile > b {
    padding: 5px 2px 2px;
    color: var(--cc-ink);
    font-size: 1.75em;
    font-weight: var(--cc-weight);
    font-variant-numeric: tabular-nums;
    line-height: 1.1;
  }
  .tile.none {
    border-style: dashed;
    background: none;
  }
  .tile.none > b {
    padding: 22px 0;
    color: var(--cc-muted);
  }
`;
