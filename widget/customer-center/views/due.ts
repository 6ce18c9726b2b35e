/** On a document: the way to pay what is due, and what is on its way already. */
import { html, nothing, type TemplateResult } from 'lit';
import type { InvoiceView, PendingPayment } from '../../../server/contract/invoices.ts';
import { payBase, readPayment } from '../../data/payments.ts';
import type { Formats } from '../../locale/formats.ts';
import type { View } from '../view.ts';
import { payPath } from './pay-path.ts';

/** An invoice or an estimate's deposit, with its reader's right to pay. */
export type Due = Pick<InvoiceView, 'id' | 'payable' | 'onlinePayment' | 'pending'> & { rights: Pick<InvoiceView['rights'], 'pay'> };

/** “Pay $228.00”; nothing where it cannot be paid online. */
export function payButton(view: View, { id, payable, onlinePayment, rights }: Due, formats: Formats): TemplateResult | typeof nothing {
  if (!rights.pay || !onlinePayment || payable.amount <= 0) return nothing;
  return html`<button type="button" role="link" class="button primary screen" part="button" @click=${() => view.router.go(payPath(view.router, [id]))}>
    ${formats.localizer.t('pay.now', { amount: formats.money(payable) })}
  </button>`;
}

/** Each payment on its way, by whom and since when, as far as this person may know. */
export const pendingNotes = (view: View, document: string | undefined, { pending }: Due, formats: Formats): TemplateResult[] =>
  pending.map((payment) => {
    const t = formats.localizer;
    const { paymentId, verify, own } = payment;
    const show = () => view.router.go(`/payments/${paymentId}`);
    const confirm = () => {
      // The payment's own view says why, where the address cannot be had.
      readPayment(view.client, payBase(view.customer, document), paymentId).then(
        ({ verifyUrl }) => (verifyUrl ? location.assign(verifyUrl) : show()),
        show,
      );
    };
    const button = (label: string, act: () => void) => html`<button type="button" class="button" part="button" @click=${act}>${label}</button>`;
    return html`<div class="sheet" part="notice">
      <span>${sentence(payment, formats)}</span>
      ${verify ? button(t.t('pending.confirm'), confirm) : own ? button(t.t('pending.look'), show) : nothing}
    </div>`;
  });

function sentence({ amount: money, since, by, own, verify }: PendingPayment, formats: Formats): string {
  const t = formats.localizer;
  const amount = formats.money(money);
  if (verify) return t.t('pending.verify', { amount });
  const date = formats.date(since, 'medium');
  const what = own ? t.t('pending.own', { amount, date }) : by ? t.t('pending.by', { amount, name: by, date }) : t.t('pending.some', { amount, date });
  return `${what} ${t.t('pending.lead')}`;
}
