import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { News } from '../../data/live.ts';
import { readCustomer, type CustomerOverview } from '../../data/office-customers.ts';
import { define as defineTag } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import type { TabChangeEvent } from '../../parts/tab-change-event.ts';
import '../../parts/tabs.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import { instead, outOfDate } from '../states.ts';
import './customer-access.ts';
import './customer-activity.ts';
import './customer-form.ts';
import './customer-overview.ts';
import type { ChangedEvent } from './changed-event.ts';
import { listDraft, seenWords, tinted } from './words.ts';

const sections = ['overview', 'access', 'activity'] as const;
type Section = (typeof sections)[number];

/** One customer: who they are and how they stand, who gets in and how, and what has happened. */
export class OfficeCustomer extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 1px;
        overflow: hidden;
        background: var(--cc-line);
      }
      .facts > div {
        flex: 1 1 150px;
        padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 5);
        background: var(--cc-surface);
      }
      .facts .value {
        font-weight: var(--cc-weight);
        font-variant-numeric: tabular-nums;
      }
      .crumb {
        margin-inline-start: calc(var(--cc-space) * -4.5);
      }
    `,
  ];

  @state() private editing = false;

  readonly #overview = new Resource<CustomerOverview>(this, (signal) => readCustomer(this.office, this.thing, signal));
  #shown = '';

  constructor() {
    super();
    this.addEventListener('cc-office-customer-changed', () => void this.#overview.load());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.office || !this.thing || this.#shown === this.thing) return;
    this.#shown = this.thing;
    void this.#overview.load({ forget: true });
    // A reload keeps the form that was open.
    this.editing = this.router.restoreDraft(`editing ${this.thing}`) !== undefined;
  }

  protected override heard({ what, id }: News): void {
    const isOther = what === 'customer' && id !== this.thing && !this.#overview.value?.children.some((child) => child.id === id);
    if (!isOther && !/^(alive|inbox|account)$/.test(what)) void this.#overview.load();
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { value, error } = this.#overview;
    return html`<div class="cc screen">
      <div><button type="button" class="button quiet crumb" @click=${() => this.router.go(this.router.restoreDraft(listDraft) ?? '/customers')}><span aria-hidden="true">←</span> ${t.t('customers.title')}</button></div>
      ${value ? html`${this.#head(value)} ${error ? outOfDate(t, error) : nothing} ${this.#facts(value)} ${this.#tabs(value)}` : this.#instead()}
      ${value && this.editing
        ? html`<cc-office-customer-form .customer=${value.customer} .parent=${value.parent} @cc-dialog-close=${() => this.#edit(false)}></cc-office-customer-form>`
        : nothing}
    </div>`;
  }

  /** Gone, on its way, or not to be had. The heading stands, so that the reader knows where they are. */
  #instead(): TemplateResult {
    const { localizer: t } = this;
    const { error } = this.#overview;
    const isGone = error?.code === 'not_found';
    return html`<span id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t(isGone ? 'customer.gone' : 'customer.title')}</span>
      ${isGone ? html`<p class="muted">${t.t('customer.goneLead')}</p>` : instead(t, error, () => void this.#overview.load())}`;
  }

  #head({ customer, parent }: CustomerOverview): TemplateResult {
    const { localizer: t } = this;
    const kind = t.t(customer.company ? 'customer.company' : 'customer.household');
    return html`<div class="head">
      <div class="grow">
        <p class="over">
          ${t.t('customer.numbered', { number: customer.number })} · ${kind}${parent
            ? html` · <button type="button" role="link" class="link" @click=${() => this.router.go(`/customers/${parent.id}`)}>${t.t('customer.partOf', { name: parent.name })}</button>`
            : nothing}
        </p>
        <span id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${customer.name}</span>
        ${customer.active ? nothing : tinted('plain', t.t('customer.inactive'))}
      </div>
      <div class="actions">
        <button type="button" class="button" @click=${() => this.#edit(true)}>${t.t('office.edit')}</button>
        <button type="button" class="button primary" @click=${() => this.router.go(`/jobs/new?customer=${this.thing}`)}>${t.t('customer.newJob')}</button>
      </div>
    </div>`;
  }

  /** How they stand, at a glance. */
  #facts({ due, credit, openInvoices, lastSeenAt, contacts }: CustomerOverview): TemplateResult {
    const { localizer: t, formats } = this;
    const here = contacts.reduce((sum, { sessions }) => sum + sessions, 0);
    const fact = (label: string, value: string, more: unknown = nothing) => html`<div><dt class="over">${label}</dt><dd class="value">${value}</dd>${more ? html`<dd class="over">${more}</dd>` : nothing}</div>`;
    return html`<dl class="panel facts">
      ${fact(t.t('customer.due'), formats.money(due), openInvoices > 0 ? t.plural('customer.n.openInvoice', openInvoices) : t.t('customer.nothingOpen'))}
      ${credit.amount > 0 ? fact(t.t('customer.credit'), formats.money(credit), t.t('customer.creditHint')) : nothing}
      ${fact(t.t('customer.center'), seenWords(formats, lastSeenAt), here > 0 ? t.plural('customer.n.signedIn', here) : t.t('customer.notSignedIn'))}
    </dl>`;
  }

  #tabs(value: CustomerOverview): TemplateResult {
    const { localizer: t } = this;
    const chosen: Section = sections.find((each) => each === this.section) ?? 'overview';
    const tabs = sections.map((id) => ({ id, label: t.t(`customer.tab.${id}`) }));
    return html`<cc-tabs .tabs=${tabs} selected=${chosen} label=${t.t('customer.title')} @cc-tab-change=${this.#tab}>
      ${chosen === 'overview'
        ? html`<cc-office-customer-overview .thing=${this.thing} .overview=${value} .level=${this.level + 1}></cc-office-customer-overview>`
        : chosen === 'access'
          ? html`<cc-office-customer-access .thing=${this.thing} .contacts=${value.contacts} .level=${this.level + 1}></cc-office-customer-access>`
          : html`<cc-office-customer-activity .thing=${this.thing} .level=${this.level + 1}></cc-office-customer-activity>`}
    </cc-tabs>`;
  }

  #tab = ({ tab }: TabChangeEvent): void => {
    this.router.go(tab === 'overview' ? `/customers/${this.thing}` : `/customers/${this.thing}/${tab}`, { replace: true });
  };

  #edit(open: boolean): void {
    this.editing = open;
    this.router.saveDraft(`editing ${this.thing}`, open ? 'open' : undefined);
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-customer', OfficeCustomer);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customer': OfficeCustomer;
  }
  interface HTMLElementEventMap {
    'cc-office-customer-changed': ChangedEvent;
  }
}
