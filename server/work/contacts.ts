/** Contacts: the persons of a customer. A contact's e-mail address and mobile number are what signs in. */
import { sql } from 'kysely';
import { endLinks } from '../access/links.ts';
import type { Scope } from '../database/scope.ts';
import { emailKey, searchable } from '../platform/text.ts';
import { checkMove } from './addresses.ts';
import { settleWords, wordsOfContact } from './customer-words.ts';
import { flag, referred, type RecordKind, type Row } from './kind.ts';

export const contacts: RecordKind<'contacts'> = {
  name: 'contacts',
  prefix: 'contact',
  fieldsOf: (row) => ({
    customerId: row.customer_id, name: row.name, email: row.email, mobile: row.mobile, language: row.language, canApprove: row.can_approve === 1,
    canPay: row.can_pay === 1, notifyByEmail: row.notify_by_email === 1, notifyBySms: row.notify_by_sms === 1,
  }),
  async columnsOf(scope, fields, before) {
    await referred(scope, 'customers', fields.customerId, '/customerId');
    if (before && before.customer_id !== fields.customerId) await checkMove(scope, 'contact_id', before.id);
    return {
      customer_id: fields.customerId, name: fields.name, email: fields.email, email_key: fields.email === null ? null : emailKey(fields.email),
      mobile: fields.mobile, language: fields.language, can_approve: flag(fields.canApprove), can_pay: flag(fields.canPay),
      notify_by_email: flag(fields.notifyByEmail), notify_by_sms: flag(fields.notifyBySms), search_text: searchable(fields.name, fields.email, fields.mobile),
    };
  },
  async settle(scope, after, before) {
    await settleWords(scope, after && wordsOfContact(after), before && wordsOfContact(before));
    if (before && after) await contactChanged(scope, before, after);
    else if (before) {
      // A link to somebody who is gone opens nothing, and the office should see it as ended.
      await endLinks(scope, { contact_id: before.id });
      await forgetCards(scope, before.id);
    }
  },
  keptBy: [['jobs', 'contact_id'], ['estimates', 'contact_id'], ['invoices', 'contact_id']],
  search: (pattern) => sql`contacts.search_text like ${pattern} escape '\\'`,
};

/** Where a contact is reached. */
type Reached = Pick<Row<'contacts'>, 'email' | 'mobile'>;

/** What went to an address that turned out wrong is in somebody else's hands: it opens nothing any more. */
export async function contactChanged(scope: Scope, before: Reached & { id: string }, after: Reached): Promise<void> {
  for (const address of ['email', 'mobile'] as const)
    if (before[address] && before[address] !== after[address]) await endLinks(scope, { contact_id: before.id, address: before[address] });
  if (isSomebodyElse(before, after)) await forgetCards(scope, before.id);
}

/** None of the addresses by which they were reached is left: the office has written another person into this row. */
function isSomebodyElse(before: Reached, after: Reached): boolean {
  if (!before.email && !before.mobile) return false;
  const sameEmail = before.email !== null && after.email !== null && emailKey(before.email) === emailKey(after.email);
  return !sameEmail && (before.mobile === null || before.mobile !== after.mobile);
}

/** Cards are a person's. They stay at the contractor's Stripe account, where nobody reaches them from here any more. */
const forgetCards = async (scope: Scope, contactId: string): Promise<void> => void (await scope.delete('stripe_customers').where('contact_id', '=', contactId).execute());
