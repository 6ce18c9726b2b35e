import { css } from 'lit';

export const styles = css`
  :host {
    container: customer-center / inline-size;
    scroll-margin-top: var(--cc-scroll-margin, 0);
  }
  .cc {
    background: var(--cc-canvas);
  }
  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--cc-space) * 3);
    min-height: 64px;
    padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4);
    border-bottom: 1px solid var(--cc-line);
    background: var(--cc-surface);
  }
  .logo,
  .initial {
    flex: none;
    height: 40px;
    border-radius: var(--cc-radius-control);
  }
  .logo {
    width: auto;
    max-width: 140px;
    object-fit: contain;
  }
  .initial {
    display: grid;
    place-items: center;
    width: 40px;
    background: var(--cc-accent);
    color: var(--cc-accent-ink);
    font-weight: 700;
  }
  .name {
    flex: 1;
    font-weight: var(--cc-weight);
    line-height: 1.25;
  }
  cc-bar {
    flex: 1;
    min-width: 0;
  }
  .content {
    max-width: calc(var(--cc-width) + 32px);
    min-height: 200px;
    margin-inline: auto;
    padding: calc(var(--cc-space) * 6) calc(var(--cc-space) * 4);
  }
  .notice {
    max-width: 420px;
    margin: 0 auto calc(var(--cc-space) * 5);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    border-radius: var(--cc-radius-control);
    background: var(--cc-warn-soft);
    color: var(--cc-warn);
  }
  .trouble {
    display: grid;
    justify-items: center;
    gap: calc(var(--cc-space) * 4);
    padding-block: calc(var(--cc-space) * 8);
    text-align: center;
  }
  .trouble .link {
    display: inline-flex;
    align-items: center;
    min-height: var(--cc-target);
  }
  .footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 2) calc(var(--cc-space) * 6);
    max-width: calc(var(--cc-width) + 32px);
    margin-inline: auto;
    padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4);
    border-top: 1px solid var(--cc-line);
    font-size: var(--cc-font-small);
  }
  .footer a {
    display: inline-flex;
    align-items: center;
    min-height: var(--cc-target);
  }
  .languages {
    display: flex;
    gap: calc(var(--cc-space) * 2);
  }
  .languages button {
    min-width: var(--cc-target);
    min-height: var(--cc-target);
    padding-inline: calc(var(--cc-space) * 2);
    border-radius: var(--cc-radius-control);
    color: var(--cc-muted);
  }
  .languages button[aria-pressed='true'] {
    color: var(--cc-ink);
    font-weight: var(--cc-weight);
    text-decoration: underline 2px var(--cc-accent-text);
    text-underline-offset: 6px;
  }
  @container customer-center (min-width: 720px) {
    .header {
      padding-inline: calc(var(--cc-space) * 6);
    }
    .content {
      padding-block: calc(var(--cc-space) * 8);
    }
  }
`;
