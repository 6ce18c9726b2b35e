import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import { makeKey, readKeys, revokeKey, type ApiKey, type ApiKeyMade, type Scope } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { empty } from '../../parts/states.ts';
import { checkField, textField } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { instead, outOfDate } from '../states.ts';
import './copy-code.ts';
import { Section } from './section.ts';
import { since } from './since.ts';

const scopes = ['read', 'write', 'links', 'settings'] as const satisfies Scope[];
interface KeyFields extends Record<string, unknown> {
  name: string;
  read: boolean;
  write: boolean;
  links: boolean;
  settings: boolean;
}
const fresh: KeyFields = { name: '', read: true, write: false, links: false, settings: false };
const wantedOf = (fields: KeyFields): Scope[] => scopes.filter((scope) => fields[scope]);

/** Keys for other programs. */
export class OfficeSettingsKeys extends Section {
  readonly #keys = new Resource<ApiKey[]>(this, (signal) => readKeys(this.office, signal));

  /** The key that was just made: its secret is here and nowhere else. */
  @state() private made: ApiKeyMade | undefined;
  @state() private revoking: ApiKey | undefined;
  @state() private problem = '';

  readonly #form = new Form<KeyFields>(this, {
    name: () => 'key new',
    check: (fields) => ({
      ...(!fields.name.trim() && { name: this.localizer.t('form.required') }),
      ...(wantedOf(fields).length === 0 && { read: this.localizer.t('settings.keyMayNothing') }),
    }),
    save: async ({ values }) => void (this.made = await makeKey(this.office, { name: values.name, scopes: wantedOf(values) })),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.mayChange) void this.#keys.load();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.#form.values) this.#form.start(fresh);
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const { value, error } = this.#keys;
    const content = value
      ? html`${error ? outOfDate(t, error) : nothing} ${this.#secret()} ${this.#list(value)} ${this.#make()} ${this.#dialog()}`
      : instead(t, error, () => void this.#keys.load());
    return this.frame(t.t('settings.keys'), t.t('settings.keysLead'), this.mayChange ? content : nothing);
  }

  #secret(): TemplateResult | typeof nothing {
    const { localizer: t, made } = this;
    if (!made) return nothing;
    return html`<div class="panel padded" role="group" aria-labelledby="secret">
      ${this.sub(t.t('settings.keyMade', { name: made.name }), 'secret')}
      <p class="banner warn">${t.t('settings.keyOnce')}</p>
      <cc-office-copy-code .code=${made.secret} .label=${t.t('settings.keySecret')} primary></cc-office-copy-code>
      <div class="actions"><button type="button" class="button" @click=${this.#kept}>${t.t('settings.keyKept')}</button></div>
    </div>`;
  }

  #list(keys: ApiKey[]): TemplateResult {
    const t = this.localizer;
    const rows = html`<ul class="rows">
      ${keys.map(
        (key) => html`<li class="row">
          <div class="grow">
            <span class="strong">${key.name}</span>
            <small>${key.scopes.map((scope) => t.t(`settings.may.${scope}`)).join(', ')}</small>
            <small>${key.lastUsedAt ? t.t('settings.keyUsed', { when: since(this.formats, key.lastUsedAt) }) : t.t('settings.keyUnused')}</small>
          </div>
          <div class="actions"><button type="button" class="button bad" @click=${() => (this.revoking = key)}>${t.t('settings.revoke')}<span class="visually-hidden"> ${key.name}</span></button></div>
        </li>`,
      )}
    </ul>`;
    return html`<div class="panel">
      <div class="panel-head">${this.sub(t.t('settings.keysNow'), 'keys')}</div>
      ${keys.length > 0 ? rows : empty(t.t('settings.noKeys'), t.t('settings.noKeysLead'))}
    </div>`;
  }

  #make(): TemplateResult {
    const t = this.localizer;
    const form = this.#form;
    const wrong = form.errors['read'];
    return html`<form class="panel padded" novalidate @submit=${this.#submit}>
      ${this.sub(t.t('settings.newKey'))} ${textField(t, form, 'name', t.t('settings.keyName'), { required: true, hint: t.t('settings.keyNameHint') })}
      <fieldset aria-describedby=${wrong === undefined ? nothing : 'scopes-error'}>
        <legend class="label">${t.t('settings.keyMay')}</legend>
        <div>${scopes.map((scope) => checkField(form, scope, t.t(`settings.may.${scope}`)))}</div>
        ${wrong === undefined ? nothing : html`<p id="scopes-error" class="error" role="alert">${wrong || t.t('form.notAccepted')}</p>`}
      </fieldset>
      ${formState(t, form)}
      <div class="actions">
        ${this.made ? html`<button class="button" aria-disabled=${form.busy ? 'true' : 'false'}>${t.t('settings.makeKey')}</button>` : saveButton(t, form, t.t('settings.makeKey'))}
      </div>
    </form>`;
  }

  #dialog(): TemplateResult | typeof nothing {
    const { localizer: t, revoking, problem } = this;
    if (!revoking) return nothing;
    return html`<cc-dialog heading=${t.t('settings.revokeKey')} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.#close()}>
      <p>${t.t('settings.revokeSure', { name: revoking.name })}</p>
      ${problem ? html`<p class="banner bad" role="alert">${problem}</p>` : nothing}
      <div class="actions">
        <button type="button" class="button bad" @click=${() => this.#revoke(revoking)}>${t.t('settings.revoke')}</button>
        <button type="button" class="button" @click=${() => this.#close()}>${t.t('office.cancel')}</button>
      </div>
    </cc-dialog>`;
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.made = undefined;
    if (!(await this.#form.save())) return;
    this.#form.start(fresh);
    await this.#keys.load();
    await this.focusOn('#secret');
  };

  #kept = (): void => {
    this.made = undefined;
    void this.focusOn('#keys');
  };

  async #revoke({ id, name }: ApiKey): Promise<void> {
    this.problem = '';
    try {
      await revokeKey(this.office, id);
    } catch (error) {
      this.problem = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
      return;
    }
    this.revoking = undefined;
    if (this.made?.id === id) this.made = undefined;
    this.say(this.localizer.t('settings.revoked', { name }));
    await this.#keys.load();
    await this.focusOn('#keys');
  }

  #close(): void {
    this.revoking = undefined;
    this.problem = '';
  }
}

define('cc-office-settings-keys', OfficeSettingsKeys);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings-keys': OfficeSettingsKeys;
  }
}
