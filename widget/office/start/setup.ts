import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Router } from '../../customer-center/router.ts';
import { keepDraft, keptDraft, setUp } from '../../data/setup.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { define as defineTag } from '../../parts/define.ts';
import { selectField, textField } from '../form/fields.ts';
import { Form } from '../form/form.ts';
import { countryChoices, countryHere, currencyChoices, currencyOf, zoneChoices, zoneFor } from '../form/regions.ts';
import { screenStyles } from '../form/styles.ts';
import { emailOf, phoneOf } from '../form/typed.ts';
import '../locale/en-start.ts';
import { forgetSetup } from './token.ts';

interface Setup extends Record<string, unknown> {
  ownerName: string;
  email: string;
  name: string;
  phone: string;
  country: string;
  timeZone: string;
  currency: string;
}

/** Where the owner goes on, signed in. */
const next = '/welcome';

/** The first account of a server: a calm form with what cannot be guessed. There is no session yet, and so no router. */
export class OfficeSetup extends LitElement {
  static override styles = [
    ...screenStyles,
    css`
      .form {
        gap: calc(var(--cc-space) * 6);
      }
      .title {
        margin-bottom: calc(var(--cc-space) * 1);
      }
    `,
  ];

  /** The secret of the console's link. */
  @property() token = '';
  /** Origin of the server. */
  @property() api = '';
  /** The reader's language. */
  @property({ attribute: false }) localizer!: Localizer;

  /** Whether the server knows this link no more. */
  @state() private used = false;

  /** What the form keeps while somebody types; it goes nowhere. */
  readonly router: Router = { path: '/', go: () => undefined, back: () => undefined, saveDraft: keepDraft, restoreDraft: keptDraft };

  readonly #form = new Form<Setup>(this, {
    name: () => 'setup',
    check: ({ ownerName, email, name, phone, country }) => {
      const t = this.localizer;
      return {
        ...(!ownerName.trim() && { ownerName: t.t('form.required') }),
        ...(!emailOf(email) && { email: t.t('setup.typeEmail') }),
        ...(!name.trim() && { name: t.t('form.required') }),
        ...(phone.trim() && !phoneOf(phone, country) && { phone: t.t('form.phone') }),
      };
    },
    save: async ({ values }) => {
      const { token, api, localizer } = this;
      const { email, phone, country } = values;
      const done = await setUp(api, { ...values, token, email: emailOf(email)!, phone: phoneOf(phone, country) ?? null, locale: localizer.lang });
      const url = new URL(done.url, api);
      url.searchParams.set('cc', next);
      forgetSetup();
      location.assign(url);
    },
  });

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.#form.values) return;
    const country = countryHere();
    this.#form.start({ ownerName: '', email: '', name: '', phone: '', country, timeZone: zoneFor(country), currency: currencyOf(country) });
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const form = this.#form;
    const { country = 'US', timeZone = '' } = form.values ?? {};
    return html`<form class="cc form" novalidate @submit=${this.#submit} @change=${this.#follow}>
      <div>
        <h1 id="heading" class="title" tabindex="-1">${t.t('setup.title')}</h1>
        <p class="muted">${t.t('setup.lead')}</p>
      </div>
      <div class="panel padded">
        <h2 class="sub">${t.t('setup.you')}</h2>
        <div class="two">
          ${textField(t, form, 'ownerName', t.t('setup.ownerName'), { required: true, autocomplete: 'name' })}
          ${textField(t, form, 'email', t.t('setup.email'), { required: true, type: 'email', autocomplete: 'email', hint: t.t('setup.emailHint') })}
        </div>
      </div>
      <div class="panel padded">
        <h2 class="sub">${t.t('setup.company')}</h2>
        <div class="two">
          ${textField(t, form, 'name', t.t('setup.name'), { required: true, autocomplete: 'organization' })}
          ${textField(t, form, 'phone', t.t('setup.phone'), { type: 'tel', autocomplete: 'tel', hint: t.t('setup.phoneHint') })}
          ${selectField(t, form, 'country', t.t('setup.country'), countryChoices(t))} ${selectField(t, form, 'timeZone', t.t('setup.timeZone'), zoneChoices(t, country, timeZone))}
          ${selectField(t, form, 'currency', t.t('setup.currency'), currencyChoices(t), { hint: t.t('setup.currencyHint') })}
        </div>
      </div>
      ${this.#state()}
      <button class="button primary wide" aria-disabled=${form.busy ? 'true' : 'false'}>${t.t(form.busy ? 'setup.making' : 'setup.make')}</button>
    </form>`;
  }

  #state(): TemplateResult | typeof nothing {
    const { localizer: t, used, api } = this;
    const { problem } = this.#form;
    if (used) return html`<p class="banner warn" role="alert">${t.t('setup.used')} <a class="link" href="${api}/office">${t.t('setup.signIn')}</a></p>`;
    if (!problem) return nothing;
    return html`<p class="banner ${problem === 'offline' ? 'warn' : 'bad'}" role="alert">${problem === 'offline' ? t.t('form.offline') : t.problem(problem)}</p>`;
  }

  /** Time zone and money follow the country, until the person says otherwise. */
  #follow = (event: Event): void => {
    const { country } = this.#form.values!;
    if ((event.target as HTMLElement).id !== 'country') return;
    this.#form.set('timeZone', zoneFor(country));
    this.#form.set('currency', currencyOf(country));
  };

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.used = false;
    if ((await this.#form.save()) || this.#form.problem !== 'not_found') return;
    this.used = true;
    forgetSetup();
  };

  /** Takes the focus as something that has just opened: its heading. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('#heading')?.focus(options);
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-setup', OfficeSetup);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-setup': OfficeSetup;
  }
}
