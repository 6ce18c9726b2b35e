/** Customers as the office keeps them: with contacts, addresses, their ways in, and what has happened. */
import type { LinkMade } from '../../server/contract/access.ts';
import type { Activity, CustomerAccess, CustomerOverview } from '../../server/contract/office.ts';
import type { Keeper } from '../../server/contract/records.ts';
import { ApiError } from './errors.ts';
import type { Page } from './office-lists.ts';
import type { OfficeClient } from './office.ts';

export type { Activity, CustomerAccess, CustomerOverview, Keeper };
export type Customer = CustomerOverview['customer'];
export type Contact = CustomerOverview['contacts'][number];
export type Address = CustomerOverview['addresses'][number];
export type AccessLink = CustomerAccess['links'][number];
export type AccessSession = CustomerAccess['sessions'][number];

/** The records that a customer is made of, by their place in the API. */
interface Kinds {
  customers: Customer;
  contacts: Omit<Contact, 'lastSeenAt' | 'links' | 'sessions'>;
  addresses: Address;
}
type Kind = keyof Kinds;
type Fields<K extends Kind> = Partial<Omit<Kinds[K], 'id' | 'createdAt' | 'updatedAt' | 'externalId'>>;

/** Everything that the first screen about a customer shows. */
export const readCustomer = (office: OfficeClient, id: string, signal?: AbortSignal): Promise<CustomerOverview> =>
  office.read(`/v1/office/customers/${id}/overview`, { signal });

/** Links that work now and browsers that are signed in. */
export const readAccess = (office: OfficeClient, id: string, signal?: AbortSignal): Promise<CustomerAccess> =>
  office.read(`/v1/office/customers/${id}/access`, { signal });

/** What has happened, newest first. */
export const readActivity = (office: OfficeClient, id: string, cursor: string | undefined, signal?: AbortSignal): Promise<Page<Activity>> =>
  office.read(`/v1/office/customers/${id}/activity`, { query: { cursor }, signal });

/** One record as it is now. */
export const readRecord = <K extends Kind>(office: OfficeClient, kind: K, id: string): Promise<Kinds[K]> => office.read(`/v1/office/${kind}/${id}`);

/** Makes a record, once for each key. */
export const makeRecord = <K extends Kind>(office: OfficeClient, kind: K, fields: Fields<K>, key: string): Promise<Kinds[K]> =>
  office.make(`/v1/office/${kind}`, fields, { idempotencyKey: key });

/** Changes these fields of the version that the person has before their eyes. */
export const changeRecord = <K extends Kind>(office: OfficeClient, kind: K, id: string, fields: Fields<K>, version?: string): Promise<Kinds[K]> =>
  office.change(`/v1/office/${kind}/${id}`, fields, version);

/** Deletes what nothing refers to; else `conflict`, whose items are `Keeper`s. */
export const removeRecord = (office: OfficeClient, kind: Kind, id: string): Promise<void> => office.remove(`/v1/office/${kind}/${id}`);

/** A login link for a contact: sent, or only returned, to be copied. */
export const makeAccessLink = (office: OfficeClient, contactId: string, send?: 'email' | 'sms'): Promise<LinkMade> =>
  office.make('/v1/office/access-links', { contactId, ...(send && { send }) });

/** Ends a link, and every session that it opened. */
export const revokeLink = (office: OfficeClient, id: string): Promise<void> => office.remove(`/v1/office/links/${id}`);

/** Signs one browser out. */
export const endSession = (office: OfficeClient, id: string): Promise<void> => office.remove(`/v1/office/sessions/${id}`);

/** A new customer with the first contact and address, which may both be absent. */
export interface NewCustomer {
  customer: Fields<'customers'>;
  contact: Fields<'contacts'> | undefined;
  address: Fields<'addresses'> | undefined;
}
/** How far the making of one record has come. It is plain, so that it survives a reload. */
interface Step {
  key: string;
  /** As it was sent first, until it is known that nothing came of it. */
  sent?: object;
  id?: string;
}
export type Steps = Partial<Record<Kind, Step>>;

/**
 * Makes what of a new customer is not made yet. Whatever was interrupted is sent again as it was, under its key, so that it is made
 * once; what was typed meanwhile is a change of it. `steps` is kept up to date and handed back in the next time.
 */
export async function makeCustomer(office: OfficeClient, wanted: NewCustomer, steps: Steps, keep: (steps: Steps) => void): Promise<string> {
  const bring = async <K extends Kind>(kind: K, fields: Fields<K>): Promise<string> => {
    const step: Step = (steps[kind] ??= { key: crypto.randomUUID() });
    if (step.id === undefined) {
      step.sent ??= fields;
      keep(steps);
      try {
        step.id = (await makeRecord(office, kind, step.sent as Fields<K>, step.key)).id;
      } catch (error) {
        // A clear no: nothing was made, and the next try is a new wish. Without an answer, something may have been.
        if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.code !== 'in_flight') delete steps[kind];
        keep(steps);
        throw error;
      }
    }
    if (JSON.stringify(step.sent) !== JSON.stringify(fields)) await changeRecord(office, kind, step.id, fields);
    step.sent = fields;
    keep(steps);
    return step.id;
  };
  const customerId = await bring('customers', wanted.customer);
  if (wanted.contact) await bring('contacts', { ...wanted.contact, customerId }).catch(renaming('/name', '/contactName'));
  if (wanted.address) await bring('addresses', { ...wanted.address, customerId });
  return customerId;
}

/** The form has one field for each of both names. */
const renaming = (from: string, to: string) => (error: unknown): never => {
  if (!(error instanceof ApiError)) throw error;
  const errors = error.errors.map(({ path, message }) => ({ path: path === from ? to : path, message }));
  throw new ApiError(error.code, error.status, errors, error.retryAfter, error.items);
};
