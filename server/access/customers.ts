/** The customers that a request of a signed-in person is about. */
import type { Actor } from '../platform/actor.ts';
import { notFound } from '../platform/problems.ts';

/** One of the session's, or `all` of them. Foreign is absent. @throws {Problem} `not_found`. */
export function customersOf(actor: Actor, wanted: string): string[] {
  if (actor.kind !== 'customer') throw notFound();
  if (wanted === 'all') return actor.customerIds;
  if (!actor.customerIds.includes(wanted)) throw notFound();
  return [wanted];
}
