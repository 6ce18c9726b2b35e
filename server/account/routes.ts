/** The account over HTTP: its public card, logo and sightings. What the office sets is in `office-routes.ts`. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { card, sightingReport } from '../contract/account.ts';
import { setupDone, setupNew } from '../contract/office.ts';
import { endpoint } from '../platform/endpoint.ts';
import { limitKey, networkOf, takeOrRefuse } from '../platform/limits.ts';
import { invalidField, notFound } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { viewCard } from './accounts.ts';
import { readLogo } from './logo.ts';
import { seenPages } from './pages.ts';
import { setUp } from './setup.ts';
import { reportSighting } from './sightings.ts';

const ofAccount = z.object({ account: z.string() });

export function accountRoutes(app: FastifyInstance, services: Services): void {
  const { accounts, config, db, derive } = services;
  const seen = seenPages();

  app.route(
    endpoint({
      method: 'POST', url: '/v1/setup', access: 'operator', status: 201, summary: 'Make the first account of an empty server', body: setupNew, response: setupDone,
      handler: async ({ body, request, reply }) => {
        // The answer lets its reader in.
        reply.header('cache-control', 'no-store');
        await takeOrRefuse(db, [{ key: limitKey(derive, 'setup', networkOf(request.ip)), burst: 60, perHour: 60 }]);
        return setUp(services, body);
      },
    }),
  );

  app.route(
    endpoint({
      method: 'GET', url: '/v1/accounts/:account', access: 'anyone', summary: 'The account’s public card', params: ofAccount, response: card,
      handler: async ({ params, request, reply }) => {
        const known = await accounts.bySlug(params.account);
        if (!known) throw notFound();
        const { origin } = request.headers;
        const view = viewCard(known, origin, services);
        // A busy database keeps nobody from the card; the next visitor is noted.
        if (origin !== undefined && known.origins.has(origin)) await seen(accounts.scope(known.account), origin).catch(() => undefined);
        // A refusal is asked for again at every load, so that allowing a website works at once.
        reply.header('cache-control', view.originAllowed ? 'public, max-age=60' : 'no-cache');
        return view;
      },
    }),
  );

  app.route({
    method: 'GET',
    url: '/v1/accounts/:account/logo',
    config: { access: 'anyone' },
    schema: { summary: 'The account’s logo, a PNG or JPEG', params: ofAccount, querystring: z.object({ v: z.string().max(64).optional() }) },
    handler: async (request, reply) => {
      const logo = await readLogo(request.scope);
      if (!logo) throw notFound();
      const current = (request.query as { v?: string }).v === logo.hash;
      return reply
        .headers({
          'content-type': logo.type,
          // Only under its own address; an address that is ahead or behind must not be kept with this content.
          'cache-control': current ? 'public, max-age=31536000, immutable' : 'public, max-age=60',
          // Somebody uploaded it: it is an image to every browser, and nothing it could hold would run.
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
          'cross-origin-resource-policy': 'cross-origin',
        })
        .send(logo.bytes);
    },
  });

  app.route(
    endpoint({
      method: 'POST', url: '/v1/accounts/:account/sightings', access: 'anyone', summary: 'The widget stands on a website that is not listed',
      params: ofAccount, body: sightingReport, response: null,
      handler: async ({ scope, params, body, request }) => {
        const { origin } = new URL(body.url);
        if (request.headers.origin !== undefined && request.headers.origin !== origin) throw invalidField('/url', 'is not the website that reports it');
        await takeOrRefuse(db, [
          { key: limitKey(derive, 'sighting', networkOf(request.ip)), burst: 10, perHour: 60 },
          { key: `sighting:${scope.accountId}`, burst: 100, perHour: 600 },
        ]);
        const known = await accounts.bySlug(params.account);
        if (origin !== config.PUBLIC_URL && !known?.origins.has(origin)) await reportSighting(scope, origin);
      },
    }),
  );
}
