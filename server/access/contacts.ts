/** Which contacts a session is, and whose records those may see. */
import type { DocumentAction } from '../contract/access.ts';
import type { Scope } from '../database/scope.ts';

interface Identity {
  contact_id: string | null;
  channel: string | null;
  address: string | null;
}

/** One contact for an access link, every one with the proved address for a sign-in. */
export async function contactsOf(scope: Scope, session: Identity): Promise<{ id: string; customer_id: string; email_key: string | null; mobile: string | null }[]> {
  const contacts = scope.from('contacts').select(['contacts.id', 'contacts.customer_id', 'contacts.email_key', 'contacts.mobile']);
  if (session.contact_id) return contacts.where('contacts.id', '=', session.contact_id).execute();
  if (!session.address) return [];
  return contacts.where(session.channel === 'sms' ? 'contacts.mobile' : 'contacts.email_key', '=', session.address).orderBy('contacts.id').execute();
}

/** The customers of these contacts, and their sub-customers. */
export async function customersOf(scope: Scope, contacts: { customer_id: string }[]): Promise<string[]> {
  const own = [...new Set(contacts.map((contact) => contact.customer_id))];
  const below = await scope.from('customers').select('customers.id').where('customers.parent_id', 'in', own).execute();
  return [...new Set([...own, ...below.map((customer) => customer.id)])];
}

/** Whether this contact may still see a document: it may have moved to another customer since its link was made. */
export async function mayReach(scope: Scope, contact: { customer_id: string }, { kind, id }: { kind: 'job' | 'estimate' | 'invoice'; id: string }): Promise<boolean> {
  const document = await scope.from(`${kind}s` as 'jobs').select('customer_id').where('id', '=', id).executeTakeFirst();
  return document !== undefined && (document.customer_id === contact.customer_id || (await customersOf(scope, [contact])).includes(document.customer_id));
}

/** A way to a person. */
export interface Way {
  channel: 'email' | 'sms';
  address: string;
}

/** How a message about a link travels: the way it went before, else whichever there is, to what is on file now. */
export function wayTo(link: { channel: Way['channel'] | null }, contact: { email: string | null; mobile: string | null }, smsConfigured: boolean): Way | undefined {
  const ways: (Way | undefined)[] = [
    contact.email ? { channel: 'email', address: contact.email } : undefined,
    contact.mobile && smsConfigured ? { channel: 'sms', address: contact.mobile } : undefined,
  ];
  return ways.find((way) => way?.channel === link.channel) ?? ways.find(Boolean);
}

/** A link never allows more than its contact may do, as it stands now. */
export const withinRights = (actions: DocumentAction[], contact: { can_approve: number; can_pay: number }): DocumentAction[] =>
  actions.filter((action) => (action === 'approve' ? contact.can_approve === 1 : action === 'pay' ? contact.can_pay === 1 : true));
