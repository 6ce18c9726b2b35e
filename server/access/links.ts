/** Links: made, found, listed, revoked. Only a hash of each is stored; its secret is derived from its id. */
import type { Selectable } from 'kysely';
import type { DocumentAction } from '../contract/access.ts';
import type { LinksTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { after, newId, now } from '../platform/ids.ts';
import { hashOf, linkToken, linkUrl, type Derive } from '../platform/secrets.ts';

export type LinkRow = Selectable<LinksTable>;

/** Seconds each kind lasts. */
export const linkLife = { signIn: 15 * 60, access: 7 * 24 * 3600, document: 30 * 24 * 3600, staff: 24 * 3600 } as const;

type NewLink = Pick<LinkRow, 'kind'> &
  Partial<Pick<LinkRow, 'contact_id' | 'staff_id' | 'channel' | 'address' | 'request_id' | 'document_kind' | 'document_id' | 'destination' | 'page_id' | 'renews_id'>> & {
    actions?: DocumentAction[];
    lifeSeconds?: number;
  };

/** Makes a link and hands back its row and its secret. */
export async function makeLink(scope: Scope, derive: Derive, link: NewLink): Promise<{ row: LinkRow; token: string }> {
  const { actions = [], lifeSeconds = linkLife[link.kind], ...given } = link;
  const id = newId('link');
  const token = linkToken(derive, id);
  const row: LinkRow = {
    account_id: scope.accountId, id, hash: hashOf(token), contact_id: null, staff_id: null, channel: null, address: null, request_id: null,
    document_kind: null, document_id: null, destination: null, page_id: null, renews_id: null, ...given,
    actions: JSON.stringify(actions), created_at: now(), expires_at: after(lifeSeconds), revoked_at: null, uses: 0, last_used_at: null,
  };
  await scope.insert('links', row).execute();
  return { row, token };
}

/** A link that opens the office to one member of staff, once. */
export async function makeStaffLink(scope: Scope, { derive, config }: { derive: Derive; config: { PUBLIC_URL: string } }, staffId: string): Promise<string> {
  const { token } = await makeLink(scope, derive, { kind: 'access', staff_id: staffId, lifeSeconds: linkLife.staff });
  return linkUrl(config.PUBLIC_URL, scope.account.slug, token);
}

/** The link behind a token, unless it is unknown or revoked, which are alike. An expired one is still found. */
export async function findLink(scope: Scope, token: string): Promise<LinkRow | undefined> {
  const link = await scope.from('links').selectAll().where('hash', '=', hashOf(token)).executeTakeFirst();
  return link?.revoked_at ? undefined : link;
}

/** Ends a link and every session it opened. False when there is no such link. */
export async function revokeLink(scope: Scope, id: string): Promise<boolean> {
  return scope.transaction(async (trx) => {
    const time = now();
    const revoked = await trx.update('links').set({ revoked_at: time }).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst();
    if (!revoked.numUpdatedRows) return false;
    await trx.update('sessions').set({ revoked_at: time }).where('link_id', '=', id).where('revoked_at', 'is', null).execute();
    return true;
  });
}
