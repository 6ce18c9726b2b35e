import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { OfficeJobRow } from '../../../server/contract/office.ts';
import type { News } from '../../data/live.ts';
import { listJobs } from '../../data/office-lists.ts';
import { define as defineTag } from '../../parts/define.ts';
import { empty } from '../../parts/states.ts';
import { Filters, filterStyles } from '../filters.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-jobs.ts';
import { Paged } from '../paged.ts';
import { queryOf } from '../routes.ts';
import { Screen } from '../screen.ts';
import { instead, outOfDate } from '../states.ts';
import { statusPills, visitShort } from './job-words.ts';
import './new-job.ts';

/** All jobs, newest first, and the form for a new one. */
export class OfficeJobs extends Screen {
  static override styles = [
    ...screenStyles,
    ...filterStyles,
    css`
      .job {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: calc(var(--cc-space) * 1) calc(var(--cc-space) * 4);
        align-items: start;
      }
      .job > :nth-child(2),
      .job > :nth-child(3) {
        grid-column: 1;
      }
      .job > :nth-child(4) {
        grid-area: 1 / 2 / span 3;
      }
      @container screen (min-width: 760px) {
        .job {
          grid-template-columns: minmax(0, 2fr) minmax(0, 1.5fr) 176px 124px;
          align-items: center;
        }
        .job > * {
          grid-area: auto !important;
        }
      }
    `,
  ];

  readonly #filters = new Filters<'all' | 'open' | 'complete' | 'canceled'>(this, 'office jobs', 'all', () => void this.#jobs.load());
  readonly #jobs = new Paged<OfficeJobRow>(this, (cursor, signal) =>
    listJobs(this.office, { q: this.#filters.q.trim() || undefined, state: this.#filters.state, cursor }, signal),
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.section !== 'new' && this.#filters.begin()) void this.#jobs.load();
  }

  protected override heard({ what }: News): void {
    if (this.#jobs.items && /^(job|customer|payment|estimate|invoice|again)$/.test(what)) void this.#jobs.load();
  }

  protected override render(): TemplateResult {
    return this.section === 'new' ? this.#new() : this.#list();
  }

  #new(): TemplateResult {
    const { localizer: t } = this;
    return html`<div class="cc screen">
      <div class="head">
        <div class="grow">
          <button type="button" role="link" class="link small" @click=${() => this.router.back('/jobs')}>${t.t('office.back')}</button>
          <h1 id="heading" class="title" tabindex="-1">${t.t('work.new')}</h1>
        </div>
      </div>
      <cc-office-new-job .customerId=${queryOf(this.path, 'customer')}></cc-office-new-job>
    </div>`;
  }

  #list(): TemplateResult {
    const { localizer: t } = this;
    const { items, error } = this.#jobs;
    return html`<div class="cc screen">
      <div class="head">
        <h1 id="heading" class="title grow" tabindex="-1">${t.t('work.title')}</h1>
        <button type="button" role="link" class="button primary" @click=${() => this.router.go('/jobs/new')}>${t.t('work.new')}</button>
      </div>
      ${this.#filters.bar({
        search: t.t('work.search'), hint: t.t('work.searchHint'), states: t.t('work.states'),
        choices: [['all', t.t('work.all')], ['open', t.t('work.open')], ['complete', t.t('work.done')], ['canceled', t.t('work.canceled')]],
      })}
      ${items && error ? outOfDate(t, error) : nothing} ${items ? this.#rows(items) : html`<div class="panel">${instead(t, error, () => void this.#jobs.load())}</div>`}
    </div>`;
  }

  #rows(items: OfficeJobRow[]): TemplateResult {
    const { localizer: t } = this;
    if (items.length === 0) return html`<div class="panel">${this.#nothing()}</div>`;
    return html`<div class="panel rows" role="list">${items.map((job) => html`<div role="listitem">${this.#row(job)}</div>`)}</div>
      ${this.#jobs.hasMore
        ? html`<div class="actions"><button type="button" class="button" aria-disabled=${this.#jobs.loading ? 'true' : 'false'} @click=${() => void this.#jobs.more()}>${t.t('office.more')}</button></div>`
        : nothing}`;
  }

  #row(job: OfficeJobRow): TemplateResult {
    const { localizer: t, formats } = this;
    const visit = job.visit ? visitShort(job.visit, formats) : '';
    return html`<button type="button" role="link" class="row job" @click=${() => this.router.go(`/jobs/${job.id}`)}>
      <span><span class="strong">${job.service}</span><br /><span class="small muted">${job.number} · ${job.customer.name}</span></span>
      <span class="small">${job.address ?? nothing}${visit ? html`${job.address ? html`<br />` : nothing}<span class="muted">${visit}</span>` : nothing}</span>
      <span>${statusPills(job, t)}</span>
      <span class="amount">${formats.money(job.total)}${job.balance.amount > 0 ? html`<br /><span class="small muted">${t.t('work.openAmount', { amount: formats.money(job.balance) })}</span>` : nothing}</span>
    </button>`;
  }

  #nothing(): TemplateResult {
    const { localizer: t } = this;
    if (this.#filters.narrow)
      return empty(t.t('work.notFound'), t.t('work.notFoundLead'), html`<button type="button" class="button" @click=${() => this.#filters.clear()}>${t.t('work.showAll')}</button>`);
    return empty(t.t('work.none'), t.t('work.noneLead'));
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-jobs', OfficeJobs);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-jobs': OfficeJobs;
  }
}
