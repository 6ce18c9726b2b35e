/** The version that a caller is told (`ETag`), and has before their eyes (`If-Match`, RFC 9110). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalidField, Problem } from './problems.ts';

/** What the office reads: its version is when it was changed last. */
export function withTag<View extends { updatedAt: string }>(reply: FastifyReply, view: View): View {
  reply.header('etag', `"${view.updatedAt}"`);
  return view;
}

/** What an office may send so as not to write over somebody else's change. */
export function seenBy({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const header = headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const seen = /^"([^"]+)"$/.exec(header)?.[1];
  if (!seen) throw invalidField('If-Match', 'send the ETag of the version you read');
  return seen;
}

/** Nobody approves what they have not seen. @throws {Problem} `precondition_required`. */
export function mustHaveSeen(request: Pick<FastifyRequest, 'headers'>): string {
  const seen = seenBy(request);
  if (seen === undefined) throw new Problem('precondition_required');
  return seen;
}
