/** The inbox over HTTP, for staff and for other back offices. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { inboxAnswer, inboxChange, inboxCounts, inboxItem, inboxItems, inboxItemView, inboxQuery } from '../contract/inbox.ts';
import { ref } from '../contract/wire.ts';
import { endpoint } from '../platform/endpoint.ts';
import type { Services } from '../platform/services.ts';
import { answerItem, checkAnswer, itemView } from './answering.ts';
import { changeItem, countInbox, listInbox } from './inbox.ts';

const byId = z.object({ id: ref });
const url = '/v1/office/inbox';

export function inboxRoutes(app: FastifyInstance, services: Services): void {
  app.route(
    endpoint({
      method: 'GET', url, access: 'office:read', summary: 'What needs somebody, newest first', query: inboxQuery, response: inboxItems,
      handler: ({ scope, actor, query }) => listInbox(scope, actor, query),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/counts`, access: 'office:read', summary: 'How much needs somebody', response: inboxCounts,
      handler: ({ scope, actor }) => countInbox(scope, actor),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/:id`, access: 'office:read', summary: 'One item, with what was answered and whom an answer reaches', params: byId, response: inboxItemView,
      handler: ({ scope, params }) => itemView(scope, services, params.id),
    }),
  );
  app.route(
    endpoint({
      method: 'PATCH', url: `${url}/:id`, access: 'office:write', summary: 'Mark as read, give to somebody, put off, be done with it', params: byId, body: inboxChange, response: inboxItem,
      handler: ({ scope, params, body }) => changeItem(scope, params.id, body),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/done`, access: 'office:write', summary: 'It is done', params: byId, response: inboxItem,
      handler: ({ scope, params }) => changeItem(scope, params.id, { done: true }),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/answer`, access: 'office:write', summary: 'Answer by e-mail or text message, with a link back to what it is about', params: byId, body: inboxAnswer,
      status: 201, response: inboxItemView, idempotent: 'optional',
      before: ({ scope, params, body }) => checkAnswer(scope, services, params.id, body),
      handler: ({ scope, actor, params, body }) => answerItem(scope, services, actor, params.id, body),
    }),
  );
}
