/**
 * Which customers a search means. Every word of it must be found: as it is, as the beginning of a word, or with one slip of the
 * finger. The rarest word is looked up in an index, the others only for the customers that have it, so what a search costs
 * does not grow with the office.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Scope } from '../database/scope.ts';
import { invalidField } from '../platform/problems.ts';
import { fromCursor, toCursor } from '../platform/paging.ts';
import { canSlip, isSlip, readingsOf, typosOf } from '../platform/words.ts';

/** So many matches there are at most; whoever gets more goes on typing. */
const MOST = 2000;
/** Of a word that more customers have than this, only so many are looked at. */
const MOST_READ = 5000;
/** Words that one typed word may be a slip of. */
const MOST_SLIPS = 30;
/** A word with a slip stands behind any number of beginnings. */
const SLIP = 10;

interface Term {
  word: string;
  /** Words that it may be a slip of. */
  slips: string[];
}
/** A customer and its place among the matches. */
interface Match {
  id: string;
  name_key: string;
  rank: number;
}
type Page = { ids: string[]; nextCursor: string | null };

/** A page of matches, the best first: exact words, then beginnings, then slips, each by name. @throws {Problem} `invalid_request` for a cursor of something else. */
export async function searchCustomers(scope: Scope, q: string, { cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<Page> {
  const readings = readingsOf(q);
  if (cursor !== undefined) {
    // A list goes on with what its first page began with.
    const { reading, slips, after } = placeOf(cursor);
    const words = readings[reading];
    if (!words) throw invalidField('/cursor', 'not a cursor of this list');
    return pageOf(await matches(scope, await termsOf(scope, words, slips), after, limit + 1), limit, reading, slips);
  }
  for (const [reading, words] of readings.entries()) {
    const plain = words.map((word) => ({ word, slips: [] }));
    const [exact, terms] = await Promise.all([matches(scope, plain, undefined, limit + 1), termsOf(scope, words, true)]);
    // When the words themselves fill the page, nobody meant something else.
    if (exact.length > limit) return pageOf(exact, limit, reading, false);
    const rows = terms.some((term) => term.slips.length) ? await matches(scope, terms, undefined, limit + 1) : exact;
    if (rows.length) return pageOf(rows, limit, reading, true);
  }
  return { ids: [], nextCursor: null };
}

function pageOf(rows: Match[], limit: number, reading: number, slips: boolean): Page {
  const found = rows.slice(0, limit);
  const last = found.at(-1);
  return { ids: found.map((row) => row.id), nextCursor: rows.length > limit && last ? toCursor(`${reading}${slips ? 't' : 's'}${last.rank}`, last.name_key, last.id) : null };
}

function placeOf(cursor: string): { reading: number; slips: boolean; after: Match } {
  const [way, name_key, id] = fromCursor(cursor, 3) as [string, string, string];
  const [, reading, slips, rank] = /^([01])([st])(\d{1,2})$/.exec(way) ?? [];
  if (!rank) throw invalidField('/cursor', 'not a cursor of this list');
  return { reading: Number(reading), slips: slips === 't', after: { rank: Number(rank), name_key, id } };
}

async function termsOf(scope: Scope, words: string[], slips: boolean): Promise<Term[]> {
  const unsure = slips ? words.filter(canSlip) : [];
  const rows = unsure.length
    ? await scope.from('search_typos').select('word').distinct().where('typo', 'in', [...new Set(unsure.flatMap(typosOf))]).orderBy('word').limit(MOST).execute()
    : [];
  return words.map((word) => ({
    word,
    slips: unsure.includes(word) ? rows.map((row) => row.word).filter((other) => !other.startsWith(word) && isSlip(word, other)).slice(0, MOST_SLIPS) : [],
  }));
}

/** Behind every word that begins with this one. */
const endOf = (word: string): string => `${word}\u{10ffff}`;

const isFound = ({ word, slips }: Term): RawBuilder<boolean> =>
  slips.length
    ? sql<boolean>`((w.word >= ${word} and w.word < ${endOf(word)}) or w.word in (${sql.join(slips)}))`
    : sql<boolean>`(w.word >= ${word} and w.word < ${endOf(word)})`;

const rankOf = ({ word, slips }: Term): RawBuilder<number> =>
  sql<number>`min(case when w.word = ${word} then 0 ${slips.length ? sql`when w.word in (${sql.join(slips)}) then cast(${SLIP} as integer)` : sql``} else 1 end)`;

async function matches(scope: Scope, terms: Term[], after: Match | undefined, limit: number): Promise<Match[]> {
  const [rarest, ...others] = await rarestFirst(scope, terms);
  if (!rarest) return [];
  const { accountId } = scope;
  const some = (rank: number, condition: RawBuilder<unknown>) =>
    sql`select * from (select w.customer_id, cast(${rank} as integer) as rank from customer_words as w where w.account_id = ${accountId} and ${condition} limit ${others.length ? MOST_READ : MOST}) as s`;
  const parts = [
    some(0, sql`w.word = ${rarest.word}`),
    some(1, sql`w.word > ${rarest.word} and w.word < ${endOf(rarest.word)}`),
    ...(rarest.slips.length ? [some(SLIP, sql`w.word in (${sql.join(rarest.slips)})`)] : []),
  ];
  const columns = others.map((_, index) => sql.raw(`r${index}`));
  const ranks = others.map((term, index) => sql`, (select ${rankOf(term)} from customer_words as w where w.account_id = ${accountId} and w.customer_id = found.customer_id and ${isFound(term)}) as ${columns[index]}`);
  const rank = sql`cast(${sql.join([sql.raw('rank'), ...columns], sql.raw(' + '))} as integer)`;
  // Materialized: what is asked for each customer is asked once.
  const { rows } = await sql<Match>`
    with found as materialized (select customer_id, min(rank) as rank from (${sql.join(parts, sql` union all `)}) as u group by customer_id),
      ranked as materialized (select customer_id, rank ${sql.join(ranks, sql` `)} from found),
      matched as materialized (select customer_id, ${rank} as rank from ranked ${columns.length ? sql`where ${sql.join(columns.map((column) => sql`${column} is not null`), sql` and `)}` : sql``})
    select customers.id, customers.name_key, matched.rank from matched inner join customers on customers.account_id = ${accountId} and customers.id = matched.customer_id
    ${after ? sql`where (matched.rank, customers.name_key, customers.id) > (${after.rank}, ${after.name_key}, ${after.id})` : sql``}
    order by matched.rank, customers.name_key, customers.id limit ${limit}`.execute(scope.db);
  return rows;
}

/** The word that the fewest customers have comes first. Counting stops where a word is as common as any. */
async function rarestFirst(scope: Scope, terms: Term[]): Promise<Term[]> {
  if (terms.length < 2) return terms;
  const counts = terms.map(
    (term, index) => sql`(select count(*) from (select 1 as one from customer_words as w where w.account_id = ${scope.accountId} and ${isFound(term)} limit ${MOST_READ}) as n) as ${sql.raw(`c${index}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`select ${sql.join(counts)}`.execute(scope.db);
  const order = terms.map((term, index) => ({ term, count: rows[0]![`c${index}`]! }));
  return order.sort((a, b) => a.count - b.count).map((each) => each.term);
}
