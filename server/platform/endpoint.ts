/** How a route is written: who may call it, its schemas, and one call. The app refuses to start when a route does not say who. */
import type { FastifyReply, FastifyRequest, HTTPMethods, RouteOptions } from 'fastify';
import type { z } from 'zod';
import type { DocumentAction } from '../contract/access.ts';
import type { Scope } from '../database/scope.ts';
import type { Actor } from './actor.ts';
import { answerOnce } from './idempotency.ts';

/**
 * Who may call a route.
 * - `anyone`: any website, no session. `visitor`: the account's own pages, no session. `own`: pages of our own origin only.
 * - `customer`, `document:<action>`: a session of that kind. `session`: either.
 * - `office:<scope>`: staff, or an API key with that scope. `office:owner`: the owner alone.
 * - `operator`: no account at all (health, documentation).
 */
export type Access =
  | 'operator' | 'anyone' | 'visitor' | 'own' | 'customer' | 'session' | `document:${DocumentAction}`
  | 'office:read' | 'office:write' | 'office:links' | 'office:settings' | 'office:owner';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** The person's own: not among what the office sees when it looks at the center as a contact does. */
    unseen?: boolean;
    /** Whether it takes an `Idempotency-Key`; for the API's description. */
    idempotent?: 'required' | 'optional';
  }
  interface FastifyRequest {
    /** The account of the URL or of the caller; set before the handler on every route but `operator`. */
    scope: Scope;
    actor: Actor;
  }
}

type Schema = z.ZodType;
type Out<S> = S extends Schema ? z.output<S> : undefined;

export interface Call<P, Q, B> {
  scope: Scope;
  actor: Actor;
  params: P;
  query: Q;
  body: B;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface Endpoint<P extends Schema | undefined, Q extends Schema | undefined, B extends Schema | undefined, R extends Schema | null> {
  method: HTTPMethods;
  url: string;
  access: Access;
  /** The person's own: not among what the office sees when it looks at the center as a contact does. */
  unseen?: boolean;
  /** One line for the API's reference. */
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Status of success; 200 unless said, 204 when `response` is null. */
  status?: number;
  /** Null: nothing. */
  response: R;
  /** Takes an `Idempotency-Key`; the answer is stored in the transaction of the effect. `required` refuses a call without one. */
  idempotent?: 'required' | 'optional';
  bodyLimit?: number;
  /** Runs before the transaction of an idempotent call; for limits, which a refusal must not roll back. */
  before?(call: Call<Out<P>, Out<Q>, Out<B>>): Promise<void>;
  handler(call: Call<Out<P>, Out<Q>, Out<B>>): Promise<R extends Schema ? z.input<R> : void> | (R extends Schema ? z.input<R> : void);
}

/** Makes Fastify's route options of an endpoint. */
export function endpoint<P extends Schema | undefined, Q extends Schema | undefined, B extends Schema | undefined, R extends Schema | null>(
  route: Endpoint<P, Q, B, R>,
): RouteOptions {
  const status = route.status ?? (route.response ? 200 : 204);
  return {
    method: route.method,
    url: route.url,
    config: { access: route.access, ...(route.unseen ? { unseen: true } : {}), ...(route.idempotent ? { idempotent: route.idempotent } : {}) },
    ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
    schema: {
      summary: route.summary,
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      ...(route.response ? { response: { [status]: route.response } } : {}),
    },
    handler: async (request, reply) => {
      const call = {
        scope: request.scope, actor: request.actor, params: request.params, query: request.query, body: request.body, request, reply,
      } as Call<Out<P>, Out<Q>, Out<B>>;
      reply.code(status);
      await route.before?.(call);
      if (route.idempotent)
        return answerOnce(request, route.idempotent, (scope) => Promise.resolve(route.handler({ ...call, scope })));
      const answer = await route.handler(call);
      return route.response ? answer : reply.send();
    },
  };
}
