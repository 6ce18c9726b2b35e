/** What every capability is handed: nothing global, nothing looked up. */
import type { Kysely } from 'kysely';
import type { Stripe } from 'stripe';
import type { Config } from '../config.ts';
import type { Engine, OpenDatabase } from '../database/open.ts';
import type { Database } from '../database/schema.ts';
import type { AccountRow, Scope } from '../database/scope.ts';
import type { ProofChecker } from './dpop.ts';
import type { Derive } from './secrets.ts';

/** An account as requests need it: its row and the websites that may talk to it. */
export interface KnownAccount {
  account: AccountRow;
  origins: ReadonlySet<string>;
}

/** Finds accounts; keeps them for a second, because every request asks. */
export interface AccountDirectory {
  bySlug(slug: string): Promise<KnownAccount | undefined>;
  byId(id: string): Promise<KnownAccount | undefined>;
  /** The oldest accounts of this server, at most two: enough to tell none, one and more apart. */
  few(): Promise<AccountRow[]>;
  /** Whether any account lists this website. */
  isKnownOrigin(origin: string): Promise<boolean>;
  /** Call after changing an account or its pages. */
  forget(accountId: string): void;
  scope(account: AccountRow): Scope;
  /** For work that is not a request: the window on the account with this id, or nothing when it is gone. */
  scopeById(id: string): Promise<Scope | undefined>;
}

/** How this server talks to Stripe; see `payments/stripe.ts`. */
export interface StripeSetup {
  client: Stripe;
  livemode: boolean;
  publishableKey: string;
  /** The slug of the one account that the key belongs to; null where accounts are connected. */
  ownAccount: string | null;
  /** Null where existing accounts cannot be connected. */
  clientId: string | null;
  /** The sandbox in place of Stripe, if there is one. */
  apiBase: string | null;
  /** Hundredths of a percent that the operator keeps. */
  feeBasisPoints: number;
}

export interface Services {
  config: Config;
  database: OpenDatabase;
  db: Kysely<Database>;
  engine: Engine;
  derive: Derive;
  proofs: ProofChecker;
  accounts: AccountDirectory;
  /** Whether a code can be sent to a mobile number. */
  smsConfigured: boolean;
  /** Nothing where the operator has set no keys: then nothing can be paid online. */
  stripe: StripeSetup | undefined;
}
