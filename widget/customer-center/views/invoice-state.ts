import type { TemplateResult } from 'lit';
import type { InvoiceRow } from '../../../server/contract/invoices.ts';
import type { Formats } from '../../locale/formats.ts';
import { pill } from '../../parts/pill.ts';

type Stated = Pick<InvoiceRow, 'kind' | 'status' | 'overdue' | 'dueOn' | 'due' | 'payable'>;

/** Whether all that is due is on its way already: nobody has to do anything. */
export const isOnWay = ({ kind, status, due, payable }: Pick<InvoiceRow, 'kind' | 'status' | 'due' | 'payable'>): boolean =>
  kind !== 'credit' && status !== 'void' && due.amount > 0 && payable.amount <= 0;

/** How an invoice stands, in words. That it is late matters more than that a part of it is paid. */
export function invoicePill(invoice: Stated, formats: Formats): TemplateResult {
  const { kind, status, overdue, dueOn } = invoice;
  const { localizer } = formats;
  if (status === 'void') return pill('plain', localizer.t('status.void'));
  if (kind === 'credit') return pill(status === 'paid' ? 'plain' : 'ok', localizer.t(status === 'paid' ? 'invoice.used' : 'invoice.available'));
  if (status === 'paid') return pill('ok', localizer.t('invoice.paid'));
  if (isOnWay(invoice)) return pill('plain', localizer.t('invoices.onWayPill'));
  if (overdue) return pill('warn', localizer.t('invoice.overdue'));
  if (status === 'partlyPaid') return pill('warn', localizer.t('invoice.partlyPaid'));
  return pill('warn', dueOn ? localizer.t('invoice.due', { date: formats.date(dueOn, 'short') }) : localizer.t('invoice.open'));
}

const names = { invoice: 'document.invoice', deposit: 'document.deposit', credit: 'document.credit' } as const;

/** “Invoice 2207”, “Deposit invoice 2208”, “Credit 2209”. */
export const invoiceName = ({ kind, number }: Pick<InvoiceRow, 'kind' | 'number'>, { localizer }: Formats): string =>
  localizer.t(names[kind], { number });
