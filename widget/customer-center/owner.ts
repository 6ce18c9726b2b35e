/** What the browser's console tells whoever put the element on the page. Loaded only when something is wrong there. */
import type { Trouble } from './trouble.ts';

interface Where {
  account: string;
  api: string;
}

const explanations: Record<Trouble, (where: Where) => string> = {
  account: () => 'The element needs the name of your account: <customer-center account="acme">.',
  unknown: ({ account, api }) =>
    `${api} has no account "${account}". Check the attribute account; and the attribute api, if your page loads the ` +
    `script from somewhere else than your center's server.`,
  origin: ({ account }) =>
    `${location.origin} is not among the pages of "${account}", so customers cannot sign in here. ` +
    `It was reported to the office of "${account}", where it can be allowed with one click.`,
  frame: () =>
    'The element stands in a frame of another site, where browsers keep no session and clicks can be stolen. ' +
    'Put the two lines into the page itself; visitors get a link to the hosted page until then.',
  insecure: () =>
    'This page came over http. Sign-in keys need https (or localhost while developing); visitors get a link to the hosted page.',
  browser: () =>
    'This browser lacks WebCrypto, IndexedDB, Web Locks or BroadcastChannel, or has switched them off (some private modes do); ' +
    'visitors get a link to the hosted page.',
  unreachable: ({ api }) =>
    `${api} did not answer. If it is up, this page may forbid the request: its Content-Security-Policy needs ` +
    `"connect-src ${api}; img-src ${api}; script-src ${api}".`,
  outdated: ({ api }) => `A part of the script could not be loaded from ${api}. Reloading the page fetches the current release.`,
};

const told = new Set<string>();

/** Once a page for each kind of trouble, however many elements run into it. */
export function explain(trouble: Trouble, where: Where): void {
  const key = `${trouble} ${where.api} ${where.account}`;
  if (told.has(key)) return;
  told.add(key);
  console.warn(`<customer-center>: ${explanations[trouble](where)}`);
}
