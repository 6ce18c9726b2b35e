import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { PreviewClient } from '../../data/preview.ts';
import { registry } from '../../data/registry.ts';
import { define as defineTag } from '../../parts/define.ts';
import { version } from '../../version.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-customers.ts';
import { queryOf } from '../routes.ts';
import { Screen } from '../screen.ts';
import './preview-center.ts';

/** The customer's center exactly as one contact sees it, to look at: everything can be read, nothing is told and nothing can be done. */
export class OfficePreview extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .screen {
        max-width: none;
      }
      .said {
        position: sticky;
        z-index: 2;
        top: calc(var(--cc-space) * 2);
      }
      .said:empty {
        margin-top: calc(var(--cc-space) * -5);
      }
      cc-preview-center {
        /* What is said above it stays in sight. */
        --cc-scroll-margin: 160px;
      }
      .window {
        overflow: clip;
        border: 1px solid var(--cc-line-strong);
        border-radius: var(--cc-radius);
        background: var(--cc-canvas);
      }
    `,
  ];

  /** Whether somebody has tried to do what only the contact can do. */
  @state() private refused = false;

  #client: PreviewClient | undefined;
  #contact = '';
  #deafen: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
  }

  /** Under which the center finds its client. */
  get #account(): string {
    return `see-${this.section}`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.isConnected || !this.office || (this.#client && this.#contact === this.section)) return;
    this.#leave();
    this.refused = false;
    this.#contact = this.section;
    this.#client = new PreviewClient(this.office, this.section, () => (this.refused = true), queryOf(this.path, 'at'));
    this.#deafen = this.#client.subscribe(() => this.requestUpdate());
    (registry().clients ??= new Map()).set(this.#key(this.section), this.#client);
  }

  /** As light or dark as the office. */
  get #scheme(): 'auto' | 'light' | 'dark' {
    const root = this.getRootNode();
    const scheme = root instanceof ShadowRoot ? root.host.getAttribute('color-scheme') : null;
    return scheme === 'light' || scheme === 'dark' ? scheme : 'auto';
  }

  #key(contact: string): string {
    return `${version} ${this.office.api} see-${contact}`;
  }

  #leave(): void {
    if (this.#client) registry().clients?.delete(this.#key(this.#contact));
    this.#deafen?.();
    this.#client = this.#deafen = undefined;
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { session, problem } = this.#client?.state ?? {};
    const name = session?.name ?? '';
    const isGone = problem === 'not_found';
    return html`<div class="cc screen">
      <div class="head">
        <div class="grow">
          <span id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${isGone ? t.t('preview.gone') : name ? t.t('preview.title', { name }) : t.t('contact.see')}</span>
          <p class="muted">${isGone ? nothing : t.t('preview.lead')}</p>
        </div>
        <button type="button" class="button" @click=${() => this.router.back(`/customers/${this.thing}`)}>${t.t('office.back')}</button>
      </div>
      <div class="said" role="status">${this.refused ? html`<p class="banner warn">${t.t('preview.refused', { name })}</p>` : nothing}</div>
      ${isGone ? nothing : this.#window()}
    </div>`;
  }

  #window(): TemplateResult {
    return html`<div
      class="window"
      @cc-fetch=${stop}
      @cc-navigate=${stop}
      @cc-sign-in=${stop}
      @cc-sign-out=${stop}
      @cc-payment=${stop}
    >
      <cc-preview-center account=${this.#account} api=${this.office.api} routing="none" color-scheme=${this.#scheme} heading-level=${this.level + 1}></cc-preview-center>
    </div>`;
  }
}

/** What the center tells its page is not for the page of the office. */
const stop = (event: Event): void => event.stopPropagation();

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-preview', OfficePreview);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-preview': OfficePreview;
  }
}
