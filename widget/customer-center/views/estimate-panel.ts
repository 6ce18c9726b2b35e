import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { EstimateView } from '../../../server/contract/estimates.ts';
import { ApiError } from '../../data/client.ts';
import { Intent } from '../../data/estimates.ts';
import '../../locale/en-deciding.ts';
import { View } from '../view.ts';
import { styles } from './estimate-panel.styles.ts';

/**
 * A form is done with: the estimate as it stands now, or the wire's code for why this version cannot be decided; neither when
 * the person went back. The view hears it; it does not leave the element.
 */
export class PanelEvent extends Event {
  constructor(
    readonly estimate?: EstimateView,
    readonly refusal?: string,
  ) {
    super('cc-estimate-panel');
  }
}

/** What is wrong, by the name of the field. */
export type Problems = Record<string, string>;

/** How a text field differs from a plain one. */
interface Field {
  hint?: string;
  autocomplete?: 'name' | 'email' | 'one-time-code' | 'off';
  inputmode?: 'email' | 'numeric';
  most?: number;
  /** Several lines. */
  rows?: number;
}

/**
 * What the forms for an estimate have in common: what was typed outlives a reload, errors stand beside their fields, the first
 * one takes the focus, and a form is never sent twice.
 */
export abstract class EstimatePanel extends View {
  static override styles = styles;

  protected readonly intent = new Intent();
  #restored: string | undefined;

  /** What was typed or chosen, by the name of the field; `1` is a tick. */
  @state() protected values: Record<string, string> = {};
  @state() protected problems: Problems = {};
  @state() protected busy = false;
  /** Why it could not be sent. */
  @state() protected trouble = '';

  /** The estimate as the person sees it. */
  @property({ attribute: false }) estimate!: EstimateView;
  /** Where it is on the server. */
  @property({ attribute: false }) base = '';
  /** Name of the unsent text. */
  protected abstract get draft(): string;
  /** What the fields hold to begin with. */
  protected abstract begin(): Record<string, string>;
  protected abstract heading(): string;
  protected abstract fields(): unknown;
  /** Words on the button that sends. */
  protected abstract action(): string;
  protected abstract check(): Problems;
  /** Sends it; undefined when something else has to come first. */
  protected abstract send(): Promise<EstimateView | undefined>;
  /** Which fields a refusal is about: its code, and the paths it names. */
  protected abstract blame(code: string, paths: readonly string[]): Problems;

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.draft === this.#restored) return;
    this.#restored = this.draft;
    this.values = { ...this.begin(), ...(JSON.parse(this.router.restoreDraft(this.draft) ?? '{}') as Record<string, string>) };
    this.problems = {};
    this.trouble = '';
  }

  protected override render(): TemplateResult {
    const { localizer: t, busy, trouble } = this;
    return html`<div class="cc">
      <form class="card" part="form" novalidate @submit=${this.#submit} @input=${this.#type} @keydown=${this.#escape}>
        <span id="heading" class="title" part="section-title" role="heading" aria-level=${this.level} tabindex="-1">${this.heading()}</span>
        ${this.fields()} ${trouble ? html`<p class="error" part="error" role="alert">${trouble}</p>` : nothing}
        <div class="buttons">
          <button class="button primary" part="button" aria-disabled=${busy ? 'true' : 'false'}>${busy ? t.t('signIn.sending') : this.action()}</button>
          <button type="button" class="button quiet" part="button" @click=${() => this.dispatchEvent(new PanelEvent())}>${t.t('shell.close')}</button>
        </div>
      </form>
    </div>`;
  }

  /** A field with its label, and beside it what is wrong. */
  protected field(name: string, label: unknown, { hint, autocomplete = 'off', inputmode, most, rows }: Field = {}): TemplateResult {
    const problem = this.problems[name];
    const described = problem ? `${name}-problem` : hint ? `${name}-hint` : nothing;
    const value = this.values[name] ?? '';
    return html`<div>
      <label class="label" part="label" for=${name}>${label}</label>
      ${rows
        ? html`<textarea
            id=${name}
            class="field"
            part="field"
            name=${name}
            rows=${rows}
            maxlength=${most ?? nothing}
            .value=${value}
            aria-invalid=${problem ? 'true' : 'false'}
            aria-describedby=${described}
          ></textarea>`
        : html`<input
            id=${name}
            class="field"
            part="field"
            name=${name}
            type="text"
            autocomplete=${autocomplete as 'off'}
            inputmode=${inputmode ?? nothing}
            maxlength=${most ?? nothing}
            .value=${value}
            aria-invalid=${problem ? 'true' : 'false'}
            aria-describedby=${described}
          />`}
      ${this.problem(name)} ${!problem && hint ? html`<p id="${name}-hint" class="hint">${hint}</p>` : nothing}
    </div>`;
  }

  protected tick(name: string, label: string): TemplateResult {
    const problem = this.problems[name];
    return html`<div>
      <label class="check">
        <input
          id=${name}
          name=${name}
          type="checkbox"
          .checked=${Boolean(this.values[name])}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby=${problem ? `${name}-problem` : nothing}
        />
        <span>${label}</span>
      </label>
      ${this.problem(name)}
    </div>`;
  }

  protected problem(name: string): TemplateResult | typeof nothing {
    const problem = this.problems[name];
    return problem ? html`<p id="${name}-problem" class="error" part="error">${problem}</p>` : nothing;
  }

  protected set(name: string, value: string): void {
    this.values = { ...this.values, [name]: value };
    // A code is for once, and for nobody who finds the tab.
    const { code: _, ...rest } = this.values;
    this.router.saveDraft(this.draft, JSON.stringify(rest));
  }

  readonly #type = ({ target }: Event): void => {
    const { name, type, value, checked } = target as HTMLInputElement;
    const { [name]: _, ...others } = this.problems;
    this.problems = others;
    this.set(name, type !== 'checkbox' ? value : checked ? '1' : '');
  };

  readonly #escape = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') this.dispatchEvent(new PanelEvent());
  };

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    this.trouble = '';
    const problems = this.check();
    if (Object.keys(problems).length > 0) return this.#point(problems);
    this.problems = problems;
    this.busy = true;
    try {
      const estimate = await this.send();
      if (!estimate) return;
      this.router.saveDraft(this.draft, undefined);
      this.dispatchEvent(new PanelEvent(estimate));
    } catch (error) {
      await this.#refuse(error);
    } finally {
      this.busy = false;
    }
  };

  async #refuse(error: unknown): Promise<void> {
    const { code, errors } = error instanceof ApiError ? error : new ApiError('internal');
    if (code === 'stale' || code.startsWith('document_') || errors.some(({ path }) => path.startsWith('/options'))) {
      this.dispatchEvent(new PanelEvent(undefined, code));
      return;
    }
    const problems = this.blame(code, errors.map(({ path }) => path));
    if (Object.keys(problems).length === 0) this.trouble = this.localizer.problem(code);
    else await this.#point(problems);
  }

  /** Shows what is wrong, and goes to the first of it. */
  async #point(problems: Problems): Promise<void> {
    this.problems = problems;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true], [data-wrong]')?.focus();
  }
}
