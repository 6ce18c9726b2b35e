import { consume } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Card } from '../../../server/contract/account.ts';
import type { SessionView } from '../../../server/contract/access.ts';
import type { History, JobRow } from '../../../server/contract/work.ts';
import { cardContext, clientContext, customerContext, localeContext, routerContext, sessionContext } from '../../contexts.ts';
import type { Client } from '../../data/client.ts';
import { readHistory, readJobs, type JobsWanted } from '../../data/work.ts';
import '../../locale/en-center.ts';
import { formatsOf } from '../../locale/formats.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { define as defineTag } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { skeleton } from '../../parts/skeleton.ts';
import { empty, failed, stale } from '../../parts/states.ts';
import type { Router } from '../router.ts';
import { recall, remember } from './history-memory.ts';
import { pastRow, rowKey, upcomingRow, waitingRow, type RowContext } from './history-rows.ts';
import { searchBar } from './history-search.ts';
import { styles } from './history.styles.ts';
import { JobList } from './job-list.ts';

/** A page styles parts across two shadow roots, so the view passes its own on. */
const parts =
  'section, section-title, list, row, row-name, row-meta, row-amount, pill, date-tile, search, select, button, empty, error, notice, skeleton';
const draft = 'history.search';

/**
 * Work history: what needs the person's answer, what is coming, and what was, with search and “Show earlier jobs”.
 *
 * @csspart section - One of the three sections.
 * @csspart section-title - Its heading.
 * @csspart list - A list of jobs.
 * @csspart row - One job.
 * @csspart row-name - What was done, as the contractor calls it.
 * @csspart row-meta - Date, place and technician of a row.
 * @csspart row-amount - A row's total.
 * @csspart pill - A state as a word.
 * @csspart date-tile - The day of an upcoming job.
 * @csspart search - The search field.
 * @csspart select - The choice of an address.
 * @csspart button - A button.
 * @csspart empty - What stands in the place of an empty list.
 * @csspart error - Why something could not be loaded.
 * @csspart notice - A remark above what was loaded earlier.
 * @csspart skeleton - Bars that stand for rows while they load.
 */
export class ViewHistory extends LitElement {
  static override styles = styles;

  readonly #history = new Resource<History>(this, (signal) => readHistory(this.client, this.customer, signal));
  readonly #jobs = (wanted: JobsWanted, signal: AbortSignal) => readJobs(this.client, this.customer, wanted, signal);
  readonly #waiting = new JobList(this, 'waiting', this.#jobs);
  readonly #upcoming = new JobList(this, 'upcoming', this.#jobs);
  readonly #past = new JobList(this, 'past', this.#jobs);
  #started: History | undefined;
  #readAt = 0;
  #shownFor: string | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  /** The row to come back to, until the focus was there. */
  #returnTo: string | undefined;

  @query('#heading') private heading!: HTMLElement | null;
  @query('#status') private status!: HTMLElement | null;

  /** What the search field says; the list follows a moment later. */
  @state() private q = '';

  @consume({ context: clientContext, subscribe: true }) @property({ attribute: false }) client!: Client;
  @consume({ context: cardContext, subscribe: true }) @property({ attribute: false }) card!: Card;
  @consume({ context: localeContext, subscribe: true }) @property({ attribute: false }) localizer!: Localizer;
  @consume({ context: routerContext, subscribe: true }) @property({ attribute: false }) router!: Router;
  @consume({ context: customerContext, subscribe: true }) @property({ attribute: false }) customer = 'all';
  @consume({ context: sessionContext, subscribe: true }) @property({ attribute: false }) session: SessionView | undefined;

  /** Level of the view's heading; its sections and rows are one and two below. */
  @property({ type: Number }) level = 2;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('exportparts', parts);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
    const { value } = this.#history;
    if (!value || !this.#shownFor || !this.session) return;
    remember(this.session, {
      customer: this.#shownFor,
      history: value,
      waiting: this.#waiting.remember(),
      upcoming: this.#upcoming.remember(),
      past: this.#past.remember(),
      row: this.#returnTo,
      readAt: this.#readAt,
    });
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.#shownFor !== this.customer) this.#begin();
    const { value } = this.#history;
    if (!value || value === this.#started) return;
    this.#started = value;
    this.#readAt = Date.now();
    this.#waiting.start(value.waiting);
    this.#upcoming.start(value.upcoming);
    this.#past.start(value.past);
    if (this.q) void this.#past.narrow({ q: this.q });
  }

  /**
   * Takes the focus as a view that has just opened: its heading, or the row that the person left it by. The shell calls it
   * after every change of view.
   */
  override focus(options?: FocusOptions): void {
    const row = this.#rowElement(this.#returnTo);
    this.#returnTo = undefined;
    if (!row) return this.heading?.focus(options);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'center', behavior: 'instant' });
  }

  protected override render(): TemplateResult {
    const { value, error } = this.#history;
    const { localizer } = this;
    return html`<div class="cc">
      <span id="heading" class="visually-hidden" role="heading" aria-level=${this.level} tabindex="-1"
        >${localizer.t('history.title')}</span
      >
      <div id="status" class="visually-hidden" role="status"></div>
      ${value
        ? html`${this.#history.offline || error ? stale(localizer, error) : nothing} ${this.#everything(value)}`
        : error
          ? html`<div class="card">${failed(localizer, this.card, error, () => void this.#history.load())}</div>`
          : html`<div class="card">${skeleton(localizer, 5)}</div>`}
    </div>`;
  }

  #everything(history: History): TemplateResult {
    const t = this.localizer;
    if (this.#waiting.bare && this.#upcoming.bare && this.#past.bare) {
      return html`<div class="card">${empty(t.t('history.empty'), t.t('history.emptyLead', { name: this.card.name }))}</div>`;
    }
    const context: RowContext = {
      formats: formatsOf(t, this.card.timeZone),
      lang: this.card.locale,
      named: this.customer === 'all' && (this.session?.customers.length ?? 0) > 1,
      level: this.level + 2,
      open: this.#open,
    };
    const { items: waiting } = this.#waiting;
    const { items: upcoming } = this.#upcoming;
    return html`
      ${waiting.length > 0
        ? this.#section('waiting', t.t('history.waiting'), html`
            <ul class="asks" part="list">
              ${repeat(waiting, ({ id }) => id, (job, at) => waitingRow(job, context, at === 0))}
            </ul>
            ${this.#more(this.#waiting, t.t('history.moreWaiting'))}
          `)
        : nothing}
      ${upcoming.length > 0
        ? this.#section('upcoming', t.t('history.upcoming'), html`
            <ul class="card" part="list">${repeat(upcoming, ({ id }) => id, (job) => upcomingRow(job, context))}</ul>
            ${this.#more(this.#upcoming, t.t('history.moreUpcoming'))}
          `)
        : nothing}
      ${this.#section('past', t.t('history.past'), this.#pastJobs(context), this.#past.bare ? nothing : this.#search(history))}
    `;
  }

  #section(id: string, title: string, content: TemplateResult, tools: TemplateResult | typeof nothing = nothing) {
    return html`<section part="section" aria-labelledby=${id}>
      <div class="section-head">
        <span id=${id} class="section-title" part="section-title" role="heading" aria-level=${this.level + 1}>${title}</span>
        ${tools}
      </div>
      ${content}
    </section>`;
  }

  #search({ addresses }: History): TemplateResult {
    return searchBar(this.localizer, {
      q: this.q,
      addressId: this.#past.filter.addressId,
      addresses,
      lang: this.card.locale,
      type: this.#type,
      submit: () => void this.#narrow(),
      choose: (addressId) => void this.#narrow({ addressId }),
    });
  }

  #pastJobs(context: RowContext): TemplateResult {
    const t = this.localizer;
    const { items, error, failedAt, busy, filter, bare } = this.#past;
    const retry = () => void this.#narrow();
    if (error && failedAt === 'filter') return html`<div class="card">${failed(t, this.card, error, retry)}</div>`;
    if (bare) return html`<div class="card">${empty(t.t('history.emptyPast'))}</div>`;
    if (items.length === 0) {
      const showAll = html`<button type="button" class="button" part="button" @click=${this.#showAll}>
        ${t.t('history.showAll')}
      </button>`;
      return html`<div class="card">
        ${empty(
          filter.q ? t.t('history.notFound', { q: filter.q }) : t.t('history.emptyHere'),
          filter.q ? t.t('history.notFoundLead') : undefined,
          showAll,
        )}
      </div>`;
    }
    return html`
      <ul class="card" part="list" aria-busy=${busy === 'filter' ? 'true' : 'false'}>
        ${repeat(items, ({ id }) => id, (job) => pastRow(job, context))}
      </ul>
      ${this.#more(this.#past, t.t('history.earlier'))}
    `;
  }

  #more(list: JobList, label: string): TemplateResult | typeof nothing {
    if (!list.nextCursor) return nothing;
    const t = this.localizer;
    const busy = list.busy === 'more';
    return html`<div class="more">
      ${list.error && list.failedAt === 'more'
        ? html`<p class="error" role="alert">${t.problem(list.error.code)}</p>`
        : nothing}
      <button
        type="button"
        class="button quiet"
        part="button"
        aria-disabled=${busy ? 'true' : 'false'}
        @click=${() => void this.#showMore(list)}
      >
        ${busy ? t.t('shell.loading') : label}
      </button>
    </div>`;
  }

  /** Starts over for another customer, or where the person left. */
  #begin(): void {
    const before = this.#shownFor;
    this.#shownFor = this.customer;
    const memory = before === undefined ? recall(this.session, this.customer) : undefined;
    if (!memory) {
      this.q = before === undefined ? (this.router.restoreDraft(draft) ?? '') : '';
      void this.#history.load({ forget: true });
      return;
    }
    this.#history.value = this.#started = memory.history;
    this.#waiting.restore(memory.waiting);
    this.#upcoming.restore(memory.upcoming);
    this.#past.restore(memory.past);
    this.#readAt = memory.readAt;
    this.#returnTo = memory.row;
    this.q = memory.past.filter.q;
  }

  readonly #open = (job: JobRow, row: string, tab?: 'charges'): void => {
    this.#returnTo = row;
    this.router.go(`/jobs/${job.id}${tab ? `?tab=${tab}` : ''}`);
  };

  readonly #type = (q: string): void => {
    this.q = q;
    this.router.saveDraft(draft, q || undefined);
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#narrow(), 250);
  };

  readonly #showAll = (): void => {
    this.#type('');
    this.shadowRoot?.querySelector<HTMLElement>('#search')?.focus();
    void this.#narrow({ addressId: '' });
  };

  async #narrow(filter: { addressId?: string } = {}): Promise<void> {
    clearTimeout(this.#typing);
    if (!(await this.#past.narrow({ q: this.q.trim(), ...filter }))) return;
    const { items, nextCursor, filtered } = this.#past;
    const t = this.localizer;
    if (!filtered) this.#say('');
    else this.#say(nextCursor ? t.t('history.foundMore', { n: items.length }) : t.plural('history.found', items.length));
  }

  async #showMore(list: JobList): Promise<void> {
    const added = await list.more();
    if (!added) return;
    this.#say(this.localizer.plural('history.added', added.count));
    await this.updateComplete;
    // The button may be gone, and the next thing to read is the first of the new rows.
    if (added.first) this.#rowElement(rowKey(list.when, added.first))?.focus({ preventScroll: true });
  }

  #rowElement(row: string | undefined): HTMLElement | undefined {
    return [...(this.shadowRoot?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find((each) => each.dataset.row === row);
  }

  /** Says it politely to people who do not see the list change. */
  #say(text: string): void {
    if (this.status) this.status.textContent = text;
  }
}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-history', ViewHistory);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-history': ViewHistory;
  }
}
