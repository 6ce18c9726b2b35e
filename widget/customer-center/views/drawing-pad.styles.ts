import { css } from 'lit';
import { buttons } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';

const own = css`
  canvas {
    display: block;
    width: 100%;
    height: 160px;
    border: 1px dashed var(--cc-line-strong);
    border-radius: var(--cc-radius-control);
    background: #fff;
    cursor: crosshair;
    /* Drawing must not scroll the page. */
    touch-action: none;
  }
  .below {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--cc-space) * 3);
    color: var(--cc-muted);
    font-size: var(--cc-font-small);
  }
  .button {
    flex: none;
  }
`;

export const styles = [reset, buttons, own];
