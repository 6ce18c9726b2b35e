import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { renderPdf } from './render.ts';
import type { ReceiptTask } from './task.ts';
import { checkSound, contentsOf, infoOf, pagesOf, skeletonOf, tagsOf, textOf } from './testing/reading.ts';
import { receiptTask } from './testing/tasks.ts';

async function draw(t: TestContext, task: ReceiptTask): Promise<Buffer> {
  const pdf = Buffer.from((await renderPdf(task)).bytes);
  checkSound(t, pdf);
  contentsOf(pdf);
  return pdf;
}

/** Each of these is read in this order. */
async function assertSays(t: TestContext, task: ReceiptTask, ...said: string[]): Promise<string | null> {
  const text = textOf(t, await draw(t, task));
  let at = 0;
  for (const each of text === null ? [] : said) {
    const found = text!.indexOf(each, at);
    assert.ok(found >= 0, `“${each}” is not read after “${text!.slice(Math.max(0, at - 60), at)}”: ${text!.slice(at)}`);
    at = found + 1;
  }
  return text;
}

test('a receipt says who paid what to whom, when and with what, and what is still due of a part', async (t) => {
  const text = await assertSays(
    t, receiptTask(),
    'Acme Plumbing & Heating', 'Receipt 5001', 'Paid', 'Paid by', 'Nov 20, 2026', 'Pine Street Dental', 'Maria O’Brien', 'Visa ending 4242',
    'Invoice 2188', '$250.00', 'Dryer vent cleaning', 'Deposit invoice 2207', '$50.00 $543.40', 'Sewer camera inspection', 'Tip $25.00', 'Total paid $818.40', 'Page 1 of 1',
  );
  if (text) assert.doesNotMatch(text, /Refund|\$0\.00/);
});

test('without a tip there is no word of one, and without a known method none of it', async (t) => {
  const text = await assertSays(t, receiptTask({ tip: 0, amount: 79_340, method: null }), 'Total paid $793.40');
  if (text) assert.doesNotMatch(text, /Tip|ending/);
});

test('what went back is on the receipt, and what is left of the payment', async (t) => {
  const part = { id: 'rfd_1', on: '2026-12-03', amount: 5_000, state: 'succeeded' as const };
  const some = await assertSays(
    t, receiptTask({ refunds: [part, { ...part, id: 'rfd_2', on: '2026-12-04', amount: 10_000, state: 'pending' }] }),
    'Total paid $818.40', 'Refunded, Dec 3, 2026 -$50.00', 'Refunded, Dec 4, 2026, on its way -$100.00', 'Paid after refunds $668.40',
  );
  if (some) assert.doesNotMatch(some, /Refunded(?!,)/);
  await assertSays(t, receiptTask({ refunds: [{ ...part, amount: 81_840 }] }), 'Receipt 5001', 'Refunded', 'Paid after refunds $0.00');
});

test('a receipt in Spanish is all Spanish', async (t) => {
  const text = await assertSays(
    t, receiptTask({ refunds: [{ id: 'rfd_1', on: '2026-12-03', amount: 5_000, state: 'pending' }] }, { language: 'es', country: 'MX' }),
    'Recibo 5001', 'Pagado', '20 nov 2026', 'Tarjeta Visa terminada en 4242', 'Factura 2188', 'Factura de anticipo 2207', 'Propina', 'Total pagado', 'Reembolsado, 3 dic 2026, en camino', 'Pagado tras reembolsos',
    'Página 1 de 1',
  );
  if (text) assert.doesNotMatch(text, /Receipt|Paid|Tip\b|Refund|ending/);
});

test('a receipt says what it is: title, language, tagged, on the paper of the country', async (t) => {
  for (const [country, box] of [['US', '612 792'], ['ES', '595.28 841.89']] as const) {
    const pdf = await draw(t, receiptTask({}, { country }));
    const skeleton = skeletonOf(pdf);
    assert.ok(skeleton.includes(`/MediaBox [0 0 ${box}]`), country);
    assert.match(pdf.toString('latin1'), /\/Lang \(en\)/);
    assert.match(skeleton, /\/Marked true/);
    const info = infoOf(t, pdf);
    if (info) assert.deepEqual([info['Title'], info['Author'], info['Tagged']], ['Receipt 5001', 'Acme Plumbing & Heating', 'yes']);
    const tags = tagsOf(t, pdf);
    if (tags) assert.match(tags, /H1 \(block\)\n\s+"Receipt 5001"/);
  }
});

test('forty invoices go on on the next page, and the same payment makes the same file', async (t) => {
  const items = Array.from({ length: 40 }, (_, index) => ({ invoiceId: `inv_${index}`, kind: 'invoice' as const, number: `N${index}.`, title: 'Filter change', amount: 1_000, due: 0 }));
  const task = receiptTask({ items, tip: 0, amount: 40_000 });
  const pdf = await draw(t, task);
  assert.equal(pagesOf(pdf), 3);
  const text = textOf(t, pdf);
  if (text) for (const { number } of items) assert.ok(text.includes(number));
  assert.ok(pdf.equals(await draw(t, task)));
});
