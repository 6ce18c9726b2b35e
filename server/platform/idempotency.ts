/** Exactly once: the answer to an `Idempotency-Key` is stored in the transaction of its effect. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Scope } from '../database/scope.ts';
import { actorKey } from './actor.ts';
import { now } from './ids.ts';
import { invalidField, Problem } from './problems.ts';

/**
 * Runs `work` in a transaction, at most once for each caller and key; a repetition gets the stored answer.
 * Only success is stored: a failure rolls back with the effect. A second process waits at the unique row.
 * @throws {Problem} `invalid_request` without a required key, `key_reused` when the key came with another request.
 */
export async function answerOnce(
  request: FastifyRequest,
  need: 'required' | 'optional',
  work: (scope: Scope) => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,100}$/.test(key)) {
    if (need === 'required' || key !== undefined)
      throw invalidField('Idempotency-Key', 'send an Idempotency-Key header of 8 to 100 characters');
    return request.scope.transaction(work);
  }
  const actor = actorKey(request.actor) === 'nobody' ? `ip:${request.ip}` : actorKey(request.actor);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body ?? null, request.headers['if-match'] ?? null]))
    .digest('base64url');
  return request.scope.transaction(async (scope) => {
    const claimed = await scope
      .insert('idempotency', { actor, key, fingerprint, body: '', created_at: now() })
      .onConflict((conflict) => conflict.columns(['account_id', 'actor', 'key']).doNothing())
      .executeTakeFirst();
    if (!claimed.numInsertedOrUpdatedRows) {
      const stored = await scope.from('idempotency').select(['fingerprint', 'body']).where('actor', '=', actor).where('key', '=', key).executeTakeFirstOrThrow();
      if (stored.fingerprint !== fingerprint) throw new Problem('key_reused');
      return JSON.parse(stored.body) as unknown;
    }
    const answer = await work(scope);
    await scope.update('idempotency').set({ body: JSON.stringify(answer ?? null) }).where('actor', '=', actor).where('key', '=', key).execute();
    return answer;
  });
}
