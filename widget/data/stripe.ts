/** Stripe.js, brought when somebody is about to pay or to keep a card, and never before. */
import type { Stripe } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure/index.mjs';
import type { PaymentOptions } from '../../server/contract/payments.ts';

// One that the page has already is used as it is.
if (!('Stripe' in window)) loadStripe.setLoadParameters({ advancedFraudSignals: false });

// The loader tries again by waiting for the script that is there. One that has failed never comes: out of the way, it is made anew.
addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLScriptElement && target.src.startsWith('https://js.stripe.com/')) target.remove();
  },
  true,
);

/** So long a person waits for Stripe before hearing that something is in the way. */
export const patienceMs = 12_000;

/** Rejects when Stripe.js is blocked, or does not come in time. A later call tries again. */
export async function openStripe({ publishableKey, stripeAccount }: PaymentOptions): Promise<Stripe> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, patienceMs, null)));
  const stripe = await Promise.race([loadStripe(publishableKey!, stripeAccount ? { stripeAccount } : {}), late]).finally(() => clearTimeout(timer));
  if (!stripe) throw new Error('Stripe.js did not come');
  return stripe;
}

/** Currencies that Stripe counts in whole units. It counts hundredths of all others that people write without decimals. */
const whole = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF';

/** Our minor units, of which the currency has `decimals`, as Stripe counts them. */
export const stripeAmount = (amount: number, currency: string, decimals: number): number => (decimals || whole.includes(currency) ? amount : amount * 100);
