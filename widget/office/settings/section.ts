import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import '../../parts/dialog.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-settings.ts';
import { Screen } from '../screen.ts';
import { sectionStyles } from './section.styles.ts';

/** One section of the settings: its heading, what it is for, and a sentence where the person may only look. */
export class Section extends Screen {
  static override styles: CSSResultGroup = [...screenStyles, sectionStyles];

  /** Without its heading, as part of something else. */
  @property({ type: Boolean }) bare = false;

  /** Whether the person may change settings. */
  protected get mayChange(): boolean {
    return this.staff.scopes.includes('settings');
  }

  /** Everything in its frame. */
  protected frame(title: string, lead: string, content: unknown, ownerOnly = !this.mayChange): TemplateResult {
    const head = html`<div class="section-head">
      <div id="heading" class="section-title" role="heading" aria-level=${this.level} tabindex="-1">${title}</div>
      <p class="muted">${lead}</p>
    </div>`;
    return html`<div class="cc section">
      ${this.bare ? nothing : head} ${ownerOnly ? html`<p class="banner plain">${this.localizer.t('settings.ownerOnly')}</p>` : nothing} ${content}
    </div>`;
  }

  /** A heading within the section. */
  protected sub(title: string, id?: string): TemplateResult {
    return html`<div id=${id ?? nothing} class="sub" role="heading" aria-level=${this.level + 1} tabindex=${id ? '-1' : nothing}>${title}</div>`;
  }

  /** Facts that cannot be changed here. */
  protected facts(rows: readonly (readonly [label: string, value: unknown])[]): TemplateResult {
    return html`<dl class="panel facts">
      ${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value || '–'}</dd></div>`)}
    </dl>`;
  }

  /** Takes the focus to a part of it, once it is drawn. */
  protected async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
  }
}
