/** Paying, as customers and readers of document links do it. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { customersOf } from '../access/customers.ts';
import { readingOf } from '../access/reader.ts';
import { download } from '../contract/documents.ts';
import { cardSetup, cardSetupNew, paymentAttempt, paymentNew, paymentOptions, paymentStarted, savedCard, savedCardChange, savedCards } from '../contract/payments.ts';
import { ref, slug } from '../contract/wire.ts';
import type { Scope } from '../database/scope.ts';
import { sentInvoice } from '../invoices/reading.ts';
import { noticeLanguage } from '../notices/texts.ts';
import { personOf, type Actor } from '../platform/actor.ts';
import { isTaken } from '../platform/currencies.ts';
import { endpoint, type Access } from '../platform/endpoint.ts';
import { takeOrRefuse } from '../platform/limits.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { languageOf, limitFiles, makeTicket } from '../sharing/tickets.ts';
import { limitsOf } from './amounts.ts';
import { settle } from './applying.ts';
import type { Asked, Attempt, Payer, Wanted } from './attempts.ts';
import { listCards, ownCard, preferCard, removeCard, setUpCard } from './cards.ts';
import { connectionOf, connectionWith, forAccount } from './connections.ts';
import type { Tools } from './intents.ts';
import { attemptFor, viewAttempt, type Sight } from './reading.ts';
import { CARD_PARAMETER, RETURN_PARAMETER, returnTo } from './returning.ts';
import { startPayment } from './starting.ts';
import { calling } from './stripe.ts';

const base = '/v1/accounts/:account';
const params = z.object({ account: slug, customer: ref.optional(), document: ref.optional() });
const ofPayment = params.extend({ payment: ref });
const ofCard = z.object({ account: slug, customer: ref, card: z.string().max(100) });
type Params = z.output<typeof params>;

/** Two ways in: signed in, or by the link of one document. */
const faces: { url: string; access: (action: 'view' | 'pay') => Access }[] = [
  { url: `${base}/customers/:customer`, access: () => 'customer' },
  { url: `${base}/documents/:document`, access: (action) => `document:${action}` },
];

export function paymentRoutes(app: FastifyInstance, services: Services): void {
  const { stripe, smsConfigured, config } = services;
  /** @throws {Problem} `not_payable` where the operator has set no keys. */
  const toolsOf = (): Tools => {
    if (!stripe) throw new Problem('not_payable', { items: [] });
    return { ...services, stripe, log: app.log };
  };

  for (const { url, access } of faces) {
    app.route(
      endpoint({
        method: 'GET', url: `${url}/payment-options`, access: access('pay'), summary: 'What the pay view needs before it loads anything from Stripe', params, response: paymentOptions,
        handler: async ({ scope, actor, params: where }) => {
          checkWay(actor, where);
          const connection = stripe && (await connectionOf(scope));
          const available = connection?.charges_enabled === 1 && isTaken(scope.account.currency);
          return {
            available, publishableKey: available && stripe ? stripe.publishableKey : null, stripeAccount: available ? connection.stripe_account_id : null, currency: scope.account.currency,
            minimum: available ? limitsOf(scope.account.currency).least : 0, partial: scope.account.partial_payments === 1, tip: scope.account.ask_tip === 1, saveCards: actor.kind === 'customer',
          };
        },
      }),
    );
    app.route(
      endpoint({
        method: 'POST', url: `${url}/payments`, access: access('pay'), status: 201, summary: 'Begin to pay one or several invoices, or a part', params, body: paymentNew, response: paymentStarted,
        before: ({ scope, actor }) => limitPaying(scope, actor),
        handler: async ({ request, scope, actor, params: where, body }) => {
          const { returnUrl, ...asked } = body;
          checkItems(asked);
          await returnTo(services, request, returnUrl, RETURN_PARAMETER, '');
          const find = (trx: Scope) => findWanted(trx, actor, where, asked);
          const { payer } = await find(scope);
          const tools = toolsOf();
          const connection = await connectionOf(scope);
          if (!connection?.charges_enabled || !isTaken(scope.account.currency)) throw new Problem('not_payable', { items: [] });
          await checkCards(tools, scope, actor, payer, asked);
          const { attempt, clientSecret } = await startPayment(tools, request, { asked, connection, find });
          return {
            payment: await viewAttempt(scope, attempt, payer), clientSecret, returnUrl: await returnTo(services, request, returnUrl, RETURN_PARAMETER, attempt.id),
          };
        },
      }),
    );
    app.route(
      endpoint({
        method: 'GET', url: `${url}/payments/:payment`, access: access('view'), summary: 'A payment of one’s own: how far it got, or its receipt', params: ofPayment, response: paymentAttempt,
        handler: async ({ scope, actor, params: where }) => {
          const { attempt, payer } = await findAttempt(scope, actor, where);
          // What the payer proves at Stripe is nobody else's, and asking counts.
          if (actor.kind === 'customer' && actor.looking) return viewAttempt(scope, attempt, payer);
          if (asksStripe(attempt, payer)) await limitPaying(scope, actor, 'sync');
          return viewAttempt(scope, attempt, payer, await verifyUrlOf(scope, attempt, payer));
        },
      }),
    );
    app.route(
      endpoint({
        method: 'POST', url: `${url}/payments/:payment/sync`, access: access('view'), summary: 'Ask Stripe how it stands', params: ofPayment, response: paymentAttempt,
        before: ({ scope, actor }) => limitPaying(scope, actor, 'sync'),
        handler: async ({ scope, actor, params: where }) => {
          const { attempt, payer } = await findAttempt(scope, actor, where);
          const settled = await settle(toolsOf(), scope, attempt.id);
          return viewAttempt(scope, settled, payer, await verifyUrlOf(scope, settled, payer));
        },
      }),
    );
    app.route(
      endpoint({
        method: 'POST', url: `${url}/payments/:payment/downloads`, access: access('view'), status: 201, summary: 'A plain link to the receipt, good once and for a minute', params: ofPayment,
        response: download,
        before: ({ scope, actor }) => limitFiles(scope, actor),
        handler: async ({ scope, actor, params: where, request }) => {
          const { attempt } = await findAttempt(scope, actor, where);
          if (attempt.receipt_number === null) throw notFound();
          return makeTicket(scope, config.PUBLIC_URL, { kind: 'receipt', id: attempt.id, language: languageOf(request, scope.account) });
        },
      }),
    );
  }

  const cards = `${base}/customers/:customer/cards`;
  app.route(
    endpoint({
      method: 'GET', url: cards, access: 'customer', unseen: true, summary: 'Cards that this person keeps', params, response: savedCards,
      before: ({ scope, actor }) => limitPaying(scope, actor, 'sync'),
      handler: async ({ scope, actor, params: where }) => {
        const contactId = await keeper(scope, actor, where);
        return { items: stripe ? await listCards({ stripe }, scope, contactId) : [], nextCursor: null };
      },
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: cards, access: 'customer', status: 201, summary: 'Begin to add a card', params, body: cardSetupNew, response: cardSetup,
      before: ({ scope, actor }) => limitPaying(scope, actor),
      handler: async ({ scope, actor, params: where, body, request }) => {
        const returnUrl = await returnTo(services, request, body.returnUrl, CARD_PARAMETER, '1');
        const contactId = await keeper(scope, actor, where);
        return { ...(await setUpCard(toolsOf(), scope, contactId)), returnUrl };
      },
    }),
  );
  app.route(
    endpoint({
      method: 'PATCH', url: `${cards}/:card`, access: 'customer', summary: 'Offer this card first', params: ofCard, body: savedCardChange, response: savedCard,
      before: ({ scope, actor }) => limitPaying(scope, actor, 'sync'),
      handler: async ({ scope, actor, params: where }) => {
        const contactId = await keeper(scope, actor, where);
        return preferCard(toolsOf(), scope, contactId, where.card);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url: `${cards}/:card`, access: 'customer', summary: 'Remove a card', params: ofCard, response: null,
      before: ({ scope, actor }) => limitPaying(scope, actor, 'sync'),
      handler: async ({ scope, actor, params: where }) => {
        const contactId = await keeper(scope, actor, where);
        return removeCard(toolsOf(), scope, contactId, where.card);
      },
    }),
  );

  /** The contact whose cards these are: cards belong to a person, never to whoever holds a document's link. */
  async function keeper(scope: Scope, actor: Actor, { customer }: Params): Promise<string> {
    const [first] = customersOf(actor, customer ?? '');
    if (!first) throw notFound();
    return (await readingOf(scope, actor, first, smsConfigured)).payer.contactId ?? '';
  }

  async function checkCards(tools: Tools, scope: Scope, actor: Actor, { reader }: Payer, asked: Asked): Promise<void> {
    if (!asked.saveCard && asked.savedCard === undefined) return;
    if (actor.kind !== 'customer' || !reader.contactId) throw invalidField(asked.saveCard ? '/saveCard' : '/savedCard', 'only signed-in customers keep cards');
    if (asked.saveCard && asked.savedCard !== undefined) throw invalidField('/saveCard', 'that card is kept already');
    if (asked.savedCard !== undefined) await ownCard(tools, scope, reader.contactId, asked.savedCard);
  }

  /** The invoices that are asked for, with their reader's rights. @throws {Problem} `not_found` for a foreign one, `forbidden` without the right to pay. */
  async function findWanted(scope: Scope, actor: Actor, where: Params, { items }: Asked): Promise<{ wanted: Wanted[]; payer: Payer }> {
    const sees = await sightOf(scope, actor, where);
    const wanted: Wanted[] = [];
    for (const { invoiceId } of items) {
      const row = await sentInvoice(scope, invoiceId);
      if (!sees.sees(row)) throw notFound();
      const reading = await readingOf(scope, actor, row.customer_id, smsConfigured);
      if (!reading.rights.pay) throw new Problem('forbidden');
      wanted.push({ row, reading });
    }
    const { payer: reader, shared } = wanted[0]!.reading;
    const contact = reader.contactId ? await scope.from('contacts').select('language').where('id', '=', reader.contactId).executeTakeFirst() : undefined;
    return { wanted, payer: { reader, shared, language: noticeLanguage(contact?.language ?? scope.account.locale) } };
  }

  async function findAttempt(scope: Scope, actor: Actor, where: z.output<typeof ofPayment>): Promise<{ attempt: Attempt; payer: Payer }> {
    const sight = await sightOf(scope, actor, where);
    const attempt = await attemptFor(scope, where.payment, sight);
    const { payer: reader, shared } = await readingOf(scope, actor, attempt.customer_id, smsConfigured);
    // Whom a document was sent on to sees their own payments, and of others only that there was one.
    if (shared && attempt.person !== reader.person) throw notFound();
    return { attempt, payer: { reader, shared, language: attempt.language } };
  }

  const asksStripe = (attempt: Attempt, { reader }: Payer): boolean => attempt.verify === 1 && attempt.person === reader.person && attempt.payment_intent_id !== null;

  /** Where the payer proves a bank account; Stripe is asked each time, because the address is theirs alone. */
  async function verifyUrlOf(scope: Scope, attempt: Attempt, payer: Payer): Promise<string | null> {
    if (!stripe || !asksStripe(attempt, payer)) return null;
    const connection = await connectionWith(scope, attempt.connection_id);
    const intent = await calling(() => stripe.client.paymentIntents.retrieve(attempt.payment_intent_id!, {}, forAccount(connection)));
    return intent.next_action?.verify_with_microdeposits?.hosted_verification_url ?? null;
  }
}

function checkItems({ items }: Asked): void {
  const twice = items.findIndex(({ invoiceId }, index) => items.findIndex((other) => other.invoiceId === invoiceId) < index);
  if (twice >= 0) throw invalidField(`/items/${twice}/invoiceId`, 'is named twice');
}

/** @throws {Problem} `not_found` for a link that is not this session's, or a customer who is not. */
function checkWay(actor: Actor, { customer, document }: Params): void {
  if (actor.kind === 'document' ? actor.linkId !== document : customersOf(actor, customer ?? '').length === 0) throw notFound();
}

/** A signed-in person sees their customers' invoices; a link its own one, or the deposit of its estimate. */
async function sightOf(scope: Scope, actor: Actor, where: Params): Promise<Sight> {
  checkWay(actor, where);
  if (actor.kind !== 'document') {
    const customerIds = customersOf(actor, where.customer ?? '');
    return { sees: (invoice) => customerIds.includes(invoice.customer_id), alone: false };
  }
  let id = actor.documentKind === 'invoice' ? actor.documentId : '';
  if (actor.documentKind === 'estimate')
    id = (await scope.from('invoices').select('id').where('estimate_id', '=', actor.documentId).where('kind', '=', 'deposit').where('status', '=', 'sent').executeTakeFirst())?.id ?? '';
  return { sees: (invoice) => invoice.id === id, alone: true };
}

/** By person, because a link opens as many sessions as somebody likes; stolen cards are tried by the hundred. */
const limitPaying = (scope: Scope, actor: Actor, what: 'pay' | 'sync' = 'pay'): Promise<void> => {
  const limits = { pay: { burst: 30, perHour: 60 }, sync: { burst: 60, perHour: 240 } };
  return takeOrRefuse(scope.db, [{ key: `${what}:${personOf(actor)}`, ...limits[what] }]);
};
