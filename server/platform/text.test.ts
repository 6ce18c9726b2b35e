import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { codeOf, deriveWith, hashOf, linkToken, linkUrl, newToken, sameSecret } from './secrets.ts';
import { containing, emailKey, escapeHtml, maskAddress, searchable, toE164 } from './text.ts';

const derive = deriveWith('a server key of at least thirty-two characters');
const local = fc.stringMatching(/^[a-zA-Z0-9._+-]{1,40}$/);
const domain = fc.stringMatching(/^[a-z0-9]{1,20}\.[a-z]{2,6}$/);

test('an address is found however its letters were typed, and never under two keys', () => {
  assert.equal(emailKey(' Maria@Example.COM '), 'maria@example.com');
  assert.equal(emailKey('ｍａｒｉａ＠example.com'), 'maria@example.com', 'full-width letters and ＠');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (address) => {
      assert.equal(emailKey(emailKey(address)), emailKey(address));
    }),
  );
  fc.assert(fc.property(local, domain, (name, host) => assert.equal(emailKey(`${name}@${host}`.toUpperCase()), emailKey(`${name}@${host}`))));
});

test('a masked e-mail address shows at most two letters of its name, and never how long it is', () => {
  assert.equal(maskAddress('maria@example.com'), 'm•••a@example.com');
  fc.assert(
    fc.property(local, domain, (name, host) => {
      const masked = maskAddress(`${name}@${host}`);
      assert.ok(masked.endsWith(`@${host}`));
      const shown = masked.slice(0, -host.length - 1);
      assert.equal([...shown].filter((letter) => letter === '•').length, 3);
      assert.ok(shown.length <= 5);
      if (name.length > 2) assert.ok(!shown.includes(name));
    }),
  );
});

test('a masked number shows its last four digits only', () => {
  assert.equal(maskAddress('+14045550142'), '•••• 0142');
  fc.assert(fc.property(fc.stringMatching(/^\+[1-9]\d{7,14}$/), (number) => assert.equal(maskAddress(number).replace(/\D/g, ''), number.slice(-4))));
});

test('numbers as people write them become one number, and nothing else becomes one', () => {
  for (const written of ['(404) 555-0142', '404.555.0142', '+1 404 555 0142', '1-404-555-0142', ' 404 555 0142 ']) assert.equal(toE164(written, 'US'), '+14045550142', written);
  assert.equal(toE164('030 901820', 'DE'), '+4930901820');
  for (const written of ['', 'call me', '12', '+', '0142', 'maria@example.com']) assert.equal(toE164(written, 'US'), null, written);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('US', 'DE', 'MX', 'XX', ''), (written, country) => {
      const number = toE164(written, country);
      if (number === null) return;
      assert.match(number, /^\+[1-9]\d{4,16}$/);
      assert.equal(toE164(number, country), number, 'and stays what it is');
    }),
    { numRuns: 1000 },
  );
});

test('search finds words without their accents, and takes wildcards literally', () => {
  assert.equal(searchable('  María', null, 'O’BRIEN\n '), 'maria o’brien');
  assert.equal(containing('100%_\\'), '%100\\%\\_\\\\%');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(searchable(searchable(text)), searchable(text))));
});

test('text from people is never HTML', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.doesNotMatch(escapeHtml(text), /[<>"']|&(?!(amp|lt|gt|quot|#39);)/)));
});

test('tokens are long, different and stored as what they cannot be made of', () => {
  const made = new Set(Array.from({ length: 10_000 }, newToken));
  assert.equal(made.size, 10_000);
  for (const token of [...made].slice(0, 100)) {
    assert.match(token, /^[\w-]{43}$/);
    assert.notEqual(hashOf(token), token);
  }
});

test('what is derived stays the same for one key and purpose, and differs for any other', () => {
  assert.equal(linkToken(derive, 'link_1'), linkToken(deriveWith('a server key of at least thirty-two characters'), 'link_1'));
  const others = [linkToken(derive, 'link_1'), linkToken(derive, 'link_2'), linkToken(deriveWith('another server key of thirty-two characters'), 'link_1'), derive('code', 'link_1'), derive('link', 'link', '1')];
  assert.equal(new Set(others).size, others.length);
  assert.ok(linkUrl('https://center.example.com', 'acme', others[0]!).length <= 120, 'survives a mail without being broken');
});

test('codes are six digits and spread over all of them', () => {
  const codes = Array.from({ length: 5000 }, (_, index) => codeOf(derive, `sir_${index}`));
  for (const code of codes) assert.match(code, /^\d{6}$/);
  assert.ok(new Set(codes).size > 4950);
  const first = Map.groupBy(codes, (code) => code[0]);
  for (const group of first.values()) assert.ok(group.length > 400 && group.length < 600);
});

test('comparing secrets is comparing texts', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => assert.equal(sameSecret(a, b), a === b)));
});
