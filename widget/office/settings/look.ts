import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Localizer } from '../../locale/localizer.ts';
import { define } from '../../parts/define.ts';
import { pill, pillStyles } from '../../parts/pill.ts';
import { accentProperties } from '../../theme/accent.ts';
import { buttons } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';
import { tokens } from '../../theme/tokens.ts';
import '../locale/en-settings.ts';

/**
 * How the customer center looks in a colour, by day or by night: its head, a button, a link and what is chosen, drawn with the same tokens as
 * the real one. Nothing in it can be pressed.
 */
export class OfficeLook extends LitElement {
  static override styles = [
    tokens,
    reset,
    buttons,
    pillStyles,
    css`
      .look {
        border: 1px solid var(--cc-line);
        border-radius: var(--cc-radius);
        background: var(--cc-canvas);
        overflow: hidden;
      }
      .top {
        display: flex;
        align-items: center;
        gap: calc(var(--cc-space) * 3);
        padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 4) 0;
        background: var(--cc-surface);
        font-weight: 700;
        line-height: 1.25;
      }
      .logo,
      .initial {
        flex: none;
        height: 36px;
        border-radius: var(--cc-radius-control);
      }
      .logo {
        max-width: 96px;
        object-fit: contain;
      }
      .initial {
        display: grid;
        place-items: center;
        width: 36px;
        background: var(--cc-accent);
        color: var(--cc-accent-ink);
      }
      .places {
        display: flex;
        gap: calc(var(--cc-space) * 4);
        padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4) 0;
        border-bottom: 1px solid var(--cc-line);
        background: var(--cc-surface);
        font-size: var(--cc-font-small);
        font-weight: var(--cc-weight);
      }
      .places span {
        padding-block: calc(var(--cc-space) * 2);
        border-bottom: 3px solid transparent;
      }
      .places .here {
        border-color: var(--cc-accent-text);
      }
      .paper {
        display: grid;
        gap: calc(var(--cc-space) * 3);
        justify-items: start;
        margin: calc(var(--cc-space) * 4);
        padding: calc(var(--cc-space) * 4);
        border: 1px solid var(--cc-line);
        border-radius: var(--cc-radius);
        background: var(--cc-surface);
      }
      .chosen {
        justify-self: stretch;
        padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 3);
        border-radius: var(--cc-radius-control);
        background: var(--cc-accent-soft);
        color: var(--cc-accent-text);
        font-weight: var(--cc-weight);
      }
      .button {
        pointer-events: none;
      }
    `,
  ];

  /** Name of the company. */
  @property() name = '';
  /** Where its logo is; null for the first letter of the name. */
  @property({ attribute: false }) logoUrl: string | null = null;
  /** The colour, as `#rrggbb`. */
  @property() accent = '#0b62c4';
  /** By day or by night. */
  @property({ attribute: 'color-scheme', reflect: true }) colorScheme: 'light' | 'dark' = 'light';
  /** The reader's language. */
  @property({ attribute: false }) localizer!: Localizer;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('accent')) for (const [name, value] of accentProperties(this.accent)) this.style.setProperty(name, value);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t, name, logoUrl } = this;
    const mark = logoUrl ? html`<img class="logo" src=${logoUrl} alt="" />` : html`<span class="initial">${[...name.trim()][0] ?? '?'}</span>`;
    return html`<div class="cc look" role="img" aria-label=${t.t(this.colorScheme === 'dark' ? 'settings.lookDark' : 'settings.lookLight')}>
      <div class="top">${mark}<span>${name}</span></div>
      <div class="places"><span class="here">${t.t('shell.history')}</span><span>${t.t('shell.invoices')}</span></div>
      <div class="paper">
        ${pill('ok', t.t('settings.lookPaid'))}
        <span class="chosen">${t.t('settings.lookChosen')}</span>
        <span class="button primary">${t.t('settings.lookButton')}</span>
        <span class="link">${t.t('settings.lookLink')}</span>
      </div>
    </div>`;
  }
}

define('cc-office-look', OfficeLook);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-look': OfficeLook;
  }
}
