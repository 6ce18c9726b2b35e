/** A made-up invoice for the office's tests, what was paid of it online, and a little server that keeps what is saved. */
import type { Invoice, InvoiceView } from '../../../server/contract/invoices.ts';
import type { OnlinePayment } from '../../../server/contract/payments.ts';
import { lineTotal, totalsOf } from '../../../server/contract/totals.ts';
import { invoiceView } from '../../testing/invoices.ts';
import { usd } from '../../testing/jobs.ts';
import { noContent, Refusal, type Answers, type Asked } from '../../testing/signed-in.ts';
import { customerId, jobId, jobOverview, maria } from './jobs.ts';

type Draft = Invoice['draft'];
type Line = Draft['lines'][number];

export const invoiceId = 'inv_01JZZZZZZZZZZZZZZZZZZZZZZZ';

export const invoiceLine = (id: string, description: string, unitPrice: number, change: Partial<Line> = {}): Line => ({
  id, description, details: null, quantity: '1', unit: null, unitPrice, discount: null, taxes: ['sales'], chargeId: null, depositId: null, ...change,
});

export const invoiceDraft = (change: Partial<Draft> = {}): Draft => ({
  title: 'Leak in ceiling', contactId: null,
  lines: [
    invoiceLine('labor', 'Labor', 12_000, { quantity: '3.5', unit: 'hr', taxes: [], chargeId: 'chg_1' }),
    invoiceLine('paint', 'Ceiling repair and paint', 48_000, { chargeId: 'chg_3', discount: { percent: '10' }, details: 'Two coats' }),
    invoiceLine('deposit', 'Deposit invoice 2199', -20_000, { taxes: [], depositId: 'inv_deposit' }),
  ],
  taxes: [{ key: 'sales', name: 'Sales tax', percent: '8.25' }], taxIncluded: false, rounding: 'document', fixedTax: 0, presentation: 'detailed', dueOn: null, terms: 'Please pay within 14 days.',
  otherWaysToPay: null, onlinePayment: true, poNumber: null, ...change,
});

export const invoice = (change: Partial<Invoice> = {}): Invoice => ({
  id: invoiceId, externalId: null, kind: 'invoice', jobId, customerId, estimateId: null, number: null, status: 'draft', overdue: false, version: 0, draft: invoiceDraft(), changed: true,
  total: usd(68_764), paid: usd(0), due: usd(0), issuedOn: null, dueOn: null, payments: [], versions: [], createdAt: '2026-01-05T15:00:00.000Z', updatedAt: '2026-01-05T15:00:00.000Z', ...change,
});

const facts = (version: number, change: Partial<Invoice['versions'][number]> = {}): Invoice['versions'][number] => ({
  version, sentAt: '2026-01-20T20:05:00.000Z', note: null, hash: 'a'.repeat(64),
  notices: [{ id: `note_${version}`, kind: 'invoice', channel: 'email', to: 'maria@pinedental.example', status: 'sent', handedOverAt: '2026-01-20T20:05:10.000Z' }],
  opened: [{ name: 'Maria O’Brien', contactId: maria, linkId: null, at: '2026-01-20T23:41:00.000Z' }], ...change,
});

/** Sent, opened, and partly paid by check and by card. */
export const sentInvoice = (change: Partial<Invoice> = {}): Invoice =>
  invoice({
    number: '2207', status: 'partlyPaid', version: 1, changed: false, issuedOn: '2026-01-20', dueOn: '2030-02-03', paid: usd(30_000), due: usd(38_764), versions: [facts(1, { note: 'Thank you!' })],
    payments: [
      { receivedOn: '2026-01-22', method: 'check', amount: usd(10_000), reference: '1042', paymentId: null },
      { receivedOn: '2026-01-23', method: 'cardOnline', amount: usd(20_000), reference: null, paymentId: 'att_1' },
    ],
    ...change,
  });

export const onlinePayment = (change: Partial<OnlinePayment> = {}): OnlinePayment => ({
  id: 'att_1', state: 'succeeded', customerId, payer: 'Maria O’Brien', amount: usd(20_000), tip: usd(0), items: [{ invoiceId, number: '2207', amount: usd(20_000) }],
  method: { type: 'card', brand: 'visa', last4: '4242' }, decline: null, receiptNumber: 'R-301', refunded: usd(0), refunds: [], disputes: [], overpaid: usd(0), paymentIntent: 'pi_1',
  createdAt: '2026-01-23T15:00:00.000Z', paidAt: '2026-01-23T15:00:05.000Z', updatedAt: '2026-01-23T15:00:05.000Z', ...change,
});

/** As the server makes the customer's view of a working copy. */
function viewOf({ status, version, due, paid }: Invoice, draft: Draft): InvoiceView {
  const lines = draft.lines.map(({ chargeId: _charge, depositId: _deposit, discount, ...line }) => {
    const own = lineTotal({ ...line, discount });
    return { ...line, discount: own.discount, discountPercent: discount && 'percent' in discount ? discount.percent : null, total: own.total };
  });
  const taxes = draft.taxes ?? [];
  const sums = totalsOf(lines, { taxes, taxIncluded: false, rounding: 'document' });
  const total = usd(sums.total);
  return invoiceView({
    id: invoiceId, status: status === 'draft' ? 'sent' : status, version: version || 1, paid, due: version ? due : total, total, subtotal: usd(sums.subtotal), tax: usd(sums.tax), payments: [],
    payable: version ? due : total, taxes: taxes.map((tax) => ({ ...tax, amount: usd(sums.taxes.find(({ key }) => key === tax.key)?.amount ?? 0) })),
    content: { number: '2207', title: draft.title, lines: draft.presentation === 'summary' ? [] : lines, taxes, terms: draft.terms ?? null, poNumber: draft.poNumber ?? null, otherWaysToPay: draft.otherWaysToPay ?? null, presentation: draft.presentation ?? 'detailed' },
  });
}

/** Keeps one invoice as the server would: what is changed gets another version, and another's version is refused. */
export function invoiceServer(first: Invoice, online: OnlinePayment[] = []) {
  let now = first;
  let payments = online;
  let times = 0;
  const put = (change: Partial<Invoice>): Invoice => {
    times += 1;
    now = { ...now, ...change, updatedAt: `2026-01-05T15:00:00.${String(times).padStart(3, '0')}Z` };
    return now;
  };
  const at = '/invoices/:i';
  const lineOf = (line: Partial<Line>): Line => ({ ...invoiceLine(line.id!, line.description!, line.unitPrice!), ...line });
  const withChange = (change: Partial<Draft>): Draft => ({ ...now.draft, ...change, lines: (change.lines ?? now.draft.lines).map(lineOf) });
  const isSeen = ({ headers }: Asked) => headers.get('If-Match') === `"${now.updatedAt}"`;
  const answers: Answers = {
    [`GET ${at}`]: () => now,
    [`PATCH ${at}`]: (asked) => (isSeen(asked) ? put({ draft: withChange(asked.body as Partial<Draft>), changed: true }) : new Refusal(412, 'stale')),
    [`POST ${at}/preview`]: ({ body }) => viewOf(now, withChange(body as Partial<Draft>)),
    [`GET ${at}/preview`]: () => viewOf(now, now.draft),
    [`POST ${at}/send`]: (asked) => {
      if (!isSeen(asked)) return new Refusal(412, 'stale');
      const version = now.version + 1;
      put({ number: '2207', status: 'sent', version, changed: false, due: now.total, dueOn: '2030-02-03', versions: [facts(version), ...now.versions] });
      const { channels } = asked.body as { channels: string[] };
      const ways = channels.length > 0 ? channels : [null];
      return { invoice: now, links: ways.map((channel, number) => ({ linkId: `link_${number}`, channel, url: `https://center.example/go/acme#secret${number}` })) };
    },
    [`POST ${at}/remind`]: () => put({}),
    [`POST ${at}/void`]: () => put({ status: 'void', due: usd(0) }),
    [`DELETE ${at}`]: () => noContent,
    '/online-payments': () => ({ items: payments, nextCursor: null }),
    'POST /online-payments/:p/refunds': ({ body }) => {
      const { amount, reason = null } = body as { amount: number; reason?: string };
      payments = payments.map((each) => ({ ...each, refunds: [...each.refunds, { id: 'ref_1', amount: usd(amount), state: 'pending', reason, createdAt: '2026-01-24T15:00:00.000Z' }] }));
      return payments[0];
    },
    'POST /payments': ({ body }) => {
      const { amount } = body as { amount: number };
      put({ paid: usd(now.paid.amount + amount), due: usd(now.due.amount - amount), payments: [...now.payments, { receivedOn: '2026-01-25', method: 'check', amount: usd(amount), reference: null, paymentId: null }] });
      return { id: 'pay_new', ...(body as object) };
    },
    '/jobs/:j/overview': () => jobOverview(),
  };
  return { answers, put, now: () => now };
}
