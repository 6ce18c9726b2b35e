import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { DocumentRights, Share, ShareNew } from '../../server/contract/documents.ts';
import { View } from '../customer-center/view.ts';
import { readAddress } from '../data/address.ts';
import { ApiError } from '../data/client.ts';
import { readShares, share, unshare } from '../data/documents.ts';
import '../locale/en-share.ts';
import { formatsOf } from '../locale/formats.ts';
import { define as defineTag } from './define.ts';
import { Resource } from './resource.ts';
import { styles } from './share.styles.ts';

/** The person is done with it. It does not leave the view. */
export class ShareCloseEvent extends Event {
  constructor() {
    super('cc-share-close');
  }
}

const offered = ['approve', 'requestChanges', 'pay'] as const;
const fields = ['name', 'address', 'actions', 'expiresOn'] as const;
type Field = (typeof fields)[number];

const usualDays = 14;
const mostDays = 90;
const later = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * Sends a document on: to whom, what they may do, until when; below, the links that were sent and the way to end them.
 *
 * @event {ShareCloseEvent} cc-share-close - The person is done with it.
 * @csspart card - The form and the list.
 * @csspart section-title - A heading.
 * @csspart label - Label of a field.
 * @csspart field - A field.
 * @csspart button - A button.
 * @csspart error - What is wrong, beside its cause.
 * @csspart notice - What was done.
 */
export class CcShare extends View {
  static override styles = styles;

  readonly #shares = new Resource<Share[]>(this, (signal) => readShares(this.client, this.base, signal));
  /** The same until something else is sent, so that pressing again after a lost answer sends nothing twice. */
  #key = crypto.randomUUID();

  @query('form') private form!: HTMLFormElement;

  @state() private busy = false;
  @state() private problems: Partial<Record<Field | 'form', string>> = {};
  /** What was done last. */
  @state() private done = '';
  /** Id of the link that is asked about before it ends, and why it could not be ended. */
  @state() private ending = '';
  @state() private endProblem = '';


  /** Where the document is, as `documentBase` or `linkBase` says. */
  @property({ attribute: false }) base = '';
  /** What the person may do with it; nobody gets more from them. */
  @property({ attribute: false }) rights!: DocumentRights;

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (!this.hasUpdated) void this.#shares.load();
  }

  protected override firstUpdated(_changed: PropertyValues<this>): void {
    this.focus();
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    return html`<div class="cc">
      <section class="card" part="card" aria-labelledby="heading">
        <div class="top">
          <span id="heading" class="title" part="section-title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('document.share')}</span>
          <button type="button" class="button quiet" part="button" @click=${() => this.dispatchEvent(new ShareCloseEvent())}>
            ${t.t('shell.close')}
          </button>
        </div>
        <p class="muted">${t.t('share.lead')}</p>
        ${this.#form()}
        <p class="done" part="notice" role="status">${this.done}</p>
        ${this.#links()}
      </section>
    </div>`;
  }

  #form(): TemplateResult {
    const t = this.localizer;
    const { sms } = this.card;
    const today = this.#today;
    const options = offered.filter((action) => this.rights[action]);
    return html`<form novalidate @submit=${this.#submit} @input=${() => (this.#key = crypto.randomUUID())}>
      ${this.#field('name', t.t('share.name'), html`<input
        id="name" class="field" part="field" name="name" autocomplete="off" maxlength="100" required
        aria-invalid=${this.#isWrong('name')} aria-describedby="name-note"
      />`)}
      ${this.#field('address', t.t(sms ? 'signIn.emailOrMobile' : 'signIn.email'), html`<input
        id="address" class="field" part="field" name="address" type=${sms ? 'text' : 'email'} inputmode="email"
        autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="254" required
        aria-invalid=${this.#isWrong('address')} aria-describedby="address-note"
      />`)}
      ${options.length > 0
        ? html`<fieldset aria-describedby="actions-note">
            <legend class="label" part="label">${t.t('share.may')}</legend>
            <label class="check"><input type="checkbox" checked disabled /><span>${t.t('share.view')}</span></label>
            ${options.map(
              (action) => html`<label class="check"><input
                  type="checkbox" name="actions" .value=${action} aria-invalid=${this.#isWrong('actions')}
                /><span>${t.t(`share.${action}`)}</span></label>`,
            )}
            ${this.#note('actions')}
          </fieldset>`
        : nothing}
      ${this.#field('expiresOn', t.t('share.until'), html`<input
        id="expiresOn" class="field" part="field" name="expiresOn" type="date" required
        min=${today} max=${later(today, mostDays)} .defaultValue=${later(today, usualDays)}
        aria-invalid=${this.#isWrong('expiresOn')} aria-describedby="expiresOn-note"
      />`, t.t('share.untilHint'))}
      <div class="send">
        <button class="button primary" part="button" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${t.t(this.busy ? 'signIn.sending' : 'share.send')}
        </button>
        ${this.problems.form ? html`<p class="error" part="error" role="alert">${this.problems.form}</p>` : nothing}
      </div>
    </form>`;
  }

  #field(name: Field, label: string, input: TemplateResult, hint?: string): TemplateResult {
    return html`<div><label class="label" part="label" for=${name}>${label}</label>${input} ${this.#note(name, hint)}</div>`;
  }

  /** What is wrong with a field, else what helps to fill it in. */
  #note(name: Field, hint = ''): TemplateResult {
    const problem = this.problems[name];
    return html`<p id="${name}-note" class=${problem ? 'error' : 'hint'} part=${problem ? 'error' : nothing}>${problem ?? hint}</p>`;
  }

  #isWrong(name: Field): 'true' | 'false' {
    return this.problems[name] ? 'true' : 'false';
  }

  #links(): TemplateResult | typeof nothing {
    const t = this.localizer;
    const { value = [], error } = this.#shares;
    if (error && value.length === 0) return html`<p class="error" part="error" role="alert">${t.problem(error.code)}</p>`;
    if (value.length === 0) return nothing;
    return html`<span id="links" class="title" part="section-title" role="heading" aria-level=${this.level + 1} tabindex="-1">
        ${t.t('share.links')}
      </span>
      <ul aria-labelledby="links">
        ${value.map((each) => this.#link(each))}
      </ul>`;
  }

  #link(each: Share): TemplateResult {
    const { id, name, address, actions, uses, expiresAt } = each;
    const t = this.localizer;
    const formats = formatsOf(t, this.card.timeZone);
    const may = ['view' as const, ...offered].filter((action) => actions.includes(action)).map((action) => t.t(`share.${action}`));
    return html`<li>
      <div class="words">
        <span class="strong">${name}</span>
        <span class="muted small">${address.startsWith('+') ? t.phone(address) : address}</span>
        <span class="muted small">${may.join(', ')}</span>
        <span class="muted small"
          >${t.t('share.validTo', { date: formats.date(new Date(Date.parse(expiresAt) - 1).toISOString(), 'medium') })} ·
          ${uses > 0 ? t.plural('share.uses', uses) : t.t('share.unused')}</span
        >
      </div>
      ${this.ending === id
        ? html`<div class="sure" role="group" aria-labelledby="sure">
            <p id="sure">${t.t('share.revokeSure', { name })}</p>
            <button id="end" type="button" class="button" part="button" @click=${() => void this.#end(each)}>${t.t('share.revoke')}</button>
            <button type="button" class="button quiet" part="button" @click=${() => this.#ask('', id)}>${t.t('share.keep')}</button>
            ${this.endProblem ? html`<p class="error" part="error" role="alert">${this.endProblem}</p>` : nothing}
          </div>`
        : html`<button type="button" class="button" part="button" data-link=${id} @click=${() => this.#ask(id)}>
            ${t.t('share.revoke')}<span class="visually-hidden">${` ${name}`}</span>
          </button>`}
    </li>`;
  }

  /** Today where the contractor is: there the last day of a link ends. */
  get #today(): string {
    return formatsOf(this.localizer, this.card.timeZone).day(new Date().toISOString());
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const wanted = this.#read();
    if (!wanted) return this.#focusProblem();
    this.busy = true;
    this.done = '';
    try {
      const made = await share(this.client, this.base, wanted, this.#key);
      this.form.reset();
      this.#key = crypto.randomUUID();
      this.done = this.localizer.t('share.sent', { address: made.address });
      this.#shares.value = [made, ...(this.#shares.value ?? []).filter(({ id }) => id !== made.id)];
    } catch (error) {
      this.#refuse(error instanceof ApiError ? error : new ApiError('internal'));
      await this.#focusProblem();
    } finally {
      this.busy = false;
    }
  };

  /** What the form says; undefined when something in it cannot be sent, which is said beside it. */
  #read(): ShareNew | undefined {
    const t = this.localizer;
    const form = new FormData(this.form);
    const text = (name: Field) => String(form.get(name) ?? '').trim();
    const name = text('name');
    const address = readAddress(text('address'), this.card);
    const expiresOn = text('expiresOn');
    const today = this.#today;
    this.problems = {
      ...(!name && { name: t.t('share.nameMissing') }),
      ...(!address && { address: this.#addressHelp }),
      ...(!(expiresOn >= today && expiresOn <= later(today, mostDays)) && { expiresOn: t.t('share.untilWrong') }),
    };
    if (!address || Object.keys(this.problems).length > 0) return undefined;
    const chosen = form.getAll('actions') as (typeof offered)[number][];
    return { name, address, expiresOn, actions: ['view', ...(this.rights.pdf ? (['pdf'] as const) : []), ...chosen] };
  }

  get #addressHelp(): string {
    return this.localizer.t(this.card.sms ? 'signIn.invalidEither' : 'signIn.invalidEmail');
  }

  /** The server's objections, each beside its field. */
  #refuse({ code, errors }: ApiError): void {
    const t = this.localizer;
    const says: Record<Field, string> = {
      name: t.t('share.nameMissing'),
      address: this.#addressHelp,
      actions: t.t('share.notAllowed'),
      expiresOn: t.t('share.untilWrong'),
    };
    const wrong = fields.filter((field) => errors.some(({ path }) => path.startsWith(`/${field}`)));
    this.problems = wrong.length > 0 ? Object.fromEntries(wrong.map((field) => [field, says[field]])) : { form: t.problem(code) };
  }

  async #focusProblem(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  /** Asks before a link ends; with nothing to ask, the focus goes back to the link that was asked about. */
  #ask(id: string, before = ''): void {
    this.ending = id;
    this.endProblem = '';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(id ? '#end' : `[data-link="${before}"]`)?.focus());
  }

  async #end({ id, name }: Share): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.endProblem = '';
    try {
      await unshare(this.client, this.base, id);
    } catch (error) {
      const { code } = error instanceof ApiError ? error : new ApiError('internal');
      // It has ended already, which is what was wanted.
      if (code !== 'not_found') this.endProblem = this.localizer.problem(code);
    }
    this.busy = false;
    if (this.endProblem) return;
    this.ending = '';
    this.#shares.value = this.#shares.value?.filter((each) => each.id !== id);
    this.done = this.localizer.t('share.revoked', { name });
    await this.updateComplete;
    (this.renderRoot.querySelector<HTMLElement>('#links') ?? this).focus();
  }
}

/** Registers the element; the view does it once the chunk is here. */
export function define(): void {
  defineTag('cc-share', CcShare);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-share': CcShare;
  }
  interface HTMLElementEventMap {
    'cc-share-close': ShareCloseEvent;
  }
}
