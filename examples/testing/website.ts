/** A contractor's website: a folder of files on an origin of its own. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** How the examples name the server; a contractor writes their own there, and so does the test. */
const PLACEHOLDER = 'https://center.example.com';
const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png', '.svg': 'image/svg+xml', '.json': 'application/json' };

export interface Website {
  origin: string;
  close(): Promise<void>;
}

export async function openWebsite(folder: string, publicUrl: string): Promise<Website> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    // Browsers ask for it unasked; a website that has none would litter the console.
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    let file = join(folder, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    // A single-page app answers every path of its own with its one page.
    if (!existsSync(file) && extname(path) === '') file = join(folder, 'index.html');
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
    const type = types[extname(file)] ?? 'application/octet-stream';
    response.setHeader('content-type', type);
    if (!/text|javascript|json/.test(type)) return void createReadStream(file).pipe(response);
    response.end(readFileSync(file, 'utf8').replaceAll(PLACEHOLDER, publicUrl));
  });
  return listening(server);
}

/** A website of one page, whose HTML may change while it is served. */
export const openPage = (html: () => string): Promise<Website> =>
  listening(createServer((request, response) => (request.url === '/favicon.ico' ? void response.writeHead(204).end() : void response.setHeader('content-type', types['.html']!).end(html()))));

async function listening(server: Server): Promise<Website> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
