/** Made-up customers of the office for tests: a dentist's practice with two people, and what has happened there. */
import type { LinkMade } from '../../../server/contract/access.ts';
import type { Activity, CustomerAccess, CustomerOverview, CustomerRow, OfficeDocumentRow, OfficeJobRow } from '../../../server/contract/office.ts';
import { usd } from '../../testing/jobs.ts';

type Contact = CustomerOverview['contacts'][number];
type Link = CustomerAccess['links'][number];
type Session = CustomerAccess['sessions'][number];

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const stamps = { externalId: null, createdAt: '2026-01-10T15:00:00.000Z', updatedAt: '2026-02-01T15:00:00.000Z' };
const pine = { id: 'cust_pine', name: 'Pine Street Dental' };

export const customerRow = (change: Partial<CustomerRow> = {}): CustomerRow => ({
  ...pine, number: '1042', company: true, active: true, parent: null,
  contact: { id: 'cont_maria', name: 'Maria O’Brien', email: 'maria@pinedental.example', mobile: '+14045550188' },
  address: '412 Pine Street, Suite 2, Decatur, GA 30030', due: usd(31_840), openJobs: 2, lastSeenAt: daysAgo(2), ...change,
});

export const contact = (change: Partial<Contact> = {}): Contact => ({
  ...stamps, id: 'cont_maria', customerId: pine.id, name: 'Maria O’Brien', email: 'maria@pinedental.example', mobile: '+14045550188', language: 'en',
  canApprove: true, canPay: true, notifyByEmail: true, notifyBySms: false, lastSeenAt: daysAgo(2), links: 2, sessions: 1, ...change,
});

const job = (change: Partial<OfficeJobRow> = {}): OfficeJobRow => ({
  id: 'job_1', number: '85012', service: 'Water heater replacement', status: 'scheduled', customer: pine, address: '412 Pine Street', visit: null, total: usd(238_900), balance: usd(238_900),
  waitsFor: null, createdAt: daysAgo(9), ...change,
});

const document = (change: Partial<OfficeDocumentRow> = {}): OfficeDocumentRow => ({
  kind: 'estimate', id: 'est_1', number: '1042', title: 'Water heater replacement', status: 'sent', customer: pine, job: { id: 'job_1', number: '85012' }, total: usd(238_900), due: null, dueOn: null,
  sentAt: daysAgo(6), openedAt: daysAgo(5), updatedAt: daysAgo(6), ...change,
});

export const overview = (change: Partial<CustomerOverview> = {}): CustomerOverview => ({
  customer: { ...stamps, ...pine, number: '1042', company: true, parentId: null, billingAddress: 'Pine Street Dental\nAttn: Accounts\n412 Pine Street, Decatur, GA 30030', active: true },
  parent: null,
  children: [{ id: 'cust_annex', name: 'Pine Street Dental, Annex' }],
  contacts: [
    contact(),
    contact({ id: 'cont_peter', name: 'Peter Ridge', email: null, mobile: '+14045550199', language: 'es', canPay: false, notifyByEmail: false, notifyBySms: true, lastSeenAt: null, links: 0, sessions: 0 }),
  ],
  addresses: [
    { ...stamps, id: 'addr_1', customerId: pine.id, name: null, line1: '412 Pine Street', line2: 'Suite 2', city: 'Decatur', region: 'GA', postalCode: '30030', country: 'US' },
    { ...stamps, id: 'addr_2', customerId: pine.id, name: 'Lake house', line1: '98 Old Mill Ln', line2: null, city: 'Gainesville', region: 'GA', postalCode: '30501', country: 'US' },
  ],
  due: usd(31_840), credit: usd(5000), openInvoices: 1,
  jobs: { items: [job(), job({ id: 'job_2', number: '84990', service: 'Sewer camera inspection', status: 'complete', waitsFor: 'payment', total: usd(31_840), balance: usd(31_840) })], nextCursor: null },
  estimates: [document(), document({ id: 'est_2', number: '1031', title: 'Gutter repair', status: 'approved', total: usd(98_000) })],
  invoices: [
    document({ kind: 'invoice', id: 'inv_1', number: '2199', title: 'Sewer camera inspection', status: 'overdue', total: usd(31_840), due: usd(31_840), dueOn: '2026-01-15' }),
    document({ kind: 'invoice', id: 'inv_2', number: null, title: 'Water heater replacement', status: 'draft', total: usd(100_000), due: usd(100_000), sentAt: null, openedAt: null }),
  ],
  payments: [
    { ...stamps, id: 'pay_1', customerId: pine.id, jobId: 'job_1', allocations: [], receivedOn: '2026-01-20', method: 'check', amount: 25_000, reference: '1042', currency: 'USD' },
    { ...stamps, id: 'pay_2', customerId: pine.id, jobId: null, allocations: [], receivedOn: '2026-01-22', method: 'cardOnline', amount: -5000, reference: null, currency: 'USD' },
  ],
  lastSeenAt: daysAgo(2),
  ...change,
});

export const link = (change: Partial<Link> = {}): Link => ({
  id: 'link_1', kind: 'access', contactId: 'cont_maria', staffId: null, document: null, actions: [], address: 'maria@pinedental.example', recipient: null, createdAt: daysAgo(5), expiresAt: daysAgo(-25),
  uses: 3, lastUsedAt: daysAgo(2), revokedAt: null, ...change,
});
export const linkMade = (change: Partial<LinkMade> = {}): LinkMade => ({
  ...link({ id: 'link_new', address: null, uses: 0, lastUsedAt: null }), url: `https://center.example.com/k/acme#${'s'.repeat(43)}`, ...change,
});

export const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const session = (change: Partial<Session> = {}): Session => ({
  id: 'sess_1', kind: 'customer', linkId: 'link_1', contactIds: ['cont_maria'], staffId: null, origin: 'https://www.acme.example', userAgent: iPhone, createdAt: daysAgo(5), lastSeenAt: daysAgo(2), ...change,
});

export const access = (change: Partial<CustomerAccess> = {}): CustomerAccess => ({
  links: [
    link(),
    link({ id: 'link_2', kind: 'document', document: { kind: 'estimate', id: 'est_1' }, actions: ['view'], recipient: 'owner@building.example', address: null, uses: 0, lastUsedAt: null }),
    link({ id: 'link_3', contactId: 'cont_peter', address: null, uses: 1 }),
  ],
  sessions: [
    session(),
    session({ id: 'sess_2', linkId: null, userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36', origin: null, kind: 'document' }),
  ],
  ...change,
});

let made = 0;
export const activity = (change: Partial<Activity> = {}): Activity => ({
  id: `act_${(made += 1)}`, at: daysAgo(1), kind: 'opened', by: 'Maria O’Brien', detail: null, document: { kind: 'estimate', id: 'est_1', number: '1042' }, amount: null, ...change,
});

/** One of each kind. */
export const everything = (): Activity[] => [
  activity({ kind: 'message', detail: 'Could the expansion tank go on the other wall?' }),
  activity({ kind: 'answer', by: 'Olga Owner', detail: 'Yes, that is no trouble.' }),
  activity({ kind: 'approved', amount: usd(238_900) }),
  activity({ kind: 'changesRequested', detail: 'Please without the tank.' }),
  activity({ kind: 'declined', detail: 'Too dear.' }),
  activity(),
  activity({ kind: 'sent', by: 'Olga Owner' }),
  activity({ kind: 'noticeSent', by: null, detail: 'maria@pinedental.example' }),
  activity({ kind: 'noticeFailed', by: null, detail: '+14045550188' }),
  activity({ kind: 'paid', document: { kind: 'invoice', id: 'inv_1', number: '2199' }, amount: usd(31_840) }),
  activity({ kind: 'refunded', document: { kind: 'invoice', id: 'inv_1', number: '2199' }, amount: usd(5000) }),
  activity({ kind: 'jobMade', by: null, document: { kind: 'job', id: 'job_1', number: '85012' } }),
  activity({ kind: 'linkMade', by: 'Olga Owner', detail: 'maria@pinedental.example', document: null }),
  activity({ kind: 'signedIn', document: null }),
];
