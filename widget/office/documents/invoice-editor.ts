import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Invoice } from '../../../server/contract/invoices.ts';
import type { JobOverview } from '../../../server/contract/office.ts';
import { changeInvoice, readInvoice, type InvoiceChange } from '../../data/office-invoices.ts';
import { Localizer, type Language } from '../../locale/localizer.ts';
import { define } from '../../parts/define.ts';
import { checkField, selectField, textArea, textField } from '../form/fields.ts';
import { formState } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-documents.ts';
import '../locale/en-estimates.ts';
import { Screen } from '../screen.ts';
import { editorStyles } from './estimate-editor.styles.ts';
import { lineEditor, type LineContext } from './estimate-line-editor.ts';
import { show, sums, taxesEditor } from './estimate-parts.ts';
import { isBlank, sumsOf, type Rules, type Tongue } from './estimate-values.ts';
import { asEstimate, changeOf, emptyLine, ownLine, valuesOf, wrongIn, type InvoiceLine, type InvoiceValues } from './invoice-values.ts';
import { LineEditing } from './line-editing.ts';

/** What is typed has changed. It does not leave the screen. */
export class InvoiceDraftEvent extends Event {
  constructor() {
    super('cc-invoice-draft');
  }
}

const labels = {
  title: 'inv.title', contactId: 'inv.contact', lines: 'inv.lines', taxes: 'est.taxes', taxIncluded: 'est.taxIncluded', presentation: 'inv.presentation', dueOn: 'inv.dueOn', poNumber: 'inv.po',
  terms: 'inv.terms', otherWaysToPay: 'inv.otherWays', onlinePayment: 'inv.online',
} as const;

/**
 * The working copy of an invoice: lines, taxes, the day it is due, terms. Nothing is saved before somebody says so; what is typed survives
 * a reload until then.
 *
 * @event {InvoiceDraftEvent} cc-invoice-draft - What is typed, or what is saved, has changed.
 */
export class OfficeInvoiceEditor extends Screen {
  static override styles = [...screenStyles, editorStyles];

  /** The invoice as it was read or saved last. */
  @property({ attribute: false }) invoice!: Invoice;
  /** The job it is for. */
  @property({ attribute: false }) job!: JobOverview;

  #started = '';
  #read: Invoice | undefined;
  #told: InvoiceValues | undefined;
  #numbers: Localizer | undefined;

  readonly #form: Form<InvoiceValues> = new Form<InvoiceValues>(this, {
    name: () => `invoice ${this.invoice.id}`,
    check: (values) => wrongIn(values, this.#tongue),
    save: async ({ changed, version }) => {
      this.invoice = await changeInvoice(this.office, this.invoice.id, changeOf(changed, this.#tongue), version);
    },
    reread: async () => {
      const invoice = await readInvoice(this.office, this.invoice.id);
      return { values: this.#valuesOf(invoice), version: invoice.updatedAt };
    },
  });

  readonly #lines = new LineEditing<InvoiceLine>(this, this.#form as unknown as Form<{ lines: InvoiceLine[] } & Record<string, unknown>>, {
    empty: (before) => emptyLine(before?.taxes ?? this.#form.values!.taxes.map(({ key }) => key)),
    copy: ownLine,
    say: (line, n, of) => this.localizer.t('est.movedTo', { name: line.description || this.localizer.t('est.lineNumber', { n }), n, of }),
  });

  /** Numbers are read in the language in which they were written. */
  get #tongue(): Tongue {
    const { localizer: t, account } = this;
    const tag = this.#form.values?.tag ?? t.tag;
    if (tag === t.tag) return { t, numbers: t, currency: account.currency };
    const [language, region] = tag.split('-');
    if (this.#numbers?.tag !== tag) this.#numbers = new Localizer(language as Language, region);
    return { t, numbers: this.#numbers, currency: account.currency };
  }
  get #rules(): Rules {
    const { rounding = this.account.taxRounding, fixedTax } = this.invoice.draft;
    return { rounding, fixedTax };
  }
  #valuesOf = (invoice: Invoice, tongue = this.#tongue): InvoiceValues => valuesOf(invoice, this.job.job.onlinePayment, tongue);

  /** What is on file, with numbers as the language wants them. */
  get #anew(): InvoiceValues {
    const { localizer: t, account } = this;
    return this.#valuesOf(this.invoice, { t, numbers: t, currency: account.currency });
  }

  /** Whether something is typed that is not saved. */
  get dirty(): boolean {
    return this.#form.dirty;
  }

  /** What the preview is made of; undefined while something in it cannot be understood. Lines that are still empty do not count yet. */
  get change(): InvoiceChange | undefined {
    const { values } = this.#form;
    if (!values) return undefined;
    const shown = { ...values, lines: values.lines.filter((line) => !isBlank(line)) };
    if (Object.keys(wrongIn(shown, this.#tongue)).length > 0) return undefined;
    const { base } = this.#form;
    const changed = Object.fromEntries(Object.entries(shown).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(base?.[name])));
    return changeOf(changed, this.#tongue);
  }

  /** Saves what is typed. False when something is in the way, which then shows. */
  async save(): Promise<boolean> {
    if (this.#form.dirty || this.#form.problem) {
      if (!(await this.#form.save())) return false;
      this.#form.start(this.#anew, this.invoice.updatedAt);
    }
    this.dispatchEvent(new InvoiceDraftEvent());
    return true;
  }

  /** Whether it can be sent as it is; says what is in the way. */
  async ready(): Promise<boolean> {
    const form = this.#form;
    if (!form.values) return false;
    form.errors = { ...wrongIn(form.values, this.#tongue), ...this.#wrongToSend(form.values) };
    this.requestUpdate();
    if (Object.keys(form.errors).length === 0) return true;
    await this.updateComplete;
    this.shadowRoot!.querySelector<HTMLElement>('[aria-invalid=true], #lines-error')?.focus();
    return false;
  }

  #wrongToSend(values: InvoiceValues): Record<string, string> {
    const { localizer: t, invoice } = this;
    if (values.lines.length === 0 && invoice.draft.fixedTax === 0) return { lines: t.t('est.noLines') };
    const total = sumsOf(asEstimate(values), this.#tongue, this.#rules)?.total ?? 0;
    if (invoice.kind === 'credit' ? total > 0 : total < 0) return { lines: t.t(invoice.kind === 'credit' ? 'inv.creditPositive' : 'inv.negative') };
    return {};
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.invoice || !this.router) return;
    if (this.#started !== this.invoice.id) {
      this.#started = this.invoice.id;
      this.#lines.deleted = undefined;
      this.#form.start(this.#anew, this.invoice.updatedAt);
    } else if (this.#read !== this.invoice || this.#form.values?.tag !== this.localizer.tag) this.#form.refresh(this.#anew, this.invoice.updatedAt);
    this.#read = this.invoice;
  }

  protected override updated(): void {
    if (this.#form.values === this.#told) return;
    this.#told = this.#form.values;
    this.dispatchEvent(new InvoiceDraftEvent());
  }

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    const form = this.#form;
    if (!form.values) return nothing;
    return html`<div class="cc">
      <form novalidate aria-label=${t.t('inv.editor')} @submit=${this.#submit}>
        ${this.#about(form.values)} ${this.#lineList(form.values)} ${this.#taxes(form.values)} ${this.#paying()}
        <div class="save-bar">
          ${formState(t, form, { label: (field) => t.t(labels[field as keyof typeof labels] ?? 'inv.lines'), show: (field, value) => this.#show(field, value) })}
          <div class="actions">
            <button class="button" aria-disabled=${form.busy || !form.dirty ? 'true' : 'false'}>${t.t(form.busy ? 'form.saving' : 'est.saveDraft')}</button>
            <span class="small muted" role="status">${form.dirty ? t.t('est.unsaved') : this.invoice.version > 0 && this.invoice.changed ? t.t('est.savedNotSent') : nothing}</span>
          </div>
        </div>
      </form>
      <span class="visually-hidden" role="status">${this.#lines.spoken}</span>
    </div>`;
  }

  /** What it is about, for whom, until when, and how much of it the customer sees. */
  #about({ presentation }: InvoiceValues): TemplateResult {
    const { localizer: t, job, invoice } = this;
    const form = this.#form;
    const own = job.contacts.find(({ id }) => id === job.job.contactId) ?? job.contacts[0];
    const contacts = [['', own ? t.t('est.jobContact', { name: own.name }) : t.t('est.noContact')] as const, ...job.contacts.map(({ id, name }) => [id, name] as const)];
    const presentations = [['detailed', t.t('inv.detailed')], ['summary', t.t('inv.summary')]] as const;
    return html`<section class="panel padded">
      ${textField(t, form, 'title', t.t('inv.title'), { required: true })}
      <div class="beside">
        ${selectField(t, form, 'contactId', t.t('inv.contact'), contacts)}
        ${invoice.kind === 'credit' ? nothing : textField(t, form, 'dueOn', t.t('inv.dueOn'), { type: 'date', hint: t.t('inv.dueOnHint', { n: this.account.invoiceDueDays }) })}
        ${textField(t, form, 'poNumber', t.t('inv.po'))}
        ${selectField(t, form, 'presentation', t.t('inv.presentation'), presentations, { hint: t.t(presentation === 'summary' ? 'inv.summaryHint' : 'inv.detailedHint') })}
      </div>
    </section>`;
  }

  #lineList(values: InvoiceValues): TemplateResult {
    const { localizer: t, formats } = this;
    const { errors } = this.#form;
    const { deleted } = this.#lines;
    return html`<section class="panel padded">
      ${this.#heading(t.t('inv.lines'))}
      <ol class="lines">
        ${repeat(values.lines, ({ id }) => id, (line, index) => lineEditor(line, index, this.#context(values)))}
      </ol>
      ${errors['lines'] === undefined ? nothing : html`<p id="lines-error" class="error" role="alert" tabindex="-1">${errors['lines'] || t.t('inv.linesRefused')}</p>`}
      ${values.lines.length === 0 && errors['lines'] === undefined ? html`<p class="muted">${t.t('inv.noLines')}</p>` : nothing}
      ${deleted
        ? html`<p class="banner plain undo" role="status">
            ${t.t('est.lineDeleted', { name: deleted.line.description || t.t('est.lineNumber', { n: deleted.index + 1 }) })}
            <button type="button" id="undo" class="link" @click=${this.#lines.undo}>${t.t('est.undo')}</button>
          </p>`
        : nothing}
      <div class="actions">
        <button type="button" class="button" id="add-line" @click=${() => this.#lines.add(values.lines.length - 1)}>${t.t('est.addLine')}</button>
        <span class="small muted keys-hint">${t.t('est.keys')}</span>
      </div>
      ${sums(asEstimate(values), this.#tongue, this.#rules, formats)}
    </section>`;
  }

  #taxes(values: InvoiceValues): TemplateResult {
    const { localizer: t } = this;
    return html`<section class="panel padded">
      ${this.#heading(t.t('est.taxes'))} ${taxesEditor(asEstimate(values), this.account.taxes, this.formats, this.#setTaxes)} ${checkField(this.#form, 'taxIncluded', t.t('est.taxIncluded'), t.t('est.taxIncludedHint'))}
    </section>`;
  }

  #paying(): TemplateResult {
    const { localizer: t } = this;
    const form = this.#form;
    return html`<section class="panel padded">
      ${this.#heading(t.t('inv.terms'))} ${textArea(t, form, 'terms', t.t('inv.terms'), { rows: 4 })}
      ${this.invoice.kind === 'credit'
        ? nothing
        : html`${textArea(t, form, 'otherWaysToPay', t.t('inv.otherWays'), { rows: 3 })} ${checkField(form, 'onlinePayment', t.t('inv.online'), this.invoice.version > 0 ? t.t('inv.onlineHint') : undefined)}`}
    </section>`;
  }

  #heading(words: string): TemplateResult {
    return html`<span class="sub" role="heading" aria-level=${this.level + 1}>${words}</span>`;
  }

  #context(values: InvoiceValues): LineContext {
    const { set, toggle, add, duplicate, move, remove, open } = this.#lines;
    const none = () => undefined;
    return {
      formats: this.formats, tongue: this.#tongue, values: asEstimate(values), errors: this.#form.errors, open, set, toggle, add, duplicate, remove, part: none, preselect: none,
      move: (index, step) => void move(index, step), fact: (index) => this.#fact(values.lines[index]!),
    };
  }

  /** What a line stands for on the job. */
  #fact({ chargeId, depositId }: InvoiceLine): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    return chargeId || depositId ? html`<p class="small muted">${t.t(chargeId ? 'inv.ofCharge' : 'inv.ofDeposit')}</p>` : nothing;
  }

  #show(name: string, value: unknown): string {
    const { localizer: t } = this;
    if (name === 'presentation') return t.t(value === 'summary' ? 'inv.summary' : 'inv.detailed');
    if (name === 'onlinePayment') return t.t(value ? 'est.yes' : 'est.no');
    return show.value(name === 'dueOn' ? 'expiresOn' : name, value, this.#tongue, this.formats, this.job.contacts);
  }

  /** A tax that is added applies to every line; one that is taken away, to none. */
  #setTaxes = (taxes: InvoiceValues['taxes']): void => {
    const { values } = this.#form;
    const added = taxes.filter(({ key }) => !values!.taxes.some((tax) => tax.key === key)).map(({ key }) => key);
    const known = new Set(taxes.map(({ key }) => key));
    this.#form.set('taxes', taxes);
    this.#form.set('lines', values!.lines.map((line) => ({ ...line, taxes: [...line.taxes.filter((key) => known.has(key)), ...added] })));
    void this.updateComplete.then(() => this.shadowRoot!.querySelector<HTMLElement>('#tax-add, #tax-end')?.focus());
  };

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.dirty && (await this.save())) this.say(this.localizer.t('office.saved'));
  };
}

define('cc-office-invoice-editor', OfficeInvoiceEditor);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-invoice-editor': OfficeInvoiceEditor;
  }
}
