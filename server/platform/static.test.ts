import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { problems } from './problems.ts';
import { staticFiles } from './static.ts';

const folder = `${mkdtempSync(join(tmpdir(), 'static-test-'))}/`;
const script = `export const words = ${JSON.stringify('word '.repeat(500))};\n`;
const chunk = 'chunks/history-DvJ0a_x-.js';
let app: FastifyInstance;

before(async () => {
  mkdirSync(`${folder}cdn/chunks/sub`, { recursive: true });
  writeFileSync(`${folder}secret.js`, 'the secret');
  writeFileSync(`${folder}cdn/manifest.json`, 'the secret');
  writeFileSync(`${folder}cdn/chunks/.hidden.js`, 'the secret');
  writeFileSync(`${folder}cdn/chunks/sub/inner.js`, 'the secret');
  for (const name of ['customer-center.js', 'customer-center.iife.js', 'door.js', chunk]) writeFileSync(`${folder}cdn/${name}`, script);
  app = Fastify();
  problems(app);
  staticFiles(app, `${folder}cdn/`);
  await app.ready();
});
after(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

test('the script answers any website, with and without a version, for a short while', async () => {
  for (const url of ['/customer-center.js', '/customer-center.js?ver=6.7.1', '/customer-center.iife.js', '/door.js']) {
    const answer = await app.inject({ url, headers: { origin: 'https://www.anyone.example' } });
    assert.equal(answer.statusCode, 200, url);
    assert.equal(answer.body, script);
    assert.equal(answer.headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.match(answer.headers['cache-control'] as string, /^public, max-age=300\b/);
    assert.equal(answer.headers.vary, 'Accept-Encoding');
  }
});

test('chunks never change under their name', async () => {
  const answer = await app.inject(`/${chunk}`);
  assert.equal(answer.statusCode, 200);
  assert.match(answer.headers['cache-control'] as string, /immutable/);
  assert.equal(answer.headers['access-control-allow-origin'], '*');
});

test('what a browser can decompress is sent compressed', async () => {
  const ask = (accepted: string) => app.inject({ url: '/customer-center.js', headers: { 'accept-encoding': accepted } });
  const brotli = await ask('gzip, deflate, br');
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(brotli.rawPayload).toString(), script);
  assert.equal(Number(brotli.headers['content-length']), brotli.rawPayload.length);
  const gzip = await ask('gzip, br;q=0');
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(gzip.rawPayload).toString(), script);
  assert.equal((await ask('identity')).headers['content-encoding'], undefined);
});

test('an unchanged file is not sent again, and a new build is noticed', async () => {
  const { etag } = (await app.inject('/door.js')).headers;
  const again = await app.inject({ url: '/door.js', headers: { 'if-none-match': `"other", ${etag}` } });
  assert.deepEqual([again.statusCode, again.body], [304, '']);
  assert.equal(again.headers['access-control-allow-origin'], '*');
  writeFileSync(`${folder}cdn/door.js`, 'new');
  utimesSync(`${folder}cdn/door.js`, new Date(), new Date(Date.now() + 5000));
  const renewed = await app.inject({ url: '/door.js', headers: { 'if-none-match': String(etag) } });
  assert.deepEqual([renewed.statusCode, renewed.body], [200, 'new']);
});

test('a missing chunk may be read as missing by any website and is not kept', async () => {
  const answer = await app.inject({ url: '/chunks/gone-00000000.js', headers: { origin: 'https://www.anyone.example' } });
  assert.equal(answer.statusCode, 404);
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  assert.equal(answer.headers['cache-control'], 'no-store');
});

/** Sent as they are: `inject` and every HTTP client would tidy them up first. */
async function raw(port: number, path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

test('no path leaves the folder', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const ups = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '..\\', '....//', '..%00/', '%252e%252e%252f', '..;/', '%c0%ae%c0%ae/', './'];
  const targets = ['secret.js', 'manifest.json', 'cdn/manifest.json', '../secret.js', '.hidden.js', 'sub/inner.js', 'sub%2finner.js', '%2e%2e/manifest.json', 'package.json', 'etc/passwd'];
  for (const up of ups)
    for (const target of targets)
      for (const path of [`/chunks/${up}${target}`, `/chunks/${up}${up}${target}`, `/${up}${target}`, `/customer-center.js/${up}${target}`]) {
        const answer = await raw(port, path);
        assert.match(answer, /^HTTP\/1\.1 4\d\d /, path);
        assert.doesNotMatch(answer, /the secret|root:/, path);
      }
});
