/** The small web servers of the demo: a folder of pages on a port of its own, which makes it an origin of its own. */
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json' };

/** What is not a file of the folder. */
export interface Made {
  type: string;
  body: string | Buffer;
  /** A file to keep, under this name. */
  download?: string;
}

export interface WebServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves the files of a folder, read once: `/` is index.html, `/account` is account.html.
 * @param words replace `{{name}}` in pages.
 * @param more answers what is not a file.
 */
export function serveFolder(
  folder: URL,
  port: number,
  words: () => Record<string, string>,
  more: (path: string) => Made | undefined = () => undefined,
  headers: Record<string, string> = {},
): Promise<WebServer> {
  const files = new Map(readdirSync(folder).map((name) => [`/${name}`, readFileSync(new URL(name, folder), 'utf8')]));
  const send = (response: ServerResponse, status: number, { type, body, download }: Made) =>
    response
      .writeHead(status, {
        'content-type': typeof body === 'string' ? `${type}; charset=utf-8` : type, 'cache-control': 'no-cache', ...headers,
        ...(download ? { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(download)}` } : {}),
      })
      .end(body);
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]!;
    const made = more(path);
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    if (made) return void send(response, 200, made);
    const name = path === '/' ? '/index.html' : [path, `${path.replace(/\/$/, '')}.html`].find((one) => files.has(one));
    const text = name && files.get(name);
    if (!name || !text) return void send(response, 404, { type: 'text/plain', body: 'There is no such page.' });
    send(response, 200, { type: types[extname(name)] ?? 'text/plain', body: text.replace(/\{\{(\w+)\}\}/g, (_whole, word: string) => words()[word] ?? '') });
  });
  return listening(server, port);
}

async function listening(server: Server, port: number): Promise<WebServer> {
  server.listen(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The first free port from `wanted` on; any free one for 0. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port++) {
    try {
      const probe = await listening(createServer(), port);
      await probe.close();
      return probe.port;
    } catch (error) {
      if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`no port between ${wanted} and ${wanted + 99} is free`);
}
