import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CustomerRow } from '../../../server/contract/office.ts';
import { listCustomers } from '../../data/office-lists.ts';
import type { Customer } from '../../data/office-customers.ts';
import { define } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { checkField, field, textArea, textField } from '../form/fields.ts';
import { customerValues, orNull, type CustomerValues } from './fields.ts';
import { RecordForm } from './record-form.ts';

/** Typing pauses this long before it is asked for. */
const pauseMs = 150;
/** So many are offered as the parent. */
const offered = 6;

/**
 * Who a customer is: name, number, kind, parent, billing address, and whether they are still one.
 *
 * @event {DialogCloseEvent} cc-dialog-close - It has closed.
 */
export class OfficeCustomerForm extends RecordForm<Customer, CustomerValues> {
  protected override readonly kind = 'customers';

  /** Whom it changes. */
  @property({ attribute: false }) customer!: Customer;
  /** Whose sub-customer it is. */
  @property({ attribute: false }) parent: CustomerValues['parent'] = null;

  /** What was typed to find a parent. */
  @state() private q = '';

  readonly #found = new Resource<CustomerRow[]>(this, async (signal) => {
    const { items } = await listCustomers(this.office, { q: this.q }, signal);
    // A parent is nobody's sub-customer.
    return items.filter(({ id, parent }) => id !== this.customer.id && parent === null).slice(0, offered);
  });
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override get record(): Customer {
    return this.customer;
  }

  protected override valuesOf(customer: Customer): CustomerValues {
    const { parentId } = customer;
    const known = [this.parent, this.form.values?.parent].find((each) => each?.id === parentId);
    return customerValues(customer, parentId === null ? null : (known ?? { id: parentId, name: this.localizer.t('customer.another') }));
  }

  protected override empty(): CustomerValues {
    return customerValues(this.customer, null);
  }

  protected override check({ name, number }: CustomerValues): Partial<Record<string, string>> {
    const required = this.localizer.t('form.required');
    return { ...(name.trim() ? {} : { name: required }), ...(number.trim() ? {} : { number: required }) };
  }

  protected override wire({ name, company, number, parent, billingAddress, active }: CustomerValues): { [Field in keyof CustomerValues]: unknown } {
    return { name: name.trim(), company, number: number.trim(), parent: parent?.id ?? null, billingAddress: orNull(billingAddress), active };
  }

  protected override heading(): string {
    return this.customer.name;
  }

  protected override question(): string {
    return this.localizer.t('customer.deleteAsk', { name: this.customer.name });
  }

  protected override label(name: string): string {
    const labels = { company: 'customer.isCompany', active: 'customer.isActive', parent: 'customer.parent', billingAddress: 'customer.billing', number: 'customer.number', name: 'customer.name' } as const;
    return this.localizer.t(labels[name as keyof typeof labels]);
  }

  protected override show(value: unknown): string {
    return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : super.show(value);
  }

  protected override fieldset(): TemplateResult {
    const { localizer: t, form } = this;
    return html`${textField(t, form, 'name', t.t('customer.name'), { required: true })} ${textField(t, form, 'number', t.t('customer.number'), { required: true })}
      ${checkField(form, 'company', t.t('customer.isCompany'))} ${this.#parent()}
      ${textArea(t, form, 'billingAddress', t.t('customer.billing'), { rows: 3, hint: t.t('customer.billingHint') })}
      ${checkField(form, 'active', t.t('customer.isActive'), t.t('customer.isActiveHint'))}`;
  }

  /** Chosen: its name and the way back. Else a field that finds it. */
  #parent(): TemplateResult {
    const { localizer: t, form } = this;
    const chosen = form.values?.parent;
    const error = form.errors['parent'] ?? form.errors['parentId'];
    if (chosen)
      return html`<div>
        <p class="label" id="parent-label">${t.t('customer.parent')}</p>
        <p class="actions">
          <span class="strong">${chosen.name}</span>
          <button type="button" class="button" aria-describedby="parent-label" @click=${() => this.#choose(null)}>${t.t('office.remove')}</button>
        </p>
        ${error === undefined ? nothing : html`<p class="error" role="alert">${error || t.t('form.notAccepted')}</p>`}
      </div>`;
    const control = html`<input id="parent" class="field" type="search" autocomplete="off" spellcheck="false" aria-describedby="parent-hint" .value=${this.q} @input=${this.#type} @keydown=${this.#enter} />`;
    return html`<div>
      ${field(t, 'parent', t.t('customer.parent'), error, control, { hint: t.t('customer.parentHint') })}
      <div role="status">
        ${this.q && this.#found.value
          ? this.#found.value.length > 0
            ? html`<ul class="panel rows">
                ${this.#found.value.map(
                  ({ id, name, number }) => html`<li><button type="button" class="row" @click=${() => this.#choose({ id, name })}><span class="grow">${name}</span><span class="muted small">${number}</span></button></li>`,
                )}
              </ul>`
            : html`<p class="muted small">${t.t('customers.notFound')}</p>`
          : this.#found.error && this.q
            ? html`<p class="error">${t.problem(this.#found.error.code)}</p>`
            : nothing}
      </div>
    </div>`;
  }

  #choose(parent: CustomerValues['parent']): void {
    this.q = '';
    delete this.form.errors['parentId'];
    this.form.set('parent', parent);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(parent ? '[aria-describedby="parent-label"]' : '#parent')?.focus());
  }

  #type = (event: Event): void => {
    this.q = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#found.load({ forget: true }), pauseMs);
  };

  /** Enter chooses, and does not save what is half done. */
  #enter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const first = this.#found.value?.[0];
    if (first && this.q) this.#choose({ id: first.id, name: first.name });
  };

  protected override removed(): void {
    this.router.go('/customers', { replace: true });
  }
}

define('cc-office-customer-form', OfficeCustomerForm);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customer-form': OfficeCustomerForm;
  }
}
