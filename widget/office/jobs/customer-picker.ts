import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CustomerRow } from '../../../server/contract/office.ts';
import { listCustomers, type Page } from '../../data/office-lists.ts';
import { define } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-jobs.ts';
import { Screen } from '../screen.ts';

/** Typing pauses this long before it is asked for. */
const pauseMs = 120;
/** So many are offered; whoever is not among them types more. */
const most = 6;

/** Somebody was chosen. */
export class PickEvent extends Event {
  constructor(
    readonly customerId: string,
    readonly name: string,
  ) {
    super('cc-office-pick');
  }
}

/**
 * Finds a customer: by name, address, phone or e-mail.
 *
 * @event {PickEvent} cc-office-pick - Somebody was chosen.
 */
export class OfficeCustomerPicker extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .found {
        margin-top: calc(var(--cc-space) * 1);
      }
    `,
  ];

  /** What is wrong with the choice. */
  @property() problem = '';

  @state() private q = '';
  @query('#customer') private input!: HTMLInputElement;

  readonly #found = new Resource<Page<CustomerRow>>(this, (signal) => listCustomers(this.office, { q: this.q.trim() || undefined }, signal));
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.office && !this.#found.value && !this.#found.loading && !this.#found.error) void this.#found.load();
  }

  override focus(): void {
    this.input?.focus();
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    return html`<div class="cc" @keydown=${this.#move}>
      <label class="label" for="customer">${t.t('work.customer')}</label>
      <input
        id="customer" class="field" type="search" autocomplete="off" spellcheck="false" aria-invalid=${this.problem ? 'true' : 'false'} aria-describedby=${this.problem ? 'hint error' : 'hint'}
        .value=${this.q} @input=${this.#type}
      />
      <p id="hint" class="hint">${t.t('work.customerHint')}</p>
      ${this.problem ? html`<p id="error" class="error" role="alert">${this.problem}</p>` : nothing}
      <div class="found" role="status">${this.#results()}</div>
    </div>`;
  }

  #results(): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    const { value, error } = this.#found;
    if (error) return html`<p class="banner bad">${t.problem(error.code)} <button type="button" class="link" @click=${() => void this.#found.load()}>${t.t('shell.retry')}</button></p>`;
    if (!value) return nothing;
    if (value.items.length === 0)
      return html`<p class="muted">${t.t('work.noCustomer')} <button type="button" role="link" class="link" @click=${() => this.router.go('/customers/new')}>${t.t('work.newCustomer')}</button></p>`;
    return html`<div class="panel rows">
      ${value.items.slice(0, most).map(
        ({ id, name, number, address }) => html`<button type="button" class="row" @click=${() => this.dispatchEvent(new PickEvent(id, name))}>
          <span class="grow"><span class="strong">${name}</span>${address ? html`<br /><span class="small muted">${address}</span>` : nothing}</span><span class="small muted">${number}</span>
        </button>`,
      )}
    </div>`;
  }

  #type = (): void => {
    this.q = this.input.value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#found.load(), pauseMs);
  };

  /** Arrow keys walk through what was found; Enter in the field takes the first. */
  #move = (event: KeyboardEvent): void => {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.row')];
    if (event.key === 'Enter' && event.target === this.input) {
      event.preventDefault();
      rows[0]?.click();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || rows.length === 0) return;
    event.preventDefault();
    const at = rows.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement) + step;
    (at < 0 ? this.input : rows[Math.min(at, rows.length - 1)])?.focus();
  };
}

define('cc-office-customer-picker', OfficeCustomerPicker);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customer-picker': OfficeCustomerPicker;
  }
}
