/** Which screen shows at which path, and where it is in the navigation. */

/** The entries of the navigation, in their order. What is not built yet has no place here. */
export const places = ['inbox', 'customers', 'jobs', 'documents', 'settings'] as const;
export type Place = (typeof places)[number];

interface Route {
  tag: `cc-office-${string}`;
  place: Place | null;
  /** The thing that the screen is about; empty for none. */
  thing: string;
  /** The part of the screen. */
  section: string;
}

/** Named parts of a path: `thing` and `section`. Screens come in chunks of their own. */
const routes: [pattern: RegExp, tag: Route['tag'], place: Place | null][] = [
  [/^\/inbox(?:\/(?<thing>item_\w+))?$/, 'cc-office-inbox', 'inbox'],
  [/^\/customers\/(?<thing>cust_\w+)\/see\/(?<section>cont_\w+)$/, 'cc-office-preview', 'customers'],
  [/^\/customers\/(?<thing>cust_\w+)(?:\/(?<section>\w+))?$/, 'cc-office-customer', 'customers'],
  [/^\/customers(?:\/(?<section>new|import))?$/, 'cc-office-customers', 'customers'],
  [/^\/jobs\/(?<thing>job_\w+)$/, 'cc-office-job', 'jobs'],
  [/^\/jobs(?:\/(?<section>new))?$/, 'cc-office-jobs', 'jobs'],
  [/^\/documents(?:\/(?<section>estimates|invoices))?$/, 'cc-office-documents', 'documents'],
  [/^\/estimates\/(?<thing>est_\w+)$/, 'cc-office-estimate', 'documents'],
  [/^\/invoices\/(?<thing>inv_\w+)$/, 'cc-office-invoice', 'documents'],
  [/^\/settings(?:\/(?<section>\w+))?$/, 'cc-office-settings', 'settings'],
  [/^\/welcome$/, 'cc-office-welcome', null],
];

/** A path without its query is one of these; anything else is the inbox. */
export function routeOf(path: string): Route {
  const [bare = ''] = path.split('?');
  for (const [pattern, tag, place] of routes) {
    const found = pattern.exec(bare);
    if (found) return { tag, place, thing: found.groups?.['thing'] ?? '', section: found.groups?.['section'] ?? '' };
  }
  return { tag: 'cc-office-inbox', place: 'inbox', thing: '', section: '' };
}

/** A value of the path's query: `/jobs/new?customer=cust_…`. */
export const queryOf = (path: string, name: string): string => new URLSearchParams(path.split('?')[1] ?? '').get(name) ?? '';
