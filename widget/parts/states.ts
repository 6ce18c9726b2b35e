/** What a view says when it has nothing to show: nothing there, failed, offline. While it loads it shows `skeleton`. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Card } from '../../server/contract/account.ts';
import type { ApiError } from '../data/errors.ts';
import type { Localizer } from '../locale/localizer.ts';
import { skeletonStyles } from './skeleton.ts';

/** A quiet word in the place of a list. */
export function empty(title: string, lead?: string, action?: TemplateResult): TemplateResult {
  return html`<div class="state" part="empty">
    <p class="state-title">${title}</p>
    ${lead ? html`<p class="muted">${lead}</p>` : nothing} ${action ?? nothing}
  </div>`;
}

/** Why there is nothing, a way to try again, and the contractor's phone: somebody there can always help. */
export function failed(localizer: Localizer, card: Card, error: ApiError, retry: () => void): TemplateResult {
  const offline = error.code === 'offline' && !navigator.onLine;
  return html`<div class="state" part="error" role="alert">
    <p class="state-title">${localizer.t(offline ? 'offline.title' : 'failed.title')}</p>
    <p class="muted">${offline ? localizer.t('offline.lead') : localizer.problem(error.code)}</p>
    <button type="button" class="button" part="button" @click=${retry}>${localizer.t('shell.retry')}</button>
    ${card.phone
      ? html`<p class="muted">
          ${localizer.t('failed.call', { name: card.name })}${' '}<a class="link" href="tel:${card.phone}">${localizer.phone(card.phone)}</a>
        </p>`
      : nothing}
  </div>`;
}

/** Above what was read earlier, while it cannot be read anew. */
export function stale(localizer: Localizer, error?: ApiError): TemplateResult {
  const text = error && error.code !== 'offline' ? localizer.problem(error.code) : localizer.t('offline.stale');
  return html`<p class="stale" part="notice" role="status">${text}</p>`;
}

export const stateStyles = css`
  ${skeletonStyles}
  .muted {
    color: var(--cc-muted);
  }
  .state {
    display: grid;
    justify-items: center;
    gap: calc(var(--cc-space) * 2);
    padding: calc(var(--cc-space) * 8) calc(var(--cc-space) * 4);
    text-align: center;
  }
  .state .button {
    margin-block: calc(var(--cc-space) * 2);
  }
  .state a {
    display: inline-flex;
    align-items: center;
    min-height: var(--cc-target);
    white-space: nowrap;
  }
  .state-title {
    font-weight: var(--cc-weight);
  }
  .stale {
    margin-bottom: calc(var(--cc-space) * 4);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4);
    border-radius: var(--cc-radius-control);
    background: var(--cc-warn-soft);
    color: var(--cc-warn);
  }
`;
