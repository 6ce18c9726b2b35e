import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { News } from '../../data/live.ts';
import { ApiError } from '../../data/errors.ts';
import { connectStripe, disconnectStripe, readStripe, type Account, type StripeConnection } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { pill } from '../../parts/pill.ts';
import { Resource } from '../../parts/resource.ts';
import { checkField } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { instead, outOfDate } from '../states.ts';
import { AccountForm } from './account-form.ts';
import { Section } from './section.ts';

interface Paying extends Record<string, unknown> {
  partialPayments: boolean;
  askTip: boolean;
  stripeReceipts: boolean;
}

/** How customers pay online: the connection to Stripe, and what they are offered. */
export class OfficeSettingsPayments extends Section {
  readonly #stripe = new Resource<StripeConnection>(this, (signal) => readStripe(this.office, signal));

  @state() private busy = false;
  @state() private problem = '';
  @state() private asking = false;

  readonly #settings = new AccountForm<Paying>(this, {
    name: 'payments',
    read: ({ partialPayments, askTip, stripeReceipts }: Account) => ({ partialPayments, askTip, stripeReceipts }),
    write: (changed) => changed,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.mayChange) void this.#stripe.load();
    // Whoever comes back from Stripe's form wants to see how it stands.
    window.addEventListener('focus', this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('focus', this.#look);
  }

  protected override heard({ what }: News): void {
    if (/^(account|again)$/.test(what)) this.#look();
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    return this.frame(t.t('settings.payments'), t.t('settings.paymentsLead'), this.mayChange ? html`${this.#connection()} ${this.bare ? nothing : this.#offers()} ${this.#dialog()}` : nothing);
  }

  #connection(): TemplateResult {
    const { localizer: t, problem } = this;
    const { value, error } = this.#stripe;
    if (!value) return html`<div class="panel padded">${instead(t, error, () => void this.#stripe.load())}</div>`;
    return html`<div class="panel padded">
      <div class="actions">${this.sub(t.t('settings.stripe'), 'stripe')} ${this.#pill(value)} ${value.livemode || value.mode === 'off' ? nothing : pill('plain', t.t('settings.testMode'))}</div>
      ${error ? outOfDate(t, error) : nothing}
      <p>${this.#words(value)}</p>
      ${value.stripeAccount ? html`<p class="muted small">${t.t('settings.stripeAccount', { id: value.stripeAccount })}</p>` : nothing} ${this.#domains(value)}
      ${problem ? html`<p class="banner bad" role="alert">${problem}</p>` : nothing}
      ${this.#buttons(value)}
    </div>`;
  }

  #pill({ mode, status }: StripeConnection): TemplateResult {
    const t = this.localizer;
    if (mode === 'off') return pill('plain', t.t('settings.stripeOff'));
    return pill(status === 'active' ? 'ok' : status === 'onboarding' || status === 'restricted' ? 'warn' : 'plain', t.t(`settings.stripe.${status}`));
  }

  #words({ mode, status }: StripeConnection): string {
    const t = this.localizer;
    if (mode === 'off') return t.t('settings.stripeOffLead');
    if (mode === 'own') return t.t(status === 'active' ? 'settings.stripeOwn' : 'settings.stripeOwnNot');
    return t.t(`settings.stripeLead.${status}`);
  }

  /** Wallets show only on websites that Stripe knows. */
  #domains({ domains, status }: StripeConnection): TemplateResult | typeof nothing {
    const t = this.localizer;
    if (status !== 'active' || domains.length === 0) return nothing;
    return html`<ul class="rows panel" aria-label=${t.t('settings.wallets')}>
      ${domains.map(({ domain, registered }) => html`<li class="row"><span class="grow">${domain}</span>${pill(registered ? 'ok' : 'plain', t.t(registered ? 'settings.walletsOn' : 'settings.walletsOff'))}</li>`)}
    </ul>`;
  }

  #buttons({ mode, status, oauth }: StripeConnection): TemplateResult | typeof nothing {
    const t = this.localizer;
    if (mode !== 'connect') return nothing;
    const disabled = this.busy ? 'true' : 'false';
    const button = (words: string, kind: string, act: () => void) => html`<button type="button" class="button ${kind}" aria-disabled=${disabled} @click=${act}>${words}</button>`;
    const isNew = status === 'none' || status === 'disconnected';
    if (isNew)
      return html`<div class="actions">
        ${button(t.t('settings.stripeConnect'), this.bare ? '' : 'primary', () => void this.#connect('onboarding'))}
        ${oauth ? button(t.t('settings.stripeExisting'), '', () => void this.#connect('oauth')) : nothing}
      </div>`;
    return html`<div class="actions">
      ${status === 'active' ? nothing : button(t.t('settings.stripeGoOn'), this.bare ? '' : 'primary', () => void this.#connect('onboarding'))}
      ${button(t.t('settings.stripeDisconnect'), 'bad', () => (this.asking = true))}
    </div>`;
  }

  #offers(): TemplateResult {
    const t = this.localizer;
    const { form } = this.#settings;
    return html`<form class="panel padded" novalidate @submit=${this.#save}>
      ${this.sub(t.t('settings.offers'))}
      <div>
        ${checkField(form, 'partialPayments', t.t('settings.partial'), t.t('settings.partialHint'))} ${checkField(form, 'askTip', t.t('settings.tip'), t.t('settings.tipHint'))}
        ${checkField(form, 'stripeReceipts', t.t('settings.receipts'), t.t('settings.receiptsHint'))}
      </div>
      ${formState(t, form, { label: (field) => t.t(labels[field as keyof typeof labels]), show: (_field, value) => t.t(value ? 'settings.on' : 'settings.off') })}
      <div class="actions">${this.#saveOffers()}</div>
    </form>`;
  }

  /** One primary button a screen: while Stripe is not connected, that is the first thing. */
  #saveOffers(): TemplateResult {
    const t = this.localizer;
    const { form } = this.#settings;
    if (this.#stripe.value?.status === 'active' || this.#stripe.value?.mode !== 'connect') return saveButton(t, form);
    return html`<button class="button" aria-disabled=${form.busy ? 'true' : 'false'}>${t.t(form.busy ? 'form.saving' : 'form.save')}</button>`;
  }

  #dialog(): TemplateResult | typeof nothing {
    const { localizer: t, asking, busy, problem } = this;
    if (!asking) return nothing;
    return html`<cc-dialog heading=${t.t('settings.stripeDisconnect')} close-label=${t.t('office.close')} @cc-dialog-close=${() => (this.asking = false)}>
      <p>${t.t('settings.disconnectSure')}</p>
      ${problem ? html`<p class="banner bad" role="alert">${problem}</p>` : nothing}
      <div class="actions">
        <button type="button" class="button bad" aria-disabled=${busy ? 'true' : 'false'} @click=${this.#disconnect}>${t.t('settings.stripeDisconnect')}</button>
        <button type="button" class="button" @click=${() => (this.asking = false)}>${t.t('office.cancel')}</button>
      </div>
    </cc-dialog>`;
  }

  async #connect(way: 'onboarding' | 'oauth'): Promise<void> {
    await this.#try(async () => location.assign((await connectStripe(this.office, way)).url));
  }

  #disconnect = async (): Promise<void> => {
    if (!(await this.#try(() => disconnectStripe(this.office)))) return;
    this.asking = false;
    this.say(this.localizer.t('settings.disconnected'));
    await this.#stripe.load();
    await this.focusOn('#stripe');
  };

  async #try(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = '';
    try {
      await act();
      return true;
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'internal';
      const words = { conflict: 'settings.stripeConflict', payments_unavailable: 'settings.stripeAway' } as const;
      this.problem = code in words ? this.localizer.t(words[code as keyof typeof words]) : this.localizer.problem(code);
      return false;
    } finally {
      this.busy = false;
    }
  }

  readonly #look = (): void => {
    if (this.mayChange) void this.#stripe.load();
  };

  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await this.#settings.save()) this.say(this.localizer.t('office.saved'));
  };
}

const labels = { partialPayments: 'settings.partial', askTip: 'settings.tip', stripeReceipts: 'settings.receipts' } as const satisfies Record<string, string>;

define('cc-office-settings-payments', OfficeSettingsPayments);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings-payments': OfficeSettingsPayments;
  }
}
