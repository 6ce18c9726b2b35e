/** What SQLite's planner is told of an office, because it looks by itself only when it is asked, and then at what there happens to be. */
import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Rows of a large office in one table, and in a part of one that an index is made for. */
const [ALL, PART] = [200_000, 20_000];
/** Rows that one more column of an index leaves: of one customer or job some, of one of its things hardly more than one. */
const LEFT = [20, 5, 1];

/**
 * Untold, SQLite takes the rows of one account for ten. It then reads a whole account in the order of a list, to find what one
 * customer has, and so much the longer the larger the office is. The figures are written by hand, so that plans are the same
 * in every installation and on every day.
 */
export async function tellPlanner(db: Kysely<Database>): Promise<void> {
  const { rows: indexes } = await sql<{ tbl: string; idx: string; single: 0 | 1; partial: 0 | 1; columns: number }>`
    select tables.name as tbl, indexes.name as idx, indexes."unique" as single, indexes.partial, (select count(*) from pragma_index_info(indexes.name)) as columns
    from sqlite_schema as tables join pragma_index_list(tables.name) as indexes
    where tables.type = 'table' and exists (select 1 from pragma_index_info(indexes.name) where seqno = 0 and name = 'account_id') order by indexes.name`.execute(db);
  const told = indexes.map(({ tbl, idx, single, partial, columns }) => {
    const rows = partial ? PART : ALL;
    const left = Array.from({ length: columns }, (_, at) => (at === 0 ? rows : single && at === columns - 1 ? 1 : (LEFT[at - 1] ?? 1)));
    return { tbl, idx, stat: [rows, ...left].join(' ') };
  });
  const { rows: there } = await sql`select name from sqlite_schema where name = 'sqlite_stat1'`.execute(db);
  const { rows: known } = there.length ? await sql`select tbl, idx, stat from sqlite_stat1 order by idx`.execute(db) : { rows: [] };
  if (JSON.stringify(known) === JSON.stringify(told)) return;
  // Makes the table of figures, if there is none; of its own table it counts nothing.
  await sql`analyze sqlite_schema`.execute(db);
  await db.transaction().execute(async (trx) => {
    await sql`delete from sqlite_stat1`.execute(trx);
    for (const { tbl, idx, stat } of told) await sql`insert into sqlite_stat1 (tbl, idx, stat) values (${tbl}, ${idx}, ${stat})`.execute(trx);
  });
  // They are read again.
  await sql`analyze sqlite_schema`.execute(db);
}
