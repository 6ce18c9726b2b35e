/** What the contractor shared about a job: the third panel. */
import { html, nothing, type TemplateResult } from 'lit';
import type { JobView } from '../../../server/contract/work.ts';
import { empty } from '../../parts/states.ts';
import type { JobContext } from './job-context.ts';

export function jobNotes({ notes }: JobView, { formats, card }: JobContext): TemplateResult {
  const { localizer } = formats;
  if (notes.length === 0) {
    return html`<div class="card" part="card">
      ${empty(localizer.t('job.noNotes'), localizer.t('job.noNotesLead', { name: card.name }))}
    </div>`;
  }
  return html`<ul class="notes">
    ${notes.map(
      ({ author, body, createdAt }) => html`<li class="card" part="card note">
        <p class="small muted">
          ${author ? html`<span class="author">${author}</span>${' · '}` : nothing}<time datetime=${createdAt}
            >${formats.date(createdAt, 'full')}</time
          >
        </p>
        <p class="prose" lang=${card.locale}>${body.trim()}</p>
      </li>`,
    )}
  </ul>`;
}
