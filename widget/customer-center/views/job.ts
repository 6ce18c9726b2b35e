import { consume } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Card } from '../../../server/contract/account.ts';
import type { JobView } from '../../../server/contract/work.ts';
import { cardContext, clientContext, customerContext, localeContext, routerContext } from '../../contexts.ts';
import type { Client } from '../../data/client.ts';
import { readJob, readJobSheet } from '../../data/work.ts';
import '../../locale/en-center.ts';
import { formatsOf } from '../../locale/formats.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { define as defineTag } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { skeleton } from '../../parts/skeleton.ts';
import { empty, failed, stale } from '../../parts/states.ts';
import type { TabChangeEvent } from '../../parts/tab-change-event.ts';
import '../../parts/tabs.ts';
import type { Router } from '../router.ts';
import { AllMyJobsEvent } from './all-my-jobs-event.ts';
import { jobCharges } from './job-charges.ts';
import type { JobContext } from './job-context.ts';
import { jobDetails } from './job-details.ts';
import { jobNotes } from './job-notes.ts';
import { jobPill } from './job-state.ts';
import { styles } from './job.styles.ts';

/** A page styles parts across two shadow roots, so the view passes its own on. */
const parts =
  'title, pill, tabs, tab, tab-panel, card, section-title, note, charges, sums, link, date-tile, button, empty, error, notice, skeleton';
const panels = { details: jobDetails, charges: jobCharges, notes: jobNotes };
type Panel = keyof typeof panels;

/**
 * One job, with the tabs Details, Charges and Notes; also the job sheet that a document link opens.
 *
 * @event {AllMyJobsEvent} cc-all-my-jobs - The reader of a job sheet asks for the whole center.
 * @csspart title - What was done, as the contractor calls it.
 * @csspart pill - A state as a word.
 * @csspart tabs - The row of tabs.
 * @csspart tab - One tab.
 * @csspart tab-panel - What the selected tab shows.
 * @csspart card - A card within a panel.
 * @csspart section-title - A heading within a panel.
 * @csspart note - One note.
 * @csspart charges - The table of charges.
 * @csspart sums - Subtotal, tax, total, payments and balance.
 * @csspart link - A link that leaves the center.
 * @csspart date-tile - The day of a visit.
 * @csspart button - A button.
 * @csspart empty - What stands in the place of an empty panel.
 * @csspart error - Why the job could not be loaded.
 * @csspart notice - A remark above what was loaded earlier.
 * @csspart skeleton - Bars that stand for the job while it loads.
 */
export class ViewJob extends LitElement {
  static override styles = styles;

  readonly #job = new Resource<JobView>(this, (signal) =>
    this.document
      ? readJobSheet(this.client, this.document, signal)
      : readJob(this.client, this.customer, this.jobId, signal),
  );
  #shown: string | undefined;

  @query('#heading') private heading!: HTMLElement | null;

  @consume({ context: clientContext, subscribe: true }) @property({ attribute: false }) client!: Client;
  @consume({ context: cardContext, subscribe: true }) @property({ attribute: false }) card!: Card;
  @consume({ context: localeContext, subscribe: true }) @property({ attribute: false }) localizer!: Localizer;
  @consume({ context: routerContext, subscribe: true }) @property({ attribute: false }) router!: Router;
  @consume({ context: customerContext, subscribe: true }) @property({ attribute: false }) customer = 'all';

  /** Which job, for a signed-in person. */
  @property({ attribute: false }) jobId = '';
  /** Which document, for the reader of a document link; it then counts instead of `jobId`. */
  @property({ attribute: false }) document: string | undefined;
  /** The tab that shows: `details`, `charges` or `notes`; anything else is the first. */
  @property() tab: string | undefined;
  /** Level of the view's heading; those within are one below. */
  @property({ type: Number }) level = 2;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('exportparts', parts);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const wanted = this.document ?? this.jobId;
    if (!wanted || wanted === this.#shown) return;
    this.#shown = wanted;
    void this.#job.load({ forget: true });
  }

  /** Takes the focus as a view that has just opened: its heading. The shell calls it after every change of view. */
  override focus(options?: FocusOptions): void {
    this.heading?.focus(options);
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    return html`<div class="cc">
      ${this.document ? this.#sheetBar() : this.#back()} ${this.#content()}
      <span class="visually-hidden" role="status">${this.#job.loading ? t.t('shell.loading') : nothing}</span>
    </div>`;
  }

  #back(): TemplateResult {
    return html`<button type="button" role="link" class="button quiet back" part="button" @click=${() => this.router.back('/')}>
      <svg aria-hidden="true" viewBox="0 0 20 20"><path d="m12 4-6 6 6 6"></path></svg>${this.localizer.t('job.back')}
    </button>`;
  }

  #sheetBar(): TemplateResult {
    return html`<div class="sheet" part="notice">
      <span>${this.localizer.t('job.allLead')}</span>
      <button type="button" class="button" part="button" @click=${() => this.dispatchEvent(new AllMyJobsEvent())}>
        ${this.localizer.t('job.all')}
      </button>
    </div>`;
  }

  #content(): TemplateResult {
    const { value, error, offline } = this.#job;
    const t = this.localizer;
    if (value) return html`${offline || error ? stale(t, error) : nothing} ${this.#sheet(value)}`;
    const message =
      error?.code === 'not_found'
        ? empty(t.t('job.gone'), t.t('job.goneLead'))
        : error && failed(t, this.card, error, () => void this.#job.load());
    return html`
      <span id="heading" class="visually-hidden" role="heading" aria-level=${this.level} tabindex="-1">
        ${t.t('job.tabs')}
      </span>
      <div class="card" part="card">${message ?? skeleton(t, 4)}</div>
    `;
  }

  #sheet(job: JobView): TemplateResult {
    const t = this.localizer;
    const formats = formatsOf(t, this.card.timeZone);
    const context: JobContext = { formats, card: this.card, level: this.level + 1 };
    const tab: Panel = this.tab && Object.hasOwn(panels, this.tab) ? (this.tab as Panel) : 'details';
    const place = [job.customer.name, job.address?.line1].filter(Boolean).join(' · ');
    return html`
      <div class="head">
        <span class="number-line">${t.t('job.number', { number: job.number })}</span>
        ${jobPill(job, formats)}
        <span id="heading" class="service" part="title" role="heading" aria-level=${this.level} tabindex="-1" lang=${this.card.locale}
          >${job.service}</span
        >
        ${place ? html`<span class="place muted">${place}</span>` : nothing}
      </div>
      <cc-tabs
        exportparts="tabs, tab, tab-panel"
        label=${t.t('job.tabs')}
        .selected=${tab}
        .tabs=${[
          { id: 'details', label: t.t('job.details') },
          { id: 'charges', label: t.t('job.charges') },
          { id: 'notes', label: t.t('job.notes'), count: job.notes.length },
        ]}
        @cc-tab-change=${this.#onTab}
        >${panels[tab](job, context)}</cc-tabs
      >
    `;
  }

  /** The tab is part of the address, but not a step of its own for Back. */
  readonly #onTab = ({ tab }: TabChangeEvent): void => {
    this.tab = tab;
    const [pathname] = this.router.path.split('?');
    this.router.go(`${pathname}?tab=${tab}`, { replace: true });
  };
}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-job', ViewJob);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-job': ViewJob;
  }
}
