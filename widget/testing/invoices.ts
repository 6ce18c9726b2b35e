/** Made-up invoices and a statement for tests, of the same practice as in jobs.ts. */
import type { Share } from '../../server/contract/documents.ts';
import type { InvoiceContent, InvoiceRow, InvoiceView, Statement } from '../../server/contract/invoices.ts';
import { inDays, usd } from './jobs.ts';

const line = (id: string, description: string, quantity: string, unitPrice: number, total: number): InvoiceContent['lines'][number] => ({
  id, description, details: null, quantity, unit: null, unitPrice, discount: 0, discountPercent: null, total, taxes: ['sales'],
}); // prettier-ignore

export function invoiceContent(change: Partial<InvoiceContent> = {}): InvoiceContent {
  return {
    kind: 'invoice',
    number: '2207',
    title: 'Sewer camera inspection',
    from: { name: 'Acme Plumbing & Heating', phone: '+14045550142', email: 'office@acme.example' },
    to: { customer: 'Pine Street Dental', company: true, contact: 'Maria O’Brien', billingAddress: '412 Pine Street\nDecatur, GA 30030' },
    job: { number: '85013', service: 'Sewer camera inspection' },
    address: ['412 Pine Street', 'Decatur, GA 30030'],
    poNumber: '4711',
    currency: 'USD',
    locale: 'en-US',
    country: 'US',
    issuedOn: '2025-11-03',
    taxes: [{ key: 'sales', name: 'Sales tax', percent: '8' }],
    taxIncluded: false,
    rounding: 'document',
    terms: 'Please pay within 30 days.\nLate payments bear interest.',
    lines: [
      { ...line('l1', 'Camera inspection', '2.5', 12_000, 30_000), unit: 'hr', details: 'Main line to the street\nwith a recording' },
      { ...line('l2', 'Clean-out cap', '1', 2_000, 1_500), discount: 500 },
      line('l3', 'Report', '1', 3_500, 3_500),
    ],
    presentation: 'detailed',
    dueOn: inDays(10),
    otherWaysToPay: 'By check to Acme Plumbing & Heating,\nP.O. Box 12, Decatur, GA 30031',
    fixedTax: 0,
    subtotal: 35_000,
    taxAmounts: { sales: 2_800 },
    tax: 2_800,
    total: 37_800,
    ...change,
  };
}

export function invoiceView(change: Partial<Omit<InvoiceView, 'content'>> & { content?: Partial<InvoiceContent> } = {}): InvoiceView {
  const { content, ...rest } = change;
  return {
    kind: 'invoice',
    id: 'inv_1',
    status: 'partlyPaid',
    overdue: false,
    etag: '1-abc',
    version: 1,
    sentAt: '2025-11-03T15:00:00Z',
    content: invoiceContent(content),
    customerId: 'cust_pine',
    jobId: 'job_1',
    subtotal: usd(35_000),
    taxes: [{ key: 'sales', name: 'Sales tax', percent: '8', amount: usd(2_800) }],
    tax: usd(2_800),
    total: usd(37_800),
    paid: usd(15_000),
    due: usd(22_800),
    payments: [
      { receivedOn: '2025-11-05', method: 'check', amount: usd(10_000), reference: '1042', paymentId: null },
      { receivedOn: '2025-11-06', method: 'credit', amount: usd(5_000), reference: '2190', paymentId: null },
    ],
    pending: [],
    payable: usd(22_800),
    disputed: false,
    onlinePayment: true,
    rights: { approve: false, requestChanges: false, pay: true, pdf: true, share: true },
    ...rest,
  };
}

let made = 0;

export function invoiceRow(change: Partial<InvoiceRow> = {}): InvoiceRow {
  made += 1;
  return {
    id: `inv_${made}`,
    kind: 'invoice',
    number: String(2200 + made),
    title: 'Sewer camera inspection',
    status: 'sent',
    overdue: false,
    customerId: 'cust_pine',
    customerName: 'Pine Street Dental',
    jobId: 'job_1',
    address: '412 Pine Street',
    poNumber: null,
    issuedOn: '2025-11-03',
    dueOn: '2030-12-05',
    total: usd(31_840),
    due: usd(31_840),
    payable: change.due ?? usd(31_840),
    onlinePayment: true,
    etag: '1-abc',
    ...change,
  };
}

/** Invoices by the number, all alike but for their numbers. */
export const manyInvoices = (count: number, title = 'Visit'): InvoiceRow[] =>
  Array.from({ length: count }, (_, at) => invoiceRow({ title: `${title} ${at + 1}` }));

/** One of each kind that is open. */
export const openInvoices = (): InvoiceRow[] => [
  invoiceRow({ number: '2161', title: 'Leak in ceiling', status: 'partlyPaid', overdue: true, dueOn: '2025-07-19', total: usd(114_410), due: usd(38_137), poNumber: '4711' }),
  invoiceRow({ number: '2207' }),
  invoiceRow({ number: '2208', kind: 'deposit', title: 'Water heater replacement', customerId: 'cust_mill', customerName: 'Maria O’Brien', address: '98 Old Mill Ln, Apt. 3B', dueOn: null, total: usd(50_000), due: usd(50_000) }),
];

/** Open ones, and what is settled one way or another. */
export const allInvoices = (): InvoiceRow[] => [
  ...openInvoices(),
  invoiceRow({ number: '2150', title: 'Dryer vent cleaning', status: 'paid', due: usd(0) }),
  invoiceRow({ number: '2149', title: 'Smoke test', status: 'void', due: usd(0) }),
  invoiceRow({ number: '2148', kind: 'credit', title: 'Goodwill for the late visit', total: usd(-5_000), due: usd(-5_000), dueOn: null }),
];

export function statement(change: Partial<Statement> = {}): Statement {
  return {
    from: '2025-11-01',
    to: '2025-11-25',
    issuedOn: '2025-11-25',
    account: { name: 'Acme Plumbing & Heating', phone: '+14045550142', email: 'office@acme.example' },
    customers: [{ name: 'Pine Street Dental', billingAddress: '412 Pine Street\nDecatur, GA 30030' }],
    currency: 'USD',
    opening: usd(38_137),
    closing: usd(45_977),
    entries: [
      { on: '2025-11-03', kind: 'invoice', number: '2207', title: 'Sewer camera inspection', method: null, amount: usd(31_840), balance: usd(69_977) },
      { on: '2025-11-05', kind: 'payment', number: '1042', title: null, method: 'check', amount: usd(-20_000), balance: usd(49_977) },
      { on: '2025-11-06', kind: 'refund', number: null, title: null, method: 'card', amount: usd(1_000), balance: usd(50_977) },
      { on: '2025-11-10', kind: 'credit', number: '2209', title: 'Goodwill for the late visit', method: null, amount: usd(-5_000), balance: usd(45_977) },
    ],
    open: [
      { id: 'inv_1', kind: 'invoice', number: '2161', title: 'Leak in ceiling', issuedOn: '2025-06-19', dueOn: '2025-07-19', overdue: true, total: usd(114_410), due: usd(38_137) },
      { id: 'inv_2', kind: 'invoice', number: '2207', title: 'Sewer camera inspection', issuedOn: '2025-11-03', dueOn: null, overdue: false, total: usd(31_840), due: usd(7_840) },
    ],
    ...change,
  };
}

export function shareOf(change: Partial<Share> = {}): Share {
  return {
    id: 'link_9',
    name: 'Ana Ruiz',
    address: 'ana@pinedental.example',
    actions: ['view', 'pdf', 'pay'],
    createdAt: '2025-11-10T12:00:00Z',
    // The moment after the last day, where the contractor is.
    expiresAt: '2030-11-25T05:00:00Z',
    uses: 2,
    lastUsedAt: '2025-11-11T12:00:00Z',
    ...change,
  };
}
