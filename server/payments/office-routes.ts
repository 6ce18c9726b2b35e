/** Online payments as the office sees and refunds them. Paying out is done at Stripe. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { onlinePayment, onlinePayments, onlinePaymentsQuery, refundNew } from '../contract/payments.ts';
import { ref } from '../contract/wire.ts';
import { endpoint } from '../platform/endpoint.ts';
import { notFound, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { attemptWith, giveUp, settle } from './applying.ts';
import { connectionWith } from './connections.ts';
import { cancelIntent, closeUnmade, type Tools } from './intents.ts';
import { listOnlinePayments, readOnlinePayment } from './reading.ts';
import { refund } from './refunds.ts';

const url = '/v1/office/online-payments';
const byId = z.object({ id: ref });

export function paymentOfficeRoutes(app: FastifyInstance, services: Services): void {
  const toolsOf = (): Tools => {
    if (!services.stripe) throw new Problem('conflict', { detail: 'Stripe is not set up on this server.' });
    return { ...services, stripe: services.stripe, log: app.log };
  };
  app.route(
    endpoint({
      method: 'GET', url, access: 'office:read', summary: 'List online payments, newest first', query: onlinePaymentsQuery, response: onlinePayments,
      handler: ({ scope, query }) => listOnlinePayments(scope, query),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/:id`, access: 'office:read', summary: 'Read an online payment, its refunds and disputes', params: byId, response: onlinePayment,
      handler: ({ scope, params }) => readOnlinePayment(scope, params.id),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/sync`, access: 'office:write', summary: 'Ask Stripe how it stands', params: byId, response: onlinePayment,
      handler: async ({ scope, params }) => {
        const attempt = await attemptWith(scope, params.id);
        if (!attempt) throw notFound();
        if (services.stripe) await settle(toolsOf(), scope, params.id);
        return readOnlinePayment(scope, params.id);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/cancel`, access: 'office:write', summary: 'End a payment that nobody has finished', params: byId, response: onlinePayment,
      handler: async ({ scope, params }) => {
        const attempt = await attemptWith(scope, params.id);
        if (!attempt) throw notFound();
        const connection = await connectionWith(scope, attempt.connection_id);
        const isLost = attempt.state === 'processing' && connection.status === 'disconnected';
        if (attempt.state !== 'open' && !isLost) throw new Problem('conflict', { detail: 'Only a payment that nobody has finished can be ended.' });
        const tools = toolsOf();
        if (!attempt.payment_intent_id) await closeUnmade(scope, attempt.id);
        const now = await settle(tools, scope, params.id);
        if (isLost && now.state === 'processing') await giveUp(scope, now);
        if (now.state === 'open' && now.payment_intent_id) {
          await cancelIntent(tools, connection, now.payment_intent_id);
          await settle(tools, scope, params.id);
        }
        return readOnlinePayment(scope, params.id);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/:id/refunds`, access: 'office:write', status: 201, summary: 'Refund a payment, whole or in part', params: byId, body: refundNew, response: onlinePayment,
      handler: async ({ scope, params, body, request }) => {
        if (!(await attemptWith(scope, params.id))) throw notFound();
        await refund(toolsOf(), request, params.id, body);
        return readOnlinePayment(scope, params.id);
      },
    }),
  );
}
