/** What the sandbox remembers: one store an account, all in memory. */
import { randomBytes } from 'node:crypto';
import type { Stripe } from 'stripe';
import { invalid, noSuch } from './failures.ts';
import type { TestMethod } from './test-methods.ts';

/** A payment method with what becomes of payments by it. */
export interface Method {
  object: Stripe.PaymentMethod;
  test: TestMethod;
  /** Has paid without belonging to a customer: Stripe takes it no second time. */
  spent: boolean;
  /** Its owner has agreed to later payments by it. */
  setUp: boolean;
  /** A bank account whose small deposits were named. */
  verified: boolean;
}

export interface Answer {
  status: number;
  body: unknown;
}

export interface AccountStore {
  account: Stripe.Account;
  /** Whether the platform may act for it. */
  connected: boolean;
  customers: Map<string, Stripe.Customer>;
  methods: Map<string, Method>;
  intents: Map<string, Stripe.PaymentIntent>;
  setups: Map<string, Stripe.SetupIntent>;
  charges: Map<string, Stripe.Charge>;
  refunds: Map<string, Stripe.Refund>;
  disputes: Map<string, Stripe.Dispute>;
  events: Map<string, Stripe.Event>;
  domains: Map<string, Stripe.PaymentMethodDomain>;
  endpoints: Map<string, Stripe.WebhookEndpoint>;
  /** By key; without an answer while the first request is being worked on. */
  idempotency: Map<string, { fingerprint: string; answer?: Answer }>;
  /** Payments and set-ups that somebody can finish on a page of ours, by the token in its address. */
  visits: Map<string, { intent: string; returnUrl: string | null }>;
}

export interface World {
  url: string;
  platform: AccountStore;
  accounts: Map<string, AccountStore>;
  /** OAuth codes, and whether they were exchanged. */
  codes: Map<string, { account: string; used: boolean }>;
  /** Onboarding links by token; opened ones are used up. */
  links: Map<string, { account: string; refreshUrl: string; returnUrl: string; expiresAt: number; opened: boolean }>;
  /** Bank debits and their refunds settle by themselves after so long. */
  autoSettleSeconds?: number;
  /** Tells whoever listens of what has happened. */
  emit(store: AccountStore, type: string, object: object, previous?: object): void;
  /** Runs it later, unless the sandbox has been reset or closed. */
  later(milliseconds: number, work: () => void): void;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** An id as Stripe's look. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${Array.from(randomBytes(length), (byte) => letters[byte % letters.length]!).join('')}`;
}

export const now = (): number => Math.floor(Date.now() / 1000);

export function newStore(account: Stripe.Account, connected: boolean): AccountStore {
  return {
    account, connected, customers: new Map(), methods: new Map(), intents: new Map(), setups: new Map(), charges: new Map(), refunds: new Map(), disputes: new Map(),
    events: new Map(), domains: new Map(), endpoints: new Map(), idempotency: new Map(), visits: new Map(),
  };
}

/** @throws Failure 404 `resource_missing`. */
export function find<T>(map: Map<string, T>, kind: string, id: string, param?: string): T {
  const found = map.get(id);
  if (found === undefined) throw noSuch(kind, id, param);
  return found;
}

export interface Page {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
}

/** A list as Stripe pages it: the newest first. */
export function listed<T extends { id: string }>(url: string, all: Iterable<T>, { limit = 10, starting_after, ending_before }: Page): Stripe.ApiList<T> {
  if (limit < 1 || limit > 100) throw invalid('This value must be between 1 and 100.', { param: 'limit' });
  const rows = [...all].reverse();
  const place = (id: string) => {
    const index = rows.findIndex((row) => row.id === id);
    if (index < 0) throw noSuch('object', id, 'starting_after');
    return index;
  };
  const [from, to] = starting_after ? [place(starting_after) + 1, rows.length] : ending_before ? [0, place(ending_before)] : [0, rows.length];
  const rest = rows.slice(from, to);
  return { object: 'list', url, has_more: rest.length > limit, data: ending_before ? rest.slice(-limit) : rest.slice(0, limit) };
}
