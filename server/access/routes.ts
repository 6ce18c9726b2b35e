/** Sign-in, the door, handoffs and sessions: the HTTP face. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  centerRequest, codeEntry, doorAnswer, doorKnock, doorRenewed, exchanged, handOver as handOverBody, handoffExchange, notMe as notMeBody, refresh, sessionView,
  signInRequest, signInRequestNew, tokens,
} from '../contract/access.ts';
import { hostedHandoff } from '../contract/payments.ts';
import { slug, ref } from '../contract/wire.ts';
import type { Scope } from '../database/scope.ts';
import { endpoint } from '../platform/endpoint.ts';
import { networkOf, takeOrRefuse } from '../platform/limits.ts';
import { notFound, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { wayTo } from './contacts.ts';
import { knock, notMe, renew } from './door.ts';
import { isShared } from './links.ts';
import { exchangeHandoff, handOver } from './handoffs.ts';
import { endAllSessions, endSession, refreshSession, viewSession, type Browser } from './sessions.ts';
import { enterCode, limitAsking, requestSignIn } from './sign-in.ts';

const account = z.object({ account: slug });
const base = '/v1/accounts/:account';

export function accessRoutes(app: FastifyInstance, services: Services): void {
  const { config, derive, proofs } = services;

  /** The browser behind a token request: its key is proved, its origin is what it says of itself. */
  async function browserOf(request: FastifyRequest): Promise<Browser> {
    const proof = await proofs.check(request.headers.dpop, request.method, config.PUBLIC_URL + request.url.split('?')[0]!);
    if (!proofs.firstSight(proof)) throw new Problem('proof_required', { headers: { 'dpop-nonce': proofs.nonce() } });
    return { jkt: proof.jkt, origin: request.headers.origin ?? null, userAgent: request.headers['user-agent'] ?? '' };
  }
  /** Guessing costs whoever guesses. */
  const limitTries = (scope: Scope, request: FastifyRequest) =>
    takeOrRefuse(scope.db, [{ key: `try:${networkOf(request.ip)}`, burst: 300, perHour: 3000 }]);

  app.route(
    endpoint({
      method: 'POST', url: `${base}/sign-in-requests`, access: 'visitor', status: 202, summary: 'Ask for a sign-in link and code',
      params: account, body: signInRequestNew, response: signInRequest, idempotent: 'optional',
      before: ({ scope, request }) => limitAsking(scope, request.ip),
      handler: ({ scope, body }) => requestSignIn(scope, services, body),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/sign-in-requests/:request/code`, access: 'visitor', summary: 'Sign in with the code of the message',
      params: account.extend({ request: ref }), body: codeEntry, response: tokens,
      handler: async ({ scope, params, body, request }) => {
        const browser = await browserOf(request);
        await limitTries(scope, request);
        return enterCode(scope, derive, params.request, body, browser);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/handoffs/exchange`, access: 'visitor', summary: 'Trade a handoff from the door for a session',
      params: account, body: handoffExchange, response: exchanged,
      handler: async ({ scope, body, request }) => {
        const browser = await browserOf(request);
        await limitTries(scope, request);
        return exchangeHandoff(scope, derive, body, browser);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/handoffs`, access: 'session', status: 201, summary: 'The hosted page, with this session handed over once', params: account,
      body: handOverBody, response: hostedHandoff,
      handler: async ({ scope, actor, body }) => {
        const sessionId = sessionIdOf(actor);
        await takeOrRefuse(scope.db, [{ key: `hand-over:${sessionId}`, burst: 20, perHour: 60 }]);
        return handOver(scope, config.PUBLIC_URL, sessionId, body.destination);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/session/refresh`, access: 'visitor', summary: 'Trade a refresh token for the next tokens',
      params: account, body: refresh, response: tokens,
      handler: async ({ scope, body, request }) => refreshSession(scope, derive, body.refreshToken, (await browserOf(request)).jkt),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${base}/session`, access: 'session', summary: 'Who is signed in', params: account, response: sessionView,
      handler: ({ scope, actor }) => viewSession(scope, actor, services.smsConfigured),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/session/end`, access: 'session', summary: 'Sign out', params: account, response: null,
      handler: async ({ scope, actor }) => void (await endSession(scope, sessionIdOf(actor))),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/session/end-all`, access: 'customer', summary: 'Sign out everywhere', params: account, response: null,
      handler: ({ scope, actor }) => endAllSessions(scope, sessionIdOf(actor)),
    }),
  );

  app.route(
    endpoint({
      method: 'POST', url: `${base}/door`, access: 'own', summary: 'A person’s click at the door', params: account, body: doorKnock, response: doorAnswer,
      handler: ({ scope, body, request }) => knock(scope, services, body.token, request.ip),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/door/renew`, access: 'own', status: 202, summary: 'Send a fresh link for an expired one', params: account,
      body: doorKnock, response: doorRenewed,
      handler: ({ scope, body, request }) => renew(scope, services, body.token, request.ip),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/door/not-me`, access: 'own', summary: 'This link is not for me', params: account, body: notMeBody, response: null,
      handler: ({ scope, body, request }) => notMe(scope, body.token, request.ip),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/documents/:document/center`, access: 'document:view', status: 202,
      summary: 'From one document to all jobs: sends a code to the address its notice went to', params: account.extend({ document: ref }),
      body: centerRequest, response: signInRequest, idempotent: 'required',
      before: ({ scope, request }) => limitAsking(scope, request.ip),
      handler: async ({ scope, actor, params, body }) => {
        if (actor.kind !== 'document' || actor.linkId !== params.document) throw notFound();
        const link = await scope.from('links').selectAll().where('id', '=', actor.linkId).executeTakeFirstOrThrow();
        const contact = await scope.from('contacts').select(['email', 'mobile']).where('id', '=', link.contact_id ?? '').executeTakeFirst();
        const way = contact && !isShared(link) ? wayTo(link, contact, services.smsConfigured) : undefined;
        if (!way) throw notFound();
        return requestSignIn(scope, services, { ...body, audience: 'customer', address: way.address }, 'center');
      },
    }),
  );
}

const sessionIdOf = (actor: { kind: string; sessionId?: string }): string => {
  if (!actor.sessionId) throw notFound();
  return actor.sessionId;
};
