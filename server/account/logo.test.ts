import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import type { Scope } from '../database/scope.ts';
import { makeAccount, makeApiKey, openTestApp } from '../testing.ts';
import { readImage } from './image.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
let acme: Scope;
let key: string;

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  key = await makeApiKey(acme, ['settings']);
});
after(() => harness.close());

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

function png(width: number, height: number, ...more: Buffer[]): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const pixels = deflateSync(Buffer.alloc((Math.ceil(Math.min(width, 4000) / 8) + 1) * Math.min(height, 4000)));
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), ...more, chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffc0000b080000000001011100', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from(`ffdb004300${'01'.repeat(64)}`, 'hex'), frame,
    Buffer.from('ffda0008010100003f00', 'hex'), Buffer.from('55ff0066ffd077', 'hex'), Buffer.from('ffd9', 'hex'),
  ]);
}

const put = (payload: Buffer | string, type = 'image/png') =>
  harness.app.inject({ method: 'PUT', url: '/v1/office/account/logo', headers: { authorization: `Bearer ${key}`, 'content-type': type }, payload });
const read = (url: string) => harness.app.inject({ method: 'GET', url });

test('a logo is served under an address of its own that may be kept for ever, and is inert wherever it is shown', async () => {
  for (const [image, type] of [[png(320, 200), 'image/png'], [jpeg(64, 32), 'image/jpeg']] as const) {
    const answer = await put(image, type);
    assert.equal(answer.statusCode, 200, answer.body);
    const { logoUrl } = (await read('/v1/accounts/acme')).json<{ logoUrl: string }>();
    assert.equal(logoUrl, answer.json<{ logoUrl: string }>().logoUrl);
    const served = await read(logoUrl.replace('http://localhost:8080', ''));
    assert.deepEqual(served.rawPayload, image);
    const { headers } = served;
    assert.deepEqual(
      ['content-type', 'cache-control', 'x-content-type-options', 'content-security-policy', 'cross-origin-resource-policy'].map((name) => headers[name]),
      [type, 'public, max-age=31536000, immutable', 'nosniff', "default-src 'none'; sandbox", 'cross-origin'],
    );
  }
  const another = await read('/v1/accounts/acme/logo?v=another');
  assert.equal(another.headers['cache-control'], 'public, max-age=60', 'only under its own address');
});

test('the type is what the content is, whatever the sender says', async () => {
  assert.equal((await put(jpeg(10, 10), 'image/png')).statusCode, 200);
  assert.equal((await read('/v1/accounts/acme/logo')).headers['content-type'], 'image/jpeg');
});

test('what is no whole image of a sane size is refused with a path', async () => {
  const good = png(100, 100);
  const flipped = Buffer.from(good);
  flipped.writeUInt8(flipped.readUInt8(60) ^ 1, 60);
  const hostile: Record<string, Buffer> = {
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    html: Buffer.from('<!doctype html><script>alert(1)</script>'),
    gif: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
    'only a signature': good.subarray(0, 8),
    'a signature before HTML': Buffer.concat([good.subarray(0, 8), Buffer.from('<script>alert(1)</script>')]),
    'a header without pixels': Buffer.concat([good.subarray(0, 33), good.subarray(-12)]),
    'a PNG cut short': good.subarray(0, -1),
    'a PNG with a broken chunk': flipped,
    'a chunk longer than the file': Buffer.concat([good.subarray(0, 33), Buffer.from('7fffffff49444154', 'hex')]),
    'a JPEG cut short': jpeg(10, 10).subarray(0, -1),
    'a JPEG without a frame': Buffer.from('ffd8ffda0008010100003f0055ffd9', 'hex'),
    'a JPEG whose segment has no length': Buffer.from('ffd8ffe00000ffd9', 'hex'),
    'too wide': png(2001, 10),
    'too high': jpeg(10, 2001),
    'a decompression bomb': png(0x7fffffff, 0x7fffffff),
    'no width': png(0, 10),
  };
  const before = (await read('/v1/accounts/acme/logo')).rawPayload;
  for (const [what, bytes] of Object.entries(hostile)) {
    const answer = await put(bytes);
    assert.equal(answer.statusCode, 400, what);
    assert.equal(answer.json<{ errors: { path: string }[] }>().errors[0]!.path, '/', what);
  }
  assert.deepEqual((await read('/v1/accounts/acme/logo')).rawPayload, before, 'the logo before stays');
});

test('of a file that is an image and something else, only the image is kept', () => {
  for (const image of [png(50, 50), jpeg(50, 50)]) {
    const both = Buffer.concat([image, Buffer.from('<script>alert(1)</script>PK\u0003\u0004')]);
    assert.deepEqual(readImage(both)?.bytes, image);
  }
});

test('random bytes behind a good beginning never make the reader fail or hang', () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const bytes = Buffer.from(seed % 2 ? png(20, 20) : jpeg(20, 20));
    for (let flip = 0; flip < 4; flip++) bytes[(seed * 7919 * (flip + 3)) % bytes.length] = (seed * 31 + flip * 17) % 256;
    readImage(bytes);
  }
});

test('a logo of more than 256 KB, of another kind of content, or none at all is refused', async () => {
  const large = png(100, 100, chunk('tEXt', Buffer.alloc(256 * 1024)));
  assert.deepEqual([(await put(large)).statusCode, (await put(large)).json<{ code: string }>().code], [413, 'too_large']);
  for (const type of ['image/svg+xml', 'image/gif', 'application/json', 'text/plain', 'multipart/form-data; boundary=x'])
    assert.equal((await put('{}', type)).json<{ code: string }>().code, 'unsupported_media', type);
  const none = await harness.app.inject({ method: 'PUT', url: '/v1/office/account/logo', headers: { authorization: `Bearer ${key}` } });
  assert.equal(none.json<{ code: string }>().code, 'unsupported_media');
});

test('images are read on the logo’s route only', async () => {
  const answer = await harness.app.inject({
    method: 'PATCH', url: '/v1/office/account', headers: { authorization: `Bearer ${key}`, 'content-type': 'image/png' }, payload: png(10, 10),
  });
  assert.equal(answer.json<{ code: string }>().code, 'unsupported_media');
});

test('a removed logo is gone, and answers like an account that never had one', async () => {
  await put(png(10, 10));
  assert.equal((await harness.app.inject({ method: 'DELETE', url: '/v1/office/account/logo', headers: { authorization: `Bearer ${key}` } })).statusCode, 204);
  await makeAccount(harness.database, 'verde');
  const [gone, never, unknown] = await Promise.all(['acme', 'verde', 'nobody'].map((slug) => read(`/v1/accounts/${slug}/logo`)));
  assert.equal(gone!.statusCode, 404);
  assert.deepEqual([gone!.body, gone!.body], [never!.body, unknown!.body]);
  assert.equal((await read('/v1/accounts/acme')).json<{ logoUrl: null }>().logoUrl, null);
});
