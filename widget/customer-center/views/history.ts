import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { History, JobRow } from '../../../server/contract/work.ts';
import { readHistory, readJobs, type JobsWanted } from '../../data/work.ts';
import '../../locale/en-center.ts';
import '../../locale/en-jobs.ts';
import { formatsOf } from '../../locale/formats.ts';
import { define as defineTag } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { skeleton } from '../../parts/skeleton.ts';
import { empty, failed, stale } from '../../parts/states.ts';
import { pastRow, rowKey, upcomingRow, waitingRow, type RowContext } from './history-rows.ts';
import { styles } from './history.styles.ts';
import { ListView } from './list-view.ts';
import { lastPaid } from './pay-path.ts';
import { RowList, type ListMemory } from './row-list.ts';
import { ViewMemory } from './view-memory.ts';

/** The work history as a person left it. */
interface HistoryMemory {
  customer: string;
  history: History;
  waiting: ListMemory<JobRow>;
  upcoming: ListMemory<JobRow>;
  past: ListMemory<JobRow>;
  /** The row that was pressed. */
  row: string | undefined;
  readAt: number;
}
const memories = new ViewMemory<HistoryMemory>();

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
export class ViewHistory extends ListView<JobRow> {
  static override styles = styles;

  protected override readonly words = 'history';

  readonly #history = new Resource<History>(this, (signal) => readHistory(this.client, this.customer, signal));
  readonly #list = (when: JobsWanted['when']) =>
    new RowList<JobRow>(this, when, (wanted, signal) => readJobs(this.client, this.customer, { when, ...wanted }, signal));
  readonly #waiting = this.#list('waiting');
  readonly #upcoming = this.#list('upcoming');
  protected override readonly searched = this.#list('past');
  #started: History | undefined;
  #readAt = 0;
  #shownFor: string | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const { value } = this.#history;
    if (!value || !this.#shownFor || !this.session) return;
    memories.leave(this.session, {
      customer: this.#shownFor,
      history: value,
      waiting: this.#waiting.remember(),
      upcoming: this.#upcoming.remember(),
      past: this.searched.remember(),
      row: this.returnTo,
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
    this.searched.start(value.past);
    if (this.q) void this.narrow();
  }

  protected override keyOf(job: JobRow, { name }: RowList<JobRow>): string {
    return rowKey(name, job);
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
    const past = this.searched;
    if (this.#waiting.bare && this.#upcoming.bare && past.bare) {
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
            ${this.more(this.#waiting, t.t('history.moreWaiting'))}
          `)
        : nothing}
      ${upcoming.length > 0
        ? this.#section('upcoming', t.t('history.upcoming'), html`
            <ul class="card" part="list">${repeat(upcoming, ({ id }) => id, (job) => upcomingRow(job, context))}</ul>
            ${this.more(this.#upcoming, t.t('history.moreUpcoming'))}
          `)
        : nothing}
      ${this.#section('past', t.t('history.past'), this.#pastJobs(context), past.bare ? nothing : this.search(history.addresses))}
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

  #pastJobs(context: RowContext): TemplateResult {
    const t = this.localizer;
    const { items, busy, bare } = this.searched;
    const instead = bare ? empty(t.t('history.emptyPast')) : this.instead();
    if (instead) return html`<div class="card">${instead}</div>`;
    return html`
      <ul class="card" part="list" aria-busy=${busy === 'filter' ? 'true' : 'false'}>
        ${repeat(items, ({ id }) => id, (job) => pastRow(job, context))}
      </ul>
      ${this.more(this.searched, t.t('history.earlier'))}
    `;
  }

  /** Starts over for another customer, or where the person left. */
  #begin(): void {
    const isFirst = this.#shownFor === undefined;
    this.#shownFor = this.customer;
    const memory = isFirst ? memories.take(this.session, this.customer, this.router.restoreDraft(lastPaid)) : undefined;
    if (!memory) {
      this.q = '';
      if (isFirst) this.restoreSearch();
      void this.#history.load({ forget: true });
      return;
    }
    this.#history.value = this.#started = memory.history;
    this.#waiting.restore(memory.waiting);
    this.#upcoming.restore(memory.upcoming);
    this.searched.restore(memory.past);
    this.#readAt = memory.readAt;
    this.returnTo = memory.row;
    this.q = memory.past.filter.q;
  }

  readonly #open = (path: string, row: string): void => {
    this.returnTo = row;
    this.router.go(path);
  };
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
