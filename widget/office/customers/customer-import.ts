import { css, html, type TemplateResult } from 'lit';
import { define } from '../../parts/define.ts';
import { copy } from '../copy.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-customers.ts';
import { Screen } from '../screen.ts';

/** How customers come over from another system: on the server, by two commands to copy. */
export class OfficeCustomerImport extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .screen {
        max-width: 760px;
      }
      .crumb {
        margin-inline-start: calc(var(--cc-space) * -4.5);
      }
      ol {
        display: grid;
        gap: calc(var(--cc-space) * 5);
        padding-inline-start: 22px;
        list-style: decimal;
      }
      li > * + * {
        margin-top: calc(var(--cc-space) * 2);
      }
      .command {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(var(--cc-space) * 2);
      }
      code {
        flex: 1;
        min-width: min(100%, 240px);
        padding: calc(var(--cc-space) * 2.5) calc(var(--cc-space) * 3);
        border: 1px solid var(--cc-line);
        border-radius: var(--cc-radius-control);
        font-family: ui-monospace, monospace;
        font-size: var(--cc-font-small);
        user-select: all;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { localizer: t, staff } = this;
    const run = `npm run import -- kickserv ./exports --account ${staff.accountSlug}`;
    return html`<div class="cc screen">
      <div><button type="button" class="button quiet crumb" @click=${() => this.router.back('/customers')}><span aria-hidden="true">←</span> ${t.t('office.back')}</button></div>
      <span id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('customers.importTitle')}</span>
      <p class="muted">${t.t('customers.importLead')}</p>
      <ol class="panel padded">
        <li>${t.t('customers.importFiles')}</li>
        <li><p>${t.t('customers.importTry')}</p>${this.#command(`${run} --dry-run`)}</li>
        <li><p>${t.t('customers.importRun')}</p>${this.#command(run)}</li>
      </ol>
      <p class="muted small">${t.t('customers.importQuiet')}</p>
    </div>`;
  }

  #command(text: string): TemplateResult {
    const { localizer: t } = this;
    return html`<p class="command">
      <code lang="zxx">${text}</code>
      <button type="button" class="button" @click=${async () => this.say(t.t((await copy(text)) ? 'office.copied' : 'office.notCopied'))}>${t.t('office.copy')}</button>
    </p>`;
  }
}

define('cc-office-customer-import', OfficeCustomerImport);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customer-import': OfficeCustomerImport;
  }
}
