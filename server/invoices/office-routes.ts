/** Invoices and credits as the office writes, sends and follows them. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { customersOf } from '../access/contacts.ts';
import { withoutUrls, withUrls } from '../access/document-links.ts';
import { sendNew } from '../contract/documents.ts';
import {
  creditUse, invoice, invoiceChange, invoiceNew, invoices, invoiceSent, invoicesQuery, invoiceView, statement, statementQuery, type Invoice,
} from '../contract/invoices.ts';
import { reminderNew } from '../contract/office.ts';
import { ref } from '../contract/wire.ts';
import { endpoint } from '../platform/endpoint.ts';
import { answerOnce } from '../platform/idempotency.ts';
import { seenBy, withTag } from '../platform/if-match.ts';
import { notFound } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { applyCredit } from './credits.ts';
import { changeInvoice, createInvoice, deleteInvoice } from './drafts.ts';
import { listInvoices, previewInvoice, readInvoice } from './invoices.ts';
import { checkReminding, remindOfInvoice } from './reminding.ts';
import { checkSending, sendInvoice } from './sending.ts';
import { statementOf } from './statement.ts';
import { voidInvoice } from './voiding.ts';

const url = '/v1/office/invoices';
const byId = z.object({ id: ref });

export function invoiceOfficeRoutes(app: FastifyInstance, services: Services): void {
  app.route(
    endpoint({
      method: 'GET', url, access: 'office:read', summary: 'List invoices and credits, newest first', query: invoicesQuery, response: invoices,
      handler: ({ scope, query }) => listInvoices(scope, query),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url, access: 'office:write', status: 201, summary: 'Make an invoice or credit on a job', body: invoiceNew, response: invoice, idempotent: 'optional',
      handler: async ({ scope, body, reply }) => withTag(reply, await readInvoice(scope, await createInvoice(scope, body))),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/:id`, access: 'office:read', summary: 'Read an invoice: its working copy, versions and payments', params: byId, response: invoice,
      handler: async ({ scope, params, reply }) => withTag(reply, await readInvoice(scope, params.id)),
    }),
  );
  app.route(
    endpoint({
      method: 'PATCH', url: `${url}/:id`, access: 'office:write', summary: 'Change the working copy', params: byId, body: invoiceChange, response: invoice,
      handler: async ({ scope, params, body, request, reply }) => {
        await changeInvoice(scope, params.id, body, seenBy(request));
        return withTag(reply, await readInvoice(scope, params.id));
      },
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url: `${url}/:id`, access: 'office:write', summary: 'Delete an invoice that was never sent', params: byId, response: null,
      handler: ({ scope, params, request }) => deleteInvoice(scope, params.id, seenBy(request)),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/send`, access: 'office:write', summary: 'Freeze a version and send it, or make a link to copy', params: byId, body: sendNew,
      response: invoiceSent,
      handler: async ({ scope, actor, params: { id }, body, request }) => {
        await checkSending(scope, services, id, body);
        // What is stored for a repetition holds no secret; the links’ addresses follow from their ids.
        const stored = (await answerOnce(request, 'optional', async (trx) => {
          const links = await sendInvoice(trx, services, id, body, seenBy(request));
          return { invoice: await readInvoice(trx, id), links: withoutUrls(links) };
        })) as { invoice: Invoice; links: ReturnType<typeof withoutUrls> };
        return { invoice: stored.invoice, links: withUrls(services, scope.account.slug, actor, stored.links) };
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/void`, access: 'office:write', summary: 'Take it back: what it billed can be billed again', params: byId, response: invoice,
      handler: async ({ scope, params, request, reply }) => {
        await voidInvoice(scope, params.id, seenBy(request));
        return withTag(reply, await readInvoice(scope, params.id));
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/apply`, access: 'office:write', summary: 'Settle an invoice with what this credit holds', params: byId, body: creditUse, response: invoice,
      idempotent: 'optional',
      handler: async ({ scope, params, body, request, reply }) => {
        await applyCredit(scope, params.id, body, seenBy(request));
        return withTag(reply, await readInvoice(scope, params.id));
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/remind`, access: 'office:write', summary: 'Remind of what was sent and still waits, with a fresh link', params: byId, body: reminderNew,
      response: invoice, idempotent: 'optional',
      before: ({ scope, params, body }) => checkReminding(scope, services, params.id, body),
      handler: async ({ scope, params, body }) => {
        await remindOfInvoice(scope, services, params.id, body);
        return readInvoice(scope, params.id);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/:id/preview`, access: 'office:read', summary: 'The working copy exactly as the customer would see it; nothing is recorded', params: byId,
      response: invoiceView,
      handler: ({ scope, params }) => previewInvoice(scope, params.id),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/preview`, access: 'office:read', summary: 'The same with a change that is not saved; nothing is recorded', params: byId, body: invoiceChange,
      response: invoiceView,
      handler: ({ scope, params, body }) => previewInvoice(scope, params.id, body),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/customers/:id/statement', access: 'office:read', summary: 'A period of a customer’s account, with its sub-customers', params: byId,
      query: statementQuery, response: statement,
      handler: async ({ scope, params: { id }, query }) => {
        if (!(await scope.from('customers').select('id').where('id', '=', id).executeTakeFirst())) throw notFound();
        // What the customer's own contacts see.
        return statementOf(scope, await customersOf(scope, [{ customer_id: id }]), query);
      },
    }),
  );
}
