/** What a route of the sandbox is, and what several of them have in common. */
import type { Stripe } from 'stripe';
import type { Shape, ShapeOf } from './parameters.ts';
import type { AccountStore, World } from './store.ts';

export interface Call {
  world: World;
  store: AccountStore;
  /** The parts of the path that are ids. */
  ids: string[];
  /** Whether a publishable key asks: Stripe.js in somebody's browser. */
  browser: boolean;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  shape: Shape;
  required: readonly string[];
  /** May be asked with a publishable key; `secret` wants the client secret of what the path names. */
  publishable?: 'anything' | 'secret';
  /** Cannot be asked without an Idempotency-Key. Stripe would let it pass; we want to know. */
  keyed?: boolean;
  run(call: Call, params: Record<string, unknown>): unknown;
}

type Options = Pick<Route, 'publishable' | 'keyed'> & { required?: readonly string[] };

export function route<P>(
  method: Route['method'],
  path: string,
  shape: ShapeOf<P>,
  run: (call: Call, params: P) => unknown,
  { required = [], ...options }: Options = {},
): Route {
  return { method, path, shape: { ...(shape as Shape), expand: 'list' }, required, ...options, run: (call, params) => run(call, params as P) };
}

export const page = { limit: 'integer', starting_after: 'string', ending_before: 'string' } as const;
export const created = { gt: 'integer', gte: 'integer', lt: 'integer', lte: 'integer' } as const;
export const bySecret = { publishable: 'secret' } as const;
const billing = {
  name: 'emptyable',
  email: 'emptyable',
  phone: 'emptyable',
  address: { city: 'emptyable', country: 'emptyable', line1: 'emptyable', line2: 'emptyable', postal_code: 'emptyable', state: 'emptyable' },
} as const;
export const methodData = {
  type: ['card', 'us_bank_account', 'klarna'],
  allow_redisplay: ['always', 'limited', 'unspecified'],
  billing_details: billing,
  metadata: 'map',
  klarna: 'open',
  card: { number: 'string', exp_month: 'string', exp_year: 'string', cvc: 'string' },
  us_bank_account: { account_number: 'string', routing_number: 'string', account_holder_type: 'string', account_type: 'string' },
} as const;
export const automatic = { enabled: 'boolean', allow_redirects: ['always', 'never'] } as const;
export const futureUse = ['off_session', 'on_session'] as const;

interface Created {
  created?: Stripe.RangeQueryParam | number;
}

/** Those that a list asks for: of the time that it names, and with what it names. */
export function chosen<T extends object>(all: Iterable<T>, params: Created & object, names: readonly (string & keyof T)[] = []): T[] {
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = typeof params.created === 'object' ? params.created : {};
  const asked = params as Record<string, unknown>;
  return [...all].filter((row) => {
    const at = (row as { created?: number }).created ?? 0;
    return at > gt && at >= gte && at < lt && at <= lte && names.every((name) => asked[name] === undefined || asked[name] === row[name]);
  });
}
