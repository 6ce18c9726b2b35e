import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { OfficeDocumentRow, OfficeJobRow } from '../../../server/contract/office.ts';
import type { CustomerOverview } from '../../data/office-customers.ts';
import '../../locale/en-documents.ts';
import { define } from '../../parts/define.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import './customer-addresses.ts';
import './customer-contacts.ts';
import { documentPill, jobPill } from './words.ts';

/** So many rows of each list show before the rest is asked for. */
const few = 5;

/** What the office must know of a customer: people, places, work, documents and money. */
export class OfficeCustomerOverview extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .row .amount {
        min-width: 92px;
        margin-inline-start: auto;
      }
      .prose {
        white-space: pre-line;
      }
      @container screen (min-width: 860px) {
        .columns {
          grid-template-rows: auto 1fr;
        }
        .beside {
          grid-area: 1 / 2 / span 2;
        }
      }
      .none {
        padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
      }
    `,
  ];

  /** What shows. */
  @property({ attribute: false }) overview!: CustomerOverview;

  /** Lists that show all of what was read. */
  #whole = new Set<string>();

  protected override render(): TemplateResult {
    const { localizer: t, overview } = this;
    const { jobs, estimates, invoices, payments, children, customer } = overview;
    const { money, date } = { money: this.formats.money.bind(this.formats), date: this.formats.date.bind(this.formats) };
    return html`<div class="cc columns">
      <cc-office-customer-contacts .thing=${this.thing} .contacts=${overview.contacts} .level=${this.level}></cc-office-customer-contacts>
      <div class="stack beside">
        <cc-office-customer-addresses .thing=${this.thing} .addresses=${overview.addresses} .level=${this.level}></cc-office-customer-addresses>
        ${customer.billingAddress ? this.#panel(t.t('customer.billing'), html`<p class="none prose">${customer.billingAddress}</p>`) : nothing}
        ${children.length > 0 ? this.#panel(t.t('customer.children'), html`<ul class="rows">${children.map((child) => html`<li>${this.#link(`/customers/${child.id}`, html`<span class="grow">${child.name}</span>`)}</li>`)}</ul>`) : nothing}
      </div>
      <div class="stack">
        ${this.#list('jobs', t.t('office.jobs'), t.t('customer.noJobs'), jobs.items.map((job) => this.#job(job)))}
        ${this.#list('estimates', t.t('customer.estimates'), t.t('customer.noEstimates'), estimates.map((row) => this.#document(row)))}
        ${this.#list('invoices', t.t('customer.invoices'), t.t('customer.noInvoices'), invoices.map((row) => this.#document(row)))}
        ${this.#list(
          'payments',
          t.t('customer.payments'),
          t.t('customer.noPayments'),
          payments.map(
            ({ amount, currency, method, receivedOn, reference, jobId }) =>
              html`<div class="row" tabindex="-1">
                <span class="grow">${t.t(amount < 0 ? 'customer.paidBack' : `payment.${method}`)}${reference ? html` <span class="muted small">${reference}</span>` : nothing}</span>
                ${jobId ? html`<button type="button" role="link" class="link small" @click=${() => this.router.go(`/jobs/${jobId}`)}>${t.t('customer.toJob')}</button>` : nothing}
                <span class="muted small">${date(receivedOn, 'short')}</span><span class="amount">${money({ amount, currency })}</span>
              </div>`,
          ),
        )}
      </div>
    </div>`;
  }

  #panel(title: string, inside: TemplateResult): TemplateResult {
    return html`<section class="panel">
      <div class="panel-head"><span class="sub" role="heading" aria-level=${this.level}>${title}</span></div>
      ${inside}
    </section>`;
  }

  #list(id: string, title: string, none: string, rows: TemplateResult[]): TemplateResult {
    if (rows.length === 0) return this.#panel(title, html`<p class="none muted">${none}</p>`);
    const shown = this.#whole.has(id) ? rows : rows.slice(0, few);
    return this.#panel(
      title,
      html`<ul id=${id} class="rows">${shown.map((row) => html`<li>${row}</li>`)}
        ${shown.length < rows.length ? html`<li><button type="button" class="row link" @click=${() => this.#show(id)}>${this.localizer.plural('customer.n.all', rows.length)}</button></li>` : nothing}
      </ul>`,
    );
  }

  #link(path: string, inside: TemplateResult): TemplateResult {
    return html`<button type="button" role="link" class="row" @click=${() => this.router.go(path)}>${inside}</button>`;
  }

  #job(job: OfficeJobRow): TemplateResult {
    const { localizer: t, formats } = this;
    const on = job.visit?.startsAt ?? job.visit?.date ?? null;
    const more = [job.number, on ? formats.date(on, 'short') : null, job.address].filter(Boolean).join(' · ');
    return this.#link(
      `/jobs/${job.id}`,
      html`<span class="grow">${job.service}<br /><span class="muted small">${more}</span></span>${jobPill(t, job)}<span class="amount">${formats.money(job.total)}</span>`,
    );
  }

  #document(row: OfficeDocumentRow): TemplateResult {
    const { localizer: t, formats } = this;
    const { kind, id, number, title, total, due, sentAt, openedAt } = row;
    const fate = openedAt ? t.t('docs.opened', { date: formats.date(openedAt, 'short') }) : sentAt ? t.t('docs.sent', { date: formats.date(sentAt, 'short') }) : null;
    const left = due && due.amount > 0 && due.amount !== total.amount ? t.t('customers.due', { amount: formats.money(due) }) : null;
    return this.#link(
      `/${kind}s/${id}`,
      html`<span class="grow">${title}<br /><span class="muted small">${[number ?? t.t('docs.noNumber'), fate, left].filter(Boolean).join(' · ')}</span></span>${documentPill(t, row)}<span
          class="amount"
          >${formats.money(total)}</span
        >`,
    );
  }

  /** The focus goes on to the first row that was not there. */
  #show(id: string): void {
    this.#whole.add(id);
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelectorAll<HTMLElement>(`#${id} > li`)[few]?.querySelector<HTMLElement>('button, .row')?.focus());
  }
}

define('cc-office-customer-overview', OfficeCustomerOverview);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customer-overview': OfficeCustomerOverview;
  }
}
