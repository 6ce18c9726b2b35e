/** What the office finds customers by, and the order of its lists. */
import { sql, type Kysely } from 'kysely';
import type { Engine } from '../open.ts';
import { pieces } from '../../platform/lists.ts';
import { canSlip, nameKey, typosOf, wordsOf } from '../../platform/words.ts';
import { addColumns, createIndexes, createTables, within } from './create.ts';

const ofAccount = 'account_id text not null references accounts(id)';
const tables = {
  // Each row is its own key, so there is nothing to keep beside it.
  customer_words: `${ofAccount}, word text not null, customer_id text not null, primary key (account_id, word, customer_id), ${within('customers', 'customer_id')}`,
  search_typos: `${ofAccount}, typo text not null, word text not null, primary key (account_id, typo, word)`,
};

const indexes = [
  'index customer_words_customer on customer_words (account_id, customer_id, word)',
  'index customers_name on customers (account_id, name_key, id)',
  'index jobs_made on jobs (account_id, created_at, id)',
  'index jobs_open on jobs (account_id, created_at, id) where open = 1',
  `index jobs_canceled on jobs (account_id, created_at, id) where status in ('canceled', 'lost')`,
  'index jobs_open_customer on jobs (account_id, customer_id) where open = 1',
  'index estimates_made on estimates (account_id, created_at, id)',
  `index estimates_draft on estimates (account_id, created_at, id) where status = 'draft'`,
  `index estimates_undecided on estimates (account_id, created_at, id) where status in ('sent', 'changesRequested')`,
  'index invoices_made on invoices (account_id, created_at, id)',
  `index invoices_draft on invoices (account_id, created_at, id) where status = 'draft'`,
  `index invoices_unpaid on invoices (account_id, created_at, id) where status = 'sent' and settled < total`,
  // Those there are tell invoices from credits; who looks for a number does not.
  'index invoices_numbered on invoices (account_id, number)',
  'index sessions_contact on sessions (account_id, contact_id) where contact_id is not null',
  'index sessions_address on sessions (account_id, address) where address is not null',
  'index notices_contact on notices (account_id, contact_id) where contact_id is not null',
];

export async function createSearch(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await addColumns(db, engine, { customers: [`name_key text not null default ''`] });
  await createTables(db, engine, tables, 'without rowid');
  await fill(db as Kysely<Tables>);
  await createIndexes(db, indexes);
}

interface Tables {
  customers: { account_id: string; id: string; number: string; name: string; name_key: string; billing_address: string | null };
  contacts: { account_id: string; customer_id: string; name: string; email: string | null; mobile: string | null };
  addresses: { account_id: string; customer_id: string; name: string | null; line1: string; line2: string | null; city: string; region: string; postal_code: string };
  customer_words: { account_id: string; word: string; customer_id: string };
  search_typos: { account_id: string; typo: string; word: string };
}
const AT_ONCE = 500;

/** The customers there are, some at a time: a large office is more than fits into memory. */
async function fill(db: Kysely<Tables>): Promise<void> {
  for (let after: { account_id: string; id: string } | undefined; ; ) {
    let next = db.selectFrom('customers').select(['account_id', 'id', 'number', 'name', 'billing_address']).orderBy('account_id').orderBy('id').limit(AT_ONCE);
    if (after) next = next.where(sql<boolean>`(account_id, id) > (${after.account_id}, ${after.id})`);
    const customers = await next.execute();
    for (const [account, own] of Map.groupBy(customers, (row) => row.account_id)) {
      const ids = own.map((row) => row.id);
      const contacts = Map.groupBy(await db.selectFrom('contacts').selectAll().where('account_id', '=', account).where('customer_id', 'in', ids).execute(), (row) => row.customer_id);
      const addresses = Map.groupBy(await db.selectFrom('addresses').selectAll().where('account_id', '=', account).where('customer_id', 'in', ids).execute(), (row) => row.customer_id);
      const words = own.flatMap((customer) => {
        const [people, places] = [contacts.get(customer.id) ?? [], addresses.get(customer.id) ?? []];
        const texts = [
          customer.number, customer.name, customer.billing_address, ...people.map((row) => row.name),
          ...places.flatMap((row) => [row.name, row.line1, row.line2, row.city, row.region, row.postal_code]),
        ];
        const found = wordsOf({ texts, emails: people.map((row) => row.email), phones: people.map((row) => row.mobile) });
        return found.map((word) => ({ account_id: account, word, customer_id: customer.id }));
      });
      for (const some of pieces(words)) await db.insertInto('customer_words').values(some).execute();
      const typos = [...new Set(words.map((row) => row.word))].filter(canSlip).flatMap((word) => typosOf(word).map((typo) => ({ account_id: account, typo, word })));
      for (const some of pieces(typos)) await db.insertInto('search_typos').values(some).onConflict((conflict) => conflict.doNothing()).execute();
      for (const { id, name } of own) await db.updateTable('customers').set({ name_key: nameKey(name) }).where('account_id', '=', account).where('id', '=', id).execute();
    }
    const last = customers.at(-1);
    if (!last || customers.length < AT_ONCE) return;
    after = last;
  }
}
