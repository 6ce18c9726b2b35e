/** Documents to draw, for tests and measurements. */
import { deflateSync, crc32 } from 'node:zlib';
import type { EstimateContent } from '../../../contract/estimates.ts';
import type { AllocationView, InvoiceContent, Statement } from '../../../contract/invoices.ts';
import { lineTotal, totalsOf } from '../../../contract/totals.ts';
import type { Evidence } from '../../evidence.ts';
import type { ReceiptFacts } from '../../receipts.ts';
import type { Branding, CertificateTask, EstimateTask, InvoiceTask, ReceiptTask, StatementTask } from '../task.ts';

export const branding: Branding = {
  name: 'Acme Plumbing & Heating', phone: '(404) 555-0142', email: 'office@acme.example', accent: '#0b62c4', logo: null, timeZone: 'America/New_York',
};

type Line = EstimateContent['lines'][number];

export function line(values: Partial<Line> = {}): Line {
  const { quantity = '1', unitPrice = 18_500, discount = 0, discountPercent = null } = values;
  const { total } = lineTotal({ quantity, unitPrice, discount: discount ? { amount: discount } : null });
  return {
    id: 'l1', description: 'Labor', details: null, quantity, unit: null, unitPrice, discount, discountPercent, total, taxes: ['sales'],
    optional: false, group: null, selected: false, ...values,
  };
}

export const lines = (count: number): Line[] =>
  Array.from({ length: count }, (_, index) =>
    line({
      id: `l${index}`, description: `Part ${index + 1}: copper fitting, elbow and adapter`, quantity: String((index % 7) + 1), unitPrice: 1000 + index * 13,
      details: index % 3 === 0 ? `Item ${1000 + index}, in stock, fitted and pressure-tested` : null, unit: index % 4 === 0 ? 'pcs' : null,
    }),
  );

const frozen = {
  number: '1042',
  title: 'Water heater replacement',
  from: { name: branding.name, phone: '+14045550142', email: branding.email },
  to: { customer: 'Pine Street Dental', company: true, contact: 'Maria O’Brien', billingAddress: '412 Pine Street\nDecatur, GA 30030' },
  job: { number: '2207', service: 'Water heater' },
  address: ['412 Pine Street', 'Suite 3', 'Decatur, GA 30030'],
  poNumber: 'PO-7781',
  currency: 'USD',
  locale: 'en',
  country: 'US',
  issuedOn: '2026-11-02',
  taxes: [{ key: 'sales', name: 'Sales tax', percent: '8' }],
  taxIncluded: false,
  rounding: 'document' as const,
  terms: 'Prices hold until the date above. Work begins within ten days of approval.\nWe guarantee our work for two years.',
};

export function estimateContent(values: Partial<EstimateContent> = {}): EstimateContent {
  return { ...frozen, kind: 'estimate', lines: [line()], groups: [], fixedTax: 0, deposit: null, termsRequired: false, expiresOn: '2026-12-05', note: null, ...values };
}

export function estimateTask(values: Partial<EstimateContent> = {}, task: Partial<EstimateTask> = {}): EstimateTask {
  return { kind: 'estimate', content: estimateContent(values), version: 1, language: 'en', branding, ...task };
}

/** Good, better, best and something to add. */
export const choices: Partial<EstimateContent> = {
  lines: [
    line({ id: 'base', description: 'Remove and dispose of the old heater', unitPrice: 24_000 }),
    line({ id: 'good', description: 'Good', details: '40 gal, 6-year warranty', unitPrice: 188_900, group: 'heater' }),
    line({ id: 'better', description: 'Better', details: '50 gal, 9-year warranty, brass drain valve', unitPrice: 238_900, group: 'heater', selected: true }),
    line({ id: 'best', description: 'Best', details: 'Heat pump, 12-year warranty', unitPrice: 345_000, group: 'heater' }),
    line({ id: 'tank', description: 'Expansion tank', unitPrice: 18_500, optional: true, selected: true }),
    line({ id: 'pan', description: 'Drain pan with alarm', quantity: '2.5', unit: 'm', unitPrice: 4_200, discount: 1_050, discountPercent: '10', optional: true }),
  ],
  groups: [{ key: 'heater', name: 'Water heater' }],
  deposit: { percent: '30' },
  termsRequired: true,
};

export function invoiceContent(values: Partial<InvoiceContent> = {}): InvoiceContent {
  const some = values.lines ?? lines(3);
  const rules = { taxes: values.taxes ?? frozen.taxes, taxIncluded: values.taxIncluded ?? false, rounding: frozen.rounding, fixedTax: values.fixedTax ?? 0 };
  const { subtotal, taxes, tax, total } = totalsOf(some, rules);
  return {
    ...frozen, kind: 'invoice', lines: some, presentation: 'detailed', dueOn: '2026-11-16',
    otherWaysToPay: 'By check to Acme Plumbing & Heating, 1 Main Street, Atlanta, GA 30303', fixedTax: 0,
    subtotal, taxAmounts: Object.fromEntries(taxes.map(({ key, amount }) => [key, amount])), tax, total, ...values,
  };
}

export const payment = (values: Partial<AllocationView> = {}): AllocationView => ({
  receivedOn: '2026-11-09', method: 'check', amount: { amount: 2_000, currency: 'USD' }, reference: '1182', paymentId: null, ...values,
});

export function invoiceTask(values: Partial<InvoiceContent> = {}, task: Partial<InvoiceTask> = {}): InvoiceTask {
  const content = invoiceContent(values);
  return { kind: 'invoice', content, version: 1, language: 'en', branding, paid: 0, due: content.total, payments: [], ...task };
}

export function evidence(values: Partial<Evidence> = {}): Evidence {
  return {
    estimateId: 'est_01', number: '1042', title: 'Water heater replacement', version: 2,
    versionHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', decision: 'approved', at: '2026-11-24T20:05:12Z',
    signer: { name: 'Maria O’Brien', address: 'maria@pinestreet.example', contactId: 'cont_01', forSomebodyElse: false },
    mark: { kind: 'typed', name: 'Maria O’Brien' },
    options: [{ id: 'better', description: 'Better', total: 238_900 }, { id: 'tank', description: 'Expansion tank', total: 18_500 }],
    totals: { subtotal: 281_400, taxes: [{ key: 'sales', name: 'Sales tax', percent: '8', amount: 22_512 }], tax: 22_512, total: 303_912, deposit: 91_174 },
    currency: 'USD', terms: frozen.terms, termsAccepted: true, poNumber: 'PO-7781', reason: null, ip: '203.0.113.7',
    userAgent: 'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
    sessionId: 'sess_01JD8Z5T8Q', linkId: 'link_01JD8Z3S0A', verified: { channel: 'email', address: 'maria@pinestreet.example' }, ...values,
  };
}

export function certificateTask(values: Partial<Evidence> = {}, content: Partial<EstimateContent> = {}, task: Partial<CertificateTask> = {}): CertificateTask {
  return { kind: 'certificate', evidence: evidence(values), content: estimateContent({ ...choices, ...content }), language: 'en', branding, ...task };
}

const usd = (amount: number) => ({ amount, currency: 'USD' });

export function statement(values: Partial<Statement> = {}): Statement {
  return {
    from: '2026-10-01', to: '2026-12-31', issuedOn: '2027-01-04',
    account: { name: branding.name, phone: branding.phone, email: branding.email },
    customers: [{ name: 'Pine Street Dental', billingAddress: '412 Pine Street\nDecatur, GA 30030' }],
    currency: 'USD', opening: usd(12_500), closing: usd(54_340),
    entries: [
      { on: '2026-10-14', kind: 'invoice', number: '2188', title: 'Dryer vent cleaning', method: null, amount: usd(25_000), balance: usd(37_500) },
      { on: '2026-10-20', kind: 'payment', number: '1182', title: null, method: 'check', amount: usd(-37_500), balance: usd(0) },
      { on: '2026-11-02', kind: 'invoice', number: '2207', title: 'Sewer camera inspection', method: null, amount: usd(59_340), balance: usd(59_340) },
      { on: '2026-11-20', kind: 'credit', number: '2211', title: 'Goodwill', method: null, amount: usd(-5_000), balance: usd(54_340) },
    ],
    open: [{ id: 'inv_1', kind: 'invoice', number: '2207', title: 'Sewer camera inspection', issuedOn: '2026-11-02', dueOn: '2026-11-16', overdue: true, total: usd(59_340), due: usd(54_340) }],
    ...values,
  };
}

export const statementTask = (values: Partial<Statement> = {}, task: Partial<StatementTask> = {}): StatementTask => ({
  kind: 'statement', statement: statement(values), language: 'en', branding, country: 'US', ...task,
});

/** Two invoices, one of them in part, with a tip. */
export const receipt = (values: Partial<ReceiptFacts> = {}): ReceiptFacts => ({
  state: 'succeeded', receiptNumber: '5001', startedOn: '2026-11-20', paidOn: '2026-11-20', customer: { name: 'Pine Street Dental', billingAddress: '412 Pine Street\nDecatur, GA 30030' },
  payer: 'Maria O’Brien', payerOnFile: true, method: { type: 'card', brand: 'visa', last4: '4242' }, currency: 'USD', amount: 81_840, tip: 2_500,
  items: [
    { invoiceId: 'inv_1', kind: 'invoice', number: '2188', title: 'Dryer vent cleaning', amount: 25_000, due: 0 },
    { invoiceId: 'inv_2', kind: 'deposit', number: '2207', title: 'Sewer camera inspection', amount: 54_340, due: 5_000 },
  ],
  refunds: [], ...values,
});

export const receiptTask = (values: Partial<ReceiptFacts> = {}, task: Partial<ReceiptTask> = {}): ReceiptTask => ({
  kind: 'receipt', receipt: receipt(values), language: 'en', branding, country: 'US', ...task,
});

function chunk(name: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([size, content, sum]);
}

/** An RGBA picture of a colour for each of its points. */
export function png(width: number, height: number, at: (x: number, y: number) => [number, number, number, number], level = 6): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const pixels = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) pixels.set(at(x, y), y * (width * 4 + 1) + 1 + x * 4);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(pixels, { level })), chunk('IEND', Buffer.alloc(0))]);
}

/** A stroke as a drawing pad leaves it. */
export const drawnName = (): Buffer =>
  png(600, 200, (x, y) => [23, 33, 43, Math.abs(y - 100 - 60 * Math.sin(x / 38) * Math.cos(x / 91)) < 4 && x > 20 && x < 580 ? 255 : 0]);
