/** The estimates and invoices of a job, each with the way to it: above the tabs, where nobody has to look for them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DocumentRow } from '../../../server/contract/documents.ts';
import type { Formats } from '../../locale/formats.ts';
import { pill } from '../../parts/pill.ts';

export function jobDocuments(documents: readonly DocumentRow[], formats: Formats, open: (path: string) => void): TemplateResult | typeof nothing {
  if (documents.length === 0) return nothing;
  return html`<ul class="documents" part="list">
    ${documents.map((document) => row(document, formats, open))}
  </ul>`;
}

function row(document: DocumentRow, formats: Formats, open: (path: string) => void): TemplateResult {
  const { localizer } = formats;
  const { kind, id, number, total } = document;
  const isEstimate = kind === 'estimate';
  const name = localizer.t(isEstimate ? 'document.estimate' : total.amount < 0 ? 'document.credit' : 'document.invoice', { number });
  return html`<li class="document" part="row">
    <span class="strong" part="row-name">${name}</span>
    ${documentPill(document, formats)}
    <span class="amount" part="row-amount">${formats.money(total)}</span>
    <button type="button" role="link" class="button" part="button" @click=${() => open(`/${kind}s/${id}`)}>
      ${localizer.t(isEstimate ? 'document.viewEstimate' : 'document.viewInvoice')}<span class="visually-hidden">${` ${number}`}</span>
    </button>
  </li>`;
}

const words = {
  sent: 'status.sent',
  approved: 'status.approved',
  changesRequested: 'status.changesRequested',
  declined: 'status.lost',
  expired: 'status.expired',
  withdrawn: 'status.withdrawn',
  void: 'status.void',
} as const;

/** How a document stands, in a word; of an invoice, what is still to be paid. */
function documentPill({ kind, status, due, total }: DocumentRow, formats: Formats): TemplateResult | typeof nothing {
  const { localizer } = formats;
  if (kind === 'invoice' && status !== 'void') {
    if (due && due.amount > 0) return pill('warn', localizer.t('status.open', { amount: formats.money(due) }));
    return total.amount < 0 ? nothing : pill('ok', localizer.t('status.paid'));
  }
  const word = words[status as keyof typeof words];
  if (!word) return nothing;
  return pill(status === 'approved' ? 'ok' : status === 'sent' ? 'warn' : 'plain', localizer.t(word));
}
