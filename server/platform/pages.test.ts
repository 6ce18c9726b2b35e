import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { makeAccount, openTestApp } from '../testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
const hostile = '<script>alert(1)</script>"\'&{{account}}';
before(async () => {
  harness = await openTestApp();
  await makeAccount(harness.database, 'acme');
  await makeAccount(harness.database, 'hostile', { name: hostile, phone: null });
});
after(() => harness.close());

const get = (url: string) => harness.app.inject(url);
const directives = (policy: unknown) => new Map(String(policy).split('; ').map((part) => [part.split(' ')[0]!, part.split(' ').slice(1).join(' ')]));

test('the door lets nothing in and tells nothing on', async () => {
  const answer = await get('/go/acme');
  assert.equal(answer.statusCode, 200);
  assert.match(answer.headers['content-type'] as string, /^text\/html/);
  assert.deepEqual(Object.fromEntries(directives(answer.headers['content-security-policy'])), {
    'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'", 'connect-src': "'self'", 'img-src': "'self'",
    'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'",
  });
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers['referrer-policy'], 'no-referrer');
  assert.equal(answer.headers['x-robots-tag'], 'noindex');
  assert.match(answer.body, /Acme Plumbing &amp; Heating/);
  // The policy would block them: whoever writes the template learns it here rather than in a browser.
  assert.doesNotMatch(answer.body, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i);
  assert.doesNotMatch(answer.body, /\{\{/);
});

test('the hosted page of an account that takes payments lets Stripe in, and nobody else', async () => {
  await makeAccount(harness.database, 'paying', { takes_payments: 1 });
  const answer = await get('/c/paying');
  const policy = directives(answer.headers['content-security-policy']);
  assert.equal(policy.get('script-src'), "'self' https://js.stripe.com https://*.js.stripe.com");
  assert.equal(policy.get('frame-src'), 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com');
  assert.equal(policy.get('connect-src'), "'self' https://api.stripe.com");
  assert.equal(policy.get('default-src'), "'none'");
  assert.equal(answer.headers['cross-origin-opener-policy'], 'same-origin-allow-popups');
  assert.doesNotMatch(answer.body, /stripe-stub/);
});

test('the hosted page embeds the widget under Trusted Types', async () => {
  const answer = await get('/c/acme');
  const policy = directives(answer.headers['content-security-policy']);
  assert.equal(policy.get('default-src'), "'none'");
  assert.equal(policy.get('script-src'), "'self'");
  assert.equal(policy.get('frame-ancestors'), "'none'");
  assert.equal(policy.get('require-trusted-types-for'), "'script'");
  assert.equal(policy.get('trusted-types'), 'lit-html');
  assert.doesNotMatch(String(answer.headers['content-security-policy']), /unsafe/);
  const style = /<style>([\s\S]*?)<\/style>/.exec(answer.body)![1]!;
  assert.ok(policy.get('style-src')!.includes(`'sha256-${createHash('sha256').update(style).digest('base64')}'`));
  assert.match(answer.body, /<customer-center account="acme" routing="query" heading-level="1"><\/customer-center>/);
  assert.match(answer.body, /<title>Acme Plumbing &amp; Heating<\/title>/);
  assert.match(answer.body, /<html lang="en">/);
});

test('names are text, also in pages', async () => {
  for (const url of ['/go/hostile', '/c/hostile']) {
    const { body } = await get(url);
    assert.doesNotMatch(body, /<script>alert/, url);
    assert.ok(body.includes('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;{{account}}'), url);
  }
});

test('an account that does not exist has a page that says nothing of it', async () => {
  const bodies = await Promise.all(['/go/nobody', '/c/nobody', '/go/%3Cscript%3E', '/c/..%2fx'].map(get));
  for (const answer of bodies) {
    assert.equal(answer.statusCode, 404);
    assert.match(answer.headers['content-type'] as string, /^text\/html/);
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/);
    assert.equal(answer.body, bodies[0]!.body);
  }
});

test('the office fills its page, under Trusted Types, for the account that is asked for', async () => {
  const answer = await get('/office?account=acme');
  assert.equal(answer.statusCode, 200);
  const policy = directives(answer.headers['content-security-policy']);
  assert.deepEqual([policy.get('script-src'), policy.get('trusted-types'), policy.get('img-src'), policy.get('frame-ancestors')], ["'self'", 'lit-html', "'self' blob:", "'none'"]);
  assert.match(answer.body, /<title>Office<\/title>/);
  assert.match(answer.body, /<script type="module" src="\/customer-center-office\.js"><\/script>/);
  assert.match(answer.body, /<customer-center-office account="acme" routing="query" heading-level="1"><\/customer-center-office>/);
  // Of several accounts nobody is chosen for the person.
  for (const url of ['/office', '/office?account=nobody', '/office?account=%3Cscript%3E', '/office?account=acme&account=hostile'])
    assert.match((await get(url)).body, /<customer-center-office routing="query" heading-level="1"><\/customer-center-office>/, url);
});

test('the API’s reference is a page without a script that names every route and who may call it', async () => {
  const answer = await get('/docs');
  assert.equal(answer.statusCode, 200);
  const policy = directives(answer.headers['content-security-policy']);
  const style = /<style>([\s\S]*?)<\/style>/.exec(answer.body)![1]!;
  assert.equal(policy.get('style-src'), `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  assert.deepEqual([policy.get('default-src'), policy.get('script-src')], ["'none'", undefined]);
  assert.doesNotMatch(answer.body, /<script|\sstyle=|\son\w+=|undefined|\[object/);
  const { paths } = (await get('/docs/openapi.json')).json<{ paths: Record<string, Record<string, Record<string, unknown>>> }>();
  for (const [path, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(operations)) {
      assert.ok(answer.body.includes(`<b>${method.toUpperCase()}</b> <code>${path}</code>`), `${method} ${path}`);
      assert.match(String(operation['x-access']), /^(anyone|visitor|own|customer|session|document:\w+|office:\w+)$/, `${method} ${path}`);
    }
  assert.match(answer.body, /For staff and API keys with the scope “write” \(<code>office:write<\/code>\)/);
  assert.match(answer.body, /Idempotency-Key/);
});

test('the API describes itself', async () => {
  const answer = await get('/docs/openapi.json');
  const document = answer.json<{ openapi: string; paths: Record<string, unknown> }>();
  assert.equal(document.openapi, '3.1.0');
  assert.ok(Object.keys(document.paths).some((path) => path.startsWith('/v1/accounts/')));
  assert.ok(!Object.keys(document.paths).some((path) => path.startsWith('/go/') || path.startsWith('/chunks')));
});
