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
  'GET /customer-center.iife.js': plain('/customer-center.iife.js', built),
  'GET /door.js': plain('/door.js', built),
  'GET /door.css': plain('/door.css', built),
  'GET /licenses.txt': plain('/licenses.txt', built),
  'GET /chunks/:name': plain('/chunks/none.js', built),
  'GET /go/:account': plain('/go/acme'),
  'GET /c/:account': plain('/c/acme'),
  'GET /office': plain('/office'),
  'GET /docs/openapi.json': plain('/docs/openapi.json'),
  'GET /favicon.ico': plain('/favicon.ico', built),

  [`POST /v1/accounts/:account/sign-in-requests`]: sends(`${account}/sign-in-requests`, { address: 'nobody@example.com', challenge }, { status: 429 }),
  [`POST /v1/accounts/:account/sign-in-requests/:request/code`]: {
    // Without a proof of its own, nobody gets as far as the request.
    request: async (of) => ({ path: `${account}/sign-in-requests/${await of.fresh('signInRequest')}/code`, body: { code: '000000' } }), status: 401, creates: true,
  },
  [`POST /v1/accounts/:account/handoffs/exchange`]: sends(`${account}/handoffs/exchange`, { handoff: challenge }, { status: 401 }),
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

  'GET /v1/office/account': plain('/v1/office/account'),
  'PATCH /v1/office/account': sends('/v1/office/account', { marketing: true }),
  'PUT /v1/office/account/logo': { request: () => ({ path: '/v1/office/account/logo', body: Buffer.from('no picture'), headers: { 'content-type': 'image/png' } }), status: 400 },
  'DELETE /v1/office/account/logo': plain('/v1/office/account/logo', { status: 404 }),
  'GET /v1/office/pages': plain('/v1/office/pages'),
  'POST /v1/office/pages': { request: () => ({ path: '/v1/office/pages', body: { url: `https://pages.example/${newToken()}` } }) },
  'PATCH /v1/office/pages/:id': about('page', (id) => `/v1/office/pages/${id}`, { url: 'https://pages.example/changed' }, { status: 409 }),
  'DELETE /v1/office/pages/:id': about('page', (id) => `/v1/office/pages/${id}`),
  'GET /v1/office/sightings': plain('/v1/office/sightings'),
  'POST /v1/office/sightings/allow': sends('/v1/office/sightings/allow', { origin: 'https://never-seen.example' }, { status: 404 }),
  'GET /v1/office/inbox': plain('/v1/office/inbox'),
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
