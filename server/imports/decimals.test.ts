import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { currencyDigits, decimalText, scaled } from './decimals.ts';

const amount = fc.integer({ min: -999_999_999_999, max: 999_999_999_999 });
const digits = fc.integer({ min: 0, max: 3 });

test('what is written of an integer is read as the same integer', () => {
  fc.assert(fc.property(amount, digits, (value, decimals) => {
    assert.deepEqual(scaled(decimalText(value, decimals), decimals), { value, exact: true });
  }));
});

test('zeros around a number change nothing', () => {
  fc.assert(fc.property(amount, digits, fc.nat(5), (value, decimals, zeros) => {
    const text = decimalText(value, decimals);
    assert.deepEqual(scaled(`${text}${decimals ? '0'.repeat(zeros) : `.${'0'.repeat(zeros)}`}`, decimals), { value, exact: true });
  }));
});

test('more decimals than fit are rounded half away from zero, as whole-number arithmetic has it', () => {
  const fraction = fc.stringMatching(/^\d{1,12}$/);
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 999_999n }), fraction, digits, fc.boolean(), (whole, rest, decimals, negative) => {
    const scale = 10n ** BigInt(rest.length);
    const exactly = (whole * scale + BigInt(rest)) * 10n ** BigInt(decimals);
    const rounded = Number((exactly * 2n + scale) / (scale * 2n));
    const read = scaled(`${negative ? '-' : ''}${whole}.${rest}`, decimals);
    assert.equal(read?.value, negative && rounded ? -rounded : rounded);
    assert.equal(read?.exact, exactly % scale === 0n);
  }));
});

test('any other text is no number', () => {
  const texts = ['', ' ', '.', '-', '1,50', '1.2.3', '1e3', '0x10', '$5', '٣', 'NaN', 'Infinity', '--1', '1 000', '9'.repeat(17)];
  for (const text of texts) assert.equal(scaled(text, 2), null, text);
  fc.assert(fc.property(fc.string(), (text) => {
    const read = scaled(text, 2);
    assert.ok(read === null ? !/^\d{1,9}$/.test(text) : Number.isSafeInteger(read.value));
  }));
});

test('the forms that exports use', () => {
  for (const [text, cents] of [['1.2', 120], ['0.0', 0], ['-12.5', -1250], ['16.20', 1620], ['.5', 50], ['5.', 500], ['+3', 300], ['-0.0', 0]] as const)
    assert.deepEqual(scaled(text, 2), { value: cents, exact: true });
});

test('currencies have 0, 2 or 3 decimals', () => {
  assert.deepEqual(['JPY', 'USD', 'KWD'].map(currencyDigits), [0, 2, 3]);
});
