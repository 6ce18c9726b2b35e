import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import { addStaff, changeStaff, readStaff, removeStaff, type Staff, type StaffRole } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { pill } from '../../parts/pill.ts';
import { Resource } from '../../parts/resource.ts';
import { selectField, textField } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { emailOf } from '../form/typed.ts';
import { instead, outOfDate } from '../states.ts';
import { Section } from './section.ts';

interface Person extends Record<string, unknown> {
  name: string;
  email: string;
  role: StaffRole;
}
const nobody: Person = { name: '', email: '', role: 'clerk' };

/** Who works in the office, and what they may do. */
export class OfficeSettingsStaff extends Section {
  readonly #people = new Resource<Staff[]>(this, (signal) => readStaff(this.office, signal));

  /** Who is being changed; `new` for somebody who is added. */
  @state() private editing: Staff | 'new' | undefined;
  @state() private removing: Staff | undefined;
  @state() private problem = '';
  @state() private busy = false;

  readonly #form = new Form<Person>(this, {
    name: () => `staff ${this.editing === 'new' ? 'new' : this.editing?.id}`,
    check: ({ name, email }) => ({
      ...(!name.trim() && { name: this.localizer.t('form.required') }),
      ...(!emailOf(email) && { email: this.localizer.t('form.email') }),
    }),
    save: async ({ values: { name, email, role }, changed }) => {
      const { editing } = this;
      const address = emailOf(email)!;
      try {
        if (editing === 'new') await addStaff(this.office, { name, email: address, role });
        else if (editing) await changeStaff(this.office, editing.id, { ...changed, ...('email' in changed && { email: address }) });
      } catch (error) {
        throw error instanceof ApiError && error.code === 'conflict' ? new ApiError('invalid_request', error.status, [{ path: '/role', message: '' }]) : error;
      }
    },
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#people.load();
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const { value, error } = this.#people;
    const isOwner = this.staff.role === 'owner';
    const content = value
      ? html`${error ? outOfDate(t, error) : nothing}
          <div class="panel">
            <div class="panel-head">
              ${this.sub(t.t('settings.people'), 'people')}
              ${isOwner ? html`<button type="button" class="button primary" @click=${() => this.#edit('new')}>${t.t('settings.addPerson')}</button>` : nothing}
            </div>
            <ul class="rows">
              ${value.map((person) => this.#person(person, isOwner))}
            </ul>
          </div>
          ${this.#dialogs()}`
      : instead(t, error, () => void this.#people.load());
    return this.frame(t.t('settings.staff'), t.t('settings.staffLead'), content, !isOwner);
  }

  #person(person: Staff, isOwner: boolean): TemplateResult {
    const t = this.localizer;
    const isMe = person.id === this.staff.staffId;
    return html`<li class="row">
      <div class="grow"><span class="strong">${person.name}</span>${isMe ? html`${' '}<span class="muted small">${t.t('settings.you')}</span>` : nothing}<small>${person.email}</small></div>
      ${pill('plain', t.t(`office.${person.role}`))}
      ${isOwner
        ? html`<div class="actions">
            <button type="button" class="button" @click=${() => this.#edit(person)}>${t.t('office.edit')}<span class="visually-hidden"> ${person.name}</span></button>
            <button type="button" class="button bad" @click=${() => (this.removing = person)}>${t.t('office.remove')}<span class="visually-hidden"> ${person.name}</span></button>
          </div>`
        : nothing}
    </li>`;
  }

  #dialogs(): TemplateResult | typeof nothing {
    const { localizer: t, editing, removing, problem } = this;
    const form = this.#form;
    if (editing)
      return html`<cc-dialog heading=${t.t(editing === 'new' ? 'settings.addPerson' : 'settings.editPerson')} close-label=${t.t('office.close')} @cc-dialog-close=${() => (this.editing = undefined)}>
        <form novalidate @submit=${this.#submit}>
          ${textField(t, form, 'name', t.t('settings.personName'), { required: true })}
          ${textField(t, form, 'email', t.t('settings.personEmail'), { required: true, type: 'email', hint: t.t(editing === 'new' ? 'settings.personEmailHint' : 'settings.personEmailChange') })}
          ${selectField(t, form, 'role', t.t('settings.role'), [['clerk', t.t('settings.roleClerk')], ['owner', t.t('settings.roleOwner')]])} ${formState(t, form)}
          <div class="actions">${saveButton(t, form, editing === 'new' ? t.t('settings.addPerson') : undefined)}</div>
        </form>
      </cc-dialog>`;
    if (!removing) return nothing;
    return html`<cc-dialog heading=${t.t('settings.removePerson')} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.#closeRemove()}>
      <p>${t.t('settings.removePersonSure', { name: removing.name })}</p>
      ${problem ? html`<p class="banner bad" role="alert">${problem}</p>` : nothing}
      <div class="actions">
        <button type="button" class="button bad" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => this.#remove(removing)}>${t.t('office.remove')}</button>
        <button type="button" class="button" @click=${() => this.#closeRemove()}>${t.t('office.cancel')}</button>
      </div>
    </cc-dialog>`;
  }

  #edit(who: Staff | 'new'): void {
    this.editing = who;
    this.#form.start(who === 'new' ? nobody : { name: who.name, email: who.email, role: who.role });
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { localizer: t, editing } = this;
    const form = this.#form;
    if (!(await form.save())) {
      if (form.errors['email'] === '') form.errors['email'] = t.t('settings.personTaken');
      if (form.errors['role'] === '') form.errors['role'] = t.t('settings.lastOwner');
      return this.requestUpdate();
    }
    this.editing = undefined;
    this.say(t.t(editing === 'new' ? 'settings.personAdded' : 'office.saved'));
    await this.#people.load();
    await this.focusOn('#people');
  };

  async #remove({ id, name }: Staff): Promise<void> {
    if (this.busy) return;
    const { localizer: t } = this;
    this.busy = true;
    this.problem = '';
    try {
      await removeStaff(this.office, id);
      this.removing = undefined;
      this.say(t.t('settings.personRemoved', { name }));
      await this.#people.load();
      await this.focusOn('#people');
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'internal';
      this.problem = code === 'conflict' ? t.t('settings.lastOwner') : t.problem(code);
    } finally {
      this.busy = false;
    }
  }

  #closeRemove(): void {
    this.removing = undefined;
    this.problem = '';
  }
}

define('cc-office-settings-staff', OfficeSettingsStaff);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings-staff': OfficeSettingsStaff;
  }
}
