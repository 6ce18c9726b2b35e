/** Made-up estimates for tests: a water heater in three qualities, with something to add. */
import type { EstimateContent, EstimateLine, EstimateView, LineChange, Remark } from '../../server/contract/estimates.ts';
import { inDays, usd } from './jobs.ts';

export function estimateLine(id: string, description: string, total: number, change: Partial<EstimateLine> = {}): EstimateLine {
  return {
    id, description, details: null, quantity: '1', unit: null, unitPrice: total, discount: 0, discountPercent: null, total, taxes: ['sales'],
    optional: false, group: null, selected: false, ...change,
  };
}

export function estimateContent(change: Partial<EstimateContent> = {}): EstimateContent {
  return {
    kind: 'estimate',
    number: '1042',
    title: 'Water heater replacement',
    from: { name: 'Acme Plumbing & Heating', phone: '+14045550142', email: 'office@acme.example' },
    to: { customer: 'Pine Street Dental', company: true, contact: 'Maria O’Brien', billingAddress: '412 Pine Street\nDecatur, GA 30030' },
    job: { number: '85012', service: 'Water heater replacement' },
    address: ['412 Pine Street', 'Decatur, GA 30030'],
    poNumber: null,
    currency: 'USD',
    locale: 'en-US',
    country: 'US',
    issuedOn: inDays(-2),
    taxes: [{ key: 'sales', name: 'Sales tax', percent: '8' }],
    taxIncluded: false,
    rounding: 'document',
    terms: 'Half a year of warranty on labor.\nThe old heater is hauled away.',
    lines: [
      estimateLine('labor', 'Installation', 42_000, { quantity: '3.5', unit: 'hr', unitPrice: 12_000, details: 'Two technicians', taxes: [] }),
      estimateLine('good', 'Good', 188_900, { group: 'heater', details: '40 gal, 6-year warranty' }),
      estimateLine('better', 'Better', 238_900, {
        group: 'heater', selected: true, details: '50 gal, 9-year warranty\nBrass drain valve\nInsulated to R-16, and quieter than the one before it',
      }),
      estimateLine('best', 'Best', 345_000, { group: 'heater', details: 'Heat pump, 12-year warranty' }),
      estimateLine('tank', 'Expansion tank', 18_500, { optional: true, selected: true }),
      estimateLine('pan', 'Drain pan', 6_000, { optional: true, quantity: '2', unitPrice: 3_000 }),
    ],
    groups: [{ key: 'heater', name: 'Water heater' }],
    deposit: { amount: 50_000 },
    fixedTax: 0,
    termsRequired: false,
    expiresOn: inDays(20),
    note: null,
    ...change,
  };
}

type Change = Partial<Omit<EstimateView, 'content'>> & { content?: Partial<EstimateContent> };

export function estimateView({ content, ...change }: Change = {}): EstimateView {
  return {
    kind: 'estimate',
    id: 'est_1',
    status: 'sent',
    etag: '1.abc',
    version: 1,
    sentAt: '2025-11-20T15:00:00Z',
    content: estimateContent(content),
    customerId: 'cust_pine',
    jobId: 'job_1',
    totals: {
      subtotal: usd(299_400),
      taxes: [{ key: 'sales', name: 'Sales tax', percent: '8', amount: usd(20_592) }],
      tax: usd(20_592),
      total: usd(319_992),
      deposit: usd(50_000),
    },
    decision: null,
    remarks: [],
    changes: null,
    depositInvoice: null,
    rights: { approve: true, requestChanges: true, pay: true, pdf: true, share: true },
    verification: 'none',
    signer: { name: 'Maria O’Brien', address: 'maria@pinedental.example' },
    ...change,
  };
}

/** The second version: Better has become dearer, the drain pan is gone, and a permit is new. */
export function revised(change: Change = {}): EstimateView {
  const { lines } = estimateContent();
  const pan = lines.find(({ id }) => id === 'pan')!;
  const better = lines.find(({ id }) => id === 'better')!;
  const changes: LineChange[] = [
    { lineId: 'better', change: 'changed', before: better },
    { lineId: 'permit', change: 'added', before: null },
    { lineId: 'pan', change: 'removed', before: pan },
  ];
  return estimateView({
    version: 2,
    etag: '2.def',
    changes: { since: 1, lines: changes },
    ...change,
    content: {
      note: 'With the permit, as you asked.',
      lines: [
        ...lines.filter((line) => line !== pan).map((line) => (line === better ? { ...better, unitPrice: 248_900, total: 248_900 } : line)),
        estimateLine('permit', 'Permit', 12_000, { taxes: [] }),
      ],
      ...change.content,
    },
  });
}

export function remark(change: Partial<Remark> = {}): Remark {
  return {
    id: 'rmk_1', lineId: 'better', version: 1, text: 'Is it as loud as the old one?', by: 'Maria O’Brien', createdAt: '2025-11-21T15:00:00Z',
    answer: null, answeredAt: null, ...change,
  };
}

/** Approved for Better and the tank, the deposit not yet paid. */
export const approved = (change: Change = {}): EstimateView => {
  const { totals } = estimateView();
  return estimateView({
    status: 'approved',
    decision: {
      kind: 'approved', at: '2025-11-22T16:30:00Z', version: 1, by: 'Maria O’Brien', address: 'maria@pinedental.example',
      signature: 'typed', options: ['better', 'tank'], totals, poNumber: 'PO 77', reason: null,
    },
    depositInvoice: {
      id: 'inv_1', number: '2043', due: usd(50_000), total: usd(50_000), dueOn: inDays(7), otherWaysToPay: 'Check to Acme, or call us.',
      etag: '1-dep', payable: usd(50_000), onlinePayment: false, pending: [],
    },
    ...change,
  });
};

export const declined = (change: Change = {}): EstimateView =>
  estimateView({
    status: 'declined',
    decision: {
      kind: 'declined', at: '2025-11-22T16:30:00Z', version: 1, by: 'Maria O’Brien', address: 'maria@pinedental.example',
      signature: null, options: [], totals: null, poNumber: null, reason: 'We sell the house instead.',
    },
    ...change,
  });
