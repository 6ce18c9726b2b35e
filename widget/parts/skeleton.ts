import { css, html, type TemplateResult } from 'lit';
import type { Localizer } from '../locale/localizer.ts';

/** Grey bars where rows will be. They appear after 200 ms only: most answers are faster, and a flash would say “slow”. */
export function skeleton(localizer: Localizer, rows: number): TemplateResult {
  return html`<div class="skeleton" part="skeleton" role="status">
    <span class="visually-hidden">${localizer.t('shell.loading')}</span>
    ${Array.from({ length: rows }, () => html`<div class="bars" aria-hidden="true"><i></i><i></i></div>`)}
  </div>`;
}

export const skeletonStyles = css`
  .skeleton {
    animation: appear 1ms 200ms both;
  }
  .bars {
    display: grid;
    gap: calc(var(--cc-space) * 3);
    padding: calc(var(--cc-space) * 5) calc(var(--cc-space) * 4);
  }
  .bars + .bars {
    border-top: 1px solid var(--cc-line);
  }
  .bars i {
    width: min(46%, 280px);
    height: 14px;
    border-radius: 4px;
    background: var(--cc-skeleton);
  }
  .bars i + i {
    width: min(72%, 420px);
    height: 11px;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
`;
