/** `npm run demo`: the whole house on this machine, with nothing to configure and nothing from the network. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contactFor, makeDocumentLinks } from '../access/document-links.ts';
import { makeLink, makeStaffLink } from '../access/links.ts';
import { makeKey } from '../account/keys.ts';
import { buildApp, servicesOf } from '../app.ts';
import { readConfig } from '../config.ts';
import { openDatabase } from '../database/open.ts';
import type { Scope } from '../database/scope.ts';
import { smtpTransport } from '../notices/email.ts';
import { emailKey } from '../platform/text.ts';
import { linkUrl } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';
import { makeWorker } from '../worker.ts';
import { openAccounts } from './accounts.ts';
import { shownDocuments } from './documents.ts';
import { mailboxTransports, serveMailbox, type MailboxMessage } from './mailbox.ts';
import { connectSandbox, stripeSettings, webhookSecret } from './payments.ts';
import { startSandbox, type Sandbox } from './stripe-sandbox/server.ts';
import { freePort, serveFolder } from './web.ts';

export interface DemoOptions {
  /** The first of five ports; the next free ones are taken. 0: any. */
  port?: number;
  /** Prints nothing. */
  quiet?: boolean;
  /** Keeps the data of the last time, in `.data/demo`. */
  keep?: boolean;
  /** Delivers e-mail to this SMTP server as well as into the mailbox. */
  smtpUrl?: string;
  logLevel?: string;
  /** Bank debits settle by themselves after so long; 0: when told. */
  settleSeconds?: number;
}

export interface DemoUrls {
  /** Our own origin. */
  center: string;
  acme: string;
  acmeAccount: string;
  verde: string;
  verdeAccount: string;
  mailbox: string;
  /** What stands in for Stripe. */
  stripe: string;
}

export interface Demo {
  urls: DemoUrls;
  mailbox: MailboxMessage[];
  sandbox: Sandbox;
  services: Services;
  scopes: { acme: Scope; verde: Scope };
  /** A new link that opens the whole center for the contact with this address. */
  accessLink(account: 'acme' | 'verde', email: string): Promise<string>;
  /** A new link that opens the office once, as its owner or as a clerk. */
  staffLink(account: 'acme' | 'verde', role: 'owner' | 'clerk'): Promise<string>;
  /** A new link that opens one document: the estimate with the choices, or the invoice that the mailbox begins with. Nothing where it is not. */
  documentLink(account: 'acme' | 'verde', kind: 'estimate' | 'invoice'): Promise<string | undefined>;
  close(): Promise<void>;
}

const keptFolder = fileURLToPath(new URL('../../.data/demo/', import.meta.url));

export async function startDemo({ port = 4100, quiet = false, keep = false, smtpUrl, logLevel = 'warn', settleSeconds = 30 }: DemoOptions = {}): Promise<Demo> {
  const folder = keep ? keptFolder : mkdtempSync(join(tmpdir(), 'customer-center-demo-'));
  const messages: MailboxMessage[] = [];
  const next = (last: number) => freePort(port === 0 ? 0 : last + 1);

  const centerPort = await freePort(port);
  const center = `http://localhost:${centerPort}`;
  const sandbox = await startSandbox({ port: await next(centerPort), autoSettleSeconds: settleSeconds });
  const words = () => ({ center, stripe: sandbox.url });
  const acmeSite = await serveFolder(new URL('./sites/acme/', import.meta.url), await next(sandbox.port), words);
  const verdeSite = await serveFolder(new URL('./sites/verde/', import.meta.url), await next(acmeSite.port), words);
  const mailbox = await serveMailbox(messages, await next(verdeSite.port));
  const urls: DemoUrls = {
    center,
    // Two names of this machine, so that the websites differ from each other and from us in more than the port.
    acme: `http://localhost:${acmeSite.port}`,
    acmeAccount: `http://localhost:${acmeSite.port}/account`,
    verde: `http://127.0.0.1:${verdeSite.port}`,
    verdeAccount: `http://127.0.0.1:${verdeSite.port}/cuenta`,
    mailbox: `http://localhost:${mailbox.port}/mailbox`,
    stripe: sandbox.url,
  };

  const config = readConfig({
    PUBLIC_URL: center, DATABASE_URL: `sqlite:${join(folder, 'demo.sqlite')}`, SECRET_KEY: secretIn(folder), MAIL_FROM: 'notices@center.example',
    LOG_LEVEL: logLevel, ...stripeSettings(sandbox), ...(smtpUrl ? { SMTP_URL: smtpUrl } : {}),
  });
  const database = await openDatabase(config.DATABASE_URL, { exclusive: true });
  const services: Services = { ...servicesOf({ config, database }), smsConfigured: true };
  const scopes = await openAccounts(services, urls);
  for (const scope of Object.values(scopes)) await connectSandbox(services, scope, sandbox);
  const app = await buildApp({ config, database }, services);
  const worker = makeWorker(services, mailboxTransports(messages, smtpUrl ? smtpTransport(smtpUrl) : undefined), app.log);
  // `localhost` is two addresses on most machines; a browser may try either.
  await app.listen({ host: 'localhost', port: centerPort });
  worker.start();
  sandbox.control.webhook({ url: `${center}/v1/webhooks/stripe/connect`, secret: webhookSecret, connect: true });

  const demo: Demo = {
    urls, mailbox: messages, sandbox, services, scopes,
    accessLink: (account, email) => accessLink(services, scopes[account], email),
    staffLink: (account, role) => staffLink(services, scopes[account], role),
    documentLink: (account, kind) => documentLink(services, scopes[account], kind),
    close: async () => {
      app.server.closeAllConnections();
      await Promise.all([app.close(), worker.stop(), sandbox.close(), acmeSite.close(), verdeSite.close(), mailbox.close()]);
      await database.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
  if (!quiet) await introduce(demo, port === 0 ? centerPort : port);
  return demo;
}

/** Made once for each folder of data: links that were printed keep working with kept data, and with no other. */
function secretIn(folder: string): string {
  const file = join(folder, 'secret-key');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(36).toString('base64'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

async function accessLink({ config, derive }: Services, scope: Scope, email: string): Promise<string> {
  const contact = await scope.from('contacts').select('contacts.id').where('email_key', '=', emailKey(email)).orderBy('id').executeTakeFirstOrThrow();
  const { token } = await makeLink(scope, derive, { kind: 'access', contact_id: contact.id });
  return linkUrl(config.PUBLIC_URL, scope.account.slug, token);
}

async function staffLink(services: Services, scope: Scope, role: 'owner' | 'clerk'): Promise<string> {
  const { id } = await scope.from('staff').select('staff.id').where('role', '=', role).orderBy('id').executeTakeFirstOrThrow();
  return makeStaffLink(scope, services, id);
}

/** Data that was kept by an earlier release has no such document. */
async function documentLink(services: Services, scope: Scope, kind: 'estimate' | 'invoice'): Promise<string | undefined> {
  const row = await scope.from(`${kind}s`).select(['id', 'version', 'customer_id', 'contact_id']).where('external_id', '=', shownDocuments[kind]).executeTakeFirst();
  if (!row?.version || !row.contact_id) return undefined;
  const contact = await contactFor(scope, row.contact_id, row.customer_id);
  const [link] = await makeDocumentLinks(scope, services, { kind, id: row.id, version: row.version }, { contact, channels: [], notice: kind });
  return link?.url;
}

async function introduce({ urls, accessLink, documentLink, staffLink, scopes }: Demo, wanted: number): Promise<void> {
  const [estimate, invoice] = [await documentLink('acme', 'estimate'), await documentLink('acme', 'invoice')];
  if (!urls.center.endsWith(`:${wanted}`)) console.log(`Port ${wanted} is taken, so the next free one is used (DEMO_PORT sets the first).\n`);
  console.log(`The demo runs. Two contractors' websites, each with the customer center on one of its pages:

  ${urls.acmeAccount}
      Acme Plumbing & Heating. Sign in as maria@pinestreet.example (a company, its practices and a home).
  ${urls.verdeAccount}
      Jardines Verdes, in Spanish. Sign in as elena@ramirez.example.

Where their e-mails and text messages land:

  ${urls.mailbox}

A link that signs in at once, as the office would send it:

  ${await accessLink('acme', 'maria@pinestreet.example')}
${estimate ? `\nAn estimate to choose from, approve, question or decline:\n\n  ${estimate}\n` : ''}${invoice ? `\nAn invoice, after a deposit and a first part:\n\n  ${invoice}\n` : ''}
The same center without a website of one's own:

  ${urls.center}/c/acme

The office of Acme, as its owner and as a clerk; each link works once, in a browser of its own:

  ${await staffLink('acme', 'owner')}
  ${await staffLink('acme', 'clerk')}
      Later, sign in at ${urls.center}/office?account=acme as pat@acmeplumbing.example or robin@acmeplumbing.example.

Pay with the card 4242 4242 4242 4242, any future date and any three digits; nothing is charged (docs/payments.md has more cards).
The office's API sees the payment and refunds it (docs/payments.md says how), with this key:

  ${(await makeKey(scopes.acme, { name: 'Demo', scopes: ['read', 'write', 'links', 'settings'] })).secret}

Ctrl-C ends the demo and forgets what was done in it; \`npm run demo -- --keep\` remembers.`);
}
