/** `/livez`: the process answers. `/readyz`: it can do its work. Neither tells more than that. */
import { sql } from 'kysely';
import type { FastifyInstance } from 'fastify';
import type { Services } from './services.ts';

/** Apps that were told to end: they still answer, but ask for no new work. */
export const draining = new WeakSet<FastifyInstance>();

export function health(app: FastifyInstance, { db }: Services): void {
  app.get('/livez', { config: { access: 'operator' }, schema: { hide: true } }, async () => 'ok');
  app.get('/readyz', { config: { access: 'operator' }, schema: { hide: true } }, async (_request, reply) => {
    if (draining.has(app)) return reply.code(503).send('not ready');
    try {
      // A write, because a full disk still reads.
      await sql`insert into rate_buckets (key, tokens, updated_at) values ('readyz', 1, ${Date.now()})
        on conflict (key) do update set updated_at = excluded.updated_at`.execute(db);
      return 'ok';
    } catch {
      return reply.code(503).send('not ready');
    }
  });
}
