import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ApiError, type Client } from '../../data/client.ts';
import type { Pending } from '../../data/state.ts';
import '../../locale/en-code.ts';
import { define as defineTag } from '../../parts/define.ts';
import { callLink } from '../frame.ts';
import { View } from '../view.ts';
import { styles } from './code.styles.ts';

/**
 * A message is on its way: its link or its code leads on. Also where a link was opened in a browser that did not ask for
 * it, where only the code does.
 *
 * @csspart form - The form.
 * @csspart title - The heading.
 * @csspart label - The field's label.
 * @csspart field - The field for the code.
 * @csspart button - Buttons.
 * @csspart error - What is wrong with the code.
 * @csspart notice - That the message was sent again.
 * @csspart phone - The contractor's phone number, as a link.
 */
export class ViewCode extends View {
  static override styles = styles;

  #ticking: ReturnType<typeof setInterval> | undefined;
  /** Codes that were sent by themselves: a wrong one is not sent twice. */
  #tried = '';

  @query('#code') private field!: HTMLInputElement;
  @query('#shared') private shared!: HTMLInputElement | null;

  @state() private problem = '';
  @state() private busy: '' | 'code' | 'again' = '';
  @state() private sentAgain = false;
  @state() private now = Date.now();

  /** What is being waited for. */
  @property({ attribute: false }) pending!: Pending;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticking = setInterval(() => (this.now = Date.now()), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('pending')) this.now = Date.now();
  }

  protected override render(): TemplateResult {
    const { localizer: t, pending, problem } = this;
    const elsewhere = !pending.verifier;
    return html`<div class="cc">
      <form part="form" novalidate @submit=${this.#submit}>
        <span id="heading" class="title" part="title" role="heading" aria-level=${this.level} tabindex="-1">${this.#title()}</span>
        <p class="lead">${this.#lead()}</p>
        <div>
          <label class="label" part="label" for="code">${t.t('code.label')}</label>
          <input
            id="code"
            class="field code"
            part="field"
            name="code"
            type="text"
            inputmode="numeric"
            autocomplete="one-time-code"
            enterkeyhint="go"
            required
            aria-invalid=${problem ? 'true' : 'false'}
            aria-describedby=${problem ? 'problem' : nothing}
            @input=${this.#type}
          />
          ${problem ? html`<p id="problem" class="error" part="error" role="alert">${problem}</p>` : nothing}
        </div>
        ${elsewhere
          ? html`<label class="check">
              <input id="shared" name="shared" type="checkbox" .checked=${!pending.lasting} />
              <span>${t.t('signIn.shared')}<small>${t.t('signIn.sharedHint')}</small></span>
            </label>`
          : nothing}
        <button class="button primary wide" part="button" aria-disabled=${this.busy ? 'true' : 'false'}>${t.t('code.submit')}</button>
      </form>
      <div class="form">${this.#ways()}</div>
    </div>`;
  }

  #title(): string {
    const { channel, verifier } = this.pending;
    if (!verifier) return this.localizer.t('code.title');
    return this.localizer.t(channel === 'sms' ? 'waiting.titleSms' : 'waiting.titleEmail');
  }

  #lead(): string {
    const { localizer: t, card } = this;
    const { verifier, document, masked: address } = this.pending;
    if (document) return t.t('code.leadDocument', { address });
    if (!verifier) return `${t.t('code.lead')} (${address})`;
    return `${t.t('waiting.lead', { name: card.name, address })} ${t.t('waiting.orCode')}`;
  }

  /** Nobody is stuck here: each of these is one way on. */
  #ways(): TemplateResult {
    const { localizer: t, card, pending, busy, now } = this;
    const { phone, sms } = card;
    const wait = Math.ceil((pending.againAt - now) / 1000);
    const canAgain = pending.address !== undefined || pending.document !== undefined;
    const time = `${Math.floor(wait / 60)}:${String(wait % 60).padStart(2, '0')}`;
    const again =
      wait > 0
        ? html`<span class="help">${t.t('waiting.againIn', { time })}</span>`
        : html`<button type="button" class="button quiet" part="button" aria-disabled=${busy ? 'true' : 'false'} @click=${this.#again}>
            ${t.t('waiting.again')}
          </button>`;
    return html`<p class="nothing">${t.t('waiting.nothing')}</p>
      <p role="status" part="notice" ?hidden=${!this.sentAgain}>${this.sentAgain ? t.t('waiting.sentAgain') : ''}</p>
      <ul class="ways">
        ${pending.channel === 'email' ? html`<li>${t.t('waiting.spam')}</li>` : nothing} ${canAgain ? html`<li>${again}</li>` : nothing}
        <li>
          <button type="button" class="button quiet" part="button" @click=${this.#stop}>
            ${pending.document ? t.t('shell.back') : t.t(sms ? 'waiting.otherEither' : 'waiting.otherEmail')}
          </button>
        </li>
        ${phone ? html`<li>${callLink(t, card)}</li>` : nothing}
      </ul>`;
  }

  /** Six digits need no button; spaces and dashes come along when a code is pasted. */
  #type = (): void => {
    const digits = this.field.value.normalize('NFKC').replace(/\D/g, '').slice(0, 6);
    if (digits !== this.field.value) this.field.value = digits;
    if (digits.length === 6 && digits !== this.#tried) void this.#enter(digits);
  };

  #submit = (event: Event): void => {
    event.preventDefault();
    if (/^\d{6}$/.test(this.field.value)) void this.#enter(this.field.value);
    else this.#refuse(this.localizer.t('code.invalid'));
  };

  async #enter(code: string): Promise<void> {
    if (this.busy) return;
    this.#tried = code;
    this.problem = '';
    await this.#do('code', (session) => session.enterCode(code, this.shared ? !this.shared.checked : this.pending.lasting));
  }

  #again = async (): Promise<void> => {
    this.sentAgain = false;
    this.sentAgain = await this.#do('again', (session) => session.sendAgain(this.localizer.lang));
  };

  #stop = (): void => {
    void this.#do('again', (session) => session.stopWaiting());
  };

  async #do(busy: 'code' | 'again', act: (session: Awaited<ReturnType<Client['session']>>) => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = busy;
    try {
      await act(await this.client.session());
      return true;
    } catch (error) {
      this.#refuse(this.localizer.problem(error instanceof ApiError ? error.code : 'internal'));
      return false;
    } finally {
      this.busy = '';
    }
  }

  #refuse(problem: string): void {
    this.problem = problem;
    this.field.focus();
    this.field.select();
  }
}

export function define(): void {
  defineTag('cc-view-code', ViewCode);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-code': ViewCode;
  }
}
