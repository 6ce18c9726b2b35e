import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import { removeLogo, setLogo, type Account } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { accentSets } from '../../theme/accent.ts';
import { AccountEvent } from '../events.ts';
import { textField } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { AccountForm } from './account-form.ts';
import './look.ts';
import { Section } from './section.ts';

interface Branding extends Record<string, unknown> {
  accent: string;
}

/** What the server takes. */
const mostBytes = 256 * 1024;
const kinds = ['image/png', 'image/jpeg'];
const isColour = (typed: string) => /^#[0-9a-f]{6}$/i.test(typed);
/** People paste colours without their sign, and in the short form. */
function colourOf(typed: string): string {
  const text = typed.trim().toLowerCase().replace(/^#?/, '#');
  return /^#[0-9a-f]{3}$/.test(text) ? `#${[...text.slice(1)].map((digit) => digit + digit).join('')}` : text;
}

/** Logo and colour, with the head of the center as it will look. */
export class OfficeSettingsBranding extends Section {
  static override styles = [
    ...[Section.styles].flat(),
    css`
      .looks {
        display: grid;
        gap: calc(var(--cc-space) * 4);
      }
      @container screen (min-width: 560px) {
        .looks {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      .logo-row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(var(--cc-space) * 4);
      }
      .logo-row img {
        max-width: 180px;
        height: 64px;
        padding: 6px;
        border: 1px solid var(--cc-line);
        border-radius: var(--cc-radius-control);
        background: #ffffff;
        object-fit: contain;
      }
      .pick {
        position: relative;
      }
      .pick input {
        position: absolute;
        inset: 0;
        opacity: 0;
        cursor: pointer;
      }
      .pick:focus-within {
        outline: var(--cc-focus-width) solid var(--cc-focus);
        outline-offset: 2px;
      }
      .colour {
        display: grid;
        grid-template-columns: minmax(0, max-content) minmax(0, 200px);
        justify-content: start;
        gap: calc(var(--cc-space) * 3);
        align-items: end;
      }
      input[type='color'] {
        width: 100%;
        min-width: 64px;
        height: 48px;
        padding: 4px;
        cursor: pointer;
      }
      .swatch {
        display: inline-block;
        width: 16px;
        height: 16px;
        margin-inline-end: 6px;
        border-radius: 4px;
        vertical-align: -3px;
      }
    `,
  ];

  @state() private busy = false;
  @state() private problem = '';

  readonly #settings = new AccountForm<Branding>(this, {
    name: 'branding',
    read: ({ accent }: Account) => ({ accent }),
    write: ({ accent }) => ({ ...(accent !== undefined && { accent: colourOf(accent) }) }),
    check: ({ accent }) => (isColour(colourOf(accent)) ? {} : { accent: this.localizer.t('settings.colourWrong') }),
  });

  protected override render(): TemplateResult {
    const t = this.localizer;
    const { name, logoUrl } = this.account;
    const typed = colourOf(this.#settings.form.values?.accent ?? this.account.accent);
    const accent = isColour(typed) ? typed : this.account.accent;
    const looks = (['light', 'dark'] as const).map(
      (scheme) => html`<cc-office-look .name=${name} .logoUrl=${logoUrl && new URL(logoUrl, this.office.api).href} .accent=${accent} .colorScheme=${scheme} .localizer=${t}></cc-office-look>`,
    );
    return this.frame(
      t.t('settings.branding'),
      t.t('settings.brandingLead'),
      html`${this.mayChange ? html`${this.#logo()} ${this.#colour(accent)}` : nothing}
        <div class="looks">${looks}</div>`,
    );
  }

  #logo(): TemplateResult {
    const { localizer: t, busy, problem } = this;
    const { logoUrl, name } = this.account;
    return html`<div class="panel padded">
      ${this.sub(t.t('settings.logo'), 'logo')}
      <div class="logo-row">
        ${logoUrl ? html`<img src=${new URL(logoUrl, this.office.api).href} alt=${t.t('settings.logoOf', { name })} />` : nothing}
        <div class="actions">
          <label class="button pick"
            >${t.t(busy ? 'settings.logoSending' : logoUrl ? 'settings.logoOther' : 'settings.logoChoose')}<input
              type="file"
              accept=${kinds.join(',')}
              aria-describedby="logo-hint"
              @change=${this.#choose}
          /></label>
          ${logoUrl ? html`<button type="button" class="button quiet" @click=${this.#removeLogo}>${t.t('office.remove')}</button>` : nothing}
        </div>
      </div>
      <p id="logo-hint" class="hint">${t.t('settings.logoHint')}</p>
      ${problem ? html`<p class="error" role="alert">${problem}</p>` : nothing}
    </div>`;
  }

  #colour(accent: string): TemplateResult {
    const t = this.localizer;
    const { form } = this.#settings;
    return html`<form class="panel padded" novalidate @submit=${this.#save}>
      ${this.sub(t.t('settings.colour'))}
      <div class="colour">
        <div>
          <label class="label" for="picker">${t.t('settings.colourPick')}</label>
          <input id="picker" type="color" class="field" .value=${accent} @input=${(event: Event) => form.set('accent', (event.target as HTMLInputElement).value)} />
        </div>
        ${textField(t, form, 'accent', t.t('settings.colourCode'), { required: true, placeholder: '#0b62c4' })}
      </div>
      ${this.#contrast(accent)} ${formState(t, form, { label: () => t.t('settings.colour'), show: (_field, value) => String(value) })}
      ${this.bare ? nothing : html`<div class="actions">${saveButton(t, form)}</div>`}
    </form>`;
  }

  /** Whether the colour can be read, and what is taken in its place where it cannot. */
  #contrast(accent: string): TemplateResult {
    const t = this.localizer;
    const { light } = accentSets(accent);
    const swaps = ([['settings.swapFill', light.fill], ['settings.swapText', light.text]] as const).filter(([, used]) => used !== accent);
    if (swaps.length === 0) return html`<p class="banner ok" role="status">${t.t('settings.colourGood')}</p>`;
    return html`<div class="banner warn" role="status">
      <p class="strong">${t.t('settings.colourPale')}</p>
      ${swaps.map(([words, used]) => html`<p>${swatch(used)}${t.t(words, { colour: used })}</p>`)}
      <p>${t.t('settings.colourKept')}</p>
    </div>`;
  }

  #choose = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    if (!file || this.busy) return;
    const { localizer: t } = this;
    if (!kinds.includes(file.type)) this.problem = t.t('settings.logoKind');
    else if (file.size > mostBytes) this.problem = t.t('settings.logoSize');
    else await this.#change(() => setLogo(this.office, file), t.t('settings.logoSet'));
  };

  #removeLogo = async (): Promise<void> => {
    await this.#change(() => removeLogo(this.office), this.localizer.t('settings.logoRemoved'));
    await this.focusOn('#logo');
  };

  async #change(act: () => Promise<Account>, done: string): Promise<void> {
    if (this.busy) return;
    const { localizer: t } = this;
    this.busy = true;
    this.problem = '';
    try {
      this.dispatchEvent(new AccountEvent(await act()));
      this.say(done);
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'internal';
      const words = { unsupported_media: 'settings.logoKind', invalid_request: 'settings.logoKind', too_large: 'settings.logoSize' } as const;
      this.problem = code in words ? t.t(words[code as keyof typeof words]) : t.problem(code);
    } finally {
      this.busy = false;
    }
  }

  /** Saves what was chosen. False when something is in the way, which then shows. */
  keep(): Promise<boolean> {
    return this.#settings.save();
  }

  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await this.keep()) this.say(this.localizer.t('office.saved'));
  };
}

/** A colour beside its code: drawn, because a policy may forbid styles in the page. */
const swatch = (colour: string) => svg`<svg class="swatch" aria-hidden="true" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill=${colour}></rect></svg>`;

define('cc-office-settings-branding', OfficeSettingsBranding);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings-branding': OfficeSettingsBranding;
  }
}
