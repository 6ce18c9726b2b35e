/**
 * The one-use code that the door leaves in the address: `#cc=…`, or `?cc=…` where a hash router owns the fragment. A path
 * of the center (`?cc=/jobs/…`, `routing="query"`) begins with a slash and is none.
 */
const handoff = /^[\w-]{43}$/;

/** Takes the handoff out of the address bar and the history entry, leaving everything else as it was. */
export function takeHandoff(): string | undefined {
  for (const part of ['hash', 'search'] as const) {
    const pairs = location[part].slice(1).split('&');
    const found = pairs.find((pair) => pair.startsWith('cc=') && handoff.test(pair.slice(3)));
    if (!found) continue;
    // Text surgery instead of URLSearchParams, which would re-encode what the host page put there.
    const rest = pairs.filter((pair) => pair !== found).join('&');
    const { pathname, search, hash } = location;
    const mark = part === 'hash' ? '#' : '?';
    const kept = rest && mark + rest;
    history.replaceState(history.state, '', part === 'hash' ? pathname + search + kept : pathname + kept + hash);
    return found.slice(3);
  }
  return undefined;
}

/** A handoff as a fragment, which no server sees. */
export const handoffFragment = (handoff: string): string => `#cc=${handoff}`;

/** Any page's address with a handoff: in the query where a hash router owns the fragment. */
export function withHandoff(url: string, handoff: string): string {
  const [page = '', fragment] = url.split('#');
  return page + (fragment ? `${page.includes('?') ? '&' : '?'}cc=${handoff}#${fragment}` : handoffFragment(handoff));
}
