import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import { makeEstimate } from '../../data/office-jobs.ts';
import { define } from '../../parts/define.ts';
import { DialogCloseEvent } from '../../parts/dialog.ts';
import { screenStyles } from '../form/styles.ts';
import { JobPart } from './job-part.ts';

/**
 * Begins an estimate: empty, or with what the job has already.
 *
 * @event {DialogCloseEvent} cc-dialog-close - It has closed.
 */
export class OfficeBeginEstimate extends JobPart {
  static override styles = screenStyles;

  @state() private busy = false;
  @state() private problem = '';
  /** One a wish: pressing again after a lost answer makes no second one. */
  readonly #keys = { charges: crypto.randomUUID(), empty: crypto.randomUUID() };

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { charges } = this.overview;
    return html`<cc-dialog .heading=${t.t('work.newEstimate')} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.dispatchEvent(new DialogCloseEvent())}>
      <p class="muted">${charges.length > 0 ? t.t('work.estimateLead') : t.t('work.estimateEmptyLead')}</p>
      ${this.problem ? html`<p class="banner bad" role="alert">${this.problem}</p>` : nothing}
      <div class="actions">
        ${charges.length > 0 ? html`<button type="button" class="button primary" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => void this.#begin('charges')}>${t.t('work.withCharges')}</button>` : nothing}
        <button type="button" class="button ${charges.length > 0 ? '' : 'primary'}" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => void this.#begin('empty')}>${t.t('work.emptyEstimate')}</button>
      </div>
    </cc-dialog>`;
  }

  async #begin(how: 'charges' | 'empty'): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      const { id } = await makeEstimate(this.office, this.overview.job.id, how === 'charges', this.#keys[how]);
      this.router.go(`/estimates/${id}`);
    } catch (error) {
      this.problem = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
    }
    this.busy = false;
  }
}

define('cc-office-begin-estimate', OfficeBeginEstimate);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-begin-estimate': OfficeBeginEstimate;
  }
}
