import { css, html, type TemplateResult } from 'lit';
import { define as defineTag } from '../parts/define.ts';
import { DialogCloseEvent } from '../parts/dialog.ts';
import { Screen } from './screen.ts';
import { screenStyles } from './form/styles.ts';

/**
 * The keys that act by themselves.
 *
 * @event {DialogCloseEvent} cc-dialog-close - It has closed.
 */
export class OfficeHelp extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: calc(var(--cc-space) * 3) calc(var(--cc-space) * 5);
        align-items: center;
      }
      kbd {
        display: inline-block;
        min-width: 28px;
        padding: 2px 8px;
        border: 1px solid var(--cc-line-strong);
        border-radius: 6px;
        font: inherit;
        text-align: center;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const keys = [
      ['j', t.t('keys.next')],
      ['k', t.t('keys.previous')],
      ['e', t.t('keys.done')],
      ['r', t.t('keys.reply')],
      [/Mac|iP/.test(navigator.platform) ? '⌘ Enter' : 'Ctrl + Enter', t.t('keys.send')],
      ['Esc', t.t('keys.leave')],
      ['/', t.t('keys.search')],
      ['?', t.t('keys.help')],
      ['1 – 5', t.t('keys.go')],
    ];
    return html`<cc-dialog .heading=${t.t('keys.title')} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.dispatchEvent(new DialogCloseEvent())}>
      <dl>${keys.map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`)}</dl>
    </cc-dialog>`;
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-help', OfficeHelp);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-help': OfficeHelp;
  }
}
