import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chargeTotal } from './charges.ts';

test('a charge is rounded half away from zero, before its discount', () => {
  assert.equal(chargeTotal(1500, 9500, 0), 14250);
  assert.equal(chargeTotal(500, 1, 0), 1);
  assert.equal(chargeTotal(499, 1, 0), 0);
  assert.equal(chargeTotal(500, -1, 0), -1);
  assert.equal(chargeTotal(1005, 100, 0), 101);
  assert.equal(chargeTotal(333, 1000, 33), 300);
  assert.equal(chargeTotal(999_999_999, 999_999, 0), 999_998_999_000);
});

test('a line and the line that takes it back cancel out, at any size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: -999_999, max: 999_999 }), (quantity, price) => {
      assert.equal(chargeTotal(quantity, price, 0) + chargeTotal(-quantity, price, 0), 0);
    }),
  );
});
