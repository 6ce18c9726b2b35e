/** Made-up records for tests: a plumber in New York's time zone, and a dentist's practice with two addresses. */
import type { Money } from '../../server/contract/wire.ts';
import type { Card } from '../../server/contract/account.ts';
import type { SessionView } from '../../server/contract/access.ts';
import type { History, JobRow, JobView, VisitView } from '../../server/contract/work.ts';

export const usd = (amount: number): Money => ({ amount, currency: 'USD' });

/** A day from today, `YYYY-MM-DD`, so that “in 4 days” stays true. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const card: Card = {
  id: 'acct_01J00000000000000000000000',
  slug: 'acme',
  name: 'Acme Plumbing & Heating',
  logoUrl: null,
  accent: '#0b62c4',
  phone: '+14045550142',
  email: 'office@acme.example',
  country: 'US',
  timeZone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
  marketing: false,
  bookingPublished: false,
  sms: true,
  hostedUrl: 'https://center.example.com/c/acme',
  originAllowed: true,
};

export const session: SessionView = {
  kind: 'customer',
  name: 'Maria O’Brien',
  language: 'en',
  customers: [
    { id: 'cust_pine', name: 'Pine Street Dental', parentId: null },
    { id: 'cust_mill', name: 'Maria O’Brien', parentId: null },
  ],
  canApprove: true,
  canPay: true,
  document: null,
};

export function visit(change: Partial<VisitView> = {}): VisitView {
  return { id: 'vis_1', startsAt: null, endsAt: null, arrivalWindowMinutes: null, date: null, technician: null, ...change };
}

let made = 0;

export function jobRow(change: Partial<JobRow> = {}): JobRow {
  made += 1;
  return {
    id: `job_${made}`,
    number: String(85_000 + made),
    service: 'Dryer vent cleaning',
    status: 'complete',
    customerId: 'cust_pine',
    customerName: 'Pine Street Dental',
    address: '412 Pine Street',
    visit: null,
    occurredAt: '2025-10-14T14:00:00Z',
    technician: null,
    total: usd(25_000),
    balance: usd(0),
    waitsFor: null,
    due: null,
    waitsDocument: null,
    ...change,
  };
}

/** Past jobs by the number, all alike but for their numbers. */
export const manyJobs = (count: number, prefix = 'Visit'): JobRow[] =>
  Array.from({ length: count }, (_, at) => jobRow({ service: `${prefix} ${at + 1}` }));

const address = { line2: null, city: 'Decatur', region: 'GA', postalCode: '30030', country: 'US', customerId: 'cust_pine' };

export function history(change: Partial<History> = {}): History {
  return {
    waiting: {
      items: [
        jobRow({ service: 'Water heater replacement', status: 'new', waitsFor: 'estimate', total: usd(238_900), balance: usd(0) }),
        jobRow({ service: 'Sewer camera inspection', waitsFor: 'payment', total: usd(31_840), balance: usd(31_840) }),
      ],
      nextCursor: null,
    },
    upcoming: {
      items: [
        jobRow({
          service: 'Furnace tune-up',
          status: 'scheduled',
          technician: 'Daniel K.',
          visit: visit({ startsAt: `${inDays(4)}T14:00:00Z`, arrivalWindowMinutes: 120, technician: 'Daniel K.' }),
        }),
        jobRow({
          service: 'Annual maintenance, visit 2 of 4',
          status: 'scheduled',
          customerId: 'cust_mill',
          customerName: 'Maria O’Brien',
          address: '98 Old Mill Ln, Apt. 3B',
          visit: visit({ date: inDays(30) }),
        }),
        jobRow({ service: 'Gutter repair', status: 'new', total: null, balance: null }),
      ],
      nextCursor: null,
    },
    past: {
      items: [
        jobRow({ occurredAt: '2025-10-14T14:00:00Z' }),
        jobRow({ service: 'Slow drain in sink', occurredAt: '2025-08-03T14:00:00Z', total: usd(29_872), address: '98 Old Mill Ln, Apt. 3B' }),
        jobRow({ service: 'Leak in ceiling', occurredAt: '2025-06-19T14:00:00Z', total: usd(114_410), balance: usd(38_137) }),
        jobRow({ service: 'Bathroom remodel', status: 'lost', total: usd(1_845_000) }),
        jobRow({ service: 'Smoke test', status: 'canceled', total: null, balance: null }),
      ],
      nextCursor: null,
    },
    addresses: [
      { ...address, id: 'addr_1', name: null, line1: '412 Pine Street' },
      { ...address, id: 'addr_2', name: 'Lake house', line1: '98 Old Mill Ln', line2: 'Apt. 3B' },
    ],
    ...change,
  };
}

const charge = (id: string, description: string, quantity: string, unitPrice: number, total: number) => ({
  id,
  description,
  details: null,
  quantity,
  unit: null,
  unitPrice: usd(unitPrice),
  discount: usd(0),
  total: usd(total),
});

export function jobView(change: Partial<JobView> = {}): JobView {
  return {
    id: 'job_1',
    number: '85012',
    service: 'Leak in ceiling',
    scope: 'Open the ceiling in the hallway and find the leak.\nReplace the section of pipe.\n\nPlease keep the dog inside.',
    status: 'complete',
    customer: { id: 'cust_pine', name: 'Pine Street Dental' },
    address: { id: 'addr_1', name: null, line1: '412 Pine Street', line2: 'Suite 2', city: 'Decatur', region: 'GA', postalCode: '30030', country: 'US' },
    contact: { name: 'Maria O’Brien', email: 'maria@pinedental.example', mobile: '+14045550188' },
    technician: 'Daniel K.',
    visits: [
      visit({ id: 'vis_1', startsAt: '2025-06-19T13:00:00Z', arrivalWindowMinutes: 120, technician: 'Daniel K.' }),
      visit({ id: 'vis_2', startsAt: `${inDays(4)}T18:30:00Z`, arrivalWindowMinutes: 90, technician: 'Ana P.' }),
    ],
    presentation: 'detailed',
    charges: [
      { ...charge('chg_1', 'Labor', '3.5', 12_000, 42_000), unit: 'hr' },
      { ...charge('chg_2', 'Copper pipe, 3/4 in', '12', 1_450, 16_400), unit: 'ft', discount: usd(1_000), details: 'Type L, with fittings\nand solder' },
      charge('chg_3', 'Ceiling repair and paint', '1', 48_000, 48_000),
    ],
    payments: [{ id: 'pay_1', receivedOn: '2025-06-30', method: 'check', amount: usd(76_273), reference: '1042' }],
    subtotal: usd(106_400),
    tax: usd(8_010),
    total: usd(114_410),
    paid: usd(76_273),
    balance: usd(38_137),
    due: null,
    waitsFor: 'payment',
    notes: [
      { id: 'note_1', author: 'Tina', body: 'The shut-off valve is behind the washing machine.\nIt is stiff.', createdAt: '2025-06-19T18:04:00Z' },
      { id: 'note_2', author: null, body: 'Paint needs a second coat.', createdAt: '2025-06-20T03:30:00Z' },
    ],
    documents: [],
    createdAt: '2025-06-01T12:00:00Z',
    completedAt: '2025-06-20T20:00:00Z',
    ...change,
  };
}
