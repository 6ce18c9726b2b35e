import { html, type PropertyValues, type TemplateResult } from 'lit';
import { addPage } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { textField } from '../form/fields.ts';
import { formState } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { webAddressOf } from '../form/typed.ts';
import '../locale/en-start.ts';
import '../settings/install.ts';
import { Section } from '../settings/section.ts';

interface Address extends Record<string, unknown> {
  url: string;
}

/** On which page customers sign in, the lines to paste there, and whether they have arrived. */
export class OfficeWelcomeWebsite extends Section {
  readonly #form = new Form<Address>(this, {
    name: () => 'welcome website',
    check: ({ url }) => (webAddressOf(url) ? {} : { url: this.localizer.t(url.trim() ? 'form.url' : 'form.required') }),
    save: async ({ values: { url } }) => void (await addPage(this.office, { url: webAddressOf(url)! })),
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.#form.values) this.#form.start({ url: '' });
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const form = this.#form;
    return html`<div class="cc section">
      <form class="panel padded" novalidate @submit=${this.#submit}>
        ${textField(t, form, 'url', t.t('settings.pageUrl'), { type: 'url', required: true, placeholder: 'https://www.acme.example/my-account', hint: t.t('settings.pageHint') })}
        ${formState(t, form)}
        <div class="actions"><button class="button" aria-disabled=${form.busy ? 'true' : 'false'}>${t.t(form.busy ? 'form.saving' : 'welcome.addPage')}</button></div>
      </form>
      <cc-office-settings-install bare .level=${this.level}></cc-office-settings-install>
    </div>`;
  }

  /** Saves what was typed. False when something is in the way, which then shows. */
  async keep(): Promise<boolean> {
    return !this.#form.dirty || this.#add();
  }

  async #add(): Promise<boolean> {
    const form = this.#form;
    if (!(await form.save())) {
      if (form.errors['url'] === '') form.errors['url'] = this.localizer.t('settings.pageTaken');
      this.requestUpdate();
      return false;
    }
    form.start({ url: '' });
    this.say(this.localizer.t('settings.pageAdded'));
    this.shadowRoot?.querySelector('cc-office-settings-install')?.look();
    return true;
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    void this.#add();
  };
}

define('cc-office-welcome-website', OfficeWelcomeWebsite);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-welcome-website': OfficeWelcomeWebsite;
  }
}
