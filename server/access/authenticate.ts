/** Before every handler: which account, which website, who. Declared per route, enforced here alone. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from '../platform/endpoint.ts';
import type { KnownAccount, Services } from '../platform/services.ts';
import { requireListedOrigin } from '../platform/origins.ts';
import { notFound, Problem } from '../platform/problems.ts';
import { accountOfToken } from '../platform/secrets.ts';
import { PROOF_LIFE_SECONDS } from '../platform/dpop.ts';
import { after } from '../platform/ids.ts';
import { actorOfKey, actorOfSession, actorWhoLooks } from './actors.ts';

/** Every route with who may call it; the authorization matrix is made of it. */
export interface DeclaredRoute {
  method: string;
  url: string;
  access: Access;
  /** Not among what the office sees when it looks at the center as a contact does. */
  unseen?: boolean;
}
declare module 'fastify' {
  interface FastifyInstance {
    declaredRoutes: readonly DeclaredRoute[];
  }
}

const reads = new Set(['GET', 'HEAD']);

/**
 * Whether the office may see this as a contact does (`View-As`): what the center reads of a customer, and who is signed in. Nothing
 * that writes, and no card. An account's public card is the same for everybody.
 */
function mayLook({ method, routeOptions: { config } }: FastifyRequest): boolean {
  return method === 'GET' && (config.access === 'anyone' || ((config.access === 'customer' || config.access === 'session') && !config.unseen));
}

export function authenticate(app: FastifyInstance, services: Services): void {
  const { accounts, config, derive, proofs } = services;
  app.decorateRequest('scope');
  app.decorateRequest('actor');

  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access;
    if (!access || access === 'operator') return;
    request.actor = { kind: 'nobody' };
    const seenBy = request.headers['view-as'];
    if (seenBy !== undefined && !mayLook(request)) throw notFound();
    // Tokens, secrets and people's records: nothing of this is kept by anything in between.
    if (access !== 'anyone') reply.header('cache-control', 'no-store');
    if (access.startsWith('office:')) return authenticateOffice(request);

    const known = await accounts.bySlug((request.params as { account?: string }).account ?? '');
    if (!known) throw notFound();
    request.scope = accounts.scope(known.account);
    if (access === 'anyone') return;
    requireListedOrigin(request, access === 'own' ? new Set() : known.origins, config.PUBLIC_URL);
    if (access === 'visitor' || access === 'own') return;

    const caller = await actorOfRequest(request, known);
    const actor = seenBy === undefined ? caller : await actorWhoLooks(request.scope, caller, seenBy);
    if (access === 'session' ? actor.kind === 'customer' || actor.kind === 'document' : actor.kind === access.split(':')[0]) {
      if (actor.kind !== 'document' || access === 'session' || actor.actions.includes(access.split(':')[1] as 'view')) {
        request.actor = actor;
        return;
      }
    }
    // A session that may not use this route learns no more than one that does not exist.
    throw notFound();
  });

  async function authenticateOffice(request: FastifyRequest): Promise<void> {
    const [scheme, token] = credentials(request);
    const known = token ? await accounts.byId(accountOfToken(token) ?? '') : undefined;
    if (!known) throw new Problem('unauthenticated');
    request.scope = accounts.scope(known.account);
    requireListedOrigin(request, known.origins, config.PUBLIC_URL);
    const actor = scheme === 'bearer' ? await actorOfKey(request.scope, token!) : await actorOfRequest(request, known);
    if (!actor || (actor.kind !== 'staff' && actor.kind !== 'key')) throw new Problem('unauthenticated');
    const need = request.routeOptions.config.access!.slice('office:'.length);
    if (need === 'owner' ? actor.kind !== 'staff' || actor.role !== 'owner' : !actor.scopes.includes(need as 'read')) throw new Problem('forbidden');
    request.actor = actor;
  }

  /** A session's access token with its proof. */
  async function actorOfRequest(request: FastifyRequest, { account }: KnownAccount) {
    const [scheme, token] = credentials(request);
    if (scheme !== 'dpop' || !token) throw new Problem('unauthenticated');
    const proof = await proofs.check(request.headers.dpop, request.method, config.PUBLIC_URL + request.url.split('?')[0]!, token);
    const scope = accounts.scope(account);
    const actor = await actorOfSession(scope, derive, token, proof.jkt, request.headers.origin ?? null);
    if (!actor) throw new Problem('session_ended');
    if (reads.has(request.method)) {
      if (!proofs.firstSight(proof)) throw new Problem('proof_required', { headers: { 'dpop-nonce': proofs.nonce() } });
    } else {
      const kept = await scope
        .insert('proofs', { jti: proof.jti, expires_at: after(PROOF_LIFE_SECONDS) })
        .onConflict((conflict) => conflict.columns(['account_id', 'jti']).doNothing())
        .executeTakeFirst();
      if (!kept.numInsertedOrUpdatedRows) throw new Problem('proof_required', { headers: { 'dpop-nonce': proofs.nonce() } });
    }
    return actor;
  }

  // A fresh nonce rides on every answer about an account, the card's too, so that the next proof needs no extra round.
  app.addHook('onSend', async (request, reply) => {
    if (request.scope && !reply.hasHeader('dpop-nonce')) reply.header('dpop-nonce', proofs.nonce());
  });

  const table: DeclaredRoute[] = [];
  app.decorate('declaredRoutes', table);
  app.addHook('onRoute', (route) => {
    if (route.method === 'HEAD' || route.method === 'OPTIONS') return;
    if (!route.config?.access) throw new Error(`${String(route.method)} ${route.url} does not say who may call it`);
    table.push({ method: String(route.method), url: route.url, access: route.config.access, ...(route.config.unseen ? { unseen: true } : {}) });
  });
}

function credentials(request: FastifyRequest): [scheme: string, token: string | undefined] {
  const [scheme = '', token] = (request.headers.authorization ?? '').split(' ');
  return [scheme.toLowerCase(), token];
}
