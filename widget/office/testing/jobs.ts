/** A made-up job for the office's tests, and a little server that keeps what is written to it. */
import type { OfficeDocumentRow, OfficeJobRow, JobOverview } from '../../../server/contract/office.ts';
import { inDays, usd, visit as visitView } from '../../testing/jobs.ts';
import { noContent, Refusal, type Answers, type Asked } from '../../testing/signed-in.ts';

export const jobId = 'job_01JZZZZZZZZZZZZZZZZZZZZZZZ';
export const customerId = 'cust_01JZZZZZZZZZZZZZZZZZZZZZZZ';
export const maria = 'cont_01JZZZZZZZZZZZZZZZZZZZZZZM';
export const peter = 'cont_01JZZZZZZZZZZZZZZZZZZZZZZP';

const stamps = { externalId: null, createdAt: '2026-01-05T15:00:00.000Z', updatedAt: '2026-01-05T15:00:00.000Z' };

type Charge = JobOverview['charges'][number];
type Note = JobOverview['notes'][number];
type Visit = JobOverview['visits'][number];

const contact = (id: string, name: string, email: string | null, mobile: string | null): JobOverview['contacts'][number] => ({
  id, ...stamps, customerId, name, email, mobile, language: null, canApprove: true, canPay: true, notifyByEmail: true, notifyBySms: false,
});

export const charge = (id: string, description: string, unitPrice: number, change: Partial<Charge> = {}): Charge => ({
  id, ...stamps, jobId, position: 0, description, details: null, quantity: '1', unit: null, unitPrice, discount: 0, taxes: [], total: unitPrice, invoiced: 0, ...change,
});

export const note = (id: string, body: string, change: Partial<Note> = {}): Note => ({ id, ...stamps, jobId, author: 'Tina', body, shared: false, ...change });

export const visit = (id: string, change: Partial<Visit> = {}): Visit => ({ ...stamps, jobId, ...visitView({ id }), ...change });

export const documentRow = (change: Partial<OfficeDocumentRow> = {}): OfficeDocumentRow => ({
  kind: 'invoice', id: 'inv_01JZZZZZZZZZZZZZZZZZZZZZZZ', number: '2207', title: 'Leak in ceiling', status: 'sent', customer: { id: customerId, name: 'Pine Street Dental' },
  job: { id: jobId, number: '85012' }, total: usd(50_000), due: usd(50_000), dueOn: '2030-12-05', sentAt: '2026-01-06T15:00:00.000Z', openedAt: null, updatedAt: stamps.updatedAt, ...change,
});

export const officeJobRow = (change: Partial<OfficeJobRow> = {}): OfficeJobRow => ({
  id: jobId, number: '85012', service: 'Leak in ceiling', status: 'scheduled', customer: { id: customerId, name: 'Pine Street Dental' }, address: '412 Pine Street, Decatur',
  visit: visitView({ startsAt: `${inDays(4)}T18:30:00.000Z`, arrivalWindowMinutes: 90 }), total: usd(114_410), balance: usd(38_137), waitsFor: null, createdAt: stamps.createdAt, ...change,
});

export const jobOverview = (change: Partial<Omit<JobOverview, 'job'>> & { job?: Partial<JobOverview['job']> } = {}): JobOverview => ({
  customer: { id: customerId, name: 'Pine Street Dental', parent: null },
  contacts: [contact(maria, 'Maria O’Brien', 'maria@pinedental.example', '+14045550188'), contact(peter, 'Peter Ridge', null, null)],
  addresses: [{ id: 'addr_1', ...stamps, customerId, name: null, line1: '412 Pine Street', line2: 'Suite 2', city: 'Decatur', region: 'GA', postalCode: '30030', country: 'US' }],
  visits: [
    visit('vis_1', { startsAt: '2025-06-19T13:00:00.000Z', endsAt: '2025-06-19T15:30:00.000Z', technician: 'Daniel K.' }),
    visit('vis_2', { startsAt: `${inDays(4)}T18:30:00.000Z`, arrivalWindowMinutes: 90, technician: 'Ana P.' }),
    visit('vis_3', { date: inDays(30) }),
  ],
  charges: [
    charge('chg_1', 'Labor', 12_000, { quantity: '3.5', unit: 'hr', total: 42_000, position: 10, invoiced: 42_000 }),
    charge('chg_2', 'Copper pipe, 3/4 in', 1450, { quantity: '12', unit: 'ft', discount: 1000, total: 16_400, position: 20, details: 'Type L, with fittings\nand solder', invoiced: 8000, taxes: [{ name: 'Sales tax', percent: '8.25' }] }),
    charge('chg_3', 'Ceiling repair and paint', 48_000, { position: 30, taxes: [{ name: 'Sales tax', percent: '8.25' }] }),
  ],
  notes: [
    note('note_1', 'The shut-off valve is behind the washing machine.\nIt is stiff.', { shared: true }),
    note('note_2', 'Paid late the last time.', { author: null }),
  ],
  payments: [{ id: 'pay_1', ...stamps, jobId, customerId, allocations: [], receivedOn: '2025-06-30', method: 'check', amount: 76_273, currency: 'USD', reference: '1042' }],
  estimates: [documentRow({ kind: 'estimate', id: 'est_01JZZZZZZZZZZZZZZZZZZZZZZZ', number: '1042', status: 'approved', due: null, total: usd(106_400) })],
  invoices: [documentRow(), documentRow({ id: 'inv_01JZZZZZZZZZZZZZZZZZZZZZZY', number: null, status: 'draft', due: usd(0), sentAt: null, dueOn: null })],
  ...change,
  job: {
    id: jobId, ...stamps, customerId, addressId: 'addr_1', contactId: maria, number: '85012', service: 'Leak in ceiling', scope: 'Open the ceiling in the hallway and find the leak.\nReplace the section of pipe.',
    status: 'scheduled', technician: 'Daniel K.', poNumber: null, presentation: 'detailed', onlinePayment: true, tax: 0, taxIncluded: false, completedAt: null, estimateSentOn: null, estimateAnsweredOn: null,
    invoicedOn: null, total: usd(114_410), balance: usd(38_137), ...change.job,
  },
});

/** Keeps one job as the server would: what is written gets another version, and a change of another version is refused. */
export function jobServer(first = jobOverview()) {
  let now = first;
  let times = 0;
  const stamp = () => `2026-01-05T15:00:00.${String((times += 1)).padStart(3, '0')}Z`;
  type Part = 'visits' | 'charges' | 'notes' | 'payments';
  const put = (change: Partial<JobOverview>) => (now = { ...now, ...change });
  const isSeen = ({ headers }: Asked, updatedAt: string) => !headers.get('If-Match') || headers.get('If-Match') === `"${updatedAt}"`;
  const idOf = ({ path }: Asked) => path.split('/')[2]!;
  const part = (name: Part): Answers => ({
    [`POST /${name}`]: ({ body }) => {
      const made = { ...stamps, currency: 'USD', id: `${name}_new${times}`, updatedAt: stamp(), ...(body as object) };
      put({ [name]: [...now[name], made] });
      return made;
    },
    [`GET /${name}/:x`]: (asked) => now[name].find(({ id }) => id === idOf(asked)),
    [`PATCH /${name}/:x`]: (asked) => {
      const before = now[name].find(({ id }) => id === idOf(asked));
      if (!before) return undefined;
      if (!isSeen(asked, before.updatedAt)) return new Refusal(412, 'stale');
      const after = { ...before, ...(asked.body as object), updatedAt: stamp() };
      put({ [name]: now[name].map((each) => (each.id === before.id ? after : each)) });
      return after;
    },
    [`DELETE /${name}/:x`]: (asked) => {
      put({ [name]: now[name].filter(({ id }) => id !== idOf(asked)) });
      return noContent;
    },
  });
  const answers: Answers = {
    '/jobs/:j/overview': () => ({ ...now, charges: now.charges.toSorted((a, b) => a.position - b.position) }),
    'PATCH /jobs/:j': (asked) => {
      if (!isSeen(asked, now.job.updatedAt)) return new Refusal(412, 'stale');
      put({ job: { ...now.job, ...(asked.body as object), updatedAt: stamp() } });
      return now.job;
    },
    ...part('visits'), ...part('charges'), ...part('notes'), ...part('payments'),
  };
  return { answers, put, now: () => now };
}
