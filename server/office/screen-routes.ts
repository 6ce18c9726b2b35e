/** What the office's screens show that is more than one record, over HTTP. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  activities, customerAccess, customerOverview, customerRows, customerRowsQuery, jobOverview, officeDocumentRows, officeDocumentRowsQuery, officeJobRows, officeJobRowsQuery,
  searchQuery, searchResults,
} from '../contract/office.ts';
import { paging, ref } from '../contract/wire.ts';
import { endpoint } from '../platform/endpoint.ts';
import { listActivity } from './activity.ts';
import { viewCustomerAccess } from './customer-access.ts';
import { viewCustomer } from './customer-overview.ts';
import { listCustomerRows } from './customer-rows.ts';
import { listDocumentRows } from './document-rows.ts';
import { viewOfficeJob } from './job-overview.ts';
import { listJobRows } from './job-rows.ts';
import { searchAll } from './search.ts';

const byId = z.object({ id: ref });

export function screenRoutes(app: FastifyInstance): void {
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/customer-rows', access: 'office:read', summary: 'Customers with what is due and open; found also with a slip of the finger',
      query: customerRowsQuery, response: customerRows,
      handler: ({ scope, query }) => listCustomerRows(scope, query),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/customers/:id/overview', access: 'office:read', summary: 'A customer with contacts, addresses, jobs, documents and payments',
      params: byId, response: customerOverview,
      handler: ({ scope, params }) => viewCustomer(scope, params.id),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/customers/:id/access', access: 'office:links', summary: 'Live links and open sessions of a customer’s contacts', params: byId, response: customerAccess,
      handler: ({ scope, params }) => viewCustomerAccess(scope, params.id),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/customers/:id/activity', access: 'office:read', summary: 'What has happened with a customer, newest first', params: byId,
      query: z.strictObject(paging.shape), response: activities,
      handler: ({ scope, params, query }) => listActivity(scope, params.id, query),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/job-rows', access: 'office:read', summary: 'Jobs with their customers, newest first', query: officeJobRowsQuery, response: officeJobRows,
      handler: ({ scope, query }) => listJobRows(scope, query),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/jobs/:id/overview', access: 'office:read', summary: 'A job with everything on it', params: byId, response: jobOverview,
      handler: ({ scope, params }) => viewOfficeJob(scope, params.id),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/document-rows', access: 'office:read', summary: 'Estimates or invoices with their customers, newest first', query: officeDocumentRowsQuery,
      response: officeDocumentRows,
      handler: ({ scope, query }) => listDocumentRows(scope, query),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/search', access: 'office:read', summary: 'The best few customers, jobs and documents', query: searchQuery, response: searchResults,
      handler: ({ scope, query }) => searchAll(scope, query.q),
    }),
  );
}
