/** The list of invoices: each row one thing to press from edge to edge, but for the box that selects it. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { InvoiceRow } from '../../../server/contract/invoices.ts';
import type { Formats } from '../../locale/formats.ts';
import { invoiceName, invoicePill } from './invoice-state.ts';

/** What all rows share. */
export interface InvoiceRowContext {
  formats: Formats;
  /** Language of the contractor's own words. */
  lang: string;
  /** Whether rows of several customers stand together. */
  named: boolean;
  /** Heading level of a row's name. */
  level: number;
  selected: ReadonlySet<string>;
  select: (invoices: readonly InvoiceRow[], on: boolean) => void;
  open: (invoice: InvoiceRow) => void;
}

/** Whether money is asked for with it: only then does selecting it make sense. */
const isPayable = ({ kind, status, due }: InvoiceRow): boolean => kind !== 'credit' && status !== 'void' && due.amount > 0;

/** The day that counts, where the pill does not say it: when it was due, or when it was issued. */
const besidePill = (invoice: InvoiceRow): string | null => {
  if (!isPayable(invoice)) return invoice.issuedOn;
  return invoice.overdue || invoice.status === 'partlyPaid' ? invoice.dueOn : null;
};

export function invoiceRow(invoice: InvoiceRow, context: InvoiceRowContext): TemplateResult {
  const { formats, lang, named, level, selected, select, open } = context;
  const { localizer } = formats;
  const { id, number, title, customerName, address, poNumber, total, due } = invoice;
  const name = invoiceName(invoice, formats);
  const isOpen = isPayable(invoice);
  const place = [named && customerName, address, poNumber && localizer.t('invoices.po', { number: poNumber })].filter(Boolean);
  const date = besidePill(invoice);
  return html`<li class="row ${isOpen ? '' : 'settled'}" part="row">
    ${isOpen
      ? html`<label class="pick">
          <input
            type="checkbox"
            aria-label=${localizer.t('invoices.select', { number })}
            .checked=${live(selected.has(id))}
            @change=${(event: Event) => select([invoice], (event.target as HTMLInputElement).checked)}
          />
        </label>`
      : nothing}
    <span class="name" part="row-name" role="heading" aria-level=${level}
      ><button type="button" role="link" class="go" data-row=${id} @click=${() => open(invoice)}>
        <span class="number">${name}</span>${' '}<span lang=${lang}>${title}</span>
      </button></span
    >
    <span class="meta" part="row-meta"
      >${place.map((part, at) => html`<span>${part}${at < place.length - 1 ? '\u00a0· ' : ''}</span>${' '}`)}</span
    >
    <span class="state-pill"
      >${invoicePill(invoice, formats)}${date
        ? html`${' '}<span class="date"
              ><span class="visually-hidden">${localizer.t(isOpen ? 'invoice.dueOn' : 'invoice.issuedOn')}</span>${' '}<time datetime=${date}
                >${formats.date(date, 'short')}</time
              ></span
            >`
        : nothing}</span
    >
    <span class="amount" part="row-amount">
      <span class="visually-hidden">${localizer.t(isOpen ? 'invoice.amountDue' : 'paper.total')}</span>
      <b>${formats.money(isOpen ? due : total)}</b>
      ${isOpen && due.amount !== total.amount
        ? html`<span class="of">${localizer.t('invoices.of', { total: formats.money(total) })}</span>`
        : nothing}
    </span>
  </li>`;
}

/** Selects everything that can be; where there are columns, also what they are called. Each row says that in words of its own. */
export function invoiceHeads(invoices: readonly InvoiceRow[], { formats: { localizer }, selected, select }: InvoiceRowContext): TemplateResult {
  const payable = invoices.filter(isPayable);
  const count = payable.filter(({ id }) => selected.has(id)).length;
  return html`<div class="heads">
    ${payable.length > 0
      ? html`<label class="pick">
          <input
            type="checkbox"
            .checked=${live(count === payable.length)}
            .indeterminate=${live(count > 0 && count < payable.length)}
            @change=${(event: Event) => select(payable, (event.target as HTMLInputElement).checked)}
          />
          <span>${localizer.t('invoices.selectAll')}</span>
        </label>`
      : html`<span></span>`}
    ${(['invoices.invoice', 'history.address', 'invoices.state', 'paper.amount'] as const).map(
      (key) => html`<span aria-hidden="true">${localizer.t(key)}</span>`,
    )}
  </div>`;
}

/** How many are selected and what they come to, said politely with every change. */
export function selectionSum(invoices: readonly InvoiceRow[], { formats, selected }: InvoiceRowContext): TemplateResult {
  const { localizer } = formats;
  const chosen = invoices.filter((invoice) => selected.has(invoice.id) && isPayable(invoice));
  const [first] = chosen;
  const sum = first && formats.money({ ...first.due, amount: chosen.reduce((total, { due }) => total + due.amount, 0) });
  return html`<p class=${first ? 'selection' : 'visually-hidden'} part="sums" role="status">
    ${sum
      ? `${localizer.plural('invoices.selected', chosen.length)}: ${sum}`
      : localizer.t('invoices.noneSelected')}
  </p>`;
}
