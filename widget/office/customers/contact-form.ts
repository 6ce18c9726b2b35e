import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Contact } from '../../data/office-customers.ts';
import { define } from '../../parts/define.ts';
import { checkField, textField } from '../form/fields.ts';
import { checkReach, reachFields, reachFieldset, reachValues, type ReachValues } from './fields.ts';
import { RecordForm } from './record-form.ts';

interface Values extends ReachValues {
  name: string;
  canApprove: boolean;
  canPay: boolean;
  notifyByEmail: boolean;
  notifyBySms: boolean;
}

/**
 * A contact of a customer: how to reach them, in which language, what they may do, and which notices they get.
 *
 * @event {DialogCloseEvent} cc-dialog-close - It has closed.
 */
export class OfficeContactForm extends RecordForm<Contact, Values> {
  protected override readonly kind = 'contacts';

  /** Whom it changes; a new contact without. */
  @property({ attribute: false }) contact: Contact | undefined;

  protected override get record(): Contact | undefined {
    return this.contact;
  }

  protected override valuesOf(contact: Contact): Values {
    const { name, canApprove, canPay, notifyByEmail, notifyBySms } = contact;
    return { name, ...reachValues(contact, this.localizer), canApprove, canPay, notifyByEmail, notifyBySms };
  }

  protected override empty(): Values {
    return { name: '', email: '', mobile: '', language: '', canApprove: true, canPay: true, notifyByEmail: true, notifyBySms: false };
  }

  protected override check(values: Values): Partial<Record<string, string>> {
    return { ...(values.name.trim() ? {} : { name: this.localizer.t('form.required') }), ...checkReach(this.localizer, values, this.account.country) };
  }

  protected override wire(values: Values): Values {
    const { name, canApprove, canPay, notifyByEmail, notifyBySms } = values;
    return { name: name.trim(), ...reachFields(values, this.account.country), canApprove, canPay, notifyByEmail, notifyBySms } as Values;
  }

  protected override heading(): string {
    return this.contact ? this.contact.name : this.localizer.t('contact.add');
  }

  protected override question(): string {
    return this.localizer.t('contact.deleteAsk', { name: this.contact?.name ?? '' });
  }

  protected override label(field: string): string {
    return this.localizer.t(`contact.${field}` as 'contact.name');
  }

  protected override fieldset(): TemplateResult {
    const { localizer: t, form } = this;
    return html`${textField(t, form, 'name', t.t('contact.name'), { required: true })} ${reachFieldset(t, form)}
      <fieldset>
        <legend class="label">${t.t('contact.rights')}</legend>
        ${checkField(form, 'canApprove', t.t('contact.canApprove'))} ${checkField(form, 'canPay', t.t('contact.canPay'))}
      </fieldset>
      <fieldset>
        <legend class="label">${t.t('contact.notices')}</legend>
        ${checkField(form, 'notifyByEmail', t.t('contact.notifyByEmail'))} ${checkField(form, 'notifyBySms', t.t('contact.notifyBySms'))}
      </fieldset>`;
  }
}

define('cc-office-contact-form', OfficeContactForm);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-contact-form': OfficeContactForm;
  }
}
