/** Fields that several forms about customers have, what is wrong with them, and what becomes of them on the wire. */
import { html, type TemplateResult } from 'lit';
import { readAddress } from '../../data/address.ts';
import type { Address, Contact, Customer } from '../../data/office-customers.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { selectField, textField } from '../form/fields.ts';
import type { Form } from '../form/form.ts';
import { countryChoices, languageName, type Choice } from '../form/regions.ts';
import '../locale/en-customers.ts';

/** A place, as it is typed. */
export interface PlaceValues extends Record<string, unknown> {
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
}
/** How to reach somebody, as it is typed. */
export interface ReachValues extends Record<string, unknown> {
  email: string;
  mobile: string;
  language: string;
}
/** A customer, as it is typed. */
export interface CustomerValues extends Record<string, unknown> {
  name: string;
  company: boolean;
  number: string;
  parent: { id: string; name: string } | null;
  billingAddress: string;
  active: boolean;
}

export const customerValues = (customer: Customer, parent: CustomerValues['parent']): CustomerValues => ({
  name: customer.name, company: customer.company, number: customer.number, parent, billingAddress: customer.billingAddress ?? '', active: customer.active,
});
export const placeValues = (address: Address): PlaceValues => ({
  line1: address.line1, line2: address.line2 ?? '', city: address.city, region: address.region, postalCode: address.postalCode, country: address.country,
});
/** Phones as people of the account's country write them. */
export const reachValues = (contact: Pick<Contact, 'email' | 'mobile' | 'language'>, t: Localizer): ReachValues => ({
  email: contact.email ?? '', mobile: contact.mobile ? t.phone(contact.mobile) : '', language: contact.language ?? '',
});

/** Empty is nothing. */
export const orNull = (typed: string): string | null => typed.trim() || null;
/** An e-mail address as the wire has it; null for none, undefined for what is no address. */
export const readEmail = (typed: string): string | null | undefined => (typed.trim() === '' ? null : readAddress(typed, { country: '', sms: false }));
/** A mobile number in E.164; null for none, undefined for what is no number. */
export function readMobile(typed: string, country: string): string | null | undefined {
  if (typed.trim() === '') return null;
  const read = readAddress(typed, { country, sms: true });
  return read?.startsWith('+') ? read : undefined;
}

/** What is wrong with how to reach somebody. */
export const checkReach = (t: Localizer, { email, mobile }: ReachValues, country: string): { email?: string; mobile?: string } => ({
  ...(readEmail(email) === undefined && { email: t.t('form.email') }),
  ...(readMobile(mobile, country) === undefined && { mobile: t.t('form.phone') }),
});

/** The wire's fields of a place. */
export const placeFields = ({ line1, line2, city, region, postalCode, country }: PlaceValues) => ({
  line1: line1.trim(), line2: orNull(line2), city: city.trim(), region: region.trim(), postalCode: postalCode.trim(), country,
});
export const reachFields = ({ email, mobile, language }: ReachValues, country: string) => ({
  email: readEmail(email) ?? null, mobile: readMobile(mobile, country) ?? null, language: orNull(language),
});

/** With what is chosen, also where it is none of the usual. */
const including = (choices: readonly Choice[], value: string, name: string): readonly Choice[] => (choices.some(([each]) => each === value) ? choices : [...choices, [value, name]]);

/** Street, city, region, code and country. `required`: that there is a street at all. */
export function placeFieldset<V extends PlaceValues>(t: Localizer, form: Form<V>, required: boolean): TemplateResult {
  const country = String(form.values?.country ?? '');
  return html`${textField(t, form, 'line1', t.t('address.line1'), { required })} ${textField(t, form, 'line2', t.t('address.line2'))}
    <div class="two">
      ${textField(t, form, 'city', t.t('address.city'))} ${textField(t, form, 'region', t.t(country === 'US' ? 'address.state' : 'address.region'))}
      ${textField(t, form, 'postalCode', t.t(country === 'US' ? 'address.zip' : 'address.postalCode'))}
      ${selectField(t, form, 'country', t.t('address.country'), including(countryChoices(t), country, country))}
    </div>`;
}

/** E-mail, mobile and the language that somebody is written to in. */
export function reachFieldset<V extends ReachValues>(t: Localizer, form: Form<V>): TemplateResult {
  const language = String(form.values?.language ?? '');
  const languages: Choice[] = [['', t.t('contact.anyLanguage')], ['en', 'English'], ['es', 'Español']];
  return html`<div class="two">
      ${textField(t, form, 'email', t.t('contact.email'), { type: 'email', inputmode: 'email', hint: t.t('contact.emailHint') })}
      ${textField(t, form, 'mobile', t.t('contact.mobile'), { type: 'tel', inputmode: 'tel' })}
    </div>
    ${selectField(t, form, 'language', t.t('contact.language'), language ? including(languages, language, languageName(t, language)) : languages, { hint: t.t('contact.languageHint') })}`;
}
