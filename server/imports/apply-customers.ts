/** Writes customers with their contact and address. */
import { emailKey, searchable } from '../platform/text.ts';
import { nameKey } from '../platform/words.ts';
import { contactChanged } from '../work/contacts.ts';
import { indexCustomers } from '../work/customer-words.ts';
import { settleNumbers } from './numbers.ts';
import { applyParts, changedParts, deletedHere, held, rowIds, writeParts, type Part, type Work } from './parts.ts';
import type { CustomerRecord } from './records.ts';

/**
 * @param head the source's id of the family's head; every other record is put under it.
 * @returns the ids of those that are here now.
 */
export async function applyCustomers(work: Work, records: CustomerRecord[], head: string): Promise<string[]> {
  const sorted = [...records].sort((a, b) => Number(b.id === head) - Number(a.id === head));
  const members = sorted.filter((record) => record.id !== head);
  // The head must be there before those under it.
  const changed = new Set(await writeCustomers(work, sorted.filter((record) => record.id === head), null));
  if (members.length) for (const id of await writeCustomers(work, members, await parentRow(work, head))) changed.add(id);
  const rows = await rowIds(work, 'customer', sorted.map(({ id }) => id));
  for (const record of sorted) if (!rows.has(record.id)) work.tally.issues.push(deletedHere('customer', record));
  const here = sorted.filter(({ id }) => rows.has(id));
  for (const id of await writeContacts(work, here.map((record) => contactPart(record, rows.get(record.id)!)))) changed.add(id);
  for (const id of await applyParts(work, 'address', here.flatMap((record) => addressPart(record, rows.get(record.id)!) ?? []))) changed.add(id);
  await indexCustomers(work.scope, [...changed].flatMap((id) => rows.get(id) ?? []));
  return here.map(({ id }) => id);
}

async function writeCustomers(work: Work, records: CustomerRecord[], parent: { row: string; head: string } | null): Promise<string[]> {
  const parts = records.map((record) => {
    const { id, number, name, company, billingAddress, active, createdAt } = record;
    return { id, number, createdAt, content: { number, name, company, billingAddress, active, head: parent?.head ?? null }, record };
  });
  const changed = await changedParts(work, 'customer', parts);
  if (!changed.length) return [];
  const existing = await rowIds(work, 'customer', changed.map(({ id }) => id));
  const numbers = await settleNumbers(work, 'customer', changed, existing);
  const written = changed.map((part) => {
    const { name, company, billingAddress, active } = part.record;
    const number = numbers.get(part.id)!;
    const columns = {
      parent_id: parent?.row ?? null, number, name, name_key: nameKey(name), company: company ? 1 : 0, billing_address: billingAddress, active: active ? 1 : 0,
      search_text: searchable(number, name, billingAddress),
    };
    return { ...part, columns };
  });
  await writeParts(work, 'customer', written, existing);
  return changed.map(({ id }) => id);
}

/** The head's row, or its own parent's where the office has put it under one meanwhile. */
async function parentRow(work: Work, head: string): Promise<{ row: string; head: string } | null> {
  const id = (await rowIds(work, 'customer', [head])).get(head);
  if (!id) return null;
  const row = await work.scope.from('customers').select('parent_id').where('id', '=', id).executeTakeFirst();
  return { row: row?.parent_id ?? id, head };
}

async function writeContacts(work: Work, parts: ReturnType<typeof contactPart>[]): Promise<string[]> {
  const changed = await changedParts(work, 'contact', parts);
  const existing = await rowIds(work, 'contact', changed.map(({ id }) => id));
  const before = await held(work, 'contact', existing, ['id', 'email', 'mobile']);
  await writeParts(work, 'contact', changed, existing);
  for (const { id, columns } of changed) {
    const was = before.get(id);
    if (was) await contactChanged(work.scope, was, columns);
  }
  return changed.map(({ id }) => id);
}

function contactPart({ id, createdAt, contact }: CustomerRecord, customer: string) {
  const { name, email, mobile, notifyByEmail, notifyBySms } = contact;
  return {
    id,
    createdAt,
    content: contact,
    columns: {
      customer_id: customer, name, email, email_key: email && emailKey(email), mobile, language: null, can_approve: 1, can_pay: 1,
      notify_by_email: notifyByEmail ? 1 : 0, notify_by_sms: notifyBySms ? 1 : 0, search_text: searchable(name, email, mobile),
    },
  };
}

function addressPart({ id, createdAt, address }: CustomerRecord, customer: string): Part | null {
  if (!address) return null;
  const { line1, line2, city, region, postalCode, country } = address;
  return {
    id,
    createdAt,
    content: address,
    columns: {
      customer_id: customer, name: null, line1, line2, city, region, postal_code: postalCode, country,
      search_text: searchable(line1, line2, city, region, postalCode),
    },
  };
}
