import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { reset } from '../theme/reset.ts';
import { define } from './define.ts';
import { TabChangeEvent } from './tab-change-event.ts';
import { styles } from './tabs.styles.ts';

export interface Tab {
  id: string;
  label: string;
  /** How many things are behind it, when that helps. */
  count?: number;
}

/**
 * Tabs by the WAI-ARIA pattern: one stop in the tab order, arrow keys, Home and End choose, and the panel follows at once.
 * The owner puts the chosen tab's content inside.
 *
 * @slot - Content of the selected tab.
 * @event {TabChangeEvent} cc-tab-change - Another tab was chosen.
 * @csspart tabs - The row of tabs.
 * @csspart tab - One tab.
 * @csspart tab-panel - What the selected tab shows.
 */
export class CcTabs extends LitElement {
  static override styles = [reset, styles];

  /** What there is to choose from. */
  @property({ attribute: false }) tabs: readonly Tab[] = [];
  /** Id of the tab that shows. */
  @property() selected = '';
  /** What the tabs are about, for people who do not see them. */
  @property() label = '';

  override render(): TemplateResult {
    return html`<div class="cc">
      <div class="tabs" part="tabs" role="tablist" aria-label=${this.label} @keydown=${this.#onKeydown}>
        ${this.tabs.map(
          ({ id, label, count }) => html`<button
            type="button"
            class="tab"
            part="tab"
            role="tab"
            id="tab-${id}"
            aria-selected=${id === this.selected ? 'true' : 'false'}
            aria-controls=${id === this.selected ? 'panel' : nothing}
            tabindex=${id === this.selected ? '0' : '-1'}
            @click=${() => this.#choose(id)}
          >
            ${label}${count ? [' ', html`<span class="count">${count}</span>`] : nothing}
          </button>`,
        )}
      </div>
      <div class="panel" part="tab-panel" role="tabpanel" id="panel" aria-labelledby="tab-${this.selected}" tabindex="0">
        <slot></slot>
      </div>
    </div>`;
  }

  #choose(id: string): void {
    if (id === this.selected) return;
    this.selected = id;
    this.dispatchEvent(new TabChangeEvent(id));
  }

  #onKeydown(event: KeyboardEvent): void {
    const at = this.tabs.findIndex(({ id }) => id === this.selected);
    const forward = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: -1 };
    const to = steps[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = this.tabs.at(to % this.tabs.length);
    if (!next) return;
    this.#choose(next.id);
    const tab = this.renderRoot.querySelector<HTMLElement>(`#tab-${next.id}`);
    tab?.focus();
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

define('cc-tabs', CcTabs);

declare global {
  interface HTMLElementTagNameMap {
    'cc-tabs': CcTabs;
  }
}
