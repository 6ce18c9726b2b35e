/**
 * The ceiling: what the page costs without a framework, a query builder or schemas. `node:http`, the driver itself,
 * the app's own queries as prepared statements, the same proof checked by node:crypto, `JSON.stringify`.
 */
import { createHash, createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { startOfToday } from '../../server/work/derive.ts';
import { readArguments, serve } from './served.ts';

type Row = Record<string, string | number | null>;
type Query = (name: keyof typeof statements, ...parameters: (string | number)[]) => Promise<Row[]> | Row[];

const { databaseUrl, publicUrl, jkt, accountId } = readArguments();
const LIMIT = 25;
const jobColumns = 'id, number, service, status, customer_id, address_id, technician, subtotal, tax, paid, created_at, completed_at, occurs_at, waits_for';

/** `?` is a parameter, `??` a JSON list of ids. */
const statements = {
  session: 'select id, kind, contact_id, address, jkt, origin, generation, rotated_at, expires_at, revoked_at from sessions where account_id = ? and id = ?',
  contacts: 'select id, customer_id from contacts where account_id = ? and id = ?',
  below: 'select id from customers where account_id = ? and parent_id = ?',
  waiting: `select ${jobColumns} from jobs where account_id = ? and customer_id = ? and waits_for is not null order by occurs_at desc, id desc limit ${LIMIT + 1}`,
  upcoming: `select ${jobColumns} from jobs where account_id = ? and customer_id = ? and open = 1 and occurs_at >= ? order by occurs_at, id limit ${LIMIT + 1}`,
  past: `select ${jobColumns} from jobs where account_id = ? and customer_id = ? and (open = 0 or occurs_at < ?) order by occurs_at desc, id desc limit ${LIMIT + 1}`,
  customers: 'select id, name from customers where account_id = ? and id in ??',
  visits: 'select id, job_id, starts_at, ends_at, arrival_window_minutes, date, sort_at, technician from visits where account_id = ? and job_id in ?? order by sort_at',
  estimates: `select id, job_id, total from estimates where account_id = ? and job_id in ?? and status = 'sent' order by sent_at`,
  invoices: `select id, job_id, kind, total, settled from invoices where account_id = ? and job_id in ?? and status = 'sent' order by sent_at desc`,
  addresses: 'select id, customer_id, name, line1, line2, city, region, postal_code, country from addresses where account_id = ? and customer_id = ? order by line1, id limit 200',
};

const query = databaseUrl.startsWith('sqlite:') ? sqliteQuery(databaseUrl.slice('sqlite:'.length)) : postgresQuery(databaseUrl);

function sqliteQuery(file: string): Query {
  const sqlite = new Sqlite(file);
  sqlite.pragma('cache_size = -65536');
  const prepared = Object.fromEntries(Object.entries(statements).map(([name, text]) => [name, sqlite.prepare(text.replace('??', '(select value from json_each(?))'))]));
  return (name, ...parameters) => prepared[name]!.all(...parameters) as Row[];
}
function postgresQuery(url: string): Query {
  const pool = new pg.Pool({ connectionString: url, max: 20, types: { getTypeParser: ((oid: number, format?: 'text') => (oid === 20 ? Number : pg.types.getTypeParser(oid, format))) as never } });
  const numbered = (text: string) => {
    let position = 0;
    return text.replace('in ??', '= any (select json_array_elements_text(?::json))').replace(/\?/g, () => `$${++position}`);
  };
  const prepared = Object.fromEntries(Object.entries(statements).map(([name, text]) => [name, numbered(text)]));
  return async (name, ...values) => (await pool.query<Row>({ name, text: prepared[name]!, values })).rows;
}

let key: KeyObject | undefined;
/** Signature and claims of the one key there is; throws on anything else. */
function checkProof(request: IncomingMessage, token: string): void {
  const [head, claims, signature] = String(request.headers['dpop']).split('.') as [string, string, string];
  key ??= createPublicKey({ key: (JSON.parse(Buffer.from(head, 'base64url').toString()) as { jwk: JsonWebKey }).jwk, format: 'jwk' });
  const good = verify('sha256', Buffer.from(`${head}.${claims}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  const { htm, htu, ath } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, string>;
  if (!good || htm !== request.method || htu !== publicUrl + request.url! || ath !== createHash('sha256').update(token).digest('base64url')) throw new Error('proof');
}

const server = createServer((request, response) => {
  page(request).then(
    (body) => response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body),
    (error: Error) => response.writeHead(401, { 'content-length': error.message.length }).end(error.message),
  );
});

async function page(request: IncomingMessage): Promise<string> {
  const token = request.headers.authorization!.slice('DPoP '.length);
  checkProof(request, token);
  const [session] = await query('session', accountId, token.split('.')[0]!);
  if (!session || session['jkt'] !== jkt || session['revoked_at'] || String(session['expires_at']) < new Date().toISOString()) throw new Error('session');
  const [contact] = await query('contacts', accountId, session['contact_id']!);
  const customerId = contact!['customer_id'] as string;
  await query('below', accountId, customerId);
  const day = today();
  const [addresses, ...lists] = await Promise.all([
    query('addresses', accountId, customerId), query('waiting', accountId, customerId), query('upcoming', accountId, customerId, day), query('past', accountId, customerId, day),
  ]);
  const kept = lists.map((rows) => rows.slice(0, LIMIT));
  const rows = kept.flat();
  const idsOf = (column: string) => JSON.stringify([...new Set(rows.map((row) => row[column]).filter(Boolean))]);
  const asking = JSON.stringify(rows.filter((row) => row['waits_for'] === 'estimate').map((row) => row['id']!));
  const [customers, visits, estimates, invoices] = await Promise.all([
    query('customers', accountId, idsOf('customer_id')), query('visits', accountId, idsOf('id')), query('estimates', accountId, asking), query('invoices', accountId, idsOf('id')),
  ]);
  const documents = documentsOf(estimates, invoices);
  const nameOf = new Map(customers.map((row) => [row['id'], row['name']]));
  const lineOf = new Map(addresses.map((row) => [row['id'], row['line2'] ? `${row['line1']}, ${row['line2']}` : row['line1']]));
  const visitsOf = Map.groupBy(visits, (row) => row['job_id']);
  const views = lists.map((list, index) => {
    const last = kept[index]!.at(-1);
    return {
      items: kept[index]!.map((row) => jobView(row, nameOf, lineOf, visitsOf.get(row['id']!) ?? [], day, documents)),
      nextCursor: list.length > LIMIT ? Buffer.from(JSON.stringify([last!['occurs_at'], last!['id']])).toString('base64url') : null,
    };
  });
  return JSON.stringify({
    waiting: views[0], upcoming: views[1], past: views[2],
    addresses: addresses.map((row) => ({
      id: row['id'], name: row['name'], line1: row['line1'], line2: row['line2'], city: row['city'], region: row['region'], postalCode: row['postal_code'],
      country: row['country'], customerId: row['customer_id'],
    })),
  });
}

interface Asked {
  kind: string;
  id: unknown;
  amount: { amount: number; currency: string };
}
/** What each job's documents ask for: by job, the estimate or invoice that waits, and what is due of its invoices. */
function documentsOf(estimates: Row[], invoices: Row[]) {
  const asked = { estimate: new Map<unknown, Asked>(), payment: new Map<unknown, Asked>() };
  const due = new Map<unknown, number>();
  const money = (amount: number) => ({ amount, currency: 'USD' });
  for (const row of estimates) asked.estimate.set(row['job_id'], { kind: 'estimate', id: row['id'], amount: money(Number(row['total'])) });
  for (const row of invoices) {
    const open = Number(row['total']) - Number(row['settled']);
    if (open > 0) asked.payment.set(row['job_id'], { kind: 'invoice', id: row['id'], amount: money(open) });
    if (row['kind'] !== 'credit') due.set(row['job_id'], (due.get(row['job_id']) ?? 0) + open);
  }
  return { asked, due };
}

type Names = Map<unknown, unknown>;
function jobView(row: Row, nameOf: Names, lineOf: Names, visits: Row[], day: string, { asked, due }: ReturnType<typeof documentsOf>) {
  const visit = visits.find((each) => String(each['sort_at']) >= day) ?? visits.at(-1);
  const total = Number(row['subtotal']) + Number(row['tax']);
  const money = (amount: number) => (total === 0 ? null : { amount, currency: 'USD' });
  return {
    id: row['id'], number: row['number'], service: row['service'], status: row['status'], customerId: row['customer_id'], customerName: nameOf.get(row['customer_id']),
    address: lineOf.get(row['address_id']) ?? null,
    visit: visit
      ? { id: visit['id'], startsAt: visit['starts_at'], endsAt: visit['ends_at'], arrivalWindowMinutes: visit['arrival_window_minutes'], date: visit['date'], technician: visit['technician'] }
      : null,
    occurredAt: row['occurs_at'], technician: visit?.['technician'] ?? row['technician'], total: money(total), balance: money(total - Number(row['paid'])),
    due: due.has(row['id']) ? { amount: due.get(row['id']), currency: 'USD' } : null, waitsFor: row['waits_for'],
    waitsDocument: (row['waits_for'] && asked[row['waits_for'] as 'payment'].get(row['id'])) || null,
  };
}

let known = { until: 0, day: '' };
function today(): string {
  if (known.until < Date.now()) known = { until: Date.now() + 1000, day: startOfToday('America/New_York') };
  return known.day;
}

server.listen(0, '127.0.0.1', () => serve(server, async () => void server.close()));
