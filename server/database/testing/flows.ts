/** Every way a secret comes into the world, once, with the log at its most talkative; then dies without cleaning up. */
import { writeFileSync } from 'node:fs';
import { addStaff } from '../../account/staff.ts';
import { accessJobs } from '../../access/jobs.ts';
import { makeStaffLink } from '../../access/links.ts';
import { buildApp, servicesOf } from '../../app.ts';
import { outboxWorker } from '../../platform/outbox.ts';
import { codeOf, linkToken } from '../../platform/secrets.ts';
import { TestBrowser } from '../../testing-browser.ts';
import { makeAccount, makeApiKey, officeOf, testConfig } from '../../testing.ts';
import { openDatabase } from '../open.ts';
import { begin } from './child.ts';

export interface Secrets {
  secretKey: string;
  /** Long random ones: link tokens, handoffs, session tokens, API keys, verifiers. */
  tokens: string[];
  codes: string[];
  addresses: string[];
}

const { url, secretsFile } = await begin<{ url: string; secretsFile: string }>();
const database = await openDatabase(url);
const config = testConfig({ DATABASE_URL: url, LOG_LEVEL: 'trace' });
const services = servicesOf({ config, database });
const app = await buildApp({ config, database }, services);
const acme = await makeAccount(database);
const tokens: string[] = [];
const codes: string[] = [];
const keep = (...made: (string | null | undefined)[]) => tokens.push(...made.filter((each) => typeof each === 'string'));
const browser = () => new TestBrowser(app);
const work = () => outboxWorker(database, { ...accessJobs(services), notice: async () => undefined }, app.log).drain();

const apiKey = await makeApiKey(acme, ['read', 'write', 'links', 'settings']);
keep(apiKey);
const office = officeOf(app, apiKey);
const customer = await office('POST', 'customers', { name: 'Maria' }, { 'idempotency-key': 'customer-1' });
const contact = await office('POST', 'contacts', { customerId: customer.body.id, name: 'Maria', email: 'maria@example.com' });
const job = await office('POST', 'jobs', { customerId: customer.body.id, service: 'Leak' });

/** A sign-in with the link in the asking browser, with link and code elsewhere, and with the code alone. */
async function signIn(way: 'link' | 'elsewhere' | 'code'): Promise<void> {
  const asking = browser();
  const asked = await asking.askSignIn('maria@example.com');
  keep(asked.verifier);
  await work();
  const { id } = await acme.from('links').select('id').where('request_id', '=', asked.request.id).executeTakeFirstOrThrow();
  const token = linkToken(services.derive, id);
  const code = codeOf(services.derive, asked.request.id);
  keep(token);
  codes.push(code);
  const opening = way === 'elsewhere' ? browser() : asking;
  if (way !== 'code') {
    const { handoff } = (await opening.knock(token)).json() as { handoff: string };
    keep(handoff);
    await opening.exchange(handoff, way === 'link' ? asked.verifier : undefined);
  }
  if (way !== 'link') await opening.enterCode(asked.request.id, code, way === 'code' ? asked.verifier : undefined);
  await live(opening);
}

/** Uses a session and refreshes it. */
async function live(opened: TestBrowser): Promise<void> {
  if (!opened.tokens) throw new Error('no session was opened');
  keep(opened.tokens.accessToken, opened.tokens.refreshToken);
  if (opened.tokens.kind !== 'staff') await opened.get('/session');
  await opened.refresh();
  keep(opened.tokens.accessToken, opened.tokens.refreshToken);
}

/** A link that the office made or was given. */
async function open(linkUrl: string): Promise<TestBrowser> {
  const opening = browser();
  const token = linkUrl.split('#')[1]!;
  const { handoff } = (await opening.knock(token)).json() as { handoff: string };
  keep(token, handoff);
  await opening.exchange(handoff);
  await live(opening);
  return opening;
}

for (const way of ['link', 'elsewhere', 'code'] as const) await signIn(way);
const access = await office('POST', 'access-links', { contactId: contact.body.id, send: 'email' });
await open(access.body.url);
const sheet = await office('POST', 'document-links', { contactId: contact.body.id, document: { kind: 'job', id: job.body.id }, actions: ['view'], send: 'email' });
const reader = await open(sheet.body.url);
const center = await reader.send('POST', `${reader.path}/documents/${sheet.body.id}/center`, { challenge: 'A'.repeat(43) }, { headers: { 'idempotency-key': 'center-1' } });
codes.push(codeOf(services.derive, (center.json() as { id: string }).id));
const staff = await addStaff(acme, { name: 'Olive', email: 'olive@acme.example', role: 'owner' });
await open(await makeStaffLink(acme, services, staff.id));
// Answers that are stored, and things that fail.
await app.inject({ method: 'POST', url: '/v1/accounts/acme/sign-in-requests', headers: { 'idempotency-key': 'sign-in-1' }, payload: { address: 'olive@acme.example', audience: 'staff', challenge: 'A'.repeat(43) } });
await browser().knock(tokens.at(-1)!);
await app.inject({ url: `/v1/office/jobs?q=${tokens[0]}`, headers: { authorization: `Bearer ${apiKey}x` } });
await work();

writeFileSync(secretsFile, JSON.stringify({ secretKey: config.SECRET_KEY, tokens: [...new Set(tokens)], codes, addresses: ['maria@example.com', 'olive@acme.example'] } satisfies Secrets));
process.kill(process.pid, 'SIGKILL');
