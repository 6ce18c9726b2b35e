/** Settings of the account as the office reads and changes them. */
import type { z } from 'zod';
import type {
  Account, Page, Scope, accountChange, apiKey, apiKeyMade, sighting, staff, staffRole,
} from '../../server/contract/account.ts';
import type { Numbering } from '../../server/contract/office.ts';
import type { StripeConnection } from '../../server/contract/payments.ts';
import type { contact, customer } from '../../server/contract/records.ts';
import type { OfficeClient } from './office.ts';

export type AccountChange = z.input<typeof accountChange>;
export type Sighting = z.infer<typeof sighting>;
export type Staff = z.infer<typeof staff>;
export type StaffRole = z.infer<typeof staffRole>;
export type ApiKey = z.infer<typeof apiKey>;
export type ApiKeyMade = z.infer<typeof apiKeyMade>;
export type { Account, Page, Scope, StripeConnection };

const base = '/v1/office';
interface Whole<Item> {
  items: Item[];
}
const itemsOf = async <Item>(list: Promise<Whole<Item>>): Promise<Item[]> => (await list).items;

/** The account with all of its settings. */
export const readAccount = (office: OfficeClient): Promise<Account> => office.read(`${base}/account`);

/** Changes the given settings. `seen`: the version that the person has before their eyes. */
export const changeAccount = (office: OfficeClient, change: AccountChange, seen: string | undefined): Promise<Account> => office.change(`${base}/account`, change, seen);

/** Sets the logo: a PNG or JPEG. */
export const setLogo = (office: OfficeClient, file: Blob): Promise<Account> => office.upload(`${base}/account/logo`, file);

/** Removes the logo. */
export async function removeLogo(office: OfficeClient): Promise<Account> {
  await office.remove(`${base}/account/logo`);
  return readAccount(office);
}

/** The pages where the widget stands. */
export const readPages = (office: OfficeClient, signal?: AbortSignal): Promise<Page[]> => itemsOf(office.read(`${base}/pages`, { signal }));

/** Adds a page; its website gets answers from now on. */
export const addPage = (office: OfficeClient, page: { url: string; main?: boolean }): Promise<Page> => office.make(`${base}/pages`, page);

/** Changes a page, or makes it the main one. */
export const changePage = (office: OfficeClient, id: string, change: { url?: string; main?: boolean }): Promise<Page> => office.change(`${base}/pages/${id}`, change);

/** Takes a page off the list. */
export const removePage = (office: OfficeClient, id: string): Promise<void> => office.remove(`${base}/pages/${id}`);

/** Websites that embed the widget without being listed. */
export const readSightings = (office: OfficeClient, signal?: AbortSignal): Promise<Sighting[]> => itemsOf(office.read(`${base}/sightings`, { signal }));

/** Lists a website that was seen. */
export const allowSighting = (office: OfficeClient, origin: string): Promise<Page> => office.make(`${base}/sightings/allow`, { origin });

/** How the account stands with Stripe. */
export const readStripe = (office: OfficeClient, signal?: AbortSignal): Promise<StripeConnection> => office.read(`${base}/stripe`, { signal });

/** Where the owner fills in Stripe's form, or (`oauth`) lets us use an account that they have. */
export const connectStripe = (office: OfficeClient, way: 'onboarding' | 'oauth'): Promise<{ url: string }> => office.make(`${base}/stripe/${way}`, {});

/** Ends the connection; what was paid stays. */
export const disconnectStripe = (office: OfficeClient): Promise<void> => office.remove(`${base}/stripe`);

/** The next number of each sequence. */
export const readNumbering = (office: OfficeClient, signal?: AbortSignal): Promise<Numbering> => office.read(`${base}/numbering`, { signal });

/** Sets next numbers, never below what was given out. */
export const changeNumbering = (office: OfficeClient, change: Partial<Numbering>): Promise<Numbering> => office.change(`${base}/numbering`, change);

/** The people of the office. */
export const readStaff = (office: OfficeClient, signal?: AbortSignal): Promise<Staff[]> => itemsOf(office.read(`${base}/staff`, { signal }));

/** Adds somebody, who signs in with their e-mail address. */
export const addStaff = (office: OfficeClient, person: { name: string; email: string; role: StaffRole }): Promise<Staff> => office.make(`${base}/staff`, person);

/** Changes a name, an address or a role. */
export const changeStaff = (office: OfficeClient, id: string, change: Partial<{ name: string; email: string; role: StaffRole }>): Promise<Staff> =>
  office.change(`${base}/staff/${id}`, change);

/** Removes somebody; their sessions end. */
export const removeStaff = (office: OfficeClient, id: string): Promise<void> => office.remove(`${base}/staff/${id}`);

/** The API keys that work. */
export const readKeys = (office: OfficeClient, signal?: AbortSignal): Promise<ApiKey[]> => itemsOf(office.read(`${base}/api-keys`, { signal }));

/** Makes an API key; its secret is in this answer only. */
export const makeKey = (office: OfficeClient, key: { name: string; scopes: Scope[] }): Promise<ApiKeyMade> => office.make(`${base}/api-keys`, key);

/** Revokes an API key, at once. */
export const revokeKey = (office: OfficeClient, id: string): Promise<void> => office.remove(`${base}/api-keys/${id}`);

/** The first customer with its contact. Pressing again under the same `key` after a lost answer makes neither twice. */
export async function makeFirstCustomer(office: OfficeClient, { name, email }: { name: string; email: string }, key: string): Promise<z.infer<typeof customer>> {
  const made = await office.make<z.infer<typeof customer>>(`${base}/customers`, { name }, { idempotencyKey: key });
  await office.make<z.infer<typeof contact>>(`${base}/contacts`, { customerId: made.id, name, email: email || null }, { idempotencyKey: `${key}-contact` });
  return made;
}
