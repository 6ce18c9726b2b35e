import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { DeclineReason, PaymentOptions, SavedCard } from '../../../server/contract/payments.ts';
import { ApiError } from '../../data/client.ts';
import { addCard, payBase, preferCard, readCards, readOptions, removeCard } from '../../data/payments.ts';
import '../../locale/en-center.ts';
import '../../locale/en-paying.ts';
import '../../locale/en-receipt.ts';
import { define as defineTag } from '../../parts/define.ts';
import { backButton } from '../../parts/paper.ts';
import { pill } from '../../parts/pill.ts';
import { Resource } from '../../parts/resource.ts';
import { skeleton } from '../../parts/skeleton.ts';
import { empty, failed } from '../../parts/states.ts';
import type { StripeForm } from '../../parts/stripe-form.ts';
import { View } from '../view.ts';
import { styles } from './cards-view.styles.ts';
import { cardName, reasonOf, stripeSlot } from './paying.ts';

/** Name of the draft that holds how many cards there were before one was added, over a bank's own page. */
const adding = 'adding a card';

interface Opened {
  options: PaymentOptions;
  cards: SavedCard[];
}

/**
 * The cards that a customer keeps for paying again: which one comes first, removing one, adding one.
 *
 * @csspart title - The view's heading.
 * @csspart section-title - The heading of the form.
 * @csspart list - The cards.
 * @csspart row - One of them.
 * @csspart row-name - What it is called.
 * @csspart pill - That it comes first.
 * @csspart card - The card around the list, and around the form.
 * @csspart button - A button.
 * @csspart empty - What stands in the place of an empty list.
 * @csspart error - Why something could not be done.
 * @csspart skeleton - Bars that stand for the list while it loads.
 */
export class ViewCards extends View {
  static override styles = styles;

  readonly #opened = new Resource<Opened>(this, async (signal) => {
    const [options, cards] = await Promise.all([readOptions(this.client, this.#base, signal), readCards(this.client, this.#base, signal)]);
    return { options, cards };
  });
  #shown: string | undefined;

  /** Here while a card is being added. */
  @state() private form: StripeForm | undefined;
  @state() private busy = false;
  /** Id of the card that is about to be removed. */
  @state() private leaving = '';
  @state() private trouble = '';
  /** What was done, for people who do not see it. */
  @state() private said = '';

  get #base(): string {
    return payBase(this.customer);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.customer === this.#shown) return;
    this.#shown = this.customer;
    void this.#open();
  }

  /** A bank sends the payer back without a word that could be believed: the cards themselves tell whether one was added. */
  async #open(): Promise<void> {
    await this.#opened.load({ forget: true });
    const before = this.router.restoreDraft(adding);
    const cards = this.#opened.value?.cards;
    if (before === undefined || !cards) return;
    this.router.saveDraft(adding, undefined);
    if (cards.length > Number(before)) await this.#say(this.localizer.t('cards.added'));
    else this.trouble = this.#notAdded();
    await this.#point('#heading');
  }

  /** Also when the same was said just before. */
  async #say(words: string): Promise<void> {
    this.said = '';
    await this.updateComplete;
    this.said = words;
  }

  /** Moves the focus to what has just come, or come back. */
  async #point(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #notAdded(why?: DeclineReason | null): string {
    const t = this.localizer;
    const reason = why && why !== 'declined' ? t.t(`decline.${why}`) : t.t('cards.another');
    return `${t.t('cards.notAdded')} ${reason}`;
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const { value, error } = this.#opened;
    return html`<div class="cc">
      ${backButton(t.t('shell.back'), () => this.router.back('/invoices'))}
      <div class="head">
        <span id="heading" class="subject" part="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('cards.title')}</span>
      </div>
      ${value
        ? this.#content(value)
        : html`<div class="card" part="card">${error ? failed(t, this.card, error, () => void this.#open()) : skeleton(t, 2)}</div>`}
      <span class="visually-hidden" role="status">${this.said}</span>
    </div>`;
  }

  #content({ cards, options }: Opened): TemplateResult {
    const t = this.localizer;
    const trouble = this.trouble ? html`<p class="error" part="error" role="alert">${this.trouble}</p>` : nothing;
    const canAdd = options.available && options.saveCards;
    return html`<section class="card" part="card">
        ${cards.length
          ? html`<ul part="list">
              ${cards.map((card) => this.#row(card))}
            </ul>`
          : empty(t.t('cards.none'))}
      </section>
      ${canAdd
        ? html`<section class="card" part="card">
            ${this.form
              ? html`<span id="form" class="title" part="section-title" role="heading" aria-level=${this.level + 1} tabindex="-1">${t.t('cards.add')}</span>
                  ${stripeSlot(this, this.form, false)}
                  <p class="small muted">${t.t('pay.keepLead', { name: this.card.name })}</p>
                  ${trouble}
                  <div class="actions">
                    ${this.form.state === 'ready' ? this.#button(t.t('cards.save'), () => void this.#add(this.form!, cards.length), 'primary') : nothing}
                    ${this.#button(t.t('cards.cancel'), this.#cancel, 'quiet')}
                  </div>`
              : this.#button(t.t('cards.add'), () => void this.#begin(options), '', '', 'add')}
          </section>`
        : nothing}
      ${this.form ? nothing : trouble}`;
  }

  #row(card: SavedCard): TemplateResult {
    const t = this.localizer;
    const name = cardName(card, t);
    const remove = () => removeCard(this.client, this.#base, card.id);
    const prefer = () => preferCard(this.client, this.#base, card.id);
    return html`<li class="sum" part="row">
      <span class="card-name"
        ><span part="row-name">${name}</span> <span class="small muted">${t.t('card.expires', { date: card.expires })}</span> ${card.preferred
          ? pill('ok', t.t('cards.isFirst'))
          : nothing}</span
      >
      ${this.leaving === card.id
        ? html`<div class="sure">
            <p id="sure" tabindex="-1">${t.t('cards.sure', { card: name })}</p>
            <div class="tips">
              ${this.#button(t.t('cards.remove'), () => void this.#act(remove, t.t('cards.removed', { card: name })))}
              ${this.#button(t.t('cards.stay'), () => this.#ask('', `[data-of="${card.id}"]`), 'quiet')}
            </div>
          </div>`
        : html`<span class="tips"
            >${card.preferred
              ? nothing
              : this.#button(t.t('cards.first'), () => void this.#act(prefer, t.t('cards.firstNow', { card: name })), 'quiet', name)}
            ${this.#button(t.t('cards.remove'), () => this.#ask(card.id, '#sure'), 'quiet', name, card.id)}</span
          >`}
    </li>`;
  }

  /** Asks whether a card shall be removed; '' takes the question back. */
  #ask(cardId: string, focus: string): void {
    this.trouble = '';
    this.leaving = cardId;
    void this.#point(focus);
  }

  /** `about` is added for people who hear the button without the row around it; `of` is how it is found again. */
  #button(label: string, act: () => void, style = '', about = '', of = ''): TemplateResult {
    return html`<button
      type="button"
      class="button ${style}"
      part="button"
      data-of=${of || nothing}
      aria-disabled=${this.busy ? 'true' : 'false'}
      @click=${act}
    >
      ${label}${about ? html`${' '}<span class="visually-hidden">${about}</span>` : nothing}
    </button>`;
  }

  /** Does something, reads the list anew and says what was done. The heading takes the focus, as the button is gone. */
  async #act(act: () => Promise<unknown>, said: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.trouble = '';
    try {
      await act();
      await this.#opened.load();
      this.leaving = '';
      this.focus();
      void this.#say(said);
    } catch (error) {
      this.trouble = error instanceof ApiError ? this.localizer.problem(error.code) : error instanceof NotAdded ? error.message : this.#notAdded();
    }
    this.busy = false;
  }

  /** The form and its loader come when they are first wanted. */
  async #begin(options: PaymentOptions): Promise<void> {
    this.trouble = '';
    try {
      const { StripeForm } = await import('../../parts/stripe-form.ts');
      this.form ??= new StripeForm(this, () => (this.form ? { options, mode: 'setup', keep: true, form: true, lang: this.localizer.lang } : undefined));
      void this.#point('#form');
    } catch {
      this.trouble = this.localizer.problem('offline');
    }
  }

  readonly #cancel = (): void => {
    if (this.busy) return;
    this.#close();
    void this.#point('[data-of=add]');
  };

  #close(): void {
    this.form?.close();
    this.form = undefined;
    this.trouble = '';
  }

  async #add(form: StripeForm, before: number): Promise<void> {
    const { stripe, elements, state: formState } = form;
    // The form says itself, beside its fields, what is missing in it.
    if (this.busy || formState !== 'ready' || (await elements!.submit()).error) return;
    await this.#act(async () => {
      const { clientSecret, returnUrl } = await addCard(this.client, this.#base);
      this.router.saveDraft(adding, String(before));
      const { error } = await stripe!.confirmSetup({ elements: elements!, clientSecret, confirmParams: { return_url: returnUrl }, redirect: 'if_required' });
      this.router.saveDraft(adding, undefined);
      if (error) throw new NotAdded(this.#notAdded(reasonOf(error, null)));
      this.#close();
    }, this.localizer.t('cards.added'));
  }
}

/** Says why. */
class NotAdded extends Error {}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-cards', ViewCards);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-cards': ViewCards;
  }
}
