import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import type { CustomerRow } from '../../../server/contract/office.ts';
import type { News } from '../../data/live.ts';
import { listCustomers } from '../../data/office-lists.ts';
import { define as defineTag } from '../../parts/define.ts';
import { empty } from '../../parts/states.ts';
import { screenStyles } from '../form/styles.ts';
import { Paged } from '../paged.ts';
import { queryOf } from '../routes.ts';
import { Screen } from '../screen.ts';
import { instead, outOfDate } from '../states.ts';
import './customer-import.ts';
import './new-customer.ts';
import { listDraft, seenWords, tinted } from './words.ts';

/** Typing pauses this long before it is asked for. */
const pauseMs = 150;
/** An import tells of many changes at once; the list is read anew once for all of them. */
const calmMs = 800;

/** All customers, found as somebody types; making a new one, and the way to import them. */
export class OfficeCustomers extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .search {
        max-width: 480px;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
      }
      .end {
        display: grid;
        gap: calc(var(--cc-space) * 1);
        justify-items: end;
        text-align: end;
      }
      .end .pill {
        font-size: calc(var(--cc-font-size) * 0.8125);
      }
      @container screen (max-width: 719px) {
        .end {
          grid-area: 1 / 2;
          align-self: start;
        }
        .more {
          grid-column: 1 / 3;
        }
      }
      @container screen (max-width: 479px) {
        .end {
          display: flex;
          flex-wrap: wrap;
          grid-area: auto / 1 / auto / 3;
          align-items: center;
          text-align: start;
        }
      }
      @container screen (min-width: 720px) {
        .row {
          grid-template-columns: minmax(0, 1.2fr) minmax(0, 1.1fr) minmax(0, 1.1fr) minmax(120px, 0.8fr);
        }
      }
    `,
  ];

  @query('#q') private field!: HTMLInputElement | null;

  readonly #list = new Paged<CustomerRow>(this, (cursor, signal) => listCustomers(this.office, { q: this.#q || undefined, cursor }, signal));
  /** What the list shows; undefined before the first reading. */
  #shown: string | undefined;
  /** Whether more than the first page shows: then news do not take it away. */
  #paged = false;
  /** Enter was pressed: the first that is found opens. */
  #opening = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #calm: ReturnType<typeof setTimeout> | undefined;

  get #q(): string {
    return queryOf(this.path, 'q');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    clearTimeout(this.#calm);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.section || !this.office || this.#shown === this.#q) return;
    this.#shown = this.#q;
    this.#paged = false;
    void this.#list.load();
  }

  /** Not what still shows of earlier words. */
  protected override updated(): void {
    if (!this.#opening || this.#list.loading || this.#shown !== this.field?.value.trim()) return;
    this.#opening = false;
    if (!this.#list.error) this.renderRoot.querySelector<HTMLElement>('.row')?.click();
  }

  protected override heard({ what }: News): void {
    if (!/^(customer|invoice|payment|again)$/.test(what) || this.section || this.#paged) return;
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => void this.#list.load(), calmMs);
  }

  protected override render(): TemplateResult {
    if (this.section === 'new') return html`<cc-office-new-customer .level=${this.level}></cc-office-new-customer>`;
    if (this.section === 'import') return html`<cc-office-customer-import .level=${this.level}></cc-office-customer-import>`;
    const { localizer: t } = this;
    return html`<div class="cc screen">
      <div class="head">
        <span id="heading" class="title grow" role="heading" aria-level=${this.level} tabindex="-1">${t.t('customers.title')}</span>
        <button type="button" class="button primary" @click=${() => this.router.go('/customers/new')}>${t.t('customers.new')}</button>
      </div>
      <div class="search">
        <label class="visually-hidden" for="q">${t.t('customers.search')}</label>
        <input id="q" class="field" type="search" autocomplete="off" spellcheck="false" placeholder=${t.t('customers.search')} aria-describedby="q-hint"
          .value=${this.#q} @input=${this.#type} @keydown=${this.#move} />
        <p id="q-hint" class="hint">${t.t('customers.searchHint')}</p>
      </div>
      <p class="visually-hidden" role="status">${this.#list.items && !this.#list.loading && this.#q ? t.plural('customers.found', this.#list.items.length) : ''}</p>
      ${this.#content()}
    </div>`;
  }

  /** The shell asks for the heading; the forms have their own. */
  override focus(options?: FocusOptions): void {
    const inside = this.shadowRoot?.querySelector<Screen>('cc-office-new-customer, cc-office-customer-import');
    if (inside) void inside.updateComplete.then(() => inside.focus(options));
    else super.focus(options);
  }

  #content(): TemplateResult {
    const { localizer: t } = this;
    const { items, error, loading, hasMore } = this.#list;
    if (!items) return instead(t, error, () => void this.#list.load());
    if (items.length === 0 && this.#q)
      return empty(t.t('customers.notFound'), t.t('customers.notFoundLead'), html`<button type="button" class="button" @click=${this.#all}>${t.t('customers.all')}</button>`);
    if (items.length === 0)
      return empty(
        t.t('customers.none'),
        t.t('customers.noneLead'),
        html`<span class="actions">
          <button type="button" class="button" @click=${() => this.router.go('/customers/new')}>${t.t('customers.first')}</button>
          <button type="button" class="button quiet" @click=${() => this.router.go('/customers/import')}>${t.t('customers.import')}</button>
        </span>`,
      );
    return html`${error ? outOfDate(t, error) : nothing}
      <ul class="panel rows" aria-busy=${loading ? 'true' : 'false'} @keydown=${this.#move}>
        ${items.map((row) => html`<li>${this.#row(row)}</li>`)}
      </ul>
      ${hasMore ? html`<div><button type="button" class="button" aria-disabled=${loading ? 'true' : 'false'} @click=${this.#more}>${t.t('office.more')}</button></div>` : nothing}`;
  }

  #row({ id, number, name, company, active, parent, contact, address, due, lastSeenAt }: CustomerRow): TemplateResult {
    const { localizer: t, formats } = this;
    const person = contact && contact.name !== name ? contact.name : null;
    const reach = contact?.email ?? (contact?.mobile ? t.phone(contact.mobile) : null);
    const under = parent ? t.t('customer.partOf', { name: parent.name }) : company ? t.t('customer.company') : null;
    return html`<button type="button" role="link" class="row" @click=${() => this.router.go(`/customers/${id}`)}>
      <span>
        <span class="strong">${name}</span> ${active ? nothing : tinted('plain', t.t('customer.inactive'))}
        <br /><span class="muted small">${[number, under].filter(Boolean).join(' · ')}</span>
      </span>
      <span class="small more">${person}${person && reach ? html`<br />` : nothing}<span class="muted">${reach}</span></span>
      <span class="small muted more">${address}</span>
      <span class="end small">
        ${due.amount > 0 ? html`<span class="amount">${tinted('warn', t.t('customers.due', { amount: formats.money(due) }))}</span>` : nothing}
        <span class="muted">${seenWords(formats, lastSeenAt)}</span>
      </span>
    </button>`;
  }

  #type = (): void => {
    clearTimeout(this.#timer);
    this.#opening = false;
    this.#timer = setTimeout(() => this.#look(this.field?.value.trim() ?? ''), pauseMs);
  };

  /** The words stand in the address, so that Back and a reload find them again. */
  #look(q: string): void {
    const path = q ? `/customers?${new URLSearchParams({ q })}` : '/customers';
    this.router.saveDraft(listDraft, path);
    this.router.go(path, { replace: true });
  }

  #all = (): void => {
    this.#look('');
    this.field?.focus();
  };

  #more = (): void => {
    this.#paged = true;
    void this.#list.reveal(this, '.row');
  };

  /** Arrow keys walk through the list; Enter in the field opens the first. */
  #move = (event: KeyboardEvent): void => {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.row')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const q = this.field?.value.trim();
    if (event.key === 'Enter' && event.target === this.field && q !== undefined) {
      clearTimeout(this.#timer);
      this.#opening = true;
      this.#look(q);
      this.requestUpdate();
    }
    if (!step || rows.length === 0) return;
    event.preventDefault();
    const at = rows.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement) + step;
    (at < 0 ? this.field : rows[Math.min(at, rows.length - 1)])?.focus();
  };
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-customers', OfficeCustomers);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customers': OfficeCustomers;
  }
}
