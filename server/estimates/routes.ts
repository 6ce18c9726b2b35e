/** Estimates as customers read and decide them: signed in, or by a document link. The two ways differ in nothing but the address. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { customersOf } from '../access/customers.ts';
import { readingOf, stillOpen, type Reading } from '../access/reader.ts';
import { opened } from '../contract/documents.ts';
import { approval, approvalCode, changeRequest, declining, estimateView } from '../contract/estimates.ts';
import { ref, slug } from '../contract/wire.ts';
import type { Scope } from '../database/scope.ts';
import { recordOpen } from '../documents/facts.ts';
import type { Actor } from '../platform/actor.ts';
import { endpoint, type Access } from '../platform/endpoint.ts';
import { answerOnce } from '../platform/idempotency.ts';
import { mustHaveSeen } from '../platform/if-match.ts';
import { takeOrRefuse } from '../platform/limits.ts';
import { notFound } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { approveEstimate, declineEstimate, type Caller } from './deciding.ts';
import { estimateRow, type EstimateRow } from './drafts.ts';
import { viewEstimate } from './reading.ts';
import { requestChanges } from './remarks.ts';
import { checkApprovalCode, sendApprovalCode } from './verification.ts';

const base = '/v1/accounts/:account';
const params = z.object({ account: slug, customer: ref.optional(), estimate: ref.optional(), document: ref.optional() });
type Params = z.output<typeof params>;

interface Face {
  url: string;
  /** What a session needs to do this. */
  access: (action: 'view' | 'approve' | 'requestChanges') => Access;
}
const faces: Face[] = [
  { url: `${base}/customers/:customer/estimates/:estimate`, access: () => 'customer' },
  { url: `${base}/documents/:document`, access: (action) => `document:${action}` },
];

export function estimateRoutes(app: FastifyInstance, services: Services): void {
  const { smsConfigured } = services;

  /** The estimate that the address names, for this person. Foreign is absent. */
  async function find(scope: Scope, actor: Actor, { customer, estimate, document }: Params): Promise<{ row: EstimateRow; reading: Reading }> {
    const row = await estimateRow(scope, documentOf(actor, document) ?? estimate ?? '');
    if (actor.kind === 'customer' && !customersOf(actor, customer ?? '').includes(row.customer_id)) throw notFound();
    if (row.version === 0) throw notFound();
    return { row, reading: await readingOf(scope, actor, row.customer_id, smsConfigured) };
  }
  const again = async (scope: Scope, actor: Actor, given: Params) => {
    const { row, reading } = await find(scope, actor, given);
    return viewEstimate(scope, row, reading);
  };

  /** Does it once for each key, in its turn. What is kept for a repetition is nothing but that it was done: the view is made anew. */
  async function decided(request: FastifyRequest, scope: Scope, actor: Actor, given: Params, work: (trx: Scope, id: string, reading: (trx: Scope) => Promise<Reading>) => Promise<void>) {
    await answerOnce(request, 'required', async (trx) => {
      const { row } = await find(trx, actor, given);
      // A link or a right may have ended while this waited for its turn.
      await work(trx, row.id, async (turn) => {
        await stillOpen(turn, actor);
        return (await find(turn, actor, given)).reading;
      });
    });
    return again(scope, actor, given);
  }

  app.route(
    endpoint({
      method: 'GET', url: faces[0]!.url, access: 'customer', summary: 'An estimate as it was sent last', params, response: estimateView,
      handler: ({ scope, actor, params }) => again(scope, actor, params),
    }),
  );
  for (const { url, access } of faces) {
    // Of a link to an invoice, `opened` is told as well.
    if (url.includes('customers'))
      app.route(
        endpoint({
          method: 'POST', url: `${url}/opened`, access: access('view'), summary: 'The person has it before their eyes', params, body: opened, response: null,
          handler: async ({ scope, actor, params, body }) => {
            const { row, reading } = await find(scope, actor, params);
            await recordOpen(scope, 'estimate', row, body.version, reading.reader);
          },
        }),
      );
    app.route(
      endpoint({
        method: 'POST', url: `${url}/approve`, access: access('approve'), summary: 'Approve the version that If-Match names', params, body: approval, response: estimateView,
        bodyLimit: 1024 * 1024,
        before: async ({ scope, actor, params, body, request }) => {
          mustHaveSeen(request);
          const { row, reading } = await find(scope, actor, params);
          await checkApprovalCode(scope, services, row.id, reading.reader.sessionId, body.verification);
        },
        handler: async ({ scope, actor, params, body, request }) =>
          decided(request, scope, actor, params, async (trx, id, reading) => approveEstimate(trx, services, { id, seen: mustHaveSeen(request), reading, caller: callerOf(request) }, body)),
      }),
    );
    app.route(
      endpoint({
        method: 'POST', url: `${url}/approval-code`, access: access('approve'), summary: 'Send the code that approving asks for', params, body: z.strictObject({}), status: 202,
        response: approvalCode,
        handler: async ({ scope, actor, params, request }) => {
          const { row, reading } = await find(scope, actor, params);
          return sendApprovalCode(scope, services, row, reading, languageOf(request));
        },
      }),
    );
    app.route(
      endpoint({
        method: 'POST', url: `${url}/change-requests`, access: access('requestChanges'), summary: 'Ask for a change, of the whole or of lines', params, body: changeRequest,
        response: estimateView,
        before: async ({ scope, actor, params }) => {
          // By person and by document, because a link opens as many sessions as somebody likes.
          const { row, reading } = await find(scope, actor, params);
          await takeOrRefuse(scope.db, [
            { key: `wish:${row.id}:${reading.reader.person}`, burst: 10, perHour: 10 },
            { key: `wish:${row.id}`, burst: 30, perHour: 30 },
          ]);
        },
        handler: async ({ scope, actor, params, body, request }) => decided(request, scope, actor, params, (trx, id, reading) => requestChanges(trx, services, id, reading, body)),
      }),
    );
    app.route(
      endpoint({
        method: 'POST', url: `${url}/decline`, access: access('approve'), summary: 'Decline the version that If-Match names', params, body: declining, response: estimateView,
        before: async ({ request }) => void mustHaveSeen(request),
        handler: async ({ scope, actor, params, body, request }) =>
          decided(request, scope, actor, params, async (trx, id, reading) => declineEstimate(trx, services, { id, seen: mustHaveSeen(request), reading, caller: callerOf(request) }, body)),
      }),
    );
  }
}

/** The estimate behind a document link; nothing for a signed-in person. @throws {Problem} `not_found` for another link's. */
function documentOf(actor: Actor, document: string | undefined): string | undefined {
  if (actor.kind !== 'document') return undefined;
  if (actor.linkId !== document || actor.documentKind !== 'estimate') throw notFound();
  return actor.documentId;
}

const callerOf = (request: FastifyRequest): Caller => ({ ip: request.ip, userAgent: request.headers['user-agent'] ?? '' });
/** The browser's first language, for a message to somebody whose own is not known. */
const languageOf = (request: FastifyRequest): string | null => /^[a-z]{2}/i.exec(request.headers['accept-language'] ?? '')?.[0]?.toLowerCase() ?? null;
