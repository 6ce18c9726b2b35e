import { css } from 'lit';
import { styles as estimateStyles } from './estimate.styles.ts';

const own = css`
  .notice {
    border-color: transparent;
    background: var(--cc-warn-soft);
    color: var(--cc-warn);
  }
  .notice .title {
    margin: 0;
  }
  .changes li {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 3);
    padding-block: calc(var(--cc-space) * 1.5);
  }
  .changes .pill {
    margin-inline-end: calc(var(--cc-space) * 1);
  }
  .remarks li + li {
    margin-top: calc(var(--cc-space) * 4);
  }
  .facts.across {
    margin-block: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4);
  }
  .deposit .sum .title {
    margin: 0;
  }
  .deposit > :is(.sheet, .primary, .title) {
    margin-block: calc(var(--cc-space) * 4) 0;
  }
  .deposit > .prose,
  .deposit > .quiet {
    margin-block-start: calc(var(--cc-space) * 1);
  }
  .flush {
    padding-inline: 0;
    border-inline: 0;
  }
`;

export const styles = [...estimateStyles, own];
