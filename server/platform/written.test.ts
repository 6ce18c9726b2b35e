import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writtenDay, writtenIn, writtenMoney } from './written.ts';

test('money is written exactly, with the decimals of its currency and the signs of the country', () => {
  const written = (amount: number, currency: string, tag = 'en-US') => writtenMoney({ amount, currency }, tag).replaceAll('\u00a0', ' ');
  assert.equal(written(277_992, 'USD'), '$2,779.92');
  assert.equal(written(277_992, 'USD', writtenIn('es', 'US')), '$2,779.92');
  assert.equal(written(277_992, 'EUR', 'es-ES'), '2779,92 €');
  assert.equal(written(1500, 'JPY'), '¥1,500');
  assert.equal(written(1, 'KWD'), 'KWD 0.001');
  assert.equal(written(-5, 'USD'), '-$0.05');
  assert.equal(written(999_999_999_999, 'USD'), '$9,999,999,999.99');
  assert.equal(writtenMoney({ amount: 100, currency: 'EUR' }, 'en-US', 'code').replaceAll('\u00a0', ' '), 'EUR 1.00');
});

test('a day stays that day, whatever the zone of the server', () => {
  assert.equal(writtenDay('2025-12-14', 'en-US'), 'December 14, 2025');
  assert.equal(writtenDay('2025-12-14', 'en-GB'), '14 December 2025');
  assert.equal(writtenDay('2025-12-14', 'es-US'), '14 de diciembre de 2025');
});
