import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharesOf } from './ledger.ts';

const payment = (id: string, amount: number) => ({ id, amount });
const document = (id: string, total: number) => ({ id, total });
const told = (shares: ReturnType<typeof sharesOf>) => shares.map(({ payment_id: from, invoice_id: to, amount }) => [from, to, amount]);

test('a payment pays the oldest invoice first, and what is left stays with the job', () => {
  const shares = sharesOf([payment('p', 250)], [document('a', 100), document('b', 100)]);
  assert.deepEqual(told(shares), [['p', 'a', 100], ['p', 'b', 100], ['p', null, 50]]);
});

test('what is given back settles a credit, then takes from what is over, then from the invoice paid last', () => {
  const credited = sharesOf([payment('p', 100), payment('back', -30)], [document('a', 100), document('credit', -30)]);
  assert.deepEqual(told(credited), [['p', 'a', 100], ['back', 'credit', -30]]);
  const over = sharesOf([payment('p', 260), payment('back', -100)], [document('a', 100), document('b', 100)]);
  assert.deepEqual(told(over).slice(3), [['back', null, -60], ['back', 'b', -40]]);
});

test('what came back is due again, and the next payment pays it', () => {
  const shares = sharesOf([payment('p', 100), payment('back', -40), payment('q', 60)], [document('a', 100)]);
  assert.deepEqual(told(shares), [['p', 'a', 100], ['back', 'a', -40], ['q', 'a', 40], ['q', null, 20]]);
});

test('every payment is spread whole; no invoice takes more than its total, nor less than nothing', () => {
  const amounts = fc.array(fc.integer({ min: -5000, max: 10_000 }).filter((amount) => amount !== 0), { maxLength: 12 });
  fc.assert(
    fc.property(amounts, fc.array(fc.integer({ min: -3000, max: 8000 }), { maxLength: 6 }), (given, totals) => {
      const payments = given.map((amount, index) => payment(`p${index}`, amount));
      const documents = totals.map((total, index) => document(`d${index}`, total));
      const shares = sharesOf(payments, documents);
      const sum = (of: (share: (typeof shares)[number]) => boolean) => shares.filter(of).reduce((total, { amount }) => total + amount, 0);
      for (const { id, amount } of payments) assert.equal(sum((share) => share.payment_id === id), amount);
      for (const { id, total } of documents) {
        const settled = sum((share) => share.invoice_id === id);
        assert.ok(settled >= Math.min(0, total) && settled <= Math.max(0, total), `${settled} of ${total}`);
      }
      assert.equal(new Set(shares.map((share) => `${share.payment_id} ${share.invoice_id}`)).size, shares.length);
      // Nothing lies with the job while an invoice is open.
      const open = documents.some(({ id, total }) => total > 0 && sum((share) => share.invoice_id === id) < total);
      if (open) assert.ok(sum((share) => share.invoice_id === null) <= 0);
    }),
  );
});

test('the same payments and invoices are always spread alike', () => {
  const given: Parameters<typeof sharesOf> = [[payment('p', 70), payment('q', -20), payment('r', 90)], [document('a', 50), document('b', 60), document('c', -10)]];
  assert.deepEqual(sharesOf(...given), sharesOf(...given));
});
