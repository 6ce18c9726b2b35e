/** How Stripe counts currencies (docs.stripe.com/currencies), as far as others than payments must know what can be paid online. */
import { placesOf } from './written.ts';

/** Without decimals, as Stripe counts. */
const whole = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']);
/** With three decimals, the last of which must be 0. */
const thousandths = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

export const stripePlaces = (currency: string): number => (whole.has(currency) ? 0 : thousandths.has(currency) ? 3 : 2);

/** Whether amounts of this currency can be told to Stripe exactly. */
export const isTaken = (currency: string): boolean => stripePlaces(currency) >= placesOf(currency);

/** What an amount must be a multiple of. */
export const stepOf = (currency: string): number => (thousandths.has(currency) ? 10 : 1);
