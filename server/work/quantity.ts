/** Quantities: decimal text on the wire, thousandths in the database, no float between. */

/** `"1.25"` → 1250. The text has passed the contract's pattern. */
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
