/**
 * The one-use code that the door leaves in the address: `#cc=…`, or `?cc=…` where a hash router owns the fragment. A path
 * of the center (`?cc=/jobs/…`, `routing="query"`) begins with a slash and is none.
 */
const handoff = /^cc=[\w-]{43}$/;

/** Takes the handoff out of the address bar and the history entry, leaving everything else as it was. */
export const takeHandoff = (): string | undefined => (take('hash', handoff) ?? take('search', handoff))?.slice(3);

/**
 * The view for somebody whom a bank has sent back. What the server and Stripe have added leaves the address at once: a secret is
 * among it, and nothing of it proves anything. Without our own mark it is the page's own Stripe, and left alone.
 */
export function takeReturn(): string | undefined {
  const found = take('search', /^cc-(payment|card)=/);
  if (!found) return undefined;
  while (take('search', /^((payment|setup)_intent|redirect_status)/));
  return found.startsWith('cc-p') ? `/payments/${found.slice(11)}` : '/cards';
}

/** Takes one pair out. Text surgery instead of URLSearchParams, which would re-encode what the host page put there. */
function take(part: 'hash' | 'search', which: RegExp): string | undefined {
  const pairs = location[part].slice(1).split('&');
  const found = pairs.find((pair) => which.test(pair));
  if (found === undefined) return undefined;
  const url = new URL(location.href);
  url[part] = pairs.filter((pair) => pair !== found).join('&');
  history.replaceState(history.state, '', url);
  return found;
}

/** A handoff as a fragment, which no server sees. */
export const handoffFragment = (handoff: string): string => `#cc=${handoff}`;

/** Any page's address with a handoff: in the query where a hash router owns the fragment. */
export function withHandoff(url: string, handoff: string): string {
  const [page = '', fragment] = url.split('#');
  return page + (fragment ? `${page.includes('?') ? '&' : '?'}cc=${handoff}#${fragment}` : handoffFragment(handoff));
}
