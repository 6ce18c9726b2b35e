/** A Kickserv customer: the customer, its one contact and its service address. */
import { email as emailShape } from '../../contract/wire.ts';
import { toE164 } from '../../platform/text.ts';
import type { CustomerRecord } from '../records.ts';
import { billingAddressOf, serviceAddressOf } from './addresses.ts';
import { Unusable, type Reading } from './reading.ts';

/** @throws {Unusable} */
export function customerOf(reading: Reading): CustomerRecord {
  const id = reading.id();
  if (reading.text('deleted_at')) throw new Unusable('it is deleted in Kickserv');
  const number = reading.line(30, 'customer_number');
  const company = reading.flag('company', reading.text('company_name') !== null);
  const person = reading.fitLine([reading.text('first_name'), reading.text('last_name')].filter(Boolean).join(' '), 200);
  const companyName = reading.line(200, 'company_name');
  const given = (company ? companyName : null) ?? reading.line(200, 'name') ?? person ?? companyName;
  const name = given ?? `Customer ${number ?? id}`;
  if (!given) reading.mended('it has no name; its number stands in its place');
  const names = [name, person, companyName, reading.text('name')];
  const { mobile, fromMobile } = mobileOf(reading);
  const reminders = reading.flag('send_reminders', true);
  return {
    kind: 'customer',
    id,
    parentId: parentOf(reading, id),
    number,
    name,
    company,
    billingAddress: billingAddressOf(reading, names),
    active: reading.flag('is_active', true),
    createdAt: reading.moment('created_at')?.instant ?? null,
    contact: {
      name: person ?? name,
      email: emailOf(reading),
      mobile,
      notifyByEmail: reminders && reading.flag('notify_via_email', true),
      // A number that was not entered as a mobile may be a landline: fit to sign in with, not to be texted unasked.
      notifyBySms: reminders && fromMobile && reading.flag('notify_via_sms', false),
    },
    address: serviceAddressOf(reading, names),
  };
}

function parentOf(reading: Reading, id: string): string | null {
  if (!reading.text('parent_id')) return null;
  const parent = reading.id('parent_id');
  if (parent !== id) return parent;
  reading.mended('it is its own parent; imported as a customer of its own');
  return null;
}

function emailOf(reading: Reading): string | null {
  const written = reading.text('email_address', 'email');
  if (!written) return null;
  const parts = written.split(/[\s,;]+/).filter(Boolean);
  const valid = parts.map((part) => emailShape.safeParse(part)).find((parsed) => parsed.success)?.data ?? null;
  if (!valid) reading.mended('its e-mail address is not one; kept without', written.slice(0, 254));
  else if (parts.length > 1) reading.mended('it has several e-mail addresses; the first is kept', written.slice(0, 254));
  return valid;
}

/** The mobile number in E.164, or the phone number where there is none. */
function mobileOf(reading: Reading): { mobile: string | null; fromMobile: boolean } {
  const { country } = reading.account;
  const [mobile, phone] = [reading.text('mobile'), reading.text('phone_number')];
  const number = mobile && toE164(mobile, country);
  if (number) return { mobile: number, fromMobile: true };
  const other = phone && toE164(phone, country);
  if (mobile) reading.mended(`its mobile number is not a complete number; ${other ? 'the phone number is kept' : 'kept without'}`, mobile.slice(0, 60));
  else if (phone && !other) reading.mended('its phone number is not a complete number; kept without', phone.slice(0, 60));
  return { mobile: other || null, fromMobile: false };
}
