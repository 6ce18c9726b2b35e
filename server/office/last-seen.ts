/** When somebody used the center as a contact last. A link that was sent on is used by somebody else. */
import { sql } from 'kysely';
import type { Scope } from '../database/scope.ts';

type By = 'contacts.id' | 'contacts.customer_id';

/** Of contacts of these customers, by customer. */
export const seenByCustomer = (scope: Scope, customerIds: string[]): Promise<Map<string, string>> => seen(scope, customerIds, 'contacts.customer_id');

/** Of the contacts of one customer, by contact. */
export const seenByContact = (scope: Scope, customerId: string): Promise<Map<string, string>> => seen(scope, [customerId], 'contacts.id');

/** A session is one contact's, or everybody's with the address that it has proved. */
async function seen(scope: Scope, customerIds: string[], by: By): Promise<Map<string, string>> {
  const ways = [
    sql<boolean>`s.contact_id = contacts.id and not exists (select 1 from links as l where l.account_id = s.account_id and l.id = s.link_id and l.shared_by is not null)`,
    sql<boolean>`s.address = contacts.email_key and s.kind = 'customer'`,
    sql<boolean>`s.address = contacts.mobile and s.kind = 'customer'`,
  ];
  const found = await Promise.all(
    ways.map((whose) =>
      scope
        .from('contacts')
        .innerJoin('sessions as s', (join) => join.onRef('s.account_id', '=', 'contacts.account_id').on(whose))
        .where('contacts.customer_id', 'in', customerIds)
        .select([`${by} as of`, (row) => row.fn.max('s.last_seen_at').as('at')])
        .groupBy(by)
        .execute(),
    ),
  );
  const last = new Map<string, string>();
  for (const { of, at } of found.flat()) if (at > (last.get(of) ?? '')) last.set(of, at);
  return last;
}
