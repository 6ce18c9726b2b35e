/** What an invoice says: what is due, facts, lines, taxes, what was paid. */
import { html, nothing, type TemplateResult } from 'lit';
import type { InvoiceView } from '../../../server/contract/invoices.ts';
import {
  lineRow, lineTable, paperFacts, paperLine, paperTitle, paymentRow, sumList, sumRow, sumRows, type PaperContext,
} from '../../parts/paper.ts';

/** `receipt` shows an online payment. */
export function invoicePaper(invoice: InvoiceView, context: PaperContext, receipt: (paymentId: string) => void): TemplateResult {
  const { content } = invoice;
  const { localizer } = context.formats;
  const rows = content.lines.map((line) => lineRow(paperLine(line, content.currency), context));
  const due = dueOf(invoice, context);
  return html`<section class="card paper" part="card">
    ${facts(invoice, context)} ${rows.length > 0 ? lineTable(rows, context, localizer.t('invoice.lines')) : nothing}
    ${sumList(sumRows({ ...invoice, taxIncluded: content.taxIncluded }, context))} ${payments(invoice, context, receipt)}
    ${due ? sumList(sumRow(due.label, due.amount, context, { tone: 'due' })) : nothing}
  </section>`;
}

/** What the customer owes; of a credit, what the contractor still owes. */
function dueOf({ due, status, content }: InvoiceView, { formats: { localizer } }: PaperContext) {
  if (status === 'void') return undefined;
  const isCredit = content.kind === 'credit' || due.amount < 0;
  const amount = { ...due, amount: isCredit ? Math.abs(due.amount) : due.amount };
  return { label: localizer.t(isCredit ? 'invoice.creditLeft' : 'invoice.amountDue'), amount };
}

/** The sum that matters comes first: on a phone the end of the paper is far away. */
function facts(invoice: InvoiceView, context: PaperContext): TemplateResult {
  const { formats, lang } = context;
  const { localizer } = formats;
  const { to, issuedOn, dueOn, poNumber, job, title } = invoice.content;
  const billTo = [to.contact !== to.customer && to.contact, to.billingAddress].filter(Boolean).join('\n');
  const date = (day: string) => html`<time datetime=${day}>${formats.date(day, 'medium')}</time>`;
  const due = dueOf(invoice, context);
  return paperFacts([
    [due?.label ?? '', due && due.amount.amount > 0 && html`<span class="lead">${formats.money(due.amount)}</span>`],
    [localizer.t('invoice.dueOn'), dueOn && date(dueOn)],
    [localizer.t('invoice.issuedOn'), date(issuedOn)],
    [localizer.t('invoice.poNumber'), poNumber],
    [localizer.t('invoice.job'), html`${job.number}${job.service === title ? nothing : html` · <span lang=${lang}>${job.service}</span>`}`],
    [localizer.t('invoice.billTo'), billTo && html`<span class="prose">${billTo}</span>`],
  ]);
}

function payments({ payments: all, paid }: InvoiceView, context: PaperContext, receipt: (paymentId: string) => void): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const { localizer } = context.formats;
  return html`${paperTitle(localizer.t('invoice.payments'), context)}
  ${sumList(
    all.map((each) => (each.paymentId || each.amount.amount < 0 ? onlineRow(each, context, receipt) : paymentRow(each, context))),
    all.length > 1 ? sumRow(localizer.t('job.paid'), paid, context, { tone: 'muted' }) : nothing,
  )}`;
}

/** Money that went back says so in words; what was paid online leads to its receipt. */
function onlineRow({ amount, method, receivedOn, paymentId }: InvoiceView['payments'][number], { formats }: PaperContext, receipt: (paymentId: string) => void): TemplateResult {
  const { localizer: t } = formats;
  const name = amount.amount < 0 && method !== 'credit' ? t.t('payment.refund') : t.t(`payment.${method}`);
  const label = paymentId ? html`<button type="button" role="link" class="link" @click=${() => receipt(paymentId)}>${name}, ${t.t('payment.receipt')}</button>` : name;
  const date = html`<span class="small muted">${formats.date(receivedOn, 'medium')}</span>`;
  return html`<div class="sum"><dt>${label} ${date}</dt><dd>${formats.money(amount)}</dd></div>`;
}

/** How to pay otherwise than online, while there is something to pay. */
export function waysToPay({ content, due, status, onlinePayment }: InvoiceView, context: PaperContext): TemplateResult | typeof nothing {
  const ways = content.otherWaysToPay?.trim();
  if (!ways || due.amount <= 0 || status === 'void') return nothing;
  return html`<section class="card" part="card">
    ${paperTitle(context.formats.localizer.t(onlinePayment ? 'invoice.otherWays' : 'invoice.howToPay'), context)}
    <p class="prose" lang=${context.lang}>${ways}</p>
  </section>`;
}
