/** A server that takes Stripe's events and does what they are hints for, until it is killed. Says the port it listens on. */
import type { AddressInfo } from 'node:net';
import { buildApp, servicesOf } from '../../app.ts';
import { begin } from '../../database/testing/child.ts';
import { openDatabase } from '../../database/open.ts';
import { outboxWorker } from '../../platform/outbox.ts';
import { testConfig } from '../../testing.ts';
import { paymentJobs } from '../jobs.ts';

export interface ListenerSettings {
  url: string;
  settings: Record<string, string>;
}

const { url, settings } = await begin<ListenerSettings>();
const database = await openDatabase(url);
const config = testConfig({ DATABASE_URL: url, ...settings });
const services = servicesOf({ config, database });
const app = await buildApp({ config, database }, services);
// Leases of the one that was killed run out by themselves; a test does not wait for them.
await database.db.updateTable('outbox').set({ leased_until: null }).where('done_at', 'is', null).execute();
const handlers = { ...paymentJobs(services, { info: () => undefined, error: () => undefined }), notice: async () => undefined };
outboxWorker(database, handlers, { error: () => undefined }, 20).start();
await app.listen({ host: '127.0.0.1', port: 0 });
console.log((app.server.address() as AddressInfo).port);
