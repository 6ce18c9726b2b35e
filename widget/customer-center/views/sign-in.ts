import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Card } from '../../../server/contract/account.ts';
import { ApiError } from '../../data/client.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { define } from '../../parts/define.ts';
import { load } from '../lazy.ts';
import { View } from '../view.ts';
import { styles } from './sign-in.styles.ts';

const draft = 'signIn.address';

/**
 * Sign-in: one field, no password. A native form, so that browsers and password managers fill it.
 *
 * @csspart form - The form.
 * @csspart title - The heading.
 * @csspart label - The field's label.
 * @csspart field - The field for e-mail or mobile.
 * @csspart button - The button that sends the link.
 * @csspart error - What is wrong with the address, or why it could not be sent.
 * @csspart phone - The contractor's phone number, as a link.
 */
export class ViewSignIn extends View {
  static override styles = styles;

  @query('#address') private field!: HTMLInputElement;
  @query('#shared') private shared!: HTMLInputElement;

  @state() private problem = '';
  @state() private busy = false;

  protected override render(): TemplateResult {
    const { card, localizer: t, problem } = this;
    const { name, sms, phone } = card;
    return html`<div class="cc">
      <form part="form" novalidate @submit=${this.#submit} @focusin=${this.#prepare}>
        <span id="heading" class="title" part="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('signIn.title')}</span>
        <p class="lead">${t.t('signIn.lead', { name })}</p>
        <div>
          <label class="label" part="label" for="address">${t.t(sms ? 'signIn.emailOrMobile' : 'signIn.email')}</label>
          <input
            id="address"
            class="field"
            part="field"
            name=${sms ? 'username' : 'email'}
            type=${sms ? 'text' : 'email'}
            inputmode="email"
            autocomplete=${sms ? 'username' : 'email'}
            autocapitalize="none"
            spellcheck="false"
            enterkeyhint="send"
            required
            .value=${this.router.restoreDraft(draft) ?? ''}
            aria-invalid=${problem ? 'true' : 'false'}
            aria-describedby=${problem ? 'problem' : 'hint'}
            @input=${this.#type}
          />
          ${problem
            ? html`<p id="problem" class="error" part="error" role="alert">${problem}</p>`
            : html`<p id="hint" class="hint">${t.t('signIn.hint', { name })}</p>`}
        </div>
        <label class="check">
          <input id="shared" name="shared" type="checkbox" />
          <span>${t.t('signIn.shared')}<small>${t.t('signIn.sharedHint')}</small></span>
        </label>
        <button class="button primary wide" part="button" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${t.t(this.busy ? 'signIn.sending' : 'signIn.send')}
        </button>
        ${phone
          ? html`<p class="help">
              ${t.t('signIn.help', { name })} <a class="link" part="phone" href="tel:${phone}">${t.phone(phone)}</a>
            </p>`
          : nothing}
      </form>
    </div>`;
  }

  /** Whoever touches the form will need what comes next. */
  #prepare = (): void => {
    void this.client.session().catch(() => undefined);
    void load('cc-view-code').catch(() => undefined);
  };

  #type = (): void => {
    this.router.saveDraft(draft, this.field.value || undefined);
  };

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const { localizer: t, card } = this;
    this.busy = true;
    this.problem = '';
    try {
      const session = await this.client.session();
      const destination = this.router.path === '/' ? undefined : this.router.path;
      await session.signIn({ address: this.field.value, language: t.lang, lasting: !this.shared.checked, destination });
      this.router.saveDraft(draft, undefined);
    } catch (error) {
      this.#refuse(refusal(error, t, card));
    } finally {
      this.busy = false;
    }
  };

  #refuse(problem: string): void {
    this.problem = problem;
    this.field.focus();
  }
}

function refusal(error: unknown, t: Localizer, { sms }: Card): string {
  const code = error instanceof ApiError ? error.code : 'offline';
  if (code === 'invalid_request') return t.t(sms ? 'signIn.invalidEither' : 'signIn.invalidEmail');
  return t.problem(code);
}

define('cc-view-sign-in', ViewSignIn);

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-sign-in': ViewSignIn;
  }
}
