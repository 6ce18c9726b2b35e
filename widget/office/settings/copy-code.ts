import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../parts/define.ts';
import { copy } from '../copy.ts';
import { Section } from './section.ts';

/** Something to paste elsewhere, with the button that copies it. */
export class OfficeCopyCode extends Section {
  /** What is copied. */
  @property() code = '';
  /** What it is, for people who do not see it. */
  @property() label = '';
  /** Whether its button is the first thing to press on the screen. */
  @property({ type: Boolean }) primary = false;

  protected override render(): TemplateResult {
    const t = this.localizer;
    return html`<div class="cc stack">
      <code class="code">${this.code}</code>
      <div class="actions">
        <button type="button" class="button ${this.primary ? 'primary' : ''}" @click=${this.#copy}>${t.t('office.copy')}<span class="visually-hidden"> ${this.label}</span></button>
      </div>
    </div>`;
  }

  #copy = async (): Promise<void> => {
    if (await copy(this.code)) return this.say(this.localizer.t('office.copied'));
    this.say(this.localizer.t('office.notCopied'));
    getSelection()?.selectAllChildren(this.shadowRoot!.querySelector('code')!);
  };
}

define('cc-office-copy-code', OfficeCopyCode);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-copy-code': OfficeCopyCode;
  }
}
