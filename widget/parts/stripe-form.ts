/**
 * Stripe's own form in a view. Stripe refuses shadow roots, so its node stands among the children of the outermost element, in the
 * document's light DOM, and slots lead it through every shadow root into the view, however deep that is.
 */
import type { Appearance, Stripe, StripeElements, StripePaymentElement } from '@stripe/stripe-js';
import type { LitElement, ReactiveController } from 'lit';
import type { PaymentOptions } from '../../server/contract/payments.ts';
import { openStripe, patienceMs } from '../data/stripe.ts';

/** What the form is for. */
export interface StripeWanted {
  options: PaymentOptions;
  mode: 'payment' | 'setup';
  /** As Stripe counts; absent for `setup`. */
  amount?: number;
  /** Whether what is typed is kept for the next time. */
  keep: boolean;
  /** Whether the form shows; with a saved card only Stripe itself is needed. */
  form: boolean;
  lang: 'en' | 'es';
}

/** A host framework that wipes the element's children again and again is not fought for ever. */
const mostRebuilds = 5;
const slotName = 'cc-stripe';

/** The view renders `<slot name="cc-stripe">` where the form shall be. */
export class StripeForm implements ReactiveController {
  /** `failed`: blocked, offline, or too slow. */
  state: 'idle' | 'loading' | 'ready' | 'failed' = 'idle';
  stripe: Stripe | undefined;
  elements: StripeElements | undefined;
  /** What the reader has chosen in the form, as Stripe names it. */
  type = 'card';
  /** How often something was typed or chosen in it. */
  changes = 0;
  /** Whether something in it has the focus, of which its frames let nothing else be heard. */
  hasFocus = false;
  readonly #host: LitElement;
  readonly #wanted: () => StripeWanted | undefined;
  #element: StripePaymentElement | undefined;
  #placed: { node: Element; into: Element }[] = [];
  #told = '';
  #rebuilds = 0;
  #late: ReturnType<typeof setTimeout> | undefined;
  readonly #watch = new MutationObserver(() => this.#look());

  /** `wanted` is undefined as long as nothing shall be loaded. */
  constructor(host: LitElement, wanted: () => StripeWanted | undefined) {
    this.#host = host;
    this.#wanted = wanted;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#destroy();
  }

  hostUpdated(): void {
    // After this update, because it may ask for the next one.
    void this.#host.updateComplete.then(() => this.#follow());
  }

  /** Does what is wanted now. */
  #follow(): void {
    const wanted = this.#wanted();
    if (!wanted || !this.#host.isConnected) return;
    if (this.state === 'idle') void this.#load(wanted);
    else if (this.state === 'failed' || !this.stripe) return;
    else if (!this.elements) this.#mount(wanted);
    else this.#update(wanted);
  }

  /** It is not needed any more. */
  close(): void {
    this.#host.removeController(this);
    this.#destroy();
  }

  /** After `failed`. */
  retry(): void {
    this.#destroy();
    this.#rebuilds = 0;
    this.#become('idle');
  }

  async #load(wanted: StripeWanted): Promise<void> {
    this.#become('loading');
    try {
      this.stripe ??= await openStripe(wanted.options);
      this.#host.requestUpdate();
    } catch {
      this.#become('failed');
    }
  }

  #mount(wanted: StripeWanted): void {
    if (!wanted.form) return this.#become('ready');
    this.#become('loading');
    // Where frames are forbidden, nothing is ever heard of it.
    this.#late = setTimeout(() => this.#fail(), patienceMs);
    try {
      const { mode, amount, options } = wanted;
      const changing = this.#changing(wanted);
      this.#told = JSON.stringify(changing);
      const currency = options.currency.toLowerCase();
      this.elements =
        mode === 'payment' ? this.stripe!.elements({ mode, amount: amount!, currency, ...changing }) : this.stripe!.elements({ mode, currency, allowedPaymentMethodTypes: ['card'], ...changing });
      this.#element = this.elements.create('payment');
      this.#element.on('ready', () => {
        clearTimeout(this.#late);
        this.#become('ready');
      });
      this.#element.on('loaderror', () => this.#fail());
      this.#element.on('change', ({ value, empty, complete }) => {
        if (!empty || complete || value.type !== this.type) this.changes += 1;
        this.type = value.type;
        this.#host.requestUpdate();
      });
      const hold = (hasFocus: boolean) => {
        this.hasFocus = hasFocus;
        this.#host.requestUpdate();
      };
      this.#element.on('focus', () => hold(true));
      this.#element.on('blur', () => hold(false));
      this.#element.mount(this.#place());
    } catch {
      this.#fail();
    }
  }

  /** What may change while the form stands there. */
  #changing({ mode, amount, keep, lang }: StripeWanted) {
    return {
      appearance: appearanceOf(this.#host),
      locale: lang,
      ...(mode === 'payment' && { amount: amount!, setupFutureUsage: keep ? ('on_session' as const) : null }),
    };
  }

  #update(wanted: StripeWanted): void {
    const changing = this.#changing(wanted);
    const told = JSON.stringify(changing);
    if (told === this.#told) return;
    this.#told = told;
    void this.elements!.update(changing);
  }

  /** A node in the document's light DOM, with the slots that lead to it. It is in place before anything is mounted, and never moved. */
  #place(): HTMLElement {
    const put = (node: Element, into: Element) => {
      node.slot = slotName;
      into.append(node);
      this.#placed.push({ node, into });
      this.#watch.observe(into, { childList: true, attributeFilter: ['class', 'style', 'color-scheme', 'data-around'] });
    };
    let host: Element = this.#host;
    for (let root = host.getRootNode(); root instanceof ShadowRoot; root = host.getRootNode()) {
      const slot = document.createElement('slot');
      slot.name = slotName;
      put(slot, host);
      host = root.host;
    }
    const node = document.createElement('div');
    put(node, host);
    return node;
  }

  /** Builds anew what a host framework has wiped, and follows the page's colours. */
  #look(): void {
    if (this.#placed.every(({ node, into }) => node.parentNode === into)) return this.#host.requestUpdate();
    this.#destroy();
    if (++this.#rebuilds > mostRebuilds) this.#become('failed');
    else this.#host.requestUpdate();
  }

  #fail(): void {
    this.#destroy();
    this.#become('failed');
  }

  #destroy(): void {
    clearTimeout(this.#late);
    this.#watch.disconnect();
    this.#element?.destroy();
    for (const { node } of this.#placed) node.remove();
    this.#placed = [];
    this.#element = this.elements = undefined;
    this.type = 'card';
    this.hasFocus = false;
    this.changes += 1;
  }

  #become(state: StripeForm['state']): void {
    if (state === this.state) return;
    this.state = state;
    this.#host.requestUpdate();
  }
}

/** The center's colours and font, as the page's tokens have made them, in the form that Stripe understands. */
function appearanceOf({ renderRoot }: LitElement): Appearance {
  const probe = renderRoot.querySelector<HTMLElement>('.cc')!.appendChild(document.createElement('i'));
  const style = getComputedStyle(probe);
  const colour = (token: string) => {
    probe.style.setProperty('color', `var(--cc-${token})`);
    return style.color;
  };
  const variables = {
    colorPrimary: colour('accent-text'),
    colorBackground: colour('surface'),
    colorText: colour('ink'),
    colorTextSecondary: colour('muted'),
    colorDanger: colour('bad'),
    fontFamily: style.fontFamily,
    fontSizeBase: style.fontSize,
    borderRadius: style.getPropertyValue('--cc-radius-control').trim(),
  };
  const theme = style.colorScheme === 'dark' ? 'night' : 'stripe';
  probe.remove();
  return { theme, variables };
}
