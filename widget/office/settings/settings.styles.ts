import { css } from 'lit';

export const styles = css`
  .parts {
    display: grid;
    gap: calc(var(--cc-space) * 6);
    align-items: start;
  }
  nav button {
    display: flex;
    align-items: center;
    justify-content: space-between;
    width: 100%;
    min-height: var(--cc-target);
    padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3);
    border-radius: var(--cc-radius-control);
  }
  @media (hover: hover) {
    nav button:hover {
      background: var(--cc-plain-soft);
    }
  }
  .more {
    color: var(--cc-muted);
    font-size: 1.25em;
  }
  .back {
    margin-inline-start: calc(var(--cc-space) * -3);
  }
  /* On a phone: the list, or one of its sections. */
  @container screen (max-width: 759px) {
    .screen:not(.inside) .back,
    .screen:not(.inside) .part,
    .inside nav {
      display: none;
    }
    .inside .title {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    nav ul {
      border: 1px solid var(--cc-line);
      border-radius: var(--cc-radius);
      background: var(--cc-surface);
    }
    nav li + li {
      border-top: 1px solid var(--cc-line);
    }
    nav button {
      min-height: 52px;
      padding-inline: calc(var(--cc-space) * 4);
    }
  }
  @container screen (min-width: 760px) {
    .parts {
      grid-template-columns: 190px minmax(0, 1fr);
    }
    .back,
    .more {
      display: none;
    }
    nav {
      position: sticky;
      top: calc(var(--cc-space) * 6);
    }
    nav button[aria-current='page'],
    nav button[aria-current='true'] {
      background: var(--cc-accent-soft);
      color: var(--cc-accent-text);
      font-weight: var(--cc-weight);
    }
  }
`;
