import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import { DialogCloseEvent, type CcDialog } from '../../parts/dialog.ts';
import '../locale/en.ts';
import { Screen } from '../screen.ts';
import { formState, saveButton } from './form-parts.ts';
import type { Form } from './form.ts';
import { screenStyles } from './styles.ts';

type Values = Record<string, unknown>;

/** What was typed into a dialog is saved, or what it was about is gone: the owner reads it anew. */
export class SavedEvent extends Event {
  constructor() {
    super('cc-office-saved');
  }
}

/** How something is deleted from its dialog, after it was asked about. */
interface Removal {
  label: string;
  ask: string;
  act: () => Promise<void>;
  /** Why it was refused, in words. */
  refused?: (error: ApiError) => string;
}

/**
 * One thing in a dialog of its own: fields, what is in the way, Save and Cancel, and Delete where that may be. It closes when it is saved;
 * closed by Escape it keeps what was typed.
 */
export abstract class FormDialog<V extends Values> extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .end {
        margin-inline-start: auto;
      }
      .button.danger {
        color: var(--cc-bad);
      }
    `,
  ];

  @state() private asking = false;
  @state() private refusal = '';
  @query('cc-dialog') private dialog!: CcDialog;

  protected abstract readonly form: Form<V>;
  /** What the dialog is about. */
  protected abstract get heading(): string;
  /** What its fields are called. */
  protected abstract get labels(): Record<keyof V & string, string>;
  protected abstract fields(values: V): TemplateResult;

  protected get saveLabel(): string | undefined {
    return undefined;
  }

  protected get removal(): Removal | undefined {
    return undefined;
  }

  /** Whether it has columns. */
  protected get wide(): boolean {
    return false;
  }

  /** A value of a field as people read it. */
  protected show(_field: keyof V & string, value: unknown): string {
    return String(value ?? '');
  }

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t, form } = this;
    if (!form.values) return nothing;
    const unplaced = Object.keys(form.errors).some((path) => !(path in form.values!));
    return html`<cc-dialog ?wide=${this.wide} .heading=${this.heading} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.dispatchEvent(new DialogCloseEvent())}>
      <form novalidate @submit=${this.#submit}>
        ${this.fields(form.values)} ${unplaced ? html`<p class="banner bad" role="alert">${t.t('form.notAccepted')}</p>` : nothing}
        ${formState(t, form, { label: (field) => this.labels[field] ?? field, show: (field, value) => this.show(field, value) })} ${this.#actions()}
      </form>
    </cc-dialog>`;
  }

  #actions(): TemplateResult {
    const { localizer: t, removal } = this;
    if (removal && this.asking)
      return html`<div class="banner bad stack" role="alertdialog" aria-label=${removal.ask}>
        <p>${this.refusal || removal.ask}</p>
        <p class="actions">
          ${this.refusal ? nothing : html`<button type="button" class="button danger" @click=${() => void this.#remove(removal)}>${removal.label}</button>`}
          <button type="button" class="button" @click=${() => this.#ask(false)}>${t.t(this.refusal ? 'office.back' : 'office.cancel')}</button>
        </p>
      </div>`;
    return html`<div class="actions">
      ${saveButton(t, this.form, this.saveLabel)}
      <button type="button" class="button quiet" @click=${this.#cancel}>${t.t('office.cancel')}</button>
      ${removal ? html`<button type="button" class="button quiet danger end" data-remove @click=${() => this.#ask(true)}>${removal.label}</button>` : nothing}
    </div>`;
  }

  /** Closes it; what was typed stays until it is saved or given up. */
  protected close(): void {
    this.dialog.close();
  }

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(await this.form.save())) return;
    this.dispatchEvent(new SavedEvent());
    this.close();
  };

  #cancel = (): void => {
    this.form.discard();
    this.close();
  };

  #ask(asking: boolean): void {
    this.asking = asking;
    this.refusal = '';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(asking ? '[role=alertdialog] button' : '[data-remove]')?.focus());
  }

  async #remove(removal: Removal): Promise<void> {
    try {
      await removal.act();
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError('internal');
      this.refusal = removal.refused?.(known) ?? this.localizer.problem(known.code);
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[role=alertdialog] button')?.focus());
      return;
    }
    this.form.discard();
    this.say(this.localizer.t('office.deleted'));
    this.dispatchEvent(new SavedEvent());
    this.close();
  }
}
