import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makeLink } from '../access/links.ts';
import type { Scope } from '../database/scope.ts';
import { newToken } from '../platform/secrets.ts';
import { makeAccount, openTestDatabase, type TestDatabase } from '../testing.ts';
import { asXml, charge, customer, dump, find, importFolder, job, newFolder, payment, reasons, sampleFolder, writeExport, type Row } from './testing.ts';

let database: TestDatabase;
let accounts = 0;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

const newAccount = (): Promise<Scope> => makeAccount(database, `import-${(accounts += 1)}`);

describe('the sample', () => {
  let scope: Scope;
  let tables: Awaited<ReturnType<typeof dump>>;
  let counted: Record<string, number>;
  before(async () => {
    scope = await newAccount();
    counted = reasons(await importFolder(scope, sampleFolder));
    tables = await dump(scope);
  });

  test('customers have their contact, address and place in the family', () => {
    assert.equal(tables.customers.length, 8);
    const lodge = find(tables.customers, 'customer', 7101);
    assert.deepEqual([lodge['name'], lodge['company'], lodge['number'], lodge['billing_address']], ['Tamarack Lodge & Cabins', 1, '2', 'PO Box 9\nCannon Beach, OR 97110']);
    assert.deepEqual([7102, 7103].map((id) => find(tables.customers, 'customer', id)['parent_id']), [lodge['id'], lodge['id']]);
    assert.equal(find(tables.customers, 'customer', 7108)['parent_id'], null);
    const odile = find(tables.contacts, 'contact', 7100);
    assert.deepEqual([odile['name'], odile['email'], odile['mobile'], odile['notify_by_sms']], ['Odile Brandt', 'odile@example.com', '+15035550110', 1]);
    assert.deepEqual([7104, 7105, 7107].map((id) => find(tables.contacts, 'contact', id)['mobile']), [null, '+15035550145', null]);
    assert.deepEqual([7104, 7105].map((id) => find(tables.contacts, 'contact', id)).map((row) => [row['notify_by_email'], row['notify_by_sms']]), [[0, 0], [1, 0]]);
    const { line1, line2, city } = find(tables.addresses, 'address', 7102);
    assert.deepEqual([line1, line2, city], ['7 Fir Spur', 'behind the boathouse', 'Cannon Beach']);
    assert.equal(find(tables.customers, 'customer', 7100)['created_at'], '2021-03-02T17:15:00.000Z');
  });

  test('jobs carry what the records say', () => {
    assert.equal(tables.jobs.length, 12);
    const gutters = find(tables.jobs, 'job', 8200);
    assert.deepEqual(
      [gutters['number'], gutters['subtotal'], gutters['tax'], gutters['paid'], gutters['open'], gutters['waits_for'], gutters['occurs_at'], gutters['invoiced_on']],
      ['1040', 24000, 0, 24000, 0, null, '2024-04-10T16:00:00.000Z', '2024-04-10'],
    );
    const skylight = find(tables.jobs, 'job', 8202);
    assert.deepEqual([skylight['waits_for'], skylight['open'], skylight['estimate_sent_on'], skylight['tax']], ['estimate', 1, '2026-11-11', 12705]);
    const service = find(tables.jobs, 'job', 8203);
    assert.deepEqual([service['po_number'], service['presentation'], service['waits_for'], service['paid']], ['TL-2209', 'summary', 'payment', 50000]);
    assert.match(String(service['search_text']), /1043 service tl-2209/);
    assert.equal(find(tables.jobs, 'job', 8206)['number'], '1045-2');
  });

  test('visits are moments, or days where only a day was meant', () => {
    const times = [8200, 8201, 8204].map((id) => find(tables.visits, 'visit', id)).map((visit) => [visit['starts_at'], visit['ends_at'], visit['date']]);
    assert.deepEqual(times, [['2024-04-10T16:00:00.000Z', '2024-04-10T18:30:00.000Z', null], [null, null, '2026-12-14'], [null, null, '2025-12-02']]);
  });

  test('charges and payments are exact, and make the subtotals and balances that the source says', () => {
    const valve = tables.charges.find((row) => row['description'] === 'Parts:Valve 3/4"')!;
    assert.deepEqual([valve['quantity'], valve['unit_price'], valve['total'], valve['position']], [3333, 6601, 22000, 1]);
    const adjusted = find(tables.charges, 'adjustment', 8204);
    assert.deepEqual([adjusted['description'], adjusted['total'], find(tables.jobs, 'job', 8204)['subtotal']], ['Adjustment', 3000, 18000]);
    const methods = [...tables.payments].sort((a, b) => (String(a['external_id']) < String(b['external_id']) ? -1 : 1)).map((row) => [row['method'], row['amount'], row['reference']]);
    assert.deepEqual(methods, [
      ['check', 24000, '2207'], ['cardOnline', 50000, 'ch_sample9701'], ['cash', 30000, null], ['other', 2000, 'from the spring raffle'], ['cash', -1000, 'given back'],
      ['cash', 8500, null],
    ]);
    for (const row of tables.imported_documents) {
      const job = tables.jobs.find((each) => each['id'] === row['job_id'])!;
      const said = JSON.parse(String(row['data'])) as Record<string, string>;
      assert.equal(Number(job['subtotal']) + Number(job['tax']), Math.round(Number(said['total']) * 100));
    }
  });

  test('what the records say about documents is kept word for word', () => {
    const row = tables.imported_documents.find((each) => each['job_id'] === find(tables.jobs, 'job', 8202)['id'])!;
    const said = JSON.parse(String(row['data'])) as Record<string, string | null>;
    assert.deepEqual([said['estimate_terms'], said['total'], said['won_date'], said['po_number']], ['Price good for 30 days.\n\nHalf in advance.', '2437.05', null, '']);
    assert.ok(!Object.keys(said).some((name) => name.startsWith('custom')));
  });

  test('every skipped and mended record has its reason', () => {
    assert.deepEqual(counted, {
      'skipped customer: it is deleted in Kickserv': 1,
      'skipped job: it is deleted in Kickserv': 1,
      'skipped job: it has no id': 1,
      'skipped job: its amount is not a number': 1,
      'skipped job: a date is not a date': 1,
      'skipped job: its customer is neither in the export nor here': 1,
      'skipped charge: it is deleted in Kickserv': 1,
      'skipped charge: its amount is not a number': 1,
      'skipped charge: its job is neither in the export nor here': 2,
      'skipped payment: its money did not arrive': 1,
      'skipped payment: its amount is zero': 1,
      'skipped payment: a date is not a date': 1,
      'skipped payment: its job is neither in the export nor here': 1,
      'mended customer: its phone number is not a complete number; kept without': 1,
      'mended customer: its mobile number is not a complete number; the phone number is kept': 1,
      'mended customer: its e-mail address is not one; kept without': 1,
      'mended customer: it has several e-mail addresses; the first is kept': 1,
      'mended customer: it is a sub-customer of a sub-customer; put directly under the first': 1,
      'mended customer: its parent is neither in the export nor here; imported as a customer of its own': 1,
      'mended job: its visit ends before it starts; kept without an end': 1,
      'mended job: its status is not known; taken as scheduled from its dates': 1,
      'mended job: its charges do not add up to its subtotal; a line “Adjustment” makes up for it': 1,
      'mended job: its number is taken by another; given one beside it': 1,
      'mended charge: its amount had too many decimals and was rounded': 1,
      'mended charge: it has no description; its details stand in its place': 1,
      'noted job: its balance is not its total less its payments': 1,
      'noted job: its total is negative; it becomes a credit': 1,
      'noted job: its total is negative; it stays a job without documents': 1,
      'noted payment: it is negative; kept as money given back': 1,
    });
  });

  test('numbers go on above the imported ones', () => {
    assert.deepEqual(tables.counters.map((row) => [row['kind'], row['value']]).sort(), [['credit', 1045], ['customer', 8], ['estimate', 1045], ['invoice', 1054], ['job', 1054]]);
  });

  test('nothing is left in the staging, and nobody is told', () => {
    for (const table of ['import_staged', 'outbox', 'notices', 'links', 'inbox_items', 'messages', 'decisions'] as const) assert.deepEqual(tables[table], [], table);
  });

  test('a second run changes nothing at all', async () => {
    const report = await importFolder(scope, sampleFolder);
    assert.deepEqual(await dump(scope), tables);
    assert.deepEqual([report.of('job', 'unchanged'), report.of('estimate', 'unchanged'), report.of('invoice', 'unchanged'), report.of('credit', 'unchanged')], [12, 3, 5, 1]);
    assert.ok(![...report.counts.keys()].some((key) => !key.endsWith('unchanged')));
  });
});

test('customers and jobs as JSON, and charges and payments as XML, import alike', async () => {
  const [one, other] = [await newAccount(), await newAccount()];
  const [first, second] = [newFolder(), newFolder()];
  writeExport(first.path, small());
  const made = small();
  writeFileSync(join(second.path, 'customers.json'), JSON.stringify({ customers: made.customers }));
  writeFileSync(join(second.path, 'jobs.json'), `\ufeff${JSON.stringify(made.jobs)}`);
  writeFileSync(join(second.path, 'job-charges.xml'), asXml('job-charge', made.job_charges));
  writeFileSync(join(second.path, 'payments.xml'), asXml('payment', made.payments));
  await importFolder(one, first.path);
  await importFolder(other, second.path);
  const hashes = async (scope: Scope) => (await dump(scope)).import_applied.map(({ kind, source_id, hash }) => [kind, source_id, hash].join()).sort();
  assert.deepEqual(await hashes(one), await hashes(other));
  first.remove();
  second.remove();
});

describe('a later export', () => {
  test('updates what has changed and nothing else; edits made here stay', async () => {
    const scope = await newAccount();
    const { path, remove } = newFolder();
    const made = small();
    writeExport(path, made);
    await importFolder(scope, path);
    await scope.update('customers').set({ name: 'Edited here' }).where('external_id', '=', 'kickserv:customer:1').execute();
    await scope.update('contacts').set({ mobile: '+14045550199' }).where('external_id', '=', 'kickserv:contact:1').execute();
    await scope.update('charges').set({ description: 'Edited here' }).where('external_id', '=', 'kickserv:charge:100').execute();
    const before = await dump(scope);

    made.customers[0]!['service_city'] = 'Elsewhere';
    made.jobs[1]!['status'] = 'complete';
    Object.assign(made.job_charges[1]!, { total: '31.00', price_per_unit: '31.00' });
    Object.assign(made.jobs[1]!, { subtotal: '31.00', total: '31.00', balance_remaining: '21.00', updated_at: '2026-02-02T00:00:00Z' });
    writeExport(path, made);
    const report = await importFolder(scope, path);
    const after = await dump(scope);

    const changed = (table: keyof typeof after) => after[table].filter((row) => !before[table].some((old) => JSON.stringify(old) === JSON.stringify(row))).map((row) => row['external_id']);
    assert.deepEqual(changed('customers'), []);
    assert.deepEqual(changed('contacts'), []);
    assert.deepEqual(changed('addresses'), ['kickserv:address:1']);
    assert.deepEqual(changed('jobs'), ['kickserv:job:11']);
    assert.deepEqual(changed('charges'), ['kickserv:charge:101']);
    assert.deepEqual(changed('payments'), []);
    assert.deepEqual([report.of('address', 'updated'), report.of('job', 'updated'), report.of('charge', 'updated'), report.of('charge', 'unchanged')], [1, 1, 1, 1]);
    const job = find(after.jobs, 'job', 11);
    assert.deepEqual([job['subtotal'], job['paid'], job['open']], [3100, 1000, 0]);
    remove();
  });

  test('takes away lines that the source has deleted since, and visits that are no more', async () => {
    const scope = await newAccount();
    const { path, remove } = newFolder();
    const made = small();
    writeExport(path, made);
    await importFolder(scope, path);
    made.job_charges[1]!['deleted_at'] = '2026-02-02T00:00:00Z';
    Object.assign(made.jobs[1]!, { subtotal: '0', total: '0', scheduled_on: null });
    made.payments[0]!['deleted_at'] = '2026-02-02T00:00:00Z';
    writeExport(path, made);
    const report = await importFolder(scope, path);
    const { jobs, charges, payments, visits } = await dump(scope);
    assert.deepEqual([charges.length, payments.length, visits.length], [1, 0, 0]);
    assert.deepEqual([report.of('charge', 'removed'), report.of('payment', 'removed'), report.of('visit', 'removed')], [1, 1, 1]);
    assert.deepEqual([find(jobs, 'job', 11)['subtotal'], find(jobs, 'job', 11)['paid']], [0, 0]);
    remove();
  });

  test('ends links that went to an address a contact no longer has', async () => {
    const scope = await newAccount();
    const { path, remove } = newFolder();
    const made = { customers: [customer(1, { email_address: 'old@example.com' }), customer(2, { email_address: 'stays@example.com' })] };
    writeExport(path, made);
    await importFolder(scope, path);
    const { contacts } = await dump(scope);
    const [one, two] = [1, 2].map((id) => String(find(contacts, 'contact', id)['id']));
    const sent = { toOld: await link(scope, one!, 'old@example.com'), toMobile: await link(scope, one!, '+14045550142'), toOther: await link(scope, two!, 'stays@example.com') };
    Object.assign(made.customers[0]!, { email_address: 'new@example.com' });
    made.customers[1]!['name'] = 'Other name';
    writeExport(path, made);
    await importFolder(scope, path);
    assert.equal(find((await dump(scope)).contacts, 'contact', 1)['email'], 'new@example.com');
    assert.deepEqual(await ended(scope), [sent.toOld]);
    Object.assign(made.customers[0]!, { mobile: null });
    writeExport(path, made);
    await importFolder(scope, path);
    assert.deepEqual(await ended(scope), [sent.toOld, sent.toMobile].sort());
    remove();
  });

  test('moves a charge and a payment to another job, and both jobs add up', async () => {
    const scope = await newAccount();
    const { path, remove } = newFolder();
    const made = small();
    writeExport(path, made);
    await importFolder(scope, path);
    const sums = async () => {
      const { jobs, charges, payments } = await dump(scope);
      for (const id of [10, 11]) {
        const job = find(jobs, 'job', id);
        const of = (rows: Row[], column: string) => rows.filter((row) => row['job_id'] === job['id']).reduce((sum, row) => sum + Number(row[column]), 0);
        assert.deepEqual([job['subtotal'], job['paid']], [of(charges, 'total'), of(payments, 'amount')], `job ${id}`);
      }
    };
    await sums();
    made.job_charges[1]!['job_id'] = 10;
    made.payments[0]!['job_id'] = 10;
    writeExport(path, made);
    await importFolder(scope, path);
    await sums();
    remove();
  });

  test('moves a job to another customer with its payments, and ends the links to it', async () => {
    const scope = await newAccount();
    const { path, remove } = newFolder();
    const made = small();
    writeExport(path, made);
    await importFolder(scope, path);
    const before = await dump(scope);
    const [moved, stays] = [11, 10].map((id) => String(find(before.jobs, 'job', id)['id']));
    const contact = String(find(before.contacts, 'contact', 1)['id']);
    const [opened] = [await link(scope, contact, 'a@example.com', moved), await link(scope, contact, 'a@example.com', stays)];
    made.jobs[1]!['customer_id'] = 2;
    made.jobs[0]!['name'] = 'Another service';
    writeExport(path, made);
    await importFolder(scope, path);
    const { customers, jobs, payments } = await dump(scope);
    const second = find(customers, 'customer', 2)['id'];
    assert.deepEqual([find(jobs, 'job', 11)['customer_id'], find(payments, 'payment', 200)['customer_id']], [second, second]);
    assert.deepEqual(await ended(scope), [opened]);
    remove();
  });

  test('may hold only some of the files: the rest is found here', async () => {
    const scope = await newAccount();
    const [all, some] = [newFolder(), newFolder()];
    const made = small();
    writeExport(all.path, made);
    await importFolder(scope, all.path);
    writeExport(some.path, { jobs: [job(12, 1, { job_number: 902 })] });
    await importFolder(scope, some.path);
    writeExport(some.path, { jobs: [], payments: [payment(201, 12, '5.00')] });
    await importFolder(scope, some.path);
    const { jobs, payments } = await dump(scope);
    assert.equal(find(jobs, 'job', 12)['customer_id'], find(jobs, 'job', 11)['customer_id']);
    assert.deepEqual([find(jobs, 'job', 12)['paid'], payments.length], [500, 2]);
    all.remove();
    some.remove();
  });

  test('does not bring back what was deleted here', async () => {
    const scope = await newAccount();
    const { path, remove } = newFolder();
    writeExport(path, small());
    await importFolder(scope, path);
    for (const table of ['allocations', 'charges', 'visits', 'payments', 'imported_documents', 'jobs'] as const) await scope.delete(table).execute();
    const before = await dump(scope);
    const report = await importFolder(scope, path);
    assert.deepEqual(await dump(scope), before);
    assert.equal(reasons(report)['skipped job: it was deleted here after an earlier import; it stays deleted'], 2);
    remove();
  });
});

test('a dry run writes nothing and foretells what the import then does', async () => {
  const [scope, desk] = [await newAccount(), await openTestDatabase()];
  const before = await dump(scope);
  const foretold = await importFolder(scope, sampleFolder, { dryRun: true, desk: await makeAccount(desk, 'desk', { id: scope.accountId }) });
  assert.deepEqual(await dump(scope), before);
  const done = await importFolder(scope, sampleFolder);
  assert.deepEqual([foretold.counts, reasons(foretold)], [done.counts, reasons(done)]);
  await desk.close();
});

test('numbers that are taken here are given beside', async () => {
  const scope = await newAccount();
  await scope.insert('customers', { id: 'cust_own', external_id: null, created_at: '', updated_at: '', parent_id: null, number: '77', name: 'Own', company: 0, billing_address: null, active: 1, search_text: '' }).execute();
  const { path, remove } = newFolder();
  writeExport(path, { customers: [customer(1, { customer_number: 77 }), customer(2, { customer_number: null })] });
  await importFolder(scope, path);
  const { customers } = await dump(scope);
  assert.deepEqual([find(customers, 'customer', 1)['number'], find(customers, 'customer', 2)['number']], ['77-2', '78']);
  const before = await dump(scope);
  await importFolder(scope, path);
  assert.deepEqual(await dump(scope), before);
  remove();
});

test('records of the same id, and parents in a circle, are reported', async () => {
  const scope = await newAccount();
  const { path, remove } = newFolder();
  writeExport(path, { customers: [customer(1, { parent_id: 2 }), customer(2, { parent_id: 1 }), customer(2), customer(3, { parent_id: 3 })] });
  assert.deepEqual(reasons(await importFolder(scope, path)), {
    'skipped customer: its id comes more than once; the first record counts': 1,
    'mended customer: its parents go round in a circle; imported as a customer of its own': 2,
    'mended customer: it is its own parent; imported as a customer of its own': 1,
  });
  remove();
});

test('a run that another has taken over stops without mixing its records in', async () => {
  const scope = await newAccount();
  const { Staging } = await import('./staging.ts');
  const first = await Staging.begin(scope, 'kickserv');
  await importFolder(scope, sampleFolder);
  await assert.rejects(first.add('customer', [{ record: { kind: 'charge', id: '1', jobId: '1', removed: true }, original: {} }]), /Another import/);
});

test('the file of rejects has each record with its reason', async () => {
  const scope = await newAccount();
  const { path, remove } = newFolder();
  for (const name of readdirSync(sampleFolder)) copyFileSync(join(sampleFolder, name), join(path, name));
  const file = join(path, 'rejects.jsonl');
  const report = await importFolder(scope, path, { rejects: file });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Row);
  assert.equal(lines.length, report.issues('skipped') + report.issues('mended') + report.issues('noted'));
  const bad = lines.find((line) => line['id'] === '9314')!;
  assert.deepEqual([bad['outcome'], bad['kind'], bad['reason'], bad['detail'], (bad['record'] as Row)['total']], ['skipped', 'charge', 'its amount is not a number', 'total: x12.50', 'x12.50']);
  const nameless = lines.find((line) => line['reason'] === 'it has no id')!;
  assert.deepEqual([nameless['id'], nameless['place']], [null, 'record 15 of jobs.xml']);
  remove();
});

/** A link sent to a contact, of a job or of everything; its id. */
const link = async (scope: Scope, contact: string, address: string, job?: string): Promise<string> =>
  (await makeLink(scope, () => newToken(), { kind: job ? 'document' : 'access', contact_id: contact, address, ...(job ? { document_kind: 'job', document_id: job } : {}) })).row.id;
const ended = async (scope: Scope): Promise<string[]> =>
  (await scope.from('links').select('id').where('revoked_at', 'is not', null).orderBy('id').execute()).map(({ id }) => id);

const small = () => ({
  customers: [customer(1), customer(2)],
  jobs: [job(10, 2, { subtotal: '20.00', total: '20.00' }), job(11, 1, { subtotal: '30.00', total: '30.00', scheduled_on: '2025-02-01T09:00:00-05:00' })],
  job_charges: [charge(100, 10, '20.00'), charge(101, 11, '30.00')],
  payments: [payment(200, 11, '10.00')],
});
