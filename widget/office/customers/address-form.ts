import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Address } from '../../data/office-customers.ts';
import { define } from '../../parts/define.ts';
import { textField } from '../form/fields.ts';
import { orNull, placeFields, placeFieldset, placeValues, type PlaceValues } from './fields.ts';
import { RecordForm } from './record-form.ts';

interface Values extends PlaceValues {
  name: string;
}

/**
 * A place where work is done.
 *
 * @event {DialogCloseEvent} cc-dialog-close - It has closed.
 */
export class OfficeAddressForm extends RecordForm<Address, Values> {
  protected override readonly kind = 'addresses';

  /** Which one it changes; a new address without. */
  @property({ attribute: false }) address: Address | undefined;

  protected override get record(): Address | undefined {
    return this.address;
  }

  protected override valuesOf(address: Address): Values {
    return { name: address.name ?? '', ...placeValues(address) };
  }

  protected override empty(): Values {
    return { name: '', line1: '', line2: '', city: '', region: '', postalCode: '', country: this.account.country };
  }

  protected override check({ line1 }: Values): Partial<Record<string, string>> {
    return line1.trim() ? {} : { line1: this.localizer.t('form.required') };
  }

  protected override wire(values: Values): { [Field in keyof Values]: unknown } {
    return { name: orNull(values.name), ...placeFields(values) };
  }

  protected override heading(): string {
    return this.localizer.t(this.address ? 'address.change' : 'address.add');
  }

  protected override question(): string {
    return this.localizer.t('address.deleteAsk', { address: this.address?.line1 ?? '' });
  }

  protected override label(field: string): string {
    return this.localizer.t(`address.${field}` as 'address.line1');
  }

  protected override fieldset(): TemplateResult {
    const { localizer: t, form } = this;
    return html`${placeFieldset(t, form, true)} ${textField(t, form, 'name', t.t('address.name'), { hint: t.t('address.nameHint') })}`;
  }
}

define('cc-office-address-form', OfficeAddressForm);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-address-form': OfficeAddressForm;
  }
}
