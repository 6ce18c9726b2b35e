import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Invoice } from '../../../server/contract/invoices.ts';
import type { OnlinePayment } from '../../../server/contract/payments.ts';
import '../../locale/en-documents.ts';
import '../../locale/en-due.ts';
import { define } from '../../parts/define.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-documents.ts';
import { Screen } from '../screen.ts';
import './refund-form.ts';
import { refundable } from './refund-form.ts';
import './use-credit.ts';
import { heldBy } from './use-credit.ts';

/** Money of the invoice has changed: its screen reads it anew. */
export class InvoicePaidEvent extends Event {
  constructor() {
    super('cc-invoice-paid', { bubbles: true });
  }
}

const tones = { open: 'plain', processing: 'warn', succeeded: 'ok', failed: 'bad', canceled: 'plain' } as const;

/**
 * What was paid of an invoice: every payment, and what was tried online, with the way to give it back.
 *
 * @event {InvoicePaidEvent} cc-invoice-paid - A payment was refunded, or the credit used.
 */
export class OfficeInvoiceMoney extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .sums {
        display: flex;
        flex-wrap: wrap;
        gap: calc(var(--cc-space) * 2) calc(var(--cc-space) * 8);
        padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
        font-variant-numeric: tabular-nums;
      }
      .sums dt {
        color: var(--cc-muted);
        font-size: var(--cc-font-small);
      }
      .sums dd {
        font-size: var(--cc-font-large);
        font-weight: var(--cc-weight);
      }
      .rows {
        border-top: 1px solid var(--cc-line);
      }
      .row {
        flex-wrap: nowrap;
      }
      .row .grow {
        min-width: 0;
      }
    `,
  ];

  /** The invoice with what was paid of it. */
  @property({ attribute: false }) invoice!: Invoice;
  /** What customers tried to pay of it online, newest first. */
  @property({ attribute: false }) online: readonly OnlinePayment[] = [];

  @state() private refunding: OnlinePayment | undefined;
  /** Whether the credit is about to settle an invoice. */
  @state() private using = false;

  protected override render(): TemplateResult {
    const { localizer: t, formats, invoice } = this;
    const { total, paid, due, payments, kind, status } = invoice;
    const isCredit = kind === 'credit';
    // An attempt that nobody finished says nothing to the office.
    const online = this.online.filter(({ state }) => state !== 'open' && state !== 'canceled');
    const sum = (name: string, words: string) => html`<div><dt>${name}</dt><dd>${words}</dd></div>`;
    const positive = (money: typeof due) => (isCredit ? { ...money, amount: Math.abs(money.amount) } : money);
    return html`<section class="cc panel" aria-labelledby="title">
      <div class="panel-head"><span id="title" class="sub" role="heading" aria-level=${this.level} tabindex="-1">${t.t(isCredit ? 'inv.credit' : 'inv.payments')}</span>
        ${isCredit && status !== 'void' && heldBy(invoice) > 0 ? html`<button type="button" class="button" @click=${() => (this.using = true)}>${t.t('inv.useCredit')}</button>` : nothing}
      </div>
      <dl class="sums">
        ${sum(t.t('inv.total'), formats.money(positive(total)))} ${sum(t.t(isCredit ? 'payment.credit' : 'inv.paid'), formats.money(positive(paid)))}
        ${sum(t.t(isCredit ? 'inv.creditLeft' : 'inv.dueNow'), formats.money(positive(due)))}
      </dl>
      ${payments.length > 0 ? html`<ul class="rows">${payments.map((payment) => this.#payment(payment))}</ul>` : online.length === 0 ? html`<p class="muted padded">${t.t(isCredit ? 'inv.creditUnused' : 'inv.noPayments')}</p>` : nothing}
      ${online.length > 0
        ? html`<div class="panel-head"><span class="strong" role="heading" aria-level=${this.level + 1}>${t.t('inv.onlinePayments')}</span></div>
            <ul class="rows">${online.map((payment) => html`<li class="row">${this.#online(payment)}</li>`)}</ul>`
        : nothing}
      ${this.refunding
        ? html`<cc-office-refund .payment=${this.refunding} @cc-office-saved=${() => this.dispatchEvent(new InvoicePaidEvent())} @cc-dialog-close=${() => (this.refunding = undefined)}></cc-office-refund>`
        : nothing}
      ${this.using
        ? html`<cc-office-use-credit .credit=${invoice} @cc-office-saved=${() => this.dispatchEvent(new InvoicePaidEvent())} @cc-dialog-close=${() => (this.using = false)}></cc-office-use-credit>`
        : nothing}
    </section>`;
  }

  #payment({ receivedOn, method, amount, reference }: Invoice['payments'][number]): TemplateResult {
    const { localizer: t, formats } = this;
    const name = t.t(amount.amount < 0 && method !== 'credit' ? 'payment.refund' : `payment.${method}`);
    return html`<li class="row">
      <span class="grow">${name}${reference ? html`${' '}<span class="muted">${reference}</span>` : nothing}<br /><span class="small muted">${formats.date(receivedOn, 'medium')}</span></span>
      <span class="amount">${formats.money(amount)}</span>
    </li>`;
  }

  #online(payment: OnlinePayment): TemplateResult {
    const { localizer: t, formats } = this;
    const { state: how, payer, amount, method, receiptNumber, createdAt, refunds, disputes } = payment;
    const way = method ? [method.brand ?? method.type, method.last4 && `•••• ${method.last4}`].filter(Boolean).join(' ') : t.t('payment.cardOnline');
    const refundWords = { succeeded: 'inv.refundedAmount', pending: 'inv.refundPending', failed: 'inv.refundFailed' } as const;
    return html`<span class="grow">
        <span class="strong">${payer}</span> <span class="pill ${tones[how]}">${t.t(`inv.p.${how}`)}</span>${disputes.length > 0 ? html`${' '}<span class="pill bad">${t.t('inv.p.disputed')}</span>` : nothing}<br />
        <span class="small muted">${[way, formats.date(createdAt, 'medium'), receiptNumber && t.t('inv.receiptNumber', { number: receiptNumber })].filter(Boolean).join(' · ')}</span>
        ${refunds.map((refund) => html`<br /><span class="small ${refund.state === 'failed' ? 'bad-text' : 'muted'}">${[t.t(refundWords[refund.state], { amount: formats.money(refund.amount) }), refund.reason].filter(Boolean).join(' · ')}</span>`)}
      </span>
      <span class="stack">
        <span class="amount">${formats.money(amount)}</span>
        ${how === 'succeeded' && refundable(payment) > 0 ? html`<button type="button" class="button" @click=${() => (this.refunding = payment)}>${t.t('inv.refund')}</button>` : nothing}
      </span>`;
  }
}

define('cc-office-invoice-money', OfficeInvoiceMoney);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-invoice-money': OfficeInvoiceMoney;
  }
}
