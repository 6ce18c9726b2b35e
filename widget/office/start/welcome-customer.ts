import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { makeFirstCustomer } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { textField } from '../form/fields.ts';
import { formState } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { emailOf } from '../form/typed.ts';
import '../locale/en-start.ts';
import { Section } from '../settings/section.ts';

interface Person extends Record<string, unknown> {
  name: string;
  email: string;
}
const nobody: Person = { name: '', email: '' };

/** The first customer, by name and e-mail; or the way to bring many along. */
export class OfficeWelcomeCustomer extends Section {
  /** Those that were added here. */
  @state() private added: { id: string; name: string }[] = [];

  readonly #form = new Form<Person>(this, {
    name: () => 'welcome customer',
    check: ({ name, email }) => ({
      ...(!name.trim() && { name: this.localizer.t('form.required') }),
      ...(email.trim() && !emailOf(email) && { email: this.localizer.t('form.email') }),
    }),
    save: async ({ values: { name, email }, key }) => {
      const { id } = await makeFirstCustomer(this.office, { name: name.trim(), email: emailOf(email) ?? '' }, key);
      this.added = [...this.added, { id, name: name.trim() }];
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.#form.values) this.#form.start(nobody);
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    return html`<div class="cc section">
      ${this.added.length > 0 ? this.#done() : nothing}
      <form class="panel padded" novalidate @submit=${this.#submit}>
        <div class="two">
          ${textField(t, this.#form, 'name', t.t('welcome.customerName'), { required: true })}
          ${textField(t, this.#form, 'email', t.t('welcome.customerEmail'), { type: 'email' })}
        </div>
        ${formState(t, this.#form)}
        <div class="actions"><button class="button" aria-disabled=${this.#form.busy ? 'true' : 'false'}>${this.#label()}</button></div>
      </form>
      <div class="panel padded">
        ${this.sub(t.t('welcome.import'))}
        <p class="muted">${t.t('welcome.importLead')}</p>
        <div class="actions"><button type="button" role="link" class="button" @click=${() => this.router.go('/customers/import')}>${t.t('welcome.toImport')}</button></div>
      </div>
    </div>`;
  }

  #label(): string {
    const t = this.localizer;
    if (this.#form.busy) return t.t('form.saving');
    return t.t(this.added.length > 0 ? 'welcome.another' : 'welcome.addCustomer');
  }

  #done(): TemplateResult {
    const t = this.localizer;
    return html`<ul class="panel rows">
      ${this.added.map(
        ({ id, name }) => html`<li class="row">
          <span class="grow">${t.t('welcome.added', { name })}</span>
          <button type="button" role="link" class="button" @click=${() => this.router.go(`/customers/${id}`)}>${t.t('welcome.openCustomer', { name })}</button>
        </li>`,
      )}
    </ul>`;
  }

  /** Saves what was typed. False when something is in the way, which then shows. */
  async keep(): Promise<boolean> {
    return !this.#form.dirty || this.#add();
  }

  async #add(): Promise<boolean> {
    if (!(await this.#form.save())) return false;
    this.#form.start(nobody);
    this.say(this.localizer.t('welcome.added', { name: this.added.at(-1)!.name }));
    return true;
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    void this.#add();
  };
}

define('cc-office-welcome-customer', OfficeWelcomeCustomer);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-welcome-customer': OfficeWelcomeCustomer;
  }
}
