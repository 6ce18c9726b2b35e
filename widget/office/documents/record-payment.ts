import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import { changeRecord, makeRecord, readRecord, removeRecord } from '../../data/office-jobs.ts';
import '../../locale/en-documents.ts';
import { define } from '../../parts/define.ts';
import { amountOf, moneyField, selectField, textField, typedAmount } from '../form/fields.ts';
import { FormDialog } from '../form/form-dialog.ts';
import { Form } from '../form/form.ts';
import '../locale/en-documents.ts';
import { segments, segmentStyles } from '../segments.ts';
import { todayIn } from '../zoned.ts';

type Payment = JobOverview['payments'][number];

interface Typed extends Record<string, unknown> {
  way: 'in' | 'back';
  amount: string;
  receivedOn: string;
  method: Payment['method'];
  reference: string;
}

/** Ways that the office records; what is paid online records itself. */
const methods = ['check', 'cash', 'card', 'bank', 'other'] as const;

/** Money that came in otherwise than online: for one invoice, or for a job, where it may also be given back. */
export class OfficeRecordPayment extends FormDialog<Typed> {
  static override styles = [...FormDialog.styles, segmentStyles];

  /** The job that it is for; it pays the job's invoices, the oldest first. */
  @property({ attribute: false }) jobId = '';
  /** The one invoice that it is for, instead of a job. */
  @property({ attribute: false }) invoice: { id: string; number: string | null; customerId: string } | undefined;
  /** What is due, in minor units: the likely amount. */
  @property({ type: Number }) due = 0;
  /** The one to change; a new one without. */
  @property({ attribute: false }) payment: Payment | undefined;

  protected override readonly form = new Form<Typed>(this, {
    name: () => `payment ${this.payment?.id ?? `new ${this.invoice?.id ?? this.jobId}`}`,
    check: (values) => this.#check(values),
    reread: async () => {
      const payment = await readRecord(this.office, 'payments', this.payment!.id);
      return { values: this.#typed(payment), version: payment.updatedAt };
    },
    save: async ({ values, version, key }) => {
      const { receivedOn, method, reference } = values;
      const amount = this.#amount(values) * (values.way === 'back' ? -1 : 1);
      const fields = { receivedOn, method, reference: reference.trim() || null, amount };
      if (this.payment) await changeRecord(this.office, 'payments', this.payment.id, fields, version);
      else await makeRecord(this.office, 'payments', { ...fields, ...this.#for(amount) }, key);
      this.say(this.localizer.t('inv.recorded', { amount: this.formats.money({ amount, currency: this.account.currency }) }));
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.form.values && this.router) this.form.start(this.#typed(this.payment), this.payment?.updatedAt);
  }

  #typed(payment: Payment | undefined): Typed {
    const amount = (value: number) => typedAmount(value, this.localizer, this.account.currency);
    if (!payment) return { way: 'in', amount: this.due > 0 ? amount(this.due) : '', receivedOn: todayIn(this.account.timeZone), method: 'check', reference: '' };
    const { amount: all, receivedOn, method, reference } = payment;
    return { way: all < 0 ? 'back' : 'in', amount: amount(Math.abs(all)), receivedOn, method, reference: reference ?? '' };
  }

  #amount({ amount }: Typed): number {
    return amountOf(amount, this.localizer, this.account.currency) ?? 0;
  }

  /** What it pays: the invoice as far as that goes, the rest stays as a credit; or the job. */
  #for(amount: number) {
    if (!this.invoice) return { jobId: this.jobId };
    const { id, customerId } = this.invoice;
    return { customerId, allocations: this.due > 0 ? [{ invoiceId: id, amount: Math.min(amount, this.due) }] : [] };
  }

  #check(values: Typed): Partial<Record<keyof Typed & string, string>> {
    const { localizer: t } = this;
    return { amount: this.#amount(values) > 0 ? '' : t.t('form.amount'), receivedOn: values.receivedOn ? '' : t.t('form.required') };
  }

  protected override get heading(): string {
    return this.localizer.t(this.payment ? 'inv.editPayment' : 'inv.record');
  }

  protected override get labels() {
    const { localizer: t } = this;
    return { way: t.t('inv.way'), amount: t.t('inv.amount'), receivedOn: t.t('inv.receivedOn'), method: t.t('inv.method'), reference: t.t('inv.reference') };
  }

  protected override show(field: keyof Typed & string, value: unknown): string {
    const { localizer: t } = this;
    if (field === 'way') return t.t(value === 'back' ? 'inv.back' : 'inv.in');
    return field === 'method' ? t.t(`payment.${value as Payment['method']}`) : super.show(field, value);
  }

  protected override fields(values: Typed): TemplateResult {
    const { localizer: t, form, labels } = this;
    const over = this.invoice && !this.payment && this.#amount(values) > this.due;
    const choices = [...new Set([...methods, values.method])].map((method) => [method, t.t(`payment.${method}`)] as const);
    return html`${this.invoice ? nothing : segments(labels.way, [['in', t.t('inv.in')], ['back', t.t('inv.back')]], values.way, (way) => form.set('way', way))}
      <div class="two">
        ${moneyField(t, form, 'amount', labels.amount, { required: true, hint: over ? t.t('inv.overDue') : undefined })} ${textField(t, form, 'receivedOn', labels.receivedOn, { type: 'date', required: true })}
        ${selectField(t, form, 'method', labels.method, choices)} ${textField(t, form, 'reference', labels.reference, { hint: t.t('inv.referenceHint') })}
      </div>
      ${this.invoice ? nothing : html`<p class="small muted">${t.t(values.way === 'back' ? 'inv.backHint' : 'inv.jobHint')}</p>`}`;
  }

  protected override get removal() {
    const { payment, localizer: t } = this;
    if (!payment) return undefined;
    return { label: t.t('office.delete'), ask: t.t('inv.askPayment'), act: () => removeRecord(this.office, 'payments', payment.id) };
  }
}

define('cc-office-record-payment', OfficeRecordPayment);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-record-payment': OfficeRecordPayment;
  }
}
