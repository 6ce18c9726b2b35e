/** Work history and jobs, read by customers and by holders of a document link. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { history, jobRows, jobsQuery, jobView } from '../contract/work.ts';
import { slug, ref } from '../contract/wire.ts';
import type { Actor } from '../platform/actor.ts';
import { endpoint } from '../platform/endpoint.ts';
import { notFound } from '../platform/problems.ts';
import { firstScreen, listJobs } from './history.ts';
import { viewJob } from './job.ts';

const params = z.object({ account: slug, customer: ref });
const base = '/v1/accounts/:account';

/** The customers a request is about: one of the session's, or `all` of them. Foreign is absent. */
function customersOf(actor: Actor, wanted: string): string[] {
  if (actor.kind !== 'customer') throw notFound();
  if (wanted === 'all') return actor.customerIds;
  if (!actor.customerIds.includes(wanted)) throw notFound();
  return [wanted];
}

export function workRoutes(app: FastifyInstance): void {
  app.route(
    endpoint({
      method: 'GET', url: `${base}/customers/:customer/history`, access: 'customer', summary: 'The first screen: waiting, upcoming and past jobs',
      params, query: z.object({ addressId: jobsQuery.shape.addressId }), response: history,
      handler: ({ scope, actor, params: { customer }, query }) => firstScreen(scope, customersOf(actor, customer), query.addressId),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${base}/customers/:customer/jobs`, access: 'customer', summary: 'A page of jobs', params, query: jobsQuery, response: jobRows,
      handler: ({ scope, actor, params: { customer }, query: { when, ...query } }) => listJobs(scope, customersOf(actor, customer), when, query),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${base}/customers/:customer/jobs/:job`, access: 'customer', summary: 'One job with everything shared about it',
      params: params.extend({ job: ref }), response: jobView,
      handler: ({ scope, actor, params: { customer, job } }) => viewJob(scope, job, { customerIds: customersOf(actor, customer) }),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${base}/documents/:document`, access: 'document:view', summary: 'The document a link opens',
      params: z.object({ account: slug, document: ref }), response: z.object({ kind: z.literal('job'), job: jobView }),
      handler: async ({ scope, actor, params: { document } }) => {
        if (actor.kind !== 'document' || actor.linkId !== document) throw notFound();
        return { kind: 'job' as const, job: await viewJob(scope, actor.documentId, { masked: true }) };
      },
    }),
  );
}
