import { css } from 'lit';
import { buttons } from '../theme/controls.ts';
import { reset } from '../theme/reset.ts';

export const styles = [
  reset,
  buttons,
  css`
    .bar,
    .tools {
      display: flex;
      align-items: center;
      gap: calc(var(--cc-space) * 2);
      min-width: 0;
    }
    .tools {
      flex: 1;
      justify-content: flex-end;
    }
    /* On a phone the navigation has a row of its own below the rest. */
    :host,
    .bar {
      display: contents;
    }
    .nav {
      order: 1;
      display: flex;
      flex: 1 0 100%;
      margin-block-end: calc(var(--cc-space) * -2);
    }
    .nav button {
      flex: 1;
      min-height: 48px;
      padding-inline: calc(var(--cc-space) * 1);
      border-block: 3px solid transparent;
      font-size: var(--cc-font-small);
      font-weight: var(--cc-weight);
      line-height: 1.2;
      text-align: center;
    }
    .nav button[aria-current] {
      border-bottom-color: var(--cc-accent-text);
    }
    @media (forced-colors: active) {
      .nav button {
        border-color: Canvas;
      }
      .nav button[aria-current] {
        border-bottom-color: Highlight;
      }
    }
    select,
    .menu {
      min-height: var(--cc-target);
      min-width: var(--cc-target);
      padding-inline: calc(var(--cc-space) * 3);
      border: 1px solid var(--cc-line-strong);
      border-radius: var(--cc-radius-control);
      background: var(--cc-surface);
      font-weight: var(--cc-weight);
    }
    .switch {
      position: relative;
      flex: 0 1 360px;
      min-width: 0;
    }
    .switch svg {
      position: absolute;
      inset-block: 12px;
      inset-inline-end: 12px;
      pointer-events: none;
    }
    select {
      width: 100%;
      padding-inline-end: 36px;
      appearance: none;
      font-size: max(16px, 1em);
      text-overflow: ellipsis;
      cursor: pointer;
    }
    .menu {
      display: flex;
      align-items: center;
      gap: calc(var(--cc-space) * 2);
    }
    svg {
      flex: none;
      width: 20px;
      height: 20px;
      fill: none;
      stroke: currentcolor;
      stroke-linecap: round;
      stroke-width: 2;
    }
    .menu span {
      position: absolute;
      overflow: hidden;
      clip-path: inset(50%);
      width: 1px;
    }
    .panel {
      position: absolute;
      inset: auto;
      width: max-content;
      min-width: 240px;
      margin: 0;
      padding: calc(var(--cc-space) * 3);
      border: 1px solid var(--cc-line);
      border-radius: var(--cc-radius);
      background: var(--cc-surface);
      color: var(--cc-ink);
      box-shadow: 0 8px 24px rgb(0 0 0 / 16%);
    }
    .panel p {
      padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3);
      color: var(--cc-muted);
      font-size: var(--cc-font-small);
    }
    .panel .error {
      color: var(--cc-bad);
    }
    .panel button {
      justify-content: flex-start;
      text-align: start;
      padding-inline: calc(var(--cc-space) * 3);
    }
    @container customer-center (min-width: 720px) {
      :host {
        display: block;
      }
      .bar {
        display: flex;
      }
      .nav {
        order: 0;
        flex: none;
        margin: 0;
      }
      .nav button {
        flex: none;
        min-height: 64px;
        margin-block: calc(var(--cc-space) * -2);
        padding-inline: calc(var(--cc-space) * 3.5);
        font-size: 1em;
        white-space: nowrap;
      }
    }
    @container customer-center (min-width: 960px) {
      .menu span {
        position: static;
        overflow: visible;
        clip-path: none;
        width: auto;
        max-width: 24ch;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    }
  `,
];
