import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../parts/define.ts';
import { pill } from '../../parts/pill.ts';
import type { TabChangeEvent } from '../../parts/tab-change-event.ts';
import '../../parts/tabs.ts';
import { instead } from '../states.ts';
import './copy-code.ts';
import { guides, linesFor } from './guides.ts';
import { Section } from './section.ts';
import './sightings.ts';
import { since } from './since.ts';
import { WebsiteWatch } from './watch.ts';

/** The two lines to paste, where to paste them, and whether they have arrived. */
export class OfficeSettingsInstall extends Section {
  static override styles = [
    ...[Section.styles].flat(),
    css`
      .steps {
        display: grid;
        gap: calc(var(--cc-space) * 3);
        counter-reset: step;
      }
      .steps li {
        display: grid;
        grid-template-columns: 28px minmax(0, 1fr);
        gap: calc(var(--cc-space) * 3);
        counter-increment: step;
      }
      .steps li::before {
        content: counter(step);
        display: grid;
        place-items: center;
        width: 28px;
        height: 28px;
        border-radius: 999px;
        background: var(--cc-plain-soft);
        color: var(--cc-plain);
        font-size: var(--cc-font-small);
        font-weight: var(--cc-weight);
      }
      .values {
        display: grid;
        gap: calc(var(--cc-space) * 3);
        margin-top: calc(var(--cc-space) * 5);
      }
    `,
  ];

  /** Which of the guides shows. */
  @property() guide = 'html';

  readonly #watch = new WebsiteWatch(this);

  protected override render(): TemplateResult {
    const t = this.localizer;
    const where = { api: this.office.api, account: this.account.slug };
    return this.frame(
      t.t('settings.install'),
      t.t('settings.installLead'),
      html`<div class="panel padded">
          ${this.sub(t.t('settings.lines'))}
          <cc-office-copy-code .code=${linesFor(where)} .label=${t.t('settings.lines')} ?primary=${!this.bare}></cc-office-copy-code>
        </div>
        ${this.#seen()}
        <div class="panel padded">
          ${this.sub(t.t('settings.steps'))}
          <cc-tabs .tabs=${guides.map(({ id, name }) => ({ id, label: name ?? t.t('settings.html') }))} .selected=${this.guide} .label=${t.t('settings.steps')} @cc-tab-change=${this.#choose}>
            ${this.#guide(where)}
          </cc-tabs>
          <p class="muted small">${t.t('settings.nowhere')} <a class="link" href="${where.api}/c/${where.account}" target="_blank" rel="noopener">${where.api}/c/${where.account}</a></p>
        </div>`,
      false,
    );
  }

  #guide(where: { api: string; account: string }): TemplateResult {
    const t = this.localizer;
    const { steps, instead: others } = guides.find(({ id }) => id === this.guide) ?? guides[0]!;
    return html`<ol class="steps">
        ${steps.map((step) => html`<li><span>${t.t(step as 'settings.html1')}</span></li>`)}
      </ol>
      ${others
        ? html`<div class="values">
            ${others(where).map(([label, code]) => html`<div><p class="label">${t.t(label as 'settings.html1')}</p><cc-office-copy-code .code=${code} .label=${t.t(label as 'settings.html1')}></cc-office-copy-code></div>`)}
          </div>`
        : nothing}`;
  }

  /** Whether the widget has been seen on the listed pages, and on others. */
  #seen(): TemplateResult {
    const t = this.localizer;
    const { pages, sightings, error } = this.#watch;
    if (!pages) return html`<div class="panel padded">${instead(t, error, () => void this.#watch.load())}</div>`;
    const rows = pages.map(
      ({ url, lastSeenAt }) => html`<li class="row">
        <span class="grow strong">${url}</span>
        ${lastSeenAt ? html`<span class="muted">${since(this.formats, lastSeenAt)}</span>${pill('ok', t.t('settings.seen'))}` : pill('warn', t.t('settings.notSeenYet'))}
      </li>`,
    );
    const listed = pages.map(({ url }) => new URL(url).origin);
    return html`${sightings.length > 0
        ? html`<cc-office-sightings .sightings=${sightings} .listed=${listed} .level=${this.level} @cc-office-allowed=${this.#allowed}></cc-office-sightings>`
        : nothing}
      <div class="panel">
        <div class="panel-head">
          ${this.sub(t.t('settings.whereSeen'), 'seen')}
          ${this.bare ? nothing : html`<button type="button" role="link" class="button quiet" @click=${() => this.router.go('/settings/website')}>${t.t('settings.toPages')}</button>`}
        </div>
        <ul class="rows" aria-live="polite">
          ${rows.length > 0 ? rows : html`<li class="row muted">${t.t('settings.noPagesYet')}</li>`}
        </ul>
      </div>`;
  }

  /** Looks anew whether the widget has been seen. */
  look(): void {
    void this.#watch.load();
  }

  #choose = ({ tab }: TabChangeEvent): void => {
    this.guide = tab;
  };

  #allowed = async (): Promise<void> => {
    await this.#watch.load();
    await this.focusOn('#seen');
  };
}

define('cc-office-settings-install', OfficeSettingsInstall);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings-install': OfficeSettingsInstall;
  }
}
