/** The app, readable top to bottom: the platform, then one line a capability. */
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { accountDirectory } from './account/directory.ts';
import { accountOfficeRoutes } from './account/office-routes.ts';
import { accountRoutes } from './account/routes.ts';
import { accessOfficeRoutes } from './access/office-routes.ts';
import { accessRoutes } from './access/routes.ts';
import { authenticate } from './access/authenticate.ts';
import type { Config } from './config.ts';
import type { OpenDatabase } from './database/open.ts';
import { officeRoutes } from './office/routes.ts';
import { screenRoutes } from './office/screen-routes.ts';
import { proofChecker } from './platform/dpop.ts';
import { estimateOfficeRoutes } from './estimates/office-routes.ts';
import { estimateRoutes } from './estimates/routes.ts';
import { invoiceOfficeRoutes } from './invoices/office-routes.ts';
import { invoiceRoutes } from './invoices/routes.ts';
import { inboxRoutes } from './inbox/office-routes.ts';
import { eventRoutes } from './office/events-routes.ts';
import { health } from './platform/health.ts';
import { origins } from './platform/origins.ts';
import { pages } from './platform/pages.ts';
import { problems } from './platform/problems.ts';
import { schemas } from './platform/schemas.ts';
import { deriveWith } from './platform/secrets.ts';
import type { Services } from './platform/services.ts';
import { staticFiles } from './platform/static.ts';
import { connectionRoutes } from './payments/connection-routes.ts';
import { paymentOfficeRoutes } from './payments/office-routes.ts';
import { paymentRoutes } from './payments/routes.ts';
import { stripeSetup } from './payments/stripe.ts';
import { webhookRoutes } from './payments/webhooks.ts';
import { sharingRoutes } from './sharing/routes.ts';
import { workRoutes } from './work/routes.ts';

export interface AppOptions {
  config: Config;
  database: OpenDatabase;
}

export function servicesOf({ config, database }: AppOptions): Services {
  const derive = deriveWith(config.SECRET_KEY);
  return {
    config,
    database,
    db: database.db,
    engine: database.engine,
    derive,
    proofs: proofChecker(derive),
    accounts: accountDirectory(database.db, database.engine),
    smsConfigured: Boolean(config.TWILIO_ACCOUNT_SID),
    stripe: stripeSetup(config),
  };
}

/** Builds the app; the caller listens. */
export async function buildApp(options: AppOptions, services = servicesOf(options)): Promise<FastifyInstance> {
  const { config } = options;
  const app = Fastify({
    logger: config.LOG_LEVEL === 'silent' ? false : { level: config.LOG_LEVEL, serializers: { req: loggedRequest, res: (reply) => ({ statusCode: reply.statusCode }) } },
    logController: new LogController({ disableRequestLogging: config.LOG_LEVEL !== 'debug' && config.LOG_LEVEL !== 'trace' }),
    trustProxy: config.TRUST_PROXY ?? false,
    bodyLimit: 256 * 1024,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
  });
  problems(app);
  await schemas(app, config.PUBLIC_URL);
  await origins(app, services);
  authenticate(app, services);
  health(app, services);
  staticFiles(app);
  pages(app, services);
  accessRoutes(app, services);
  accessOfficeRoutes(app, services);
  accountRoutes(app, services);
  accountOfficeRoutes(app, services);
  workRoutes(app);
  estimateRoutes(app, services);
  estimateOfficeRoutes(app, services);
  invoiceRoutes(app, services);
  invoiceOfficeRoutes(app, services);
  paymentRoutes(app, services);
  paymentOfficeRoutes(app, services);
  webhookRoutes(app, services);
  connectionRoutes(app, services);
  sharingRoutes(app, services);
  officeRoutes(app);
  screenRoutes(app);
  inboxRoutes(app, services);
  eventRoutes(app, services);
  return app;
}

/** Paths only: a query or a header may hold what must not be logged. */
const loggedRequest = (request: { method: string; url: string }) => ({ method: request.method, path: request.url.split('?')[0]!.replace(/\/(d|go|connect\/stripe\/\w+)\/[^/]+/, '/$1/…') });
