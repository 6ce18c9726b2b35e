import { css } from 'lit';

export const styles = css`
  :host {
    container: office / inline-size;
    --cc-rail: #17212b;
    --cc-rail-ink: #e8edf2;
    --cc-rail-chosen: #2a3947;
  }
  /* As high as the element where the page gives it a height. */
  .cc {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-height: 100%;
    background: var(--cc-canvas);
  }
  .frame {
    display: grid;
    grid-template-rows: auto 1fr auto;
    grid-template-columns: minmax(0, 1fr) auto auto;
  }
  /* On a phone the bar is no box of its own: its first row is above the screen, its navigation below. */
  .rail {
    display: contents;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: calc(var(--cc-space) * 3);
    min-width: 0;
    font-weight: 700;
    line-height: 1.25;
  }
  .rail .brand,
  .rail .tool {
    padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3);
    background: var(--cc-rail);
    color: var(--cc-rail-ink);
  }
  .rail .name {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .logo,
  .initial {
    flex: none;
    height: 36px;
    border-radius: var(--cc-radius-control);
  }
  .logo {
    max-width: 96px;
    padding: 3px;
    background: #ffffff;
    object-fit: contain;
  }
  .initial {
    display: grid;
    place-items: center;
    width: 36px;
    background: var(--cc-accent);
    color: var(--cc-accent-ink);
  }
  .nav {
    position: sticky;
    z-index: 3;
    bottom: 0;
    grid-area: 3 / 1 / auto / -1;
    display: flex;
    border-top: 1px solid var(--cc-line);
    background: var(--cc-surface);
  }
  .nav button {
    display: grid;
    flex: 1;
    justify-items: center;
    gap: 2px;
    min-width: 0;
    min-height: 56px;
    padding: calc(var(--cc-space) * 2) 2px;
    color: var(--cc-muted);
    font-size: 12px;
    text-align: center;
  }
  .nav button .word {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .nav button[aria-current] {
    color: var(--cc-accent-text);
    font-weight: var(--cc-weight);
  }
  .icon {
    width: 22px;
    height: 22px;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.6;
  }
  .mark {
    position: relative;
  }
  .count {
    position: absolute;
    top: -6px;
    inset-inline-start: 15px;
    min-width: 20px;
    padding: 1px 6px;
    border-radius: 999px;
    background: var(--cc-accent);
    color: var(--cc-accent-ink);
    font-size: 12px;
    font-weight: 700;
    line-height: 1.5;
    text-align: center;
  }
  .tool {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--cc-space) * 2);
    min-width: var(--cc-target);
    min-height: var(--cc-target);
  }
  .tool kbd {
    display: none;
    margin-inline-start: auto;
    padding: 0 7px;
    border: 1px solid currentcolor;
    border-radius: 5px;
    font: inherit;
    font-size: 12px;
    opacity: 0.8;
  }
  .rail :focus-visible {
    outline-color: #ffffff;
  }
  @media (hover: hover) {
    .tool:hover,
    .rail .nav button:hover {
      background: var(--cc-rail-chosen);
    }
  }
  .panel {
    position: absolute;
    inset: auto;
    margin: 0;
    display: grid;
    gap: calc(var(--cc-space) * 2);
    width: 280px;
    padding: calc(var(--cc-space) * 4);
    border: 1px solid var(--cc-line);
    border-radius: var(--cc-radius);
    background: var(--cc-surface);
    color: var(--cc-ink);
    box-shadow: 0 8px 30px rgb(0 0 0 / 18%);
  }
  .panel:not(:popover-open) {
    display: none;
  }
  .languages {
    display: flex;
    gap: calc(var(--cc-space) * 2);
  }
  .languages button {
    min-height: var(--cc-target);
    padding: 0 calc(var(--cc-space) * 2);
    border-radius: var(--cc-radius-control);
    color: var(--cc-accent-text);
  }
  .languages button[aria-pressed='true'] {
    color: var(--cc-ink);
    font-weight: var(--cc-weight);
  }
  .frame main {
    grid-area: 2 / 1 / auto / -1;
    min-width: 0;
  }
  .wide-only {
    display: none;
  }
  .alone {
    display: grid;
    gap: calc(var(--cc-space) * 6);
    width: 100%;
    max-width: 452px;
    margin-inline: auto;
    padding: calc(var(--cc-space) * 12) calc(var(--cc-space) * 4);
  }
  .alone.wide {
    max-width: 760px;
  }
  .lead {
    color: var(--cc-muted);
  }
  form,
  .form {
    display: grid;
    gap: calc(var(--cc-space) * 4);
  }
  .title {
    font-size: var(--cc-font-title);
    font-weight: 700;
    line-height: 1.25;
  }
  .notice {
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    border-radius: var(--cc-radius-control);
    background: var(--cc-warn-soft);
    color: var(--cc-warn);
  }
  .said {
    position: fixed;
    z-index: 10;
    inset: auto 0 calc(var(--cc-space) * 18);
    display: grid;
    place-items: center;
    pointer-events: none;
  }
  .said p {
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 5);
    border-radius: var(--cc-radius-control);
    background: var(--cc-ink);
    color: var(--cc-surface);
  }
  @container office (max-width: 359px) {
    .nav button {
      padding-inline: 0;
      font-size: 11px;
    }
  }
  @container office (min-width: 900px) {
    .frame {
      grid-template-rows: auto;
      grid-template-columns: 210px minmax(0, 1fr);
      align-items: stretch;
    }
    .frame main {
      grid-area: auto;
    }
    .rail {
      position: sticky;
      top: 0;
      display: flex;
      flex-direction: column;
      align-items: stretch;
      gap: calc(var(--cc-space) * 4);
      height: 100dvh;
      max-height: 100%;
      padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 3);
      background: var(--cc-rail);
      color: var(--cc-rail-ink);
    }
    .rail .brand {
      padding: 0 calc(var(--cc-space) * 2);
    }
    .rail .nav {
      position: static;
      grid-area: auto;
      flex: 1;
      flex-direction: column;
      gap: calc(var(--cc-space) * 1);
      border: 0;
      background: none;
    }
    .rail .nav button {
      display: flex;
      flex: none;
      align-items: center;
      gap: calc(var(--cc-space) * 3);
      min-height: var(--cc-target);
      padding: 0 calc(var(--cc-space) * 3);
      border-radius: var(--cc-radius-control);
      color: var(--cc-rail-ink);
      font-size: inherit;
      text-align: start;
    }
    .rail .nav button[aria-current] {
      background: var(--cc-rail-chosen);
    }
    .rail .mark {
      display: flex;
      flex: 1;
      order: 2;
    }
    .rail .mark .icon {
      display: none;
    }
    .rail .count {
      position: static;
      margin-inline-start: auto;
    }
    .rail .tool {
      padding: 0 calc(var(--cc-space) * 3);
      border-radius: var(--cc-radius-control);
    }
    .tool kbd,
    .wide-only {
      display: inline;
    }
    .said {
      bottom: calc(var(--cc-space) * 6);
    }
  }
`;
