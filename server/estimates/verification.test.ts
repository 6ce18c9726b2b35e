import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { codeOf } from '../platform/secrets.ts';
import { openEstimates } from './testing.ts';

let world: Awaited<ReturnType<typeof openEstimates>>;
before(async () => {
  world = await openEstimates({ approval_verification: 'code' });
});
// The same few addresses serve all tests; what one of them sent must not hold up the next.
beforeEach(() => world.services.db.deleteFrom('rate_buckets').execute());
after(() => world.close());

const codeFor = (requestId: string) => codeOf(world.services.derive, requestId);
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('where the account asks for a code, approving needs the one that went to the address on file', async () => {
  const { id, reader } = await world.sent();
  assert.equal((await reader.see()).verification, 'code');
  assert.deepEqual((await reader.approve()).paths, ['/verification']);
  const asked = await reader.post('/approval-code');
  assert.deepEqual([asked.status, asked.body.masked, asked.body.channel], [202, 'm•••a@pinedental.example', 'email']);
  const notice = await world.scope.from('notices').selectAll().where('request_id', '=', asked.body.id).executeTakeFirstOrThrow();
  assert.deepEqual([notice.kind, notice.to_address, notice.document_id], ['approvalCode', 'maria@pinedental.example', id]);
  const code = codeFor(asked.body.id);
  assert.deepEqual(await reader.approve({ verification: { requestId: asked.body.id, code: wrong(code) } }).then(({ status, code: problem }) => [status, problem]), [401, 'code_wrong']);
  assert.equal((await reader.approve({ verification: { requestId: asked.body.id, code } })).status, 200);
  const { evidence } = await world.scope.from('decisions').select('evidence').where('estimate_id', '=', id).executeTakeFirstOrThrow();
  assert.deepEqual(JSON.parse(evidence).verified, { channel: 'email', address: 'maria@pinedental.example' });
});

test('a lost answer is repeated although its code is used up', async () => {
  const { reader } = await world.sent();
  const { body } = await reader.post('/approval-code');
  const { etag } = await reader.see();
  const call = () =>
    reader.post(
      '/approve',
      { options: ['good'], signature: { kind: 'typed', name: 'M' }, verification: { requestId: body.id, code: codeFor(body.id) } },
      { 'if-match': `"${etag}"`, 'idempotency-key': 'repeated-with-code' },
    );
  const [first, again] = [await call(), await call()];
  assert.deepEqual([first.status, again.status, again.body.status], [200, 200, 'approved']);
});

test('a code has five tries, and refused approvals count', async () => {
  const { reader } = await world.sent();
  const { body } = await reader.post('/approval-code');
  const code = codeFor(body.id);
  for (let time = 0; time < 5; time += 1) assert.equal((await reader.approve({ verification: { requestId: body.id, code: wrong(code) } })).code, 'code_wrong');
  assert.equal((await reader.approve({ verification: { requestId: body.id, code } })).code, 'code_expired');
});

test('a code is good for one estimate, in the session that asked, once, and never signs anybody in', async () => {
  const [one, other] = [await world.sent(), await world.sent()];
  const { body } = await one.reader.post('/approval-code');
  const verification = { requestId: body.id as string, code: codeFor(body.id) };
  assert.equal((await other.reader.approve({ verification })).code, 'code_expired');
  const elsewhere = await world.reader((await world.send(one.id)).url);
  assert.equal((await elsewhere.approve({ verification })).code, 'code_expired');
  const signingIn = await one.reader.browser.enterCode(verification.requestId, verification.code, 'A'.repeat(43));
  assert.equal(signingIn.statusCode, 404);
  assert.equal((await one.reader.approve({ verification })).status, 200);
});

test('where no code is asked for, none is sent', async () => {
  const { reader } = await world.sent();
  await world.office('PATCH', 'account', { approvalVerification: 'none' });
  assert.equal((await reader.post('/approval-code')).status, 404);
  assert.equal((await reader.approve()).status, 200);
  await world.office('PATCH', 'account', { approvalVerification: 'code' });
});
