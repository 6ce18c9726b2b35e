import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { makeRecord, readPlaces } from '../../data/office-jobs.ts';
import { define } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { selectField, textArea, textField } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-jobs.ts';
import { Screen } from '../screen.ts';
import './customer-picker.ts';
import type { PickEvent } from './customer-picker.ts';
import { addressLine } from './job-words.ts';

/** In place of an address: one that is made together with the job. */
const another = 'new';

interface Typed extends Record<string, unknown> {
  customerId: string;
  service: string;
  addressId: string;
  contactId: string;
  scope: string;
  line1: string;
  city: string;
  region: string;
  postalCode: string;
}

const blank: Typed = { customerId: '', service: '', addressId: '', contactId: '', scope: '', line1: '', city: '', region: '', postalCode: '' };

/** A new job: for whom, what, where. Saving opens it. */
export class OfficeNewJob extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      form {
        max-width: 720px;
      }
    `,
  ];

  /** Whom it is for, where that is known already. */
  @property({ attribute: false }) customerId = '';

  readonly #places = new Resource<Awaited<ReturnType<typeof readPlaces>>>(this, async (signal) => {
    const places = await readPlaces(this.office, this.#form.values!.customerId, signal);
    this.#propose(places);
    return places;
  });

  /** The address of the job, once it is made; made only once, however often saving fails after it. */
  #address: { key: string; id: string } | undefined;

  readonly #form = new Form<Typed>(this, {
    name: () => 'new job',
    check: ({ customerId, service, addressId, line1 }) => {
      const { localizer: t } = this;
      return {
        customerId: customerId ? '' : t.t('work.chooseCustomer'),
        service: service.trim() ? '' : t.t('form.required'),
        line1: addressId !== another || line1.trim() ? '' : t.t('form.required'),
      };
    },
    save: async ({ values: { customerId, service, scope, contactId, ...where }, key }) => {
      const addressId = where.addressId === another ? await this.#makeAddress(customerId, where, key) : where.addressId || null;
      const job = await makeRecord(this.office, 'jobs', { customerId, service, scope: scope.trim() || null, contactId: contactId || null, addressId }, key);
      this.say(this.localizer.t('work.made', { number: job.number }));
      this.router.go(`/jobs/${job.id}`, { replace: true });
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.#form.values && this.router) {
      this.#form.start({ ...blank, customerId: this.customerId });
      // A link that names a customer counts more than what was typed for another one before.
      if (this.customerId && this.#form.values!.customerId !== this.customerId) this.#choose(this.customerId);
      else if (this.#form.values!.customerId) void this.#places.load();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    const { values } = this.#form;
    if (!values) return nothing;
    const form = this.#form;
    return html`<form class="cc panel padded" novalidate @submit=${this.#submit}>
      ${values.customerId ? this.#customer() : html`<cc-office-customer-picker .problem=${form.errors['customerId'] ?? ''} @cc-office-pick=${(event: PickEvent) => this.#choose(event.customerId)}></cc-office-customer-picker>`}
      ${textField(t, form, 'service', t.t('work.service'), { required: true, hint: t.t('work.serviceHint') })} ${values.customerId ? this.#where(values) : nothing}
      ${textArea(t, form, 'scope', t.t('work.scope'), { hint: t.t('work.scopeHint') })} ${formState(t, form)}
      <div class="actions">
        ${saveButton(t, form, t.t('work.create'))}
        <button type="button" class="button quiet" @click=${this.#cancel}>${t.t('office.cancel')}</button>
      </div>
    </form>`;
  }

  #customer(): TemplateResult {
    const { localizer: t } = this;
    const { value, error } = this.#places;
    return html`<div>
      <p class="label">${t.t('work.customer')}</p>
      <p class="actions">
        <span class="strong">${value?.customer.name ?? (error ? t.problem(error.code) : t.t('shell.loading'))}</span>
        ${error ? html`<button type="button" class="button" @click=${() => void this.#places.load()}>${t.t('shell.retry')}</button>` : nothing}
        <button type="button" class="button quiet" @click=${() => this.#choose('')}>${t.t('work.otherCustomer')}</button>
      </p>
    </div>`;
  }

  #where(values: Typed): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    const form = this.#form;
    const { value } = this.#places;
    if (!value) return nothing;
    const addresses = [...value.addresses.map((each) => [each.id, addressLine(each)] as const), [another, t.t('work.newAddress')] as const, ['', t.t('work.noAddress')] as const];
    const contacts = [...value.contacts.map(({ id, name }) => [id, name] as const), ['', t.t('work.noContact')] as const];
    return html`<div class="two">
        ${selectField(t, form, 'addressId', t.t('work.address'), addresses)} ${selectField(t, form, 'contactId', t.t('work.contact'), contacts)}
      </div>
      ${values.addressId === another
        ? html`${textField(t, form, 'line1', t.t('work.line1'), { required: true, autocomplete: 'off' })}
            <div class="two">${textField(t, form, 'city', t.t('work.city'))} ${textField(t, form, 'region', t.t('work.region'))} ${textField(t, form, 'postalCode', t.t('work.postalCode'))}</div>`
        : nothing}`;
  }

  #choose(customerId: string): void {
    const form = this.#form;
    form.set('customerId', customerId);
    form.set('addressId', '');
    form.set('contactId', '');
    if (customerId) void this.#places.load({ forget: true });
    else void this.updateComplete.then(() => this.renderRoot.querySelector('cc-office-customer-picker')?.focus());
  }

  /** The first address and contact are the likely ones. What was chosen before stays. */
  #propose({ addresses, contacts }: Awaited<ReturnType<typeof readPlaces>>): void {
    const form = this.#form;
    if (!form.values!.addressId && addresses[0]) form.set('addressId', addresses[0].id);
    if (!form.values!.contactId && contacts[0]) form.set('contactId', contacts[0].id);
  }

  async #makeAddress(customerId: string, { line1, city, region, postalCode }: Pick<Typed, 'line1' | 'city' | 'region' | 'postalCode'>, wish: string): Promise<string> {
    const key = JSON.stringify([customerId, line1, city, region, postalCode]);
    if (this.#address?.key !== key) {
      const { id } = await makeRecord(this.office, 'addresses', { customerId, line1, city, region, postalCode, country: this.account.country }, `${wish}-address`);
      this.#address = { key, id };
    }
    return this.#address.id;
  }

  /** Not before the likely address and contact are known: a job without them would be a surprise. */
  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#form.values?.customerId && !this.#places.value) {
      await this.#places.load();
      if (this.#places.error) return;
    }
    await this.#form.save();
  };

  #cancel = (): void => {
    this.#form.discard();
    this.router.back('/jobs');
  };
}

define('cc-office-new-job', OfficeNewJob);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-new-job': OfficeNewJob;
  }
}
