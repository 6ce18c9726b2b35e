import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import type { Invoice, InvoiceView } from '../../../server/contract/invoices.ts';
import type { JobOverview } from '../../../server/contract/office.ts';
import type { News } from '../../data/live.ts';
import {
  deleteInvoice, previewInvoice, previewSaved, readInvoiceScreen, remindOfInvoice, sendInvoice, voidInvoice, type InvoiceChange,
} from '../../data/office-invoices.ts';
import '../../locale/en-documents.ts';
import { define as defineTag } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { empty } from '../../parts/states.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-documents.ts';
import '../locale/en-estimates.ts';
import { instead, outOfDate } from '../states.ts';
import { factPills, versionList } from './document-facts.ts';
import { DocumentScreen } from './document-screen.ts';
import { statusPill } from './document-words.ts';
import { LivePreview } from './estimate-live.ts';
import { estimateStyles } from './estimate.styles.ts';
import type { OfficeInvoiceEditor } from './invoice-editor.ts';
import './invoice-editor.ts';
import './invoice-money.ts';
import './invoice-preview.ts';
import './record-payment.ts';
import type { SendWish, SentLink } from './send-dialog.ts';
import './send-dialog.ts';

type Read = Awaited<ReturnType<typeof readInvoiceScreen>>;

const names = { invoice: 'document.invoice', deposit: 'document.deposit', credit: 'document.credit' } as const;

/** Whether its customer still has something to pay of it. */
const isWaiting = ({ kind, status, due }: Invoice) => kind !== 'credit' && (status === 'sent' || status === 'partlyPaid') && due.amount > 0;

/** One invoice, deposit invoice or credit: written with the customer's view of it beside, sent, followed, paid, refunded. */
export class OfficeInvoice extends DocumentScreen<'send' | 'remind' | 'void' | 'delete' | 'pay'> {
  static override styles = [...screenStyles, estimateStyles];

  @query('cc-office-invoice-editor') private editor!: OfficeInvoiceEditor | null;

  readonly #read = new Resource<Read>(this, (signal) => readInvoiceScreen(this.office, this.thing, signal));
  readonly #preview = new LivePreview<InvoiceView, InvoiceChange>(this, (change, signal) =>
    this.#read.value?.invoice.status === 'void' ? previewSaved(this.office, this.thing, signal) : previewInvoice(this.office, this.thing, change, signal),
  );
  #shown = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.office || !this.thing || this.thing === this.#shown) return;
    this.#shown = this.thing;
    this.begin();
    this.#preview.reset();
    void this.#load({ forget: true });
  }

  async #load(how?: { forget: boolean }): Promise<void> {
    await this.#read.load(how);
    if (!this.#read.value) return;
    await this.updateComplete;
    // What the customer sees also changes by what was paid.
    this.#preview.follow(this.editor ? this.editor.change : {}, { anew: true });
  }

  protected override heard({ what, id }: News): void {
    const { value } = this.#read;
    if (!value) return;
    const isMine = what === 'again' || what === 'payment' || (what === 'invoice' && id === this.thing) || (what === 'job' && id === value.invoice.jobId) || (what === 'notice' && value.invoice.version > 0);
    if (isMine) void this.#load();
  }

  /** The invoice as it stands after something was done here. */
  #learn(invoice: Invoice): void {
    const { value } = this.#read;
    if (!value || invoice === value.invoice) return;
    this.#read.value = { ...value, invoice };
    this.requestUpdate();
  }

  readonly #follow = (): void => {
    const { editor } = this;
    if (!editor) return;
    this.#learn(editor.invoice);
    this.#preview.follow(editor.change);
  };

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { value, error } = this.#read;
    if (!value)
      return html`<div class="cc screen">
        <span id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('inv.invoice')}</span>
        ${error?.code === 'not_found'
          ? empty(t.t('inv.gone'), t.t('inv.goneLead'), html`<button type="button" class="button" @click=${() => this.router.go('/documents/invoices')}>${t.t('inv.all')}</button>`)
          : instead(t, error, () => void this.#load())}
      </div>`;
    const { invoice, job, online } = value;
    return html`<div class="cc screen estimate" data-side=${this.side} @cc-invoice-paid=${() => void this.#load()}>
        ${error ? outOfDate(t, error) : nothing} ${this.#head(invoice, job)} ${this.trouble ? html`<p class="banner bad" role="alert">${t.problem(this.trouble)}</p>` : nothing}
        ${this.sides(t.t('inv.views'), { edit: t.t('inv.editor'), preview: t.t('inv.preview') })}
        <div class="halves">
          <div class="stack writing">
            ${this.#note(invoice)}
            ${invoice.version > 0 ? html`<cc-office-invoice-money .invoice=${invoice} .online=${online} .level=${this.level + 1}></cc-office-invoice-money>` : nothing}
            ${invoice.status === 'void' ? nothing : html`<cc-office-invoice-editor .invoice=${invoice} .job=${job} .level=${this.level} @cc-invoice-draft=${this.#follow}></cc-office-invoice-editor>`}
            ${this.#versions(invoice)} ${this.#rest(invoice)}
          </div>
          ${this.#look()}
        </div>
      </div>
      ${this.#dialogs(invoice, job)}`;
  }

  #head(invoice: Invoice, { job, customer }: JobOverview): TemplateResult {
    const { localizer: t, formats } = this;
    const { number, version, status, draft, kind, overdue, changed } = invoice;
    const contactId = draft.contactId ?? job.contactId ?? this.#read.value!.job.contacts[0]?.id;
    const go = (path: string, words: string) => html`<button type="button" role="link" class="link" @click=${() => this.router.go(path)}>${words}</button>`;
    const name = number === null ? t.t(`inv.${kind}`) : t.t(names[kind], { number });
    const isToSend = version === 0 || changed;
    const open = (dialog: 'remind' | 'pay', words: string, tone = '') => html`<button type="button" class="button ${tone}" @click=${() => (this.dialog = dialog)}>${words}</button>`;
    return html`<header class="head">
      <div class="grow">
        <p class="over">
          ${name}${version > 0 ? ` · ${t.t('document.version', { version })}` : ''} · ${go(`/jobs/${job.id}`, t.t('inv.job', { number: job.number }))} · ${go(`/customers/${customer.id}`, customer.name)}
        </p>
        <span id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${draft.title}</span>
      </div>
      <div class="actions">
        ${version > 0 && contactId ? html`<button type="button" class="button" @click=${() => this.router.go(`/customers/${customer.id}/see/${contactId}?at=/invoices/${this.thing}`)}>${t.t('inv.see')}</button>` : nothing}
        ${isWaiting(invoice) ? html`${open('remind', t.t('inv.remind'))} ${open('pay', t.t('inv.record'), isToSend ? '' : 'primary')}` : nothing}
        ${status === 'void'
          ? nothing
          : html`<button type="button" class="button ${isToSend ? 'primary' : ''}" aria-disabled=${this.busy ? 'true' : 'false'} @click=${this.#send}>${t.t(version > 0 ? 'inv.sendAgain' : 'inv.send')}</button>`}
      </div>
      <div class="facts-row">${statusPill({ status: overdue ? 'overdue' : status, total: invoice.total }, t)} ${factPills(invoice.versions, formats)}</div>
    </header>`;
  }

  /** What the customer knows of it by now. */
  #note({ status, version, changed }: Invoice): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    const words = status === 'void' ? t.t('inv.voidNote') : version === 0 ? t.t('inv.draftNote') : changed ? t.t('inv.changedNote', { version }) : '';
    return words ? html`<p class="small muted">${words}</p>` : nothing;
  }

  #look(): TemplateResult {
    const { localizer: t } = this;
    const { behind, value } = this.#preview;
    const words = !behind ? '' : behind === 'incomplete' ? t.t('inv.previewWaits') : t.t('inv.previewFailed', { problem: t.problem(behind) });
    return html`<section class="looking" aria-label=${t.t('inv.previewTitle')} tabindex="0">
      <p class="over">${t.t('inv.previewTitle')}</p>
      <div role="status">${words ? html`<p class="banner warn small">${words}</p>` : nothing}</div>
      ${value ? html`<cc-office-invoice-preview .invoice=${value}></cc-office-invoice-preview>` : behind ? nothing : instead(t, undefined, () => undefined)}
    </section>`;
  }

  #versions({ versions }: Invoice): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    if (versions.length === 0) return nothing;
    return html`<section class="panel">
      <div class="panel-head"><span class="sub" role="heading" aria-level=${this.level + 1}>${t.t('inv.versions')}</span></div>
      ${versionList(versions, this.formats)}
    </section>`;
  }

  /** What is done rarely, and cannot be undone. */
  #rest({ version, status }: Invoice): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    if (status === 'void') return nothing;
    const what = version === 0 ? 'delete' : 'void';
    return html`<div class="actions"><button type="button" class="button quiet danger" @click=${() => (this.dialog = what)}>${t.t(`inv.${what}`)}</button></div>`;
  }

  #dialogs(invoice: Invoice, { job, contacts }: JobOverview): TemplateResult | typeof nothing {
    const { localizer: t, dialog } = this;
    if (!dialog) return nothing;
    if (dialog === 'pay')
      return html`<cc-office-record-payment
        .invoice=${{ id: invoice.id, number: invoice.number, customerId: invoice.customerId }}
        .due=${invoice.due.amount}
        @cc-office-saved=${() => void this.#load()}
        @cc-dialog-close=${this.closeDialog}
      ></cc-office-record-payment>`;
    if (dialog === 'send' || dialog === 'remind') {
      const isReminder = dialog === 'remind';
      const sending = invoice.version === 0 ? '' : invoice.changed ? t.t('inv.sendNew', { version: invoice.version + 1 }) : t.t('inv.sendSame');
      return html`<cc-office-send
        .heading=${t.t(isReminder ? 'inv.remindHeading' : 'inv.sendHeading')}
        .document=${invoice.id}
        .contacts=${contacts}
        .contactId=${invoice.draft.contactId ?? job.contactId}
        .lead=${isReminder ? t.t('inv.remindLead', { amount: this.formats.money(invoice.due) }) : sending}
        .reminder=${isReminder}
        .send=${isReminder ? this.#remindNow : this.#sendNow}
        @cc-dialog-close=${this.closeDialog}
      ></cc-office-send>`;
    }
    const words = { heading: t.t(`inv.${dialog}Heading`), lead: t.t(`inv.${dialog}Lead`), deed: t.t(`inv.${dialog}`) };
    return this.question(words, dialog === 'delete' ? this.#delete : this.#void);
  }

  /** Saves what is typed, then asks how it shall travel. */
  readonly #send = async (): Promise<void> => {
    if (!(await this.saved(this.editor))) return;
    this.#learn(this.editor!.invoice);
    this.dialog = 'send';
  };

  readonly #sendNow = async ({ contactId, channels, note }: SendWish, key: string): Promise<readonly SentLink[]> => {
    const { invoice, links } = await sendInvoice(this.office, this.thing, { contactId, channels, note }, this.#read.value!.invoice.updatedAt, key);
    this.#learn(invoice);
    this.#preview.follow(this.editor?.change, { anew: true });
    return links;
  };

  readonly #remindNow = async ({ contactId, channels, note }: SendWish, key: string): Promise<readonly SentLink[]> => {
    this.#learn(await remindOfInvoice(this.office, this.thing, { contactId, channels, note }, key));
    return [];
  };

  readonly #void = (): Promise<void> =>
    this.attempt(async () => {
      this.#learn(await voidInvoice(this.office, this.thing, this.#read.value!.invoice.updatedAt));
      this.say(this.localizer.t('inv.voided'));
      void this.#load();
    });

  readonly #delete = (): Promise<void> =>
    this.attempt(async () => {
      await deleteInvoice(this.office, this.thing);
      this.say(this.localizer.t('office.deleted'));
      this.router.go(`/jobs/${this.#read.value!.invoice.jobId}`, { replace: true });
    });

  protected override reread(): void {
    void this.#load();
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-invoice', OfficeInvoice);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-invoice': OfficeInvoice;
  }
}
