/** The list of invoices: each row one thing to press from edge to edge, but for the box that selects it. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { InvoiceRow } from '../../../server/contract/invoices.ts';
import type { Formats } from '../../locale/formats.ts';
import { invoiceName, invoicePill, isOnWay } from './invoice-state.ts';

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
  /** Pays some of them together; undefined where this person may not. */
  pay: ((ids: string[]) => void) | undefined;
}

/** Whether money is asked for with it: only then does selecting it make sense. */
const isPayable = ({ kind, status, due }: InvoiceRow): boolean => kind !== 'credit' && status !== 'void' && due.amount > 0;

/** The day that counts, where the pill does not say it: when it was due, or when it was issued. */
const besidePill = (invoice: InvoiceRow): string | null => {
  if (!isPayable(invoice)) return invoice.issuedOn;
  return invoice.overdue || invoice.status === 'partlyPaid' || isOnWay(invoice) ? invoice.dueOn : null;
};

export function invoiceRow(invoice: InvoiceRow, context: InvoiceRowContext): TemplateResult {
  const { formats, lang, named, level, selected, select, open } = context;
  const { localizer } = formats;
  const { id, number, title, customerName, address, poNumber, total, due, payable } = invoice;
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
      ${isOpen && payable.amount < due.amount
        ? html`<span class="of">${localizer.t('pay.onWay', { amount: formats.money({ ...due, amount: due.amount - payable.amount }) })}</span>`
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

/** Whether it can be paid here and now. */
const isOnline = (invoice: InvoiceRow): boolean => isPayable(invoice) && invoice.onlinePayment && invoice.payable.amount > 0;

/** What of the selection is not paid with the rest, and why. Where nothing is paid online at all, that is no news. */
function leftOut(invoices: readonly InvoiceRow[], chosen: readonly InvoiceRow[], { formats: { localizer } }: InvoiceRowContext): string[] {
  const others = invoices.some(({ onlinePayment }) => onlinePayment) ? chosen.filter((invoice) => !isOnline(invoice)) : [];
  return ([['invoices.onWay', others.filter(isOnWay)], ['invoices.notOnline', others.filter((invoice) => !isOnWay(invoice))]] as const).flatMap(([key, some]) =>
    some.length > 0 ? [localizer.t(key, { numbers: some.map(({ number }) => number).join(', ') })] : [],
  );
}

/**
 * How many are selected and what they come to, said politely with every change; and the way to pay those that can be paid online.
 * The sum is not shown twice.
 */
export function selectionSum(invoices: readonly InvoiceRow[], context: InvoiceRowContext): TemplateResult {
  const { formats, selected, pay } = context;
  const { localizer } = formats;
  const chosen = invoices.filter((invoice) => selected.has(invoice.id) && isPayable(invoice));
  const [first] = chosen;
  const sum = first && formats.money({ ...first.due, amount: chosen.reduce((total, { due }) => total + due.amount, 0) });
  const online = pay ? chosen.filter(isOnline) : [];
  const amount = first && formats.money({ ...first.payable, amount: online.reduce((total, { payable }) => total + payable.amount, 0) });
  return html`<div class=${first ? 'selection' : 'visually-hidden'} part="sums">
    <p role="status">
      ${sum
        ? html`${localizer.plural('invoices.selected', chosen.length)}<span class=${sum === amount ? 'visually-hidden' : ''}>: ${sum}</span>`
        : localizer.t('invoices.noneSelected')}
      ${pay ? leftOut(invoices, chosen, context).map((sentence) => html`${' '}<span class="of">${sentence}</span>`) : nothing}
    </p>
    ${amount && online.length > 0
      ? html`<button type="button" role="link" class="button primary" part="button" @click=${() => pay!(online.map(({ id }) => id))}>
          ${localizer.t('pay.now', { amount })}
        </button>`
      : nothing}
  </div>`;
}
