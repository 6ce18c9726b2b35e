/** What a person does with an estimate or an invoice whichever it is: read it by a link, say it was read, take it along, send it on. */
import type { Download, Share, ShareNew } from '../../server/contract/documents.ts';
import type { Client } from './client.ts';

/** Where the document of a link is; for its reader this is the `base` of everything below. */
export const linkBase = (link: string): string => `/documents/${encodeURIComponent(link)}`;

/** Where a signed-in person's document is. `customer` is an id of the session's customers, or `all`. */
export const documentBase = (customer: string, kind: 'jobs' | 'estimates' | 'invoices', id: string): string =>
  `/customers/${encodeURIComponent(customer)}/${kind}/${encodeURIComponent(id)}`;

/** A document by its base. The answer to a link says beside it of which kind it is. */
export async function readDocument<T extends object>(client: Client, base: string, kind: 'job' | 'estimate' | 'invoice', signal?: AbortSignal): Promise<T> {
  const found = await client.get<T | Record<string, T>>(base, { signal });
  return kind in found ? (found as Record<string, T>)[kind]! : (found as T);
}

/** The person has this version before their eyes. */
export function markOpened(client: Client, base: string, version: number): Promise<void> {
  return client.post(`${base}/opened`, { version });
}

/** Starts the download of a document, or of the evidence of its decision. Resolves when the file is on its way. */
export async function download(client: Client, base: string, what: 'document' | 'certificate' = 'document'): Promise<void> {
  save(await client.post<Download>(`${base}/downloads`, { what }));
}

/**
 * Fetches a file by its ticket. It comes as an attachment, so the page stays. A new window would be a popup, because the tap
 * is long over, a file made of a blob does nothing in many in-app browsers, and a frame may be forbidden; a link works everywhere.
 * It is not part of the page, so that no router of the page takes the click for its own.
 */
export function save({ url }: Download): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.rel = 'noopener noreferrer';
  link.click();
}

/** The links by which this person has sent the document on, those that still work. */
export async function readShares(client: Client, base: string, signal?: AbortSignal): Promise<Share[]> {
  const { items } = await client.get<{ items: Share[] }>(`${base}/shares`, { signal });
  return items;
}

/** Sends the document to somebody else. `idempotencyKey` is the same for every attempt at the same message. */
export function share(client: Client, base: string, wanted: ShareNew, idempotencyKey: string): Promise<Share> {
  return client.post(`${base}/shares`, wanted, { idempotencyKey });
}

/** Ends a link that was sent on, at once. */
export function unshare(client: Client, base: string, id: string): Promise<void> {
  return client.delete(`${base}/shares/${encodeURIComponent(id)}`);
}
