import assert from 'node:assert/strict';
import { globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Fonts } from './fonts.ts';
import { renderPdf } from './render.ts';
import type { PdfTask } from './task.ts';
import { checkSound, contentsOf, infoOf, pagesOf, skeletonOf, tagsOf, textOf } from './testing/reading.ts';
import {
  branding, certificateTask, choices, drawnName, estimateTask, invoiceTask, line, lines, payment, png, receiptTask, statementTask,
} from './testing/tasks.ts';

/** The file, sound, with what no font could draw. */
async function draw(t: TestContext, task: PdfTask, fonts?: Fonts): Promise<{ pdf: Buffer; missing: string[] }> {
  const { bytes, missing } = await renderPdf(task, fonts);
  const pdf = Buffer.from(bytes);
  checkSound(t, pdf);
  contentsOf(pdf);
  return { pdf, missing };
}

/** Each of these is read in this order. */
async function assertSays(t: TestContext, task: PdfTask, ...said: (string | RegExp)[]): Promise<string | null> {
  const { pdf } = await draw(t, task);
  const text = textOf(t, pdf);
  let at = 0;
  for (const each of text === null ? [] : said) {
    const rest = text!.slice(at);
    const found = typeof each === 'string' ? rest.indexOf(each) : rest.search(each);
    assert.ok(found >= 0, `“${each}” is not read after “${text!.slice(Math.max(0, at - 60), at)}”: ${rest}`);
    at += found + 1;
  }
  return text;
}

test('1, 40 and 400 lines take as many pages as they need; head, column titles and page numbers are on each', async (t) => {
  for (const [count, pages] of [[1, 1], [40, 3], [400, 21]] as const) {
    const { pdf } = await draw(t, estimateTask({ lines: lines(count) }));
    assert.equal(pagesOf(pdf), pages, `${count} lines`);
    const text = textOf(t, pdf);
    if (text === null) continue;
    for (let page = 1; page <= pages; page += 1) assert.ok(text.includes(`Page ${page} of ${pages}`));
    assert.equal(text.match(/Description Quantity Price Amount/g)?.length, pages);
    assert.equal(text.match(/Acme Plumbing & Heating Estimate 1042/g)?.length ?? 0, pages - 1);
    for (let index = 1; index <= count; index += 1) assert.ok(text.includes(`Part ${index}: copper`), `line ${index}`);
  }
});

test('a document says what it is: title, author, language, version 1.7, tagged, and its title in the window', async (t) => {
  const { pdf } = await draw(t, estimateTask());
  const skeleton = skeletonOf(pdf);
  assert.match(pdf.toString('latin1'), /^%PDF-1\.7/);
  assert.match(pdf.toString('latin1'), /\/Lang \(en\)/);
  assert.match(skeleton, /\/Marked true/);
  assert.match(skeleton, /\/DisplayDocTitle true/);
  const info = infoOf(t, pdf);
  if (info) {
    assert.deepEqual([info['Title'], info['Author'], info['Tagged'], info['PDF version']], ['Estimate 1042: Water heater replacement', branding.name, 'yes', '1.7']);
    assert.match(info['CreationDate']!, /Nov +2 .*2026/);
  }
});

test('those who listen hear headings, tables with their heads once, and pictures by name', async (t) => {
  const logo = { type: 'image/png' as const, base64: png(40, 20, () => [11, 98, 196, 255]).toString('base64') };
  const { pdf } = await draw(t, estimateTask({ lines: lines(40) }, { branding: { ...branding, logo } }));
  const tags = tagsOf(t, pdf);
  if (tags === null) return;
  assert.match(tags, /^Document\n {2}Figure/);
  assert.match(tags, /H1 \(block\)\n\s+"Estimate 1042"/);
  assert.match(tags, /H2 \(block\)\n\s+"Terms"/);
  assert.equal(tags.match(/"Description"/g)?.length, 1, 'repeated heads are decoration');
  assert.doesNotMatch(tags, /Page 1 of/);
  assert.match(tags, /TH:?\s+\/Scope \/Column\n\s+"Amount"/);
  assert.match(skeletonOf(pdf), /\/Alt/);
});

test('the paper is Letter where that is the paper, else A4', async (t) => {
  for (const [country, box, name] of [['US', '612 792', 'letter'], ['MX', '612 792', 'letter'], ['CA', '612 792', 'letter'], ['ES', '595.28 841.89', 'A4'], ['JP', '595.28 841.89', 'A4']] as const) {
    const { pdf } = await draw(t, estimateTask({ country }));
    assert.ok(skeletonOf(pdf).includes(`/MediaBox [0 0 ${box}]`), country);
    const info = infoOf(t, pdf);
    if (info) assert.match(info['Page size']!, new RegExp(name));
  }
});

test('an estimate shows lines, choices with what is chosen, taxes, total, deposit and terms', async (t) => {
  const text = await assertSays(
    t, estimateTask({ ...choices, note: 'A longer pipe.' }, { version: 2 }),
    'Acme Plumbing & Heating', 'Estimate 1042', 'Water heater replacement', 'Nov 2, 2026', 'Pine Street Dental', 'Dec 5, 2026', 'PO-7781', 'About this version', 'A longer pipe.',
    'Included', 'Remove and dispose', '$240.00', 'Choose one: Water heater', 'Good 1 $1,889.00', 'Not chosen', 'Better', '$2,389.00', 'Chosen',
    'Add if you like', 'Expansion tank', 'Chosen', 'Drain pan', '2.5 m $42.00 -$10.50 $94.50', 'Not chosen',
    'Subtotal $2,814.00', 'Sales tax (8%) $225.12', 'Total $3,039.12', 'Deposit after approval (30%) $911.74', 'Terms', 'two years',
  );
  if (text) assert.match(text, /Estimate 1042, version 2/);
});

test('what was chosen counts, whether or not the lines that are no choice are named with it', async (t) => {
  for (const chosen of [['good', 'pan'], ['base', 'good', 'pan']])
    await assertSays(t, estimateTask(choices, { chosen }), 'Good', 'Chosen', 'Better', 'Not chosen', 'Subtotal $2,223.50', 'Total $2,401.38');
});

test('taxes that prices contain are named below and not added', async (t) => {
  await assertSays(t, estimateTask({ taxIncluded: true, lines: [line({ unitPrice: 10_800 })] }), 'Subtotal $108.00', 'Includes Sales tax (8%) $8.00', 'Total $108.00');
});

test('an invoice shows what was paid and what is due; a summary shows no lines', async (t) => {
  const paid = { paid: 4_000, due: 2_592, payments: [payment(), payment({ method: 'cash', reference: null })] };
  await assertSays(
    t, invoiceTask({}, paid),
    'Invoice 1042', 'Nov 16, 2026', 'Part 1', 'Subtotal $61.04', 'Total $65.92', 'Check, Nov 9, 2026, 1182 -$20.00', 'Cash, Nov 9, 2026 -$20.00', 'Paid -$40.00', 'Amount due $25.92',
    'Other ways to pay', 'By check to', 'Terms',
  );
  const text = await assertSays(t, invoiceTask({ presentation: 'summary', lines: lines(3) }), 'Invoice 1042', 'Total $65.92', 'Amount due $65.92');
  if (text) assert.doesNotMatch(text, /Part 1|Description/);
  const whole = await assertSays(t, invoiceTask({}, { paid: 6_592, due: 0, payments: [payment({ amount: { amount: 6_592, currency: 'USD' } })] }), 'Invoice 1042', 'Paid', 'Amount due $0.00');
  if (whole) assert.equal(whole.match(/Paid/g)?.length, 1);
});

test('deposits and credits go by their own names; a void invoice says so', async (t) => {
  await assertSays(t, invoiceTask({ kind: 'deposit' }), 'Deposit invoice 1042');
  await assertSays(t, invoiceTask({ kind: 'credit', lines: [line({ unitPrice: -5_000 })] }), 'Credit 1042', 'Total -$54.00', 'Left of this credit $54.00');
  await assertSays(t, invoiceTask({}, { status: 'void' }), 'Invoice 1042', 'Void');
});

test('a certificate has the evidence first and then the document as it was decided', async (t) => {
  const task = certificateTask();
  await assertSays(
    t, task,
    'Certificate of approval', 'November 24, 2026 at 3:05:12 PM Eastern Standard Time (2026-11-24T20:05:12Z)', 'Maria O’Brien', 'maria@pinestreet.example', 'Sent by e-mail to', 'Signed by typing',
    'Estimate 1042, version 2', task.evidence.versionHash, 'Accepted', '203.0.113.7', 'Pixel 7', 'link_01JD8Z3S0A', 'sess_01JD8Z5T8Q', 'Options chosen', 'Better $2,389.00', 'Total $3,039.12',
    'Page 1 of 3', 'Estimate 1042', 'Approved', 'Better', 'Chosen',
  );
  await assertSays(t, certificateTask({ decision: 'declined', mark: null, options: [], reason: 'Too dear' }), 'Record of a declined estimate', 'Reason Too dear', 'Estimate 1042', 'Declined');
  await assertSays(t, certificateTask({ terms: 'Other terms' }), 'Terms Other terms');
});

test('a drawn signature is in the certificate as a picture; one that is none is said to be unreadable', async (t) => {
  const picture = drawnName().toString('base64');
  const mark = { kind: 'drawn' as const, name: 'Maria O’Brien', pictureHash: 'ab'.repeat(32), picture };
  const { pdf } = await draw(t, certificateTask({ mark, signer: { name: 'Pat Reed', address: '+14045550199', contactId: null, forSomebodyElse: true } }));
  assert.match(skeletonOf(pdf), /\/Subtype \/Image\n\/BitsPerComponent 8\n\/Width 600\n\/Height 200/);
  await assertSays(t, certificateTask({ mark }), 'Signed by drawing', 'Maria O’Brien', 'ab'.repeat(32));
  for (const broken of ['', 'AAAA', Buffer.from(picture, 'base64').subarray(0, 300).toString('base64'), Buffer.from('<svg/>').toString('base64')])
    await assertSays(t, certificateTask({ mark: { ...mark, picture: broken } }), 'The picture cannot be shown', 'ab'.repeat(32));
});

test('a statement has its balances and entries, and what is still open', async (t) => {
  await assertSays(
    t, statementTask(),
    'Statement of account', 'October 1, 2026 – December 31, 2026', 'Pine Street Dental', 'Opening balance $125.00', 'Oct 14, 2026 Invoice 2188 $250.00 $375.00', 'Dryer vent cleaning',
    'Payment 1182 -$375.00 $0.00', 'Check', 'Credit 2211 -$50.00 $543.40', 'Closing balance $543.40', 'Still open', 'Invoice 2207', 'Overdue',
  );
  await assertSays(t, statementTask({ entries: [], open: [] }), 'Nothing in this period.', 'Closing balance');
});

test('labels are Spanish, and numbers and dates are written as in the country', async (t) => {
  const spanish = { locale: 'es', country: 'ES', currency: 'EUR', taxes: [{ key: 'sales', name: 'IVA', percent: '21' }], title: 'Sustitución del calentador' };
  await assertSays(
    t, estimateTask({ ...choices, ...spanish, lines: [line({ unitPrice: 1_234_567 })] }, { language: 'es' }),
    'Presupuesto 1042', 'Sustitución', '2 nov 2026', 'Descripción', 'Cantidad', '12.345,67 €', 'IVA (21 %)', 'Anticipo tras la aprobación (30 %)', 'Condiciones', 'Página 1 de 1',
  );
  await assertSays(t, invoiceTask({ ...spanish, country: 'MX', currency: 'MXN' }, { language: 'es' }), 'Factura 1042', '$10.00', 'Por pagar', 'Otras formas de pago');
  await assertSays(t, certificateTask({}, {}, { language: 'es' }), 'Constancia de aprobación', '24 de noviembre de 2026', 'Firmado escribiendo', 'Opciones elegidas');
  await assertSays(t, statementTask({}, { language: 'es' }), 'Estado de cuenta', 'Saldo inicial', 'Aún por pagar', 'Vencida');
});

test('money is exact in currencies of 0, 2 and 3 decimals', async (t) => {
  const of = (currency: string, country: string) => invoiceTask({ currency, country, taxes: [], lines: [line({ unitPrice: 999_999_999_999, taxes: [] })] });
  await assertSays(t, of('JPY', 'JP'), 'Total ¥999,999,999,999');
  await assertSays(t, of('USD', 'US'), 'Total $9,999,999,999.99');
  await assertSays(t, of('KWD', 'KW'), 'Total KWD 999,999,999.999');
});

test('Latin, Cyrillic, Greek and currency signs are drawn; what no font has is reported, each once, fifty at most', async (t) => {
  const known = await draw(t, estimateTask({ terms: 'Ångström Đặng Łódź Ελληνικά Кириллица Ґґ €£¥₴₽₹₿¢ “—…”' }));
  assert.deepEqual(known.missing, []);
  const some = await draw(t, estimateTask({ terms: 'ok 漢字 漢 😀\u200d👩 ☎' }));
  assert.deepEqual(some.missing, ['漢', '字', '😀', '👩', '☎']);
  assert.match(contentsOf(some.pdf), /\/ActualText/);
  const many = await draw(t, estimateTask({ terms: Array.from({ length: 200 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('') }));
  assert.equal(many.missing.length, 50);
});

test('a font package beside the program draws what Noto Sans has not', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
  t.after(() => rmSync(folder, { recursive: true }));
  // Any other font does: this one has signs of its own from U+EA60 on.
  const [signs] = globSync('node_modules/playwright-core/**/codicon*.ttf');
  mkdirSync(join(folder, '400Regular'));
  symlinkSync(resolve(signs!), join(folder, '400Regular', 'Signs_400Regular.ttf'));
  const fonts = new Fonts((name) => (name.endsWith('/noto-sans') ? 'node_modules/@expo-google-fonts/noto-sans' : name.endsWith('/noto-emoji') ? folder : undefined));
  const { pdf, missing } = await draw(t, estimateTask({ terms: 'Press \uea60 or 漢' }), fonts);
  assert.deepEqual(missing, ['漢']);
  assert.match(skeletonOf(pdf), /\/BaseFont \/[A-Z]{6}\+codicon/);
});

test('a logo of 256 KB is drawn; one that cannot be drawn leaves the name in its place', async (t) => {
  const logo = png(256, 255, (x, y) => [(x * 7) % 256, (y * 13) % 256, (x * y) % 256, 255], 0);
  assert.ok(logo.length > 255_000 && logo.length < 270_000);
  const task = (base64: string) => estimateTask({}, { branding: { ...branding, logo: { type: 'image/png', base64 } } });
  const { pdf } = await draw(t, task(logo.toString('base64')));
  assert.match(skeletonOf(pdf), /\/Width 256\n\/Height 255/);
  const flipped = Buffer.from(logo);
  flipped[60] = flipped[60]! ^ 0xff;
  for (const broken of [flipped, logo.subarray(0, 1000), Buffer.from('GIF89a'), Buffer.alloc(0), Buffer.from([0xff, 0xd8, 0xff, 0xe0])])
    assert.doesNotMatch(skeletonOf((await draw(t, task(broken.toString('base64')))).pdf), /\/Subtype \/Image/);
});

test('a row is never torn, unless it is taller than a page', async (t) => {
  const tall = line({ id: 'tall', description: 'Tall', details: Array.from({ length: 30 }, (_, index) => `Step ${index + 1}`).join('\n') });
  const pages = async (values: Parameters<typeof estimateTask>[0]) => textOf(t, (await draw(t, estimateTask(values))).pdf)?.split(/Page \d+ of \d+/);
  const whole = await pages({ lines: [...lines(6), tall] });
  if (whole) assert.ok(whole.some((page) => page.includes('Step 1 ') && page.includes('Step 30')));
  const endless = await pages({ lines: [line({ details: Array.from({ length: 150 }, (_, index) => `Step ${index + 1};`).join('\n') })] });
  if (endless) for (let step = 1; step <= 150; step += 1) assert.equal(endless.filter((page) => page.includes(`Step ${step};`)).length, 1);
});

test('the same task makes the same file, byte for byte', async (t) => {
  for (const task of [estimateTask(choices), invoiceTask(), certificateTask(), statementTask(), receiptTask()]) {
    const [first, second] = [await draw(t, task), await draw(t, task)];
    assert.ok(first.pdf.equals(second.pdf), task.kind);
  }
});

test('a hundred payments go on on the next page', async (t) => {
  const payments = Array.from({ length: 100 }, (_, index) => payment({ reference: `R${index}.` }));
  const { pdf } = await draw(t, invoiceTask({}, { paid: 200_000, due: 0, payments }));
  assert.equal(pagesOf(pdf), 4);
  const text = textOf(t, pdf);
  if (text) for (let index = 0; index < 100; index += 1) assert.ok(text.includes(`R${index}.`));
});
