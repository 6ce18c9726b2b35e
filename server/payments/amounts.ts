/**
 * Our minor units and Stripe's. They differ: ours follow how people write a currency, Stripe's a list of its own
 * (docs.stripe.com/currencies), which counts ISK, UGX, HUF, COP and others in hundredths although nobody writes them.
 */
import { stripePlaces } from '../platform/currencies.ts';
import { placesOf } from '../platform/written.ts';

/** The least that a card takes, as Stripe counts. Of other currencies Stripe itself refuses what is too little. */
const minimums: Record<string, number> = {
  USD: 50, AED: 200, AUD: 50, BGN: 100, BRL: 50, CAD: 50, CHF: 50, CZK: 1500, DKK: 250, EUR: 50, GBP: 30, HKD: 400, HUF: 17_500, INR: 50, JPY: 50, MXN: 1000,
  MYR: 200, NOK: 300, NZD: 50, PLN: 200, RON: 200, SEK: 300, SGD: 50, THB: 1000,
};
/** Eight digits in every currency, as Stripe counts. */
const MOST = 99_999_999;

/** What one of our minor units is for Stripe: 1, or a power of ten where it counts finer. */
function factorOf(currency: string): number {
  const finer = stripePlaces(currency) - placesOf(currency);
  if (finer < 0) throw new RangeError(`${currency} has more decimals than Stripe takes`);
  return 10 ** finer;
}

/** Our minor units as Stripe counts. */
export const toStripe = (amount: number, currency: string): number => amount * factorOf(currency);

/** Stripe's amount in our minor units. @throws {RangeError} for a part of one, which Stripe does not send. */
export function fromStripe(amount: number, currency: string): number {
  const ours = amount / factorOf(currency);
  if (!Number.isSafeInteger(ours)) throw new RangeError(`Stripe sent a part of one minor unit of ${currency}`);
  return ours;
}

/** The least and the most that a card takes, in our minor units. */
export const limitsOf = (currency: string): { least: number; most: number } => {
  const factor = factorOf(currency);
  return { least: Math.max(1, Math.ceil((minimums[currency] ?? 1) / factor)), most: Math.floor(MOST / factor) };
};

/** Basis points of an amount, rounded down; never more than the amount. */
export const feeOf = (amount: number, basisPoints: number): number => Number((BigInt(amount) * BigInt(Math.min(basisPoints, 10_000))) / 10_000n);
