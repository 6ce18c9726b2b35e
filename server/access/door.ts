/** The door: a person's click trades a link for a handoff. Before the click nothing is told and nothing counted. */
import type { z } from 'zod';
import type { doorAnswer, doorRenewed } from '../contract/access.ts';
import type { Scope } from '../database/scope.ts';
import { queueNotice } from '../notices/notices.ts';
import { addInboxItem } from '../platform/attention.ts';
import { after, now } from '../platform/ids.ts';
import { networkOf, takeOrRefuse } from '../platform/limits.ts';
import { notFound, Problem } from '../platform/problems.ts';
import { hashOf, newToken } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';
import { emailKey, maskAddress } from '../platform/text.ts';
import { wayTo, type Way } from './contacts.ts';
import { findLink, isOneTime, isShared, makeLink, type LinkRow } from './links.ts';
import { addressBuckets, closeToOthers, repeatSignIn } from './sign-in.ts';

/** Seconds between the click and the exchange on the contractor's page. */
export const HANDOFF_LIFE = 300;
/** Handoffs in a row that never arrived before the hosted page is used instead. */
export const MOST_FAILED_HANDOFFS = 3;

/**
 * @throws {Problem} `not_found` for unknown, revoked and used-up links, `link_expired` for one its holder may renew.
 */
export async function knock(scope: Scope, services: Services, token: string, ip: string): Promise<z.input<typeof doorAnswer>> {
  const link = await linkOf(scope, token, ip);
  if (link.expires_at <= now()) throw isShared(link) ? notFound() : new Problem('link_expired');
  const target = await targetOf(scope, services.config.PUBLIC_URL, link);
  const handoff = newToken();
  await scope
    .insert('handoffs', {
      hash: hashOf(handoff), link_id: link.id, page_id: target.pageId, created_at: now(), expires_at: after(HANDOFF_LIFE),
      spent_at: null, spent_jkt: null, session_id: null, counted: 0,
    })
    .execute();
  return { kind: link.kind, handoff, url: target.url };
}

/** A link by its token; a person who tries tokens runs into a limit, one who has a link does not. */
async function linkOf(scope: Scope, token: string, ip: string): Promise<LinkRow> {
  const link = await findLink(scope, token);
  const usedUp = link && isOneTime(link) && link.uses > 0;
  if (link && !usedUp) return link;
  await takeOrRefuse(scope.db, [{ key: `miss:${networkOf(ip)}`, burst: 30, perHour: 60 }]);
  throw notFound();
}

/** The page that asked, else the account's main page, else the hosted page. Staff: the listed page that asked, else our office. */
async function targetOf(scope: Scope, publicUrl: string, link: LinkRow): Promise<{ url: string; pageId: string | null }> {
  if (link.staff_id) {
    const page = link.page_id && (await scope.from('pages').select('url').where('id', '=', link.page_id).executeTakeFirst());
    // Whether they arrive says nothing of the pages that customers are led to.
    return { url: page ? page.url : `${publicUrl}/office?account=${scope.account.slug}`, pageId: null };
  }
  const { failed_handoffs: failed } = await scope.db.selectFrom('accounts').select('failed_handoffs').where('id', '=', scope.accountId).executeTakeFirstOrThrow();
  if (failed < MOST_FAILED_HANDOFFS) {
    const pages = await scope.from('pages').select(['id', 'url', 'main']).execute();
    const page = pages.find((item) => item.id === link.page_id) ?? pages.find((item) => item.main);
    if (page) return { url: page.url, pageId: page.id };
  }
  return { url: `${publicUrl}/c/${scope.account.slug}`, pageId: null };
}

/**
 * Sends a fresh link to where the expired one went, in one tap, keeping its destination.
 * @throws {Problem} `not_found` when it may not be renewed or has nowhere to go.
 */
export async function renew(scope: Scope, services: Services, token: string, ip: string): Promise<z.input<typeof doorRenewed>> {
  const link = await linkOf(scope, token, ip);
  if (link.expires_at > now() || isOneTime(link) || isShared(link)) throw notFound();
  const to = await addressOf(scope, link, services.smsConfigured);
  if (!to) throw notFound();
  await takeOrRefuse(scope.db, addressBuckets(services.derive, to.channel === 'email' ? emailKey(to.address) : to.address));
  if (link.kind === 'signIn') await repeatSignIn(scope, link);
  else
    await scope.transaction(async (trx) => {
      const { row } = await makeLink(trx, services.derive, {
        kind: link.kind, contact_id: link.contact_id, channel: to.channel, address: to.address, document_kind: link.document_kind,
        document_id: link.document_id, destination: link.destination, page_id: link.page_id, renews_id: link.id,
        actions: JSON.parse(link.actions) as [],
      });
      await queueNotice(trx, { kind: 'freshLink', channel: to.channel, to: to.address, contactId: link.contact_id, linkId: row.id, language: to.language ?? trx.account.locale });
    });
  return { masked: maskAddress(to.address), channel: to.channel };
}

/** Where a link went, as it is on file now: a contact who left gets nothing. */
async function addressOf(scope: Scope, link: LinkRow, smsConfigured: boolean): Promise<(Way & { language: string | null }) | undefined> {
  if (link.staff_id) return link.address ? { channel: 'email', address: link.address, language: null } : undefined;
  const contact = await scope.from('contacts').select(['email', 'mobile', 'language']).where('id', '=', link.contact_id ?? '').executeTakeFirst();
  const way = contact && wayTo(link, contact, smsConfigured);
  return way && { ...way, language: contact.language };
}

/**
 * “Not me”: tells the office, and closes a sign-in request to every browser but the one that asked. It does not end the request altogether, because some mail scanners press every control there
 * is, and the reader must still get in.
 */
export async function notMe(scope: Scope, token: string, ip: string): Promise<void> {
  const link = await linkOf(scope, token, ip);
  if (link.kind === 'signIn') await closeToOthers(scope, link);
  const contact = await scope.from('contacts').select('customer_id').where('id', '=', link.contact_id ?? '').executeTakeFirst();
  // Once for each link, however often somebody presses it.
  await scope.transaction((trx) => addInboxItem(trx, { kind: 'notMe', customerId: contact?.customer_id ?? null, data: {}, cause: `notMe:${link.id}` }));
}
