/** The version of a record is told by its time. */
import { now } from '../platform/ids.ts';

/** Now, but never the same as `before`. */
export function laterThan(before: string): string {
  const time = now();
  return time > before ? time : new Date(Date.parse(before) + 1).toISOString();
}
