/** Made-up payments for tests, and a Stripe that refuses shadow roots as the real one does. */
import type { BlockedItem, PaymentAttempt, PaymentOptions, PaymentStarted, SavedCard } from '../../server/contract/payments.ts';
import { usd } from './jobs.ts';

export const paymentOptions = (change: Partial<PaymentOptions> = {}): PaymentOptions => ({
  available: true, publishableKey: 'pk_test_1', stripeAccount: 'acct_1', currency: 'USD', minimum: 50, partial: false, tip: false, saveCards: true, ...change,
}); // prettier-ignore

export function attempt(change: Partial<PaymentAttempt> = {}): PaymentAttempt {
  return {
    id: 'att_1',
    state: 'succeeded',
    amount: usd(22_800),
    tip: usd(0),
    items: [{ invoiceId: 'inv_1', number: '2207', title: 'Sewer camera inspection', amount: usd(22_800) }],
    method: { type: 'card', brand: 'visa', last4: '4242' },
    decline: null,
    verifyUrl: null,
    startedAt: '2025-11-25T15:00:00Z',
    paidAt: '2025-11-25T15:00:05Z',
    receiptNumber: 'R-1001',
    refunded: usd(0),
    refunds: [],
    disputed: false,
    own: true,
    ...change,
  };
}

/** Begun, and not yet confirmed. */
export const open = (change: Partial<PaymentAttempt> = {}): PaymentAttempt =>
  attempt({ state: 'open', method: null, paidAt: null, receiptNumber: null, ...change });

export const started = (change: Partial<PaymentStarted> = {}): PaymentStarted => ({
  payment: open(), clientSecret: 'pi_1_secret_1', returnUrl: `${location.origin}/?cc-payment=att_1`, ...change,
}); // prettier-ignore

export const savedCards = (): SavedCard[] => [
  { id: 'pm_visa', brand: 'visa', last4: '4242', expires: '04/28', preferred: true },
  { id: 'pm_amex', brand: 'amex', last4: '0005', expires: '11/27', preferred: false },
];

export const blocked = (change: Partial<BlockedItem> = {}): BlockedItem => ({
  invoiceId: 'inv_1', reason: 'inProgress', due: usd(22_800), etag: '2-new', since: '2025-11-25T15:00:00Z', by: null, ...change,
}); // prettier-ignore

interface StripeError {
  type: string;
  code?: string;
  decline_code?: string;
}
type Outcome = { error?: StripeError; paymentIntent?: { status: string } };

/** What a test's Stripe was asked, and what it answers. */
export class FakeStripe {
  /** Keys and accounts of each `Stripe(…)`. */
  made: unknown[] = [];
  /** What forms were made of, and what was changed on them. */
  forms: Record<string, unknown>[] = [];
  updates: Record<string, unknown>[] = [];
  /** Each confirmation, by its method's name. */
  confirmed: { method: string; options: Record<string, unknown> }[] = [];
  /** Nodes that a form stands in. */
  mounted: HTMLElement[] = [];
  destroyed = 0;
  /** Answers; a test may change them. */
  submit: () => Promise<Outcome> = () => Promise.resolve({});
  confirm: () => Promise<Outcome> = () => Promise.resolve({ paymentIntent: { status: 'succeeded' } });
  intent = 'requires_payment_method';
  /** Says something of the last form that was made. */
  tell: (name: 'change' | 'focus' | 'blur', event?: unknown) => void = () => undefined;
  /** Whether forms become ready. */
  isReady = true;
  /** The loader keeps the first one that it finds on the page, so that one asks whichever is a test's own. */
  static #current: FakeStripe;

  constructor() {
    FakeStripe.#current = this;
    (window as { Stripe?: unknown }).Stripe ??= Object.assign((key: string, options: unknown) => FakeStripe.#current.#stripe(key, options), { version: 'endive' });
  }

  #stripe(key: string, settings: unknown) {
    this.made.push([key, settings]);
    const confirm = (method: string) => (options: Record<string, unknown>) => {
      this.confirmed.push({ method, options });
      return this.confirm();
    };
    return {
      elements: (options: Record<string, unknown>) => (this.forms.push(options), this.#elements()),
      retrievePaymentIntent: () => Promise.resolve({ paymentIntent: { status: this.intent } }),
      confirmPayment: confirm('confirmPayment'),
      confirmSetup: confirm('confirmSetup'),
      handleNextAction: confirm('handleNextAction'),
    };
  }

  #elements() {
    return {
      create: () => this.#element(),
      update: (options: Record<string, unknown>) => this.updates.push(options),
      submit: () => this.submit(),
    };
  }

  #element() {
    const listeners: Record<string, (event?: unknown) => void> = {};
    this.tell = (name, event) => listeners[name]?.(event);
    let node: HTMLElement | undefined;
    return {
      on: (name: string, listener: (event?: unknown) => void) => (listeners[name] = listener),
      mount: (into: HTMLElement) => {
        if (!into.isConnected || into.getRootNode() instanceof ShadowRoot) throw new Error('IntegrationError: the node must be in the document');
        node = into;
        this.mounted.push(node);
        const field = document.createElement('input');
        field.setAttribute('aria-label', 'Card number');
        field.style.colorScheme = 'light';
        node.append(field);
        if (this.isReady) setTimeout(() => listeners['ready']?.());
      },
      destroy: () => {
        this.destroyed += 1;
        this.mounted = this.mounted.filter((each) => each !== node);
      },
    };
  }
}

/** Keeps the script of Stripe from being fetched: it is `blocked`, or never comes. Gives what was asked for, and the way back. */
export function withoutStripe(how: 'blocked' | 'silent'): { scripts: HTMLScriptElement[]; restore: () => void } {
  const scripts: HTMLScriptElement[] = [];
  const real = document.head.appendChild.bind(document.head);
  document.head.appendChild = <T extends Node>(node: T): T => {
    if (!(node instanceof HTMLScriptElement) || !node.src.includes('stripe')) return real(node);
    scripts.push(node);
    if (how === 'blocked') setTimeout(() => node.dispatchEvent(new Event('error')));
    return node;
  };
  return { scripts, restore: () => void Reflect.deleteProperty(document.head, 'appendChild') };
}
