/** Estimates as the office writes, sends and follows them. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { withoutUrls, withUrls } from '../access/document-links.ts';
import { message, messages, sendNew } from '../contract/documents.ts';
import {
  estimate, estimateChange, estimateContent, estimateNew, estimates, estimateSent, estimatesQuery, estimateView, remarkAnswer, versionsCompared, versionsQuery, type Estimate,
} from '../contract/estimates.ts';
import { reminderNew } from '../contract/office.ts';
import { paging, ref } from '../contract/wire.ts';
import { compareLines } from '../documents/lines.ts';
import { readVersion } from '../documents/versions.ts';
import { endpoint } from '../platform/endpoint.ts';
import { answerOnce } from '../platform/idempotency.ts';
import { seenBy, withTag } from '../platform/if-match.ts';
import { pageOf } from '../platform/paging.ts';
import { invalidField, notFound } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { changeEstimate, createEstimate, deleteEstimate, listEstimates } from './drafts.ts';
import { previewEstimate, readEstimate } from './reading.ts';
import { answerRemark } from './remarks.ts';
import { checkReminding, remindOfEstimate } from './reminding.ts';
import { checkSending, sendEstimate, withdrawEstimate } from './sending.ts';

const url = '/v1/office/estimates';
const byId = z.object({ id: ref });

export function estimateOfficeRoutes(app: FastifyInstance, services: Services): void {
  app.route(
    endpoint({
      method: 'GET', url, access: 'office:read', summary: 'List estimates, newest first', query: estimatesQuery, response: estimates,
      handler: ({ scope, query }) => listEstimates(scope, query),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url, access: 'office:write', status: 201, summary: 'Make an estimate on a job', body: estimateNew, response: estimate, idempotent: 'optional',
      handler: async ({ scope, body, reply }) => withTag(reply, await readEstimate(scope, await createEstimate(scope, body))),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/:id`, access: 'office:read', summary: 'Read an estimate: its working copy, versions, remarks and decision', params: byId, response: estimate,
      handler: async ({ scope, params, reply }) => withTag(reply, await readEstimate(scope, params.id)),
    }),
  );
  app.route(
    endpoint({
      method: 'PATCH', url: `${url}/:id`, access: 'office:write', summary: 'Change the working copy', params: byId, body: estimateChange, response: estimate,
      handler: async ({ scope, params, body, request, reply }) => {
        await changeEstimate(scope, params.id, body, seenBy(request));
        return withTag(reply, await readEstimate(scope, params.id));
      },
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url: `${url}/:id`, access: 'office:write', summary: 'Delete an estimate that was never sent', params: byId, response: null,
      handler: ({ scope, params }) => deleteEstimate(scope, params.id),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/send`, access: 'office:write', summary: 'Freeze a version and send it, or make a link to copy', params: byId, body: sendNew,
      response: estimateSent,
      handler: async ({ scope, actor, params: { id }, body, request }) => {
        await checkSending(scope, services, id, body);
        // What is stored for a repetition holds no secret; the links’ addresses follow from their ids.
        const stored = (await answerOnce(request, 'optional', async (trx) => {
          const links = await sendEstimate(trx, services, id, body, seenBy(request));
          return { estimate: await readEstimate(trx, id), links: withoutUrls(links) };
        })) as { estimate: Estimate; links: ReturnType<typeof withoutUrls> };
        return { estimate: stored.estimate, links: withUrls(services, scope.account.slug, actor, stored.links) };
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/withdraw`, access: 'office:write', summary: 'Take it back: nobody can approve it any more', params: byId, response: estimate,
      handler: async ({ scope, params }) => {
        await withdrawEstimate(scope, params.id);
        return readEstimate(scope, params.id);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/remind`, access: 'office:write', summary: 'Remind of what was sent and still waits, with a fresh link', params: byId, body: reminderNew,
      response: estimate, idempotent: 'optional',
      before: ({ scope, params, body }) => checkReminding(scope, services, params.id, body),
      handler: async ({ scope, params, body }) => {
        await remindOfEstimate(scope, services, params.id, body);
        return readEstimate(scope, params.id);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/:id/preview`, access: 'office:read', summary: 'The working copy exactly as the customer would see it; nothing is recorded', params: byId,
      response: estimateView,
      handler: ({ scope, params }) => previewEstimate(scope, params.id),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/preview`, access: 'office:read', summary: 'The same with a change that is not saved; nothing is recorded', params: byId, body: estimateChange,
      response: estimateView,
      handler: ({ scope, params, body }) => previewEstimate(scope, params.id, body),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/:id/versions/:version`, access: 'office:read', summary: 'A version, word for word', params: byId.extend({ version: z.coerce.number().int().min(1) }),
      response: estimateContent,
      handler: async ({ scope, params }) => {
        const version = await readVersion(scope, 'estimate', params.id, params.version);
        if (!version) throw notFound();
        return version.content;
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/:id/changes`, access: 'office:read', summary: 'How the lines of two versions differ', params: byId, query: versionsQuery, response: versionsCompared,
      handler: async ({ scope, params, query }) => {
        const [from, to] = [await readVersion(scope, 'estimate', params.id, query.from), await readVersion(scope, 'estimate', params.id, query.to)];
        if (!from && !to) throw notFound();
        if (!from || !to) throw invalidField(from ? '/to' : '/from', 'is no version that was sent');
        return { ...query, lines: compareLines(from.content.lines, to.content.lines) };
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/remarks/:remark/answer`, access: 'office:write', summary: 'Answer a remark', params: byId.extend({ remark: ref }), body: remarkAnswer,
      response: estimate,
      handler: async ({ scope, params, body }) => {
        await answerRemark(scope, params.id, params.remark, body.answer);
        return readEstimate(scope, params.id);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/messages', access: 'office:read', summary: 'What customers wrote with a decision or a wish, and what was answered, newest first',
      query: z.strictObject({ ...paging.shape, customerId: ref.optional() }), response: messages,
      handler: ({ scope, query }) => {
        let rows = scope.from('messages').selectAll();
        if (query.customerId) rows = rows.where('customer_id', '=', query.customerId);
        return pageOf(rows, 'id', query, (row): z.input<typeof message> => ({
          id: row.id, customerId: row.customer_id, jobId: row.job_id, author: row.author, name: row.name, body: row.body, event: row.event,
          document: row.document_kind && row.document_id ? { kind: row.document_kind, id: row.document_id } : null, createdAt: row.created_at,
        }));
      },
    }),
  );
}
