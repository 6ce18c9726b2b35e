import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PaymentAttempt } from '../../../server/contract/payments.ts';
import { ApiError } from '../../data/client.ts';
import { downloadReceipt, payBase, readPayment, syncPayment } from '../../data/payments.ts';
import '../../locale/en-center.ts';
import '../../locale/en-documents.ts';
import '../../locale/en-due.ts';
import '../../locale/en-paying.ts';
import '../../locale/en-receipt.ts';
import { formatsOf, type Formats } from '../../locale/formats.ts';
import { define as defineTag } from '../../parts/define.ts';
import { backButton, paperFacts, paperSender, sumList, sumRow, type PaperContext } from '../../parts/paper.ts';
import { printOnly } from '../../parts/print.ts';
import { Resource } from '../../parts/resource.ts';
import { skeleton } from '../../parts/skeleton.ts';
import { failed, stale } from '../../parts/states.ts';
import { CcPaymentEvent } from '../../payment-event.ts';
import { View } from '../view.ts';
import { again, lastPaid, payPath } from './pay-path.ts';
import { styles } from './pay-view.styles.ts';
import { cardName, declineWords, typeName, underWay } from './paying.ts';

/** After so long each, in ms, the server is asked by itself once more what it could not learn from Stripe. */
const waits = [3_000, 6_000, 12_000];

interface Seen extends PaymentAttempt {
  /** Stripe could not be asked: what is stored may be out of date, and somebody may have paid. */
  isUnsure?: boolean;
}

/**
 * One payment: the receipt of one that was made, how one on its way stands, or why one did not work. Also where a bank sends the payer back to.
 *
 * @csspart title - The outcome, as the view's heading.
 * @csspart card - The receipt.
 * @csspart sums - What was paid of each invoice, the tip, the total, what went back.
 * @csspart button - A button.
 * @csspart link - A link that leaves the center.
 * @csspart notice - A remark about the payment.
 * @csspart error - Why the payment, or something else, did not work.
 * @csspart skeleton - Bars that stand for the payment while it loads.
 */
export class ViewPayment extends View {
  static override styles = styles;

  readonly #payment = new Resource<Seen>(this, (signal) => this.#read(signal));
  #shown: string | undefined;
  #busy = false;
  #tries = 0;
  #later: ReturnType<typeof setTimeout> | undefined;

  /** Why a download did not start. */
  @state() private trouble = '';
  /** What is said to those who cannot see that somebody has looked. */
  @state() private said = '';

  /** Which payment. */
  @property({ attribute: false }) paymentId = '';
  /** Which document link, for its reader. */
  @property({ attribute: false }) document: string | undefined;

  get #base(): string {
    return payBase(this.customer, this.document);
  }

  /** Of one that is not settled, the server asks Stripe: neither the address nor the browser proves anything. */
  async #read(signal: AbortSignal): Promise<Seen> {
    const { client, paymentId: id } = this;
    const payment = await readPayment(client, this.#base, id, signal);
    if (payment.state !== 'open' && payment.state !== 'processing') return payment;
    return syncPayment(client, this.#base, id, signal).catch(() => ({ ...payment, isUnsure: payment.state === 'open' && !payment.verifyUrl }));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#later);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.paymentId === this.#shown) return;
    this.#shown = this.paymentId;
    void this.#open();
  }

  /** In the browser that pays, the outcome takes the focus. */
  async #open(): Promise<void> {
    this.#tries = 0;
    this.said = '';
    await this.#payment.load({ forget: true });
    const { value } = this.#payment;
    const isPayer = value && this.router.restoreDraft(underWay) === value.id;
    this.#learn();
    if (isPayer) await this.#attract();
  }

  /** Looks anew. What has changed takes the focus from a button that means something else now; whoever is elsewhere only hears of it. */
  async #look(byItself = false): Promise<void> {
    const before = this.#title;
    const wasHere = this.shadowRoot!.activeElement !== null;
    if (!byItself) this.said = this.localizer.t('shell.loading');
    await this.#payment.load();
    this.#learn();
    const isChanged = this.#title !== before;
    const isHere = wasHere && (this.shadowRoot!.activeElement !== null || document.activeElement === document.body);
    this.said = (isChanged ? isHere : byItself) ? '' : this.#title;
    if (isChanged && isHere) await this.#attract();
  }

  async #attract(): Promise<void> {
    await this.updateComplete;
    this.focus();
  }

  /** The page of the browser that pays is told once. While nobody knows the outcome, it is asked for again. */
  #learn(): void {
    const { value } = this.#payment;
    clearTimeout(this.#later);
    if (!value || !this.isConnected) return;
    const { id, state: outcome, amount, isUnsure } = value;
    if (isUnsure) {
      const wait = waits[this.#tries++];
      if (wait) this.#later = setTimeout(() => void this.#look(true), wait);
    } else if (this.router.restoreDraft(underWay) === id) {
      this.router.saveDraft(underWay, undefined);
      this.router.saveDraft(lastPaid, String(Date.now()));
      if (outcome === 'succeeded' || outcome === 'processing') this.dispatchEvent(new CcPaymentEvent(id, outcome, amount.amount, amount.currency));
    }
  }

  get #title(): string {
    const { value } = this.#payment;
    return value ? this.#outcome(value)[0] : '';
  }

  get #formats(): Formats {
    return formatsOf(this.localizer, this.card.timeZone);
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const { value, error, loading, offline } = this.#payment;
    return html`<div class="cc">
      ${backButton(t.t('shell.back'), () => this.router.back(this.document ? '/' : '/invoices'))}
      ${value
        ? html`${offline || error ? stale(t, error) : nothing}${this.#content(value)}`
        : html`<span id="heading" class="visually-hidden" role="heading" aria-level=${this.level} tabindex="-1">${t.t('receipt.title')}</span>
            <div class="card" part="card">${error ? failed(t, this.card, error, () => void this.#open()) : skeleton(t, 3)}</div>`}
      <span class="visually-hidden" role="status">${loading && !value ? t.t('shell.loading') : this.said}</span>
    </div>`;
  }

  /** In a few words, and what there is to say or do. */
  #outcome({ state: outcome, amount: money, refunded, own, decline, method, verifyUrl, isUnsure }: Seen): [title: string, lead: string] {
    const t = this.localizer;
    const amount = this.#formats.money(money);
    if (outcome === 'succeeded') {
      const back = refunded.amount > 0 ? t.t('receipt.refunded', { amount: this.#formats.money(refunded) }) : '';
      return [t.t(refunded.amount >= money.amount ? 'payment.refund' : own ? 'receipt.thanks' : 'receipt.paid', { amount }), back];
    }
    if (isUnsure) return [t.t('receipt.unsure'), t.t('receipt.unsureLead')];
    if (verifyUrl) return [t.t('receipt.verify'), t.t('receipt.verifyLead', { amount })];
    if (outcome === 'processing') return [t.t('receipt.onWay', { amount }), t.t('receipt.onWayLead')];
    const why = decline ? declineWords(decline, method?.type, t) : '';
    // Those two say it themselves.
    const then = outcome === 'failed' ? t.t('receipt.dueAgain') : decline === 'mismatch' || decline === 'tryAgain' ? '' : t.t('receipt.nothingCharged');
    return [t.t(outcome === 'failed' || decline ? 'receipt.failed' : 'receipt.open'), `${why} ${then}`.trim()];
  }

  #content(payment: Seen): TemplateResult {
    const t = this.localizer;
    const { state: outcome, verifyUrl, disputed, isUnsure, receiptNumber } = payment;
    const isPaid = outcome === 'succeeded';
    const isOpen = !isPaid && (verifyUrl || isUnsure || outcome === 'processing');
    const [title, lead] = this.#outcome(payment);
    const button = (label: string, act: () => void, style = '') =>
      html`<button type="button" class="button ${style}" part="button" @click=${act}>${label}</button>`;
    return html`${paperSender(this.card, t)}
      <div class="head">
        <span id="heading" class="subject ${isPaid ? 'screen' : ''}" part="title" role="heading" aria-level=${this.level} tabindex="-1">${title}</span>
        ${isPaid ? html`<span class="subject on-paper" aria-hidden="true">${t.t('receipt.number')} ${receiptNumber}</span>` : nothing}
        ${lead ? html`<p class="place">${lead}</p>` : nothing}
      </div>
      ${disputed ? html`<p class="stale" part="notice">${t.t('receipt.disputed', { name: this.card.name })}</p>` : nothing}
      <div class="actions screen">
        ${isPaid ? html`${button(t.t('document.download'), () => void this.#download())} ${button(t.t('document.print'), () => printOnly(this))}` : nothing}
        ${isOpen && verifyUrl
          ? html`<a class="button primary" part="link" href=${verifyUrl} target="_blank" rel="noopener noreferrer">${t.t('pending.confirm')}</a>`
          : nothing}
        ${isOpen ? button(t.t('receipt.look'), () => void this.#look()) : nothing}
        ${isPaid || isOpen ? nothing : button(t.t('receipt.again'), () => this.#again(payment), 'primary')}
      </div>
      ${this.trouble ? html`<p class="error screen" part="error" role="alert">${this.trouble}</p>` : nothing} ${this.#receipt(payment)}`;
  }

  #receipt({ state: outcome, receiptNumber, paidAt, method, items, tip, amount, refunds }: PaymentAttempt): TemplateResult {
    const t = this.localizer;
    const formats = this.#formats;
    const context: PaperContext = { formats, lang: this.card.locale, level: this.level + 1 };
    const { document } = this.session ?? {};
    const row = ({ invoiceId, number, title, amount: part }: PaymentAttempt['items'][number]) => {
      const name = t.t('document.invoice', { number });
      const isHere = !document || document.documentId === invoiceId;
      const link = isHere
        ? html`<button type="button" role="link" class="link" part="button" @click=${() => this.router.go(`/invoices/${invoiceId}`)}>${name}</button>`
        : name;
      return html`<div class="sum"><dt>${link} <span class="small muted" lang=${this.card.locale}>${title}</span></dt><dd>${formats.money(part)}</dd></div>`;
    };
    return html`<section class="card paper" part="card">
      ${paperFacts([
        [t.t('receipt.number'), receiptNumber],
        [t.t('receipt.date'), paidAt && formats.date(paidAt, 'medium')],
        [t.t(outcome === 'succeeded' ? 'receipt.method' : 'receipt.way'), method && this.#method(method)],
      ])}
      ${sumList(
        items.map(row),
        tip.amount ? sumRow(t.t('pay.tip'), tip, context) : nothing,
        sumRow(t.t('paper.total'), amount, context, { tone: 'total' }),
        refunds.map((refund) => {
          const note = [formats.date(refund.on, 'medium'), refund.state === 'pending' && t.t('receipt.refundWaiting')].filter(Boolean).join(', ');
          return sumRow(t.t('payment.refund'), { ...refund.amount, amount: -refund.amount.amount }, context, { note });
        }),
      )}
    </section>`;
  }

  /** “Visa ending 4242”, “Bank account ending 6789”, “Klarna”. */
  #method({ type, brand, last4 }: NonNullable<PaymentAttempt['method']>): string {
    const t = this.localizer;
    return cardName({ brand: /bank|debit/.test(type) ? t.t('receipt.bank') : (brand ?? typeName(type, t)), last4 }, t);
  }

  async #download(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.trouble = '';
    try {
      await downloadReceipt(this.client, this.#base, this.paymentId);
    } catch (error) {
      this.trouble = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
    }
    this.#busy = false;
  }

  #again({ items }: PaymentAttempt): void {
    this.router.saveDraft(again, '1');
    this.router.go(payPath(this.router, items.map(({ invoiceId }) => invoiceId)), { replace: true });
  }
}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-payment', ViewPayment);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-payment': ViewPayment;
  }
}
