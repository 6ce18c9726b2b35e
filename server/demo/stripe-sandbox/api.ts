/** One request to the API: who asks, whether Stripe would take it, and what it answers, the second time as the first. */
import { keys, connectedStore } from './accounts.ts';
import type { Fault, LoggedRequest } from './control.ts';
import { copy, expand } from './expand.ts';
import { Failure, invalid, noSuch, OAuthFailure } from './failures.ts';
import { parseForm, readParameters, type RawObject } from './parameters.ts';
import type { Call, Route } from './route.ts';
import { routes } from './routes.ts';
import { newId, type AccountStore, type Answer, type World } from './store.ts';
import { apiVersion } from './webhooks.ts';

export interface Asked {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string;
}

interface Sent extends Answer {
  headers: Record<string, string>;
  /** To be called when the answer leaves: until then the idempotency key is in use. */
  done(): void;
}

export interface Work {
  log: LoggedRequest;
  fault: Fault | undefined;
  publishable: boolean;
  answer(): Sent;
}

/** What Stripe.js puts beside its parameters instead of headers, so that the browser asks for no permission first. */
const besides = ['key', '_stripe_account', '_stripe_version'] as const;

export function answerApi(world: World, { method, url, headers, body }: Asked, faults: Fault[]): Work {
  const raw = parseForm(method === 'POST' ? body : url.search.slice(1));
  const beside = Object.fromEntries(besides.map((name) => [name, raw[name]]));
  for (const name of besides) delete raw[name];
  const word = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const key = headers['authorization']?.replace(/^Bearer /, '') ?? word(beside['key']) ?? (url.pathname === '/oauth/token' ? word(raw['client_secret']) : undefined) ?? '';
  const account = headers['stripe-account'] ?? word(beside['_stripe_account']) ?? null;
  const version = headers['stripe-version'] ?? word(beside['_stripe_version']);
  const found = routeOf(method, url.pathname);
  const log: LoggedRequest = { method, path: url.pathname, headers: { ...headers }, body: redacted(raw), account, at: new Date().toISOString() };
  const fault = faultFor(faults, method, url.pathname, found?.route);
  const publishable = key === keys.publishable;
  return {
    log, fault, publishable,
    answer: () => {
      const requestId = newId('req', 14);
      const idempotencyKey = method === 'POST' ? headers['idempotency-key'] : undefined;
      const common = { 'request-id': requestId, 'stripe-version': version ?? apiVersion, ...(idempotencyKey ? { 'idempotency-key': idempotencyKey, 'original-request': requestId } : {}) };
      let open = () => {};
      try {
        if (fault?.kind === '500') throw new Failure(500, { type: 'api_error', message: 'An unknown error occurred.' });
        if (fault?.kind === '429') throw new Failure(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' });
        checkKey(key);
        if (!found) throw new Failure(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${url.pathname}).` });
        if (!version) throw invalid('The sandbox wants a Stripe-Version header with every request.');
        const store = account ? connectedStore(world, account) : world.platform;
        const call: Call = { world, store, ids: found.ids, browser: publishable };
        checkBrowser(found.route, call, raw);
        const params = readParameters(raw, found.route.shape, found.route.required);
        if (found.route.keyed && (!idempotencyKey || idempotencyKey.startsWith('stripe-node-retry-')))
          throw invalid(`The sandbox wants an Idempotency-Key of yours with ${method} ${found.route.path}.`);
        if (idempotencyKey && idempotencyKey.length > 255) throw invalid('The Idempotency-Key is longer than 255 characters.');
        if (!idempotencyKey) return { ...perform(found.route, call, params), headers: common, done: open };
        const kept = remembered(store, idempotencyKey, `${method} ${url.pathname} ${JSON.stringify(raw)}`);
        if (kept.answer) return { ...kept.answer, headers: { ...common, 'idempotent-replayed': 'true' }, done: open };
        const answer = perform(found.route, call, params);
        open = () => void (kept.answer = answer);
        return { ...answer, headers: common, done: open };
      } catch (error) {
        return { ...refusal(error), headers: common, done: open };
      }
    },
  };
}

function checkKey(key: string): void {
  if (key === keys.secret || key === keys.restricted || key === keys.publishable) return;
  const told = key.includes('_live_') ? 'the sandbox takes no live key' : key ? `Invalid API Key provided: ${key.slice(0, 8)}***` : 'You did not provide an API key.';
  throw new Failure(401, { type: 'invalid_request_error', message: told });
}

/** A publishable key sees one thing, by its client secret. */
function checkBrowser(route: Route, { store, ids, browser }: Call, raw: RawObject): void {
  if (!browser) return;
  if (!route.publishable)
    throw new Failure(403, { type: 'invalid_request_error', code: 'secret_key_required', message: 'This API call cannot be made with a publishable API key. Please use a secret API key.' });
  if (route.publishable === 'anything') return;
  const id = ids[0]!;
  const secret = raw['client_secret'];
  if (!secret) throw invalid('Missing required param: client_secret.', { code: 'parameter_missing', param: 'client_secret' });
  const object = store.intents.get(id) ?? store.setups.get(id);
  if (!object) throw noSuch(id.startsWith('seti') ? 'setupintent' : 'payment_intent', id, 'intent');
  if (object.client_secret !== secret)
    throw invalid('The client_secret provided does not match any associated intent on this account.', { code: id.startsWith('seti') ? 'setup_intent_invalid_parameter' : 'payment_intent_invalid_parameter', param: 'client_secret' });
}

function remembered(store: AccountStore, key: string, fingerprint: string): { fingerprint: string; answer?: Answer } {
  const kept = store.idempotency.get(key);
  if (!kept) {
    const fresh = { fingerprint };
    store.idempotency.set(key, fresh);
    return fresh;
  }
  if (kept.fingerprint !== fingerprint)
    throw new Failure(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  if (!kept.answer)
    throw new Failure(409, {
      type: 'idempotency_error', code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}.`,
    });
  return kept;
}

/** What it answers, a refusal too: that is remembered as well. */
function perform(route: Route, call: Call, params: Record<string, unknown>): Answer {
  try {
    const body = copy(route.run(call, params));
    if (Array.isArray(params['expand'])) expand(call.store, body, params['expand'] as unknown[]);
    return { status: 200, body: call.browser ? shownToBrowsers(body) : body };
  } catch (error) {
    return refusal(error, call.browser);
  }
}

function refusal(error: unknown, browser = false): Answer {
  if (error instanceof OAuthFailure) return { status: error.status, body: { error: error.error, error_description: error.message } };
  if (!(error instanceof Failure)) throw error;
  const told = copy(error.error);
  if (browser && told.payment_intent) shownToBrowsers(told.payment_intent);
  return { status: error.status, body: { error: told } };
}

/** A publishable key gets only some of a payment. */
function shownToBrowsers<T>(body: T): T {
  const object = body as Record<string, unknown>;
  if (object['object'] === 'payment_intent' || object['object'] === 'setup_intent')
    for (const name of ['metadata', 'customer', 'latest_charge', 'application', 'application_fee_amount', 'statement_descriptor_suffix', 'amount_received']) delete object[name];
  return body;
}

const patterns = routes.map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`) }));

function routeOf(method: string, path: string): { route: Route; ids: string[] } | undefined {
  for (const { route, pattern } of patterns) {
    const match = route.method === method && pattern.exec(path);
    if (match) return { route, ids: match.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}

function faultFor(faults: Fault[], method: string, path: string, route: Route | undefined): Fault | undefined {
  const names = [`${method} ${path}`, `${method} ${route?.path}`];
  const index = faults.findIndex(({ on }) => names.includes(on));
  const fault = faults[index];
  if (!fault) return undefined;
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times < 1) faults.splice(index, 1);
  return fault;
}

/** Nobody's card number stays here, should somebody type a real one. */
function redacted(raw: RawObject): Record<string, unknown> {
  const copied = copy(raw) as Record<string, unknown>;
  for (const part of [copied, copied['payment_method_data']] as Record<string, Record<string, string>>[]) {
    const card = part?.['card'];
    if (card?.['number']) card['number'] = `…${card['number'].slice(-4)}`;
    if (card?.['cvc']) card['cvc'] = '***';
  }
  return copied;
}
