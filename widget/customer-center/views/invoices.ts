import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { InvoiceRow } from '../../../server/contract/invoices.ts';
import type { History } from '../../../server/contract/work.ts';
import { readInvoices, type InvoicePage, type InvoicesWanted } from '../../data/invoices.ts';
import { readHistory } from '../../data/work.ts';
import '../../locale/en-center.ts';
import '../../locale/en-documents.ts';
import '../../locale/en-due.ts';
import '../../locale/en-invoices.ts';
import '../../locale/en-jobs.ts';
import { formatsOf } from '../../locale/formats.ts';
import { define as defineTag } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { skeleton } from '../../parts/skeleton.ts';
import { empty, failed, stale } from '../../parts/states.ts';
import { invoiceHeads, invoiceRow, selectionSum, type InvoiceRowContext } from './invoice-rows.ts';
import { styles } from './invoices.styles.ts';
import { ListView } from './list-view.ts';
import { lastPaid, payPath } from './pay-path.ts';
import { RowList, type ListMemory } from './row-list.ts';
import { ViewMemory } from './view-memory.ts';

/** The list as a person left it. */
interface InvoicesMemory {
  customer: string;
  shows: InvoicesWanted['state'];
  first: InvoicePage;
  list: ListMemory<InvoiceRow>;
  selected: ReadonlySet<string>;
  /** The row that was pressed. */
  row: string | undefined;
  readAt: number;
}
const memories = new ViewMemory<InvoicesMemory>();

/**
 * Invoices of all customers of the person: those that are open, or all; with search, choice of an address, and the sum of
 * those that are selected.
 *
 * @csspart title - The view's heading.
 * @csspart list - The list.
 * @csspart row - One invoice.
 * @csspart row-name - Its number, and what it is about.
 * @csspart row-meta - Customer, address and PO number of a row.
 * @csspart row-amount - What is due, else the total.
 * @csspart pill - A state as a word.
 * @csspart search - The search field.
 * @csspart select - The choice of an address.
 * @csspart sums - The sum of the selected invoices, with the way to pay them.
 * @csspart button - A button.
 * @csspart empty - What stands in the place of an empty list.
 * @csspart error - Why something could not be loaded.
 * @csspart notice - A remark above what was loaded earlier.
 * @csspart skeleton - Bars that stand for rows while they load.
 */
export class ViewInvoices extends ListView<InvoiceRow> {
  static override styles = styles;

  protected override readonly words = 'invoices';

  readonly #first = new Resource<InvoicePage>(this, (signal) => readInvoices(this.client, this.customer, { state: this.shows }, signal));
  protected override readonly searched = new RowList<InvoiceRow>(this, 'invoices', (wanted, signal) =>
    readInvoices(this.client, this.customer, { state: this.shows, ...wanted }, signal),
  );
  /** Addresses to choose from. They come when they can: nobody waits for them, or is told that they did not come. */
  readonly #history = new Resource<History>(this, (signal) => readHistory(this.client, this.customer, signal));
  #started: InvoicePage | undefined;
  #readAt = 0;
  #shownFor: string | undefined;

  @state() private shows: InvoicesWanted['state'] = 'open';
  @state() private selected: ReadonlySet<string> = new Set();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const { value: first } = this.#first;
    if (!first || !this.#shownFor || !this.session) return;
    memories.leave(this.session, {
      customer: this.#shownFor,
      shows: this.shows,
      first,
      list: this.searched.remember(),
      selected: this.selected,
      row: this.returnTo,
      readAt: this.#readAt,
    });
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.#shownFor !== this.customer) this.#begin();
    const { value } = this.#first;
    if (!value || value === this.#started) return;
    this.#started = value;
    this.#readAt = Date.now();
    const { addressId } = this.searched.filter;
    this.searched.start(value);
    if (this.q || addressId) void this.narrow({ addressId });
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { value, error, offline } = this.#first;
    const link = (to: string, label: string) =>
      html`<button type="button" role="link" class="button quiet" part="button" @click=${() => this.router.go(to)}>${label}</button>`;
    return html`<div class="cc">
      <div class="top">
        <span id="heading" class="title" part="title" role="heading" aria-level=${this.level} tabindex="-1"
          >${t.t(this.shows === 'open' ? 'shell.invoices' : 'invoices.title')}</span
        >
        <span>${this.#pays ? link('/cards', t.t('cards.title')) : nothing} ${link('/statement', t.t('statement.title'))}</span>
      </div>
      <div id="status" class="visually-hidden" role="status"></div>
      ${this.#filters()}
      ${value
        ? html`${offline || error ? stale(t, error) : nothing} ${this.#rows()}`
        : html`<div class="card">${error ? failed(t, this.card, error, () => void this.#first.load()) : skeleton(t, 4)}</div>`}
    </div>`;
  }

  #filters(): TemplateResult {
    const t = this.localizer;
    const choice = (shows: InvoicesWanted['state'], label: string) =>
      html`<button type="button" aria-pressed=${shows === this.shows ? 'true' : 'false'} @click=${() => this.#show(shows)}>${label}</button>`;
    return html`<div class="filters">
      <div class="switch" role="group" aria-label=${t.t('invoices.view')}>
        ${choice('open', t.t('invoice.open'))} ${choice('all', t.t('invoices.all'))}
      </div>
      ${this.searched.bare ? nothing : this.search(this.#history.value?.addresses ?? [])}
    </div>`;
  }

  #rows(): TemplateResult {
    const t = this.localizer;
    const { items, busy, bare } = this.searched;
    const instead = bare ? this.#nothing() : this.instead();
    if (instead) return html`<div class="card">${instead}</div>`;
    const context: InvoiceRowContext = {
      formats: formatsOf(t, this.card.timeZone),
      lang: this.card.locale,
      named: this.customer === 'all' && (this.session?.customers.length ?? 0) > 1,
      level: this.level + 1,
      selected: this.selected,
      select: this.#select,
      open: this.#open,
      pay: this.session?.canPay ? this.#pay : undefined,
    };
    return html`<div class="card rows">
        ${invoiceHeads(items, context)}
        <ul part="list" aria-busy=${busy === 'filter' ? 'true' : 'false'}>
          ${repeat(items, ({ id }) => id, (invoice) => invoiceRow(invoice, context))}
        </ul>
      </div>
      ${this.more(this.searched, t.t('history.moreWaiting'))} ${selectionSum(items, context)}`;
  }

  #nothing(): TemplateResult {
    const t = this.localizer;
    if (this.shows === 'all') return empty(t.t('invoices.emptyAll'));
    return empty(t.t('invoices.empty'), t.t('invoices.emptyLead', { name: this.card.name }));
  }

  /** Starts over for another customer, or where the person left. */
  #begin(): void {
    const isFirst = this.#shownFor === undefined;
    this.#shownFor = this.customer;
    void this.#history.load({ forget: true });
    const memory = isFirst ? memories.take(this.session, this.customer, this.router.restoreDraft(lastPaid)) : undefined;
    if (!memory) {
      this.q = '';
      this.selected = new Set();
      this.searched.start({ items: [], nextCursor: null });
      if (isFirst) this.restoreSearch();
      void this.#first.load({ forget: true });
      return;
    }
    this.shows = memory.shows;
    this.selected = memory.selected;
    this.#first.value = this.#started = memory.first;
    this.searched.restore(memory.list);
    this.#readAt = memory.readAt;
    this.returnTo = memory.row;
    this.q = memory.list.filter.q;
  }

  #show(shows: InvoicesWanted['state']): void {
    if (shows === this.shows) return;
    this.shows = shows;
    this.selected = new Set();
    void this.#first.load({ forget: true });
  }

  readonly #open = ({ id }: InvoiceRow): void => {
    this.returnTo = id;
    this.router.go(`/invoices/${id}`);
  };

  /** Whether this person pays online here. */
  get #pays(): boolean {
    return Boolean(this.session?.canPay && this.searched.items.some(({ onlinePayment }) => onlinePayment));
  }

  readonly #pay = (ids: string[]): void => this.router.go(payPath(this.router, ids));

  readonly #select = (invoices: readonly InvoiceRow[], on: boolean): void => {
    const ids = invoices.map(({ id }) => id);
    this.selected = new Set(on ? [...this.selected, ...ids] : [...this.selected].filter((id) => !ids.includes(id)));
  };

  /** What is not to be seen is not selected: the sum is of what stands there. */
  protected override async narrow(filter?: { addressId?: string }): Promise<void> {
    await super.narrow(filter);
    const shown = new Set(this.searched.items.map(({ id }) => id));
    this.selected = new Set([...this.selected].filter((id) => shown.has(id)));
  }
}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-invoices', ViewInvoices);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-invoices': ViewInvoices;
  }
}
