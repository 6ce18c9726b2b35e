/** The views of a signed-in center. */
interface Route {
  view: 'history' | 'job';
  params: Record<string, string>;
}

/** `/jobs/{id}?tab=notes`; what no view knows is the history. */
export function routeOf(path: string): Route {
  const [pathname = '', query] = path.split('?');
  const [, job] = /^\/jobs\/([\w-]+)$/.exec(pathname) ?? [];
  return job ? { view: 'job', params: { ...Object.fromEntries(new URLSearchParams(query)), id: job } } : { view: 'history', params: {} };
}
