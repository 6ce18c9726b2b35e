import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { InvoiceView } from '../../../server/contract/invoices.ts';
import { define } from '../../parts/define.ts';
import { DocumentPreview } from './document-preview.ts';

/** The customer's own view of an invoice, to look at. */
export class OfficeInvoicePreview extends DocumentPreview {
  /** What the customer would read. */
  @property({ attribute: false }) invoice: InvoiceView | undefined;

  protected override bring(): Promise<{ define: () => void }> {
    return import('../../customer-center/views/invoice.ts');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('invoice')) this.give(this.invoice && { kind: 'invoice', invoice: this.invoice });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.invoice || !this.isHere) return nothing;
    return html`<div class="cc page" inert><cc-view-invoice .level=${3} .document=${this.name}></cc-view-invoice></div>`;
  }
}

define('cc-office-invoice-preview', OfficeInvoicePreview);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-invoice-preview': OfficeInvoicePreview;
  }
}
