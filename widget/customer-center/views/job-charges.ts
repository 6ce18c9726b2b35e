/** What a job costs and what was paid: the second panel of a job. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Money } from '../../../server/contract/wire.ts';
import type { ChargeView, JobView, PaymentView } from '../../../server/contract/work.ts';
import { empty } from '../../parts/states.ts';
import { title, type JobContext } from './job-context.ts';

export function jobCharges(job: JobView, context: JobContext): TemplateResult {
  const { localizer } = context.formats;
  if (job.charges.length === 0 && job.total.amount === 0 && job.payments.length === 0) {
    return html`<div class="card" part="card">
      ${empty(localizer.t('job.noCharges'), localizer.t('job.noChargesLead', { name: context.card.name }))}
    </div>`;
  }
  return html`<section class="card paper" part="card">
    ${job.charges.length > 0 ? table(job.charges, context) : nothing} ${sums(job, context)}
  </section>`;
}

/** One table for every width: where it is narrow, quantity and price move under the item. */
function table(charges: ChargeView[], context: JobContext): TemplateResult {
  const { localizer } = context.formats;
  return html`<table class="charges" part="charges">
    <caption class="visually-hidden">
      ${localizer.t('job.charges')}
    </caption>
    <thead>
      <tr>
        <th scope="col">${localizer.t('job.item')}</th>
        <th scope="col" class="number wide">${localizer.t('job.quantity')}</th>
        <th scope="col" class="number wide">${localizer.t('job.price')}</th>
        <th scope="col" class="number">${localizer.t('job.amount')}</th>
      </tr>
    </thead>
    <tbody>
      ${charges.map((charge) => row(charge, context))}
    </tbody>
  </table>`;
}

function row(charge: ChargeView, { formats, card }: JobContext): TemplateResult {
  const unit = charge.unit ? ['\u00a0', html`<span lang=${card.locale}>${charge.unit}</span>`] : nothing;
  const quantity = html`${formats.number(charge.quantity)}${unit}`;
  const price = formats.money(charge.unitPrice);
  const plain = charge.quantity === '1' && charge.unitPrice.amount === charge.total.amount;
  return html`<tr>
    <th scope="row">
      <span class="item" lang=${card.locale}>${charge.description}</span>
      ${charge.details?.trim()
        ? html`<span class="prose small muted" lang=${card.locale}>${charge.details.trim()}</span>`
        : nothing}
      ${plain ? nothing : html`<span class="narrow small muted">${quantity} × ${price}</span>`}
      ${charge.discount.amount > 0
        ? html`<span class="small muted">
            ${formats.localizer.t('job.discount', { amount: formats.money(charge.discount) })}
          </span>`
        : nothing}
    </th>
    <td class="number wide">${quantity}</td>
    <td class="number wide">${price}</td>
    <td class="number">${formats.money(charge.total)}</td>
  </tr>`;
}

function sums(job: JobView, context: JobContext): TemplateResult {
  const { formats } = context;
  const { localizer } = formats;
  const line = (label: string, value: Money, style = '') =>
    html`<div class="sum ${style}"><dt>${label}</dt><dd>${formats.money(value)}</dd></div>`;
  const taxed = job.tax.amount !== 0 || job.subtotal.amount !== job.total.amount;
  const due = job.payments.length > 0 || job.paid.amount !== 0 || job.status === 'complete' || job.waitsFor === 'payment';
  return html`
    <dl class="sums" part="sums">
      ${taxed
        ? html`${line(localizer.t('job.subtotal'), job.subtotal, 'muted')} ${line(localizer.t('job.tax'), job.tax, 'muted')}`
        : nothing}
      ${line(localizer.t('job.total'), job.total, 'total')}
    </dl>
    ${job.payments.length > 0
      ? html`${title(localizer.t('job.payments'), context)}
          <dl class="sums" part="sums">
            ${job.payments.map((payment) => paid(payment, context))}
            ${job.payments.length > 1 ? line(localizer.t('job.paid'), job.paid, 'muted') : nothing}
          </dl>`
      : nothing}
    ${due
      ? html`<dl class="sums" part="sums">
          ${job.balance.amount < 0
            ? line(localizer.t('job.credit'), { ...job.balance, amount: -job.balance.amount }, 'total')
            : line(localizer.t('job.balance'), job.balance, 'total')}
        </dl>`
      : nothing}
  `;
}

function paid({ receivedOn, method, amount, reference }: PaymentView, { formats }: JobContext): TemplateResult {
  return html`<div class="sum">
    <dt>
      ${[formats.localizer.t(`payment.${method}`), reference].filter(Boolean).join(' ')}
      <span class="small muted">${formats.date(receivedOn, 'medium')}</span>
    </dt>
    <dd>${formats.money(amount)}</dd>
  </div>`;
}
