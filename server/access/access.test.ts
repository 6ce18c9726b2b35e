import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { codeOf, linkToken, linkUrl } from '../platform/secrets.ts';
import { newId, now } from '../platform/ids.ts';
import { emailKey } from '../platform/text.ts';
import { makeAccount, makeApiKey, openTestApp, soak } from '../testing.ts';
import { TestBrowser, type Asked } from '../testing-browser.ts';
import { outboxWorker } from '../platform/outbox.ts';
import { accessJobs, housekeep } from './jobs.ts';
import { endLinks, makeLink, makeStaffLink } from './links.ts';
import type { Scope } from '../database/scope.ts';

type Harness = Awaited<ReturnType<typeof openTestApp>>;
let harness: Harness;
let acme: Scope;

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  await addContact(acme, 'maria@example.com');
});
after(() => harness.close());

async function addContact(scope: Scope, email: string, name = 'Maria O’Brien', parentId: string | null = null) {
  const customerId = newId('customer');
  const stamps = { external_id: null, created_at: now(), updated_at: now() };
  await scope.insert('customers', { id: customerId, parent_id: parentId, number: customerId, name, company: 0, billing_address: null, active: 1, search_text: name, ...stamps }).execute();
  const contactId = newId('contact');
  await scope
    .insert('contacts', { id: contactId, customer_id: customerId, name, email, email_key: emailKey(email), mobile: null, language: null, can_approve: 1, can_pay: 1, notify_by_email: 1, notify_by_sms: 0, search_text: name, ...stamps })
    .execute();
  return { customerId, contactId };
}
const browser = (origin?: string) => new TestBrowser(harness.app, 'acme', origin ?? 'https://www.acme.example');
const code = (id: string) => codeOf(harness.services.derive, id);
const work = () => outboxWorker(harness.database, { ...accessJobs(harness.services), notice: async () => undefined }, { error: () => undefined }).drain();
/** What the person would find in the mail. */
async function mailed({ request }: Asked): Promise<string | undefined> {
  await work();
  const link = await acme.from('links').select('id').where('request_id', '=', request.id).executeTakeFirst();
  return link && linkToken(harness.services.derive, link.id);
}
let people = 0;
const someone = async () => {
  const email = `person${++people}@example.com`;
  return { email, ...(await addContact(acme, email, `Person ${people}`)) };
};

test('a known and an unknown address get the same answer', async () => {
  const [known, unknown] = await Promise.all([browser().askSignIn('maria@example.com'), browser().askSignIn('nobody@example.com')]);
  assert.deepEqual(Object.keys(known.request), Object.keys(unknown.request));
  assert.equal(await mailed(unknown), undefined);
  assert.ok(await mailed(known));
});

test('the link opens the center in the browser that asked', async () => {
  const { email, customerId } = await someone();
  const asking = browser();
  const asked = await asking.askSignIn(email);
  const knocked = await asking.knock((await mailed(asked))!);
  assert.equal(knocked.json().url, 'https://www.acme.example/account');
  const opened = await asking.exchange(knocked.json().handoff, asked.verifier);
  assert.equal(opened.statusCode, 200, opened.body);
  const me = await asking.get('/session');
  assert.deepEqual(me.json().customers.map((customer: { id: string }) => customer.id), [customerId]);
});

test('in another browser the link alone opens nothing; with the code of the same message it does', async () => {
  const { email } = await someone();
  const asked = await browser().askSignIn(email);
  const token = (await mailed(asked))!;
  const other = browser();
  const exchanged = await other.exchange((await other.knock(token)).json().handoff);
  assert.equal(exchanged.json().codeNeeded, true);
  assert.equal(other.tokens, undefined);
  assert.equal((await other.enterCode(asked.request.id, '000000')).json().code, 'code_wrong');
  assert.equal((await other.enterCode(asked.request.id, code(asked.request.id))).statusCode, 200);
  assert.equal((await other.get('/session')).statusCode, 200);
});

test('the code alone works in the asking tab, and spends the link', async () => {
  const { email } = await someone();
  const asking = browser();
  const asked = await asking.askSignIn(email);
  const token = (await mailed(asked))!;
  assert.equal((await asking.enterCode(asked.request.id, code(asked.request.id), asked.verifier)).statusCode, 200);
  assert.equal((await asking.knock(token)).json().code, 'link_expired');
});

test('a browser that neither asked nor came through the link cannot even try a code', async () => {
  const { email } = await someone();
  const asked = await browser().askSignIn(email);
  await mailed(asked);
  const thief = browser();
  for (let i = 0; i < 8; i++) assert.equal((await thief.enterCode(asked.request.id, code(asked.request.id))).statusCode, 404);
});

test('at most five codes are tried, however many come at once', async () => {
  const { email } = await someone();
  const asking = browser();
  const asked = await asking.askSignIn(email);
  await mailed(asked);
  await asking.enterCode(asked.request.id, '000000', asked.verifier);
  const answers = await Promise.all(Array.from({ length: 40 }, () => asking.enterCode(asked.request.id, '000000', asked.verifier)));
  assert.equal(answers.filter((answer) => answer.json().code === 'code_wrong').length, 4);
  assert.equal((await asking.enterCode(asked.request.id, code(asked.request.id), asked.verifier)).json().code, 'code_expired');
});

test('the right code of an address nobody has opens nothing', async () => {
  const asking = browser();
  const asked = await asking.askSignIn('ghost@example.com');
  await work();
  assert.equal((await asking.enterCode(asked.request.id, code(asked.request.id), asked.verifier)).json().code, 'code_wrong');
});

test(`of ${soak(100)} parallel redemptions one makes a session`, async () => {
  const { email } = await someone();
  const asking = browser();
  const asked = await asking.askSignIn(email);
  const token = (await mailed(asked))!;
  const handoffs = await Promise.all(Array.from({ length: soak(100) }, async () => (await asking.knock(token)).json().handoff as string));
  const answers = await Promise.all(handoffs.map((handoff) => asking.exchange(handoff, asked.verifier)));
  assert.equal(answers.filter((answer) => answer.statusCode === 200 && answer.json().accessToken).length, 1);
  const sessions = await acme.from('sessions').select('id').where('address', '=', email).execute();
  assert.equal(sessions.length, 1);
});

test('a handoff works once; the same browser may repeat it at once, another browser ends it', async () => {
  const { contactId } = await someone();
  const { token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
  const mine = browser();
  const { handoff } = (await mine.knock(token)).json() as { handoff: string };
  const first = await mine.exchange(handoff);
  const again = await mine.exchange(handoff);
  assert.equal(again.json().accessToken, first.json().accessToken);
  assert.equal((await mine.get('/session')).statusCode, 200);
  const thief = browser();
  assert.equal((await thief.exchange(handoff)).statusCode, 400);
  assert.equal((await mine.get('/session')).json().code, 'session_ended');
});

test('an access link opens the center many times, counts only sessions, and ends with its revocation', async () => {
  const { contactId, customerId } = await someone();
  const sub = await addContact(acme, `sub-of-${customerId}@example.com`, 'Lake house', customerId);
  const { row, token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
  const url = linkUrl('http://localhost:8080', 'acme', token);
  const one = browser();
  const two = browser();
  await one.knock(token);
  assert.equal((await acme.from('links').select('uses').where('id', '=', row.id).executeTakeFirstOrThrow()).uses, 0);
  await one.open(url);
  await two.open(url);
  assert.equal((await acme.from('links').select('uses').where('id', '=', row.id).executeTakeFirstOrThrow()).uses, 2);
  assert.deepEqual((await one.get('/session')).json().customers.map((customer: { id: string }) => customer.id).sort(), [customerId, sub.customerId].sort());
  assert.equal(await endLinks(acme, { id: row.id }), true);
  assert.equal((await one.get('/session')).json().code, 'session_ended');
  const revoked = await two.knock(token);
  const unknown = await two.knock('A'.repeat(43));
  assert.equal(revoked.body, unknown.body);
  assert.equal(revoked.statusCode, unknown.statusCode);
});

test('one address with several customers opens them all', async () => {
  const email = 'family@example.com';
  const made = [await addContact(acme, email, 'Home'), await addContact(acme, email, 'Office')];
  const asking = browser();
  const asked = await asking.askSignIn('Family@Example.com');
  await work();
  await asking.enterCode(asked.request.id, code(asked.request.id), asked.verifier);
  assert.deepEqual((await asking.get('/session')).json().customers.map((customer: { id: string }) => customer.id).sort(), made.map((item) => item.customerId).sort());
});

test('refreshing rotates; a lost answer can be repeated, an old token ends the session', async () => {
  const { contactId } = await someone();
  const { token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
  const mine = browser();
  await mine.open(linkUrl('', 'acme', token));
  const first = mine.tokens!;
  const [a, b] = await Promise.all([mine.refresh(first.refreshToken), mine.refresh(first.refreshToken)]);
  assert.equal(a.statusCode, 200);
  assert.equal(b.json().refreshToken, a.json().refreshToken);
  const thief = browser();
  assert.equal((await thief.refresh(mine.tokens!.refreshToken)).json().code, 'session_ended');
  assert.equal((await mine.refresh()).statusCode, 200, 'a thief without the key changes nothing');
  assert.equal((await mine.refresh(first.refreshToken)).json().code, 'session_ended');
  assert.equal((await mine.get('/session')).json().code, 'session_ended');
});

test('a proof serves one request only: its method, its path, its token, its nonce, once', async () => {
  const { contactId } = await someone();
  const { token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
  const mine = browser();
  await mine.open(linkUrl('', 'acme', token));
  await mine.get('/session');
  const path = `${mine.path}/session`;
  const access = mine.tokens!.accessToken;
  const nonce = (await mine.get('/session')).headers['dpop-nonce'] as string;
  const call = (dpop: string) => harness.app.inject({ url: path, headers: { authorization: `DPoP ${access}`, dpop, origin: mine.origin! } });
  const good = mine.proof('GET', path, access, { nonce });
  assert.equal((await call(good)).statusCode, 200);
  const bent: [string, string][] = [
    ['replay', good],
    ['method', mine.proof('POST', path, access, { nonce })],
    ['path', mine.proof('GET', `${path}/end`, access, { nonce })],
    ['host', mine.proof('GET', path, access, { nonce, htu: `https://evil.example${path}` })],
    ['token', mine.proof('GET', path, 'another', { nonce })],
    ['no token', mine.proof('GET', path, undefined, { nonce })],
    ['nonce', mine.proof('GET', path, access, { nonce: 'A'.repeat(22) })],
    ['no nonce', mine.proof('GET', path, access, { nonce: undefined })],
    ['no jti', mine.proof('GET', path, access, { nonce, jti: undefined })],
    ['signature', `${good.slice(0, -4)}AAAA`],
    ['algorithm', `${Buffer.from('{"typ":"dpop+jwt","alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`],
  ];
  for (const [what, proof] of bent) assert.equal((await call(proof)).json().code, 'proof_required', what);
  const thief = browser();
  const stolen = await thief.send('GET', path, undefined, { token: access });
  assert.equal(stolen.json().code, 'session_ended');
});

test('a client clock that is a day off does not matter', async () => {
  const { contactId } = await someone();
  const { token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
  const mine = browser();
  await mine.open(linkUrl('', 'acme', token));
  const path = `${mine.path}/session`;
  const nonce = (await mine.get('/session')).headers['dpop-nonce'] as string;
  for (const iat of [Date.now() / 1000 - 86_400, Date.now() / 1000 + 86_400]) {
    const dpop = mine.proof('GET', path, mine.tokens!.accessToken, { nonce, iat: Math.floor(iat) });
    assert.equal((await harness.app.inject({ url: path, headers: { authorization: `DPoP ${mine.tokens!.accessToken}`, dpop, origin: mine.origin! } })).statusCode, 200);
  }
});

test('an expired link sends a fresh one to the same address in one tap', async () => {
  const { contactId, email } = await someone();
  const { row, token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId, channel: 'email', address: email, destination: '/jobs/x', lifeSeconds: -1 });
  const mine = browser();
  assert.equal((await mine.knock(token)).json().code, 'link_expired');
  const renewed = await harness.app.inject({ method: 'POST', url: `${mine.path}/door/renew`, headers: { origin: 'http://localhost:8080' }, payload: { token } });
  assert.equal(renewed.statusCode, 202, renewed.body);
  const fresh = await acme.from('links').selectAll().where('renews_id', '=', row.id).executeTakeFirstOrThrow();
  assert.equal(fresh.destination, '/jobs/x');
  const notice = await acme.from('notices').selectAll().where('link_id', '=', fresh.id).executeTakeFirstOrThrow();
  assert.equal(notice.to_address, email);
});

test('one address gets at most five messages an hour, from however many networks it is asked', async () => {
  const { email } = await someone();
  let accepted = 0;
  for (let i = 0; i < soak(200); i++) {
    const answer = await harness.app.inject({
      method: 'POST', url: '/v1/accounts/acme/sign-in-requests', headers: { origin: 'https://www.acme.example' }, remoteAddress: `10.0.${i >> 8}.${i & 255}`,
      payload: { address: email, challenge: 'A'.repeat(43) },
    });
    if (answer.statusCode === 202) accepted++;
    else assert.equal(answer.json().code, 'too_many_requests');
  }
  assert.equal(accepted, 3);
});

test('a document session sees its document and nothing else', async () => {
  const { contactId, customerId, email } = await someone();
  const jobId = newId('job');
  await acme
    .insert('jobs', {
      id: jobId, customer_id: customerId, address_id: null, contact_id: contactId, number: jobId, service: 'Leak', scope: null, status: 'new', technician: null, po_number: null,
      presentation: 'detailed', subtotal: 0, tax: 0, paid: 0, completed_at: null, estimate_sent_on: null, estimate_answered_on: null, invoiced_on: null,
      occurs_at: now(), open: 1, waits_for: null, search_text: 'leak', external_id: null, created_at: now(), updated_at: now(),
    })
    .execute();
  const { row, token } = await makeLink(acme, harness.services.derive, { kind: 'document', contact_id: contactId, document_kind: 'job', document_id: jobId, actions: ['view'], channel: 'email', address: email });
  const mine = browser();
  await mine.open(linkUrl('', 'acme', token));
  assert.equal(mine.tokens!.kind, 'document');
  const sheet = await mine.get(`/documents/${row.id}`);
  assert.equal(sheet.json().job.service, 'Leak');
  assert.ok(!sheet.body.includes(email), 'the address is masked');
  for (const path of ['/customers/all/history', '/customers/all/jobs?when=past', `/customers/${customerId}/jobs/${jobId}`, '/documents/other']) assert.equal((await mine.get(path)).statusCode, 404, path);
  const center = await mine.send('POST', `${mine.path}/documents/${row.id}/center`, { challenge: 'A'.repeat(43), destination: `/jobs/${jobId}` }, { headers: { 'idempotency-key': 'center-key-1' } });
  assert.equal(center.statusCode, 202, center.body);
  await work();
  assert.ok(await acme.from('links').select('id').where('request_id', '=', center.json().id).executeTakeFirst());
});

test('handoffs that never arrive three links in a row move people to the hosted page and tell the office', async () => {
  const verde = await makeAccount(harness.database, 'verde');
  const { contactId } = await addContact(verde, 'v@example.com');
  const mine = new TestBrowser(harness.app, 'verde');
  for (let i = 0; i < 3; i++) {
    const { token } = await makeLink(verde, harness.services.derive, { kind: 'access', contact_id: contactId });
    assert.equal((await mine.knock(token)).json().url, 'https://www.verde.example/account');
  }
  await verde.update('handoffs').set({ expires_at: '2020-01-01T00:00:00.000Z' }).execute();
  await housekeep(harness.services);
  const { token } = await makeLink(verde, harness.services.derive, { kind: 'access', contact_id: contactId });
  assert.equal((await mine.knock(token)).json().url, 'http://localhost:8080/c/verde');
  assert.equal((await verde.from('inbox_items').selectAll().execute()).length, 1);
});

test('other websites are refused, and no answer to them is readable', async () => {
  for (const origin of ['https://evil.example', 'https://www.acme.example.evil.example', 'http://www.acme.example', 'https://www.acme.example:444', 'null', 'https://acme.example', 'https://www.acme.example.', 'HTTPS://WWW.ACME.EXAMPLE']) {
    const answer = await harness.app.inject({ method: 'POST', url: '/v1/accounts/acme/sign-in-requests', headers: { origin }, payload: { address: 'a@b.co', challenge: 'A'.repeat(43) } });
    assert.equal(answer.json().code, 'origin_refused', origin);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
    assert.match(String(answer.headers['vary']), /Origin/);
  }
});

test('sign out ends this session; sign out everywhere ends them all', async () => {
  const { contactId } = await someone();
  const { token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
  const [one, two, three] = [browser(), browser(), browser()];
  for (const item of [one, two, three]) await item.open(linkUrl('', 'acme', token));
  assert.equal((await one.send('POST', `${one.path}/session/end`)).statusCode, 204);
  assert.equal((await one.get('/session')).json().code, 'session_ended');
  assert.equal((await two.get('/session')).statusCode, 200);
  assert.equal((await two.send('POST', `${two.path}/session/end-all`)).statusCode, 204);
  assert.equal((await three.get('/session')).json().code, 'session_ended');
});

test('“not me” keeps other browsers out of the request, and the one that asked still gets in', async () => {
  const { email } = await someone();
  const asking = browser();
  const asked = await asking.askSignIn(email);
  const token = (await mailed(asked))!;
  const answer = await harness.app.inject({ method: 'POST', url: `${asking.path}/door/not-me`, headers: { origin: 'http://localhost:8080' }, payload: { token } });
  assert.equal(answer.statusCode, 204);
  const other = browser();
  assert.equal((await other.exchange((await other.knock(token)).json().handoff)).statusCode, 400);
  assert.equal((await asking.exchange((await asking.knock(token)).json().handoff, asked.verifier)).statusCode, 200);
});

test('staff sign in by e-mail as customers do, on our own origin, and get their role’s rights', async () => {
  const staffId = newId('staff');
  await acme.insert('staff', { id: staffId, name: 'Tina', email: 'Tina@Acme.example', email_key: 'tina@acme.example', role: 'clerk', created_at: now() }).execute();
  const asking = new TestBrowser(harness.app, 'acme', 'http://localhost:8080');
  const asked = await asking.askSignIn('tina@acme.example', { audience: 'staff' });
  const knocked = await asking.knock((await mailed(asked))!);
  assert.equal(knocked.json().url, 'http://localhost:8080/office?account=acme');
  assert.equal((await asking.exchange(knocked.json().handoff, asked.verifier)).statusCode, 200);
  const me = await asking.send('GET', '/v1/office/session');
  assert.deepEqual([me.json().role, me.json().scopes], ['clerk', ['read', 'write', 'links']]);
  assert.equal((await asking.send('PATCH', '/v1/office/account', { name: 'Mine now' })).statusCode, 403);
  assert.equal((await asking.get('/customers/all/history')).statusCode, 404, 'staff are not customers');
  // Whoever is no longer on the staff is out at once.
  await acme.delete('staff').where('id', '=', staffId).execute();
  assert.equal((await asking.send('GET', '/v1/office/session')).statusCode, 401);
  const customer = await browser().askSignIn('maria@example.com', { audience: 'staff' });
  assert.equal(await mailed(customer), undefined, 'a customer’s address opens no office');
});

test('a one-time owner link works once', async () => {
  const staffId = newId('staff');
  await acme.insert('staff', { id: staffId, name: 'Owner', email: 'owner@acme.example', email_key: 'owner@acme.example', role: 'owner', created_at: now() }).execute();
  const token = (await makeStaffLink(acme, harness.services, staffId)).split('#')[1]!;
  const first = new TestBrowser(harness.app, 'acme', 'http://localhost:8080');
  const handoffs = [(await first.knock(token)).json().handoff, (await first.knock(token)).json().handoff];
  assert.equal((await first.exchange(handoffs[0])).statusCode, 200);
  const second = new TestBrowser(harness.app, 'acme', 'http://localhost:8080');
  assert.equal((await second.exchange(handoffs[1])).statusCode, 400);
  assert.equal((await second.knock(token)).statusCode, 404);
});

test(`a link revoked while it is being exchanged leaves no session (${soak(300)} races)`, async () => {
  let alive = 0;
  for (let i = 0; i < soak(300); i++) {
    const { contactId } = await someone();
    const { row, token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
    const mine = browser();
    const { handoff } = (await mine.knock(token)).json() as { handoff: string };
    await Promise.all([mine.exchange(handoff), endLinks(acme, { id: row.id })]);
    if (mine.tokens && (await mine.get('/session')).statusCode === 200) alive++;
  }
  assert.equal(alive, 0);
});

test(`of two exchanges of a one-time link at once, one opens a session (${soak(200)} races)`, async () => {
  const staffId = newId('staff');
  await acme.insert('staff', { id: staffId, name: 'Owner', email: 'racer@acme.example', email_key: 'racer@acme.example', role: 'owner', created_at: now() }).execute();
  for (let i = 0; i < soak(200); i++) {
    const token = (await makeStaffLink(acme, harness.services, staffId)).split('#')[1]!;
    const two = [0, 1].map(() => new TestBrowser(harness.app, 'acme', 'http://localhost:8080'));
    const handoffs = await Promise.all(two.map(async (item) => (await item.knock(token)).json().handoff as string));
    const answers = await Promise.all(two.map((item, index) => item.exchange(handoffs[index]!)));
    assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [200, 400]);
  }
});

test('a document link never allows more than its contact may do, and shows no other customer’s job', async () => {
  const { contactId, customerId } = await someone();
  const other = await someone();
  const key = await makeApiKey(acme, ['read', 'write', 'links']);
  const office = (method: 'POST' | 'PATCH', url: string, payload: object) => harness.app.inject({ method, url: `/v1/office${url}`, headers: { authorization: `Bearer ${key}` }, payload });
  const job = (await office('POST', '/jobs', { customerId, service: 'Leak' })).json() as { id: string };
  const wish = (contact: string) => office('POST', '/document-links', { contactId: contact, document: { kind: 'job', id: job.id }, actions: ['view', 'approve', 'pay'] });
  assert.equal((await wish(other.contactId)).json().errors[0].path, '/contactId');
  await office('PATCH', `/contacts/${contactId}`, { canPay: false });
  const made = (await wish(contactId)).json() as { actions: string[]; url: string };
  assert.deepEqual(made.actions, ['view', 'approve']);
  const mine = browser();
  await mine.open(made.url);
  await office('PATCH', `/contacts/${contactId}`, { canApprove: false });
  assert.deepEqual((await mine.get('/session')).json().document.actions, ['view']);
  await office('PATCH', `/jobs/${job.id}`, { customerId: other.customerId });
  assert.equal((await mine.get('/session')).json().code, 'session_ended', 'a job that moved takes its links with it');
});

test('correcting an address ends what went to the wrong one', async () => {
  const { contactId, email } = await someone();
  const { token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId, channel: 'email', address: email });
  const mine = browser();
  await mine.open(linkUrl('', 'acme', token));
  const key = await makeApiKey(acme, ['write']);
  await harness.app.inject({ method: 'PATCH', url: `/v1/office/contacts/${contactId}`, headers: { authorization: `Bearer ${key}` }, payload: { email: `corrected-${email}` } });
  assert.equal((await mine.get('/session')).json().code, 'session_ended');
  assert.equal((await mine.knock(token)).statusCode, 404);
});

test('on a shared computer the server, too, forgets within hours', async () => {
  const { contactId } = await someone();
  const { token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
  const mine = browser();
  const { handoff } = (await mine.knock(token)).json() as { handoff: string };
  await mine.send('POST', `${mine.path}/handoffs/exchange`, { handoff, staySignedIn: false }, { token: null });
  const { expires_at: until } = await acme.from('sessions').select('expires_at').where('contact_id', '=', contactId).executeTakeFirstOrThrow();
  assert.ok(Date.parse(until) < Date.now() + 13 * 3_600_000);
});

test('names and ids with odd characters are unknown, never an error of ours', async () => {
  const key = await makeApiKey(acme, ['read', 'write', 'links']);
  for (const url of ['/v1/accounts/%00', '/go/%00', '/c/%00', '/v1/accounts/a%00b/session', '/v1/office/customers/%00', '/v1/office/customers?q=a%00b', '/v1/office/contacts?customerId=%00', '/v1/office/links/%ff'])
    assert.ok((await harness.app.inject({ url, headers: { authorization: `Bearer ${key}` } })).statusCode < 500, url);
});

test('housekeeping removes what ended long ago and nothing that can still be used or renewed', async () => {
  const { contactId } = await someone();
  const make = async (expires: string) => {
    const { row, token } = await makeLink(acme, harness.services.derive, { kind: 'access', contact_id: contactId });
    await browser().open(linkUrl('', 'acme', token));
    await acme.update('links').set({ expires_at: expires }).where('id', '=', row.id).execute();
    await acme.update('sessions').set({ expires_at: expires }).where('link_id', '=', row.id).execute();
    await acme.update('handoffs').set({ expires_at: expires }).where('link_id', '=', row.id).execute();
    return row.id;
  };
  const long = await make('2020-01-01T00:00:00.000Z');
  const lately = await make(new Date(Date.now() - 3_600_000).toISOString());
  await housekeep(harness.services);
  const left = await acme.from('links').select('id').where('id', 'in', [long, lately]).execute();
  assert.deepEqual(left.map((link) => link.id), [lately]);
});
