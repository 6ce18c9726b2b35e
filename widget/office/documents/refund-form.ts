import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { OnlinePayment } from '../../../server/contract/payments.ts';
import { refundPayment } from '../../data/office-invoices.ts';
import { define } from '../../parts/define.ts';
import { amountOf, moneyField, textField, typedAmount } from '../form/fields.ts';
import { FormDialog } from '../form/form-dialog.ts';
import { Form } from '../form/form.ts';
import '../locale/en-documents.ts';

interface Typed extends Record<string, unknown> {
  amount: string;
  reason: string;
}

/** What of an online payment can still go back: what has not gone back, and is not on its way. */
export const refundable = ({ amount, refunds }: OnlinePayment): number => refunds.filter(({ state }) => state !== 'failed').reduce((left, refund) => left - refund.amount.amount, amount.amount);

/** Gives back an online payment, all of it or a part, to the card or account that paid. */
export class OfficeRefund extends FormDialog<Typed> {
  /** The payment that goes back. */
  @property({ attribute: false }) payment!: OnlinePayment;

  protected override readonly form = new Form<Typed>(this, {
    name: () => `refund ${this.payment.id}`,
    check: (values) => {
      const { localizer: t } = this;
      const amount = this.#amount(values);
      const most = refundable(this.payment);
      if (!amount || amount < 0) return { amount: t.t('form.amount') };
      return { amount: amount > most ? t.t('inv.refundMost', { amount: this.#money(most) }) : '' };
    },
    save: async ({ values, key }) => {
      const amount = this.#amount(values)!;
      const reason = values.reason.trim();
      await refundPayment(this.office, this.payment.id, { amount, ...(reason && { reason }) }, key);
      this.say(this.localizer.t('inv.refunded', { amount: this.#money(amount) }));
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.form.values && this.router) this.form.start({ amount: typedAmount(refundable(this.payment), this.localizer, this.payment.amount.currency), reason: '' });
  }

  #amount({ amount }: Typed): number | undefined {
    return amountOf(amount, this.localizer, this.payment.amount.currency);
  }

  #money(amount: number): string {
    return this.formats.money({ amount, currency: this.payment.amount.currency });
  }

  protected override get heading(): string {
    return this.localizer.t('inv.refundHeading');
  }

  protected override get saveLabel(): string {
    return this.localizer.t('inv.refund');
  }

  protected override get labels() {
    return { amount: this.localizer.t('inv.refundAmount'), reason: this.localizer.t('inv.refundReason') };
  }

  protected override fields(_values: Typed): TemplateResult {
    const { localizer: t, form, labels } = this;
    return html`<p class="muted">${t.t('inv.refundLead', { amount: this.#money(refundable(this.payment)), payer: this.payment.payer })}</p>
      ${moneyField(t, form, 'amount', labels.amount, { required: true })} ${textField(t, form, 'reason', labels.reason, { hint: t.t('inv.refundReasonHint') })}`;
  }
}

define('cc-office-refund', OfficeRefund);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-refund': OfficeRefund;
  }
}
