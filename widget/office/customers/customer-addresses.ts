import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Address } from '../../data/office-customers.ts';
import { define } from '../../parts/define.ts';
import { countryName } from '../form/regions.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import './address-form.ts';
import { addressLine } from './words.ts';

/** The places where work is done for a customer. */
export class OfficeCustomerAddresses extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .none {
        padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
      }
      .row {
        flex-wrap: nowrap;
      }
      .row .grow {
        min-width: 0;
      }
      .quiet {
        flex: none;
        margin-inline-end: calc(var(--cc-space) * -4);
        overflow-wrap: normal;
      }
    `,
  ];

  /** What it shows. */
  @property({ attribute: false }) addresses: readonly Address[] = [];

  /** The address whose form is open; `new` for another one. */
  @state() private editing = '';
  #restored = false;

  get #draft(): string {
    return `address of ${this.thing}`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.router) return;
    // A reload keeps the form that was open.
    if (!this.#restored) this.editing = this.router.restoreDraft(this.#draft) ?? '';
    this.#restored = true;
    if (this.editing === '' || this.editing === 'new' || this.addresses.some(({ id }) => id === this.editing)) return;
    // It was deleted, here or by somebody else, and its form goes with it.
    this.#edit('');
    void this.updateComplete.then(() => this.focus());
  }

  protected override render(): TemplateResult {
    const { localizer: t, addresses, editing } = this;
    const edited = addresses.find(({ id }) => id === editing);
    return html`<section class="cc panel">
      <div class="panel-head">
        <span id="heading" class="sub" role="heading" aria-level=${this.level} tabindex="-1">${t.t('customer.addresses')}</span>
        <button type="button" class="button quiet" @click=${() => this.#edit('new')}>${t.t('address.add')}</button>
      </div>
      ${addresses.length === 0 ? html`<p class="none muted">${t.t('customer.noAddresses')}</p>` : nothing}
      <ul class="rows">
        ${addresses.map((address) => {
          const line = addressLine(address);
          const abroad = address.country === this.account.country ? '' : countryName(t, address.country);
          return html`<li class="row">
            <span class="grow">${address.name ? html`<span class="strong">${address.name}</span><br />` : nothing}${line}${abroad ? html`<br /><span class="muted small">${abroad}</span>` : nothing}</span>
            <button type="button" class="button quiet" aria-label="${t.t('office.edit')}, ${line}" @click=${() => this.#edit(address.id)}>${t.t('office.edit')}</button>
          </li>`;
        })}
      </ul>
      ${editing === 'new' || edited
        ? html`<cc-office-address-form .thing=${this.thing} .address=${edited} @cc-dialog-close=${this.#closed}></cc-office-address-form>`
        : nothing}
    </section>`;
  }

  #edit(which: string): void {
    this.editing = which;
    this.router.saveDraft(this.#draft, which || undefined);
  }

  #closed = (event: Event): void => {
    this.#edit('');
    if ((event.target as HTMLElementTagNameMap['cc-office-address-form']).isGone) this.focus();
  };
}

define('cc-office-customer-addresses', OfficeCustomerAddresses);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customer-addresses': OfficeCustomerAddresses;
  }
}
