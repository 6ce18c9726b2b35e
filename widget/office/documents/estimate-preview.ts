import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { EstimateView } from '../../../server/contract/estimates.ts';
import { define } from '../../parts/define.ts';
import { DocumentPreview } from './document-preview.ts';

/** The customer's own view of an estimate, to look at. */
export class OfficeEstimatePreview extends DocumentPreview {
  /** What the customer would read. */
  @property({ attribute: false }) estimate: EstimateView | undefined;

  protected override bring(): Promise<{ define: () => void }> {
    return import('../../customer-center/views/estimate.ts');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('estimate')) this.give(this.estimate && { kind: 'estimate', estimate: this.estimate });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.estimate || !this.isHere) return nothing;
    return html`<div class="cc page" inert><cc-view-estimate .level=${3} .document=${this.name}></cc-view-estimate></div>`;
  }
}

define('cc-office-estimate-preview', OfficeEstimatePreview);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-estimate-preview': OfficeEstimatePreview;
  }
}
