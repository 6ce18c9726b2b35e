import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Scope } from '../database/scope.ts';
import { makeAccount, openTestDatabase, type TestDatabase } from '../testing.ts';
import { dump, importFolder, newFolder, reasons } from './testing.ts';

let database: TestDatabase;
let scope: Scope;
before(async () => {
  database = await openTestDatabase();
  scope = await makeAccount(database);
});
after(() => database.close());

const open = '<?xml version="1.0" encoding="UTF-8"?>\n<customers type="array">\n';
const one = (fields: string) => `${open}<customer><id>1</id><name>Ann</name>${fields}</customer>\n</customers>`;

/** Imports a single file into the shared account. */
async function importFile(name: string, content: string | Buffer) {
  const { path, remove } = newFolder();
  writeFileSync(join(path, name), content);
  try {
    return await importFolder(scope, path);
  } finally {
    remove();
  }
}

describe('a file that cannot be read to its end is refused with its place, and nothing of it is imported', () => {
  const bombs = ['<!ENTITY a "aaaaaaaaaa">', ...'bcdefghij'.split('').map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`)].join('');
  const good = '<customer><id>1</id><name>Ann</name></customer>';
  const cases: [string, string, string | Buffer, RegExp][] = [
    ['an entity bomb', 'customers.xml', `<!DOCTYPE customers [${bombs}]>${one('<x>&j;</x>').slice(39)}`, /customers\.xml is broken at line 1, column \d+: it has a DOCTYPE/],
    ['an external entity', 'customers.xml', `<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><customers>${good}</customers>`, /DOCTYPE/],
    ['an unknown entity', 'customers.xml', one('<x>&nbsp;</x>'), /line 3, column \d+: undefined entity/],
    ['deep nesting', 'customers.xml', open + '<customer>'.repeat(100_000), /nested too deeply/],
    ['an end in the middle', 'customers.xml', `${open}${good}<customer><id>2`, /line 3, column \d+/],
    ['a wrong tag', 'customers.xml', `${open}${good}<customer><id>2</name>`, /line 3, column \d+: unexpected close tag/],
    ['another kind of record', 'customers.xml', '<jobs><job><id>1</id></job></jobs>', /<job> stands where <customer> is expected/],
    ['a web page', 'customers.xml', '<html><head></head></html>', /<head> stands where/],
    ['an empty file', 'customers.xml', '', /customers\.xml is broken/],
    ['another encoding', 'customers.xml', one('').replace('UTF-8', 'ISO-8859-1'), /its encoding is ISO-8859-1/],
    ['UTF-16', 'customers.xml', Buffer.from(`\ufeff${one('')}`, 'utf16le'), /UTF-16/],
    ['a doctype without an end', 'customers.xml', `<!DOCTYPE c [${' '.repeat(20_000_000)}`, /16 MB/],
    ['JSON cut short', 'customers.json', '[{"id": 1, "name": "Ann"},\n{"id": 2', /customers\.json is broken at line 2, column \d+/],
    ['JSON with a comma too many', 'customers.json', '[{"id": 1, "name": "Ann"},\n]', /line 2, column 1/],
    ['deep JSON', 'customers.json', `[{"id": 1, "x": ${'['.repeat(100_000)}`, /nested too deeply/],
    ['JSON without a list', 'customers.json', '{"error": "unauthorized"}', /no list of records/],
    ['no JSON', 'customers.json', '<html></html>', /line 1, column 1/],
  ];
  for (const [name, file, content, message] of cases) {
    test(name, async () => {
      await assert.rejects(importFile(file, content), message);
      const { customers, import_staged } = await dump(scope);
      assert.deepEqual([customers, import_staged], [[], []]);
    });
  }
});

describe('what is only odd does no harm', () => {
  const imported = async (name: string, content: string | Buffer, more: Partial<Scope['account']> = {}) => {
    scope = await makeAccount(database, `odd-${(odd += 1)}`, more);
    const report = await importFile(name, content);
    return { report, ...(await dump(scope)) };
  };
  let odd = 0;

  test('a text of 10 MB is cut', async () => {
    const { customers, report } = await imported('customers.xml', one(`<billing-address>${'long '.repeat(2_000_000)}</billing-address>`));
    assert.equal(String(customers[0]!['billing_address']).length, 500);
    assert.equal(reasons(report)['mended customer: a very long text was cut'], 1);
    const json = await imported('customers.json', JSON.stringify([{ id: 1, name: 'n'.repeat(10_000_000) }]));
    assert.equal(String(json.customers[0]!['name']).length, 200);
  });

  test('bytes that are not UTF-8 are replaced and reported', async () => {
    const { customers, report } = await imported('customers.xml', Buffer.concat([Buffer.from(`${open}<customer><id>1</id><name>W`), Buffer.from([0xf3]), Buffer.from('jcik</name></customer></customers>')]));
    assert.equal(customers[0]!['name'], 'W�jcik');
    assert.equal(reasons(report)['mended customer: characters that are not UTF-8 were replaced by “�”'], 1);
  });

  test('a character may lie across two pieces of the file', async () => {
    const names = Array.from({ length: 4000 }, (_, index) => ({ id: index + 1, name: `${'ж'.repeat(30 + (index % 3))}😀` }));
    const { customers, report } = await imported('customers.json', JSON.stringify(names));
    assert.equal(customers.length, 4000);
    assert.ok(customers.every((row) => /^ж+😀$/.test(String(row['name']))));
    assert.deepEqual(reasons(report), { 'mended customer: it has no number; given the next one': 4000 });
  });

  test('NUL, half characters and control characters do not reach the database', async () => {
    const { customers } = await imported('customers.json', '[{"id": 1, "name": "A\\u0000n\\ud800n\\u001b[31m", "service_address": "1 Main\\u0007 St"}]');
    assert.equal(customers[0]!['name'], 'An�n[31m');
  });

  test('names that mean something to JavaScript or SQL are only names', async () => {
    const { customers } = await imported('customers.json', '[{"__proto__": {"deleted_at": "x"}, "constructor": "x", "id": 1, "name": "Robert\'); drop table customers;--"}]');
    assert.equal(customers[0]!['name'], "Robert'); drop table customers;--");
  });

  test('elements within a field and CDATA are no trouble', async () => {
    const { customers } = await imported('customers.xml', one('<children type="array"><customer><id>5</id></customer></children><service-address><![CDATA[1 <Main> St]]></service-address><service-city/>'));
    assert.equal(customers.length, 1);
  });

  test('records that are no records are skipped', async () => {
    const { customers, report } = await imported('customers.json', '[1, "x", null, [], {"id": {"a": 1}}, {"id": "a b", "name": "x"}, {"id": 7, "customer_number": 3, "name": "Ann"}]');
    assert.equal(customers.length, 1);
    assert.deepEqual(reasons(report), { 'skipped customer: it is not a record': 4, 'skipped customer: it has no id': 1, 'skipped customer: its id is not an id': 1 });
  });

  test('an export without records is one', async () => {
    const { customers } = await imported('customers.xml', '<nil-classes type="array"/>');
    assert.deepEqual(customers, []);
  });

  test('money has the decimals of the account’s currency', async () => {
    const { path, remove } = newFolder();
    writeFileSync(join(path, 'customers.json'), '[{"id": 1, "customer_number": 1, "name": "Ann"}]');
    writeFileSync(join(path, 'jobs.json'), '[{"id": 2, "customer_id": 1, "job_number": 1, "name": "x", "status": "new", "subtotal": 1200, "tax": "96.0"}]');
    scope = await makeAccount(database, 'yen', { currency: 'JPY', country: 'JP', time_zone: 'Asia/Tokyo' });
    await importFolder(scope, path);
    const { jobs } = await dump(scope);
    assert.deepEqual([jobs[0]!['subtotal'], jobs[0]!['tax']], [0, 96]);
    remove();
  });
});
