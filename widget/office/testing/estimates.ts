/** A made-up estimate for the office's tests, the job it is for, and a little server that keeps what is saved. */
import type { Estimate, EstimateContent, EstimateView, Remark } from '../../../server/contract/estimates.ts';
import type { JobOverview } from '../../../server/contract/office.ts';
import { estimateContent, estimateLine, estimateView } from '../../testing/estimates.ts';
import { Refusal, type Answers, type Asked } from '../../testing/signed-in.ts';

type Draft = Estimate['draft'];
type Line = Draft['lines'][number];

export const estimateId = 'est_01JZZZZZZZZZZZZZZZZZZZZZZZ';
export const jobId = 'job_01JZZZZZZZZZZZZZZZZZZZZZZZ';
export const customerId = 'cust_01JZZZZZZZZZZZZZZZZZZZZZZZ';
export const maria = 'cont_01JZZZZZZZZZZZZZZZZZZZZZZM';
const peter = 'cont_01JZZZZZZZZZZZZZZZZZZZZZZP';

const stamps = { externalId: null, createdAt: '2026-01-05T15:00:00.000Z', updatedAt: '2026-01-05T15:00:00.000Z' };
const contact = (id: string, name: string, email: string | null) =>
  ({ id, ...stamps, customerId, name, role: null, email, mobile: null, language: null, canSignIn: true, canApprove: true, canPay: true, notifyEmail: true, notifySms: false }) as unknown as JobOverview['contacts'][number];

export const draftLine = (id: string, description: string, unitPrice: number, change: Partial<Line> = {}): Line => ({
  id, description, details: null, quantity: '1', unit: null, unitPrice, discount: null, taxes: ['sales'], optional: false, group: null, selected: false, ...change,
});

export const draft = (change: Partial<Draft> = {}): Draft => ({
  title: 'Water heater replacement', contactId: null,
  lines: [
    draftLine('labor', 'Installation', 12_000, { quantity: '3.5', unit: 'hr', taxes: [], details: 'Two technicians' }),
    draftLine('good', 'Good, 40 gal', 188_900, { group: 'heater' }),
    draftLine('better', 'Better, 50 gal', 238_900, { group: 'heater', selected: true }),
    draftLine('tank', 'Expansion tank', 18_500, { optional: true, selected: true, discount: { percent: '10' } }),
  ],
  groups: [{ key: 'heater', name: 'Water heater' }], taxes: [{ key: 'sales', name: 'Sales tax', percent: '8.25' }], taxIncluded: false, rounding: 'document', fixedTax: 0,
  deposit: { percent: '20' }, terms: 'Half a year of warranty on labor.', termsRequired: false, expiresOn: '2030-05-01', ...change,
});

export const estimate = (change: Partial<Estimate> = {}): Estimate => ({
  id: estimateId, externalId: null, jobId, customerId, number: null, status: 'draft', version: 0, draft: draft(), changed: true, total: { amount: 297_550, currency: 'USD' }, versions: [],
  remarks: [], decision: null, decisions: [], createdAt: stamps.createdAt, updatedAt: '2026-11-20T15:00:00.000Z', ...change,
});

export const facts = (version: number, change: Partial<Estimate['versions'][number]> = {}): Estimate['versions'][number] => ({
  version, sentAt: '2026-11-20T20:05:00.000Z', note: null, hash: 'a'.repeat(64),
  notices: [{ id: `note_${version}`, kind: 'estimate', channel: 'email', to: 'maria@pinedental.example', status: 'sent', handedOverAt: '2026-11-20T20:05:10.000Z' }],
  opened: [{ name: 'Maria O’Brien', contactId: maria, linkId: null, at: '2026-11-20T23:41:00.000Z' }], ...change,
});

export const remark = (change: Partial<Remark> = {}): Remark => ({
  id: 'rmk_1', lineId: 'tank', version: 2, text: 'Could the expansion tank go on the other wall?', by: 'Maria O’Brien', createdAt: '2026-11-21T15:00:00.000Z', answer: null, answeredAt: null, ...change,
});

/** Sent twice; its customer asks for a change. */
export const sent = (change: Partial<Estimate> = {}): Estimate =>
  estimate({ number: '1042', status: 'changesRequested', version: 2, changed: false, versions: [facts(2, { note: 'With the tank.' }), facts(1)], remarks: [remark()], ...change });

/** Approved by a typed name. */
export const approved = (change: Partial<Estimate> = {}): Estimate => {
  const usd = (amount: number) => ({ amount, currency: 'USD' });
  const decision: Estimate['decision'] = {
    kind: 'approved', at: '2026-11-22T16:30:00.000Z', version: 2, by: 'Maria O’Brien', address: 'maria@pinedental.example', signature: 'typed', options: ['labor', 'better', 'tank'],
    totals: { subtotal: usd(299_400), taxes: [{ key: 'sales', name: 'Sales tax', percent: '8', amount: usd(20_592) }], tax: usd(20_592), total: usd(319_992), deposit: usd(50_000) }, poNumber: 'PO 77', reason: null,
  };
  return sent({ status: 'approved', remarks: [remark({ answer: 'Yes, it can.', answeredAt: '2026-11-21T16:00:00.000Z' })], decision, decisions: [decision], ...change });
};

export const jobOverview = (change: Partial<JobOverview> = {}): JobOverview =>
  ({
    job: { id: jobId, ...stamps, customerId, number: '85012', service: 'Water heater replacement', scope: null, addressId: null, contactId: maria, status: 'new' },
    customer: { id: customerId, name: 'Pine Street Dental', parent: null }, contacts: [contact(maria, 'Maria O’Brien', 'maria@pinedental.example'), contact(peter, 'Peter Ridge', null)],
    addresses: [], visits: [], charges: [], notes: [], payments: [], estimates: [], invoices: [], ...change,
  }) as unknown as JobOverview;

/** As the server makes the customer's view of a working copy; sums are not what these tests are about. */
export function viewOf({ title, lines, groups, terms, expiresOn, taxes }: Draft, version: number): EstimateView {
  const content: Partial<EstimateContent> = {
    title, groups, terms: terms ?? null, expiresOn, taxes: taxes ?? [], number: '1042',
    lines: lines.map((line) => estimateLine(line.id, line.description, Math.round(Number(line.quantity) * line.unitPrice), { details: line.details, optional: line.optional, group: line.group, selected: line.selected, taxes: line.taxes })),
  };
  return estimateView({ id: estimateId, version, content, rights: { approve: false, requestChanges: false, pay: false, pdf: false, share: false } });
}

/** Keeps one estimate as the server would: what is changed gets another version, and another's version is refused. */
export function estimateServer(first: Estimate) {
  let now = first;
  let saves = 0;
  const put = (change: Partial<Estimate>): Estimate => {
    saves += 1;
    now = { ...now, ...change, updatedAt: `2026-11-20T15:00:00.${String(saves).padStart(3, '0')}Z` };
    return now;
  };
  const at = '/estimates/:e';
  const lineOf = (line: Partial<Line>): Line => ({ ...draftLine(line.id!, line.description!, line.unitPrice!), ...line });
  const withChange = (change: Partial<Draft>): Draft => ({ ...now.draft, ...change, lines: (change.lines ?? now.draft.lines).map(lineOf) });
  const answers: Answers = {
    [`GET ${at}`]: () => now,
    [`PATCH ${at}`]: ({ body, headers }: Asked) =>
      headers.get('If-Match') === `"${now.updatedAt}"` ? put({ draft: withChange(body as Partial<Draft>), changed: true }) : new Refusal(412, 'stale'),
    [`POST ${at}/preview`]: ({ body }: Asked) => viewOf(withChange(body as Partial<Draft>), now.version + 1),
    [`GET ${at}/versions/:v`]: () => estimateContent(),
    [`GET ${at}/changes`]: () => ({ from: 1, to: 2, lines: [{ lineId: 'better', change: 'changed', before: { ...estimateLine('better', 'Better', 228_900) } }, { lineId: 'tank', change: 'added', before: null }] }),
    [`POST ${at}/send`]: () => {
      const version = now.version + 1;
      put({ number: '1042', status: 'sent', version, changed: false, versions: [facts(version), ...now.versions] });
      return { estimate: now, links: [{ linkId: 'link_1', channel: 'email', url: 'https://center.example/go/acme#secret' }] };
    },
    [`POST ${at}/withdraw`]: () => put({ status: 'withdrawn' }),
    [`POST ${at}/remind`]: () => put({}),
    [`POST ${at}/remarks/:r/answer`]: ({ body }: Asked) =>
      put({ remarks: now.remarks.map((each) => ({ ...each, answer: (body as { answer: string }).answer, answeredAt: '2026-11-21T16:00:00.000Z' })) }),
    '/jobs/:j/overview': () => jobOverview(),
  };
  return { answers, put, now: () => now };
}
