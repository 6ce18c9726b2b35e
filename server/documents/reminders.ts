/** What reminders by hand of both kinds of documents have in common. */
import { takeOrRefuse } from '../platform/limits.ts';
import type { Scope } from '../database/scope.ts';

/** Three at once, then three a day for each document. Charged before the transaction. @throws {Problem} `too_many_requests`. */
export const limitReminding = (scope: Scope, id: string): Promise<void> => takeOrRefuse(scope.db, [{ key: `remind:${id}`, burst: 3, perHour: 3 / 24 }]);
