/** A document by its link; links sent on; files. What is alike for estimates and invoices. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { customersOf } from '../access/customers.ts';
import { readingOf, type Reading } from '../access/reader.ts';
import { download, downloadNew, opened, share as shareSchema, shareNew, shares } from '../contract/documents.ts';
import { estimateView } from '../contract/estimates.ts';
import { invoiceView, statementDownload } from '../contract/invoices.ts';
import { ref, slug } from '../contract/wire.ts';
import { jobView } from '../contract/work.ts';
import type { Scope } from '../database/scope.ts';
import type { Evidence } from '../documents/evidence.ts';
import { recordOpen } from '../documents/facts.ts';
import { estimateRow } from '../estimates/drafts.ts';
import { viewEstimate } from '../estimates/reading.ts';
import { viewInvoice } from '../invoices/reading.ts';
import { noticeLanguage } from '../notices/texts.ts';
import type { Actor } from '../platform/actor.ts';
import { endpoint, type Access } from '../platform/endpoint.ts';
import { takeOrRefuse } from '../platform/limits.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { viewJob } from '../work/job.ts';
import { fileOf } from './files.ts';
import { limitSharing, listShares, share, unshare } from './shares.ts';
import { giveBackTicket, languageOf, limitFiles, makeTicket, readTicket, spendTicket } from './tickets.ts';

const base = '/v1/accounts/:account';
const params = z.object({ account: slug, customer: ref.optional(), id: ref.optional(), document: ref.optional() });
const ofShare = params.extend({ share: ref });
type Params = z.output<typeof params>;

interface Found {
  document: { kind: 'estimate' | 'invoice'; id: string; version: number };
  reading: Reading;
}
/** One address for each way in: by a customer's session to one kind of document, or by the link of either. */
interface Face {
  kind: 'estimate' | 'invoice' | undefined;
  url: string;
  access: (action: 'view' | 'pdf') => Access;
}
const faces: Face[] = [
  { kind: 'estimate', url: `${base}/customers/:customer/estimates/:id`, access: () => 'customer' },
  { kind: 'invoice', url: `${base}/customers/:customer/invoices/:id`, access: () => 'customer' },
  { kind: undefined, url: `${base}/documents/:document`, access: (action) => `document:${action}` },
];

export function sharingRoutes(app: FastifyInstance, services: Services): void {
  const { config, smsConfigured } = services;

  app.route(
    endpoint({
      method: 'GET', url: `${base}/documents/:document`, access: 'document:view', summary: 'The document a link opens', params,
      response: z.union([
        z.object({ kind: z.literal('job'), job: jobView }),
        z.object({ kind: z.literal('estimate'), estimate: estimateView }),
        z.object({ kind: z.literal('invoice'), invoice: invoiceView }),
      ]),
      handler: async ({ scope, actor, params: { document } }) => {
        if (actor.kind !== 'document' || actor.linkId !== document) throw notFound();
        if (actor.documentKind === 'job') return { kind: 'job' as const, job: await viewJob(scope, actor.documentId, { masked: true }) };
        const { reading } = await find(scope, actor, undefined, { account: '', document });
        if (actor.documentKind === 'invoice') return { kind: 'invoice' as const, invoice: await viewInvoice(scope, actor.documentId, reading) };
        return { kind: 'estimate' as const, estimate: await viewEstimate(scope, await estimateRow(scope, actor.documentId), reading) };
      },
    }),
  );

  /** The document that the address names, for this person. Foreign and unsent are absent. */
  async function find(scope: Scope, actor: Actor, kind: Face['kind'], { customer, id, document }: Params): Promise<Found> {
    const named = actor.kind === 'document' && actor.linkId === document && actor.documentKind !== 'job' ? { kind: actor.documentKind, id: actor.documentId } : kind && { kind, id: id ?? '' };
    if (!named || (actor.kind === 'document') !== (kind === undefined)) throw notFound();
    const row = await scope.from(`${named.kind}s` as 'estimates').select(['id', 'customer_id', 'version']).where('id', '=', named.id).where('version', '>', 0).executeTakeFirst();
    if (!row || (actor.kind === 'customer' && !customersOf(actor, customer ?? '').includes(row.customer_id))) throw notFound();
    return { document: { ...named, version: row.version }, reading: await readingOf(scope, actor, row.customer_id, smsConfigured) };
  }

  for (const { kind, url, access } of faces) {
    if (!kind)
      app.route(
        endpoint({
          method: 'POST', url: `${url}/opened`, access: access('view'), summary: 'The person has it before their eyes', params, body: opened, response: null,
          handler: async ({ scope, actor, params, body }) => {
            const { document, reading } = await find(scope, actor, kind, params);
            await recordOpen(scope, document.kind, document, body.version, reading.reader);
          },
        }),
      );
    app.route(
      endpoint({
        method: 'POST', url: `${url}/downloads`, access: access('pdf'), status: 201, summary: 'A plain link to the file, good once and for a minute', params, body: downloadNew,
        response: download,
        before: ({ scope, actor }) => limitFiles(scope, actor),
        handler: async ({ scope, actor, params, body, request }) => {
          const { document, reading } = await find(scope, actor, kind, params);
          await checkWanted(scope, document, body);
          // Somebody it was sent on to learns nothing of how another has signed.
          return makeTicket(scope, config.PUBLIC_URL, { ...document, ...wantedOf(document, body), language: languageOf(request, scope.account), masked: reading.shared && !(await signedBy(scope, document.id, reading.reader.linkId)) });
        },
      }),
    );
    app.route(
      endpoint({
        method: 'GET', url: `${url}/shares`, access: access('view'), summary: 'Links that this person sent on', params, response: shares,
        handler: async ({ scope, actor, params }) => {
          const { document, reading } = await find(scope, actor, kind, params);
          return { items: reading.rights.share ? await listShares(scope, document, reading) : [], nextCursor: null };
        },
      }),
    );
    app.route(
      endpoint({
        method: 'POST', url: `${url}/shares`, access: access('view'), status: 201, summary: 'Send the document to somebody else', params, body: shareNew, response: shareSchema,
        idempotent: 'required',
        before: async ({ scope, actor, params, body }) => {
          const { reading } = await find(scope, actor, kind, params);
          if (!reading.rights.share) throw new Problem('forbidden');
          await limitSharing(scope, services, reading, body.address);
        },
        handler: async ({ scope, actor, params, body }) => {
          const { document, reading } = await find(scope, actor, kind, params);
          return share(scope, services, document, reading, body);
        },
      }),
    );
    app.route(
      endpoint({
        method: 'DELETE', url: `${url}/shares/:share`, access: access('view'), summary: 'Revoke a link that was sent on', params: ofShare, response: null,
        handler: async ({ scope, actor, params }) => {
          const { document, reading } = await find(scope, actor, kind, params);
          await unshare(scope, document, reading, params.share);
        },
      }),
    );
  }

  app.route(
    endpoint({
      method: 'POST', url: `${base}/customers/:customer/statement/downloads`, access: 'customer', status: 201, summary: 'A plain link to a statement as PDF or CSV',
      params: z.object({ account: slug, customer: ref }), body: statementDownload, response: download,
      before: ({ scope, actor }) => limitFiles(scope, actor),
      handler: async ({ scope, actor, params, body, request }) =>
        makeTicket(scope, config.PUBLIC_URL, { kind: 'statement', customerIds: customersOf(actor, params.customer), language: languageOf(request, scope.account), ...body }),
    }),
  );
  for (const kind of ['estimate', 'invoice'] as const)
    app.route(
      endpoint({
        method: 'POST', url: `/v1/office/${kind}s/:id/downloads`, access: 'office:read', status: 201, summary: 'A plain link to the file, good once and for a minute',
        params: z.object({ id: ref }), body: downloadNew, response: download,
        handler: async ({ scope, params, body }) => {
          const row = await scope.from(`${kind}s` as 'estimates').select('version').where('id', '=', params.id).where('version', '>', 0).executeTakeFirst();
          if (!row) throw notFound();
          const document = { kind, id: params.id, version: row.version };
          await checkWanted(scope, document, body);
          return makeTicket(scope, config.PUBLIC_URL, { ...document, ...wantedOf(document, body), language: scope.account.locale });
        },
      }),
    );
  ticketRoute(app, services);
}

type WantedFile = z.output<typeof downloadNew>;
/** @throws {Problem} `invalid_request` for a certificate of an invoice, or a version that was never sent; `not_found` before a decision. */
async function checkWanted(scope: Scope, document: Found['document'], { what, version }: WantedFile): Promise<void> {
  if (what === 'certificate' && document.kind !== 'estimate') throw invalidField('/what', 'an invoice has none');
  if (version !== undefined && version > document.version) throw invalidField('/version', 'is no version that was sent');
  if (what === 'certificate' && !(await scope.from('decisions').select('id').where('estimate_id', '=', document.id).executeTakeFirst())) throw notFound();
}
/** A certificate is of the decision made last unless a version is named. */
const wantedOf = (document: Found['document'], { what, version }: WantedFile) => ({ what, version: version ?? (what === 'document' ? document.version : 0) });

/** Whether the decision that stands was made by this very link. */
async function signedBy(scope: Scope, estimateId: string, linkId: string | null): Promise<boolean> {
  const row = await scope.from('decisions').select('evidence').where('estimate_id', '=', estimateId).orderBy('version', 'desc').executeTakeFirst();
  return row !== undefined && (JSON.parse(row.evidence) as Evidence).linkId === linkId;
}

/** The ticket is the only right, and it is spent before anything is drawn. */
function ticketRoute(app: FastifyInstance, { accounts, db }: Services): void {
  app.route({
    method: 'GET',
    url: '/d/:ticket',
    // A look at its head would use it up.
    exposeHeadRoute: false,
    config: { access: 'operator' },
    schema: { hide: true, params: z.object({ ticket: z.string().max(120) }) },
    handler: async (request, reply) => {
      const ticket = readTicket((request.params as { ticket: string }).ticket);
      const scope = ticket && (await accounts.scopeById(ticket.accountId));
      const wanted = scope && (await spendTicket(scope, ticket.token));
      if (!wanted) {
        await takeOrRefuse(db, [{ key: `ticket:${request.ip}`, burst: 30, perHour: 60 }]);
        throw notFound();
      }
      const file = await fileOf(scope, wanted, noticeLanguage(wanted.language)).catch(async (error: unknown) => {
        await giveBackTicket(scope, ticket.token);
        throw error;
      });
      if (file.missing.length) request.log.warn({ kind: wanted.kind, missing: file.missing.length }, 'a file has characters that no font has');
      return reply
        .headers({
          'content-type': file.type, 'content-disposition': `attachment; filename="${file.name}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox", 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex',
        })
        .send(file.bytes);
    },
  });
}
