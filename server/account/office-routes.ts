/** What the office sees and sets of its own account: settings, logo, pages, staff, API keys. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  account, accountChange, apiKeyMade, apiKeyNew, apiKeys, page, pageChange, pageNew, pages, sightingAllowed, sightings,
  staff, staffChange, staffList, staffNew,
} from '../contract/account.ts';
import { numbering, numberingChange } from '../contract/office.ts';
import { endpoint } from '../platform/endpoint.ts';
import { seenBy, withTag } from '../platform/if-match.ts';
import { notFound, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { changeNumbering, readNumbering } from '../work/numbering.ts';
import { changeAccount, readAccount, viewAccount } from './accounts.ts';
import { listKeys, makeKey, revokeKey } from './keys.ts';
import { MOST_LOGO_BYTES, removeLogo, setLogo } from './logo.ts';
import { addPage, allowSighting, changePage, listPages, removePage } from './pages.ts';
import { listSightings } from './sightings.ts';
import { addStaff, changeStaff, listStaff, removeStaff } from './staff.ts';

const byId = z.object({ id: z.string() });
/** Lists that are short by nature come whole. */
const whole = <Item>(items: Item[]) => ({ items, nextCursor: null });

export function accountOfficeRoutes(app: FastifyInstance, services: Services): void {
  settingsRoutes(app, services);
  numberingRoutes(app);
  pageRoutes(app, services);
  staffRoutes(app);
  keyRoutes(app);
}

function settingsRoutes(app: FastifyInstance, { accounts, config }: Services): void {
  const url = '/v1/office/account';
  app.route(
    endpoint({
      method: 'GET', url, access: 'office:read', summary: 'The account and its settings', response: account,
      handler: async ({ scope, reply }) => withTag(reply, viewAccount(await readAccount(scope), config.PUBLIC_URL)),
    }),
  );
  app.route(
    endpoint({
      method: 'PATCH', url, access: 'office:settings', summary: 'Change the given settings', body: accountChange, response: account,
      handler: async ({ scope, body, request, reply }) => {
        const row = await changeAccount(scope, body, seenBy(request));
        accounts.forget(scope.accountId);
        return withTag(reply, viewAccount(row, config.PUBLIC_URL));
      },
    }),
  );
  // Raw images are read on this one route only.
  void app.register(async (images) => {
    images.removeAllContentTypeParsers();
    images.addContentTypeParser(['image/png', 'image/jpeg'], { parseAs: 'buffer', bodyLimit: MOST_LOGO_BYTES }, (_request, body, done) => done(null, body));
    images.route(
      endpoint({
        method: 'PUT', url: `${url}/logo`, access: 'office:settings', summary: 'Set the logo: a PNG or JPEG of at most 256 KB and 2000 × 2000 pixels',
        bodyLimit: MOST_LOGO_BYTES, response: account,
        handler: async ({ scope, request, reply }) => {
          // Without a body there is no content type either, and no parser has run.
          if (!Buffer.isBuffer(request.body)) throw new Problem('unsupported_media');
          await setLogo(scope, request.body);
          accounts.forget(scope.accountId);
          return withTag(reply, viewAccount(await readAccount(scope), config.PUBLIC_URL));
        },
      }),
    );
  });
  app.route(
    endpoint({
      method: 'DELETE', url: `${url}/logo`, access: 'office:settings', summary: 'Remove the logo', response: null,
      handler: async ({ scope }) => {
        await removeLogo(scope);
        accounts.forget(scope.accountId);
      },
    }),
  );
}

function numberingRoutes(app: FastifyInstance): void {
  const url = '/v1/office/numbering';
  app.route(
    endpoint({
      method: 'GET', url, access: 'office:read', summary: 'The next number of each sequence', response: numbering,
      handler: ({ scope }) => readNumbering(scope),
    }),
  );
  app.route(
    endpoint({
      method: 'PATCH', url, access: 'office:settings', summary: 'Set next numbers, never below what was given out', body: numberingChange, response: numbering,
      handler: ({ scope, body }) => changeNumbering(scope, body),
    }),
  );
}

function pageRoutes(app: FastifyInstance, { accounts }: Services): void {
  const url = '/v1/office/pages';
  app.route(
    endpoint({
      method: 'GET', url, access: 'office:read', summary: 'The pages where the widget stands', response: pages,
      handler: async ({ scope }) => whole(await listPages(scope)),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url, access: 'office:settings', summary: 'Add a page; its website gets answers from now on', body: pageNew, status: 201, response: page,
      handler: async ({ scope, body }) => {
        const added = await addPage(scope, body);
        accounts.forget(scope.accountId);
        return added;
      },
    }),
  );
  app.route(
    endpoint({
      method: 'PATCH', url: `${url}/:id`, access: 'office:settings', summary: 'Change a page, or make it the main one', params: byId, body: pageChange, response: page,
      handler: async ({ scope, params, body }) => {
        const changed = await changePage(scope, params.id, body);
        accounts.forget(scope.accountId);
        return changed;
      },
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url: `${url}/:id`, access: 'office:settings', summary: 'Remove a page', params: byId, response: null,
      handler: async ({ scope, params }) => {
        await removePage(scope, params.id);
        accounts.forget(scope.accountId);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: '/v1/office/sightings', access: 'office:read', summary: 'Websites with the widget that are not listed', response: sightings,
      handler: async ({ scope }) => whole(await listSightings(scope)),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url: '/v1/office/sightings/allow', access: 'office:settings', summary: 'List a website that was seen', body: sightingAllowed, response: page,
      handler: async ({ scope, body }) => {
        const added = await allowSighting(scope, body.origin);
        accounts.forget(scope.accountId);
        return added;
      },
    }),
  );
}

function staffRoutes(app: FastifyInstance): void {
  const url = '/v1/office/staff';
  app.route(
    endpoint({ method: 'GET', url, access: 'office:read', summary: 'The people of the office', response: staffList, handler: async ({ scope }) => whole(await listStaff(scope)) }),
  );
  app.route(
    endpoint({
      method: 'POST', url, access: 'office:owner', summary: 'Add somebody', body: staffNew, status: 201, response: staff,
      handler: ({ scope, body }) => addStaff(scope, body),
    }),
  );
  app.route(
    endpoint({
      method: 'PATCH', url: `${url}/:id`, access: 'office:owner', summary: 'Change a name, an address or a role', params: byId, body: staffChange, response: staff,
      handler: ({ scope, params, body }) => changeStaff(scope, params.id, body),
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url: `${url}/:id`, access: 'office:owner', summary: 'Remove somebody; their sessions end', params: byId, response: null,
      handler: ({ scope, params }) => removeStaff(scope, params.id),
    }),
  );
}

function keyRoutes(app: FastifyInstance): void {
  const url = '/v1/office/api-keys';
  app.route(
    endpoint({ method: 'GET', url, access: 'office:settings', summary: 'The API keys that work', response: apiKeys, handler: async ({ scope }) => whole(await listKeys(scope)) }),
  );
  app.route(
    endpoint({
      method: 'POST', url, access: 'office:settings', summary: 'Make an API key; its secret is in this answer only', body: apiKeyNew, status: 201, response: apiKeyMade,
      handler: ({ scope, actor, body }) => {
        const held = actor.kind === 'staff' || actor.kind === 'key' ? actor.scopes : [];
        // Nobody hands on a right that is not theirs.
        if (body.scopes.some((each) => !held.includes(each))) throw new Problem('forbidden');
        return makeKey(scope, body);
      },
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url: `${url}/:id`, access: 'office:settings', summary: 'Revoke an API key, at once', params: byId, response: null,
      handler: async ({ scope, params }) => {
        if (!(await revokeKey(scope, params.id))) throw notFound();
      },
    }),
  );
}
