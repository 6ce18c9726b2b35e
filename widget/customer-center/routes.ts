/**
 * A view of the signed-in center: `/jobs/{id}?tab=notes`, `/estimates/{id}`, `/invoices`, `/invoices/{id}`, `/statement`,
 * `/pay/{invoiceId}/{invoiceId}…`, `/payments/{id}`, `/cards`.
 */
interface Route {
  name: 'history' | 'job' | 'estimate' | 'invoice' | 'invoices' | 'statement' | 'pay' | 'payment' | 'cards';
  id: string | undefined;
  tab: string | undefined;
}

/** What no view knows is the history. */
export function routeOf(path: string): Route {
  const [, one, id, pay, ids, list, query] = /^\/(?:(job|estimate|invoice|payment)s\/([\w-]+)|(pay)\/([\w/-]+)|(invoices|statement|cards))(?:\?(.*))?$/.exec(path) ?? [];
  return { name: (one ?? pay ?? list ?? 'history') as Route['name'], id: id ?? ids, tab: new URLSearchParams(query).get('tab') ?? undefined };
}
