import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { BlockedItem, PaymentOptions, SavedCard } from '../../../server/contract/payments.ts';
import { ApiError } from '../../data/client.ts';
import { pageUrl, payBase, readCards, readOptions, readPayables, startPayment, syncPayment } from '../../data/payments.ts';
import { stripeAmount } from '../../data/stripe.ts';
import { decimalsOf } from '../../locale/amounts.ts';
import '../../locale/en-center.ts';
import '../../locale/en-documents.ts';
import '../../locale/en-due.ts';
import '../../locale/en-paying.ts';
import { formatsOf } from '../../locale/formats.ts';
import { define as defineTag } from '../../parts/define.ts';
import { backButton, paperTitle } from '../../parts/paper.ts';
import { Resource } from '../../parts/resource.ts';
import { skeleton } from '../../parts/skeleton.ts';
import { empty, failed } from '../../parts/states.ts';
import { StripeForm } from '../../parts/stripe-form.ts';
import { View } from '../view.ts';
import { Basket, type Choices } from './pay-basket.ts';
import { amounts, isLittle, keepChoice, least, leftOut, moneyOf, nothingToPay, radio, tipChoice, wrongAmounts, type PayContext } from './pay-parts.ts';
import { again, selected } from './pay-path.ts';
import { styles } from './pay-view.styles.ts';
import { cardName, declineWords, isLost, reasonOf, stripeSlot, underWay, type Refused } from './paying.ts';

/** What the view needs before it loads anything from Stripe. */
interface Opened {
  options: PaymentOptions;
  basket: Basket;
  cards: SavedCard[];
}

/**
 * Paying one invoice or several: amounts, a tip where the contractor asks for one, a saved card or the form of Stripe.
 *
 * @csspart title - The view's heading.
 * @csspart form - The form.
 * @csspart card - A card: what is paid, the tip, how.
 * @csspart section-title - The heading of a card.
 * @csspart sums - What is paid of each invoice, and the total.
 * @csspart label - What a choice is about.
 * @csspart field - A field.
 * @csspart button - A button.
 * @csspart notice - Invoices that cannot be paid with the others.
 * @csspart error - Why a payment did not work, or what is wrong beside a field.
 * @csspart empty - What stands in the place of a form where nothing can be paid.
 * @csspart skeleton - Bars that stand for the view while it loads.
 */
export class ViewPay extends View {
  static override styles = styles;

  readonly #opened = new Resource<Opened>(this, (signal) => this.#read(signal));
  readonly #form = new StripeForm(this, () => {
    const { options, basket } = this.#opened.value ?? {};
    if (!options?.available || basket!.payable.length === 0) return undefined;
    const amount = stripeAmount(this.#lastTotal, options.currency, decimalsOf(options.currency));
    return { options, mode: 'payment', amount, keep: this.#keeps, form: !this.savedCard, lang: this.localizer.lang };
  });
  #shown: string | undefined;
  /** The total when it was last an amount: what the form of Stripe knows. */
  #lastTotal = 1;
  /** With what Stripe was asked last. */
  #tried = '';

  @state() private problems: Record<string, string> = {};
  /** Id of the saved card that pays; none: the form does. */
  @state() private savedCard = '';
  @state() private keep = false;
  @state() private busy = false;
  @state() private hasFocus = false;
  @state() private trouble = '';

  /** Ids of the invoices, with slashes between them. */
  @property({ attribute: false }) payId = '';
  /** Which document link, for its reader. */
  @property({ attribute: false }) document: string | undefined;

  get #base(): string {
    return payBase(this.customer, this.document);
  }

  /** What is kept is a card, whatever was ticked before another way was chosen. */
  get #keeps(): boolean {
    return this.keep && this.#form.type === 'card';
  }

  get #draft(): string {
    return `pay ${this.payId}`;
  }

  async #read(signal: AbortSignal): Promise<Opened> {
    const { client, router, customer, document } = this;
    await this.#resume(signal);
    const ids = (this.payId === selected ? router.restoreDraft(selected) : undefined) ?? this.payId;
    const [options, dues] = await Promise.all([readOptions(client, this.#base, signal), readPayables(client, customer, document, ids.split('/'), signal)]);
    const cards = options.saveCards ? await readCards(client, this.#base, signal).catch(() => []) : [];
    const choices = router.restoreDraft(this.#draft);
    return { options, basket: new Basket(options, dues, this.localizer.tag, choices ? (JSON.parse(choices) as Choices) : undefined), cards };
  }

  /** A payment that was begun and not heard of again, because the page went away meanwhile, may have worked. */
  async #resume(signal: AbortSignal): Promise<void> {
    const id = this.router.restoreDraft(underWay);
    if (!id) return;
    try {
      await this.#settle(id, undefined, signal);
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'not_found')) throw error;
      this.router.saveDraft(underWay, undefined);
    }
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const wanted = `${this.document ?? this.customer} ${this.payId}`;
    if (wanted !== this.#shown) {
      this.#shown = wanted;
      this.trouble = '';
      void this.#open();
    }
    this.#lastTotal = this.#opened.value?.basket.total || this.#lastTotal;
  }

  protected override firstUpdated(): void {
    if (!this.router.restoreDraft(again)) return;
    this.router.saveDraft(again, undefined);
    this.focus();
  }

  async #open(): Promise<void> {
    await this.#opened.load({ forget: true });
    this.savedCard = this.#opened.value?.cards.find(({ preferred }) => preferred)?.id ?? '';
  }

  get #context(): PayContext {
    const { options, basket } = this.#opened.value!;
    return { options, basket, formats: formatsOf(this.localizer, this.card.timeZone), level: this.level + 1, problems: this.problems };
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const { value, error } = this.#opened;
    return html`<div class="cc">
      ${backButton(t.t('shell.back'), () => this.router.back(this.document ? '/' : '/invoices'))}
      <div class="head">
        <span id="heading" class="subject" part="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('pay.to', { name: this.card.name })}</span>
      </div>
      ${value
        ? this.#content(value)
        : html`<div class="card" part="card">${error ? failed(t, this.card, error, () => void this.#open()) : skeleton(t, 3)}</div>`}
      <span class="visually-hidden" role="status">${this.busy ? t.t('pay.paying') : nothing}</span>
    </div>`;
  }

  #content(opened: Opened): TemplateResult {
    const t = this.localizer;
    const { options, basket } = opened;
    const context = this.#context;
    const trouble = this.trouble ? html`<p class="error" part="error" role="alert">${this.trouble}</p>` : nothing;
    if (!options.available || basket.payable.length === 0) {
      const off = () => html`<div class="card" part="card">${empty(t.t('pay.off', { name: this.card.name }))}</div>`;
      return html`${options.available ? nothingToPay(context, this.#leadTo) : off()} ${trouble}`;
    }
    const blocked = leftOut(context);
    const { total } = basket;
    const amount = total !== undefined && context.formats.money(moneyOf(opened, total));
    return html`<form
      part="form"
      class=${this.hasFocus || this.#form.hasFocus ? 'typing' : ''}
      @submit=${(event: Event) => event.preventDefault()}
      @input=${this.#type}
      @focusin=${({ target }: Event) => (this.hasFocus = !(target as Element).closest('.foot'))}
      @focusout=${() => (this.hasFocus = false)}
    >
      ${blocked} ${amounts(context)} ${basket.asksTip ? tipChoice(context) : nothing} ${this.#how(opened)}
      <div class="foot">
        ${trouble}
        ${this.#isLost
          ? nothing
          : html`<button
              type="button"
              class="button primary wide"
              part="button"
              aria-disabled=${this.busy || !this.#isReady ? 'true' : 'false'}
              @click=${() => void this.#pay(opened)}
            >
              ${this.busy ? t.t('pay.paying') : amount ? t.t(blocked ? 'pay.others' : 'pay.now', { amount }) : t.t('pay.title')}
            </button>`}
      </div>
    </form>`;
  }

  get #isLost(): boolean {
    return isLost(this.#form, Boolean(this.savedCard));
  }

  /** The way to an invoice; a document link leads to its own only. */
  readonly #leadTo = (id: string): (() => void) | undefined => {
    const { document } = this.session ?? {};
    return document && document.documentId !== id ? undefined : () => this.router.go(`/invoices/${id}`);
  };

  /** Whether Stripe has come so far that it can be asked. */
  get #isReady(): boolean {
    return this.savedCard ? Boolean(this.#form.stripe) : this.#form.state === 'ready';
  }

  #how({ cards, options }: Opened): TemplateResult {
    const { localizer: t, savedCard } = this;
    const choice = (card: SavedCard) =>
      radio('card', card.id, savedCard, html`${cardName(card, t)} <span class="small muted">${t.t('card.expires', { date: card.expires })}</span>`);
    return html`<section class="card" part="card">
      ${cards.length
        ? html`<fieldset>
              <legend class="title" part="label">${t.t('pay.with')}</legend>
              ${cards.map(choice)} ${radio('card', '', savedCard, t.t('pay.otherWay'))}
            </fieldset>
            <button type="button" role="link" class="button quiet flush" part="button" @click=${() => this.router.go('/cards')}>${t.t('cards.title')}</button>`
        : paperTitle(t.t('pay.with'), { ...this.#context, lang: '' })}
      ${stripeSlot(this, this.#form, Boolean(savedCard))}
      ${options.saveCards && !savedCard && this.#form.type === 'card' && !this.#isLost
        ? keepChoice(t, this.card.name, this.keep)
        : nothing}
    </section>`;
  }

  readonly #type = ({ target }: Event): void => {
    const { name, value, checked } = target as HTMLInputElement;
    this.trouble = '';
    if (name === 'card') this.savedCard = value;
    else if (name === 'keep') this.keep = checked;
    else {
      const { choices } = this.#opened.value!.basket;
      if (name === 'tips') choices.tip = value;
      else choices.typed[name] = value;
      this.problems = { ...this.problems, [name]: '' };
      this.router.saveDraft(this.#draft, JSON.stringify(choices));
    }
  };

  /** Whether there is an amount to pay; says what is wrong otherwise. The first field with something wrong takes the focus. */
  #check({ basket: { total }, options }: Opened): boolean {
    const context = this.#context;
    this.problems = wrongAmounts(context);
    if (total !== undefined && total >= options.minimum) return true;
    if (isLittle(context) && !options.partial) this.trouble = least(context);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    return false;
  }

  async #pay(opened: Opened): Promise<void> {
    const { savedCard } = this;
    const { elements } = this.#form;
    this.trouble = '';
    if (this.busy || !this.#check(opened) || !this.#isReady) return;
    this.busy = true;
    try {
      // The form says itself, beside its fields, what is missing in it.
      if (!savedCard && (await elements!.submit()).error) return;
      const how = savedCard ? { savedCard } : { saveCard: this.#keeps };
      const started = await startPayment(this.client, this.#base, { ...opened.basket.wanted, ...how, returnUrl: pageUrl() });
      const { id } = started.payment;
      this.router.saveDraft(underWay, id);
      const error = started.clientSecret === null ? undefined : await this.#confirm(started.clientSecret, started.returnUrl);
      // Whatever the browser has heard: the server asks Stripe. Where it cannot now, the payment's own view asks again.
      const isOpen = await this.#settle(id, error).catch(() => this.#show(id));
      // So Stripe refuses the request itself, as it does when the amounts differ.
      if (error?.type === 'invalid_request_error' && isOpen) await this.#compare(opened.basket);
    } catch (error) {
      this.#refuse(error, opened.basket);
    } finally {
      this.busy = false;
    }
  }

  /** Lets Stripe do its part, and gives what it objects to. */
  async #confirm(clientSecret: string, returnUrl: string): Promise<Refused | undefined> {
    const stripe = this.#form.stripe!;
    const asked = { clientSecret, confirmParams: { return_url: returnUrl, ...(this.savedCard && { payment_method: this.savedCard }) }, redirect: 'if_required' as const };
    const before = this.#tried;
    this.#tried = `${clientSecret} ${this.savedCard || this.#form.changes}`;
    try {
      // A bank's question that was closed before it was answered is asked again, about the very card that it was about.
      const { paymentIntent } = await stripe.retrievePaymentIntent(clientSecret);
      const { error } =
        paymentIntent?.status === 'requires_action' && before === this.#tried
          ? await stripe.handleNextAction({ clientSecret })
          : await stripe.confirmPayment(this.savedCard ? asked : { ...asked, elements: this.#form.elements! });
      return error;
    } catch {
      return { type: 'invalid_request_error' };
    }
  }

  /** How the payment stands: on to it when it is made or on its way, else true, with why not; `error` is what Stripe has just said. */
  async #settle(id: string, error?: Refused, signal?: AbortSignal): Promise<boolean> {
    const { state: outcome, verifyUrl, decline: stored, method } = await syncPayment(this.client, this.#base, id, signal);
    if (outcome === 'succeeded' || outcome === 'processing' || verifyUrl) return this.#show(id);
    this.router.saveDraft(underWay, undefined);
    const decline = error ? reasonOf(error, stored) : stored;
    const type = error ? (this.savedCard ? 'card' : this.#form.type) : method?.type;
    this.trouble = decline ? declineWords(decline, type, this.localizer) : this.localizer.t('pay.unfinished');
    return true;
  }

  #show(id: string): false {
    this.router.saveDraft(this.#draft, undefined);
    this.router.go(`/payments/${id}`, { replace: true });
    return false;
  }

  /** Stripe has refused an amount: what is due now is shown, to be agreed to anew. */
  async #compare(before: Basket): Promise<void> {
    await this.#opened.load();
    const facts = ({ dues }: Basket) => JSON.stringify(dues.map(({ id, etag, payable }) => [id, etag, payable.amount]));
    if (facts(this.#opened.value!.basket) !== facts(before)) this.trouble = this.localizer.t('decline.mismatch');
  }

  /** Nothing was begun. What has changed is shown, and asked again by the button with its new sum. */
  #refuse(error: unknown, basket: Basket): void {
    const { code, items } = error instanceof ApiError ? error : new ApiError('internal');
    if (items.length === 0) this.trouble = this.localizer.problem(code);
    else if (basket.learn(items as readonly BlockedItem[])) this.trouble = this.localizer.t('pay.changed');
    // Without its button, the form has nothing left to have the focus.
    if (basket.payable.length === 0) void this.updateComplete.then(() => this.focus());
  }
}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-pay', ViewPay);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-pay': ViewPay;
  }
}
