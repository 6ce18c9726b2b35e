/** The process: config → database → app → listen → graceful close. */
import './platform/runtime.ts';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { makeStaffLink } from './access/links.ts';
import { setupLink } from './account/setup.ts';
import { buildApp, servicesOf } from './app.ts';
import { readConfig, type Config } from './config.ts';
import { accountColumns } from './database/scope.ts';
import { openDatabase, OperatorError } from './database/open.ts';
import { endPdfWorkers } from './documents/pdf/draw.ts';
import { transportsOf } from './notices/send.ts';
import { connectAtStart } from './payments/at-start.ts';
import { readArguments, runCommand } from './platform/command.ts';
import { draining } from './platform/health.ts';
import type { Services } from './platform/services.ts';
import { builtFolder } from './platform/static.ts';
import { makeWorker } from './worker.ts';

/** After a SIGTERM, so long `/readyz` says no before connections are refused: a balancer looks about once a second. */
const GRACE_MS = 1000;
/** No ending takes longer than this. */
const MOST_MS = 10_000;
/** Without e-mail, so many accounts' owners get their link on the console. */
const MOST_OWNERS = 20;

const usage = 'The options are --worker, or --demo (with --keep to keep its data).';

await runCommand(async () => {
  const options = { demo: { type: 'boolean' }, keep: { type: 'boolean' }, worker: { type: 'boolean' } } as const;
  const { demo, keep, worker } = readArguments(options, usage).values;
  if (demo) await runDemo(keep ?? false);
  else if (worker) await runWorker(readConfig(process.env));
  else await serve(readConfig(process.env));
});

async function serve(config: Config): Promise<void> {
  const transports = await transportsOf(config);
  const database = await openDatabase(config.DATABASE_URL, { exclusive: true });
  const services = servicesOf({ config, database });
  const stripe = await connectAtStart(services);
  const app = await buildApp({ config, database }, services);
  const worker = config.WORKER ? makeWorker(services, transports, app.log) : undefined;
  // Heard from the first request on, so that none is cut off.
  const toldTo = toldToEnd();
  try {
    await app.listen({ host: config.HOST, port: config.PORT });
  } catch (error) {
    await database.close();
    throw notListening(error, config);
  }
  worker?.start();
  console.log(`Customer Center serves ${config.PUBLIC_URL} (listening on ${app.listeningOrigin}).`);
  if (stripe) console.log(stripe);
  if (!existsSync(builtFolder)) console.log('The widget is not built yet: run `npm run build`.');
  const setup = await setupLink(services);
  if (setup) console.log(`There is no account yet. This link makes the first one, and works until there is one:\n  ${setup}`);
  else if (!config.SMTP_URL) await tellOwners(services);

  const signal = await toldTo;
  draining.add(app);
  if (signal === 'SIGTERM') await sleep(GRACE_MS);
  setTimeout(() => app.server.closeAllConnections(), MOST_MS - 2500).unref();
  await Promise.all([app.close(), worker?.stop()]);
  await endPdfWorkers();
  await database.close();
}

/** Only the background work, for several processes on one PostgreSQL. */
async function runWorker(config: Config): Promise<void> {
  const transports = await transportsOf(config);
  const database = await openDatabase(config.DATABASE_URL, { exclusive: true });
  const log = pino({ level: config.LOG_LEVEL });
  const worker = makeWorker(servicesOf({ config, database }), transports, log);
  worker.start();
  // The interval of the worker is all that keeps this process alive.
  log.info({}, 'the worker runs');
  await toldToEnd();
  await worker.stop();
  await endPdfWorkers();
  await database.close();
}

async function runDemo(keep: boolean): Promise<void> {
  const { startDemo } = await import('./demo/start.ts');
  const demo = await startDemo({ keep, port: Number(process.env['DEMO_PORT'] || 4100) });
  await toldToEnd();
  await demo.close();
}

/** Resolves at the first SIGTERM or SIGINT. A second one ends the process at once, and so does the clock. */
function toldToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      process.once('SIGINT', () => process.exit(130));
      setTimeout(() => process.exit(1), MOST_MS).unref();
      resolve(signal);
    };
    process.once('SIGTERM', onSignal);
    process.once('SIGINT', onSignal);
  });
}

/** Without e-mail nobody could sign in, so the console is where the first link comes from. */
async function tellOwners(services: Services): Promise<void> {
  const accounts = await services.db.selectFrom('accounts').select(accountColumns).orderBy('slug').limit(MOST_OWNERS).execute();
  console.log('E-mail is not set up (SMTP_URL, MAIL_FROM): nobody can be sent a link. An API key makes links to copy (docs/operating.md).');
  console.log('Owners can sign in to the office once with:');
  for (const account of accounts) {
    const scope = services.accounts.scope(account);
    for (const owner of await scope.from('staff').select(['staff.id', 'staff.email']).where('role', '=', 'owner').orderBy('id').execute())
      console.log(`  ${account.slug}, ${owner.email}: ${await makeStaffLink(scope, services, owner.id)}`);
  }
}

function notListening(error: unknown, { HOST, PORT }: Config): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') return new OperatorError(`Another program already listens on ${HOST} port ${PORT}: stop it, or set PORT.`);
  if (code === 'EACCES') return new OperatorError(`Port ${PORT} may not be used by this user: set PORT to 1024 or above.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new OperatorError(`HOST ${HOST} is not an address of this machine: set HOST, for instance to 0.0.0.0.`);
  return error;
}
