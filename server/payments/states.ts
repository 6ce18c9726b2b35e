/** A way to Stripe and back, begun by somebody of the office. The browser that comes back has no session; this token stands for it. */
import type { Selectable } from 'kysely';
import type { StripeStatesTable } from '../database/schema-payments.ts';
import type { Scope } from '../database/scope.ts';
import type { Actor } from '../platform/actor.ts';
import { after, now } from '../platform/ids.ts';
import { notFound } from '../platform/problems.ts';
import { hashOf, newToken } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';

type Purpose = StripeStatesTable['purpose'];
type State = Selectable<StripeStatesTable>;

/** Seconds. Onboarding asks for papers that somebody may have to look for. */
const life: Record<Purpose, number> = { onboarding: 24 * 3600, oauth: 3600 };

/** A token for one purpose of this person and account. It names the account, because an address at Stripe has no room for it. */
export async function makeState(scope: Scope, actor: Actor, purpose: Purpose): Promise<string> {
  if (actor.kind !== 'staff' && actor.kind !== 'key') throw notFound();
  const token = newToken();
  await scope.delete('stripe_states').where('expires_at', '<', now()).execute();
  await scope
    .insert('stripe_states', { hash: hashOf(token), purpose, actor: actor.kind === 'staff' ? actor.staffId : actor.keyId, expires_at: after(life[purpose]), spent_at: null })
    .execute();
  return `${scope.accountId}.${token}`;
}

/** The account of a token that is good for this purpose, as often as it is shown. Unknown, too old and no longer allowed are alike. */
export const readState = (services: Services, token: unknown, purpose: Purpose): Promise<Scope | undefined> =>
  stateOf(services, token, async (scope, hash) => scope.from('stripe_states').selectAll().where('hash', '=', hash).where('purpose', '=', purpose).where('expires_at', '>', now()).executeTakeFirst());

/** The same, once. */
export const spendState = (services: Services, token: unknown, purpose: Purpose): Promise<Scope | undefined> =>
  stateOf(services, token, async (scope, hash) => {
    const time = now();
    return scope
      .update('stripe_states')
      .set({ spent_at: time })
      .where('hash', '=', hash)
      .where('purpose', '=', purpose)
      .where('spent_at', 'is', null)
      .where('expires_at', '>', time)
      .returningAll()
      .executeTakeFirst();
  });

async function stateOf({ accounts }: Services, given: unknown, find: (scope: Scope, hash: string) => Promise<State | undefined>): Promise<Scope | undefined> {
  const [, accountId, token] = (typeof given === 'string' && /^(acct_[0-9A-Z]{26})\.([\w-]{43})$/.exec(given)) || [];
  const scope = accountId ? await accounts.scopeById(accountId) : undefined;
  if (!scope || !token) return undefined;
  const state = await find(scope, hashOf(token));
  return state && (await maySet(scope, state.actor)) ? scope : undefined;
}

/** Whether whoever began it may still change the account's settings. */
async function maySet(scope: Scope, actor: string): Promise<boolean> {
  if (await scope.from('staff').select('id').where('id', '=', actor).where('role', '=', 'owner').executeTakeFirst()) return true;
  const key = await scope.from('api_keys').select('scopes').where('id', '=', actor).where('revoked_at', 'is', null).executeTakeFirst();
  return key !== undefined && (JSON.parse(key.scopes) as string[]).includes('settings');
}
