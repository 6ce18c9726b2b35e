/** zod at the door, compiled JSON Schema on the way out, one OpenAPI document from both. */
import swagger from '@fastify/swagger';
import fastJson from 'fast-json-stringify';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';

export async function schemas(app: FastifyInstance, publicUrl: string): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  // Encoding through zod would validate our own answers at every request. The compiled serializer emits the same
  // fields and nothing else, several times faster; tests hold answers against the schemas.
  app.setSerializerCompiler(({ schema }) => {
    const json = z.toJSONSchema(schema as unknown as z.ZodType, {
      target: 'draft-7',
      io: 'output',
      unrepresentable: 'any',
      // Where a value may be null the serializer chooses by these; a stored value that an older rule let in must still be readable.
      override: ({ jsonSchema }) => {
        delete jsonSchema.pattern;
        delete jsonSchema.format;
      },
    });
    return fastJson(json as Parameters<typeof fastJson>[0]);
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Customer Center', version: '1' },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the office.' },
          session: { type: 'http', scheme: 'DPoP', description: 'A session bound to a key (RFC 9449).' },
        },
      },
    },
    transform: (route) => {
      const access = route.route?.config?.access;
      const transformed = jsonSchemaTransform(route);
      const idempotent = route.route?.config?.idempotent;
      // Headers that the platform reads, which no route's own schema names.
      const headers = idempotent ? { headers: { type: 'object', properties: { 'Idempotency-Key': { type: 'string', minLength: 8, maxLength: 100 } }, required: idempotent === 'required' ? ['Idempotency-Key'] : [] } } : {};
      transformed.schema = Object.assign({}, transformed.schema, headers, { 'x-access': access });
      if (access?.startsWith('office:')) transformed.schema = { ...transformed.schema, tags: ['Office'], security: [{ apiKey: [] }, { session: [] }] };
      else if (access === 'operator') transformed.schema = { ...transformed.schema, hide: true };
      else transformed.schema = { ...transformed.schema, tags: ['Customer Center'], ...(access === 'customer' || access === 'session' || access?.startsWith('document:') ? { security: [{ session: [] }] } : {}) };
      return transformed;
    },
  });
}
