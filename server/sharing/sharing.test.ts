import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { hashOf, linkToken } from '../platform/secrets.ts';
import { daysAfter, today } from '../platform/calendar.ts';
import { openEstimates, Reader } from '../estimates/testing.ts';
import type { Evidence } from '../documents/evidence.ts';
import { prepareFile } from '../documents/files.ts';

let world: Awaited<ReturnType<typeof openEstimates>>;
before(async () => {
  world = await openEstimates();
});
// The same few addresses serve all tests; what one of them sent must not hold up the next.
beforeEach(() => world.services.db.deleteFrom('rate_buckets').execute());
after(() => world.close());

const day = (days: number) => daysAfter(today('America/New_York'), days);
const friend = { name: 'Boss', address: 'boss@example.com', actions: ['view', 'approve', 'requestChanges'], expiresOn: day(7) };
/** The link that a notice will carry. */
const urlOf = (linkId: string) => `http://localhost:8080/go/acme#${linkToken(world.services.derive, linkId)}`;
const get = async (reader: Reader, path: string) => (await reader.browser.get(reader.base + path)).json() as { items: { id: string; name: string; uses: number }[] };

test('a colleague opens a link that was sent on and approves, as themselves', async () => {
  const { id, reader } = await world.sent();
  const made = await reader.post('/shares', friend);
  assert.deepEqual([made.status, made.body.name, made.body.address, made.body.actions], [201, 'Boss', 'b•••s@example.com', ['view', 'approve', 'requestChanges']]);
  const notice = await world.scope.from('notices').selectAll().where('link_id', '=', made.body.id).executeTakeFirstOrThrow();
  assert.deepEqual([notice.kind, notice.to_address, notice.document_id], ['sharedDocument', 'boss@example.com', id]);

  const colleague = await world.reader(urlOf(made.body.id));
  const seen = await colleague.see();
  assert.deepEqual(seen.rights, { approve: true, requestChanges: true, pay: false, pdf: false, share: false });
  assert.deepEqual(seen.signer, { name: 'Boss', address: 'b•••s@example.com' });
  assert.equal((await colleague.post('/downloads')).status, 404);
  await colleague.post('/opened', { version: 1 });
  const answer = await colleague.approve({ signature: { kind: 'typed', name: 'The Boss' } });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const { evidence } = await world.scope.from('decisions').select('evidence').where('estimate_id', '=', id).executeTakeFirstOrThrow();
  const { signer, linkId } = JSON.parse(evidence) as Evidence;
  assert.deepEqual([signer, linkId], [{ name: 'The Boss', address: 'boss@example.com', contactId: null, forSomebodyElse: false }, made.body.id]);
  const { versions } = (await world.office('GET', `estimates/${id}`)).body;
  assert.deepEqual(versions[0].opened.map((open: { name: string; linkId: string }) => [open.name, open.linkId]), [['Boss', made.body.id]]);
  assert.deepEqual((await get(reader, '/shares')).items.map(({ name, uses }) => [name, uses]), [['Boss', 1]]);
});

test('the office sees links that were sent on, whom to, and their uses', async () => {
  const { id, reader } = await world.sent();
  const { body } = await reader.post('/shares', friend);
  const listed = (await world.office('GET', `links?documentId=${id}`)).body.items as { id: string; recipient: string | null; address: string | null; contactId: string; uses: number }[];
  assert.deepEqual(listed.map(({ recipient, address, contactId, uses }) => [recipient, address, contactId, uses]), [['Boss', 'boss@example.com', world.contact, 0], [null, null, world.contact, 1]]);
  assert.equal((await world.office('DELETE', `links/${body.id}`)).status, 204);
  assert.deepEqual((await get(reader, '/shares')).items, []);
});

test('revoking ends the open session at once, and only the sender can', async () => {
  const { reader } = await world.sent();
  const { body } = await reader.post('/shares', friend);
  const colleague = await world.reader(urlOf(body.id));
  const other = await world.sent();
  assert.equal((await other.reader.browser.send('DELETE', `${other.reader.browser.path}${other.reader.base}/shares/${body.id}`)).statusCode, 404);
  assert.equal((await reader.browser.send('DELETE', `${reader.browser.path}${reader.base}/shares/${body.id}`)).statusCode, 204);
  assert.equal((await colleague.browser.get(colleague.base)).statusCode, 401);
  assert.equal((await colleague.browser.open(urlOf(body.id))).statusCode, 404);
});

test('a link that was sent on ends with the link it was sent on by', async () => {
  const { id, reader } = await world.sent();
  const { body } = await reader.post('/shares', friend);
  const colleague = await world.reader(urlOf(body.id));
  const [, own] = (await world.office('GET', `links?documentId=${id}`)).body.items as { id: string }[];
  assert.equal((await world.office('DELETE', `links/${own!.id}`)).status, 204);
  assert.equal((await colleague.browser.get(colleague.base)).statusCode, 401);
  assert.equal((await colleague.browser.open(urlOf(body.id))).statusCode, 404);
});

test('a certificate tells a reader to whom it was sent on nothing of how another has signed', async () => {
  const { id, reader } = await world.sent();
  const { body } = await reader.post('/shares', { ...friend, actions: ['view', 'pdf'] });
  await reader.approve();
  const colleague = await world.reader(urlOf(body.id));
  const spec = async (from: Reader) => {
    const { url } = (await from.post('/downloads', { what: 'certificate' })).body as { url: string };
    assert.equal((await world.app.inject({ method: 'GET', url: new URL(url).pathname })).statusCode, 200);
    return JSON.parse((await world.scope.from('download_tickets').select('spec').where('hash', '=', hashOf(url.slice(-43))).executeTakeFirstOrThrow()).spec) as { masked: boolean };
  };
  assert.deepEqual([(await spec(reader)).masked, (await spec(colleague)).masked], [false, true]);
  const { task } = await prepareFile(world.scope, { kind: 'estimate', id, what: 'certificate', masked: true }, 'en');
  assert.ok(task.kind === 'certificate');
  const { signer, ip, userAgent, sessionId, linkId } = task.evidence;
  assert.deepEqual([signer.address, signer.contactId, ip, userAgent, sessionId, linkId], ['m•••a@pinedental.example', null, null, null, null, null]);
});

test('nobody sends on more than they may do, nor what was sent on to them', async () => {
  const desk = (await world.office('POST', 'contacts', { customerId: world.customer, name: 'Front desk', email: 'desk@pinedental.example', canApprove: false, canPay: false })).body.id;
  const draft = await world.draft();
  const reader = await world.reader((await world.send(draft.id, { contactId: desk })).url);
  assert.deepEqual((await reader.post('/shares', friend)).paths, ['/actions/1']);
  assert.deepEqual((await reader.post('/shares', { ...friend, actions: ['pay'] })).paths, ['/actions/0']);
  const { body } = await reader.post('/shares', { ...friend, actions: ['view'] });
  const colleague = await world.reader(urlOf(body.id));
  assert.equal((await colleague.post('/shares', friend)).status, 403);
  assert.deepEqual((await get(colleague, '/shares')).items, []);
  // A right that the sender loses is lost to whom they sent it.
  const full = await world.sent();
  const made = await full.reader.post('/shares', { ...friend, address: 'chief@example.com' });
  const boss = await world.reader(urlOf(made.body.id));
  await world.office('PATCH', `contacts/${world.contact}`, { canApprove: false });
  assert.equal((await boss.approve()).status, 404);
  await world.office('PATCH', `contacts/${world.contact}`, { canApprove: true });
});

test('a link that was sent on ends when the sender said, is not renewed, and leads to nothing else', async () => {
  const { reader } = await world.sent();
  assert.deepEqual((await reader.post('/shares', { ...friend, expiresOn: day(-1) })).paths, ['/expiresOn']);
  assert.deepEqual((await reader.post('/shares', { ...friend, expiresOn: day(91) })).paths, ['/expiresOn']);
  const { body } = await reader.post('/shares', friend);
  const colleague = await world.reader(urlOf(body.id));
  const session = (await colleague.browser.get('/session')).json() as { name: string; document: { masked: null } };
  assert.deepEqual([session.name, session.document.masked], ['Boss', null]);
  assert.equal((await colleague.post('/center', { challenge: 'A'.repeat(43) })).status, 404);
  await world.scope.update('links').set({ expires_at: '2020-01-01T00:00:00.000Z' }).where('id', '=', body.id).execute();
  const token = linkToken(world.services.derive, body.id);
  for (const step of ['door', 'door/renew'])
    assert.equal((await world.app.inject({ method: 'POST', url: `/v1/accounts/acme/${step}`, headers: { origin: 'http://localhost:8080' }, payload: { token } })).statusCode, 404, step);
});

test('a file has a plain link that works once, for a minute, and names nothing', async () => {
  const { reader } = await world.sent({ title: 'Secret <title>' });
  const { status, body } = await reader.post('/downloads');
  assert.equal(status, 201);
  const path = new URL(body.url).pathname;
  assert.match(path, /^\/d\/acct_[0-9A-Z]{26}\.[\w-]{43}$/);
  assert.ok(Date.parse(body.expiresAt) - Date.now() <= 60_000);
  assert.equal((await world.app.inject({ method: 'HEAD', url: path })).statusCode, 404, 'a look does not use it up');
  const file = await world.app.inject({ method: 'GET', url: path });
  assert.deepEqual([file.statusCode, file.headers['content-type'], file.headers['cache-control']], [200, 'application/pdf', 'no-store']);
  assert.match(String(file.headers['content-disposition']), /^attachment; filename="estimate-\d+-v1\.pdf"$/);
  assert.equal(file.rawPayload.subarray(0, 5).toString(), '%PDF-');
  assert.equal((await world.app.inject({ method: 'GET', url: path })).statusCode, 404);
  const late = (await reader.post('/downloads')).body.url as string;
  await world.scope.update('download_tickets').set({ expires_at: '2020-01-01T00:00:00.000Z' }).execute();
  assert.equal((await world.app.inject({ method: 'GET', url: new URL(late).pathname })).statusCode, 404);
  assert.equal((await world.scope.from('download_tickets').select('spec').where('hash', '=', path.slice(-43)).execute()).length, 0, 'the ticket itself is not stored');
});

test('both sides get the certificate of a decision, and nobody before there is one', async () => {
  const { id, reader } = await world.sent();
  const file = async (url: string) => world.app.inject({ method: 'GET', url: new URL(url).pathname });
  assert.equal((await reader.post('/downloads', { what: 'certificate' })).status, 404);
  await reader.approve();
  const mine = await file((await reader.post('/downloads', { what: 'certificate' })).body.url);
  const theirs = await file((await world.office('POST', `estimates/${id}/downloads`, { what: 'certificate' })).body.url);
  for (const each of [mine, theirs]) assert.deepEqual([each.statusCode, each.rawPayload.subarray(0, 5).toString()], [200, '%PDF-']);
  assert.match(String(mine.headers['content-disposition']), /certificate-\d+\.pdf/);
});

test('a statement comes as PDF and as CSV, of one’s own customers only', async () => {
  const browser = new (await import('../testing-browser.ts')).TestBrowser(world.app);
  await browser.open((await world.office('POST', 'access-links', { contactId: world.contact })).body.url);
  for (const format of ['pdf', 'csv']) {
    const answer = await browser.send('POST', `${browser.path}/customers/all/statement/downloads`, { from: day(-30), to: day(0), format });
    assert.equal(answer.statusCode, 201, answer.body);
    const file = await world.app.inject({ method: 'GET', url: new URL((answer.json() as { url: string }).url).pathname });
    assert.deepEqual([file.statusCode, String(file.headers['content-type']).split(';')[0]], [200, format === 'pdf' ? 'application/pdf' : 'text/csv']);
  }
  assert.equal((await browser.send('POST', `${browser.path}/customers/cust_01J00000000000000000000000/statement/downloads`, { from: day(-30), to: day(0), format: 'csv' })).statusCode, 404);
});
