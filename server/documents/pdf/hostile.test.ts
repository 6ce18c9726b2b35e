import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderPdf } from './render.ts';
import type { PdfTask } from './task.ts';
import { checkSound, contentsOf, skeletonOf, textOf } from './testing/reading.ts';
import { certificateTask, choices, drawnName, estimateTask, invoiceTask, line, payment, receiptTask, statementTask } from './testing/tasks.ts';
import { harmless } from './text.ts';

const payloads = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg/onload=alert(1)>', '<iframe src="https://evil.example/">', '&lt;b&gt;&amp;&#60;', '<![CDATA[x]]>', '<?xml version="1.0"?>',
  '</rdf:li></rdf:Alt></dc:title><x:evil/>', 'javascript:alert(1)', 'https://evil.example/?a=1&b=2', 'www.evil.example', 'mailto:evil@example.com', 'file:///etc/passwd', '\\\\evil\\share',
  '/JavaScript', '<</S/JavaScript/JS(app.alert(1))>>', '/OpenAction << /S /URI /URI (https://evil.example) >>', ') >> endobj 1 0 obj << /Type /Catalog >>', 'endstream endobj', '%%EOF', '(((', ')))', '\\)', '\\', 'ET Q',
  '<FEFF0041>', 'BT /F1 12 Tf (x) Tj ET', '/AA /Launch /EmbeddedFile /RichMedia /SubmitForm /GoToR /XFA', '=HYPERLINK("https://evil.example")', '=cmd|\'/c calc\'!A1', '+1+1', '-1', '@SUM(A1)', '{{7*7}}', '${7*7}', '%s%n%x', '../../etc/passwd',
  '\u202egnp.exe', 'a\u2066b\u2067c\u2068d\u2069', '\u200f\u200e\u061c', '\u202a\u202b\u202c\u202d', 'x\u0000y', '\u0001\u0007\u001b[31m', 'a\tb', 'one\r\ntwo\rthree\u2028four\u2029five\u0085six', '\ud800', '\udc00x\ud83d', '\ufeffmark', '\ufffe\uffff', '\u{e0041}\u{e0042}',
  '😀👨‍👩‍👧‍👦🏳️‍🌈🇺🇸', 'e\u0301\u0302\u0303\u0304'.padEnd(400, '\u0335'), '\u0301'.repeat(50), '\u00ad\u200b\u2060\u034f', '\u00a0\u3000', ' ', '', '\n\n\n', 'עברית בצד שמאל 12', 'العربية', 'ไทยไม่มีช่องว่าง', '漢字かな交じり文', 'ﷺ﷽',
  '𝕊𝕔𝕣𝕚𝕡𝕥 𒐫', 'ı̇İSS ß ŉ', '__proto__', 'constructor', 'null', 'undefined', 'NaN', '1e308', 'W'.repeat(300), '-'.repeat(300), 'a '.repeat(200), '/'.repeat(200),
];
const wrappings: ((payload: string) => string)[] = [
  (payload) => payload, (payload) => `${payload}${payload}`, (payload) => `Pump ${payload} and pipe`, (payload) => `(${payload}`, (payload) => `\u202e${payload}`, (payload) => payload.toUpperCase(), (payload) => `${payload}\\`,
];
const all = wrappings.flatMap((wrap) => payloads.map(wrap));

/** Fields of people's own words. Others are checked by the contract. */
const texts = new Set([
  'name', 'phone', 'email', 'number', 'title', 'customer', 'contact', 'billingAddress', 'service', 'address', 'poNumber', 'terms', 'note', 'description', 'details', 'unit', 'otherWaysToPay', 'reference',
  'estimateId', 'versionHash', 'contactId', 'pictureHash', 'reason', 'ip', 'userAgent', 'sessionId', 'linkId', 'payer', 'brand', 'last4', 'receiptNumber',
]);

/** The same task with another payload in every text of it. */
function filled<T>(value: T, next: () => string, key = ''): T {
  if (typeof value === 'string') return (texts.has(key) ? next() : value) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => filled(each, next, key)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each as unknown, next, name)])) as T;
}

/** Nothing that opens, runs, fetches or carries anything. */
const active = /\/(URI|JS|JavaScript|Launch|OpenAction|AA|Annots?|EmbeddedFiles?|RichMedia|SubmitForm|GoToR|GoToE|ImportData|XFA|AcroForm|Filespec)\b/;

async function assertInert(t: Parameters<typeof checkSound>[0], task: PdfTask): Promise<Buffer> {
  const pdf = Buffer.from((await renderPdf(task)).bytes);
  assert.doesNotMatch(skeletonOf(pdf), active);
  assert.doesNotMatch(pdf.toString('latin1'), /\/(JavaScript|OpenAction|Launch|URI)\b/, 'not even as text');
  contentsOf(pdf);
  checkSound(t, pdf);
  return pdf;
}

test(`${all.length} payloads of scripts, markup, PDF syntax, formulas, control and bidirectional characters are text in every field and nothing else`, async (t) => {
  let at = 0;
  const next = () => all[at++ % all.length]!;
  const mark = { kind: 'drawn' as const, name: 'x', picture: drawnName().toString('base64'), pictureHash: 'x' };
  const many = all.map((_, index) => line({ id: `l${index}`, details: 'x', unit: index % 5 ? null : 'x', optional: index % 7 === 0, selected: index % 14 === 0 }));
  const tasks: PdfTask[] = [
    estimateTask({ ...choices, lines: many, note: 'x' }),
    ...Array.from({ length: 6 }, () => certificateTask({ mark, reason: 'x' }, { note: 'x' })),
    ...Array.from({ length: 6 }, () => invoiceTask({}, { payments: [payment(), payment()] })),
    ...Array.from({ length: 6 }, () => statementTask()),
    ...Array.from({ length: 6 }, () => receiptTask({ refunds: [{ id: 'rfd_1', on: '2026-12-03', amount: 5_000, state: 'pending' }] })),
  ];
  for (const task of tasks) await assertInert(t, filled(task, next));
});

test('words stay as they were written: no markup is read, nothing becomes a link', async (t) => {
  const pdf = await assertInert(t, estimateTask({ title: '<b>Pipes</b> & "more"', lines: [line({ description: 'See https://evil.example or call', details: '<script>alert(1)</script>' })] }));
  const text = textOf(t, pdf);
  if (text) for (const words of ['<b>Pipes</b> & "more"', 'See https://evil.example or call', '<script>alert(1)</script>']) assert.ok(text.includes(words), words);
});

test('a word of 10,000 characters is broken into lines', async (t) => {
  const pdf = await assertInert(t, estimateTask({ terms: 'x'.repeat(10_000), lines: [line({ description: 'y'.repeat(10_000) })] }));
  const text = textOf(t, pdf);
  if (text) assert.deepEqual(['x', 'y'].map((letter) => text.match(new RegExp(`${letter}{5,}`, 'g'))!.join('').length), [10_000, 10_000]);
});

test('what reorders text is taken out, and so are control characters, halves of characters and heaps of marks', () => {
  assert.equal(harmless('a\u202eb\u202c\u2066c\u2069\u200f\u200e\u061c'), 'abc');
  assert.equal(harmless('a\u0000b\u0007c\u009fd\te\r\nf\u2028g'), 'abcd e\nf\ng');
  assert.equal(harmless('\ud800x\udc00'), '\ufffdx\ufffd');
  assert.equal([...harmless(`a${'\u0335'.repeat(40)}`)].length, 4);
  assert.equal(harmless('Ångström, Đặng — “Ελλάδα”'), 'Ångström, Đặng — “Ελλάδα”');
});
