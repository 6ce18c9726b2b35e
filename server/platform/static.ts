/**
 * The built widget, to any website. Files are read, compressed once and kept; a newer build is noticed by its time, and
 * chunks of the previous release stay where they are, for pages that were opened before.
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from './problems.ts';

export const builtFolder = fileURLToPath(new URL('../../dist/cdn/', import.meta.url));
/** The door's style is plain CSS, served as it was written. */
const doorFolder = fileURLToPath(new URL('../../widget/door/', import.meta.url));

interface Asset {
  modified: number;
  etag: string;
  bodies: Record<Encoding, Buffer>;
}
type Encoding = 'br' | 'gzip' | 'identity';

const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', txt: 'text/plain; charset=utf-8' } as const;
/** Found again every five minutes, so that a release reaches pages soon; chunks never change under their name. */
const SHORT = 'public, max-age=300, stale-while-revalidate=86400';
const FOREVER = 'public, max-age=31536000, immutable';
/** No slash, no leading dot: a name can only be one file of the folder. */
const chunkName = /^[A-Za-z0-9_][\w.-]*\.js$/;

/** @param folder where the build is; another one in tests. */
export function staticFiles(app: FastifyInstance, folder = builtFolder): void {
  const read = assetReader();
  const files: [url: string, path: string, type: keyof typeof types][] = [
    ['/customer-center.js', `${folder}customer-center.js`, 'js'],
    ['/customer-center-office.js', `${folder}customer-center-office.js`, 'js'],
    ['/customer-center.iife.js', `${folder}customer-center.iife.js`, 'js'],
    ['/door.js', `${folder}door.js`, 'js'],
    ['/licenses.txt', `${folder}licenses.txt`, 'txt'],
    ['/door.css', `${doorFolder}door.css`, 'css'],
  ];
  for (const [url, path, type] of files)
    app.get(url, { config: { access: 'operator' }, schema: { hide: true } }, async (request, reply) => answer(request, reply, await read(path), types[type], SHORT));
  app.get<{ Params: { name: string } }>('/chunks/:name', { config: { access: 'operator' }, schema: { hide: true } }, async (request, reply) => {
    const { name } = request.params;
    return answer(request, reply, chunkName.test(name) ? await read(`${folder}chunks/${name}`) : undefined, types.js, FOREVER);
  });
}

function answer(request: FastifyRequest, reply: FastifyReply, asset: Asset | undefined, type: string, cache: string) {
  // Pages of every origin load these, with and without CORS; they hold nothing but code.
  reply.headers({
    'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff', vary: 'Accept-Encoding',
  });
  if (!asset) throw notFound();
  reply.headers({ 'cache-control': cache, etag: asset.etag });
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(asset.etag)) return reply.code(304).send();
  const encoding = encodingFor(request.headers['accept-encoding']);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.type(type).send(asset.bodies[encoding]);
}

function encodingFor(accepted: string | string[] | undefined): Encoding {
  const wanted = new Set(
    String(accepted ?? '').toLowerCase().split(',').map((part) => part.trim()).filter((part) => !/;\s*q=0(\.0*)?$/.test(part)).map((part) => part.split(';')[0]!.trim()),
  );
  return wanted.has('br') ? 'br' : wanted.has('gzip') ? 'gzip' : 'identity';
}

/** Reads and compresses each version of a file once, however many ask at the same time. */
function assetReader(): (path: string) => Promise<Asset | undefined> {
  const kept = new Map<string, Promise<Asset>>();
  return async (path) => {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const held = await kept.get(path)?.catch(() => undefined);
    if (held?.modified === found.mtimeMs) return held;
    const loading = load(path, found.mtimeMs);
    kept.set(path, loading);
    return loading;
  };
}

async function load(path: string, modified: number): Promise<Asset> {
  const identity = await readFile(path);
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } }),
    promisify(gzip)(identity, { level: 9 }),
  ]);
  const hash = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
  return { modified, etag: `W/"${hash}"`, bodies: { br, gzip: gz, identity } };
}
