/** A statement as CSV for spreadsheets, in which no cell is ever a formula. */
import { stringify } from 'csv-stringify/sync';
import type { Statement } from '../contract/invoices.ts';
import { decimalOfMoney } from '../platform/written.ts';
import type { PdfLanguage } from './pdf/task.ts';
import { wordsOf } from './pdf/words.ts';

/** An amount, as a value of its own type: numbers may begin with a minus, text may not. */
type Cell = string | bigint | null;

/**
 * The entries with the balances before and after them. UTF-8 with a mark, lines end with CRLF; amounts are plain decimals with a
 * point and days are `YYYY-MM-DD`, whatever the language, because programs read them.
 */
export function statementCsv(statement: Statement, language: PdfLanguage): string {
  const words = wordsOf(language);
  const { currency, from, to, opening, closing, entries } = statement;
  const heads = [words.date, words.document, words.number, words.description, words.paymentMethod, words.amount, words.balance, words.currency];
  const rows: Cell[][] = [
    [from, words.opening, null, null, null, null, BigInt(opening.amount), currency],
    ...entries.map(({ on, kind, number, title, method, amount, balance }): Cell[] => [
      on, words.kind[kind], plain(number), plain(title), method && words.method[method], BigInt(amount.amount), BigInt(balance.amount), currency,
    ]),
    [to, words.closing, null, null, null, null, BigInt(closing.amount), currency],
  ];
  return stringify([heads, ...rows], {
    bom: true,
    record_delimiter: '\r\n',
    // = + - @ and their full-width forms at the beginning of text get an apostrophe before them.
    escape_formulas: true,
    cast: { bigint: (amount) => decimalOfMoney(amount, currency) },
  });
}

/**
 * One line without anything that a spreadsheet may cut off or skip before it looks for a formula: control and format characters,
 * white space around, and, where lists are separated by semicolons, what stands behind one.
 */
function plain(text: string | null): string | null {
  return (
    text &&
    text
      .toWellFormed()
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/\p{Cf}/gu, '')
      .trim()
      .replace(/([;|]\s*["']*\s*)(?=[=+\-@＝＋－＠])/gu, "$1'")
  );
}
