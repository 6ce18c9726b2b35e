import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import { addPage, changePage, removePage, type Page } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { pill } from '../../parts/pill.ts';
import { empty } from '../../parts/states.ts';
import { checkField, textField } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { webAddressOf } from '../form/typed.ts';
import { instead, outOfDate } from '../states.ts';
import { Section } from './section.ts';
import './sightings.ts';
import { since } from './since.ts';
import { twinOf, WebsiteWatch } from './watch.ts';

interface PageFields extends Record<string, unknown> {
  url: string;
  main: boolean;
}

/** The pages where the widget stands, and websites where it was seen. */
export class OfficeSettingsWebsite extends Section {
  readonly #watch = new WebsiteWatch(this);

  @state() private editing: Page | undefined;
  @state() private removing: Page | undefined;
  @state() private problem = '';

  readonly #new = this.#pageForm('page new', ({ url }) => addPage(this.office, { url }));
  readonly #change = this.#pageForm('page', ({ url, main }) => changePage(this.office, this.editing!.id, { url, ...(main && { main }) }));

  #pageForm(name: string, save: (page: PageFields) => Promise<unknown>): Form<PageFields> {
    return new Form<PageFields>(this, {
      name: () => (name === 'page' ? `page ${this.editing?.id}` : name),
      check: ({ url }) => (webAddressOf(url) ? {} : { url: url.trim() ? this.localizer.t('form.url') : this.localizer.t('form.required') }),
      save: async ({ values }) => void (await save({ ...values, url: webAddressOf(values.url)! })),
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.#new.values) this.#new.start({ url: '', main: false });
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const { pages, sightings, error } = this.#watch;
    const listed = (pages ?? []).map(({ url }) => new URL(url).origin);
    const content = pages
      ? html`${error ? outOfDate(t, error) : nothing}
          ${sightings.length > 0
            ? html`<cc-office-sightings .sightings=${sightings} .listed=${listed} .level=${this.level} @cc-office-allowed=${this.#allowed}></cc-office-sightings>`
            : nothing}
          ${this.#pages(pages, listed)} ${this.mayChange ? this.#add() : nothing} ${this.#dialogs()}`
      : instead(t, error, () => void this.#watch.load());
    return this.frame(t.t('settings.website'), t.t('settings.websiteLead'), content);
  }

  #pages(pages: Page[], listed: string[]): TemplateResult {
    const t = this.localizer;
    const rows = html`<ul class="rows">
      ${pages.map((page) => this.#page(page, listed))}
    </ul>`;
    return html`<div class="panel">
      <div class="panel-head">${this.sub(t.t('settings.pages'), 'pages')}</div>
      ${pages.length > 0 ? rows : empty(t.t('settings.noPages'), t.t('settings.noPagesLead'))}
      ${this.problem && !this.removing ? html`<p class="banner bad" role="alert">${this.problem}</p>` : nothing}
    </div>`;
  }

  #page(page: Page, listed: string[]): TemplateResult {
    const t = this.localizer;
    const twin = twinOf(page.url);
    const words = page.lastSeenAt ? t.t('settings.widgetSeen', { when: since(this.formats, page.lastSeenAt) }) : t.t('settings.notSeen');
    return html`<li class="row">
      <div class="grow">
        <span class="strong">${page.url}</span> ${page.main ? pill('plain', t.t('settings.main')) : nothing}
        <small>${words}</small>
      </div>
      ${this.mayChange
        ? html`<div class="actions">
            ${twin && !listed.includes(twin)
              ? html`<button type="button" class="button" @click=${() => this.#addTwin(twin)}>${t.t('settings.addTwin', { twin: new URL(twin).host })}</button>`
              : nothing}
            <button type="button" class="button" @click=${() => this.#edit(page)}>${t.t('office.edit')}<span class="visually-hidden"> ${page.url}</span></button>
            <button type="button" class="button bad" @click=${() => (this.removing = page)}>${t.t('office.remove')}<span class="visually-hidden"> ${page.url}</span></button>
          </div>`
        : nothing}
    </li>`;
  }

  #add(): TemplateResult {
    const t = this.localizer;
    return html`<form class="panel padded" novalidate @submit=${this.#submitNew}>
      ${this.sub(t.t('settings.addPage'))}
      ${textField(t, this.#new, 'url', t.t('settings.pageUrl'), { type: 'url', required: true, placeholder: 'https://www.acme.example/my-account', hint: t.t('settings.pageHint') })}
      ${formState(t, this.#new)}
      <div class="actions">${saveButton(t, this.#new, t.t('settings.addPage'))}</div>
    </form>`;
  }

  #dialogs(): TemplateResult | typeof nothing {
    const { localizer: t, editing, removing } = this;
    if (editing)
      return html`<cc-dialog heading=${t.t('settings.editPage')} close-label=${t.t('office.close')} @cc-dialog-close=${() => (this.editing = undefined)}>
        <form id="edit" novalidate @submit=${this.#submitChange}>
          ${this.#editFields(editing)} ${formState(t, this.#change)}
          <div class="actions">${saveButton(t, this.#change)}</div>
        </form>
      </cc-dialog>`;
    if (!removing) return nothing;
    return html`<cc-dialog heading=${t.t('settings.removePage')} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.#closeRemove()}>
      <p>${t.t('settings.removePageSure', { url: removing.url })}</p>
      ${this.problem ? html`<p class="banner bad" role="alert">${this.problem}</p>` : nothing}
      <div class="actions">
        <button type="button" class="button bad" @click=${() => this.#remove(removing)}>${t.t('office.remove')}</button>
        <button type="button" class="button" @click=${() => this.#closeRemove()}>${t.t('office.cancel')}</button>
      </div>
    </cc-dialog>`;
  }

  /** The field of the page that is added has the same name: within the dialog it is another one. */
  #editFields(page: Page): TemplateResult {
    const t = this.localizer;
    const form = this.#change;
    const error = form.errors['url'];
    const words = error === undefined ? undefined : error || t.t('form.notAccepted');
    return html`<div class="form-field">
        <label class="label" for="edit-url">${t.t('settings.pageUrl')}</label>
        <input
          id="edit-url"
          class="field"
          type="url"
          required
          .value=${form.values?.url ?? ''}
          aria-invalid=${words ? 'true' : 'false'}
          aria-describedby=${words ? 'edit-url-error' : nothing}
          @input=${(event: Event) => form.set('url', (event.target as HTMLInputElement).value)}
        />
        ${words ? html`<p id="edit-url-error" class="error" role="alert">${words}</p>` : nothing}
      </div>
      ${page.main ? html`<p class="muted">${t.t('settings.isMain')}</p>` : checkField(form, 'main', t.t('settings.makeMain'), t.t('settings.mainHint'))}`;
  }

  #edit(page: Page): void {
    this.editing = page;
    this.#change.start({ url: page.url, main: page.main });
  }

  #submitNew = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await this.#new.save())) return this.#explain(this.#new);
    this.#new.start({ url: '', main: false });
    this.say(this.localizer.t('settings.pageAdded'));
    await this.#watch.load();
  };

  #submitChange = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await this.#change.save())) return this.#explain(this.#change);
    this.editing = undefined;
    this.say(this.localizer.t('office.saved'));
    await this.#watch.load();
    await this.focusOn('#pages');
  };

  /** A refusal is about the address: the same is listed already. */
  #explain(form: Form<PageFields>): void {
    if (form.errors['url'] === '') form.errors['url'] = this.localizer.t('settings.pageTaken');
    this.requestUpdate();
  }

  async #addTwin(twin: string): Promise<void> {
    if (await this.#try(() => addPage(this.office, { url: `${twin}/` }))) this.say(this.localizer.t('settings.pageAdded'));
    await this.focusOn('#pages');
  }

  async #remove(page: Page): Promise<void> {
    if (!(await this.#try(() => removePage(this.office, page.id)))) return;
    this.removing = undefined;
    this.say(this.localizer.t('settings.pageRemoved'));
    await this.focusOn('#pages');
  }

  async #try(act: () => Promise<unknown>): Promise<boolean> {
    this.problem = '';
    try {
      await act();
    } catch (error) {
      this.problem = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
      return false;
    }
    await this.#watch.load();
    return true;
  }

  #closeRemove(): void {
    this.removing = undefined;
    this.problem = '';
  }

  #allowed = async (): Promise<void> => {
    await this.#watch.load();
    await this.focusOn('#pages');
  };
}

define('cc-office-settings-website', OfficeSettingsWebsite);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings-website': OfficeSettingsWebsite;
  }
}
