/** RFC 9457 problem details: the only form of an error on the wire. */
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { problemCodes, type Problem as Body, type ProblemCode } from '../contract/wire.ts';

/** Thrown anywhere below a route; `code` decides status and title. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: Body['errors'];
  readonly items: Body['items'];
  readonly headers: Record<string, string>;
  constructor(code: ProblemCode, more: { detail?: string; errors?: Body['errors']; items?: Body['items']; headers?: Record<string, string> } = {}) {
    super(more.detail ?? problemCodes[code][1]);
    this.code = code;
    this.errors = more.errors;
    this.items = more.items;
    this.headers = more.headers ?? {};
  }
}

/** A field that is wrong for a reason no schema can know. */
export const invalidField = (path: string, message: string): Problem =>
  new Problem('invalid_request', { errors: [{ path, message }] });

/** Absent and foreign things answer alike: always this very problem. */
export const notFound = (): Problem => new Problem('not_found');

const body = (code: ProblemCode, errors?: Body['errors'], detail?: string, items?: Body['items']): Body => ({
  type: `urn:customer-center:problem:${code}`,
  title: problemCodes[code][1],
  status: problemCodes[code][0],
  code,
  ...(detail && detail !== problemCodes[code][1] ? { detail } : {}),
  ...(errors ? { errors } : {}),
  ...(items ? { items } : {}),
});

const send = (reply: FastifyReply, answer: Body) =>
  // The content type is set by hand so that Fastify leaves the prepared text alone.
  reply.code(answer.status).header('content-type', 'application/problem+json').header('cache-control', 'no-store').send(JSON.stringify(answer));

/** Refusals from below, by their error code. */
const fastifyCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported_media',
  // PostgreSQL: a text with a character that no text may have.
  '22021': 'invalid_request',
};

export function problems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) {
      reply.headers(error.headers);
      return send(reply, body(error.code, error.errors, error.message, error.items));
    }
    if (hasZodFastifySchemaValidationErrors(error))
      return send(
        reply,
        body(
          'invalid_request',
          error.validation.flatMap((issue) =>
            issue.keyword === 'unrecognized_keys'
              ? (issue.params['keys'] as string[]).map((key) => ({ path: `${issue.instancePath.replace(/\/$/, '')}/${key}`, message: 'is not a known field' }))
              : { path: issue.instancePath || '/', message: issue.message ?? 'is not valid' },
          ),
        ),
      );
    const known = fastifyCodes[error.code] ?? (error.statusCode && error.statusCode >= 400 && error.statusCode < 500 ? 'invalid_request' : undefined);
    if (known) return send(reply, body(known));
    if (isBusy(error)) {
      reply.header('retry-after', '1');
      return send(reply, body('unavailable'));
    }
    request.log.error({ err: { name: error.name, message: error.message, stack: error.stack } }, 'unexpected error');
    return send(reply, body('internal'));
  });
  app.setNotFoundHandler((_request, reply) => send(reply, body('not_found')));
}

/** The database is locked or has no connection left, or it ended one of two transactions that stood in each other's way. */
const isBusy = (error: FastifyError): boolean => ['SQLITE_BUSY', '53300', '40001', '40P01'].includes(error.code);
