import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { InvoiceView } from '../../../server/contract/invoices.ts';
import '../../locale/en-center.ts';
import '../../locale/en-documents.ts';
import '../../locale/en-due.ts';
import '../../locale/en-invoices.ts';
import { formatsOf } from '../../locale/formats.ts';
import { define as defineTag } from '../../parts/define.ts';
import { PaperActions } from '../../parts/paper-actions.ts';
import { paperHead, paperSender, paperTerms, type PaperContext } from '../../parts/paper.ts';
import { payButton, pendingNotes } from './due.ts';
import { styles } from './invoice.styles.ts';
import { invoicePaper, waysToPay } from './invoice-paper.ts';
import { invoiceName, invoicePill } from './invoice-state.ts';
import { PaperView } from './paper-view.ts';

/**
 * One invoice, deposit invoice or credit as its customer reads it; also what a document link to one opens.
 *
 * @event {AllMyJobsEvent} cc-all-my-jobs - The reader of a document link asks for the whole center.
 * @csspart title - What the invoice is about, as the contractor calls it.
 * @csspart pill - The state as a word.
 * @csspart card - The paper, and a card below it.
 * @csspart section-title - A heading on a card.
 * @csspart charges - The table of lines.
 * @csspart sums - Subtotal, taxes, total, payments and what is due.
 * @csspart label - Label of a field, in “Send it on”.
 * @csspart field - A field, in “Send it on”.
 * @csspart button - A button.
 * @csspart empty - What stands in the place of an invoice that is gone.
 * @csspart error - Why something could not be done.
 * @csspart notice - A remark above the invoice, such as a payment on its way.
 * @csspart skeleton - Bars that stand for the invoice while it loads.
 */
export class ViewInvoice extends PaperView<InvoiceView> {
  static override styles = styles;

  protected override readonly kind = 'invoice';

  readonly #actions = new PaperActions(this, () => {
    const { version, rights } = this.resource.value!;
    return { client: this.client, base: this.base, version, rights };
  });
  /** Which invoice, for a signed-in person. */
  @property({ attribute: false }) invoiceId = '';

  protected override updated(_changed: PropertyValues<this>): void {
    if (this.resource.value) this.#actions.opened();
  }

  protected override get wanted(): string {
    return this.invoiceId;
  }

  protected override get words() {
    const t = this.localizer;
    return {
      heading: t.t('invoices.invoice'),
      back: t.t('shell.back'),
      link: t.t('invoice.linkLead'),
      gone: t.t('invoice.gone'),
      goneLead: t.t('invoice.goneLead'),
    };
  }

  readonly #receipt = (id: string): void => this.router.go(`/payments/${id}`);

  protected override paper(invoice: InvoiceView): TemplateResult {
    const { content, version } = invoice;
    const t = this.localizer;
    const formats = formatsOf(t, this.card.timeZone);
    const context: PaperContext = { formats, lang: content.locale, level: this.level + 1 };
    const name = invoiceName(content, formats);
    const pay = payButton(this, invoice, formats);
    return html`
      ${paperSender(content.from, t)}
      ${paperHead({
        number: version > 1 ? `${name} · ${t.t('document.version', { version })}` : name,
        pill: invoicePill({ ...invoice, kind: content.kind, dueOn: content.dueOn }, formats),
        subject: content.title,
        place: [t.t('document.for', { name: content.to.customer }), ...content.address.slice(0, 2)].join(' · '),
        level: this.level,
        lang: content.locale,
      })}
      ${invoice.status === 'void' ? html`<p class="stale" part="notice">${t.t('invoice.voidLead')}</p>` : nothing}
      ${invoice.disputed ? html`<p class="stale" part="notice">${t.t('payment.disputed', { name: content.from.name })}</p>` : nothing}
      ${pendingNotes(this, this.document, invoice, formats)} ${pay === nothing ? nothing : html`<div class="pay">${pay}</div>`}
      ${this.#actions.render(t, this.level + 1)} ${invoicePaper(invoice, context, this.#receipt)} ${waysToPay(invoice, context)}
      ${paperTerms(content.terms, context)} ${pay === nothing ? nothing : html`<div class="foot">${pay}</div>`}
    `;
  }
}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-invoice', ViewInvoice);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-invoice': ViewInvoice;
  }
}
