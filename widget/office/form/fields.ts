/** Fields of the office's forms: label, control, hint and what is wrong, always in the same place and tied together for screen readers. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { amountText, decimalsOf, parseAmount } from '../../locale/amounts.ts';
import type { Localizer } from '../../locale/localizer.ts';
import '../locale/en.ts';
import type { Form } from './form.ts';

type Values = Record<string, unknown>;

interface FieldOptions {
  hint?: string | undefined;
  required?: boolean;
  /** `off` unless said. */
  autocomplete?: string;
  type?: 'text' | 'email' | 'tel' | 'url' | 'date' | 'time' | 'datetime-local' | 'number' | 'color';
  inputmode?: 'numeric' | 'decimal' | 'email' | 'tel';
  placeholder?: string;
  /** Of a text of several lines. */
  rows?: number;
  disabled?: boolean;
  /** Only for screen readers, where the place says it to everybody else. */
  hiddenLabel?: boolean;
}

/** One field's frame, around any control. `id` is the field's name within its shadow root. */
export function field(t: Localizer, id: string, label: string, error: string | undefined, control: TemplateResult, { hint, required = false, hiddenLabel = false }: FieldOptions = {}): TemplateResult {
  const words = error === undefined ? undefined : error || t.t('form.notAccepted');
  return html`<div class="form-field">
    <label class="label ${hiddenLabel ? 'visually-hidden' : ''}" for=${id}>${label}${required ? nothing : html`${' '}<span class="optional">${t.t('form.optional')}</span>`}</label>
    ${control} ${hint ? html`<p id="${id}-hint" class="hint">${hint}</p>` : nothing}
    ${words ? html`<p id="${id}-error" class="error" role="alert">${words}</p>` : nothing}
  </div>`;
}

const described = (id: string, error: string | undefined, hint: string | undefined) =>
  [error === undefined ? '' : `${id}-error`, hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || nothing;

/** One line of text. */
export function textField<V extends Values>(t: Localizer, form: Form<V>, name: keyof V & string, label: string, options: FieldOptions = {}): TemplateResult {
  const { type = 'text', inputmode, autocomplete = 'off', placeholder, required = false, disabled = false, hint } = options;
  const error = form.errors[name];
  const control = html`<input
    id=${name}
    class="field"
    name=${name}
    type=${type}
    max=${type === 'date' ? '9999-12-31' : nothing}
    inputmode=${inputmode ?? nothing}
    autocomplete=${autocomplete as 'off'}
    placeholder=${placeholder ?? nothing}
    ?required=${required}
    ?disabled=${disabled}
    .value=${live(String(form.values?.[name] ?? ''))}
    aria-invalid=${error === undefined ? 'false' : 'true'}
    aria-describedby=${described(name, error, hint)}
    @input=${(event: Event) => form.set(name, (event.target as HTMLInputElement).value as V[keyof V & string])}
  />`;
  return field(t, name, label, error, control, options);
}

/** Several lines of text. */
export function textArea<V extends Values>(t: Localizer, form: Form<V>, name: keyof V & string, label: string, options: FieldOptions = {}): TemplateResult {
  const { rows = 4, required = false, hint, placeholder } = options;
  const error = form.errors[name];
  const control = html`<textarea
    id=${name}
    class="field"
    name=${name}
    rows=${rows}
    placeholder=${placeholder ?? nothing}
    ?required=${required}
    .value=${live(String(form.values?.[name] ?? ''))}
    aria-invalid=${error === undefined ? 'false' : 'true'}
    aria-describedby=${described(name, error, hint)}
    @input=${(event: Event) => form.set(name, (event.target as HTMLTextAreaElement).value as V[keyof V & string])}
  ></textarea>`;
  return field(t, name, label, error, control, options);
}

/** One of a few. */
export function selectField<V extends Values>(t: Localizer, form: Form<V>, name: keyof V & string, label: string, choices: readonly (readonly [value: string, label: string])[], options: FieldOptions = {}): TemplateResult {
  const { hint, disabled = false } = options;
  const error = form.errors[name];
  const value = String(form.values?.[name] ?? '');
  const control = html`<span class="select"
    ><select
      id=${name}
      class="field"
      name=${name}
      ?disabled=${disabled}
      aria-invalid=${error === undefined ? 'false' : 'true'}
      aria-describedby=${described(name, error, hint)}
      @change=${(event: Event) => form.set(name, (event.target as HTMLSelectElement).value as V[keyof V & string])}
    >
      ${choices.map(([each, words]) => html`<option value=${each} ?selected=${each === value}>${words}</option>`)}
    </select>${chevron}</span
  >`;
  return field(t, name, label, error, control, { required: true, ...options });
}

/** Yes or no. */
export function checkField<V extends Values>(form: Form<V>, name: keyof V & string, label: string, hint?: string): TemplateResult {
  return html`<label class="check">
    <input
      type="checkbox"
      name=${name}
      .checked=${live(Boolean(form.values?.[name]))}
      @change=${(event: Event) => form.set(name, (event.target as HTMLInputElement).checked as V[keyof V & string])}
    />
    <span>${label}${hint ? html`<small>${hint}</small>` : nothing}</span>
  </label>`;
}

/** An amount of money as people type it; what the form holds is that text, see `amountOf`. */
export const moneyField = <V extends Values>(t: Localizer, form: Form<V>, name: keyof V & string, label: string, options: FieldOptions = {}): TemplateResult =>
  textField(t, form, name, label, { inputmode: 'decimal', ...options });

/** Minor units of a typed amount: undefined for what is no amount, also negative ones (`-12.50`) where a line may be a discount. */
export function amountOf(typed: string, t: Localizer, currency: string): number | undefined {
  const text = typed.normalize('NFKC').trim();
  const negative = /^[-−–]/.test(text);
  const amount = parseAmount(negative ? text.slice(1) : text, t.tag, currency);
  return amount === undefined ? undefined : negative ? -amount : amount;
}

/** Minor units as the person would type them. */
export const typedAmount = (amount: number, t: Localizer, currency: string): string => (amount < 0 ? '-' : '') + amountText(Math.abs(amount), t.tag, currency);

export { decimalsOf };

/** Drawn beside a select, whose own arrow `appearance: none` takes away. */
export const chevron = html`<svg class="chevron" aria-hidden="true" viewBox="0 0 20 20"><path d="m5 8 5 5 5-5"></path></svg>`;
