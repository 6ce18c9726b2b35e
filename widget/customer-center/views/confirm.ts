import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SessionState } from '../../data/state.ts';
import '../../locale/en-code.ts';
import { define as defineTag } from '../../parts/define.ts';
import { View } from '../view.ts';
import { styles } from './sign-in.styles.ts';

/**
 * A link would replace another person's session. Somebody may have sent their own link, to have this reader act in a
 * center that is not theirs: so it asks, and says whose it is.
 *
 * @csspart form - The question.
 * @csspart title - The heading.
 * @csspart button - The two answers.
 */
export class ViewConfirm extends View {
  static override styles = styles;

  /** Whose center the link opens, and who is here. */
  @property({ attribute: false }) state!: SessionState;

  protected override render(): TemplateResult {
    const { localizer: t, state } = this;
    const name = state.candidate?.name ?? '';
    const current = state.session?.name ?? '';
    return html`<div class="cc">
      <div class="form" part="form">
        <span id="heading" class="title" part="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('confirm.title')}</span>
        <p class="lead">${t.t('confirm.lead', { name, current })}</p>
        <button type="button" class="button primary wide" part="button" @click=${() => this.#decide(false)}>
          ${t.t('confirm.keep', { current })}
        </button>
        <button type="button" class="button wide" part="button" @click=${() => this.#decide(true)}>${t.t('confirm.replace', { name })}</button>
      </div>
    </div>`;
  }

  async #decide(replace: boolean): Promise<void> {
    await (await this.client.session()).decide(replace);
  }
}

export function define(): void {
  defineTag('cc-view-confirm', ViewConfirm);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-confirm': ViewConfirm;
  }
}
