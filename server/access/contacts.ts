/** Which contacts a session is, and whose records those may see. */
import type { Scope } from '../database/scope.ts';

interface Identity {
  contact_id: string | null;
  channel: string | null;
  address: string | null;
}

/** One contact for an access link, every one with the proved address for a sign-in. */
export async function contactsOf(scope: Scope, session: Identity): Promise<{ id: string; customer_id: string }[]> {
  const contacts = scope.from('contacts').select(['contacts.id', 'contacts.customer_id']);
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
