import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import { define } from '../../parts/define.ts';
import { screenStyles } from '../form/styles.ts';
import { JobPart, partStyles } from './job-part.ts';
import { visitWords } from './job-words.ts';
import './visit-form.ts';

type Visit = JobOverview['visits'][number];

/** When somebody comes, or came. */
export class OfficeJobVisits extends JobPart {
  static override styles = [...screenStyles, partStyles];

  @state() private open: { visit?: Visit } | undefined;

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { job, visits } = this.overview;
    return html`<section class="cc panel" aria-labelledby="title">
      <div class="panel-head">
        <h2 id="title" class="sub">${t.t('work.visits')}</h2>
        <button type="button" class="button" @click=${() => (this.open = {})}>${t.t('work.addVisit')}</button>
      </div>
      ${visits.length > 0 ? html`<ul class="rows">${visits.map((visit) => html`<li>${this.#row(visit)}</li>`)}</ul>` : html`<p class="muted padded">${t.t('work.noVisits')}</p>`}
      ${this.open
        ? html`<cc-office-visit
            .jobId=${job.id}
            .technician=${job.technician ?? ''}
            .visit=${this.open.visit}
            @cc-office-saved=${() => this.changed()}
            @cc-dialog-close=${() => (this.open = undefined)}
          ></cc-office-visit>`
        : nothing}
    </section>`;
  }

  #row(visit: Visit): TemplateResult {
    const { localizer: t, formats } = this;
    const { day, time } = visitWords(visit, formats);
    const at = visit.startsAt ?? visit.date;
    const relative = at ? formats.relative(at) : null;
    return html`<button type="button" class="row" @click=${() => (this.open = { visit })}>
      <span class="grow"><span class="visually-hidden">${t.t('office.edit')}: </span><span class="strong">${day}</span>${time ? html`<br /><span class="small">${time}</span>` : nothing}</span>
      <span class="small muted">${[visit.technician, relative].filter(Boolean).join(' · ')}</span>
    </button>`;
  }
}

define('cc-office-job-visits', OfficeJobVisits);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-job-visits': OfficeJobVisits;
  }
}
