/** Customers: households and companies, and their sub-customers one level deep. */
import { sql } from 'kysely';
import type { Scope } from '../database/scope.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import { searchable } from '../platform/text.ts';
import { nameKey } from '../platform/words.ts';
import { forgetWords, settleWords, wordsOfCustomer } from './customer-words.ts';
import { flag, referred, type RecordKind, type Row } from './kind.ts';
import { numberFor } from './numbers.ts';

export const customers: RecordKind<'customers'> = {
  name: 'customers',
  prefix: 'customer',
  fieldsOf: (row) => ({
    number: row.number, name: row.name, company: row.company === 1, parentId: row.parent_id, billingAddress: row.billing_address, active: row.active === 1,
  }),
  async columnsOf(scope, fields, before) {
    if (fields.parentId !== (before?.parent_id ?? null)) await checkParent(scope, fields.parentId, before);
    const number = await numberFor(scope, 'customers', fields.number, before);
    return {
      number, name: fields.name, name_key: nameKey(fields.name), company: flag(fields.company), parent_id: fields.parentId, billing_address: fields.billingAddress,
      active: flag(fields.active), search_text: searchable(number, fields.name, fields.billingAddress),
    };
  },
  async settle(scope, after, before) {
    if (after) await settleWords(scope, wordsOfCustomer(after), before && wordsOfCustomer(before));
    else if (before) await forgetWords(scope, wordsOfCustomer(before));
  },
  keptBy: [['customers', 'parent_id'], ['contacts', 'customer_id'], ['addresses', 'customer_id'], ['jobs', 'customer_id'], ['payments', 'customer_id'], ['messages', 'customer_id']],
  takesAlong: [['customer_words', 'customer_id']],
  search: (pattern) => sql`(customers.search_text like ${pattern} escape '\\'
    or exists (select 1 from contacts as c where c.account_id = customers.account_id and c.customer_id = customers.id and c.search_text like ${pattern} escape '\\')
    or exists (select 1 from addresses as a where a.account_id = customers.account_id and a.customer_id = customers.id and a.search_text like ${pattern} escape '\\'))`,
};

async function checkParent(scope: Scope, parentId: string | null, before: Row<'customers'> | undefined): Promise<void> {
  if (parentId !== null) {
    const parent = await referred(scope, 'customers', parentId, '/parentId');
    if (parent.parent_id !== null) throw invalidField('/parentId', 'is a sub-customer itself');
    if (parent.id === before?.id) throw invalidField('/parentId', 'is this very customer');
    if (before && (await scope.from('customers').select('id').where('parent_id', '=', before.id).executeTakeFirst()))
      throw invalidField('/parentId', 'this customer has sub-customers of its own');
  }
  // Its jobs may take place at the old parent's addresses; they would then show what is somebody else's.
  if (before?.parent_id && (await usesOf(scope, before.id, before.parent_id)))
    throw new Problem('conflict', { detail: 'Jobs of this customer use an address or a contact of its parent; change those first.' });
}

async function usesOf(scope: Scope, customerId: string, parentId: string): Promise<boolean> {
  const theirs = (table: 'addresses' | 'contacts') => scope.from(table as 'addresses').select('id').where('customer_id', '=', parentId);
  const job = await scope
    .from('jobs')
    .select('id')
    .where('customer_id', '=', customerId)
    .where((eb) => eb.or([eb('address_id', 'in', theirs('addresses')), eb('contact_id', 'in', theirs('contacts'))]))
    .executeTakeFirst();
  return Boolean(job);
}
