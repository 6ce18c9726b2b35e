/** Connecting to Stripe over HTTP: the office's calls, and the pages of our own where Stripe sends people back to. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Stripe } from 'stripe';
import { stripeConnection, stripeForward } from '../contract/payments.ts';
import type { Scope } from '../database/scope.ts';
import { noticeLanguage } from '../notices/texts.ts';
import { endpoint } from '../platform/endpoint.ts';
import { takeOrRefuse } from '../platform/limits.ts';
import { sendNothing, sendWords } from '../platform/pages.ts';
import { Problem } from '../platform/problems.ts';
import { escapeHtml } from '../platform/text.ts';
import type { Services } from '../platform/services.ts';
import { disconnect, refreshConnection, viewConnection } from './connecting.ts';
import { connectionWords, missingOf } from './connection-words.ts';
import { connectionOf } from './connections.ts';
import { finishOAuth, startOAuth } from './oauth.ts';
import { continueOnboarding, startOnboarding } from './onboarding.ts';
import { readState } from './states.ts';

export function connectionRoutes(app: FastifyInstance, services: Services): void {
  officeRoutes(app, services);
  returnPages(app, services);
}

function officeRoutes(app: FastifyInstance, services: Services): void {
  const url = '/v1/office/stripe';
  app.route(
    endpoint({
      method: 'GET', url, access: 'office:settings', summary: 'How the account stands with Stripe', response: stripeConnection,
      handler: ({ scope }) => viewConnection(services, scope),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/onboarding`, access: 'office:settings', summary: 'Make a Stripe account, or go on with it: where the owner fills in Stripe’s form', response: stripeForward,
      before: ({ scope }) => limitAsking(scope),
      handler: ({ scope, actor }) => startOnboarding(services, scope, actor),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: `${url}/oauth`, access: 'office:settings', summary: 'Connect an existing Stripe account: where the owner allows it', response: stripeForward,
      before: ({ scope }) => limitAsking(scope),
      handler: ({ scope, actor }) => startOAuth(services, scope, actor),
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url, access: 'office:settings', summary: 'Disconnect Stripe; what was paid stays', response: null,
      handler: ({ scope }) => disconnect(services, scope),
    }),
  );
}

/** Each asks Stripe for something. */
const limitAsking = (scope: Scope): Promise<void> => takeOrRefuse(scope.db, [{ key: `stripe:${scope.accountId}`, burst: 30, perHour: 60 }]);

const tokenOf = (request: FastifyRequest): string => (request.params as { token?: string }).token ?? '';

/** Their addresses carry a secret: they are never logged, cached or told to the next page. */
function returnPages(app: FastifyInstance, services: Services): void {
  const page = {
    config: { access: 'operator' as const }, schema: { hide: true },
    // A look at its head would use it up.
    exposeHeadRoute: false,
    errorHandler: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const words = wordsFor(request);
      if (!(error instanceof Problem)) throw error;
      // What came back from Stripe's consent is spent; only an onboarding can be tried again from here.
      const again = tokenOf(request) ? link(request.url.split('?')[0]!, words.tryAgain) : '';
      if (error.code === 'payments_unavailable') return void saying(request, reply.code(503), words.away, again);
      if (error.code === 'conflict') return void saying(request, reply.code(409), words.noForm);
      throw error;
    },
  };
  app.get('/connect/stripe/refresh/:token', page, async (request, reply) => {
    const scope = await readState(services, tokenOf(request), 'onboarding');
    if (!scope) return sendNothing(reply);
    await limitAsking(scope);
    const url = await continueOnboarding(services, scope, tokenOf(request));
    return url ? reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).redirect(url, 303) : sendNothing(reply);
  });

  app.get('/connect/stripe/return/:token', page, async (request, reply) => {
    const scope = await readState(services, tokenOf(request), 'onboarding');
    if (!scope) return sendNothing(reply);
    await limitAsking(scope);
    return sayHowItStands(services, scope, request, reply, `/connect/stripe/refresh/${tokenOf(request)}`);
  });

  app.get('/connect/stripe/oauth', page, async (request, reply) => {
    const { ended, scope } = await finishOAuth(services, request.query as Record<string, unknown>);
    if (ended === 'connected' && scope) return sayHowItStands(services, scope, request, reply);
    return saying(request, reply.code(ended === 'denied' ? 200 : 400), wordsFor(request).ended[ended === 'connected' ? 'used' : ended]);
  });
}

/** That somebody came back says nothing, so Stripe is asked. @param goOn where Stripe's form is reached again. */
async function sayHowItStands(services: Services, scope: Scope, request: FastifyRequest, reply: FastifyReply, goOn?: string) {
  const words = wordsFor(request, scope);
  const connection = await connectionOf(scope);
  const account = connection && (await refreshConnection(services, scope, connection));
  if (!account) return saying(request, reply, words.gone, '', scope);
  if (account.charges_enabled) return saying(request, reply, words.ready, '', scope);
  const missing = missingFrom(account);
  if (account.details_submitted && missing.length === 0) return saying(request, reply, words.checking, '', scope);
  const listed = missing.length ? `<ul>${missing.map((each) => `<li>${words.wanted[each]}</li>`).join('')}</ul>` : '';
  return saying(request, reply, words.missing, listed + (goOn ? link(goOn, words.goOn) : ''), scope);
}

const missingFrom = ({ requirements }: Stripe.Account) => [...new Set([...(requirements?.currently_due ?? []), ...(requirements?.past_due ?? [])].map(missingOf))];

const languageOf = (request: FastifyRequest, scope?: Scope) => noticeLanguage(request.headers['accept-language']?.split(',')[0]?.trim() || scope?.account.locale || 'en');
const wordsFor = (request: FastifyRequest, scope?: Scope) => connectionWords[languageOf(request, scope)];

const saying = (request: FastifyRequest, reply: FastifyReply, [title, sentence]: [string, string], html = '', scope?: Scope) =>
  sendWords(reply, title, `<p>${sentence}</p>${html}${scope ? link(`/office?account=${scope.account.slug}&cc=/settings/payments`, wordsFor(request, scope).office) : ''}`, languageOf(request, scope));

/** @param path of ours. */
const link = (path: string, words: string): string => `<p><a href="${escapeHtml(path)}">${words}</a></p>`;
