/** What a job costs and what was paid: the second panel of a job. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Money } from '../../../server/contract/wire.ts';
import type { JobView } from '../../../server/contract/work.ts';
import { lineRow, lineTable, paperTitle, paymentRow, sumList, sumRow } from '../../parts/paper.ts';
import { empty } from '../../parts/states.ts';
import type { JobContext } from './job-context.ts';

export function jobCharges(job: JobView, context: JobContext): TemplateResult {
  const { localizer } = context.formats;
  if (job.charges.length === 0 && job.total.amount === 0 && job.payments.length === 0) {
    return html`<div class="card" part="card">
      ${empty(localizer.t('job.noCharges'), localizer.t('job.noChargesLead', { name: context.card.name }))}
    </div>`;
  }
  const rows = job.charges.map((charge) => lineRow(charge, context));
  return html`<section class="card paper" part="card">
    ${rows.length > 0 ? lineTable(rows, context, localizer.t('job.charges')) : nothing} ${sums(job, context)}
  </section>`;
}

function sums(job: JobView, context: JobContext): TemplateResult {
  const { localizer } = context.formats;
  const muted = (label: string, value: Money) => sumRow(label, value, context, { tone: 'muted' });
  const total = (label: string, value: Money) => sumRow(label, value, context, { tone: 'total' });
  const taxed = job.tax.amount !== 0 || job.subtotal.amount !== job.total.amount;
  const due = job.payments.length > 0 || job.paid.amount !== 0 || job.status === 'complete' || job.waitsFor === 'payment';
  return html`
    ${sumList(
      taxed ? [muted(localizer.t('paper.subtotal'), job.subtotal), muted(localizer.t('paper.tax'), job.tax)] : nothing,
      total(localizer.t('paper.total'), job.total),
    )}
    ${job.payments.length > 0
      ? html`${paperTitle(localizer.t('job.payments'), context)}
        ${sumList(
          job.payments.map((payment) => paymentRow(payment, context)),
          job.payments.length > 1 ? muted(localizer.t('job.paid'), job.paid) : nothing,
        )}`
      : nothing}
    ${due
      ? sumList(
          job.balance.amount < 0
            ? total(localizer.t('job.credit'), { ...job.balance, amount: -job.balance.amount })
            : total(localizer.t('job.balance'), job.balance),
        )
      : nothing}
  `;
}
