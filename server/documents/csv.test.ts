import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Statement } from '../contract/invoices.ts';
import { statementCsv } from './csv.ts';
import { statement } from './pdf/testing/tasks.ts';

/** Rows of cells, read as RFC 4180 says. */
function parse(csv: string, separator = ','): string[][] {
  const rows: string[][] = [[]];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\r\n]*))(${separator}|\r\n|$)`, 'y');
  while (cell.lastIndex < csv.length) {
    const [, quoted, bare, end] = cell.exec(csv)!;
    rows.at(-1)!.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  rows.pop();
  return rows;
}

const of = (values: Partial<Statement>, language: 'en' | 'es' = 'en') => {
  const csv = statementCsv(statement(values), language);
  assert.equal(csv[0], '\ufeff');
  return parse(csv.slice(1));
};
const entry = (values: Partial<Statement['entries'][number]>): Partial<Statement> => ({
  entries: [{ on: '2026-10-14', kind: 'payment', number: null, title: null, method: 'check', amount: { amount: -1250, currency: 'USD' }, balance: { amount: 0, currency: 'USD' }, ...values }],
});

test('a statement as CSV has its entries between the balance before and the balance after', () => {
  assert.deepEqual(of({}), [
    ['Date', 'Document', 'Number', 'Description', 'Payment method', 'Amount', 'Balance', 'Currency'],
    ['2026-10-01', 'Opening balance', '', '', '', '', '125.00', 'USD'],
    ['2026-10-14', 'Invoice', '2188', 'Dryer vent cleaning', '', '250.00', '375.00', 'USD'],
    ['2026-10-20', 'Payment', '1182', '', 'Check', '-375.00', '0.00', 'USD'],
    ['2026-11-02', 'Invoice', '2207', 'Sewer camera inspection', '', '593.40', '593.40', 'USD'],
    ['2026-11-20', 'Credit', '2211', 'Goodwill', '', '-50.00', '543.40', 'USD'],
    ['2026-12-31', 'Closing balance', '', '', '', '', '543.40', 'USD'],
  ]);
  assert.match(statementCsv(statement(), 'en'), /USD\r\n$/);
  assert.doesNotMatch(statementCsv(statement(), 'en'), /[^\r]\n/);
});

test('its heads are Spanish where the language is; what programs read stays as it is', () => {
  const [heads, first] = of({}, 'es');
  assert.deepEqual(heads, ['Fecha', 'Documento', 'Número', 'Descripción', 'Forma de pago', 'Importe', 'Saldo', 'Moneda']);
  assert.deepEqual(first, ['2026-10-01', 'Saldo inicial', '', '', '', '', '125.00', 'USD']);
});

test('amounts are exact in currencies of 0, 2 and 3 decimals', () => {
  const amounts = (currency: string, amount: number) => of({ currency, ...entry({ amount: { amount, currency } }) })[2]![5];
  assert.equal(amounts('JPY', -1250), '-1250');
  assert.equal(amounts('USD', -5), '-0.05');
  assert.equal(amounts('KWD', 999_999_999_999), '999999999.999');
  assert.equal(amounts('KWD', 0), '0.000');
});

const formulas = [
  '=1+1', '+1', '-1+1', '@SUM(A1)', '=cmd|\'/c calc\'!A1', '=HYPERLINK("https://evil.example","x")', '\t=1+1', '\r=1+1', '\n=1+1', '\r\n=1+1', '  =1+1',
  '＝1+1', '＋1', '－1', '＠SUM(A1)', '\u00a0=1+1', '\u200b=1+1', '\ufeff=1+1', '\u202e=1+1', '\u2028=1+1', '\u0000=1+1', '\u00ad=1+1', '"=1+1', "=1+1\",=2+2,\"",
  'x;=1+1', 'x; =1+1', 'x;"=1+1', 'x|@SUM(A1)', 'a,=1+1', '=1+1;=2+2', 'x\t=1+1', 'x\n=1+1', '\ud800=1+1',
];

test('no text becomes a formula, however it hides and whichever separator is expected', () => {
  const begins = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u;
  for (const payload of formulas)
    for (const field of ['title', 'number'] as const) {
      const csv = statementCsv(statement(entry({ [field]: payload })), 'en').slice(1);
      // Separated by something else, a quotation mark within a cell still counts for some programs.
      const otherwise = [';', '|', '\t'].flatMap((separator) => csv.split('\r\n').flatMap((row) => row.split(separator))).map((cell) => cell.replace(/^"+/, ''));
      for (const cell of [...parse(csv).flat(), ...otherwise])
        if (begins.test(cell)) assert.match(cell, /^-\d+\.\d{2}$/, `${JSON.stringify(payload)} in ${field}: ${JSON.stringify(cell)}`);
    }
});

test('text is one cell, whatever is in it', () => {
  for (const payload of [...formulas, 'a "quoted" word, and more', 'two\r\nlines', 'Café, 30 °C'])
    assert.equal(of(entry({ title: payload })).every((row) => row.length === 8), true, JSON.stringify(payload));
  assert.equal(of(entry({ title: 'a "quoted" word, and more' }))[2]![3], 'a "quoted" word, and more');
  assert.equal(of(entry({ title: 'two\r\nlines' }))[2]![3], 'two lines');
});
