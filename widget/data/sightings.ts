import type { Client } from './client.ts';

/** Tells the office that the element stands on a page that is not on the list, so that it can be allowed in one click. */
export function reportSighting(client: Client): Promise<void> {
  return client.send('POST', '/sightings', { body: { url: location.origin + location.pathname } });
}
