import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { OfficeDocumentRow } from '../../../server/contract/office.ts';
import { define } from '../../parts/define.ts';
import { statusPill } from '../documents/document-words.ts';
import { screenStyles } from '../form/styles.ts';
import './begin-estimate.ts';
import './begin-invoice.ts';
import { JobPart, partStyles } from './job-part.ts';

/** Estimates and invoices of the job, and how new ones begin. */
export class OfficeJobDocuments extends JobPart {
  static override styles = [...screenStyles, partStyles];

  @state() private open: 'estimate' | 'invoice' | undefined;

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { estimates, invoices, charges } = this.overview;
    // What comes next: an estimate first, and an invoice once there is something to bill.
    const next = charges.some(({ total, invoiced }) => total !== invoiced) ? 'invoice' : charges.length + estimates.length === 0 ? 'estimate' : undefined;
    const close = () => (this.open = undefined);
    return html`<section class="cc panel" aria-labelledby="title">
      <div class="panel-head">
        <h2 id="title" class="sub">${t.t('work.documents')}</h2>
        <span class="actions">
          <button type="button" class="button ${next === 'estimate' ? 'primary' : ''}" @click=${() => (this.open = 'estimate')}>${t.t('work.newEstimate')}</button>
          <button type="button" class="button ${next === 'invoice' ? 'primary' : ''}" @click=${() => (this.open = 'invoice')}>${t.t('work.newInvoice')}</button>
        </span>
      </div>
      ${estimates.length + invoices.length > 0 ? html`<ul class="rows">${[...estimates, ...invoices].map((row) => html`<li>${this.#row(row)}</li>`)}</ul>` : html`<p class="muted padded">${t.t('work.noDocuments')}</p>`}
      ${this.open === 'estimate' ? html`<cc-office-begin-estimate .overview=${this.overview} @cc-dialog-close=${close}></cc-office-begin-estimate>` : nothing}
      ${this.open === 'invoice' ? html`<cc-office-begin-invoice .overview=${this.overview} @cc-dialog-close=${close}></cc-office-begin-invoice>` : nothing}
    </section>`;
  }

  #row(row: OfficeDocumentRow): TemplateResult {
    const { localizer: t, formats } = this;
    const { kind, id, number, title, total, due } = row;
    const name = number === null ? t.t(kind === 'estimate' ? 'docs.anEstimate' : 'docs.anInvoice') : t.t(kind === 'estimate' ? 'document.estimate' : total.amount < 0 ? 'document.credit' : 'document.invoice', { number });
    return html`<button type="button" role="link" class="row" @click=${() => this.router.go(`/${kind}s/${id}`)}>
      <span class="grow"><span class="strong">${name}</span> ${statusPill(row, t)}${title === this.overview.job.service ? nothing : html`<br /><span class="small muted">${title}</span>`}</span>
      <span class="amount">${formats.money(total)}${due && due.amount > 0 ? html`<br /><span class="small muted">${t.t('work.openAmount', { amount: formats.money(due) })}</span>` : nothing}</span>
    </button>`;
  }
}

define('cc-office-job-documents', OfficeJobDocuments);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-job-documents': OfficeJobDocuments;
  }
}
