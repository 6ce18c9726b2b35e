import { html, nothing, type TemplateResult } from 'lit';
import { define as defineTag } from '../../parts/define.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-start.ts';
import { queryOf } from '../routes.ts';
import { Screen } from '../screen.ts';
import '../settings/branding.ts';
import '../settings/payments.ts';
import './welcome-customer.ts';
import { styles } from './welcome.styles.ts';
import './welcome-website.ts';

const steps = ['look', 'customer', 'payments', 'website'] as const;
type Step = (typeof steps)[number];

/** The owner's first minutes: logo and colour, a customer, payments, the website. The address says which step it is, so that nothing is lost. */
export class OfficeWelcome extends Screen {
  static override styles = [...screenStyles, styles];

  get #step(): Step {
    return steps.find((step) => step === queryOf(this.path, 'step')) ?? steps[0];
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const step = this.#step;
    const at = steps.indexOf(step);
    const [first = ''] = this.staff.name.split(' ');
    return html`<div class="cc screen">
      <div class="intro">
        <div id=${at === 0 ? 'heading' : nothing} class="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('welcome.title', { name: first })}</div>
        <p class="muted">${t.t('welcome.lead')}</p>
      </div>
      <ol class="progress" aria-label=${t.t('welcome.progress')}>
        ${steps.map((each, index) => this.#mark(each, index, at))}
      </ol>
      <div class="step">
        <div>
          <p class="over">${t.t('welcome.step', { n: at + 1, of: steps.length })}</p>
          <div id=${at > 0 ? 'heading' : nothing} class="sub" role="heading" aria-level=${this.level + 1} tabindex="-1">${t.t(`welcome.${step}`)}</div>
          <p class="muted">${t.t(`welcome.${step}Lead`)}</p>
        </div>
        <div class="part">${this.#part(step)}</div>
        <div class="actions">
          ${at > 0 ? html`<button type="button" class="button" @click=${() => this.router.go(pathOf(at - 1))}>${t.t('office.back')}</button>` : nothing}
          <span class="grow"></span>
          ${this.#onward(at)}
        </div>
      </div>
    </div>`;
  }

  #mark(step: Step, index: number, at: number): TemplateResult {
    const t = this.localizer;
    const isPast = index < at;
    return html`<li class=${isPast ? 'past' : ''}>
      <button type="button" role="link" aria-current=${index === at ? 'step' : 'false'} @click=${() => this.router.go(pathOf(index))}>
        <span class="dot" aria-hidden="true">${isPast ? '✓' : index + 1}</span><span class="words">${t.t(`welcome.${step}`)}</span>
      </button>
    </li>`;
  }

  #part(step: Step): TemplateResult {
    const level = this.level + 1;
    if (step === 'look') return html`<cc-office-settings-branding bare .level=${level}></cc-office-settings-branding>`;
    if (step === 'customer') return html`<cc-office-welcome-customer .level=${level}></cc-office-welcome-customer>`;
    if (step === 'payments') return html`<cc-office-settings-payments bare .level=${level}></cc-office-settings-payments>`;
    return html`<cc-office-welcome-website .level=${level}></cc-office-welcome-website>`;
  }

  #onward(at: number): TemplateResult {
    const t = this.localizer;
    if (at === steps.length - 1) return html`<button type="button" class="button primary" @click=${() => this.#keep('/inbox')}>${t.t('welcome.finish')}</button>`;
    return html`<button type="button" class="button primary" @click=${() => this.#keep(pathOf(at + 1))}>${t.t('welcome.next')}</button>`;
  }

  /** Goes on, once what was typed is saved. */
  async #keep(path: string): Promise<void> {
    const part = this.shadowRoot?.querySelector<HTMLElement & { keep?: () => Promise<boolean> }>('.part > *');
    if ((await part?.keep?.()) !== false) this.router.go(path);
  }
}

const pathOf = (at: number) => (at === 0 ? '/welcome' : `/welcome?step=${steps[at]}`);

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-welcome', OfficeWelcome);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-welcome': OfficeWelcome;
  }
}
