/** Links: made, found, listed, revoked. Only a hash of each is stored; its secret is derived from its id. */
import type { Selectable } from 'kysely';
import type { DocumentAction, Link } from '../contract/access.ts';
import type { LinksTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { after, newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { hashOf, linkToken, linkUrl, type Derive } from '../platform/secrets.ts';

export type LinkRow = Selectable<LinksTable>;

/** Seconds each kind lasts; `staff` is the one-time link of the console. */
export const linkLife = { signIn: 15 * 60, access: 7 * 24 * 3600, document: 30 * 24 * 3600, staff: 24 * 3600 } as const;

type NewLink = Pick<LinkRow, 'kind'> &
  Partial<Pick<LinkRow, 'contact_id' | 'staff_id' | 'channel' | 'address' | 'request_id' | 'document_kind' | 'document_id' | 'destination' | 'page_id' | 'renews_id' | 'shared_by' | 'shared_from' | 'recipient'>> & {
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
    document_kind: null, document_id: null, destination: null, page_id: null, renews_id: null, shared_by: null, shared_from: null, recipient: null, ...given,
    actions: JSON.stringify(actions), created_at: now(), expires_at: after(lifeSeconds), revoked_at: null, uses: 0, last_used_at: null,
  };
  await scope.insert('links', row).execute();
  await announce(scope, 'link', id);
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

/** A member of staff gets in once with a link that was not asked for in a browser. */
export const isOneTime = (link: Pick<LinkRow, 'kind' | 'staff_id'>): boolean => link.kind === 'access' && link.staff_id !== null;

/** A link that a customer sent on ends when they said; its holder renews nothing and sees no more than that document. */
export const isShared = (link: Pick<LinkRow, 'shared_by'>): boolean => link.shared_by !== null;

/** Where in the center a link leads. */
export const destinationOf = (link: LinkRow): string | null =>
  link.destination ?? (link.kind === 'document' && link.document_kind ? `/${link.document_kind}s/${link.document_id}` : null);

/** The office's view of a link, without its secret. */
export const linkView = (row: LinkRow): Link => ({
  id: row.id, kind: row.kind, contactId: row.contact_id, staffId: row.staff_id,
  document: row.document_kind && row.document_id ? { kind: row.document_kind, id: row.document_id } : null,
  actions: JSON.parse(row.actions) as Link['actions'], address: row.kind === 'signIn' ? null : row.address, recipient: row.recipient, createdAt: row.created_at,
  expiresAt: row.expires_at, uses: row.uses, lastUsedAt: row.last_used_at, revokedAt: row.revoked_at,
});

/** Which links to end: every one that matches all that is given. One of the keys must be, so that nobody ends all by accident. */
export type WhichLinks = Partial<Pick<LinkRow, 'staff_id' | 'address' | 'document_kind'>> &
  (Pick<LinkRow, 'id'> | Pick<LinkRow, 'contact_id'> | Pick<LinkRow, 'staff_id'> | Pick<LinkRow, 'document_id'>);

/** Ends links, those that were sent on by them, and every session that any of them opened. False when there was none. */
export async function endLinks(scope: Scope, which: WhichLinks): Promise<boolean> {
  return scope.transaction(async (trx) => {
    const revoked_at = now();
    let links = trx.update('links').set({ revoked_at }).where('revoked_at', 'is', null);
    for (const [column, value] of Object.entries(which)) links = value === null ? links.where(column as 'staff_id', 'is', null) : links.where(column as 'id', '=', value);
    const ended = (await links.returning('id').execute()).map((link) => link.id);
    if (ended.length === 0) return false;
    // What was sent on cannot be sent on again, so there is one generation.
    const sentOn = await trx.update('links').set({ revoked_at }).where('shared_from', 'in', ended).where('revoked_at', 'is', null).returning('id').execute();
    ended.push(...sentOn.map((link) => link.id));
    await trx.update('sessions').set({ revoked_at }).where('link_id', 'in', ended).where('revoked_at', 'is', null).execute();
    for (const id of ended) await announce(trx, 'link', id);
    await announce(trx, 'ended');
    return true;
  });
}
