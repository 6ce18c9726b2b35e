import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { makeCustomer, type NewCustomer, type Steps } from '../../data/office-customers.ts';
import { define } from '../../parts/define.ts';
import { checkField, textField } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import { checkReach, placeFields, placeFieldset, reachFields, reachFieldset, type PlaceValues, type ReachValues } from './fields.ts';

interface Values extends PlaceValues, ReachValues {
  name: string;
  company: boolean;
  contactName: string;
}

const draft = 'new customer';

/** A new customer with the first contact and the first address, in one form. Contact and address may be left out. */
export class OfficeNewCustomer extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .screen {
        max-width: 760px;
      }
      .crumb {
        margin-inline-start: calc(var(--cc-space) * -4.5);
      }
    `,
  ];

  readonly #form = new Form<Values>(this, {
    name: () => draft,
    check: (values) => ({
      ...(values.name.trim() ? {} : { name: this.localizer.t('form.required') }),
      ...checkReach(this.localizer, values, this.account.country),
      ...(hasPlace(values) && !values.line1.trim() ? { line1: this.localizer.t('form.required') } : {}),
    }),
    save: async ({ values }) => {
      // What is made already is known over a reload, as what was typed is.
      const name = `${draft} steps`;
      const steps = JSON.parse(this.router.restoreDraft(name) ?? '{}') as Steps;
      const id = await makeCustomer(this.office, this.#wanted(values), steps, (now) => this.router.saveDraft(name, JSON.stringify(now)));
      this.router.saveDraft(name, undefined);
      this.#made = id;
    },
  });
  #made = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.#form.values && this.router && this.account) this.#form.start(nothingTyped(this.account.country));
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const form = this.#form;
    const sub = (words: string) => html`<span class="sub" role="heading" aria-level=${this.level + 1}>${words}</span>`;
    return html`<div class="cc screen">
      <div><button type="button" class="button quiet crumb" @click=${() => this.router.back('/customers')}><span aria-hidden="true">←</span> ${t.t('office.back')}</button></div>
      <span id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('customers.new')}</span>
      <form class="panel padded" novalidate @submit=${this.#save}>
        ${textField(t, form, 'name', t.t('customer.name'), { required: true, hint: t.t('customer.nameHint') })} ${checkField(form, 'company', t.t('customer.isCompany'))}
        ${sub(t.t('contact.first'))} ${textField(t, form, 'contactName', t.t('contact.name'), { hint: t.t('contact.nameHint') })} ${reachFieldset(t, form)}
        ${sub(t.t('address.first'))} ${placeFieldset(t, form, false)} ${formState(t, form)}
        <div class="actions">
          ${saveButton(t, form, t.t('customers.make'))}
          <button type="button" class="button" @click=${this.#leave}>${t.t('office.cancel')}</button>
        </div>
      </form>
    </div>`;
  }

  #wanted(values: Values): NewCustomer {
    const reach = reachFields(values, this.account.country);
    const name = values.name.trim();
    const contactName = values.contactName.trim();
    return {
      customer: { name, company: values.company },
      contact: contactName || reach.email || reach.mobile ? { name: contactName || name, ...reach } : undefined,
      address: hasPlace(values) ? placeFields(values) : undefined,
    };
  }

  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await this.#form.save())) return;
    this.say(this.localizer.t('customers.made'));
    this.router.go(`/customers/${this.#made}`, { replace: true });
  };

  #leave = (): void => {
    this.#form.discard();
    this.router.saveDraft(`${draft} steps`, undefined);
    this.router.back('/customers');
  };
}

const nothingTyped = (country: string): Values => ({
  name: '', company: false, contactName: '', email: '', mobile: '', language: '', line1: '', line2: '', city: '', region: '', postalCode: '', country,
});
const hasPlace = ({ line1, line2, city, region, postalCode }: Values) => [line1, line2, city, region, postalCode].some((part) => part.trim() !== '');

define('cc-office-new-customer', OfficeNewCustomer);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-new-customer': OfficeNewCustomer;
  }
}
