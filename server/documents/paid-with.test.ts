import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writtenMethod } from './paid-with.ts';

test('what paid is called what people call it', () => {
  for (const [type, brand, last4, en, es] of [
    ['card', 'visa', '4242', 'Visa ending 4242', 'Tarjeta Visa terminada en 4242'],
    ['card', 'amex', '0005', 'American Express ending 0005', 'Tarjeta American Express terminada en 0005'],
    ['card', 'new_brand', '1111', 'New brand ending 1111', 'Tarjeta New brand terminada en 1111'],
    ['card', 'unknown', null, 'Card', 'Tarjeta'],
    ['us_bank_account', 'FIRST BANK', '6789', 'Bank account ending 6789', 'Cuenta bancaria terminada en 6789'],
    ['sepa_debit', null, '3000', 'Bank account ending 3000', 'Cuenta bancaria terminada en 3000'],
    ['klarna', null, null, 'Klarna', 'Klarna'],
    ['cashapp', null, null, 'Cash App Pay', 'Cash App Pay'],
    ['some_new_way', null, null, 'Some new way', 'Some new way'],
  ] as const) {
    assert.equal(writtenMethod({ type, brand, last4 }, 'en'), en);
    assert.equal(writtenMethod({ type, brand, last4 }, 'es'), es);
  }
});
