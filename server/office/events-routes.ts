/** What changes in the account, as it happens: one stream for each open screen of the office. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { liveSessions } from '../access/sessions.ts';
import { officeEventsQuery } from '../contract/inbox.ts';
import type { Scope } from '../database/scope.ts';
import { actorKey, type Actor } from '../platform/actor.ts';
import { liveStreams } from '../platform/live.ts';
import type { Services } from '../platform/services.ts';

/** @param everyMs how often a stream says that it is alive. */
export function eventRoutes(app: FastifyInstance, { config, database }: Services, everyMs?: number): void {
  const live = liveStreams(database, everyMs);
  // Before connections are waited for: these would never end by themselves.
  app.addHook('preClose', () => live.close());
  app.route<{ Querystring: z.output<typeof officeEventsQuery> }>({
    method: 'GET', url: '/v1/office/events', config: { access: 'office:read' }, exposeHeadRoute: false,
    schema: { summary: 'What changes, as it happens: a stream of JSON lines (application/x-ndjson)', querystring: officeEventsQuery },
    handler: async ({ scope, actor, headers, query: { seconds } }, reply) => {
      // Our own pages, and programs, are on no list.
      const website = headers.origin === config.PUBLIC_URL ? undefined : headers.origin;
      const stream = await live.open({ accountId: scope.accountId, who: actor.kind === 'staff' ? actor.staffId : actorKey(actor), mayWatch: () => mayWatch(scope, actor, website), seconds });
      // Neither held back by a proxy nor kept open for another request: whoever ends a stream ends its connection.
      return reply.headers({ 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no', connection: 'close' }).send(stream);
    },
  });
}

/** Whether this session or key still is one, and the website that shows it still listed. */
async function mayWatch(scope: Scope, actor: Actor, website: string | undefined): Promise<boolean> {
  if (website !== undefined && !(await scope.from('pages').select('id').where('origin', '=', website).executeTakeFirst())) return false;
  if (actor.kind === 'key') return (await scope.from('api_keys').select('id').where('id', '=', actor.keyId).where('revoked_at', 'is', null).executeTakeFirst()) !== undefined;
  if (actor.kind !== 'staff') return false;
  const session = await liveSessions(scope).select('id').where('id', '=', actor.sessionId).executeTakeFirst();
  return session !== undefined && (await scope.from('staff').select('id').where('id', '=', actor.staffId).executeTakeFirst()) !== undefined;
}
