import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { AppliedTax } from '../../../server/contract/documents.ts';
import type { JobOverview } from '../../../server/contract/office.ts';
import { lineTotal } from '../../../server/contract/totals.ts';
import { changeRecord, makeRecord, readRecord, removeRecord } from '../../data/office-jobs.ts';
import { define } from '../../parts/define.ts';
import { quantityOf, tongueOf, typedDecimal, type Tongue } from '../documents/estimate-values.ts';
import { amountOf, moneyField, textArea, textField, typedAmount } from '../form/fields.ts';
import { FormDialog } from '../form/form-dialog.ts';
import { Form } from '../form/form.ts';
import '../locale/en-jobs.ts';
import { keptWords } from './job-words.ts';

type Charge = JobOverview['charges'][number];

interface Typed extends Record<string, unknown> {
  description: string;
  details: string;
  quantity: string;
  unit: string;
  unitPrice: string;
  discount: string;
  taxes: AppliedTax[];
}

/** One charge of a job: what, how much of it, for how much, with which taxes. */
export class OfficeCharge extends FormDialog<Typed> {
  /** Whose charge it is. */
  @property({ attribute: false }) jobId = '';
  /** The one to change; a new one without. */
  @property({ attribute: false }) charge: Charge | undefined;
  /** Where a new one stands among the others. */
  @property({ type: Number }) position = 0;

  protected override readonly form = new Form<Typed>(this, {
    name: () => `charge ${this.charge?.id ?? `new ${this.jobId}`}`,
    check: (values) => this.#check(values),
    reread: async () => {
      const charge = await readRecord(this.office, 'charges', this.charge!.id);
      return { values: this.#typed(charge), version: charge.updatedAt };
    },
    save: async ({ values, version, key }) => {
      const fields = this.#fields(values);
      if (this.charge) await changeRecord(this.office, 'charges', this.charge.id, fields, version);
      else await makeRecord(this.office, 'charges', { jobId: this.jobId, position: this.position, ...fields }, key);
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.form.values && this.router) this.form.start(this.#typed(this.charge), this.charge?.updatedAt);
  }

  #typed(charge: Charge | undefined): Typed {
    const amount = (value: number) => typedAmount(value, this.localizer, this.account.currency);
    if (!charge) return { description: '', details: '', quantity: '1', unit: '', unitPrice: '', discount: '', taxes: this.account.taxes.map(({ name, percent }) => ({ name, percent })) };
    const { description, details, quantity, unit, unitPrice, discount, taxes } = charge;
    return { description, details: details ?? '', quantity: typedDecimal(quantity, this.#tongue), unit: unit ?? '', unitPrice: amount(unitPrice), discount: discount ? amount(discount) : '', taxes };
  }

  /** Numbers are read as the language writes them: `1,500` is fifteen hundred in English, and one and a half in Spain. */
  get #tongue(): Tongue {
    return tongueOf(this.localizer, this.account.currency);
  }

  #amount(typed: string): number | undefined {
    return amountOf(typed, this.localizer, this.account.currency);
  }

  #fields({ description, details, quantity, unit, unitPrice, discount, taxes }: Typed) {
    return {
      description, details: details.trim() || null, quantity: quantityOf(quantity, this.#tongue)!, unit: unit.trim() || null, unitPrice: this.#amount(unitPrice)!, discount: discount.trim() ? this.#amount(discount)! : 0, taxes,
    };
  }

  #check({ description, quantity, unitPrice, discount }: Typed): Partial<Record<keyof Typed & string, string>> {
    const { localizer: t } = this;
    const off = discount.trim() ? this.#amount(discount) : 0;
    return {
      description: description.trim() ? '' : t.t('form.required'),
      quantity: quantityOf(quantity, this.#tongue) === undefined ? t.t('form.number') : '',
      unitPrice: this.#amount(unitPrice) === undefined ? t.t('form.amount') : '',
      discount: off === undefined || off < 0 ? t.t('form.amount') : '',
    };
  }

  protected override get heading(): string {
    return this.localizer.t(this.charge ? 'work.editCharge' : 'work.addCharge');
  }

  protected override get wide(): boolean {
    return true;
  }

  protected override get labels() {
    const { localizer: t } = this;
    return {
      description: t.t('work.description'), details: t.t('work.chargeDetails'), quantity: t.t('paper.quantity'), unit: t.t('work.unit'), unitPrice: t.t('work.unitPrice'),
      discount: t.t('work.discount'), taxes: t.t('work.taxes'),
    };
  }

  protected override show(field: keyof Typed & string, value: unknown): string {
    return field === 'taxes' ? (value as AppliedTax[]).map((tax) => this.#taxName(tax)).join(', ') : super.show(field, value);
  }

  #taxName({ name, percent }: AppliedTax): string {
    return `${name} ${this.formats.percent(percent)}`;
  }

  protected override fields(values: Typed): TemplateResult {
    const { localizer: t, form, labels } = this;
    return html`${textField(t, form, 'description', labels.description, { required: true })} ${textArea(t, form, 'details', labels.details, { rows: 2 })}
      <div class="two">
        ${textField(t, form, 'quantity', labels.quantity, { required: true, inputmode: 'decimal' })} ${textField(t, form, 'unit', labels.unit, { hint: t.t('work.unitHint') })}
        ${moneyField(t, form, 'unitPrice', labels.unitPrice, { required: true, hint: t.t('work.unitPriceHint') })} ${moneyField(t, form, 'discount', labels.discount)}
      </div>
      ${this.#taxes(values)}
      <p class="strong amount" role="status">${t.t('work.lineTotal', { amount: this.#total(values) })}</p>`;
  }

  /** The account's taxes, and those that the charge has from elsewhere. */
  #taxes({ taxes }: Typed): TemplateResult {
    const { localizer: t } = this;
    const known = this.account.taxes.map(({ name, percent }) => ({ name, percent }));
    const all = [...known, ...(this.charge?.taxes ?? []).filter((tax) => !known.some((each) => sameTax(each, tax)))];
    if (all.length === 0) return html`<p class="small muted">${t.t('work.noTaxes')}</p>`;
    return html`<fieldset>
      <legend class="label">${this.labels.taxes}</legend>
      ${all.map((tax) => {
        const has = taxes.some((each) => sameTax(each, tax));
        const toggle = () => this.form.set('taxes', has ? taxes.filter((each) => !sameTax(each, tax)) : [...taxes, tax]);
        return html`<label class="check"><input type="checkbox" .checked=${has} @change=${toggle} /><span>${this.#taxName(tax)}</span></label>`;
      })}
    </fieldset>`;
  }

  /** What it comes to as it is typed, before taxes. */
  #total({ quantity, unitPrice, discount }: Typed): string {
    const [number, price, off] = [quantityOf(quantity, this.#tongue), this.#amount(unitPrice), discount.trim() ? this.#amount(discount) : 0];
    if (number === undefined || price === undefined || off === undefined) return '–';
    try {
      return this.formats.money({ amount: lineTotal({ quantity: number, unitPrice: price, discount: { amount: off } }).total, currency: this.account.currency });
    } catch {
      return '–';
    }
  }

  protected override get removal() {
    const { charge, localizer: t } = this;
    if (!charge) return undefined;
    return { label: t.t('office.delete'), ask: t.t('work.askCharge', { name: charge.description }), act: () => removeRecord(this.office, 'charges', charge.id), refused: (error: Parameters<typeof keptWords>[0]) => keptWords(error, t) };
  }
}

const sameTax = (a: AppliedTax, b: AppliedTax): boolean => a.name === b.name && a.percent === b.percent;

define('cc-office-charge', OfficeCharge);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-charge': OfficeCharge;
  }
}
