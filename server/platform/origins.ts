/** Which websites get an answer: a card for any, everything else for the account's own pages and ours. */
import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';
import type { Services } from './services.ts';

const exposed = ['DPoP-Nonce', 'ETag', 'Retry-After', 'WWW-Authenticate', 'Content-Disposition'];
const accountPath = /^\/v1\/accounts\/([a-z0-9-]{1,40})(\/sightings|\/logo)?(?:[/?]|$)/;

export async function origins(app: FastifyInstance, { config, accounts }: Services): Promise<void> {
  const ours = config.PUBLIC_URL;

  /** Whether `origin` may read the answer. Decided from the path, because a preflight has no route. */
  async function mayRead(request: FastifyRequest, origin: string): Promise<boolean> {
    if (origin === ours) return true;
    const path = accountPath.exec(request.url);
    if (path) {
      const rest = request.url.slice('/v1/accounts/'.length + path[1]!.length).split('?')[0]!;
      if (rest === '' || path[2]) return true;
      return (await accounts.bySlug(path[1]!))?.origins.has(origin) ?? false;
    }
    // Which account an office call is for is known only after authentication; `requireListedOrigin` decides then.
    return request.url.startsWith('/v1/office/') && (await accounts.isKnownOrigin(origin));
  }

  await app.register(cors, {
    delegator: (request, callback) => {
      const origin = request.headers.origin;
      // `origin: false` would also drop `Vary`, and a cache could then hand one site's answer to another.
      const options = {
        methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
        allowedHeaders: ['Authorization', 'Content-Type', 'DPoP', 'Idempotency-Key', 'If-Match', 'View-As'],
        exposedHeaders: exposed,
        maxAge: 600,
        strictPreflight: false,
      };
      if (!origin) return callback(null, { ...options, origin: false });
      mayRead(request, origin).then(
        (allowed) => callback(null, { ...options, origin: allowed ? origin : false }),
        (error: Error) => callback(error, options),
      );
    },
  });
  app.addHook('onRequest', async (_request, reply) => void reply.header('vary', 'Origin'));
}

/**
 * Refuses a browser on a website that is not on the list. Without an `Origin` (another server, curl) there is no
 * ambient credential to abuse, so the session or key decides alone.
 * @throws {Problem} `origin_refused`.
 */
export function requireListedOrigin(request: FastifyRequest, listed: ReadonlySet<string>, ours: string): void {
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== ours && !listed.has(origin)) throw new Problem('origin_refused');
}
