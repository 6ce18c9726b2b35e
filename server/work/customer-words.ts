/**
 * The words that customers are found by, kept beside them in the transaction of whatever changes them. So a search reads an
 * index and no text, and what is typed with a slip is looked up instead of compared.
 */
import type { Scope } from '../database/scope.ts';
import { inList, pieces, slices } from '../platform/lists.ts';
import { canSlip, typosOf, wordsOf } from '../platform/words.ts';
import type { Row } from './kind.ts';

/** Words of one row, and the customer they lead to. */
interface Found {
  customerId: string;
  words: string[];
}

export const wordsOfCustomer = (row: Pick<Row<'customers'>, 'id' | 'number' | 'name' | 'billing_address'>): Found => ({
  customerId: row.id, words: wordsOf({ texts: [row.number, row.name, row.billing_address] }),
});
export const wordsOfContact = (row: Pick<Row<'contacts'>, 'customer_id' | 'name' | 'email' | 'mobile'>): Found => ({
  customerId: row.customer_id, words: wordsOf({ texts: [row.name], emails: [row.email], phones: [row.mobile] }),
});
export const wordsOfAddress = (row: Pick<Row<'addresses'>, 'customer_id' | 'name' | 'line1' | 'line2' | 'city' | 'region' | 'postal_code'>): Found => ({
  customerId: row.customer_id, words: wordsOf({ texts: [row.name, row.line1, row.line2, row.city, row.region, row.postal_code] }),
});

/** Brings the words up to date after one row was made, changed or (`after` absent) deleted. */
export async function settleWords(scope: Scope, after: Found | undefined, before: Found | undefined): Promise<void> {
  const lost = before?.words.filter((word) => after?.customerId !== before.customerId || !after.words.includes(word)) ?? [];
  // A word that one row has lost may still be in another one of this customer.
  if (lost.length) await indexCustomers(scope, [before!.customerId]);
  if (after) await add(scope, after.words.filter((word) => after.customerId !== before?.customerId || !before.words.includes(word)).map((word) => ({ word, customer_id: after.customerId })));
}

/** The customer is gone, and so are its words: those that nobody else has are forgotten. */
export const forgetWords = (scope: Scope, { words }: Found): Promise<void> => forget(scope, words);

/** Compares the words of these customers with everything that is on file of them. */
export async function indexCustomers(scope: Scope, ids: string[]): Promise<void> {
  for (const some of slices(ids)) {
    if (!some.length) continue;
    const within = inList(some);
    const customers = await scope.from('customers').select(['id', 'number', 'name', 'billing_address']).where('id', 'in', within).execute();
    const contacts = await scope.from('contacts').select(['customer_id', 'name', 'email', 'mobile']).where('customer_id', 'in', within).execute();
    const addresses = await scope.from('addresses').select(['customer_id', 'name', 'line1', 'line2', 'city', 'region', 'postal_code']).where('customer_id', 'in', within).execute();
    const wanted = new Map(customers.map((row) => [row.id, new Set<string>()]));
    for (const { customerId, words } of [...customers.map(wordsOfCustomer), ...contacts.map(wordsOfContact), ...addresses.map(wordsOfAddress)])
      for (const word of words) wanted.get(customerId)?.add(word);
    const kept = Map.groupBy(await scope.from('customer_words').select(['word', 'customer_id']).where('customer_id', 'in', within).execute(), (row) => row.customer_id);
    const lost: string[] = [];
    for (const [customerId, words] of wanted) {
      const gone = (kept.get(customerId) ?? []).map((row) => row.word).filter((word) => !words.delete(word));
      for (const each of slices(gone)) await scope.delete('customer_words').where('customer_id', '=', customerId).where('word', 'in', inList(each)).execute();
      lost.push(...gone);
    }
    await add(scope, [...wanted].flatMap(([customer_id, words]) => [...words].map((word) => ({ word, customer_id }))));
    await forget(scope, lost);
  }
}

async function add(scope: Scope, rows: { word: string; customer_id: string }[]): Promise<void> {
  for (const some of pieces(rows)) await scope.insert('customer_words', some).onConflict((conflict) => conflict.doNothing()).execute();
  const words = [...new Set(rows.map((row) => row.word).filter(canSlip))];
  for (const some of slices(words)) {
    // A word that is known stands among its own typos.
    const known = await scope.from('search_typos').select('word').where('typo', 'in', inList(some)).whereRef('typo', '=', 'word').execute();
    const learned = new Set(some).difference(new Set(known.map((row) => row.word)));
    const typos = [...learned].flatMap((word) => typosOf(word).map((typo) => ({ typo, word })));
    for (const each of pieces(typos)) await scope.insert('search_typos', each).onConflict((conflict) => conflict.doNothing()).execute();
  }
}

/** Words that no customer has any more lead nowhere. */
async function forget(scope: Scope, words: string[]): Promise<void> {
  for (const some of slices([...new Set(words)].filter(canSlip))) {
    const kept = await scope.from('customer_words').select('word').distinct().where('word', 'in', inList(some)).execute();
    for (const word of new Set(some).difference(new Set(kept.map((row) => row.word))))
      await scope.delete('search_typos').where('typo', 'in', inList(typosOf(word))).where('word', '=', word).execute();
  }
}
