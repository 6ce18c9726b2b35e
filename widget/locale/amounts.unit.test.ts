import { expect } from '@open-wc/testing';
import { amountText, parseAmount } from './amounts.ts';

describe('amounts that people type', () => {
  const amounts: [typed: string, tag: string, currency: string, amount: number | undefined][] = [
    ['12', 'en-US', 'USD', 1200],
    ['12.5', 'en-US', 'USD', 1250],
    ['1,234.50', 'en-US', 'USD', 123_450],
    [' $ 0.07 ', 'en-US', 'USD', 7],
    ['１２．５０', 'en-US', 'USD', 1250],
    ['12.50 USD', 'en-US', 'USD', 1250],
    ['12,50', 'es-ES', 'EUR', 1250],
    ['1.234,50 €', 'es-ES', 'EUR', 123_450],
    ['1200', 'en-US', 'JPY', 1200],
    ['1,200', 'en-US', 'JPY', 1200],
    ['1.234', 'en-US', 'KWD', 1234],
    ['1', 'en-US', 'KWD', 1000],
    ['90071992547.41', 'en-US', 'USD', undefined],
    // What is no amount there is not guessed at.
    ['12,50', 'en-US', 'USD', undefined],
    ['12.50', 'es-ES', 'EUR', undefined],
    ['12.345', 'en-US', 'USD', undefined],
    ['1.5', 'en-US', 'JPY', undefined],
    ['-5', 'en-US', 'USD', undefined],
    ['1e3', 'en-US', 'USD', undefined],
    ['1.2.3', 'en-US', 'USD', undefined],
    ['', 'en-US', 'USD', undefined],
    ['.', 'en-US', 'USD', undefined],
    ['ten', 'en-US', 'USD', undefined],
  ];
  for (const [typed, tag, currency, amount] of amounts)
    it(`reads “${typed}” in ${tag} as ${amount ?? 'nothing'} of ${currency}`, () => void expect(parseAmount(typed, tag, currency)).to.equal(amount));

  it('writes what it would read', () => {
    for (const [tag, currency, text] of [
      ['en-US', 'USD', '12345.06'],
      ['es-ES', 'EUR', '12345,06'],
      ['en-US', 'JPY', '1234506'],
      ['en-US', 'KWD', '1234.506'],
    ] as const) {
      expect(amountText(1_234_506, tag, currency)).to.equal(text);
      expect(parseAmount(text, tag, currency)).to.equal(1_234_506);
    }
  });
});
