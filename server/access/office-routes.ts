/** What the office sees and does of links, sessions and notices. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  accessLinkNew, documentLinkNew, link as linkSchema, linkMade, links, linksQuery, notices, session as sessionSchema, sessions, sessionsQuery, staffSessionView,
} from '../contract/access.ts';
import { paging, ref } from '../contract/wire.ts';
import type { Scope } from '../database/scope.ts';
import { queueNotice, type NoticeKind } from '../notices/notices.ts';
import type { Actor } from '../platform/actor.ts';
import { endpoint } from '../platform/endpoint.ts';
import { now } from '../platform/ids.ts';
import { limitKey, takeOrRefuse } from '../platform/limits.ts';
import { invalidField, notFound } from '../platform/problems.ts';
import { pageOf } from '../platform/paging.ts';
import { linkUrl } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';
import { emailKey } from '../platform/text.ts';
import { contactsOf, customersOf, withinRights } from './contacts.ts';
import { endLinks, linkView, makeLink, type LinkRow } from './links.ts';
import { endAllSessions, endSession, liveSessions } from './sessions.ts';

const byId = z.object({ id: ref });

export function accessOfficeRoutes(app: FastifyInstance, { derive, config, smsConfigured }: Services): void {
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/session', access: 'office:read', summary: 'Who calls, and with which rights', response: staffSessionView,
      handler: async ({ scope, actor }) => {
        const staff = actor.kind === 'staff' ? await scope.from('staff').select(['id', 'name', 'role']).where('id', '=', actor.staffId).executeTakeFirstOrThrow() : undefined;
        const { id, slug, name } = scope.account;
        return {
          staffId: staff?.id ?? null, name: staff?.name ?? 'API key', role: staff?.role ?? null, accountId: id, accountSlug: slug, accountName: name,
          scopes: actor.kind === 'staff' || actor.kind === 'key' ? actor.scopes : [],
        };
      },
    }),
  );
  for (const [url, all] of [['/v1/office/session/end', false], ['/v1/office/session/end-all', true]] as const)
    app.route(
      endpoint({
        method: 'POST', url, access: 'office:read', summary: all ? 'Sign out everywhere' : 'Sign out', response: null,
        handler: async ({ scope, actor }) => {
          if (actor.kind !== 'staff') throw notFound();
          await (all ? endAllSessions(scope, actor.sessionId) : endSession(scope, actor.sessionId));
        },
      }),
    );

  /** Makes a link for a contact and, if wished, sends it; the secret is in the answer only. */
  async function issue(scope: Scope, kind: 'access' | 'document', wish: { contactId: string; send?: 'email' | 'sms' | undefined }, more: Partial<LinkRow>, actions: z.output<typeof documentLinkNew>['actions']) {
    const contact = await scope.from('contacts').selectAll().where('id', '=', wish.contactId).executeTakeFirst();
    if (!contact) throw invalidField('/contactId', 'no such contact');
    const to = wish.send === 'sms' ? contact.mobile : contact.email;
    if (wish.send === 'sms' && !smsConfigured) throw invalidField('/send', 'text messages are not configured on this server');
    if (wish.send && !to) throw invalidField('/send', wish.send === 'sms' ? 'this contact has no mobile number' : 'this contact has no e-mail address');
    if (wish.send) await takeOrRefuse(scope.db, [{ key: limitKey(derive, 'office-mail', emailKey(to!)), burst: 10, perHour: 6 }]);
    const { row, token } = await scope.transaction(async (trx) => {
      const made = await makeLink(trx, derive, { kind, contact_id: contact.id, channel: wish.send ?? null, address: wish.send ? to : null, ...pick(more), actions: withinRights(actions, contact) });
      const notice: NoticeKind = kind === 'access' ? 'accessLink' : 'documentLink';
      if (wish.send)
        await queueNotice(trx, { kind: notice, channel: wish.send, to: to!, contactId: contact.id, linkId: made.row.id, language: contact.language ?? trx.account.locale });
      return made;
    });
    return { ...linkView(row), url: linkUrl(config.PUBLIC_URL, scope.account.slug, token) };
  }
  const pick = ({ destination = null, document_kind = null, document_id = null }: Partial<LinkRow>) => ({ destination, document_kind, document_id });

  app.route(
    endpoint({
      method: 'POST', url: '/v1/office/access-links', access: 'office:links', status: 201, summary: 'Make a login link for a contact, to copy or to send',
      body: accessLinkNew, response: linkMade,
      handler: ({ scope, body }) => issue(scope, 'access', body, { destination: body.destination ?? null }, []),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: '/v1/office/document-links', access: 'office:links', status: 201, summary: 'Make a link that opens one document',
      body: documentLinkNew, response: linkMade,
      handler: async ({ scope, body }) => {
        const { kind, id } = body.document;
        let documents = scope.from(`${kind}s` as 'estimates').select('customer_id').where('id', '=', id);
        if (kind !== 'job') documents = documents.where('version', '>', 0);
        const document = await documents.executeTakeFirst();
        if (!document) throw invalidField('/document/id', kind === 'job' ? 'no such job' : `no such ${kind} that was sent`);
        const contact = await scope.from('contacts').select('customer_id').where('id', '=', body.contactId).executeTakeFirst();
        if (contact && !(await customersOf(scope, [contact])).includes(document.customer_id)) throw invalidField('/contactId', 'this contact may not see this document');
        return issue(scope, 'document', body, { document_kind: body.document.kind, document_id: body.document.id }, body.actions);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/links', access: 'office:links', summary: 'Live links with their uses', query: linksQuery, response: links,
      handler: async ({ scope, actor, query }) => {
        let rows = scope.from('links').selectAll().where('revoked_at', 'is', null).where('expires_at', '>', now());
        if (!isOwner(actor)) rows = rows.where('staff_id', 'is', null);
        if (query.contactId) rows = rows.where('contact_id', '=', query.contactId);
        if (query.documentId) rows = rows.where('document_id', '=', query.documentId);
        if (query.customerId) rows = rows.where('contact_id', 'in', scope.from('contacts').select('contacts.id').where('customer_id', '=', query.customerId));
        return pageOf(rows, 'links.id', query, linkView);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/links/:id', access: 'office:links', summary: 'One link', params: byId, response: linkSchema,
      handler: async ({ scope, actor, params }) => {
        const row = await scope.from('links').selectAll().where('id', '=', params.id).executeTakeFirst();
        if (!row || (row.staff_id && !isOwner(actor))) throw notFound();
        return linkView(row);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url: '/v1/office/links/:id', access: 'office:links', summary: 'Revoke a link and end the sessions it opened', params: byId, response: null,
      handler: async ({ scope, actor, params }) => {
        if (!(await endLinks(scope, { id: params.id, ...(isOwner(actor) ? {} : { staff_id: null }) }))) throw notFound();
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/sessions', access: 'office:links', summary: 'Open sessions', query: sessionsQuery, response: sessions,
      handler: async ({ scope, actor, query }) => {
        let rows = liveSessions(scope).selectAll();
        if (!isOwner(actor)) rows = rows.where('staff_id', 'is', null);
        if (query.contactId) {
          const contact = await scope.from('contacts').select(['email_key', 'mobile']).where('id', '=', query.contactId).executeTakeFirst();
          const addresses = [contact?.email_key, contact?.mobile].filter((address) => typeof address === 'string');
          rows = rows.where((eb) => eb.or([eb('contact_id', '=', query.contactId!), ...(addresses.length ? [eb('address', 'in', addresses)] : [])]));
        }
        const page = await pageOf(rows, 'sessions.id', query, (row) => row);
        const items = await Promise.all(
          page.items.map(async (row): Promise<z.input<typeof sessionSchema>> => ({
            id: row.id, kind: row.kind, linkId: row.link_id, staffId: row.staff_id, origin: row.origin, userAgent: row.user_agent,
            createdAt: row.created_at, lastSeenAt: row.last_seen_at, contactIds: row.kind === 'staff' ? [] : (await contactsOf(scope, row)).map((contact) => contact.id),
          })),
        );
        return { items, nextCursor: page.nextCursor };
      },
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url: '/v1/office/sessions/:id', access: 'office:links', summary: 'End a session', params: byId, response: null,
      handler: async ({ scope, actor, params }) => {
        const session = await scope.from('sessions').select('staff_id').where('id', '=', params.id).executeTakeFirst();
        if (!session || (session.staff_id && !isOwner(actor)) || !(await endSession(scope, params.id))) throw notFound();
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/notices', access: 'office:read', summary: 'E-mails and text messages', query: paging, response: notices,
      handler: ({ scope, query }) =>
        pageOf(scope.from('notices').selectAll(), 'notices.id', query, (row) => ({
          id: row.id, kind: row.kind, channel: row.channel, to: row.to_address, contactId: row.contact_id,
          document: row.document_kind && row.document_id ? { kind: row.document_kind, id: row.document_id } : null, status: row.status,
          attempts: row.attempts, createdAt: row.created_at, sentAt: row.sent_at,
        })),
    }),
  );
}

/** Links and sessions of staff are the owner's business. */
const isOwner = (actor: Actor): boolean => actor.kind === 'staff' && actor.role === 'owner';
