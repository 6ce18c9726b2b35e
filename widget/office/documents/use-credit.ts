import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Invoice } from '../../../server/contract/invoices.ts';
import type { OfficeDocumentRow } from '../../../server/contract/office.ts';
import { listOpenInvoices, useCredit } from '../../data/office-invoices.ts';
import { define } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { amountOf, moneyField, selectField, typedAmount } from '../form/fields.ts';
import { FormDialog } from '../form/form-dialog.ts';
import { Form } from '../form/form.ts';
import '../locale/en-documents.ts';
import { instead } from '../states.ts';

interface Typed extends Record<string, unknown> {
  invoiceId: string;
  amount: string;
}

/** What a credit still holds, in minor units. */
export const heldBy = ({ due }: Invoice): number => Math.abs(due.amount);

/** Settles an open invoice of the same customer, or of its family, with what a credit holds: all of it or a part. */
export class OfficeUseCredit extends FormDialog<Typed> {
  /** The credit that is used. */
  @property({ attribute: false }) credit!: Invoice;

  readonly #open = new Resource<OfficeDocumentRow[]>(this, async (signal) => {
    const rows = await listOpenInvoices(this.office, this.credit.customerId, signal);
    if (!rows.some(({ id }) => id === this.form.values!.invoiceId)) this.#choose(rows[0]);
    return rows;
  });

  protected override readonly form = new Form<Typed>(this, {
    name: () => `use ${this.credit.id}`,
    check: (values) => this.#check(values),
    save: async ({ values, key }) => {
      const amount = this.#amount(values)!;
      await useCredit(this.office, this.credit.id, { invoiceId: values.invoiceId, amount }, key);
      this.say(this.localizer.t('inv.creditUsed', { amount: this.#money(amount) }));
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.form.values || !this.router) return;
    this.form.start({ invoiceId: '', amount: '' });
    void this.#open.load();
  }

  /** As much as the credit holds and the invoice needs. */
  #most(invoiceId: string): number {
    const due = this.#open.value?.find(({ id }) => id === invoiceId)?.due?.amount ?? 0;
    return Math.min(due, heldBy(this.credit));
  }

  #choose(row: OfficeDocumentRow | undefined): void {
    this.form.set('invoiceId', row?.id ?? '');
    this.form.set('amount', row ? typedAmount(Math.min(row.due?.amount ?? 0, heldBy(this.credit)), this.localizer, this.credit.due.currency) : '');
  }

  #amount({ amount }: Typed): number | undefined {
    return amountOf(amount, this.localizer, this.credit.due.currency);
  }

  #money(amount: number): string {
    return this.formats.money({ amount, currency: this.credit.due.currency });
  }

  #check(values: Typed): Partial<Record<keyof Typed & string, string>> {
    const { localizer: t } = this;
    if (!values.invoiceId) return { invoiceId: t.t('form.required') };
    const [amount, most] = [this.#amount(values), this.#most(values.invoiceId)];
    if (!amount || amount < 0) return { amount: t.t('form.amount') };
    return { amount: amount > most ? t.t('inv.refundMost', { amount: this.#money(most) }) : '' };
  }

  protected override get heading(): string {
    return this.localizer.t('inv.useCreditHeading');
  }

  protected override get saveLabel(): string {
    return this.localizer.t('inv.useCredit');
  }

  protected override get labels() {
    return { invoiceId: this.localizer.t('inv.useCreditFor'), amount: this.localizer.t('inv.amount') };
  }

  protected override fields(_values: Typed): TemplateResult {
    const { localizer: t, form, labels } = this;
    const { value, error } = this.#open;
    if (!value) return instead(t, error, () => void this.#open.load());
    if (value.length === 0) return html`<p class="banner plain">${t.t('inv.noOpenInvoices')}</p>`;
    const choices = value.map(({ id, number, title, customer, due }) => [id, [number, title, customer.name, due && this.formats.money(due)].filter(Boolean).join(' · ')] as const);
    return html`<p class="muted">${t.t('inv.useCreditLead', { amount: this.#money(heldBy(this.credit)) })}</p>
      <div @change=${this.#follow}>${selectField(t, form, 'invoiceId', labels.invoiceId, choices)}</div>
      ${moneyField(t, form, 'amount', labels.amount, { required: true })}`;
  }

  /** The amount follows the invoice that is chosen. */
  #follow = (): void => this.#choose(this.#open.value!.find(({ id }) => id === this.form.values!.invoiceId));
}

define('cc-office-use-credit', OfficeUseCredit);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-use-credit': OfficeUseCredit;
  }
}
