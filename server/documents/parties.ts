/** Who a document is from and for, and where the work is: copied into each version, so that it stays what was sent. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { frozenContent } from '../contract/documents.ts';
import type { AddressesTable, ContactsTable, CustomersTable, JobsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { today } from '../platform/calendar.ts';
import { writtenPhone } from '../platform/text.ts';

type Common = z.infer<typeof frozenContent>;
export type Parties = Pick<Common, 'from' | 'to' | 'job' | 'address' | 'currency' | 'locale' | 'country' | 'issuedOn'>;

type Job = Selectable<JobsTable> & { id: string };

export interface PartyRows {
  customer: Pick<Selectable<CustomersTable>, 'name' | 'company' | 'billing_address'>;
  contact: Pick<Selectable<ContactsTable>, 'name'> | undefined;
  address: Pick<Selectable<AddressesTable>, 'name' | 'line1' | 'line2' | 'city' | 'region' | 'postal_code'> | undefined;
}

export async function partiesOf(scope: Scope, job: Job, contactId: string | null): Promise<Parties> {
  const [customer, contact, address] = await Promise.all([
    scope.from('customers').select(['name', 'company', 'billing_address']).where('id', '=', job.customer_id).executeTakeFirstOrThrow(),
    contactId ? scope.from('contacts').select('name').where('id', '=', contactId).executeTakeFirst() : undefined,
    job.address_id ? scope.from('addresses').selectAll().where('id', '=', job.address_id).executeTakeFirst() : undefined,
  ]);
  return partiesFrom(scope, job, { customer, contact, address });
}

/** The same of rows that are at hand. */
export function partiesFrom({ account }: Scope, job: Pick<Job, 'number' | 'service'>, { customer, contact, address }: PartyRows): Parties {
  const lines = address ? [address.name, address.line1, address.line2, [address.city, [address.region, address.postal_code].filter(Boolean).join(' ')].filter(Boolean).join(', ')] : [];
  return {
    from: { name: account.name, phone: account.phone && writtenPhone(account.phone, account.country), email: account.email },
    to: { customer: customer.name, company: customer.company === 1, contact: contact?.name ?? null, billingAddress: customer.billing_address },
    job: { number: job.number, service: job.service },
    address: lines.filter((line): line is string => Boolean(line)),
    currency: account.currency, locale: account.locale, country: account.country, issuedOn: today(account.time_zone),
  };
}
