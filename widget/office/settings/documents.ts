import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Account } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { checkField, field, selectField, textArea, textField } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { percentOf } from '../form/typed.ts';
import { AccountForm } from './account-form.ts';
import './numbering.ts';
import { Section } from './section.ts';

type Tax = Account['taxes'][number];
interface Papers extends Record<string, unknown> {
  taxes: Tax[];
  taxIncluded: boolean;
  taxRounding: string;
  estimateTerms: string;
  invoiceTerms: string;
  otherWaysToPay: string;
  invoiceDueDays: string;
  attachPdf: boolean;
  approvalVerification: string;
}

/** What new estimates and invoices begin with, and how they are numbered. */
export class OfficeSettingsDocuments extends Section {
  static override styles = [
    ...[Section.styles].flat(),
    css`
      .tax {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 120px auto;
        gap: calc(var(--cc-space) * 3);
        align-items: end;
      }
      @container screen (max-width: 480px) {
        .tax {
          grid-template-columns: minmax(0, 1fr) 96px;
        }
        .tax .button {
          justify-self: start;
        }
      }
      .days {
        max-width: 260px;
      }
    `,
  ];

  readonly #settings = new AccountForm<Papers>(this, {
    name: 'documents',
    read: (account: Account) => ({
      taxes: account.taxes, taxIncluded: account.taxIncluded, taxRounding: account.taxRounding, estimateTerms: account.estimateTerms ?? '',
      invoiceTerms: account.invoiceTerms ?? '', otherWaysToPay: account.otherWaysToPay ?? '', invoiceDueDays: String(account.invoiceDueDays),
      attachPdf: account.attachPdf, approvalVerification: account.approvalVerification,
    }),
    write: ({ taxes, invoiceDueDays, estimateTerms, invoiceTerms, otherWaysToPay, taxRounding, approvalVerification, ...switches }) => ({
      ...(switches as { taxIncluded?: boolean; attachPdf?: boolean }),
      ...(taxRounding && { taxRounding: taxRounding as Account['taxRounding'] }),
      ...(approvalVerification && { approvalVerification: approvalVerification as Account['approvalVerification'] }),
      ...(taxes && { taxes: taxes.map(({ key, name, percent }) => ({ key, name: name.trim(), percent: percentOf(percent)! })) }),
      ...(invoiceDueDays !== undefined && { invoiceDueDays: Number(invoiceDueDays) }),
      ...(estimateTerms !== undefined && { estimateTerms: estimateTerms.trim() || null }),
      ...(invoiceTerms !== undefined && { invoiceTerms: invoiceTerms.trim() || null }),
      ...(otherWaysToPay !== undefined && { otherWaysToPay: otherWaysToPay.trim() || null }),
    }),
    check: ({ taxes, invoiceDueDays }) => {
      const t = this.localizer;
      const wrong = taxes.flatMap(({ name, percent }, at) => [
        [`taxes/${at}/name`, name.trim() ? '' : t.t('form.required')],
        [`taxes/${at}/percent`, percentOf(percent) === undefined ? t.t('form.percent') : ''],
      ]);
      const days = /^\d{1,3}$/.test(invoiceDueDays.trim()) && Number(invoiceDueDays) <= 365;
      return { ...(Object.fromEntries(wrong) as object), ...(!days && { invoiceDueDays: t.t('settings.daysWrong') }) };
    },
  });

  protected override render(): TemplateResult {
    const t = this.localizer;
    const content = html`${this.#fields()} <cc-office-settings-numbering .level=${this.level + 1}></cc-office-settings-numbering>`;
    return this.frame(t.t('settings.papers'), t.t('settings.papersLead'), this.mayChange ? content : this.#facts());
  }

  #fields(): TemplateResult {
    const t = this.localizer;
    const { form } = this.#settings;
    return html`<form class="stack" novalidate @submit=${this.#save}>
      <div class="panel padded">
        ${this.sub(t.t('settings.taxes'), 'taxes')} ${this.#taxes()}
        ${checkField(form, 'taxIncluded', t.t('settings.taxIncluded'), t.t('settings.taxIncludedHint'))}
        ${selectField(t, form, 'taxRounding', t.t('settings.rounding'), [['document', t.t('settings.roundingDocument')], ['line', t.t('settings.roundingLine')]])}
      </div>
      <div class="panel padded">
        ${this.sub(t.t('settings.estimates'))} ${textArea(t, form, 'estimateTerms', t.t('settings.estimateTerms'), { hint: t.t('settings.termsHint') })}
        ${selectField(t, form, 'approvalVerification', t.t('settings.verification'), [['none', t.t('settings.verificationNone')], ['code', t.t('settings.verificationCode')]], { hint: t.t('settings.verificationHint') })}
      </div>
      <div class="panel padded">
        ${this.sub(t.t('settings.invoices'))} ${textArea(t, form, 'invoiceTerms', t.t('settings.invoiceTerms'), { hint: t.t('settings.termsHint') })}
        ${textArea(t, form, 'otherWaysToPay', t.t('settings.otherWays'), { rows: 3, hint: t.t('settings.otherWaysHint') })}
        <div class="days">${textField(t, form, 'invoiceDueDays', t.t('settings.dueDays'), { inputmode: 'numeric', required: true, hint: t.t('settings.dueDaysHint') })}</div>
        ${checkField(form, 'attachPdf', t.t('settings.attachPdf'), t.t('settings.attachPdfHint'))}
      </div>
      ${formState(t, form, { label: (name) => t.t(labels[name as keyof typeof labels]), show: (name, value) => this.#show(name, value) })}
      <div class="actions">${saveButton(t, form)}</div>
    </form>`;
  }

  #taxes(): TemplateResult {
    const t = this.localizer;
    const taxes = this.#settings.form.values?.taxes ?? [];
    return html`${taxes.length > 0 ? taxes.map((tax, at) => this.#tax(tax, at)) : html`<p class="muted">${t.t('settings.noTaxes')}</p>`}
      ${taxes.length < 10 ? html`<div class="actions"><button type="button" class="button" @click=${this.#addTax}>${t.t('settings.addTax')}</button></div>` : nothing}`;
  }

  #tax(tax: Tax, at: number): TemplateResult {
    const t = this.localizer;
    return html`<div class="tax" role="group" aria-label=${tax.name || t.t('settings.tax')}>
      ${this.#taxField(at, 'name', t.t('settings.taxName'), tax.name)} ${this.#taxField(at, 'percent', t.t('settings.taxPercent'), tax.percent)}
      <button type="button" class="button bad" @click=${() => this.#removeTax(at)}>${t.t('office.remove')}<span class="visually-hidden"> ${tax.name}</span></button>
    </div>`;
  }

  #taxField(at: number, name: 'name' | 'percent', label: string, value: string): TemplateResult {
    const { form } = this.#settings;
    const id = `taxes/${at}/${name}`;
    const error = form.errors[id];
    const control = html`<input
      id=${id}
      class="field"
      inputmode=${name === 'percent' ? 'decimal' : nothing}
      autocomplete="off"
      required
      .value=${live(value)}
      aria-invalid=${error === undefined ? 'false' : 'true'}
      aria-describedby=${error === undefined ? nothing : `${id}-error`}
      @input=${(event: Event) => this.#setTax(at, { [name]: (event.target as HTMLInputElement).value })}
    />`;
    return field(this.localizer, id, label, error, control, { required: true });
  }

  #setTax(at: number, change: Partial<Tax>): void {
    const { form } = this.#settings;
    form.set('taxes', form.values!.taxes.map((tax, index) => (index === at ? { ...tax, ...change } : tax)));
  }

  #addTax = async (): Promise<void> => {
    const { form } = this.#settings;
    const { taxes } = form.values!;
    // Lines of documents know their tax by this key, so it is never one that another had.
    form.set('taxes', [...taxes, { key: `tax-${Date.now().toString(36)}`, name: '', percent: '' }]);
    await this.focusOn(`[id="taxes/${taxes.length}/name"]`);
  };

  #removeTax(at: number): void {
    const { form } = this.#settings;
    form.set('taxes', form.values!.taxes.filter((_tax, index) => index !== at));
    void this.focusOn('#taxes');
  }

  #facts(): TemplateResult {
    const t = this.localizer;
    const { taxes, estimateTerms, invoiceTerms, otherWaysToPay, invoiceDueDays } = this.account;
    return this.facts([
      [t.t('settings.taxes'), this.#taxWords(taxes)], [t.t('settings.estimateTerms'), estimateTerms], [t.t('settings.invoiceTerms'), invoiceTerms],
      [t.t('settings.otherWays'), otherWaysToPay], [t.t('settings.dueDays'), String(invoiceDueDays)],
    ]);
  }

  #taxWords(taxes: readonly Tax[]): string {
    return taxes.map(({ name, percent }) => `${name} ${percentOf(percent) === undefined ? percent : this.formats.percent(percentOf(percent)!)}`).join(', ');
  }

  #show(name: string, value: unknown): string {
    const t = this.localizer;
    if (name === 'taxes') return this.#taxWords(value as Tax[]) || t.t('settings.noTaxes');
    if (typeof value === 'boolean') return t.t(value ? 'settings.on' : 'settings.off');
    const words = { document: 'settings.roundingDocument', line: 'settings.roundingLine', none: 'settings.verificationNone', code: 'settings.verificationCode' } as const;
    return /^(taxRounding|approvalVerification)$/.test(name) ? t.t(words[value as keyof typeof words]) : String(value || '–');
  }

  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await this.#settings.save()) this.say(this.localizer.t('office.saved'));
  };
}

const labels = {
  taxes: 'settings.taxes', taxIncluded: 'settings.taxIncluded', taxRounding: 'settings.rounding', estimateTerms: 'settings.estimateTerms', invoiceTerms: 'settings.invoiceTerms',
  otherWaysToPay: 'settings.otherWays', invoiceDueDays: 'settings.dueDays', attachPdf: 'settings.attachPdf', approvalVerification: 'settings.verification',
} as const satisfies Record<string, string>;

define('cc-office-settings-documents', OfficeSettingsDocuments);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings-documents': OfficeSettingsDocuments;
  }
}
