import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { PROOF_LIFE_SECONDS, proofChecker } from './dpop.ts';
import { Problem } from './problems.ts';
import { deriveWith } from './secrets.ts';

const checker = () => proofChecker(deriveWith('a server key of at least thirty-two characters'));
const url = 'https://center.example.com/v1/accounts/acme/session';
const WINDOW = 5 * 60_000;

function browser(curve = 'P-256') {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
  return { privateKey, jwk: publicKey.export({ format: 'jwk' }) as JWK };
}
const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
function proofOf({ privateKey, jwk }: { privateKey: KeyObject; jwk: JWK }, claims: object, header: object = {}): string {
  const text = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })}.${encode({ jti: randomUUID(), htm: 'GET', htu: url, ...claims })}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
const isRefusal = (error: unknown) => error instanceof Problem && error.code === 'proof_required' && typeof error.headers['dpop-nonce'] === 'string';

beforeEach(() => mock.timers.enable({ apis: ['Date'], now: 1_900_000_000_000 - (1_900_000_000_000 % WINDOW) }));
afterEach(() => mock.timers.reset());

test('a nonce is good for at least one window and at most two, in every process with the same key', async () => {
  const mine = browser();
  const nonce = checker().nonce();
  const another = checker();
  for (const [moment, good] of [[0, true], [WINDOW - 1, true], [WINDOW, true], [2 * WINDOW - 1, true], [2 * WINDOW, false], [3 * WINDOW, false], [-1, false]] as const) {
    mock.timers.setTime(1_900_000_000_000 - (1_900_000_000_000 % WINDOW) + moment);
    const checked = another.check(proofOf(mine, { nonce }), 'GET', url);
    if (good) assert.equal((await checked).jkt, await calculateJwkThumbprint(mine.jwk), `after ${moment} ms`);
    else await assert.rejects(checked, isRefusal, `after ${moment} ms`);
  }
});

test('a refusal carries the nonce with which the next proof succeeds', async () => {
  const proofs = checker();
  const mine = browser();
  const { headers } = await proofs.check(proofOf(mine, { nonce: 'made up' }), 'GET', url).then(() => assert.fail('accepted'), (error: Problem) => error);
  await proofs.check(proofOf(mine, { nonce: headers['dpop-nonce'] }), 'GET', url);
});

test('a read’s proof is seen once, for as long as its nonce could be used', async () => {
  const proofs = checker();
  const proof = await proofs.check(proofOf(browser(), { nonce: proofs.nonce() }), 'GET', url);
  assert.equal(proofs.firstSight(proof), true);
  for (let passed = 0; passed < PROOF_LIFE_SECONDS * 1000; passed += WINDOW / 2) {
    assert.equal(proofs.firstSight(proof), false, `after ${passed} ms`);
    mock.timers.tick(WINDOW / 2);
  }
});

test('two browsers may use the same jti; the name of a proof holds its key', async () => {
  const proofs = checker();
  const claims = { jti: randomUUID(), nonce: proofs.nonce() };
  const [one, two] = [await proofs.check(proofOf(browser(), claims), 'GET', url), await proofs.check(proofOf(browser(), claims), 'GET', url)];
  assert.notEqual(one.jti, two.jti);
});

test('a proof is for one method, one address and one token', async () => {
  const proofs = checker();
  const mine = browser();
  const ath = createHash('sha256').update('token').digest('base64url');
  const good = { nonce: proofs.nonce(), ath };
  await proofs.check(proofOf(mine, good), 'GET', url, 'token');
  const refused: [string, Promise<unknown>][] = [
    ['method', proofs.check(proofOf(mine, good), 'POST', url, 'token')],
    ['address', proofs.check(proofOf(mine, good), 'GET', `${url}/end`, 'token')],
    ['another token', proofs.check(proofOf(mine, good), 'GET', url, 'other')],
    ['no token named', proofs.check(proofOf(mine, { nonce: good.nonce }), 'GET', url, 'token')],
    ['a token named that is not there', proofs.check(proofOf(mine, good), 'GET', url)],
    ['short jti', proofs.check(proofOf(mine, { ...good, jti: 'x' }), 'GET', url, 'token')],
    ['long jti', proofs.check(proofOf(mine, { ...good, jti: 'x'.repeat(65) }), 'GET', url, 'token')],
  ];
  for (const [what, checked] of refused) await assert.rejects(checked, isRefusal, what);
});

test('only a plain ES256 proof by the key in its header counts', async () => {
  const proofs = checker();
  const mine = browser();
  const nonce = proofs.nonce();
  const proof = proofOf(mine, { nonce });
  const [header, payload, signature] = proof.split('.') as [string, string, string];
  await proofs.check(proof, 'GET', url);
  const p384 = browser('P-384');
  const refused: Record<string, unknown> = {
    'nothing': undefined, 'an empty text': '', 'a list': [proof], 'no dots': 'x'.repeat(300), 'two parts': `${header}.${payload}`, 'four parts': `${proof}.x`,
    'another type': proofOf(mine, { nonce }, { typ: 'JWT' }),
    'alg none': `${encode({ typ: 'dpop+jwt', alg: 'none', jwk: mine.jwk })}.${payload}.`,
    'another algorithm named': proofOf(mine, { nonce }, { alg: 'RS256' }),
    'a symmetric key': proofOf(mine, { nonce }, { alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }),
    'another curve': proofOf(p384, { nonce }),
    'a private key': proofOf(mine, { nonce }, { jwk: mine.privateKey.export({ format: 'jwk' }) }),
    'another’s key': proofOf({ privateKey: mine.privateKey, jwk: browser().jwk }, { nonce }),
    'a point off the curve': proofOf(mine, { nonce }, { jwk: { ...mine.jwk, y: mine.jwk.x } }),
    'a critical extension': proofOf(mine, { nonce }, { crit: ['b64'], b64: false }),
    'no key': proofOf(mine, { nonce }, { jwk: undefined }),
    'claims changed': `${header}.${encode({ jti: randomUUID(), htm: 'GET', htu: url, nonce, more: 1 })}.${signature}`,
    'signature changed': `${header}.${payload}.${'A'.repeat(86)}`,
    'DER signature': `${header}.${payload}.${sign('sha256', Buffer.from(`${header}.${payload}`), mine.privateKey).toString('base64url')}`,
    'claims that are no object': (() => { const text = `${header}.${encode('null')}`; return `${text}.${sign('sha256', Buffer.from(text), { key: mine.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`; })(),
    'endless': proofOf(mine, { nonce, more: 'x'.repeat(5000) }),
  };
  for (const [what, bad] of Object.entries(refused)) await assert.rejects(proofs.check(bad, 'GET', url), isRefusal, what);
});
