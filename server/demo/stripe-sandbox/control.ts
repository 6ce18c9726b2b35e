/** The strings that a test or somebody at the demo can pull: what the bank, the customer or Stripe's dashboard would do. */
import type { Stripe } from 'stripe';
import { deauthorize, enableAccount, newAccount, newCode } from './accounts.ts';
import { closeDispute, createDispute, createRefund, failRefund, settleRefund } from './charges.ts';
import { Failure, noSuch } from './failures.ts';
import { authenticateIntent, confirmIntent, settleIntent, verifyDeposits } from './intents.ts';
import { authenticateSetup, confirmSetup } from './setups.ts';
import { newId, newStore, type AccountStore, type World } from './store.ts';
import type { Endpoint, Postman, Release } from './webhooks.ts';

export interface LoggedRequest {
  method: string;
  path: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** What the form or the query said; card numbers only by their end. */
  body: Record<string, unknown>;
  /** The Stripe-Account header. */
  account: string | null;
  at: string;
  /** What was answered; nothing where the connection was dropped. */
  status?: number;
}

export interface Fault {
  /** Such as `POST /v1/payment_intents` or `POST /v1/payment_intents/:id/confirm`. */
  on: string;
  /** `drop-after` and `slow` do what was asked, and the answer is lost or late. */
  kind: 'drop-before' | 'drop-after' | '500' | '429' | 'slow';
  /** How many requests it meets; one unless told. */
  times?: number;
  /** How late; 2000 unless told. */
  milliseconds?: number;
}

/** Minor units by currency. */
export interface Totals {
  captured: Record<string, number>;
  refunded: Record<string, number>;
  disputedLost: Record<string, number>;
  /** What is left of all of it. */
  net: Record<string, number>;
}

export interface Switches {
  world: World;
  postman: Postman;
  requests: LoggedRequest[];
  faults: Fault[];
  /** Stops the clocks and makes the world new. */
  renew(): Promise<void>;
}

export type Control = ReturnType<typeof makeControl>;

export function makeControl({ world, postman, requests, faults, renew }: Switches) {
  /** Ids are unique over all accounts. */
  const storeOf = (kind: 'intents' | 'setups' | 'charges' | 'refunds' | 'disputes', id: string, account?: string): AccountStore => {
    const found = [...world.accounts.values()].find((store) => (!account || store.account.id === account) && store[kind].has(id));
    if (!found) throw noSuch(kind.slice(0, -1), id);
    return found;
  };
  const stores = (account?: string) => [...world.accounts.values()].filter((store) => !account || store.account.id === account);

  return {
    /** Forgets accounts, payments, faults and the log; the endpoints named by `webhook` stay. */
    reset: async (): Promise<void> => {
      requests.length = 0;
      faults.length = 0;
      await renew();
    },
    log: (): LoggedRequest[] => [...requests],
    /** From now on events go there; what was named before with the same address is replaced. */
    webhook: (endpoint: Endpoint): void => {
      const place = postman.named.findIndex(({ url, connect }) => url === endpoint.url && connect === endpoint.connect);
      postman.named.splice(place < 0 ? postman.named.length : place, place < 0 ? 0 : 1, endpoint);
    },
    hold: (): void => postman.hold(),
    release: (how?: Release): Promise<void> => postman.release(how),
    redeliver: (eventId?: string): Promise<void> => postman.redeliver(world, eventId),
    /** Ends when every event was taken or given up. */
    idle: (): Promise<void> => postman.idle(),
    fault: (fault: Fault): void => void faults.push({ times: 1, ...fault }),

    /** What Stripe.js does in the browser. A decline is told by the payment itself, anything else is thrown. */
    confirm: (id: string, paymentMethod: string, { account }: { account?: string } = {}): Stripe.PaymentIntent => {
      const store = storeOf('intents', id, account);
      return despiteDecline(() => confirmIntent(world, store, id, asStripeJs(paymentMethod), { browser: true }), () => store.intents.get(id)!);
    },
    confirmSetup: (id: string, paymentMethod: string, { account }: { account?: string } = {}): Stripe.SetupIntent => {
      const store = storeOf('setups', id, account);
      return despiteDecline(() => confirmSetup(world, store, id, asStripeJs(paymentMethod), { browser: true }), () => store.setups.get(id)!);
    },
    /** What the page of the bank, of 3-D Secure or of Klarna does. */
    authenticate: (id: string, outcome: 'ok' | 'failed'): Stripe.PaymentIntent | Stripe.SetupIntent =>
      structuredClone(id.startsWith('seti') ? authenticateSetup(world, storeOf('setups', id), id, outcome) : authenticateIntent(world, storeOf('intents', id), id, outcome)),
    /** The page where the small deposits are named. */
    verifyMicrodeposits: (id: string): Stripe.PaymentIntent | Stripe.SetupIntent =>
      structuredClone(id.startsWith('seti') ? authenticateSetup(world, storeOf('setups', id), id, 'ok') : verifyDeposits(world, storeOf('intents', id), id)),
    /** The bank answers: of a payment, or of a pending refund. Without an outcome it is what the account number stands for. */
    settle: (id: string, outcome?: 'succeeded' | 'failed'): void => {
      if (id.startsWith('pi_')) settleIntent(world, storeOf('intents', id), id, outcome);
      else (outcome === 'failed' ? failRefund : settleRefund)(world, storeOf('refunds', id), id);
    },
    dispute: (chargeId: string, { inquiry = false }: { inquiry?: boolean } = {}): Stripe.Dispute => structuredClone(createDispute(world, storeOf('charges', chargeId), chargeId, inquiry)),
    disputeClose: (disputeId: string, outcome: 'won' | 'lost'): Stripe.Dispute => structuredClone(closeDispute(world, storeOf('disputes', disputeId), disputeId, outcome)),
    /** As from the dashboard. */
    refund: (paymentIntent: string, amount?: number): Stripe.Refund =>
      structuredClone(createRefund(world, storeOf('intents', paymentIntent), { payment_intent: paymentIntent, ...(amount === undefined ? {} : { amount }) })),
    refundFail: (refundId: string): Stripe.Refund => structuredClone(failRefund(world, storeOf('refunds', refundId), refundId)),

    /** A code for the redirect address: of this account, or of one that has been with Stripe for long. */
    oauthCode: (accountId?: string): string => newCode(world, accountId),
    /** An account that is connected and may charge at once. */
    connect: (): string => {
      const account = newAccount(newId('acct', 16), true);
      world.accounts.set(account.id, newStore(account, true));
      return account.id;
    },
    completeOnboarding: (accountId: string): void => void enableAccount(world, accountId),
    /** Stripe takes back the right to charge. */
    suspend: (accountId: string): void => void enableAccount(world, accountId, false),
    deauthorize: (accountId: string): void => void deauthorize(world, accountId),

    events: (account?: string): Stripe.Event[] => postman.history.filter((event) => !account || (event.account ?? world.platform.account.id) === account),
    intents: (account?: string): Stripe.PaymentIntent[] => structuredClone(stores(account).flatMap((store) => [...store.intents.values()])),
    totals: (account?: string): Totals => {
      const totals: Totals = { captured: {}, refunded: {}, disputedLost: {}, net: {} };
      const add = (kind: Exclude<keyof Totals, 'net'>, currency: string, amount: number) => {
        totals[kind][currency] = (totals[kind][currency] ?? 0) + amount;
        totals.net[currency] = (totals.net[currency] ?? 0) + (kind === 'captured' ? amount : -amount);
      };
      for (const store of stores(account)) {
        for (const { status, currency, amount } of store.charges.values()) if (status === 'succeeded') add('captured', currency, amount);
        for (const { status, currency, amount } of store.refunds.values()) if (status === 'succeeded' || status === 'pending') add('refunded', currency, amount);
        for (const { status, currency, amount } of store.disputes.values()) if (status === 'lost') add('disputedLost', currency, amount);
      }
      return totals;
    },
  };
}

const asStripeJs = (payment_method: string) => ({ payment_method, use_stripe_sdk: true, return_url: 'https://contractor.example/' });

function despiteDecline<T>(work: () => T, now: () => T): T {
  try {
    return structuredClone(work());
  } catch (error) {
    if (!(error instanceof Failure) || error.status !== 402) throw error;
    return structuredClone(now());
  }
}

/** The same by HTTP: `POST /_test/dispute-close` with the arguments as a JSON list, or one of them. */
export async function controlByHttp(control: Control, name: string, body: string): Promise<unknown> {
  const key = name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
  if (!Object.hasOwn(control, key)) throw noSuch('control', name);
  const read: unknown = body ? JSON.parse(body) : [];
  const call = control[key as keyof Control] as (...values: unknown[]) => unknown;
  return (await call(...(Array.isArray(read) ? (read as unknown[]) : [read]))) ?? null;
}
