import { html, type TemplateResult } from 'lit';
import { define as defineTag } from '../../parts/define.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-settings.ts';
import { Screen } from '../screen.ts';
import './branding.ts';
import './company.ts';
import './documents.ts';
import './install.ts';
import './keys.ts';
import './payments.ts';
import { styles } from './settings.styles.ts';
import './staff.ts';
import './website.ts';

const sections = ['company', 'branding', 'website', 'install', 'payments', 'documents', 'staff', 'keys'] as const;
type SectionName = (typeof sections)[number];
const titles = {
  company: 'settings.company', branding: 'settings.branding', website: 'settings.website', install: 'settings.installShort', payments: 'settings.payments',
  documents: 'settings.papers', staff: 'settings.staff', keys: 'settings.keys',
} as const satisfies Record<SectionName, string>;

/** The account's settings: its sections beside the one that shows; on a phone the list, then one of them. */
export class OfficeSettings extends Screen {
  static override styles = [...screenStyles, styles];

  get #chosen(): SectionName | undefined {
    return sections.find((name) => name === this.section);
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const chosen = this.#chosen;
    return html`<div class="cc screen ${chosen ? 'inside' : ''}">
      <div class="head">
        <button type="button" role="link" class="button quiet back" @click=${() => this.router.go('/settings')}>‹ ${t.t('settings.title')}</button>
        <div id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('settings.title')}</div>
      </div>
      <div class="parts">
        <nav aria-label=${t.t('settings.title')}>
          <ul>
            ${sections.map((name) => this.#entry(name, chosen))}
          </ul>
        </nav>
        <div class="part">${this.#part(chosen ?? 'company')}</div>
      </div>
    </div>`;
  }

  #entry(name: SectionName, chosen: SectionName | undefined): TemplateResult {
    const current = name === chosen ? 'page' : name === 'company' && !chosen ? 'true' : 'false';
    return html`<li>
      <button type="button" role="link" aria-current=${current} @click=${() => this.router.go(`/settings/${name}`)}>${this.localizer.t(titles[name])}<span class="more" aria-hidden="true">›</span></button>
    </li>`;
  }

  #part(name: SectionName): TemplateResult {
    const level = this.level + 1;
    const parts: Record<SectionName, () => TemplateResult> = {
      company: () => html`<cc-office-settings-company .level=${level}></cc-office-settings-company>`,
      branding: () => html`<cc-office-settings-branding .level=${level}></cc-office-settings-branding>`,
      website: () => html`<cc-office-settings-website .level=${level}></cc-office-settings-website>`,
      install: () => html`<cc-office-settings-install .level=${level}></cc-office-settings-install>`,
      payments: () => html`<cc-office-settings-payments .level=${level}></cc-office-settings-payments>`,
      documents: () => html`<cc-office-settings-documents .level=${level}></cc-office-settings-documents>`,
      staff: () => html`<cc-office-settings-staff .level=${level}></cc-office-settings-staff>`,
      keys: () => html`<cc-office-settings-keys .level=${level}></cc-office-settings-keys>`,
    };
    return parts[name]();
  }

  /** The section's heading, or that of the list. */
  override focus(options?: FocusOptions): void {
    if (!this.#chosen) return super.focus(options);
    this.shadowRoot?.querySelector<HTMLElement>('.part > *')?.focus(options);
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-settings', OfficeSettings);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-settings': OfficeSettings;
  }
}
