/** Invoices and the statement, as customers read them. By the link of one, and as files: `sharing/routes.ts`. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { customersOf } from '../access/customers.ts';
import { readingOf } from '../access/reader.ts';
import { opened } from '../contract/documents.ts';
import { invoiceRows, invoiceRowsQuery, invoiceView, statement, statementQuery } from '../contract/invoices.ts';
import { ref, slug } from '../contract/wire.ts';
import { recordOpen } from '../documents/facts.ts';
import { endpoint } from '../platform/endpoint.ts';
import type { Services } from '../platform/services.ts';
import { listInvoiceRows, sentInvoice, viewInvoice } from './reading.ts';
import { statementOf } from './statement.ts';

const base = '/v1/accounts/:account/customers/:customer';
const params = z.object({ account: slug, customer: ref });
const ofInvoice = params.extend({ invoice: ref });

export function invoiceRoutes(app: FastifyInstance, { smsConfigured }: Services): void {
  app.route(
    endpoint({
      method: 'GET', url: `${base}/invoices`, access: 'customer', summary: 'Invoices and credits: those that are open, or all', params, query: invoiceRowsQuery, response: invoiceRows,
      handler: ({ scope, actor, params: { customer }, query }) => listInvoiceRows(scope, customersOf(actor, customer), query),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${base}/invoices/:invoice`, access: 'customer', summary: 'An invoice as it was sent last', params: ofInvoice, response: invoiceView,
      handler: async ({ scope, actor, params: { customer, invoice } }) => {
        const row = await sentInvoice(scope, invoice, customersOf(actor, customer));
        return viewInvoice(scope, row.id, await readingOf(scope, actor, row.customer_id, smsConfigured));
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${base}/invoices/:invoice/opened`, access: 'customer', summary: 'The person has it before their eyes', params: ofInvoice, body: opened, response: null,
      handler: async ({ scope, actor, params: { customer, invoice }, body }) => {
        const row = await sentInvoice(scope, invoice, customersOf(actor, customer));
        const { reader } = await readingOf(scope, actor, row.customer_id, smsConfigured);
        await recordOpen(scope, 'invoice', row, body.version, reader);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${base}/statement`, access: 'customer', summary: 'A period of the account', params, query: statementQuery, response: statement,
      handler: ({ scope, actor, params: { customer }, query }) => statementOf(scope, customersOf(actor, customer), query),
    }),
  );
}
