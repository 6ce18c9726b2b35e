/** For tests of connecting: an app whose Stripe is the sandbox, the office's calls, and a browser that goes to Stripe and back. */
import type { StripeConnection } from '../../contract/payments.ts';
import type { AccountRow, Scope } from '../../database/scope.ts';
import { startSandbox } from '../../demo/stripe-sandbox/server.ts';
import { outboxWorker } from '../../platform/outbox.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../../testing.ts';
import { connectionJobs } from '../connecting.ts';

export const publicUrl = 'https://center.example';

export async function openConnecting(settings: Record<string, string> = {}) {
  const sandbox = await startSandbox({ port: 0 });
  const harness = await openTestApp({
    PUBLIC_URL: publicUrl, STRIPE_SECRET_KEY: sandbox.keys.secret, STRIPE_PUBLISHABLE_KEY: sandbox.keys.publishable, STRIPE_API_BASE: sandbox.url,
    STRIPE_CONNECT_WEBHOOK_SECRET: 'whsec_test_connect', STRIPE_WEBHOOK_SECRET: 'whsec_test_own', STRIPE_CLIENT_ID: 'ca_sandbox', ...settings,
  });
  const failures: object[] = [];
  const worker = outboxWorker(harness.database, connectionJobs(harness.services), { error: (details) => failures.push(details) });

  const world = {
    ...harness, sandbox, failures,
    /** Does what is due after the answer. */
    work: () => worker.drain(),
    /** An account with its office. */
    async contractor(slug: string, more: Partial<AccountRow> = {}) {
      const scope = await makeAccount(harness.database, slug, more);
      const office = officeOf(harness.app, await makeApiKey(scope, ['read', 'write', 'links', 'settings']));
      const contractor = {
        scope, office,
        see: async (): Promise<StripeConnection> => (await office('GET', 'stripe')).body as StripeConnection,
        forward: async (way: 'onboarding' | 'oauth'): Promise<string> => {
          const answer = await office('POST', `stripe/${way}`);
          if (answer.status !== 200) throw new Error(`no way to Stripe: ${answer.text}`);
          return (answer.body as { url: string }).url;
        },
        /** Onboarding from beginning to end. */
        async onboard(): Promise<string> {
          await world.page(await world.at(`${await contractor.forward('onboarding')}/finish`));
          return (await contractor.see()).stripeAccount!;
        },
        /** The last look at Stripe was long ago. */
        forget: () => scope.update('stripe_connections').set({ checked_at: '2020-01-01T00:00:00.000Z' }).execute(),
        rows: () => scope.from('stripe_connections').selectAll().orderBy('id').execute(),
        takesPayments: async () => (await scope.db.selectFrom('accounts').select('takes_payments').where('id', '=', scope.accountId).executeTakeFirstOrThrow()).takes_payments === 1,
      };
      return contractor;
    },
    /** A browser opens this address at Stripe; where it is led to. */
    async at(url: string): Promise<string> {
      const answer = await fetch(url, { redirect: 'manual' });
      return answer.headers.get('location') ?? '';
    },
    /** A browser opens a page of our own. */
    async page(url: string, headers: Record<string, string> = {}) {
      const answer = await harness.app.inject({ method: 'GET', url: url.replace(publicUrl, ''), headers });
      return { status: answer.statusCode, text: answer.body, location: String(answer.headers.location ?? ''), headers: answer.headers };
    },
    /** Requests that reached Stripe, such as `POST /v1/accounts`. */
    asked: (what: string) => sandbox.control.log().filter(({ method, path }) => `${method} ${path}` === what),
    close: async () => {
      await harness.close();
      await sandbox.close();
    },
  };
  return world;
}

export type World = Awaited<ReturnType<typeof openConnecting>>;

/** A server of these settings for as long as the work takes. */
export async function during(settings: Record<string, string>, work: (world: World) => Promise<void>): Promise<void> {
  const world = await openConnecting(settings);
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

/** The only trace in the database of what Stripe hands out is the account's id. */
export async function everythingStored(scope: Scope): Promise<string> {
  const tables = ['stripe_connections', 'stripe_states', 'stripe_domains', 'inbox_items'] as const;
  const rows = await Promise.all([...tables.map((table) => scope.from(table).selectAll().execute()), scope.db.selectFrom('outbox').selectAll().execute()]);
  return JSON.stringify(rows);
}
