/** What must hold of a database whenever it is looked at, however the process before ended. */
import { sql, type Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** Each selects what breaks the rule. */
const breaches: Record<string, string> = {
  'a sign-in request whose outbox row is missing': `select id from sign_in_requests r where not exists
    (select 1 from outbox o where o.kind = 'signIn' and o.payload = '{"requestId":"' || r.id || '"}')`,
  'an outbox row whose sign-in request is missing': `select id from outbox o where o.kind = 'signIn' and not exists
    (select 1 from sign_in_requests r where o.payload = '{"requestId":"' || r.id || '"}')`,
  'a notice whose outbox row is missing': `select id from notices n where not exists
    (select 1 from outbox o where o.kind = 'notice' and o.payload = '{"noticeId":"' || n.id || '"}')`,
  'an outbox row whose notice is missing': `select id from outbox o where o.kind = 'notice' and not exists
    (select 1 from notices n where o.payload = '{"noticeId":"' || n.id || '"}')`,
  'an answered request without its link': `select r.id from sign_in_requests r
    join outbox o on o.payload = '{"requestId":"' || r.id || '"}' and o.done_at is not null
    where not exists (select 1 from links l where l.account_id = r.account_id and l.request_id = r.id)`,
  'a link without its notice, or with two': `select l.id from links l left join notices n on n.account_id = l.account_id and n.link_id = l.id
    where l.request_id is not null group by l.id having count(n.id) <> 1`,
  'a request with two links': 'select request_id as id from links where request_id is not null group by request_id having count(*) > 1',
  'a job whose total is not the sum of its charges': `select j.id from jobs j
    where j.subtotal <> (select coalesce(sum(c.total), 0) from charges c where c.account_id = j.account_id and c.job_id = j.id)`,
  'a job that is not where its visit is': `select j.id from jobs j join visits v on v.account_id = j.account_id and v.job_id = j.id where j.occurs_at <> v.sort_at`,
  'a key without an answer': `select key as id from idempotency where body = ''`,
  'a key whose effect is missing': `select i.key as id from idempotency i where not exists
    (select 1 from sign_in_requests r where i.body like '{"id":"' || r.id || '"%')`,
  'a request made twice with one key': 'select address as id from sign_in_requests group by address having count(*) > 1',
};

/** The rules that are broken, with examples; nothing when all is well. */
export async function brokenInvariants(db: Kysely<Database>): Promise<string[]> {
  const broken: string[] = [];
  for (const [rule, query] of Object.entries(breaches)) {
    const { rows } = await sql<{ id: string }>`${sql.raw(query)} limit 3`.execute(db);
    if (rows.length > 0) broken.push(`${rule}: ${rows.map((row) => row.id).join(', ')}`);
  }
  return broken;
}
