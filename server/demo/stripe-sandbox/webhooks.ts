/** Events and how they reach the endpoints: signed as Stripe signs, again while nobody takes them, and on demand late, doubled or out of order. */
import { createHmac, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stripe } from 'stripe';
import { mergeMetadata } from './parameters.ts';
import { newId, now, type AccountStore, type World } from './store.ts';

export const apiVersion = '2026-10-28.endive';
const attempts = 5;
const pauseMilliseconds = 300;

export interface Endpoint {
  url: string;
  secret: string;
  /** Gets the events of connected accounts, and no other; the rest get those of the platform's own account. */
  connect: boolean;
  types?: string[];
}

interface Delivery {
  event: Stripe.Event;
  endpoint: Endpoint;
}

export interface Release {
  order?: 'reversed' | 'shuffled';
  /** Each of them twice. */
  duplicate?: boolean;
}

export class Postman {
  /** Those that a test or the demo has named; they survive a reset. */
  readonly named: Endpoint[] = [];
  /** Everything that has happened, in its order. */
  history: Stripe.Event[] = [];
  #held: Delivery[] | undefined;
  readonly #underWay = new Set<Promise<void>>();
  #stop = new AbortController();

  /** Notes what has happened and tells everybody who listens. */
  emit(world: World, store: AccountStore, type: string, object: object, previous?: object): void {
    const connected = store !== world.platform;
    const event = {
      id: newId('evt'), object: 'event', ...(connected ? { account: store.account.id } : {}), api_version: apiVersion, created: now(),
      data: { object: structuredClone(object), ...(previous ? { previous_attributes: previous } : {}) }, livemode: false, pending_webhooks: 1,
      request: { id: newId('req', 14), idempotency_key: null }, type,
    } as unknown as Stripe.Event;
    store.events.set(event.id, event);
    this.history.push(event);
    if (!store.connected && connected) return;
    for (const endpoint of this.#endpoints(world, connected, type)) this.#post({ event, endpoint });
  }

  #endpoints(world: World, connected: boolean, type: string): Endpoint[] {
    const registered = [...world.platform.endpoints.values()].filter(({ status }) => status === 'enabled').map(endpointOf);
    return [...this.named, ...registered].filter((one) => one.connect === connected && (!one.types || one.types.includes('*') || one.types.includes(type)));
  }

  /** From now on nothing is delivered, until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Delivers what was held and everything after it; ends when all of it was taken, or given up. */
  async release({ order, duplicate }: Release = {}): Promise<void> {
    const held = this.#held ?? [];
    this.#held = undefined;
    const all = duplicate ? held.flatMap((one) => [one, one]) : held;
    if (order === 'reversed') all.reverse();
    if (order === 'shuffled') shuffle(all);
    // One after the other: an order that is asked for is an order that arrives.
    for (const delivery of all) await this.#track(this.#deliver(delivery, this.#stop.signal));
  }

  /** Posts an event again, or all of them. */
  async redeliver(world: World, eventId?: string): Promise<void> {
    for (const store of world.accounts.values())
      for (const event of store.events.values())
        if (!eventId || event.id === eventId)
          for (const endpoint of this.#endpoints(world, store !== world.platform, event.type)) await this.#track(this.#deliver({ event, endpoint }, this.#stop.signal));
  }

  #post(delivery: Delivery): void {
    if (this.#held) this.#held.push(delivery);
    else void this.#track(this.#deliver(delivery, this.#stop.signal));
  }

  #track(work: Promise<void>): Promise<void> {
    this.#underWay.add(work);
    return work.finally(() => this.#underWay.delete(work));
  }

  /** Ends when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size) await Promise.allSettled(this.#underWay);
  }

  async #deliver({ event, endpoint }: Delivery, stop: AbortSignal): Promise<void> {
    const body = JSON.stringify(event, null, 2);
    for (let attempt = 1; attempt <= attempts && !stop.aborted; attempt++) {
      if (await taken(endpoint, body, stop)) return;
      if (attempt < attempts) await sleep(pauseMilliseconds, undefined, { signal: stop, ref: false }).catch(() => undefined);
    }
  }

  /** Forgets what is held or under way. */
  async reset(): Promise<void> {
    this.#held = undefined;
    this.history = [];
    this.#stop.abort();
    await this.idle();
    this.#stop = new AbortController();
  }
}

async function taken({ url, secret }: Endpoint, body: string, stop: AbortSignal): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signatureOf(body, secret), 'user-agent': 'Stripe/1.0 (sandbox)' };
    const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal: AbortSignal.any([stop, AbortSignal.timeout(10_000)]) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The header of a body: `t=…,v1=…`. */
export function signatureOf(body: string, secret: string, at: number = now()): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}

const endpointOf = (endpoint: Stripe.WebhookEndpoint): Endpoint => ({
  url: endpoint.url, secret: endpoint.secret!, connect: endpoint.application !== null, types: endpoint.enabled_events,
});

export function createEndpoint(store: AccountStore, params: Stripe.WebhookEndpointCreateParams): Stripe.WebhookEndpoint {
  const endpoint: Stripe.WebhookEndpoint = {
    id: newId('we'), object: 'webhook_endpoint', api_version: params.api_version ?? null, application: params.connect ? 'ca_sandbox' : null, created: now(),
    description: params.description || null, enabled_events: params.enabled_events, livemode: false, metadata: mergeMetadata(null, params.metadata || undefined), secret: newId('whsec', 32),
    status: 'enabled', url: params.url,
  };
  store.endpoints.set(endpoint.id, endpoint);
  return endpoint;
}

function shuffle(list: unknown[]): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [list[last], list[other]] = [list[other], list[last]];
  }
}
