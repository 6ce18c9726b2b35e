/** What the import's tests share: exports made up on the spot, runs of the import, and everything that is in a database. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Scope } from '../database/scope.ts';
import { openKickserv } from './kickserv/export.ts';
import { silent } from './progress.ts';
import { Report } from './report.ts';
import { runImport } from './run.ts';

export const sampleFolder = fileURLToPath(new URL('../../examples/kickserv-sample', import.meta.url));

export const newFolder = (): { path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'customer-center-import-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

export type Row = Record<string, unknown>;

/** A field of an export: an absent one stays away, null is nil. */
export type Values = Record<string, string | number | boolean | null>;

const escaped = (value: unknown): string =>
  String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Records as v1 XML. */
export function asXml(element: string, records: Values[]): string {
  const fields = (record: Values) =>
    Object.entries(record)
      .map(([name, value]) => (value === null ? `<${name.replace(/_/g, '-')} nil="true"/>` : `<${name.replace(/_/g, '-')}>${escaped(value)}</${name.replace(/_/g, '-')}>`))
      .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${element}s type="array">${records.map((record) => `\n<${element}>${fields(record)}</${element}>`).join('')}\n</${element}s>\n`;
}

export interface MadeUp {
  customers?: Values[];
  jobs?: Values[];
  job_charges?: Values[];
  payments?: Values[];
}

/** Writes an export; customers and jobs as XML, charges and payments as JSON, like the real ones. */
export function writeExport(folder: string, { customers, jobs, job_charges, payments }: MadeUp): void {
  if (customers) writeFileSync(join(folder, 'customers.xml'), asXml('customer', customers));
  if (jobs) writeFileSync(join(folder, 'jobs.xml'), asXml('job', jobs));
  if (job_charges) writeFileSync(join(folder, 'job_charges.json'), JSON.stringify(job_charges));
  if (payments) writeFileSync(join(folder, 'payments.json'), JSON.stringify(payments));
}

/** Records as Kickserv exports them, with what matters to a test. */
export const customer = (id: number, more: Values = {}): Values => ({ id, customer_number: id, name: `Customer ${id}`, service_address: `${id} Main St`, service_city: 'Town', mobile: '404-555-0142', created_at: '2025-01-01T10:00:00-05:00', ...more });
export const job = (id: number, customer_id: number, more: Values = {}): Values => ({ id, customer_id, job_number: 900 + id, name: 'Service', status: 'scheduled', subtotal: '0', tax: '0', total: '0', balance_remaining: null, created_at: '2025-01-01T10:00:00-05:00', ...more });
export const charge = (id: number, job_id: number, total: string, more: Values = {}): Values => ({ id, job_id, description: 'Labor', quantity: '1.0', price_per_unit: total, discount: '0.0', total, ...more });
export const payment = (id: number, job_id: number, amount: string): Values => ({ id, job_id, date: '2025-03-01', payment_type: 'Cash', amount });

/** Imports a folder into an account, in this process. */
export async function importFolder(scope: Scope, folder: string, more: { dryRun?: boolean; desk?: Scope; rejects?: string } = {}): Promise<Report> {
  const { country, currency, time_zone: timeZone } = scope.account;
  const report = new Report(more.rejects ?? null);
  const source = await openKickserv(folder, { country, currency, timeZone });
  try {
    await runImport(source, { target: scope, desk: more.desk ?? scope, dryRun: more.dryRun ?? false, report, progress: silent });
  } finally {
    report.close();
  }
  return report;
}

/** The row that an import has made of a record. */
export const find = (rows: Row[], kind: string, id: number): Row => rows.find((row) => row['external_id'] === `kickserv:${kind}:${id}`)!;

/** How often each reason was given, by kind and outcome. */
export const reasons = (report: Report): Record<string, number> =>
  Object.fromEntries([...report.causes.values()].map(({ outcome, kind, reason, count }) => [`${outcome} ${kind}: ${reason}`, count]));

const dumped = [
  'customers', 'contacts', 'addresses', 'jobs', 'visits', 'charges', 'payments', 'notes', 'estimates', 'invoices', 'document_versions', 'invoice_charges', 'allocations',
  'decisions', 'messages', 'imported_documents', 'import_staged', 'import_applied', 'counters', 'notices', 'outbox', 'links', 'inbox_items', 'customer_words', 'search_typos',
] as const;

/** Every row that an import could have written, in one order. */
export async function dump(scope: Scope): Promise<Record<(typeof dumped)[number], Row[]>> {
  const tables = {} as Record<(typeof dumped)[number], Row[]>;
  for (const table of dumped) {
    const rows = await sql<Row>`select * from ${sql.table(table)} where account_id = ${scope.accountId}`.execute(scope.db);
    tables[table] = rows.rows.map((row) => ({ ...row })).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return tables;
}

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));

/** The command as somebody types it, in a process of its own. */
export function startCommand(args: string[], url: string, cwd: string, options: string[] = []) {
  const child = spawn(process.execPath, [...options, cli, ...args], { cwd, env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output, errors }));
  return { child, ended };
}

/** A large export: `megabytes` of jobs.xml, with customers and charges to match. */
export async function writeLargeExport(folder: string, megabytes: number): Promise<{ customers: number; jobs: number; charges: number }> {
  const terms = 'Payment is due upon receipt. There is a monthly fee for past due invoices. '.repeat(12);
  const jobs = createWriteStream(join(folder, 'jobs.xml'));
  const charges = createWriteStream(join(folder, 'job_charges.json'));
  const put = async (stream: typeof jobs, text: string) => void (stream.write(text) || (await once(stream, 'drain')));
  await put(jobs, '<?xml version="1.0" encoding="UTF-8"?>\n<jobs type="array">\n');
  await put(charges, '[');
  let [written, count] = [0, 0];
  while (written < megabytes * 1e6) {
    count += 1;
    const customer = 1 + Math.floor(count / 10);
    const day = `2025-${String(1 + (count % 12)).padStart(2, '0')}-${String(1 + (count % 28)).padStart(2, '0')}`;
    const record = asXml('job', [{
      id: count, customer_id: customer, job_number: count, created_at: `${day}T09:00:00-05:00`, name: 'Annual maintenance', status: 'complete',
      scheduled_on: `${day}T10:00:00-05:00`, ends_at: `${day}T12:00:00-05:00`, completed_on: `${day}T12:30:00-05:00`, subtotal: '25.50', tax: '1.50',
      total: '27.00', balance_remaining: '27.00', invoice_terms: terms, estimate_terms: terms, description: 'boiler in the garage', detailed_invoice: true,
      invoice_date: `${day}T13:00:00-05:00`, po_number: null, custom_text1: 'x'.repeat(200), deleted_at: null,
    }]).split('\n').slice(2, -2).join('\n');
    await put(jobs, `${record}\n`);
    await put(charges, `${count > 1 ? ',' : ''}\n${JSON.stringify({ id: count, job_id: count, description: 'Labor', details: 'One hour', quantity: '1.0', price_per_unit: '25.5', discount: '0.0', total: '25.5', sort_order: null, deleted_at: null, created_on: `${day}T09:00:00-05:00` })}`);
    written += record.length + 1;
  }
  await put(jobs, '</jobs>\n');
  await put(charges, '\n]\n');
  for (const stream of [jobs, charges]) await new Promise<void>((resolve) => stream.end(resolve));
  const customers = 1 + Math.floor(count / 10);
  writeFileSync(join(folder, 'customers.xml'), asXml('customer', Array.from({ length: customers }, (_, index) => ({ id: index + 1, customer_number: index + 1, name: `Customer ${index + 1}`, email_address: `customer${index + 1}@example.com`, mobile: '+14045550142' }))));
  return { customers, jobs: count, charges: count };
}
