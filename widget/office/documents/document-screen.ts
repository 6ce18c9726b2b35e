import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import '../../parts/dialog.ts';
import { Screen } from '../screen.ts';

/** An editor of a document's working copy. */
interface Editor {
  /** Whether it could be sent as it is written; says what is in the way. */
  ready(): Promise<boolean>;
  /** Saves what is typed. False when it could not be. */
  save(): Promise<boolean>;
}

/** What the screens of an estimate and of an invoice have in common: two sides, one dialog at a time, one deed at a time. */
export abstract class DocumentScreen<Dialog extends string> extends Screen {
  /** What shows where there is room for one thing only. */
  @state() protected side: 'edit' | 'preview' = 'edit';
  @state() protected dialog: Dialog | undefined;
  @state() protected busy = false;
  /** Why the last thing could not be done: a problem's code. */
  @state() protected trouble = '';

  /** Another document, or the same anew. */
  protected begin(): void {
    this.dialog = undefined;
    this.trouble = '';
    this.side = 'edit';
  }

  protected readonly closeDialog = (): void => {
    this.dialog = undefined;
  };

  /** The choice of a side, for small screens. */
  protected sides(label: string, words: Record<'edit' | 'preview', string>): TemplateResult {
    return html`<div class="sides-switch" role="group" aria-label=${label}>
      ${(['edit', 'preview'] as const).map(
        (side) => html`<button type="button" class="button" aria-pressed=${side === this.side ? 'true' : 'false'} @click=${() => (this.side = side)}>${words[side]}</button>`,
      )}
    </div>`;
  }

  /** Asks before something that cannot be undone. */
  protected question(words: { heading: string; lead: string; deed: string }, act: () => Promise<void>): TemplateResult {
    const { localizer: t } = this;
    return html`<cc-dialog .heading=${words.heading} close-label=${t.t('office.close')} @cc-dialog-close=${this.closeDialog}>
      <p>${words.lead}</p>
      <div slot="actions" class="actions">
        <button type="button" class="button danger" aria-disabled=${this.busy ? 'true' : 'false'} @click=${act}>${words.deed}</button>
        <button type="button" class="button quiet" @click=${this.closeDialog}>${t.t('office.cancel')}</button>
      </div>
    </cc-dialog>`;
  }

  /** Saves what is typed before it is sent; false when something is in the way, which then shows. */
  protected async saved(editor: Editor | null): Promise<boolean> {
    if (this.busy || !editor) return false;
    this.busy = true;
    this.trouble = '';
    this.side = 'edit';
    await this.updateComplete;
    try {
      return (await editor.ready()) && (await editor.save());
    } finally {
      this.busy = false;
    }
  }

  /** Does one thing at a time; a refusal shows in words. */
  protected async attempt(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.trouble = '';
    try {
      await act();
    } catch (error) {
      this.trouble = error instanceof ApiError ? error.code : 'internal';
      if (this.trouble === 'stale') this.reread();
    } finally {
      this.busy = false;
      this.dialog = undefined;
    }
  }

  /** Reads the document anew: somebody else has changed it. */
  protected abstract reread(): void;
}
