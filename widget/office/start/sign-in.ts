import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { View } from '../../customer-center/view.ts';
import { styles } from '../../customer-center/views/sign-in.styles.ts';
import { ApiError } from '../../data/errors.ts';
import { define } from '../../parts/define.ts';

const draft = 'staff-sign-in';

/** Staff ask for a link and a code by e-mail. */
export class OfficeSignIn extends View {
  static override styles = styles;

  @query('#address') private field!: HTMLInputElement;
  @query('#shared') private shared!: HTMLInputElement;

  @state() private problem = '';
  @state() private busy = false;

  /** Why the person is here again, in words; empty at a first visit. */
  @property() notice = '';

  protected override render(): TemplateResult {
    const { card, localizer: t, problem } = this;
    return html`<div class="cc">
      <form novalidate @submit=${this.#submit}>
        <h1 id="heading" class="title" tabindex="-1">${t.t('office.signIn')}</h1>
        <p class="lead">${t.t('office.signInLead', { name: card.name })}</p>
        ${this.notice ? html`<p class="hint" role="status">${this.notice}</p>` : nothing}
        <div>
          <label class="label" for="address">${t.t('office.email')}</label>
          <input
            id="address"
            class="field"
            name="email"
            type="email"
            inputmode="email"
            autocomplete="email"
            autocapitalize="none"
            spellcheck="false"
            enterkeyhint="send"
            required
            .value=${this.router.restoreDraft(draft) ?? ''}
            aria-invalid=${problem ? 'true' : 'false'}
            aria-describedby=${problem ? 'problem' : 'hint'}
            @input=${() => this.router.saveDraft(draft, this.field.value || undefined)}
          />
          ${problem ? html`<p id="problem" class="error" role="alert">${problem}</p>` : html`<p id="hint" class="hint">${t.t('office.emailHint')}</p>`}
        </div>
        <label class="check">
          <input id="shared" name="shared" type="checkbox" />
          <span>${t.t('signIn.shared')}<small>${t.t('signIn.sharedHint')}</small></span>
        </label>
        <button class="button primary wide" aria-disabled=${this.busy ? 'true' : 'false'}>${t.t(this.busy ? 'signIn.sending' : 'signIn.send')}</button>
      </form>
    </div>`;
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const { localizer: t, field } = this;
    this.busy = true;
    this.problem = '';
    try {
      if (!field.value.includes('@')) throw new ApiError('invalid_request');
      const destination = this.router.path === '/' ? undefined : this.router.path;
      await (await this.client.session()).signIn({ address: field.value, language: t.lang, lasting: !this.shared.checked, destination });
      this.router.saveDraft(draft, undefined);
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'offline';
      this.problem = code === 'invalid_request' ? t.t('signIn.invalidEmail') : t.problem(code);
      field.focus();
    } finally {
      this.busy = false;
    }
  };
}

define('cc-office-sign-in', OfficeSignIn);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-sign-in': OfficeSignIn;
  }
}
