/** Work history and jobs, read by customers. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { customersOf } from '../access/customers.ts';
import { history, jobRows, jobsQuery, jobView } from '../contract/work.ts';
import { slug, ref } from '../contract/wire.ts';
import { endpoint } from '../platform/endpoint.ts';
import { firstScreen, listJobs } from './history.ts';
import { viewJob } from './job.ts';

const params = z.object({ account: slug, customer: ref });
const base = '/v1/accounts/:account';

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
}
