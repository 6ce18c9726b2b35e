import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import type { JobStatus } from '../../../server/contract/work.ts';
import { ApiError } from '../../data/errors.ts';
import type { News } from '../../data/live.ts';
import { changeRecord, readJob } from '../../data/office-jobs.ts';
import { define as defineTag } from '../../parts/define.ts';
import { pill } from '../../parts/pill.ts';
import { Resource } from '../../parts/resource.ts';
import { chevron } from '../form/fields.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import { instead, outOfDate } from '../states.ts';
import './job-charges.ts';
import './job-documents.ts';
import './job-form.ts';
import './job-notes.ts';
import './job-payments.ts';
import './job-visits.ts';
import { addressLine, jobStatuses } from './job-words.ts';

/** One job: what, for whom, where, when, what it costs, what was said about it, and its documents. */
export class OfficeJob extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .facts {
        display: grid;
        gap: calc(var(--cc-space) * 3);
      }
      .facts dt {
        color: var(--cc-muted);
        font-size: var(--cc-font-small);
      }
      .prose {
        white-space: pre-line;
      }
      .head .select {
        min-width: 150px;
      }
    `,
  ];

  @state() private editing = false;
  @state() private problem = '';

  readonly #job = new Resource<JobOverview>(this, (signal) => readJob(this.office, this.thing, signal));
  /** The job that was asked for. */
  #asked = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.office && this.thing && this.#asked !== this.thing) {
      this.#asked = this.thing;
      this.editing = false;
      this.problem = '';
      void this.#job.load({ forget: true });
    }
  }

  protected override heard({ what, id }: News): void {
    const shown = this.#job.value;
    const isMine = what === 'again' || /^(payment|estimate|invoice)$/.test(what) || (what === 'job' && id === this.thing) || (what === 'customer' && id === shown?.customer.id);
    if (shown && isMine) void this.#job.load();
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { value, error } = this.#job;
    if (!value)
      return html`<div class="cc screen">
        <h1 id="heading" class="title" tabindex="-1">${t.t('work.job')}</h1>
        <div class="panel">${instead(t, error, () => void this.#job.load())}</div>
      </div>`;
    return html`<div class="cc screen" @cc-office-job-changed=${() => void this.#job.load()}>
        ${this.#head(value)} ${error ? outOfDate(t, error) : nothing} ${this.problem ? html`<p class="banner bad" role="alert">${this.problem}</p>` : nothing}
        <div class="columns">
          <div class="stack">
            <cc-office-job-charges .overview=${value}></cc-office-job-charges>
            <cc-office-job-documents .overview=${value}></cc-office-job-documents>
            <cc-office-job-notes .overview=${value}></cc-office-job-notes>
          </div>
          <div class="stack">
            ${this.#details(value)}
            <cc-office-job-visits .overview=${value}></cc-office-job-visits>
            <cc-office-job-payments .overview=${value}></cc-office-job-payments>
          </div>
        </div>
      </div>
      ${this.editing
        ? html`<cc-office-job-form .overview=${value} @cc-office-saved=${() => void this.#job.load()} @cc-dialog-close=${() => (this.editing = false)}></cc-office-job-form>`
        : nothing}`;
  }

  #head({ job, customer }: JobOverview): TemplateResult {
    const { localizer: t } = this;
    return html`<div class="head">
      <div class="grow">
        <p class="over">
          ${t.t('job.number', { number: job.number })} ·
          <button type="button" role="link" class="link" @click=${() => this.router.go(`/customers/${customer.id}`)}>${customer.name}</button>
          ${customer.parent ? html`${' · '}<button type="button" role="link" class="link" @click=${() => this.router.go(`/customers/${customer.parent!.id}`)}>${customer.parent.name}</button>` : nothing}
        </p>
        <h1 id="heading" class="title" tabindex="-1">${job.service}</h1>
        ${job.estimateSentOn && !job.estimateAnsweredOn && (job.status === 'new' || job.status === 'scheduled') ? html`<p>${pill('warn', t.t('work.waitsForAnswer'))}</p>` : nothing}
      </div>
      <span class="select">
        <select class="field" aria-label=${t.t('work.status')} @change=${(event: Event) => void this.#setStatus(event.target as HTMLSelectElement)}>
          ${jobStatuses.map((status) => html`<option value=${status} .selected=${status === job.status}>${t.t(`work.s.${status}`)}</option>`)}
        </select>${chevron}
      </span>
      <button type="button" class="button" @click=${() => (this.editing = true)}>${t.t('office.edit')}</button>
    </div>`;
  }

  #details({ job, contacts, addresses }: JobOverview): TemplateResult {
    const { localizer: t } = this;
    const contact = contacts.find(({ id }) => id === job.contactId);
    const address = addresses.find(({ id }) => id === job.addressId);
    const facts: [name: string, value: unknown][] = [
      [t.t('work.address'), address && addressLine(address)],
      [t.t('work.contact'), contact && html`${contact.name}${[contact.mobile && t.phone(contact.mobile), contact.email].filter(Boolean).map((way) => html`<br /><span class="small muted">${way}</span>`)}`],
      [t.t('work.technician'), job.technician],
      [t.t('work.po'), job.poNumber],
      [t.t('work.scope'), job.scope && html`<span class="prose">${job.scope}</span>`],
      [t.t('work.presentation'), t.t(job.presentation === 'summary' ? 'work.summaryHint' : 'work.detailedHint')],
      [t.t('work.onlinePayment'), t.t(job.onlinePayment ? 'work.yes' : 'work.no')],
    ];
    return html`<section class="panel" aria-labelledby="details">
      <div class="panel-head">
        <h2 id="details" class="sub">${t.t('work.details')}</h2>
      </div>
      <dl class="facts padded">${facts.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    </section>`;
  }

  async #setStatus(select: HTMLSelectElement): Promise<void> {
    const { job } = this.#job.value!;
    const status = select.value as JobStatus;
    this.problem = '';
    try {
      const completedAt = status === 'complete' ? (job.completedAt ?? new Date().toISOString()) : null;
      await changeRecord(this.office, 'jobs', job.id, { status, completedAt }, job.updatedAt);
      this.say(this.localizer.t('office.saved'));
    } catch (error) {
      select.value = job.status;
      this.problem = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
    }
    await this.#job.load();
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-job', OfficeJob);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-job': OfficeJob;
  }
}
