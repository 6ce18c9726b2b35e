import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { JobOverview } from '../../../server/contract/office.ts';
import { makeInvoice, type InvoiceBegun } from '../../data/office-jobs.ts';
import { define } from '../../parts/define.ts';
import { amountOf, field, typedAmount } from '../form/fields.ts';
import { FormDialog } from '../form/form-dialog.ts';
import { Form } from '../form/form.ts';
import { property } from 'lit/decorators.js';
import '../locale/en-jobs.ts';

type Charge = JobOverview['charges'][number];
type How = 'rest' | 'some' | 'empty' | 'credit';

interface Typed extends Record<string, unknown> {
  how: How;
  /** By charge: what of it is billed, as it is typed; empty for nothing. */
  amounts: Record<string, string>;
}

/** Begins an invoice: of everything that is left, of a part, or empty; or a credit. Opens it for a last look before it is sent. */
export class OfficeBeginInvoice extends FormDialog<Typed> {
  static override styles = [
    ...FormDialog.styles,
    css`
      .part {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 140px;
        gap: calc(var(--cc-space) * 3);
        align-items: center;
      }
    `,
  ];

  /** The job that is billed. */
  @property({ attribute: false }) overview!: JobOverview;

  protected override readonly form = new Form<Typed>(this, {
    name: () => `new invoice ${this.overview.job.id}`,
    check: ({ how, amounts }) => (how === 'some' ? this.#checkParts(amounts) : {}),
    save: async ({ values, key }) => {
      const { id } = await makeInvoice(this.office, this.overview.job.id, this.#begun(values), key);
      this.router.go(`/invoices/${id}`);
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.form.values && this.router) this.form.start({ how: this.#left.length > 0 ? 'rest' : 'empty', amounts: Object.fromEntries(this.#left.map((charge) => [charge.id, this.#typed(leftOf(charge))])) });
  }

  /** What is not yet invoiced. */
  get #left(): Charge[] {
    return this.overview.charges.filter((charge) => leftOf(charge) !== 0);
  }

  #typed(amount: number): string {
    return typedAmount(amount, this.localizer, this.account.currency);
  }

  #amount(typed: string | undefined): number | undefined {
    return typed?.trim() ? amountOf(typed, this.localizer, this.account.currency) : 0;
  }

  #checkParts(amounts: Record<string, string>): Record<string, string> {
    const { localizer: t } = this;
    const wrong = this.#left.flatMap((charge): [string, string][] => {
      const [amount, left] = [this.#amount(amounts[charge.id]), leftOf(charge)];
      if (amount === undefined) return [[`amounts/${charge.id}`, t.t('form.amount')]];
      return Math.abs(amount) > Math.abs(left) || amount * left < 0 ? [[`amounts/${charge.id}`, t.t('work.atMost', { amount: this.#typed(left) })]] : [];
    });
    if (wrong.length === 0 && this.#left.every(({ id }) => !this.#amount(amounts[id]))) return { amounts: t.t('work.chooseCharges') };
    return Object.fromEntries(wrong);
  }

  #begun({ how, amounts }: Typed): InvoiceBegun {
    if (how === 'rest') return { fromCharges: 'rest' };
    if (how === 'credit') return { kind: 'credit' };
    if (how === 'empty') return {};
    return { fromCharges: this.#left.flatMap((charge) => {
      const amount = this.#amount(amounts[charge.id]);
      return amount ? [{ chargeId: charge.id, ...(amount !== leftOf(charge) && { amount }) }] : [];
    }) };
  }

  protected override get heading(): string {
    return this.localizer.t('work.newInvoice');
  }

  protected override get saveLabel(): string {
    return this.localizer.t('work.create');
  }

  protected override get labels() {
    return { how: this.localizer.t('work.whatToBill'), amounts: this.localizer.t('work.someCharges') };
  }

  protected override fields({ how, amounts }: Typed): TemplateResult {
    const { localizer: t, form } = this;
    const left = this.#left.reduce((sum, charge) => sum + leftOf(charge), 0);
    const all = this.formats.money({ amount: left, currency: this.account.currency });
    const choices: [How, string, string][] = [
      ...(this.#left.length > 0 ? ([['rest', t.t('work.rest', { amount: all }), t.t('work.restHint')], ['some', t.t('work.someCharges'), t.t('work.someHint')]] as [How, string, string][]) : []),
      ['empty', t.t('work.emptyInvoice'), t.t('work.emptyInvoiceHint')],
      ['credit', t.t('work.credit'), t.t('work.creditHint')],
    ];
    return html`<fieldset>
        <legend class="label">${this.labels.how}</legend>
        ${choices.map(
          ([each, words, hint]) => html`<label class="check">
            <input type="radio" name="how" .value=${each} .checked=${each === how} @change=${() => form.set('how', each)} /><span>${words}<small>${hint}</small></span>
          </label>`,
        )}
      </fieldset>
      ${how === 'some' ? html`<div class="stack">${this.#left.map((charge) => this.#part(charge, amounts))} ${form.errors['amounts'] ? html`<p class="error" role="alert">${form.errors['amounts']}</p>` : nothing}</div>` : nothing}`;
  }

  #part(charge: Charge, amounts: Record<string, string>): TemplateResult {
    const { localizer: t, form } = this;
    const id = `amount-${charge.id}`;
    const error = form.errors[`amounts/${charge.id}`];
    const left = this.formats.money({ amount: leftOf(charge), currency: this.account.currency });
    const input = html`<input
      id=${id} class="field amount" inputmode="decimal" autocomplete="off" aria-invalid=${error ? 'true' : 'false'} aria-describedby=${error ? `${id}-error` : nothing} .value=${amounts[charge.id] ?? ''}
      @input=${(event: Event) => form.set('amounts', { ...form.values!.amounts, [charge.id]: (event.target as HTMLInputElement).value })}
    />`;
    return html`<div class="part">
      <p>${charge.description}<br /><span class="small muted">${t.t('work.left', { amount: left })}</span></p>
      ${field(t, id, t.t('work.amountOf', { name: charge.description }), error, input, { hiddenLabel: true, required: true })}
    </div>`;
  }
}

const leftOf = ({ total, invoiced }: Charge): number => total - invoiced;

define('cc-office-begin-invoice', OfficeBeginInvoice);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-begin-invoice': OfficeBeginInvoice;
  }
}
