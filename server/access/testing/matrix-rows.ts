/** What to send to each route, own things and foreign ones alike. Every route must be here. */
import { hashOf, newToken } from '../../platform/secrets.ts';
import type { Caller } from './matrix-callers.ts';
import type { Thing, World } from './matrix-world.ts';

export interface Row {
  request(of: World, caller: Caller): Promise<Sent> | Sent;
  /** Names somebody's things: a stranger must get 404. */
  personal?: boolean;
  /** The answer to a caller who is let in, where that is not a success. */
  status?: number;
  /** Makes what its path names, so that an unknown name is no error. */
  creates?: boolean;
}
interface Sent {
  path?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const account = '/v1/accounts/acme';
const plain = (path: string, more: Partial<Row> = {}): Row => ({ request: () => ({ path }), ...more });
const sends = (path: string, body: unknown, more: Partial<Row> = {}): Row => ({ request: () => ({ path, body }), ...more });
/** A route about one thing. */
const about = (thing: Thing, path: (id: string) => string, body?: unknown, more: Partial<Row> = {}): Row => ({
  personal: true,
  request: async (of) => ({ path: path(await of.fresh(thing)), ...(body !== undefined ? { body } : {}) }),
  ...more,
});
const originOf = { listed: 'https://www.acme.example', unlisted: 'https://evil.example', own: 'http://localhost:8080', none: 'https://elsewhere.example' };
const challenge = 'A'.repeat(43);

/** A sign-in link in the database, and its token. */
async function link(of: World, expiresAt: string): Promise<string> {
  const token = newToken();
  const id = await of.fresh('link');
  await of.scope?.update('links').set({ hash: hashOf(token), expires_at: expiresAt, channel: 'email', address: of.email }).where('id', '=', id).execute();
  return token;
}

/** A document link's own address, or one that is somebody else's. */
const linked = (rest: string, body?: unknown, more: Partial<Row> & { headers?: Record<string, string> } = {}): Row => ({
  personal: true,
  request: (of, caller) => ({ path: `${account}/documents/${caller.documentId ?? of.id.link}${rest}`, ...(body === undefined ? {} : { body }), headers: { ...once(), ...more.headers } }),
  ...more,
});
/** An estimate as its customer reaches it. */
const estimate = (rest: string, body?: unknown, more: Partial<Row> & { headers?: Record<string, string> } = {}): Row => ({
  personal: true,
  request: async (of) => ({
    path: `${account}/customers/${of.id.customer}/estimates/${await of.fresh('estimate')}${rest}`, ...(body === undefined ? {} : { body }), headers: { ...once(), ...more.headers },
  }),
  ...more,
});
const once = () => ({ 'idempotency-key': newToken() });
const seen = { headers: { 'if-match': '"1-matrix"' } };
const approving = { signature: { kind: 'typed', name: 'Somebody' } };
// Each time to somebody else: one address is not written to often.
const sending = { name: 'Friend', get address() { return `friend-${newToken()}@example.com`; }, actions: ['view'], expiresOn: '2999-01-01' };
const estimateFace = (face: typeof linked): Record<string, Row> => ({
  approve: face('/approve', approving, { ...seen, status: 409 }),
  'approval-code': face('/approval-code', {}, { status: 404 }),
  'change-requests': face('/change-requests', { version: 1, text: 'Please' }, { status: 429 }),
  decline: face('/decline', {}, { ...seen, status: 409 }),
});
const officeEstimate = (rest = '', body?: unknown, more: Partial<Row> = {}) => about('estimate', (id) => `/v1/office/estimates/${id}${rest}`, body, more);

/** An invoice as its customer reaches it, and as the office does. */
const invoice = (rest: string, body?: unknown, more: Partial<Row> = {}): Row => ({
  personal: true,
  request: async (of) => ({
    path: `${account}/customers/${of.id.customer}/invoices/${await of.fresh('invoice')}${rest}`, ...(body === undefined ? {} : { body }), headers: once(),
  }),
  ...more,
});
/** Paying as a customer, and by the link of a document, which here opens no invoice. The server of these tests has no Stripe keys. */
const paying = (rest: (of: World) => Promise<string> | string, body?: (of: World) => unknown, more: Partial<Row> = {}): { customer: Row; linked: Row } => {
  const row = (base: (of: World, caller: Caller) => string, status: Partial<Row>): Row => ({
    personal: true, request: async (of, caller) => ({ path: `${base(of, caller)}${await rest(of)}`, ...(body ? { body: body(of) } : {}), headers: once() }), ...more, ...status,
  });
  return { customer: row((of) => `${account}/customers/${of.id.customer}`, {}), linked: row((of, caller) => `${account}/documents/${caller.documentId ?? of.id.link}`, { status: 404 }) };
};
const attemptPath = (rest = '') => async (of: World) => `/payments/${await of.fresh('attempt')}${rest}`;
const returnUrl = 'https://www.acme.example/account';
const payingRows: Record<string, { customer: Row; linked: Row }> = {
  'GET payment-options': paying(() => '/payment-options'),
  'POST payments': paying(() => '/payments', (of) => ({ items: [{ invoiceId: of.id.invoice, etag: '1-matrix', amount: 100 }], returnUrl }), { status: 409 }),
  'GET payments/:payment': paying(attemptPath()),
  'POST payments/:payment/sync': paying(attemptPath('/sync'), undefined, { status: 409 }),
  'POST payments/:payment/downloads': paying(attemptPath('/downloads')),
};
const onlinePayment = (rest = '', body?: unknown, more: Partial<Row> = {}) => about('attempt', (id) => `/v1/office/online-payments/${id}${rest}`, body, more);
const cards = (rest: string, body?: unknown, more: Partial<Row> = {}): Row => ({ personal: true, request: (of) => ({ path: `${account}/customers/${of.id.customer}/cards${rest}`, ...(body ? { body } : {}) }), ...more });
const officeInvoice = (rest = '', body?: unknown, more: Partial<Row> = {}) => about('invoice', (id) => `/v1/office/invoices/${id}${rest}`, body, more);
const period = '?from=2026-01-01&to=2026-02-01';

const records: [kind: string, thing: Thing, create: (of: World) => Record<string, unknown>, change: Record<string, unknown>][] = [
  ['customers', 'customer', () => ({ name: 'New' }), { name: 'Changed' }],
  ['contacts', 'contact', (of) => ({ customerId: of.id.customer, name: 'New' }), { name: 'Changed' }],
  ['addresses', 'address', (of) => ({ customerId: of.id.customer, line1: 'New street' }), { line1: 'Changed street' }],
  ['jobs', 'job', (of) => ({ customerId: of.id.customer, service: 'New' }), { service: 'Changed' }],
  ['visits', 'visit', (of) => ({ jobId: of.id.job, date: '2026-02-01' }), { date: '2026-02-02' }],
  ['charges', 'charge', (of) => ({ jobId: of.id.job, description: 'New', unitPrice: 100 }), { description: 'Changed' }],
  ['notes', 'note', (of) => ({ jobId: of.id.job, body: 'New' }), { body: 'Changed' }],
  ['payments', 'payment', (of) => ({ jobId: of.id.job, receivedOn: '2026-02-01', method: 'cash', amount: 100 }), { amount: 200 }],
];
const recordRows = Object.fromEntries(
  records.flatMap(([kind, thing, create, change]): [string, Row][] => {
    const base = `/v1/office/${kind}`;
    return [
      [`GET ${base}`, plain(base)],
      // A body that names a foreign thing is refused like one that names nothing.
      [`POST ${base}`, { request: (of) => ({ path: base, body: create(of) }), status: 400 }],
      [`GET ${base}/:id`, about(thing, (id) => `${base}/${id}`)],
      [`PATCH ${base}/:id`, about(thing, (id) => `${base}/${id}`, change)],
      [`DELETE ${base}/:id`, about(thing, (id) => `${base}/${id}`)],
      [`PUT ${base}/by-external-id/:externalId`, { request: (of) => ({ path: `${base}/by-external-id/${of.externalId}-new`, body: create(of) }), status: 400, creates: true }],
    ];
  }),
);

/** Files of the widget, which server tests run without. */
const built = { status: 404 };

export const rows: Record<string, Row> = {
  'GET /livez': plain('/livez'),
  'GET /readyz': plain('/readyz'),
  'GET /customer-center.js': plain('/customer-center.js', built),
  'GET /customer-center-office.js': plain('/customer-center-office.js', built),
  'GET /customer-center.iife.js': plain('/customer-center.iife.js', built),
  'GET /door.js': plain('/door.js', built),
  'GET /door.css': plain('/door.css', built),
  'GET /licenses.txt': plain('/licenses.txt', built),
  'GET /chunks/:name': plain('/chunks/none.js', built),
  'GET /go/:account': plain('/go/acme'),
  'GET /c/:account': plain('/c/acme'),
  'GET /office': plain('/office'),
  'POST /v1/setup': sends('/v1/setup', { token: challenge, ownerName: 'Nobody', email: 'nobody@example.com', name: 'Nobody', country: 'US', timeZone: 'UTC', locale: 'en', currency: 'USD' }, { status: 404 }),
  'GET /docs': plain('/docs'),
  'GET /docs/openapi.json': plain('/docs/openapi.json'),
  'GET /favicon.ico': plain('/favicon.ico', built),

  [`POST /v1/accounts/:account/sign-in-requests`]: sends(`${account}/sign-in-requests`, { address: 'nobody@example.com', challenge }, { status: 429 }),
  [`POST /v1/accounts/:account/sign-in-requests/:request/code`]: {
    // Without a proof of its own, nobody gets as far as the request.
    request: async (of) => ({ path: `${account}/sign-in-requests/${await of.fresh('signInRequest')}/code`, body: { code: '000000' } }), status: 401, creates: true,
  },
  [`POST /v1/accounts/:account/handoffs/exchange`]: sends(`${account}/handoffs/exchange`, { handoff: challenge }, { status: 401 }),
  [`POST /v1/accounts/:account/handoffs`]: sends(`${account}/handoffs`, { destination: '/jobs' }),
  [`POST /v1/accounts/:account/session/refresh`]: sends(`${account}/session/refresh`, { refreshToken: 'x' }, { status: 401 }),
  [`GET /v1/accounts/:account/session`]: plain(`${account}/session`),
  [`POST /v1/accounts/:account/session/end`]: plain(`${account}/session/end`),
  [`POST /v1/accounts/:account/session/end-all`]: plain(`${account}/session/end-all`),
  [`POST /v1/accounts/:account/door`]: { request: async (of) => ({ path: `${account}/door`, body: { token: await link(of, '2999-01-01T00:00:00.000Z') } }) },
  [`POST /v1/accounts/:account/door/renew`]: { request: async (of) => ({ path: `${account}/door/renew`, body: { token: await link(of, '2020-01-01T00:00:00.000Z') } }), status: 429 },
  [`POST /v1/accounts/:account/door/not-me`]: { request: async (of) => ({ path: `${account}/door/not-me`, body: { token: await link(of, '2999-01-01T00:00:00.000Z') } }) },
  [`GET /v1/accounts/:account/documents/:document`]: { personal: true, request: (of, caller) => ({ path: `${account}/documents/${caller.documentId ?? of.id.link}` }) },
  [`POST /v1/accounts/:account/documents/:document/center`]: {
    personal: true, status: 429,
    request: (of, caller) => ({ path: `${account}/documents/${caller.documentId ?? of.id.link}/center`, body: { challenge }, headers: { 'idempotency-key': newToken() } }),
  },
  [`GET /v1/accounts/:account/customers/:customer/history`]: { personal: true, request: (of) => ({ path: `${account}/customers/${of.id.customer}/history` }) },
  [`GET /v1/accounts/:account/customers/:customer/jobs`]: { personal: true, request: (of) => ({ path: `${account}/customers/${of.id.customer}/jobs?when=past` }) },
  [`GET /v1/accounts/:account/customers/:customer/jobs/:job`]: { personal: true, request: (of) => ({ path: `${account}/customers/${of.id.customer}/jobs/${of.id.job}` }) },

  'GET /v1/accounts/:account': plain(account),
  'GET /v1/accounts/:account/logo': plain(`${account}/logo`, { status: 404 }),
  'POST /v1/accounts/:account/sightings': { request: (_of, caller) => ({ path: `${account}/sightings`, body: { url: `${originOf[caller.origin]}/page` } }), status: 429 },

  ...Object.fromEntries(Object.entries(estimateFace(estimate)).map(([name, row]) => [`POST /v1/accounts/:account/customers/:customer/estimates/:estimate/${name}`, row])),
  ...Object.fromEntries(Object.entries(estimateFace(linked)).map(([name, row]) => [`POST /v1/accounts/:account/documents/:document/${name}`, row])),
  'GET /v1/accounts/:account/customers/:customer/estimates/:estimate': estimate(''),
  'POST /v1/accounts/:account/customers/:customer/estimates/:estimate/opened': estimate('/opened', { version: 1 }),
  'POST /v1/accounts/:account/documents/:document/opened': linked('/opened', { version: 1 }),
  'POST /v1/accounts/:account/customers/:customer/estimates/:id/downloads': estimate('/downloads', {}, { status: 429 }),
  'POST /v1/accounts/:account/documents/:document/downloads': linked('/downloads', {}, { status: 429 }),
  'GET /v1/accounts/:account/customers/:customer/estimates/:id/shares': estimate('/shares'),
  'GET /v1/accounts/:account/documents/:document/shares': linked('/shares'),
  'POST /v1/accounts/:account/customers/:customer/estimates/:id/shares': estimate('/shares', sending, { status: 400 }),
  'POST /v1/accounts/:account/documents/:document/shares': linked('/shares', sending, { status: 400 }),
  'DELETE /v1/accounts/:account/customers/:customer/estimates/:id/shares/:share': {
    personal: true, request: async (of) => ({ path: `${account}/customers/${of.id.customer}/estimates/${of.id.estimate}/shares/${await of.fresh('share')}` }), status: 404,
  },
  'DELETE /v1/accounts/:account/documents/:document/shares/:share': {
    personal: true, request: async (of, caller) => ({ path: `${account}/documents/${caller.documentId ?? of.id.link}/shares/${await of.fresh('share')}` }), status: 404,
  },
  'POST /v1/accounts/:account/customers/:customer/statement/downloads': {
    personal: true, status: 429,
    request: (of) => ({ path: `${account}/customers/${of.id.customer}/statement/downloads`, body: { from: '2026-01-01', to: '2026-02-01', format: 'csv' } }),
  },
  'GET /v1/accounts/:account/customers/:customer/invoices': { personal: true, request: (of) => ({ path: `${account}/customers/${of.id.customer}/invoices?state=all` }) },
  'GET /v1/accounts/:account/customers/:customer/invoices/:invoice': invoice(''),
  'POST /v1/accounts/:account/customers/:customer/invoices/:invoice/opened': invoice('/opened', { version: 1 }),
  'POST /v1/accounts/:account/customers/:customer/invoices/:id/downloads': invoice('/downloads', {}, { status: 429 }),
  'GET /v1/accounts/:account/customers/:customer/invoices/:id/shares': invoice('/shares'),
  'POST /v1/accounts/:account/customers/:customer/invoices/:id/shares': invoice('/shares', sending, { status: 400 }),
  'DELETE /v1/accounts/:account/customers/:customer/invoices/:id/shares/:share': {
    personal: true, request: async (of) => ({ path: `${account}/customers/${of.id.customer}/invoices/${of.id.invoice}/shares/${await of.fresh('share')}` }), status: 404,
  },
  'GET /v1/accounts/:account/customers/:customer/statement': { personal: true, request: (of) => ({ path: `${account}/customers/${of.id.customer}/statement${period}` }) },
  'GET /d/:ticket': plain('/d/none', { status: 404 }),
  'GET /v1/office/estimates': plain('/v1/office/estimates'),
  'POST /v1/office/estimates': { request: (of) => ({ path: '/v1/office/estimates', body: { jobId: of.id.job } }), status: 400 },
  'GET /v1/office/estimates/:id': officeEstimate(),
  'PATCH /v1/office/estimates/:id': officeEstimate('', { title: 'Changed' }),
  'DELETE /v1/office/estimates/:id': officeEstimate('', undefined, { status: 409 }),
  'POST /v1/office/estimates/:id/send': officeEstimate('/send', {}),
  'POST /v1/office/estimates/:id/withdraw': officeEstimate('/withdraw'),
  'GET /v1/office/estimates/:id/preview': officeEstimate('/preview'),
  'POST /v1/office/estimates/:id/preview': officeEstimate('/preview', { title: 'Changed' }),
  'POST /v1/office/estimates/:id/remind': officeEstimate('/remind', { channels: ['email'] }, { status: 429 }),
  'GET /v1/office/estimates/:id/versions/:version': officeEstimate('/versions/1'),
  'GET /v1/office/estimates/:id/changes': officeEstimate('/changes?from=1&to=1'),
  'POST /v1/office/estimates/:id/remarks/:remark/answer': {
    personal: true, request: async (of) => ({ path: `/v1/office/estimates/${of.id.estimate}/remarks/${await of.fresh('remark')}/answer`, body: { answer: 'Yes' } }),
  },
  'POST /v1/office/estimates/:id/downloads': officeEstimate('/downloads', {}),
  'GET /v1/office/messages': plain('/v1/office/messages'),
  'GET /v1/office/invoices': plain('/v1/office/invoices'),
  'POST /v1/office/invoices': { request: (of) => ({ path: '/v1/office/invoices', body: { jobId: of.id.job } }), status: 400 },
  'GET /v1/office/invoices/:id': officeInvoice(),
  'PATCH /v1/office/invoices/:id': officeInvoice('', { title: 'Changed' }),
  'DELETE /v1/office/invoices/:id': officeInvoice('', undefined, { status: 409 }),
  'POST /v1/office/invoices/:id/send': officeInvoice('/send', {}),
  'POST /v1/office/invoices/:id/void': officeInvoice('/void'),
  'POST /v1/office/invoices/:id/apply': officeInvoice('/apply', { invoiceId: 'inv_none', amount: 1 }, { status: 409 }),
  'GET /v1/office/invoices/:id/preview': officeInvoice('/preview'),
  'POST /v1/office/invoices/:id/preview': officeInvoice('/preview', { title: 'Changed' }),
  'POST /v1/office/invoices/:id/remind': officeInvoice('/remind', { channels: ['email'] }, { status: 429 }),
  'POST /v1/office/invoices/:id/downloads': officeInvoice('/downloads', {}),
  'GET /v1/office/customer-rows': { request: (of) => ({ path: `/v1/office/customer-rows?q=${encodeURIComponent(of.email)}` }) },
  'GET /v1/office/customers/:id/overview': about('customer', (id) => `/v1/office/customers/${id}/overview`),
  'GET /v1/office/customers/:id/access': about('customer', (id) => `/v1/office/customers/${id}/access`),
  'GET /v1/office/customers/:id/activity': about('customer', (id) => `/v1/office/customers/${id}/activity`),
  'GET /v1/office/job-rows': { request: (of) => ({ path: `/v1/office/job-rows?customerId=${of.id.customer}` }) },
  'GET /v1/office/jobs/:id/overview': about('job', (id) => `/v1/office/jobs/${id}/overview`),
  'GET /v1/office/document-rows': { request: (of) => ({ path: `/v1/office/document-rows?kind=invoice&jobId=${of.id.job}` }) },
  'GET /v1/office/search': plain('/v1/office/search?q=matrix'),
  'GET /v1/office/customers/:id/statement': about('customer', (id) => `/v1/office/customers/${id}/statement${period}`),

  ...Object.fromEntries(
    Object.entries(payingRows).flatMap(([name, { customer, linked: byLink }]): [string, Row][] => {
      const [method, rest] = name.split(' ') as [string, string];
      return [[`${method} /v1/accounts/:account/customers/:customer/${rest}`, customer], [`${method} /v1/accounts/:account/documents/:document/${rest}`, byLink]];
    }),
  ),
  'GET /v1/accounts/:account/customers/:customer/cards': cards(''),
  'POST /v1/accounts/:account/customers/:customer/cards': cards('', { returnUrl }, { status: 409 }),
  'PATCH /v1/accounts/:account/customers/:customer/cards/:card': cards('/pm_none', { preferred: true }, { status: 409 }),
  'DELETE /v1/accounts/:account/customers/:customer/cards/:card': cards('/pm_none', undefined, { status: 409 }),
  'POST /v1/webhooks/stripe': plain('/v1/webhooks/stripe', { status: 400 }),
  'POST /v1/webhooks/stripe/connect': plain('/v1/webhooks/stripe/connect', { status: 400 }),
  'GET /v1/office/online-payments': plain('/v1/office/online-payments'),
  'GET /v1/office/online-payments/:id': onlinePayment(),
  'POST /v1/office/online-payments/:id/sync': onlinePayment('/sync'),
  'POST /v1/office/online-payments/:id/cancel': onlinePayment('/cancel', undefined, { status: 409 }),
  'POST /v1/office/online-payments/:id/refunds': onlinePayment('/refunds', {}, { status: 409 }),
  // The server of these tests has no Stripe keys.
  'GET /v1/office/stripe': plain('/v1/office/stripe'),
  'POST /v1/office/stripe/onboarding': plain('/v1/office/stripe/onboarding', { status: 409 }),
  'POST /v1/office/stripe/oauth': plain('/v1/office/stripe/oauth', { status: 409 }),
  'DELETE /v1/office/stripe': plain('/v1/office/stripe', { status: 404 }),
  'GET /connect/stripe/refresh/:token': plain('/connect/stripe/refresh/none', { status: 404 }),
  'GET /connect/stripe/return/:token': plain('/connect/stripe/return/none', { status: 404 }),
  'GET /connect/stripe/oauth': plain('/connect/stripe/oauth?state=none', { status: 400 }),

  'GET /v1/office/account': plain('/v1/office/account'),
  'PATCH /v1/office/account': sends('/v1/office/account', { marketing: true }),
  'PUT /v1/office/account/logo': { request: () => ({ path: '/v1/office/account/logo', body: Buffer.from('no picture'), headers: { 'content-type': 'image/png' } }), status: 400 },
  'DELETE /v1/office/account/logo': plain('/v1/office/account/logo', { status: 404 }),
  'GET /v1/office/numbering': plain('/v1/office/numbering'),
  'PATCH /v1/office/numbering': sends('/v1/office/numbering', { customer: 999 }, { status: 400 }),
  'GET /v1/office/pages': plain('/v1/office/pages'),
  'POST /v1/office/pages': { request: () => ({ path: '/v1/office/pages', body: { url: `https://pages.example/${newToken()}` } }) },
  'PATCH /v1/office/pages/:id': about('page', (id) => `/v1/office/pages/${id}`, { url: 'https://pages.example/changed' }, { status: 409 }),
  'DELETE /v1/office/pages/:id': about('page', (id) => `/v1/office/pages/${id}`),
  'GET /v1/office/sightings': plain('/v1/office/sightings'),
  'POST /v1/office/sightings/allow': sends('/v1/office/sightings/allow', { origin: 'https://never-seen.example' }, { status: 404 }),
  'GET /v1/office/inbox': plain('/v1/office/inbox'),
  'GET /v1/office/inbox/counts': plain('/v1/office/inbox/counts'),
  'GET /v1/office/inbox/:id': about('inboxItem', (id) => `/v1/office/inbox/${id}`),
  'PATCH /v1/office/inbox/:id': about('inboxItem', (id) => `/v1/office/inbox/${id}`, { read: true }),
  // Nobody is behind the item: there is nobody to answer.
  'POST /v1/office/inbox/:id/answer': about('inboxItem', (id) => `/v1/office/inbox/${id}/answer`, { text: 'Hello', channels: ['email'] }, { status: 409 }),
  'GET /v1/office/events': plain('/v1/office/events?seconds=0'),
  'POST /v1/office/inbox/:id/done': about('inboxItem', (id) => `/v1/office/inbox/${id}/done`),
  'GET /v1/office/staff': plain('/v1/office/staff'),
  'POST /v1/office/staff': { request: () => ({ path: '/v1/office/staff', body: { name: 'New', email: `${newToken()}@example.com`, role: 'clerk' } }) },
  'PATCH /v1/office/staff/:id': about('staff', (id) => `/v1/office/staff/${id}`, { name: 'Changed' }),
  'DELETE /v1/office/staff/:id': about('staff', (id) => `/v1/office/staff/${id}`),
  'GET /v1/office/api-keys': plain('/v1/office/api-keys'),
  'POST /v1/office/api-keys': sends('/v1/office/api-keys', { name: 'New', scopes: ['settings'] }),
  'DELETE /v1/office/api-keys/:id': about('apiKey', (id) => `/v1/office/api-keys/${id}`),

  'GET /v1/office/session': plain('/v1/office/session'),
  'POST /v1/office/session/end': plain('/v1/office/session/end', { status: 404 }),
  'POST /v1/office/session/end-all': plain('/v1/office/session/end-all', { status: 404 }),
  'POST /v1/office/access-links': { request: (of) => ({ path: '/v1/office/access-links', body: { contactId: of.id.contact } }), status: 400 },
  'POST /v1/office/document-links': { request: (of) => ({ path: '/v1/office/document-links', body: { contactId: of.id.contact, document: { kind: 'job', id: of.id.job } } }), status: 400 },
  'GET /v1/office/links': plain('/v1/office/links'),
  'GET /v1/office/links/:id': about('link', (id) => `/v1/office/links/${id}`),
  'DELETE /v1/office/links/:id': about('link', (id) => `/v1/office/links/${id}`),
  'GET /v1/office/sessions': plain('/v1/office/sessions'),
  'DELETE /v1/office/sessions/:id': about('session', (id) => `/v1/office/sessions/${id}`),
  'GET /v1/office/notices': plain('/v1/office/notices'),
  ...recordRows,
};
