import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import { define } from '../../parts/define.ts';
import '../documents/record-payment.ts';
import { screenStyles } from '../form/styles.ts';
import { JobPart, partStyles } from './job-part.ts';

type Payment = JobOverview['payments'][number];

/** Money that came in for the job, or went back. */
export class OfficeJobPayments extends JobPart {
  static override styles = [...screenStyles, partStyles];

  @state() private open: { payment?: Payment } | undefined;

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { job, payments } = this.overview;
    return html`<section class="cc panel" aria-labelledby="title">
      <div class="panel-head">
        <h2 id="title" class="sub">${t.t('work.payments')}</h2>
        <button type="button" class="button" @click=${() => (this.open = {})}>${t.t('inv.record')}</button>
      </div>
      ${payments.length > 0 ? html`<ul class="rows">${payments.map((payment) => html`<li>${this.#row(payment)}</li>`)}</ul>` : html`<p class="muted padded">${t.t('work.noPayments')}</p>`}
      ${this.open
        ? html`<cc-office-record-payment
            .jobId=${job.id}
            .due=${Math.max(0, job.balance.amount)}
            .payment=${this.open.payment}
            @cc-office-saved=${() => this.changed()}
            @cc-dialog-close=${() => (this.open = undefined)}
          ></cc-office-record-payment>`
        : nothing}
    </section>`;
  }

  #row(payment: Payment): TemplateResult {
    const { localizer: t, formats } = this;
    const { amount, currency, method, reference, receivedOn } = payment;
    const name = t.t(amount < 0 ? 'inv.givenBack' : `payment.${method}`);
    const words = html`<span class="grow">${name}${reference ? html`${' '}<span class="muted">${reference}</span>` : nothing}<br /><span class="small muted">${formats.date(receivedOn, 'medium')}</span></span
      ><span class="amount">${formats.money({ amount, currency })}</span>`;
    // What was paid online stands as it is; it is refunded on its invoice.
    if (method === 'cardOnline') return html`<div class="row">${words}</div>`;
    return html`<button type="button" class="row" @click=${() => (this.open = { payment })}><span class="visually-hidden">${t.t('office.edit')}: </span>${words}</button>`;
  }
}

define('cc-office-job-payments', OfficeJobPayments);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-job-payments': OfficeJobPayments;
  }
}
