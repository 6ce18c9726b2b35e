/** What has happened with a customer, newest first: read where each thing is kept, and merged. */
import { sql, type RawBuilder } from 'kysely';
import type { Activity } from '../contract/office.ts';
import type { Scope } from '../database/scope.ts';
import type { Evidence } from '../documents/evidence.ts';
import { fromCursor, PAGE_SIZE, toCursor } from '../platform/paging.ts';
import { notFound } from '../platform/problems.ts';

type Document = NonNullable<Activity['document']>;
/** What one of the sources knows of something that has happened. */
interface Found {
  id: string;
  at: string;
  kind: Activity['kind'];
  who?: string | null;
  detail?: string | null;
  document_kind?: Document['kind'] | null;
  document_id?: string | null;
  amount?: number | null;
  /** Of a decision. */
  evidence?: string | null;
}

/**
 * Each gives columns of `Found`, of this customer alone. A link that only brought a document is told by its notice.
 * `cross join`: SQLite then begins with the customer's documents, instead of with everything that was ever sent or opened.
 */
function sources({ accountId: account }: Scope, mine: string): RawBuilder<Found>[] {
  const contacts = sql`(select c.id from contacts as c where c.account_id = ${account} and c.customer_id = ${mine})`;
  const ofDocument = (table: string, kind: string) => sql`from ${sql.raw(`${kind}s`)} as d cross join ${sql.raw(table)} as x
    where d.account_id = ${account} and d.customer_id = ${mine} and x.account_id = d.account_id and x.document_kind = ${kind} and x.document_id = d.id`;
  const documents = (['estimate', 'invoice'] as const).flatMap((kind): RawBuilder<Found>[] => [
    sql`select x.document_id || ':sent:' || x.version as id, x.created_at as at, 'sent' as kind, ${kind} as document_kind, x.document_id ${ofDocument('document_versions', kind)}`,
    sql`select x.document_id || ':opened:' || x.version || ':' || x.person as id, x.opened_at as at, 'opened' as kind, x.name as who, ${kind} as document_kind, x.document_id ${ofDocument('document_opens', kind)}`,
  ]);
  const signedIn = (whose: RawBuilder<unknown>) => sql<Found>`select s.id, s.created_at as at, 'signedIn' as kind, c.name as who, s.origin as detail from contacts as c inner join sessions as s on s.account_id = c.account_id and ${whose}
    where c.account_id = ${account} and c.customer_id = ${mine} and s.kind = 'customer'`;
  return [
    sql`select id, created_at as at, 'jobMade' as kind, service as detail, 'job' as document_kind, id as document_id, subtotal + tax as amount from jobs where account_id = ${account} and customer_id = ${mine}`,
    ...documents,
    sql`select id, coalesce(sent_at, created_at) as at, case when status = 'failed' then 'noticeFailed' else 'noticeSent' end as kind, to_address as detail, document_kind, document_id from notices
      where account_id = ${account} and contact_id in ${contacts} and status <> 'queued'`,
    sql`select x.id, x.created_at as at, x.kind, 'estimate' as document_kind, x.estimate_id as document_id, x.evidence from estimates as d cross join decisions as x
      where d.account_id = ${account} and d.customer_id = ${mine} and x.account_id = d.account_id and x.estimate_id = d.id`,
    // Wishes that were sent together are one; the first of them has the id of all.
    sql`select x.request_id as id, min(x.created_at) as at, 'changesRequested' as kind, min(x.author) as who, min(case when x.line_id is null then x.body end) as detail, 'estimate' as document_kind, x.estimate_id as document_id
      from estimates as d cross join remarks as x where d.account_id = ${account} and d.customer_id = ${mine} and x.account_id = d.account_id and x.estimate_id = d.id group by x.request_id, x.estimate_id`,
    sql`select id, created_at as at, case when author = 'office' then 'answer' else 'message' end as kind, name as who, body as detail, document_kind, document_id from messages
      where account_id = ${account} and customer_id = ${mine} and event is null`,
    sql`select id, created_at as at, case when amount < 0 then 'refunded' else 'paid' end as kind, reference as detail, case when job_id is null then null else 'job' end as document_kind, job_id as document_id, amount
      from payments where account_id = ${account} and customer_id = ${mine}`,
    sql`select id, created_at as at, 'linkMade' as kind, coalesce(recipient, address) as detail, document_kind, document_id from links
      where account_id = ${account} and contact_id in ${contacts} and (kind = 'access' or (kind = 'document' and (address is null or shared_by is not null)))`,
    signedIn(sql`s.contact_id = c.id`),
    signedIn(sql`s.address = c.email_key`),
    signedIn(sql`s.address = c.mobile`),
  ];
}

/** @throws {Problem} `not_found`. */
export async function listActivity(scope: Scope, customerId: string, { cursor, limit = PAGE_SIZE }: { cursor?: string | undefined; limit?: number | undefined }): Promise<{ items: Activity[]; nextCursor: string | null }> {
  if (!(await scope.from('customers').select('id').where('id', '=', customerId).executeTakeFirst())) throw notFound();
  const [at, id] = cursor === undefined ? [] : fromCursor(cursor, 2);
  const found: Found[] = [];
  for (const source of sources(scope, customerId)) {
    const before = at === undefined ? sql`` : sql`where (at, id) < (${at}, ${id})`;
    found.push(...(await sql<Found>`select * from (${source}) as x ${before} order by at desc, id desc limit ${limit + 1}`.execute(scope.db)).rows);
  }
  // Two contacts may share the address that a session has proved.
  const rows = [...new Map(found.map((row) => [row.id, row])).values()].sort((a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? 1 : -1));
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: await view(scope, items), nextCursor: rows.length > limit && last ? toCursor(last.at, last.id) : null };
}

async function view(scope: Scope, rows: Found[]): Promise<Activity[]> {
  const numbers = new Map<string, { number: string | null; total: number }>();
  for (const kind of ['job', 'estimate', 'invoice'] as const) {
    const ids = [...new Set(rows.flatMap((row) => (row.document_kind === kind && row.document_id ? row.document_id : [])))];
    if (!ids.length) continue;
    const total = kind === 'job' ? sql<number>`subtotal + tax` : sql<number>`total`;
    for (const row of await scope.from(`${kind}s` as 'estimates').select(['id', 'number', total.as('total')]).where('id', 'in', ids).execute()) numbers.set(row.id, row);
  }
  return rows.map((row) => {
    const evidence = row.evidence ? (JSON.parse(row.evidence) as Evidence) : undefined;
    const amount = evidence ? (evidence.decision === 'approved' ? evidence.totals.total : null) : (row.amount ?? (row.kind === 'sent' ? (numbers.get(row.document_id ?? '')?.total ?? null) : null));
    return {
      id: row.id, at: row.at, kind: row.kind, by: row.who ?? evidence?.signer.name ?? null, detail: row.detail ?? evidence?.reason ?? null,
      document: row.document_kind && row.document_id ? { kind: row.document_kind, id: row.document_id, number: numbers.get(row.document_id)?.number ?? null } : null,
      amount: amount === null ? null : { amount, currency: scope.account.currency },
    };
  });
}
