/** The Stripe sandbox: a strict double of the part of Stripe's API that the center uses, in memory, on a port of this machine. Never part of the production start. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { keys, newAccount } from './accounts.ts';
import { answerApi, type Asked } from './api.ts';
import { controlByHttp, makeControl, type Control, type Fault, type LoggedRequest } from './control.ts';
import { Failure } from './failures.ts';
import { pageAt } from './pages.ts';
import { newStore, type World } from './store.ts';
import { Postman } from './webhooks.ts';

export interface SandboxOptions {
  /** 0: any. */
  port: number;
  /** Bank debits settle by themselves after so long; otherwise only when told. */
  autoSettleSeconds?: number;
}

export interface Sandbox {
  /** Its address, such as http://127.0.0.1:4105; what STRIPE_API_BASE is set to. */
  url: string;
  port: number;
  /** Keys that it accepts: the platform's, and in own-account mode the contractor's. */
  keys: { secret: string; restricted: string; publishable: string };
  /** The platform's own account. */
  account: string;
  /** Direct handles for tests in the same process, the same as the /_test routes. */
  control: Control;
  close(): Promise<void>;
}

const platformId = 'acct_sandboxplatform';
const stubParts = ['api', 'look', 'fields', 'challenge', 'elements', 'stripe'];

export async function startSandbox({ port, autoSettleSeconds }: SandboxOptions): Promise<Sandbox> {
  const postman = new Postman();
  const requests: LoggedRequest[] = [];
  const faults: Fault[] = [];
  const clocks = new Set<NodeJS.Timeout>();
  const world: World = {
    url: '', platform: newStore(newAccount(platformId, true), true), accounts: new Map(), codes: new Map(), links: new Map(),
    ...(autoSettleSeconds ? { autoSettleSeconds } : {}),
    emit: (store, type, object, previous) => postman.emit(world, store, type, object, previous),
    later: (milliseconds, work) => {
      const clock = setTimeout(() => {
        clocks.delete(clock);
        work();
      }, milliseconds);
      clocks.add(clock.unref());
    },
  };
  const stopClocks = () => {
    for (const clock of clocks) clearTimeout(clock);
    clocks.clear();
  };
  const renew = async () => {
    stopClocks();
    await postman.reset();
    world.platform = newStore(newAccount(platformId, true), true);
    world.accounts.clear();
    world.accounts.set(platformId, world.platform);
    world.codes.clear();
    world.links.clear();
  };
  await renew();
  const control = makeControl({ world, postman, requests, faults, renew });

  const server = createServer((request, response) => {
    void answer({ world, requests, faults, control }, request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) send(response, 500, { error: { type: 'api_error', message: String(error) } });
    });
  });
  server.listen(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const bound = (server.address() as AddressInfo).port;
  world.url = `http://127.0.0.1:${bound}`;
  return {
    url: world.url, port: bound, keys: { ...keys }, account: platformId, control,
    close: async () => {
      stopClocks();
      await postman.reset();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface House {
  world: World;
  requests: LoggedRequest[];
  faults: Fault[];
  control: Control;
}

const anyWebsite = {
  'access-control-allow-origin': '*', 'access-control-allow-headers': '*, authorization', 'access-control-allow-methods': 'GET, POST, DELETE', 'access-control-max-age': '600',
};

async function answer(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', house.world.url);
  if (request.method === 'OPTIONS') return void response.writeHead(204, anyWebsite).end();
  const body = await textOf(request);
  if (url.pathname === '/endive/stripe.js' || url.pathname === '/stripe-stub.js') return sendText(response, 'text/javascript', stub());
  if (url.pathname.startsWith('/_test/')) return sendControl(house.control, url.pathname.slice('/_test/'.length), body, response);
  const page = request.method === 'GET' ? pageAt(house.world, url, request.headers.accept?.includes('text/html') ?? false) : undefined;
  if (page && 'redirect' in page) return void response.writeHead(302, { location: page.redirect, 'referrer-policy': 'no-referrer' }).end();
  if (page) return 'css' in page ? sendText(response, 'text/css', page.css) : sendText(response, 'text/html', page.html);
  await sendApi(house, { method: request.method ?? 'GET', url, headers: request.headers as Record<string, string>, body }, response);
}

async function sendApi({ world, requests, faults }: House, asked: Asked, response: ServerResponse): Promise<void> {
  const { log, fault, publishable, answer: work } = answerApi(world, asked, faults);
  requests.push(log);
  if (fault?.kind === 'drop-before') return void response.socket?.destroy();
  const { status, body, headers, done } = work();
  if (fault?.kind === 'slow') await sleep(fault.milliseconds ?? 2000, undefined, { ref: false });
  done();
  if (fault?.kind === 'drop-after') return void response.socket?.destroy();
  log.status = status;
  // Only what comes with a publishable key may be read by a website.
  send(response, status, body, { ...headers, ...(publishable ? anyWebsite : {}) });
}

async function sendControl(control: Control, name: string, body: string, response: ServerResponse): Promise<void> {
  try {
    send(response, 200, await controlByHttp(control, name, body), anyWebsite);
  } catch (error) {
    const status = error instanceof Failure ? error.status : 400;
    send(response, status, { error: { type: 'invalid_request_error', message: (error as Error).message } }, anyWebsite);
  }
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-cache, no-store', ...headers }).end(JSON.stringify(body, null, 2));
}

function sendText(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
    ...(type === 'text/html' ? { 'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'" } : { 'access-control-allow-origin': '*' }),
  }).end(body);
}

/** The script of the browser: its parts as one, in one function. */
function stub(): string {
  const parts = stubParts.map((name) => readFileSync(new URL(`./stub/${name}.js`, import.meta.url), 'utf8'));
  return `(function () {\n'use strict';\n${parts.join('\n')}\n})();\n`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
