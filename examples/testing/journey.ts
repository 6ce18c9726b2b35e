/**
 * What the examples' end-to-end tests share: the production server as its own process, a real SMTP receiver, a real browser,
 * and a contractor's website on another origin.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { openDatabase } from '../../server/database/open.ts';
import type { AccountRow } from '../../server/database/scope.ts';
import { answerStripe } from '../../server/demo/stripe-sandbox/testing.ts';
import { startSandbox, type Sandbox } from '../../server/demo/stripe-sandbox/server.ts';
import { connect, secrets, stripeSettings } from '../../server/payments/testing.ts';
import { makeAccount, makeApiKey } from '../../server/testing.ts';
import { browserArgs, findBrowser } from '../../tools/browser.ts';
import { freePort } from '../../tools/postgres.ts';
import { openMailbox, type Mailbox } from './mailbox.ts';
import { openWebsite, type Website } from './website.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface Journey {
  /** The server's own origin, as the script's address has it. */
  publicUrl: string;
  databaseUrl: string;
  /** The office API, with every right, of the account `acme`. */
  office<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  mailbox: Mailbox;
  /** What stands in for Stripe; the account is connected to it. Only of a journey that pays. */
  sandbox: Sandbox | undefined;
  browser: Browser;
  /** A browser profile of its own; its pages fail the test on an uncaught error. */
  profile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Serves a folder as a contractor's website and lists its first page in the account. */
  website(folder: string, options?: { listed?: boolean; path?: string }): Promise<Website>;
  /** What the server printed so far. */
  log(): string;
  restart(): Promise<void>;
  close(): Promise<void>;
}

interface Wanted {
  /** Whether the account takes payments, over the sandbox in place of Stripe. */
  paying?: boolean;
  account?: Partial<AccountRow>;
  /** Nothing in the database: no account, no page, no key; `office` then answers nothing. The server has the sandbox for Stripe. */
  empty?: boolean;
}

export async function startJourney({ paying = false, account = {}, empty = false }: Wanted = {}): Promise<Journey> {
  const folder = mkdtempSync(join(tmpdir(), 'customer-center-journey-'));
  const databaseUrl = `sqlite:${join(folder, 'center.sqlite')}`;
  const mailbox = await openMailbox();
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;

  const database = await openDatabase(databaseUrl);
  const scope = empty ? undefined : await makeAccount(database, 'acme', account);
  await scope?.delete('pages').execute();
  const key = scope && (await makeApiKey(scope, ['read', 'write', 'links', 'settings']));
  const sandbox = paying || empty ? await startSandbox({ port: 0 }) : undefined;
  if (sandbox) {
    if (scope) await connect(scope, sandbox.control.connect());
    sandbox.control.webhook({ url: `${publicUrl}/v1/webhooks/stripe/connect`, secret: secrets.connect, connect: true });
  }
  await database.close();

  let log = '';
  let server: ChildProcess;
  const start = async () => {
    server = spawn(process.execPath, ['server/main.ts'], {
      cwd: root,
      env: {
        PATH: process.env['PATH'], PUBLIC_URL: publicUrl, PORT: String(port), DATABASE_URL: databaseUrl, SMTP_URL: mailbox.url, MAIL_FROM: 'notices@center.example',
        SECRET_KEY: 'journey-0123456789-abcdefghijklmnopqrstuvwxyz', LOG_LEVEL: 'debug',
        ...(sandbox ? stripeSettings(sandbox) : {}),
      },
    });
    server.stdout!.on('data', (data) => (log += String(data)));
    server.stderr!.on('data', (data) => (log += String(data)));
    for (let waited = 0; !(await answers(publicUrl)); waited += 50) {
      if (server.exitCode !== null || waited > 15_000) throw new Error(`the server did not start:\n${log.slice(-2000)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const stop = () =>
    new Promise<void>((resolve) => {
      server.once('exit', () => resolve());
      server.kill('SIGKILL');
    });
  await start();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...browserArgs] });
  const websites: Website[] = [];

  const journey: Journey = {
    publicUrl,
    databaseUrl,
    mailbox,
    sandbox,
    browser,
    log: () => log,
    office: async <T>(method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${publicUrl}/v1/office${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return (text ? JSON.parse(text) : undefined) as T;
    },
    profile: async (options) => {
      const context = await browser.newContext({ ...(options ?? {}) });
      context.setDefaultTimeout(10_000);
      if (sandbox) await answerStripe(context, sandbox);
      return context;
    },
    website: async (name, { listed = true, path = '/' } = {}) => {
      const website = await openWebsite(join(root, 'examples', name), publicUrl);
      websites.push(website);
      if (listed) await journey.office('POST', '/pages', { url: website.origin + path });
      return website;
    },
    restart: async () => {
      await stop();
      await start();
    },
    close: async () => {
      await browser.close();
      await Promise.all(websites.map((website) => website.close()));
      await stop();
      await sandbox?.close();
      await mailbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return journey;
}

/** A household with a job or two, made through the office API as another back office would. */
export async function makeHousehold(journey: Journey, email: string, name = 'Maria O’Brien'): Promise<{ customerId: string; contactId: string; jobId: string }> {
  const { id: customerId } = await journey.office<{ id: string }>('POST', '/customers', { name });
  const { id: contactId } = await journey.office<{ id: string }>('POST', '/contacts', { customerId, name, email });
  const { id: addressId } = await journey.office<{ id: string }>('POST', '/addresses', { customerId, line1: '412 Pine Street', city: 'Decatur', region: 'GA', postalCode: '30030' });
  const { id: jobId } = await journey.office<{ id: string }>('POST', '/jobs', { customerId, addressId, contactId, service: 'Water heater replacement', scope: 'Replace the 50 gallon heater\nin the garage', status: 'scheduled', technician: 'Daniel K.' });
  const day = new Date(Date.now() + 3 * 24 * 3_600_000).toISOString().slice(0, 10);
  await journey.office('POST', '/visits', { jobId, startsAt: `${day}T14:00:00Z`, arrivalWindowMinutes: 120 });
  await journey.office('POST', '/charges', { jobId, description: '50 gallon heater', unitPrice: 189_900 });
  await journey.office('POST', '/notes', { jobId, body: 'Please keep the garage clear.', shared: true });
  await journey.office('POST', '/notes', { jobId, body: 'Dog bites.', shared: false });
  const past = await journey.office<{ id: string }>('POST', '/jobs', { customerId, addressId, contactId, service: 'Dryer vent cleaning', status: 'complete', completedAt: '2026-03-14T15:00:00Z' });
  await journey.office('POST', '/charges', { jobId: past.id, description: 'Cleaning', unitPrice: 25_000 });
  await journey.office('POST', '/payments', { jobId: past.id, receivedOn: '2026-03-15', method: 'check', amount: 25_000 });
  return { customerId, contactId, jobId };
}

/** Waits until the widget on a page shows this text, looking through its shadow roots. */
export const shows = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/livez`)).ok;
  } catch {
    return false;
  }
}
