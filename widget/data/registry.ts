import { Client } from './client.ts';

/**
 * What all copies of the script on a page share. WordPress adds `?ver=` to one of two snippets, a tag manager adds a
 * third: they all find the same client here, so a page has one session and asks for everything once.
 */
interface Registry {
  clients?: Map<string, Client>;
  tab?: Promise<string>;
}
const name = Symbol.for('customer-center');
const page = globalThis as { [name]?: Registry };

export const registry = (): Registry => (page[name] ??= {});

/** The client of an account, made at the first call. Releases do not share, as their clients may differ. */
export function clientFor(api: string, account: string, version: string): Client {
  const clients = (registry().clients ??= new Map());
  const key = `${version} ${api} ${account}`;
  let client = clients.get(key);
  if (!client) clients.set(key, (client = new Client(api, account)));
  return client;
}
