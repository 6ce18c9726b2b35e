/** The office's records over HTTP: the same seven routes for every kind, for staff and for other back offices. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { changeOf, records, replacementOf, type FieldsOf, type RecordName } from '../contract/records.ts';
import { externalId } from '../contract/wire.ts';
import { endpoint } from '../platform/endpoint.ts';
import { seenBy, withTag } from '../platform/if-match.ts';
import { changeRecord, createRecord, deleteRecord, findRecord, listRecords, putRecord } from '../work/records.ts';

const byId = z.object({ id: z.string() });
const byExternalId = z.object({ externalId });

export function officeRoutes(app: FastifyInstance): void {
  for (const name of Object.keys(records) as RecordName[]) recordRoutes(app, name);
}

/** What the schemas let through is of this kind; the compiler cannot follow a kind that is a variable. */
type Fields = FieldsOf<RecordName> & Record<string, unknown>;
type Replacement = Omit<Fields, 'externalId'>;

function recordRoutes(app: FastifyInstance, name: RecordName): void {
  const { list, query } = records[name];
  const fields: z.ZodType<Fields> = records[name].fields as never;
  const change: z.ZodType<Partial<Fields>> = changeOf(records[name].fields as never) as never;
  const replacement: z.ZodType<Replacement> = replacementOf(records[name].fields as never) as never;
  const record: z.ZodType = records[name].record;
  const url = `/v1/office/${name}`;
  const one = singular[name];

  app.route(
    endpoint({
      method: 'GET', url, access: 'office:read', summary: `List ${name}, newest first`, query, response: list as z.ZodType,
      handler: ({ scope, query }) => listRecords(scope, name, query),
    }),
  );
  app.route(
    endpoint({
      method: 'POST', url, access: 'office:write', summary: `Make ${one}`, body: fields, status: 201, response: record, idempotent: 'optional',
      handler: async ({ scope, body, reply }) => withTag(reply, await createRecord(scope, name, body as never)),
    }),
  );
  app.route(
    endpoint({
      method: 'GET', url: `${url}/:id`, access: 'office:read', summary: `Read ${one}`, params: byId, response: record,
      handler: async ({ scope, params, reply }) => withTag(reply, await findRecord(scope, name, params.id)),
    }),
  );
  app.route(
    endpoint({
      method: 'PATCH', url: `${url}/:id`, access: 'office:write', summary: `Change the given fields of ${one}`, params: byId, body: change, response: record,
      handler: async ({ scope, params, body, request, reply }) => withTag(reply, await changeRecord(scope, name, params.id, body as never, seenBy(request))),
    }),
  );
  app.route(
    endpoint({
      method: 'DELETE', url: `${url}/:id`, access: 'office:write', summary: `Delete ${one} that nothing refers to`, params: byId, response: null,
      handler: ({ scope, params, request }) => deleteRecord(scope, name, params.id, seenBy(request)),
    }),
  );
  const put = endpoint({
    method: 'PUT', url: `${url}/by-external-id/:externalId`, access: 'office:write', summary: `Make or replace ${one} by another back office’s key`,
    params: byExternalId, body: replacement, response: record,
    handler: async ({ scope, params, body, request, reply }) => {
      const answer = await putRecord(scope, name, params.externalId, body as never, seenBy(request));
      if (answer.made) reply.code(201);
      return withTag(reply, answer.record);
    },
  });
  app.route({ ...put, schema: { ...put.schema, response: { 200: record, 201: record } } });
}

const singular: Record<RecordName, string> = {
  customers: 'a customer', contacts: 'a contact', addresses: 'a service address', jobs: 'a job', visits: 'a visit', charges: 'a charge', notes: 'a note',
  payments: 'a payment',
};
