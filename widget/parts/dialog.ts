import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { buttons } from '../theme/controls.ts';
import { reset } from '../theme/reset.ts';
import { define } from './define.ts';

/** The dialog has closed, whoever closed it. It does not leave its owner. */
export class DialogCloseEvent extends Event {
  constructor() {
    super('cc-dialog-close');
  }
}

/** What may have the focus first: nothing that does harm. */
const first = ':is(input, select, textarea, button):not(.bad, .danger, :disabled)';

/**
 * A dialog over everything else: takes the focus, at its first field or button, and gives it back; closes by Escape, by its button and by a
 * press beside it.
 *
 * @slot - What it is about.
 * @slot actions - Its buttons.
 * @event {DialogCloseEvent} cc-dialog-close - It has closed.
 * @csspart dialog - The dialog.
 * @csspart title - Its heading.
 */
export class CcDialog extends LitElement {
  static override styles = [
    reset,
    buttons,
    css`
      dialog {
        width: min(560px, calc(100vw - 32px));
        max-width: none;
        max-height: min(88dvh, 900px);
        padding: 0;
        border: 1px solid var(--cc-line);
        border-radius: var(--cc-radius);
        background: var(--cc-surface);
        overflow: auto;
      }
      :host([wide]) dialog {
        width: min(880px, calc(100vw - 32px));
      }
      dialog::backdrop {
        background: rgb(10 16 22 / 45%);
      }
      .inside {
        display: grid;
        gap: calc(var(--cc-space) * 4);
        padding: calc(var(--cc-space) * 5);
      }
      .top {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--cc-space) * 3);
      }
      .title {
        font-size: var(--cc-font-large);
        font-weight: var(--cc-weight);
      }
      .close {
        flex: none;
        padding: 0;
      }
      .close svg {
        width: 20px;
        fill: none;
        stroke: currentcolor;
        stroke-width: 2;
      }
    `,
  ];

  /** Whether the press began beside it. */
  #beside = false;

  @query('dialog') private dialog!: HTMLDialogElement;

  /** What it is about; its heading. */
  @property() heading = '';
  /** What its closing button is called. */
  @property({ attribute: 'close-label' }) closeLabel = '';
  /** Whether it is wide, for what has columns. */
  @property({ type: Boolean, reflect: true }) wide = false;

  override firstUpdated(): void {
    this.dialog.showModal();
    [...this.querySelectorAll<HTMLElement>(first)].find((each) => each.checkVisibility())?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.dialog?.open) this.dialog.close();
  }

  /** Closes it, as Escape does. */
  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    return html`<dialog class="cc" part="dialog" aria-labelledby="title" tabindex="-1" @close=${this.#closed} @pointerdown=${this.#press} @pointerup=${this.#release}>
      <div class="inside">
        <div class="top">
          <h2 id="title" class="title" part="title">${this.heading}</h2>
          <button type="button" class="button quiet close" aria-label=${this.closeLabel} @click=${() => this.close()}>
            <svg aria-hidden="true" viewBox="0 0 20 20"><path d="m5 5 10 10M15 5 5 15"></path></svg>
          </button>
        </div>
        <slot></slot>
        <slot name="actions"></slot>
      </div>
    </dialog>`;
  }

  /** Whoever takes it away knows that it is gone; a word about it would come late, perhaps to the next dialog's owner. */
  #closed = (): void => {
    if (this.isConnected) this.dispatchEvent(new DialogCloseEvent());
  };

  /** A press that began within, as when text is selected, does not close it where it ends. */
  #press = ({ target }: PointerEvent): void => {
    this.#beside = target === this.dialog;
  };

  #release = ({ target }: PointerEvent): void => {
    if (this.#beside && target === this.dialog) this.close();
  };
}

define('cc-dialog', CcDialog);

declare global {
  interface HTMLElementTagNameMap {
    'cc-dialog': CcDialog;
  }
}
