import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalOf, depositOf, lineTotal, partOf, thousandthsOf, totalsOf, type CountedLine, type TaxRules } from './totals.ts';

const amount = (most = 99_999_999) => fc.integer({ min: -most, max: most });
const quantity = fc.integer({ min: 0, max: 9_999_999 }).map(decimalOf);
const percent = fc.integer({ min: 0, max: 100_000 }).map(decimalOf);
const keys = ['state', 'city', 'levy'];
const line: fc.Arbitrary<CountedLine> = fc.record({ total: amount(), taxes: fc.subarray(keys) });
const rules: fc.Arbitrary<TaxRules> = fc.record({
  taxes: fc.tuple(percent, percent, percent).map((each) => keys.map((key, index) => ({ key, percent: each[index]! }))),
  taxIncluded: fc.boolean(),
  rounding: fc.constantFrom('line' as const, 'document' as const),
  fixedTax: amount(999_999),
});
const taxesOf = (percents: Record<string, string>) => Object.entries(percents).map(([key, percent]) => ({ key, percent }));

test('a line is rounded half away from zero, before its discount', () => {
  const total = (quantity: string, unitPrice: number, off = 0) => lineTotal({ quantity, unitPrice, discount: { amount: off } }).total;
  assert.equal(total('1.5', 9500), 14250);
  assert.equal(total('0.5', 1), 1);
  assert.equal(total('0.499', 1), 0);
  assert.equal(total('0.5', -1), -1);
  assert.equal(total('1.005', 100), 101);
  assert.equal(total('0.333', 1000, 33), 300);
  assert.equal(total('999999.999', 999_999), 999_998_999_000);
  assert.throws(() => total('999999999', 999_999), RangeError);
});

test('a percentage off is of quantity times price, and an amount', () => {
  assert.deepEqual(lineTotal({ quantity: '3', unitPrice: 3333, discount: { percent: '12.5' } }), { discount: 1250, total: 8749 });
  assert.deepEqual(lineTotal({ quantity: '1', unitPrice: 5000, discount: { percent: '100' } }), { discount: 5000, total: 0 });
});

test('a line and the line that takes it back cancel out, at any size', () => {
  fc.assert(
    fc.property(quantity, fc.integer({ min: -99_999, max: 99_999 }), fc.option(percent), (given, unitPrice, off) => {
      const discount = off === null ? null : { percent: off };
      const [there, back] = [lineTotal({ quantity: given, unitPrice, discount }), lineTotal({ quantity: given, unitPrice: -unitPrice, discount })];
      assert.equal(there.total + back.total, 0);
      assert.equal(there.discount + back.discount, 0);
    }),
  );
});

test('the parts sum to the whole: lines to the subtotal, taxes to the tax, both to the total', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), rules, (lines, given) => {
      const { subtotal, taxes, tax, total } = totalsOf(lines, given);
      assert.equal(lines.reduce((sum, { total: each }) => sum + each, 0), subtotal);
      assert.equal(taxes.reduce((sum, { amount: each }) => sum + each, given.fixedTax!), tax);
      assert.equal(total, given.taxIncluded ? subtotal + given.fixedTax! : subtotal + tax);
      for (const value of [subtotal, tax, total, ...taxes.map((each) => each.amount)]) assert.ok(Number.isSafeInteger(value));
    }),
  );
});

test('the order of lines and of their taxes changes nothing', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }).chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length }))), rules, ([lines, shuffled], given) => {
      const turned = shuffled.map((each) => ({ ...each, taxes: each.taxes.toReversed() }));
      assert.deepEqual(totalsOf(turned, given), totalsOf(lines, given));
    }),
  );
});

test('rounded once for the document, a tax is never off by more than half a unit; per line, by no more than half a unit a line', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), rules, (lines, given) => {
      const exclusive = { ...given, taxIncluded: false };
      for (const rounding of ['line', 'document'] as const) {
        for (const { key, amount: rounded } of totalsOf(lines, { ...exclusive, rounding }).taxes) {
          const bearing = lines.filter(({ taxes }) => taxes.includes(key));
          const exact = bearing.reduce((sum, { total }) => sum + BigInt(total), 0n) * BigInt(thousandthsOf(given.taxes.find((tax) => tax.key === key)!.percent));
          const off = BigInt(rounded) * 100_000n - exact;
          const most = 50_000n * BigInt(rounding === 'line' ? bearing.length : 1);
          assert.ok(off <= most && off >= -most);
        }
      }
    }),
  );
});

test('a contained tax leaves the total as it is, and is what the rate makes of the rest', () => {
  const given = { taxes: taxesOf({ vat: '8' }), taxIncluded: true, rounding: 'document' as const };
  assert.deepEqual(totalsOf([{ total: 10_800, taxes: ['vat'] }], given), { subtotal: 10_800, taxes: [{ key: 'vat', amount: 800 }], tax: 800, total: 10_800 });
  // Two taxes share what is contained: of 118, at 10 % and 8 %.
  const both = totalsOf([{ total: 11_800, taxes: ['a', 'b'] }], { ...given, taxes: taxesOf({ a: '10', b: '8' }) });
  assert.deepEqual(both.taxes, [{ key: 'a', amount: 1000 }, { key: 'b', amount: 800 }]);
});

test('rounding per line and per document differ where they must', () => {
  const lines = Array.from({ length: 3 }, () => ({ total: 1010, taxes: ['sales'] }));
  const given = { taxes: taxesOf({ sales: '8.25' }), taxIncluded: false };
  assert.equal(totalsOf(lines, { ...given, rounding: 'line' }).tax, 249);
  assert.equal(totalsOf(lines, { ...given, rounding: 'document' }).tax, 250);
});

test('a tax that no line bears comes to nothing, and an unknown one is not counted', () => {
  const { taxes, total } = totalsOf([{ total: 100, taxes: ['gone', 'gone'] }], { taxes: taxesOf({ here: '10' }), taxIncluded: false, rounding: 'line' });
  assert.deepEqual(taxes, [{ key: 'here', amount: 0 }]);
  assert.equal(total, 100);
});

test('a deposit is a share or an amount, never more than the total and never of a negative one', () => {
  assert.equal(depositOf(277_992, { amount: 50_000 }), 50_000);
  assert.equal(depositOf(30_000, { amount: 50_000 }), 30_000);
  assert.equal(depositOf(100_01, { percent: '33.333' }), 3334);
  assert.equal(depositOf(-5000, { percent: '50' }), 0);
  assert.equal(depositOf(5000, null), 0);
});

test('a part of an amount is exact before it is rounded', () => {
  assert.equal(partOf(1, 1, 2), 1);
  assert.equal(partOf(-1, 1, 2), -1);
  assert.equal(partOf(999_999_999_999, 999_999_999_999, 999_999_999_999), 999_999_999_999);
  assert.equal(partOf(100, 1, 3), 33);
  assert.equal(partOf(5, 7, 0), 0);
});

test('amounts are minor units: yen, dollars and dinars of the same digits come to the same digits', () => {
  // A price of 1234 units is ¥1,234, $12.34 or KD 1.234; nothing here asks which.
  const lines = [lineTotal({ quantity: '2.5', unitPrice: 1234 }).total, lineTotal({ quantity: '1', unitPrice: -99 }).total].map((total) => ({ total, taxes: ['t'] }));
  assert.deepEqual(totalsOf(lines, { taxes: taxesOf({ t: '10' }), taxIncluded: false, rounding: 'document' }), { subtotal: 2986, taxes: [{ key: 't', amount: 299 }], tax: 299, total: 3285 });
});

test('quantities keep three decimals both ways', () => {
  fc.assert(fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), (value) => assert.equal(thousandthsOf(decimalOf(value)), value)));
});

test('no float is anywhere in the arithmetic', () => {
  const code = readFileSync(new URL('./totals.ts', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  assert.doesNotMatch(code, /\d\.\d|Math\.(round|floor|ceil|trunc|pow)|parseFloat|toFixed| \/ \d+(?![\dn])/);
});
