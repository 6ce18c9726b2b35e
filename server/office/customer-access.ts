/** How a customer's contacts get in: the links that work now and the browsers that are signed in. */
import type { Selectable } from 'kysely';
import { contactsOf } from '../access/contacts.ts';
import { linkView } from '../access/links.ts';
import { liveSessions } from '../access/sessions.ts';
import type { CustomerAccess } from '../contract/office.ts';
import type { ContactsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { notFound } from '../platform/problems.ts';

/** More than a screen shows; the lists of links and sessions have all. */
const MOST = 200;
type Reached = Pick<Selectable<ContactsTable>, 'id' | 'email_key' | 'mobile'>;

/** Newest first. @throws {Problem} `not_found`. */
export async function viewCustomerAccess(scope: Scope, customerId: string): Promise<CustomerAccess> {
  if (!(await scope.from('customers').select('id').where('id', '=', customerId).executeTakeFirst())) throw notFound();
  const contacts = await scope.from('contacts').select(['id', 'email_key', 'mobile']).where('customer_id', '=', customerId).execute();
  const links = await liveLinks(scope, customerId).selectAll('links').orderBy('links.id', 'desc').limit(MOST).execute();
  return { links: links.map(linkView), sessions: await signedInOf(scope, contacts) };
}

const liveLinks = (scope: Scope, customerId: string) =>
  scope
    .from('links')
    .innerJoin('contacts', (join) => join.onRef('contacts.account_id', '=', 'links.account_id').onRef('contacts.id', '=', 'links.contact_id'))
    .where('contacts.customer_id', '=', customerId)
    .where('links.revoked_at', 'is', null)
    .where('links.expires_at', '>', now());

/** How many login links of each contact work now. */
export async function worksAs(scope: Scope, customerId: string): Promise<Map<string, number>> {
  const rows = await liveLinks(scope, customerId)
    .where('links.kind', '=', 'access')
    .select(['contacts.id', (row) => row.fn.countAll<number>().as('count')])
    .groupBy('contacts.id')
    .execute();
  return new Map(rows.map((row) => [row.id, Number(row.count)]));
}

/** Sessions that somebody may go on with: opened by a contact's link, or by proving an address that a contact has. */
export async function signedInOf(scope: Scope, contacts: Reached[]): Promise<CustomerAccess['sessions']> {
  const addresses = contacts.flatMap((contact) => [contact.email_key, contact.mobile]).filter((address) => address !== null);
  if (!contacts.length) return [];
  const rows = await liveSessions(scope)
    .selectAll()
    .where('kind', '<>', 'staff')
    .where((row) => row.or([row('contact_id', 'in', contacts.map((contact) => contact.id)), ...(addresses.length ? [row('address', 'in', addresses)] : [])]))
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id, kind: row.kind, linkId: row.link_id, staffId: null, origin: row.origin, userAgent: row.user_agent, createdAt: row.created_at, lastSeenAt: row.last_seen_at,
      contactIds: (await contactsOf(scope, row)).map((contact) => contact.id),
    })),
  );
}
