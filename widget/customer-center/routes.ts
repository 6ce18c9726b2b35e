/** A view of the signed-in center: `/jobs/{id}?tab=notes`, `/estimates/{id}`, `/invoices`, `/invoices/{id}`, `/statement`. */
interface Route {
  name: 'history' | 'job' | 'estimate' | 'invoice' | 'invoices' | 'statement';
  id: string | undefined;
  tab: string | undefined;
}

/** What no view knows is the history. */
export function routeOf(path: string): Route {
  const [, one, id, list, query] = /^\/(?:(job|estimate|invoice)s\/([\w-]+)|(invoices|statement))(?:\?(.*))?$/.exec(path) ?? [];
  return { name: (one ?? list ?? 'history') as Route['name'], id, tab: new URLSearchParams(query).get('tab') ?? undefined };
}
