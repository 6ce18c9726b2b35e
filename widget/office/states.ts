/** What a screen shows in place of what is not there: loading, failed, gone. */
import { html, type TemplateResult } from 'lit';
import type { ApiError } from '../data/errors.ts';
import type { Localizer } from '../locale/localizer.ts';
import '../locale/en-center.ts';
import { skeleton } from '../parts/skeleton.ts';

/** Why it could not be read, and a way to try again; bars while it is on its way. */
export function instead(t: Localizer, error: ApiError | undefined, retry: () => void): TemplateResult {
  if (!error) return skeleton(t, 4);
  return html`<div class="state" role="alert">
    <p class="state-title">${t.t('failed.title')}</p>
    <p class="muted">${t.problem(error.code)}</p>
    <button type="button" class="button" @click=${retry}>${t.t('shell.retry')}</button>
  </div>`;
}

/** Above what was read earlier and cannot be read anew. */
export const outOfDate = (t: Localizer, error: ApiError): TemplateResult => html`<p class="banner warn" role="status">${error.code === 'offline' ? t.t('offline.stale') : t.problem(error.code)}</p>`;
