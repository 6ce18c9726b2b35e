import { html, type TemplateResult } from 'lit';
import type { Numbering } from '../../../server/contract/office.ts';
import { changeNumbering, readNumbering } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { textField } from '../form/fields.ts';
import { formState } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { instead } from '../states.ts';
import { Section } from './section.ts';

type Typed = Record<keyof Numbering, string>;
const sequences = ['estimate', 'invoice', 'job', 'customer'] as const;
const typedOf = (numbering: Numbering): Typed => Object.fromEntries(sequences.map((sequence) => [sequence, String(numbering[sequence])])) as Typed;

/** The next number of each sequence. */
export class OfficeSettingsNumbering extends Section {
  readonly #numbering = new Resource<Numbering>(this, (signal) => readNumbering(this.office, signal));

  readonly #form = new Form<Typed>(this, {
    name: () => 'settings numbering',
    check: (values) => Object.fromEntries(sequences.filter((sequence) => !/^[1-9]\d{0,8}$/.test(values[sequence].trim())).map((sequence) => [sequence, this.localizer.t('settings.numberWrong')])),
    save: async ({ changed }) => {
      const wanted = Object.entries(changed).map(([sequence, typed]) => [sequence, Number(typed)]);
      this.#numbering.value = await changeNumbering(this.office, Object.fromEntries(wanted) as Partial<Numbering>);
    },
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.#numbering.load();
    const { value } = this.#numbering;
    if (value && !this.#form.dirty) this.#form.start(typedOf(value));
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const form = this.#form;
    if (!form.values) return html`<div class="cc panel padded">${instead(t, this.#numbering.error, () => void this.#load())}</div>`;
    return html`<form class="cc panel padded" novalidate @submit=${this.#save}>
      <div class="sub" role="heading" aria-level=${this.level}>${t.t('settings.numbering')}</div>
      <p class="muted">${t.t('settings.numberingLead')}</p>
      <div class="two">${sequences.map((sequence) => textField(t, form, sequence, t.t(`settings.next.${sequence}`), { inputmode: 'numeric', required: true }))}</div>
      ${formState(t, form)}
      <div class="actions"><button class="button" aria-disabled=${form.busy ? 'true' : 'false'}>${t.t(form.busy ? 'form.saving' : 'settings.numberingSave')}</button></div>
    </form>`;
  }


  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = this.#form;
    if (!form.dirty) return;
    if (await form.save()) {
      form.start(typedOf(this.#numbering.value!));
      return this.say(this.localizer.t('office.saved'));
    }
    for (const sequence of sequences) if (form.errors[sequence] === '') form.errors[sequence] = this.localizer.t('settings.numberTaken');
    this.requestUpdate();
  };
}

define('cc-office-settings-numbering', OfficeSettingsNumbering);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings-numbering': OfficeSettingsNumbering;
  }
}
