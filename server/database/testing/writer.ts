/**
 * An office and customers at work: eight at a time make records, ask for sign-in links and repeat themselves, while the
 * worker sends. Every answer is written to stdout when it has arrived; then the process is killed.
 */
import { buildApp, servicesOf } from '../../app.ts';
import { accessJobs } from '../../access/jobs.ts';
import { outboxWorker } from '../../platform/outbox.ts';
import { now } from '../../platform/ids.ts';
import { officeOf, testConfig } from '../../testing.ts';
import { openDatabase } from '../open.ts';
import { begin } from './child.ts';

export interface WriterSettings {
  url: string;
  apiKey: string;
  /** Tells the addresses of this life from those of others. */
  life: number;
  writers: number;
}

const { url, apiKey, life, writers } = await begin<WriterSettings>();
const database = await openDatabase(url, { exclusive: true });
const config = testConfig({ DATABASE_URL: url });
const services = servicesOf({ config, database });
const app = await buildApp({ config, database }, services);
// Limits have their own test; here they would only stop the writing.
await database.db.deleteFrom('rate_buckets').execute();

const send = async (_job: object, { noticeId }: Record<string, unknown>) =>
  void (await database.db.updateTable('notices').set({ status: 'sent', sent_at: now() }).where('id', '=', String(noticeId)).execute());
const worker = outboxWorker(database, { ...accessJobs(services), notice: send }, { error: (_, message) => fail(message) }, 20);
worker.start();

const office = officeOf(app, apiKey);
console.log('ready');
await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));

/** Goes on until the process is killed. */
async function write(writer: number): Promise<never> {
  for (let round = 0; ; round++) {
    const name = `${life}-${writer}-${round}`;
    const make = async (kind: string, body: object): Promise<string> => {
      const answer = await office('POST', kind, body);
      if (answer.status !== 201) fail(answer.text);
      console.log(`${kind} ${answer.body.id}`);
      return answer.body.id as string;
    };
    const customerId = await make('customers', { name, externalId: name });
    await make('contacts', { customerId, name, email: `${name}@example.com` });
    const jobId = await make('jobs', { customerId, service: 'Leak' });
    for (const unitPrice of [100, 200]) await make('charges', { jobId, description: 'Labor', unitPrice });
    await make('visits', { jobId, date: '2026-03-02' });
    await askSignIn(name);
  }
}

async function askSignIn(name: string): Promise<void> {
  const answer = await app.inject({
    method: 'POST', url: '/v1/accounts/acme/sign-in-requests', headers: { 'idempotency-key': `sign-in-${name}` },
    payload: { address: `${name}@example.com`, challenge: 'A'.repeat(43) },
  });
  if (answer.statusCode === 429) return;
  if (answer.statusCode !== 202) fail(answer.body);
  console.log(`sign_in_requests ${(answer.json() as { id: string }).id} ${name}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
