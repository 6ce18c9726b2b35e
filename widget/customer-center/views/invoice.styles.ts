import { css } from 'lit';
import { paperStyles } from '../../parts/paper.styles.ts';
import { buttons } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

const own = css`
  .pay {
    margin-block-end: calc(var(--cc-space) * 4);
  }
  .sum .link {
    min-height: 24px;
    text-decoration: underline;
  }
  /* In reach of a thumb, however long the invoice is. Where there is room, the one at the top is enough. */
  .foot {
    position: sticky;
    z-index: 1;
    bottom: 0;
    padding-block: calc(var(--cc-space) * 3);
    background: var(--cc-canvas);
  }
  .foot .button {
    width: 100%;
  }
  /* What has the focus is not under the foot. */
  button {
    scroll-margin-block-end: calc(var(--cc-target) * 2);
  }
  @container (min-width: 688px) {
    .foot {
      display: none;
    }
  }
`;

export const styles = [reset, buttons, paperStyles, own];
