/** Service addresses: where a customer's jobs take place. */
import { sql } from 'kysely';
import type { Scope } from '../database/scope.ts';
import { Problem } from '../platform/problems.ts';
import { searchable } from '../platform/text.ts';
import { settleWords, wordsOfAddress } from './customer-words.ts';
import { referred, type RecordKind } from './kind.ts';

export const addresses: RecordKind<'addresses'> = {
  name: 'addresses',
  prefix: 'address',
  fieldsOf: (row) => ({
    customerId: row.customer_id, name: row.name, line1: row.line1, line2: row.line2, city: row.city, region: row.region,
    postalCode: row.postal_code, country: row.country,
  }),
  async columnsOf(scope, fields, before) {
    await referred(scope, 'customers', fields.customerId, '/customerId');
    if (before && before.customer_id !== fields.customerId) await checkMove(scope, 'address_id', before.id);
    const { name, line1, line2, city, region, postalCode } = fields;
    return {
      customer_id: fields.customerId, name, line1, line2, city, region, postal_code: postalCode, country: fields.country,
      search_text: searchable(name, line1, line2, city, region, postalCode),
    };
  },
  settle: (scope, after, before) => settleWords(scope, after && wordsOfAddress(after), before && wordsOfAddress(before)),
  keptBy: [['jobs', 'address_id']],
  search: (pattern) => sql`addresses.search_text like ${pattern} escape '\\'`,
};

/** A job's address and contact are its own customer's: none may move away under it. */
export async function checkMove(scope: Scope, column: 'address_id' | 'contact_id', id: string): Promise<void> {
  if (await scope.from('jobs').select('id').where(column, '=', id).executeTakeFirst())
    throw new Problem('conflict', { detail: 'Jobs refer to it; it cannot move to another customer.' });
}
