/**
 * What a document comes to: quantities, discounts, taxes on top or contained, rounding per line or per document, deposits.
 * Amounts are integers of minor units, so the currency's decimals play no part. Everything between is exact (`bigint`), and
 * what must be rounded is rounded half away from zero, so that a line and the line that takes it back cancel out.
 *
 * Pure and without imports: the server freezes with it, and the widget shows with it what another choice would cost.
 */

/** A line before it is added up. */
export interface PricedLine {
  /** Decimal text with at most three decimals. */
  quantity: string;
  unitPrice: number;
  discount?: { amount: number } | { percent: string } | null;
}
export interface LineTotal {
  /** Taken off, as an amount. */
  discount: number;
  total: number;
}
/** A line that counts, with the keys of its taxes. */
export interface CountedLine {
  total: number;
  taxes: readonly string[];
}
export interface TaxRules {
  /** `percent` is decimal text with at most three decimals. A key stands once. */
  taxes: readonly { key: string; percent: string }[];
  /** Whether the lines contain their taxes. */
  taxIncluded: boolean;
  rounding: 'line' | 'document';
  /** An amount of tax on top, whatever the lines say. */
  fixedTax?: number;
}
export interface Totals {
  /** Sum of the lines. */
  subtotal: number;
  /** In the order of the rules; a tax that no line bears comes to 0. */
  taxes: { key: string; amount: number }[];
  /** Sum of `taxes` and the fixed tax. When `taxIncluded`, only the fixed tax is on top. */
  tax: number;
  /** What is asked for. */
  total: number;
}

/** The largest amount there is, so that sums of many stay exact. */
export const MOST_AMOUNT = 999_999_999_999;

/** `"1.25"` → 1250. At most three decimals, which the contract has checked. */
export function thousandthsOf(decimal: string): number {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const value = Number(whole) * 1000 + Number(fraction.padEnd(3, '0'));
  return decimal.startsWith('-') ? -value : value;
}

/** 1250 → `"1.25"`. */
export function decimalOf(thousandths: number): string {
  const digits = String(Math.abs(thousandths)).padStart(4, '0');
  const fraction = digits.slice(-3).replace(/0+$/, '');
  return `${thousandths < 0 ? '-' : ''}${digits.slice(0, -3)}${fraction ? `.${fraction}` : ''}`;
}

/**
 * Quantity times unit price, rounded, less the discount (a percentage is of that product).
 * @throws {RangeError} when the total is larger than an amount may be.
 */
export function lineTotal({ quantity, unitPrice, discount }: PricedLine): LineTotal {
  const gross = divide(big(thousandthsOf(quantity)) * big(unitPrice), 1000n);
  const off = !discount ? 0n : 'amount' in discount ? big(discount.amount) : percentOf(gross, discount.percent);
  return { discount: amountOf(off), total: amountOf(gross - off) };
}

/** @throws {RangeError} when a sum is larger than an amount may be. */
export function totalsOf(lines: readonly CountedLine[], { taxes, taxIncluded, rounding, fixedTax = 0 }: TaxRules): Totals {
  const rates = new Map(taxes.map(({ key, percent }) => [key, big(thousandthsOf(percent))]));
  const subtotal = lines.reduce((sum, line) => sum + big(line.total), 0n);
  const exact = new Map(taxes.map(({ key }) => [key, { over: 0n, under: 1n }]));
  for (const line of lines) {
    const own = new Set(line.taxes.filter((key) => rates.has(key)));
    const sum = [...own].reduce((total, key) => total + rates.get(key)!, 0n);
    // Contained: of 108 at 8 %, 8 is tax; so it is divided by the whole, 108 %.
    const under = taxIncluded ? HUNDRED_PERCENT + sum : HUNDRED_PERCENT;
    for (const key of own) {
      const share = { over: big(line.total) * rates.get(key)!, under };
      exact.set(key, add(exact.get(key)!, rounding === 'line' ? { over: divide(share.over, under), under: 1n } : share));
    }
  }
  const amounts = taxes.map(({ key }) => ({ key, amount: amountOf(divide(exact.get(key)!.over, exact.get(key)!.under)) }));
  const tax = amounts.reduce((sum, { amount }) => sum + big(amount), big(fixedTax));
  return {
    subtotal: amountOf(subtotal),
    taxes: amounts,
    tax: amountOf(tax),
    total: amountOf(subtotal + (taxIncluded ? big(fixedTax) : tax)),
  };
}

/** What is asked for after approval: never more than the total, never less than nothing. */
export function depositOf(total: number, deposit: { amount: number } | { percent: string } | null): number {
  if (!deposit || total <= 0) return 0;
  return Math.min(total, 'amount' in deposit ? deposit.amount : amountOf(percentOf(big(total), deposit.percent)));
}

/** A part of an amount, such as the tax of half an invoice: `amount × over ÷ under`, rounded. */
export const partOf = (amount: number, over: number, under: number): number => (under === 0 ? 0 : amountOf(divide(big(amount) * big(over), big(under))));

interface Fraction {
  over: bigint;
  under: bigint;
}

/** In thousandths of a percent. */
const HUNDRED_PERCENT = 100_000n;

const big = (amount: number): bigint => BigInt(amount);
const percentOf = (amount: bigint, percent: string): bigint => divide(amount * big(thousandthsOf(percent)), HUNDRED_PERCENT);

function add(a: Fraction, b: Fraction): Fraction {
  if (a.under === b.under) return { over: a.over + b.over, under: a.under };
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

/** Rounded half away from zero; `under` may be negative. */
function divide(over: bigint, under: bigint): bigint {
  const [top, bottom] = under < 0n ? [-over, -under] : [over, under];
  const size = ((top < 0n ? -top : top) * 2n + bottom) / (bottom * 2n);
  return top < 0n ? -size : size;
}

function amountOf(value: bigint): number {
  if (value > MOST_AMOUNT || value < -MOST_AMOUNT) throw new RangeError('larger than an amount may be');
  return Number(value);
}
