/** API keys: how another back office talks to this one. Only a hash of each is stored. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import { scope as keyScope, type apiKey, type apiKeyNew, type Scope as KeyScope } from '../contract/account.ts';
import type { ApiKeysTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { hashOf, newToken, officePrefix } from '../platform/secrets.ts';

type Key = z.input<typeof apiKey>;

/** Makes a key; its secret is in the answer and nowhere else. It names its account, because an office address does not. */
export async function makeKey(scope: Scope, { name, scopes }: z.output<typeof apiKeyNew>): Promise<Key & { secret: string }> {
  const secret = officePrefix('cck', scope.accountId) + newToken();
  // In the contract's order, each once.
  const granted = keyScope.options.filter((each) => scopes.includes(each));
  const row = { id: newId('apiKey'), name, hash: hashOf(secret), scopes: JSON.stringify(granted), created_at: now(), last_used_at: null, revoked_at: null };
  await scope.insert('api_keys', row).execute();
  await announce(scope, 'account');
  return { ...viewKey(row), secret };
}

/** The keys that work. */
export async function listKeys(scope: Scope): Promise<Key[]> {
  return (await scope.from('api_keys').selectAll().where('revoked_at', 'is', null).orderBy('id').execute()).map(viewKey);
}

/** Ends a key at once. False when there is no such key, or no longer. */
export async function revokeKey(scope: Scope, id: string): Promise<boolean> {
  const { numUpdatedRows } = await scope.update('api_keys').set({ revoked_at: now() }).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst();
  if (!numUpdatedRows) return false;
  await scope.transaction(async (trx) => {
    await announce(trx, 'ended', id);
    await announce(trx, 'account');
  });
  return true;
}

const viewKey = (row: Pick<Selectable<ApiKeysTable>, 'id' | 'name' | 'scopes' | 'created_at' | 'last_used_at'>): Key => ({
  id: row.id, name: row.name, scopes: JSON.parse(row.scopes) as KeyScope[], createdAt: row.created_at, lastUsedAt: row.last_used_at,
});
