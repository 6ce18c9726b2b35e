import { html, type TemplateResult } from 'lit';
import type { Account } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { checkField, selectField, textField } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { countryChoices, countryName, currencyChoices, languageName, zoneChoices, zoneName, type Choice } from '../form/regions.ts';
import { emailOf, phoneOf } from '../form/typed.ts';
import { AccountForm } from './account-form.ts';
import { Section } from './section.ts';

/** As people type it: what is empty is text without a letter. */
interface Company extends Record<string, unknown> {
  name: string;
  phone: string;
  email: string;
  country: string;
  timeZone: string;
  locale: string;
  currency: string;
  marketing: boolean;
}

/** Who the contractor is: name, phone, e-mail, where and in what money. */
export class OfficeSettingsCompany extends Section {
  readonly #settings = new AccountForm<Company>(this, {
    name: 'company',
    read: ({ name, phone, email, country, timeZone, locale, currency, marketing }: Account) => ({
      name, phone: phone ? this.localizer.phone(phone) : '', email: email ?? '', country, timeZone, locale, currency, marketing,
    }),
    write: (changed, { phone, email, country }) => ({
      ...changed,
      ...('phone' in changed && { phone: phoneOf(phone, country) ?? null }),
      ...('email' in changed && { email: emailOf(email) ?? null }),
    }),
    check: ({ name, phone, email, country }) => {
      const t = this.localizer;
      return {
        ...(!name.trim() && { name: t.t('form.required') }),
        ...(phone.trim() && !phoneOf(phone, country) && { phone: t.t('form.phone') }),
        ...(email.trim() && !emailOf(email) && { email: t.t('form.email') }),
      };
    },
    conflict: 'currency',
    refused: (field) => (field === 'currency' ? this.localizer.t('settings.currencyFixed') : undefined),
  });

  protected override render(): TemplateResult {
    const t = this.localizer;
    return this.frame(t.t('settings.company'), t.t('settings.companyLead'), this.mayChange ? this.#fields() : this.#facts());
  }

  #fields(): TemplateResult {
    const t = this.localizer;
    const { form } = this.#settings;
    const { country = '', timeZone = '', locale = '' } = form.values ?? {};
    return html`<form class="panel padded" novalidate @submit=${this.#save}>
      <div class="two">
        ${textField(t, form, 'name', t.t('settings.name'), { required: true, autocomplete: 'organization' })}
        ${textField(t, form, 'phone', t.t('settings.phone'), { type: 'tel', autocomplete: 'tel', hint: t.t('settings.phoneHint') })}
      </div>
      ${textField(t, form, 'email', t.t('settings.email'), { type: 'email', autocomplete: 'email', hint: t.t('settings.emailHint') })}
      <div class="two">
        ${selectField(t, form, 'country', t.t('settings.country'), countryChoices(t))}
        ${selectField(t, form, 'timeZone', t.t('settings.timeZone'), zoneChoices(t, country, timeZone), { hint: t.t('settings.timeZoneHint') })}
        ${selectField(t, form, 'locale', t.t('settings.language'), this.#languages(locale), { hint: t.t('settings.languageHint') })}
        ${selectField(t, form, 'currency', t.t('settings.currency'), currencyChoices(t), { hint: t.t('settings.currencyHint') })}
      </div>
      ${checkField(form, 'marketing', t.t('settings.marketing'), t.t('settings.marketingHint'))}
      ${formState(t, form, { label: (field) => t.t(labels[field as keyof typeof labels]), show: (field, value) => this.#show(field, value) })}
      <div class="actions">${saveButton(t, form)}</div>
    </form>`;
  }

  #facts(): TemplateResult {
    const t = this.localizer;
    const { name, phone, email, country, timeZone, locale, currency } = this.account;
    return this.facts([
      [t.t('settings.name'), name], [t.t('settings.phone'), phone && t.phone(phone)], [t.t('settings.email'), email], [t.t('settings.country'), countryName(t, country)],
      [t.t('settings.timeZone'), zoneName(t, timeZone)], [t.t('settings.language'), languageName(t, locale)], [t.t('settings.currency'), currency],
    ]);
  }

  /** What the center speaks, and what the account says already. */
  #languages(chosen: string): Choice[] {
    return [...new Set(['en', 'es', chosen])].filter(Boolean).map((tag): Choice => [tag, languageName(this.localizer, tag)]);
  }

  #show(field: string, value: unknown): string {
    const t = this.localizer;
    if (field === 'country') return countryName(t, String(value));
    if (field === 'marketing') return t.t(value ? 'settings.on' : 'settings.off');
    return String(value || '–');
  }

  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await this.#settings.save()) this.say(this.localizer.t('office.saved'));
  };
}

const labels = {
  name: 'settings.name', phone: 'settings.phone', email: 'settings.email', country: 'settings.country', timeZone: 'settings.timeZone', locale: 'settings.language',
  currency: 'settings.currency', marketing: 'settings.marketing',
} as const satisfies Record<string, string>;

define('cc-office-settings-company', OfficeSettingsCompany);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings-company': OfficeSettingsCompany;
  }
}
