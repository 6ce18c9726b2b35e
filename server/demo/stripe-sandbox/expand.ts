/** `expand[]`: ids become what they name, where Stripe does so; anything else is refused. */
import type { Stripe } from 'stripe';
import { invalid } from './failures.ts';
import type { AccountStore } from './store.ts';

type Lookup = (store: AccountStore, id: string) => unknown;
type Plain = Record<string, unknown>;

const customer: Lookup = (store, id) => store.customers.get(id);
const method: Lookup = (store, id) => store.methods.get(id)?.object;
const intent: Lookup = (store, id) => store.intents.get(id);
const charge: Lookup = (store, id) => store.charges.get(id);

/** By the kind of object. What has a name in `virtual` is not there until it is asked for. */
const expandable: Record<string, Record<string, Lookup>> = {
  payment_intent: { customer, payment_method: method, latest_charge: charge },
  setup_intent: { customer, payment_method: method },
  charge: { customer, payment_intent: intent },
  refund: { charge, payment_intent: intent, customer, payment_method: method },
  dispute: { charge, payment_intent: intent },
  payment_method: { customer },
  customer: {},
};

const refundsOf = (store: AccountStore, id: string): Stripe.ApiList<Stripe.Refund> => ({
  object: 'list', url: `/v1/charges/${id}/refunds`, has_more: false, data: [...store.refunds.values()].filter((refund) => refund.charge === id).reverse(),
});

/** @param answer a copy that may be changed. @throws Failure 400 for what cannot be expanded. */
export function expand(store: AccountStore, answer: unknown, paths: readonly unknown[]): void {
  for (const path of paths) {
    if (typeof path !== 'string') throw invalid('Invalid string in expand', { param: 'expand' });
    if (path.split('.').length > 4) throw invalid('You cannot expand more than 4 levels of a property.', { param: 'expand' });
    descend(store, answer as Plain, path.split('.'), path);
  }
}

function descend(store: AccountStore, at: Plain, [name, ...rest]: string[], path: string): void {
  if (at['object'] === 'list') {
    if (name !== 'data') throw refused(path);
    for (const row of at['data'] as Plain[]) descend(store, row, rest, path);
    return;
  }
  if (!name) return;
  const value = at[name];
  if (at['object'] === 'charge' && name === 'refunds') at[name] = copy(refundsOf(store, at['id'] as string));
  else if (at['object'] === 'customer' && name === 'invoice_settings' && rest[0] === 'default_payment_method') {
    const settings = value as Plain;
    const id = settings['default_payment_method'];
    if (typeof id === 'string') settings['default_payment_method'] = copy(method(store, id));
    return;
  } else {
    const lookup = expandable[at['object'] as string]?.[name];
    if (!lookup) throw refused(path);
    if (typeof value === 'string') at[name] = copy(lookup(store, value)) ?? value;
  }
  const next = at[name];
  if (rest.length && next && typeof next === 'object') descend(store, next as Plain, rest, path);
}

const refused = (path: string) => invalid(`This property cannot be expanded (${path}).`, { param: 'expand' });

export const copy = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T));
